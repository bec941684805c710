"""The classes on the sheet of samples that shows how a conditional generator comes on."""

import torch
from jaxtyping import Int64
from torch import Tensor


def rows_of_classes(classes: int, columns: int = 8, most: int = 128) -> Int64[Tensor, " n"]:
    """The labels of a sheet of whole rows: a row of each class, or half a row, a quarter … where there are many.

    Where even one image of each would be too many, the classes are spread evenly over `most` images.
    """
    if classes > most:
        return torch.arange(most) * classes // most
    each = next((each for each in (columns, columns // 2, columns // 4) if each * classes <= most), 1)
    count = -(-classes * each // columns) * columns
    return torch.arange(count) // each % classes
