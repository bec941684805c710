"""The classifier's step: one batch, one update."""

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

import torch
from jaxtyping import Float, Float32
from torch.nn.functional import cross_entropy

from ..core.errors import BadInput
from ..core.randomness import stream
from ..data.batches import Batches
from ..data.scaling import to_unit
from ..nets.dropout import reseed
from ..nets.model import Model
from .augment import find_augmentation
from .device import Compute
from .optimise import optimizers, set_rate
from .recipes import ClassifierRecipe
from .schedules import schedules
from .state import Part, Splits, fresh

SAMPLE = 2000  # training images that a first layer is measured on


@runtime_checkable
class Measured(Protocol):
    """A first layer that is not learned but measured, before training."""

    def measure(self, images: Float[torch.Tensor, "n 1 28 28"]) -> None: ...


class ClassifierTraining:
    """A classifier in training; `advance` takes one step and `parts` is all that it depends on."""

    columns = ("loss", "accuracy")

    def __init__(self, recipe: ClassifierRecipe, splits: Splits, seed: int, compute: Compute) -> None:
        if len(splits.train.classes) < 2:
            raise BadInput(f"the images of {splits.dataset} are all of one class: there is nothing to tell apart")
        self.recipe, self.splits, self.seed, self.compute = recipe, splits, seed, compute
        self.batches = Batches(splits.train.to(compute.device), recipe.batch_size, seed)
        net = fresh("classifier", recipe.classifier, seed, **splits.numbers)
        sample = to_unit(splits.train.images[:: -(-len(splits.train) // SAMPLE)])
        for layer in net.modules():
            if isinstance(layer, Measured):
                layer.measure(sample)
        self.classifier = compute.place(net)
        self.optimizer = optimizers[recipe.optimizer](
            self.classifier.parameters(), recipe.rate, (recipe.beta1, recipe.beta2), recipe.weight_decay
        )
        self.schedule = schedules[recipe.schedule]
        self.augment = find_augmentation(recipe.augmentation)

    @property
    def parts(self) -> dict[str, Part]:
        return {"classifier": self.classifier, "optimizer": self.optimizer}

    def advance(self, step: int, done: float) -> Float32[torch.Tensor, " columns"]:
        """Take step number `step`, when the share `done` of the run lies behind."""
        set_rate(self.optimizer, self.recipe.rate * self.schedule(done))
        reseed(self.classifier, self.seed, step)
        self.classifier.train()
        images, labels = self.batches.at(step)
        inputs = self.compute.move(self.augment(to_unit(images), stream(self.seed, "augmentation", step)))
        with self.compute.autocast():
            logits = self.classifier(inputs).float()
        loss = cross_entropy(logits, labels, label_smoothing=self.recipe.label_smoothing)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return torch.stack([loss.detach(), (logits.argmax(1) == labels).float().mean()])

    def frame(self) -> None:
        """A classifier draws nothing."""

    @torch.inference_mode()
    def evaluate(self) -> dict[str, float]:
        """Loss and accuracy on at most 10,000 training and 10,000 test images."""
        self.classifier.eval()
        found: dict[str, float] = {}
        for name, images in self.splits.samples(10_000, self.seed):
            logits = torch.cat(
                [self.classifier(self.compute.move(to_unit(x))) for x in images.images.split(1000)]
            ).cpu()
            found[f"{name}_accuracy"] = float((logits.argmax(1) == images.labels).float().mean())
            found[f"{name}_loss"] = float(cross_entropy(logits, images.labels))
        return found

    def models(self) -> Iterator[Model]:
        """The classifier, ready to be kept."""
        yield self.splits.model(self.classifier, "classifier", self.recipe.classifier)
