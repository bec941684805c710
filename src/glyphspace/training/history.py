"""What a run remembers of itself: a row of figures per iteration, and the evaluations between them."""

from collections.abc import Sequence

import numpy as np
import torch
from jaxtyping import Float32
from torch import Tensor

from ..core.errors import TrainingFailed
from ..core.files import Json


class History:
    """Figures per iteration, and evaluations.

    Attributes:
        columns: the name of each figure of an iteration.
        evaluations: per evaluation a table with "step", "epoch" and what was measured.
    """

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = tuple(columns)
        self.evaluations: list[Json] = []
        self._kept = torch.empty(0, len(self.columns))
        self._new: list[Tensor] = []

    def append(self, row: Float32[Tensor, " columns"]) -> None:
        """Remember one iteration; the row may still be on its way from a device."""
        self._new.append(row)

    def rows(self) -> Float32[Tensor, "iterations columns"]:
        """All iterations so far.

        Raises:
            TrainingFailed: a figure is not a number; says at which iteration.
        """
        if self._new:
            fresh = torch.stack(self._new).cpu()
            bad = (~torch.isfinite(fresh)).nonzero()
            if len(bad):
                step, column = len(self._kept) + int(bad[0, 0]) + 1, self.columns[int(bad[0, 1])]
                raise TrainingFailed(f"{column} is not a finite number at step {step}; try a lower learning rate")
            self._kept = torch.cat([self._kept, fresh])
            self._new = []
        return self._kept

    def restore(self, rows: Float32[Tensor, "iterations columns"], evaluations: list[Json]) -> None:
        """Go back to what was remembered at a checkpoint."""
        self._kept, self._new, self.evaluations = rows, [], list(evaluations)

    def column(self, name: str) -> np.ndarray:
        """One figure over all iterations, float32 [iterations]."""
        return self.rows()[:, self.columns.index(name)].numpy()
