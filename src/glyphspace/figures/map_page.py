"""A map as a page of its own: it shows the image under the pointer, and needs no network and no mouse."""

import base64
import io
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
from jaxtyping import Float, Int, UInt8
from jinja2 import Environment, StrictUndefined
from PIL import Image

from ..core.errors import BadInput
from .palette import class_colours
from .style import DARK, INK, LINE, MUTED, PAPER

_COLUMNS = 100  # images side by side on a sheet
_PER_SHEET = 10_000  # images; larger sheets are refused by some browsers
_GREYS = 16


def map_page(
    title: str,
    note: str,
    positions: Float[np.ndarray, "n 2"],
    images: UInt8[np.ndarray, "n 28 28"],
    labels: Int[np.ndarray, " n"],
    certainty: Float[np.ndarray, " n"],
    classes: Sequence[str],
) -> str:
    """One HTML page with everything inline, about 150 bytes a point.

    Args:
        title: of the page.
        note: what is to be known of the map, such as its trustworthiness.

    Raises:
        BadInput: there are no points.
    """
    count = len(positions)
    if not count:
        raise BadInput("there are no points to put on a map")
    low, high = positions.min(axis=0), positions.max(axis=0)
    unit = (positions - (low + high) / 2) / (float((high - low).max()) or 1.0) + 0.5  # in a square of side 1
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(files(__package__).joinpath("map.html").read_text(encoding="utf-8"))
    return template.render(
        title=title,
        note=note,
        count=count,
        classes=[
            {"name": name, "colour": colour, "count": int((labels == label).sum())}
            for label, (name, colour) in enumerate(zip(classes, class_colours(len(classes)), strict=True))
        ],
        points=_encoded((unit.clip(0, 1) * 65535).round().astype("<u2")),
        labels=_encoded(labels.astype("<u2")),
        certainty=_encoded((certainty * 255).round().astype(np.uint8)),
        sheets=[_sheet(images[start : start + _PER_SHEET]) for start in range(0, count, _PER_SHEET)],
        columns=_COLUMNS,
        per_sheet=_PER_SHEET,
        light={"ink": INK, "muted": MUTED, "line": LINE, "paper": PAPER},
        dark={"ink": DARK[INK], "muted": DARK[MUTED], "line": DARK[LINE], "paper": DARK[PAPER]},
    )


def _encoded(values: np.ndarray) -> str:
    return base64.b64encode(values.tobytes()).decode()


def _sheet(images: UInt8[np.ndarray, "n 28 28"]) -> str:
    """The images on one sheet, ink on nothing, as a PNG in a data URL; sixteen greys are enough at that size."""
    rows = -(-len(images) // _COLUMNS)
    cells = np.zeros((rows * _COLUMNS, 28, 28), dtype=np.uint8)
    cells[: len(images)] = (images.astype(np.uint16) * (_GREYS - 1) + 127) // 255
    sheet = cells.reshape(rows, _COLUMNS, 28, 28).swapaxes(1, 2).reshape(rows * 28, _COLUMNS * 28)
    picture = Image.frombytes("P", sheet.shape[::-1], sheet.tobytes())
    picture.putpalette(np.linspace(0, 255, _GREYS).round().astype(np.uint8).repeat(3).tobytes())
    content = io.BytesIO()
    picture.save(content, "PNG", optimize=True, bits=4)
    return "data:image/png;base64," + base64.b64encode(content.getvalue()).decode()
