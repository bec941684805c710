"""A classifier of stacked images, made of one that knows what is stacked."""

from jaxtyping import Float
from torch import Tensor, nn


class StackedClassifier(nn.Module):
    """Asks a grey classifier about each of three channels; a combination's log probability is the sum of theirs."""

    def __init__(self, grey: nn.Module) -> None:
        super().__init__()
        self.grey = grey

    def features(self, images: Float[Tensor, "n 3 28 28"]) -> Float[Tensor, "n d"]:
        """The grey classifier's features of the three channels, one after the other."""
        return self.grey.features(images.reshape(-1, 1, 28, 28)).reshape(len(images), -1)  # type: ignore[operator]  # torch's stub lacks it

    def decide(self, features: Float[Tensor, "n d"]) -> Float[Tensor, "n classes"]:
        """From the features of the three channels to the log probability of each combination."""
        parts = self.grey.decide(features.reshape(3 * len(features), -1)).log_softmax(1)  # type: ignore[operator]
        first, second, third = parts.reshape(len(features), 3, -1).unbind(1)
        return (first[:, :, None, None] + second[:, None, :, None] + third[:, None, None, :]).flatten(1)

    def forward(self, images: Float[Tensor, "n 3 28 28"]) -> Float[Tensor, "n classes"]:
        return self.decide(self.features(images))
