"""What an experiment hands back: numbers, what they look like, and the one way both become files."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from matplotlib.figure import Figure

from ...core.errors import UnknownName
from ...core.files import Json, write_bytes, write_json, write_text
from ...core.pictures import Picture
from ...figures.save import to_png, to_svg

DIGITS = 6  # of a number in the JSON
NOTEBOOK = 96  # pixels per inch: the width of a notebook's page


@dataclass(frozen=True, eq=False)
class Findings:
    """The results of one experiment.

    Attributes:
        experiment: its name, with which the names of its files begin.
        asked: the model, and what the experiment was told.
        numbers: what was found. Values may be tensors, arrays and dataclasses; `plain` makes them ready for JSON.
        figures: by name.
        files: the content of other files (GIF, MP4, HTML, …) by name with ending.
        summary: what to say of it in a few lines.
    """

    experiment: str
    asked: Json
    numbers: Json
    figures: Mapping[str, Figure]
    files: Mapping[str, bytes] = field(default_factory=dict)
    summary: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self.summary)

    def picture(self, name: str) -> Picture:
        """The figure of this name, as a notebook shows it.

        Raises:
            UnknownName: there is no such figure.
        """
        if name not in self.figures:
            raise UnknownName("figure", name, self.figures)
        return Picture(to_png(self.figures[name], NOTEBOOK))

    def save(self, folder: str | Path) -> list[Path]:
        """Write each figure as PNG and SVG, the other files, and at last the numbers as EXPERIMENT.json.

        Each file is written whole or not at all; where the numbers are, the others are too.

        Raises:
            BadInput: the folder cannot be written.
        """
        folder, written = Path(folder), []
        for name, figure in self.figures.items():
            png, svg = (folder / f"{self.experiment}-{name}.{ending}" for ending in ("png", "svg"))
            write_bytes(png, to_png(figure))
            write_text(svg, to_svg(figure))
            written += [png, svg]
        for name, content in self.files.items():
            written.append(folder / f"{self.experiment}-{name}")
            write_bytes(written[-1], content)
        written.append(folder / f"{self.experiment}.json")
        write_json(written[-1], plain({"experiment": self.experiment, "asked": self.asked, "found": self.numbers}))
        return written


def plain(value: Any) -> Any:
    """`value` as JSON can hold it: tensors and arrays as lists, dataclasses as tables, what is not finite as null."""
    if isinstance(value, torch.Tensor | np.ndarray | np.generic):
        return plain(value.tolist())
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    return str(value) if isinstance(value, Path) else value
