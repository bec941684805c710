"""Recipes small enough to run in a test, and the digits that need no network."""

import signal

import pytest
import torch

from glyphspace.data import load_dataset
from glyphspace.training.classifier import ClassifierTraining
from glyphspace.training.device import Compute
from glyphspace.training.gan import GanTraining
from glyphspace.training.recipes import ClassifierRecipe, GanRecipe
from glyphspace.training.state import Splits, fresh, state

COMPUTE = Compute(torch.device("cpu"), "float32")
GAN = GanRecipe(
    name="tiny-gan",
    summary="",
    generator="fast:z_dim=8,width=8",
    discriminator="fast:width=4",
    objective="relativistic",
    penalty="r1+r2",
    penalty_every=3,
    batch_size=16,
    average_half_life=50,
)
CNN = ClassifierRecipe(
    name="tiny-cnn",
    summary="",
    classifier="fast:width=4",
    optimizer="sgd",
    rate=0.1,
    weight_decay=1e-3,
    schedule="one-cycle",
    augmentation="affine",
    label_smoothing=0.1,
    batch_size=16,
)


def snapshot(training):
    """All that a training remembers, by part and name."""
    return {name: tensor.clone() for name, tensor in state(training.parts).items()}


def changed(before, after):
    """The parts that differ."""
    return {
        name.partition("/")[0] for name in after if name not in before or not torch.equal(before[name], after[name])
    }


@pytest.fixture(scope="session")
def splits(tmp_path_factory) -> Splits:
    """160 digits to learn from, ten batches of 16, and 100 to be measured on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLYPHSPACE_CACHE", str(tmp_path_factory.mktemp("cache")))
        train, test = (load_dataset("sklearn-digits", split) for split in ("train", "test"))
    return Splits(train.take(range(160)), test.take(range(100)), "sklearn-digits")


@pytest.fixture
def make(splits):
    """A training of this recipe on those digits; what rewards is a classifier that has learned nothing."""

    def make(recipe, seed=0) -> GanTraining | ClassifierTraining:
        if not isinstance(recipe, GanRecipe):
            return ClassifierTraining(recipe, splits, seed, COMPUTE)
        reader = None if recipe.reward == "none" else fresh("classifier", "fast:width=4", seed, **splits.numbers)
        return GanTraining(recipe, splits, seed, COMPUTE, reader and reader.eval().requires_grad_(False))

    return make


@pytest.fixture
def in_the_foreground():
    """Python's own handlers of signals, whatever started the tests: in the background of a script Ctrl-C is ignored."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
