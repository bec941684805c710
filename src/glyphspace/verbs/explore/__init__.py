"""Experiments on a latent space, a function and a file each; every one takes a model and returns `Findings`."""

from .findings import Findings
from .labels import labels

__all__ = ["Findings", "labels"]
