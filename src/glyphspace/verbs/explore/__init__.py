"""Experiments on a latent space, a function and a file each; every one takes a model and returns `Findings`."""

from .directions import directions
from .discriminator import discriminator
from .distances import distances
from .findings import Findings
from .labels import labels
from .map import map
from .means import means
from .noise import noise
from .path import path
from .plane import plane

__all__ = ["Findings", "directions", "discriminator", "distances", "labels", "map", "means", "noise", "path", "plane"]
