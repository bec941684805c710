"""What is trained: generators, discriminators and classifiers, found by name, and the files they are kept in."""

from . import (  # noqa: F401  # they register their nets
    cgan_reference,
    cgan_resnet,
    conditional,
    cwgan,
    dcgan,
    dense,
    encoder,
    fast,
    pooled,
    reference,
    whitened,
)
from .model import Model, load_model, save_model
from .registries import build, classifiers, discriminators, generators, parse, taken

__all__ = [
    "Model",
    "build",
    "classifiers",
    "discriminators",
    "generators",
    "load_model",
    "parse",
    "save_model",
    "taken",
]
