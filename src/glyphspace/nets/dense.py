"""A classifier without convolutions."""

from jaxtyping import Float
from torch import Tensor, nn

from .registries import classifiers


class DenseClassifier(nn.Module):
    """Three dense layers with batch norm: the classifier that "GANs on MNIST dataset" labels digits with.

    The document names neither widths nor activations; these are ours.
    """

    def __init__(self, classes: int = 10, width: int = 256) -> None:
        super().__init__()
        self.look = nn.Sequential(
            nn.Flatten(),
            nn.Linear(28 * 28, width, bias=False),
            nn.BatchNorm1d(width),
            nn.ReLU(inplace=True),
            nn.Linear(width, width // 2, bias=False),
            nn.BatchNorm1d(width // 2),
            nn.ReLU(inplace=True),
        )
        self.decide = nn.Linear(width // 2, classes)

    def features(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n d"]:
        """What the second layer sees."""
        return self.look(images)

    def forward(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n classes"]:
        return self.decide(self.features(images))


classifiers.add("dense", DenseClassifier)
