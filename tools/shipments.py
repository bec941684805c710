"""What ships: each model's recipe, what differs from it, its seed and what it is for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Shipment:
    """A model to ship: what it is called, how it is trained, and what it is for."""

    name: str
    recipe: str
    kind: str
    epochs: float
    seed: int
    purpose: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    data: str = "mnist"
    calibrate: bool = False

    def where(self, emnist: str) -> str:
        """The data with the folder of EMNIST's letters in its place."""
        return self.data.format(emnist=emnist)


CHOOSES, JUDGES = "its features choose between models", "its features judge, and choose nothing"
LABELS = "labels generated and real images, with a certainty"
DRAWS, DRAWS_ANY = "draws what it is asked for", "draws from a latent alone, of any class"
WRITES = (
    "draws what it is asked for, less variously than `characters-best` but more legibly; messages are written with it"
)
LETTERS, CHARACTERS = "letters={emnist}", "characters=mnist+{emnist}/cased.toml"
ABOUT = {
    "letters": " (EMNIST's letters, capital and small as one class, in a folder DIR)",
    "characters": " (MNIST's digits and EMNIST's letters with case, these in a folder DIR)",
}
# Smoothed labels teach a classifier to be unsure; what it holds out tells how sure it may be.
LABELLER = {"rate": 0.08, "label_smoothing": 0.0, "hold_out": 5000}
WIDER = {**LABELLER, "classifier": "whitened:width=24"}
QUICK = {"optimizer": "muon"}  # as good in half the epochs
# As these two were trained; messages and the encoder rest on them.
UNREWARDED = {"reward": "none", "penalty_weight": 0.3}
FEWER_NUMBERS = {"generator": "conditional:z_dim=64,width=64,depth=1", "discriminator": "projection:width=32"}
LONGER = {"schedule": "cosine", "average_half_life": 50_000}
TONED = {**LONGER, "generator": "fast:z_dim=64,width=64,depth=1,tones=1"}
WIDE = {
    **LONGER,
    "penalty_weight": 0.05,
    "generator": "fast:z_dim=64,width=96,depth=1,tones=1",
    "discriminator": "fast:width=48",
}
WIDE_CHARACTERS = {
    "generator": "conditional:z_dim=64,width=96,depth=1,condition_dim=48,tones=1",
    "discriminator": "projection:width=48,condition_dim=48",
}
WIDE_LETTERS = {
    "generator": "conditional:z_dim=64,width=96,depth=1,condition_dim=32,tones=1",
    "discriminator": "projection:width=48,condition_dim=32",
}
CHOOSER = {"classifier": "whitened:width=16", "optimizer": "muon", "batch_size": 256, "rate": 0.15}

SHIPMENTS = (
    Shipment("mnist-classifier", "cnn-best", "classifier", 8, 1, LABELS, LABELLER, calibrate=True),
    Shipment("mnist-choosing", "features-choosing", "classifier", 6, 2, CHOOSES),
    Shipment("mnist-judging", "features-judging", "classifier", 6, 3, JUDGES),
    Shipment(
        "fashion-classifier",
        "cnn-best",
        "classifier",
        6,
        1,
        LABELS,
        {**LABELLER, "classifier": "fast:width=24", "augmentation": "shift"},  # clothes reach the border
        "fashion-mnist",
        calibrate=True,
    ),
    Shipment("fashion-choosing", "features-choosing", "classifier", 4, 2, CHOOSES, QUICK, "fashion-mnist"),
    Shipment("fashion-judging", "features-judging", "classifier", 4, 3, JUDGES, QUICK, "fashion-mnist"),
    Shipment("letters-classifier", "cnn-best", "classifier", 5, 1, LABELS, WIDER, LETTERS, calibrate=True),
    Shipment("letters-choosing", "features-choosing", "classifier", 3, 2, CHOOSES, CHOOSER, LETTERS),
    Shipment("letters-judging", "features-judging", "classifier", 3, 3, JUDGES, QUICK, LETTERS),
    Shipment("characters-classifier", "cnn-best", "classifier", 4, 1, LABELS, WIDER, CHARACTERS, calibrate=True),
    Shipment("characters-choosing", "features-choosing", "classifier", 3, 2, CHOOSES, CHOOSER, CHARACTERS),
    Shipment("characters-judging", "features-judging", "classifier", 3, 3, JUDGES, QUICK, CHARACTERS),
    Shipment("digits-best", "digits-best", "generator", 40, 5, DRAWS, UNREWARDED),
    Shipment("characters-best", "characters-best", "generator", 14, 0, DRAWS, WIDE_CHARACTERS, CHARACTERS),
    Shipment(
        "characters-legible", "characters-best", "generator", 16, 5, WRITES, {**UNREWARDED, **FEWER_NUMBERS}, CHARACTERS
    ),
    Shipment("fashion-best", "fashion-best", "generator", 40, 0, DRAWS, data="fashion-mnist"),
    Shipment("letters-best", "letters-best", "generator", 20, 0, DRAWS, WIDE_LETTERS, LETTERS),
    Shipment("digits", "gan-fast", "generator", 14, 4, DRAWS_ANY, LONGER),
    Shipment("characters", "gan-fast", "generator", 6, 4, DRAWS_ANY, WIDE, CHARACTERS),
    Shipment("letters", "gan-fast", "generator", 8, 4, DRAWS_ANY, TONED, LETTERS),
)
ENCODERS = ("digits-best",)  # generators for which an encoder ships, so that `invert` begins with its answer
