"""The pretrained models that ship with the package, and how a MODEL is found by whatever people call it."""

from .find import find_model
from .shipped import feature_network, labeller, load_shipped, shipped, stacked

__all__ = ["feature_network", "find_model", "labeller", "load_shipped", "shipped", "stacked"]
