"""Experiments on a latent space, a function and a file each; every one takes a model and returns `Findings`."""

from .directions import directions
from .findings import Findings
from .labels import labels
from .map import map

__all__ = ["Findings", "directions", "labels", "map"]
