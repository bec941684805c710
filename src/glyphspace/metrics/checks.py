"""What every metric asks of its features before it computes: enough rows, equal widths, finite numbers.

Widths are compared here and not in the annotations, so that the caller reads one line and not a trace.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from ..core.errors import BadInput


def check_features(name: str, features: Float[Tensor, "n d"], at_least: int) -> None:
    """Refuse features with fewer than `at_least` rows, without columns, or with values that are not finite.

    Raises:
        BadInput: one line that calls them `name`.
    """
    rows, width = features.shape
    if rows < at_least:
        raise BadInput(f"the {name} features have {rows} rows, this figure needs at least {at_least}: take more images")
    if width == 0:
        raise BadInput(f"the {name} features have no columns")
    if not torch.isfinite(features).all():
        raise BadInput(f"the {name} features hold values that are not finite: check the network's weights and images")


def check_pair(real: Float[Tensor, "n d"], fake: Float[Tensor, "m _"], at_least: int) -> None:
    """Refuse two sets of features that cannot be compared.

    Raises:
        BadInput: one of them fails `check_features`, or their widths differ.
    """
    check_features("real", real, at_least)
    check_features("fake", fake, at_least)
    if real.shape[1] != fake.shape[1]:
        widths = f"{real.shape[1]} and {fake.shape[1]}"
        raise BadInput(f"features that are {widths} wide cannot be compared: use one network for both")
