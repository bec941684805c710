"""Classifiers that are trained in memory, to be compared after the same steps."""

import time

import numpy as np
import torch

from ....training.classifier import ClassifierTraining
from ....training.device import choose_compute
from ....training.recipes import ClassifierRecipe, override, recipes
from ....training.state import Splits
from .subjects import CNN


def cnn(**changes: object) -> ClassifierRecipe:
    """The report's recipe with something changed."""
    recipe = override(recipes[CNN], changes)
    assert isinstance(recipe, ClassifierRecipe)
    return recipe


def fit(recipe: ClassifierRecipe, splits: Splits, steps: int, seed: int) -> tuple[torch.nn.Module, float]:
    """A classifier after so many steps, and the median seconds of one."""
    training = ClassifierTraining(recipe, splits, seed, choose_compute())
    seconds = []
    for step in range(steps):
        began = time.perf_counter()
        training.advance(step, step / steps)
        seconds.append(time.perf_counter() - began)
    return training.classifier, float(np.median(seconds))
