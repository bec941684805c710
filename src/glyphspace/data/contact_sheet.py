"""A contact sheet: a row of examples for each class, to see at a glance what a dataset holds."""

from pathlib import Path

import numpy as np
import torch
from jaxtyping import UInt8
from PIL import Image, ImageDraw, ImageFont

from ..core.errors import BadInput
from ..core.randomness import stream
from .images import LabelledImages

CELL = 28
GAP = 4
MARGIN = 12
PAPER = 255
WIDEST = 1000  # images in a row
ROWS = 64  # of more classes, as many as that are shown, evenly spread


def contact_sheet(images: LabelledImages, per_class: int, seed: int) -> UInt8[np.ndarray, "h w"]:
    """A grey sheet with the class names at the left and up to `per_class` images of each class beside them.

    The images are as they are in memory: light ink on a dark ground. Stacked ones have their channels side by side.

    Raises:
        BadInput: a row of less than one image, or of more than a sheet can show.
    """
    if not 1 <= per_class <= WIDEST:
        raise BadInput(f"a row cannot show {per_class} images; give from 1 to {WIDEST}")
    shown = _spread(len(images.classes))
    font = _font()
    wide, step = images.channels * CELL + GAP, CELL + GAP
    left = 2 * MARGIN + max(round(font.getlength(images.classes[label])) for label in shown)
    size = (left + per_class * wide - GAP + MARGIN, 2 * MARGIN + len(shown) * step - GAP)
    sheet = Image.new("L", size, PAPER)
    draw = ImageDraw.Draw(sheet)
    for row, label in enumerate(shown):
        top = MARGIN + row * step
        draw.text((left - MARGIN, top + CELL / 2), images.classes[label], fill=0, font=font, anchor="rm")
        for column, index in enumerate(_examples(images, label, per_class, seed)):
            channels = images.images[index].numpy().reshape(-1, CELL, CELL)
            sheet.paste(Image.fromarray(np.concatenate(channels, axis=1)), (left + column * wide, top))
    return np.array(sheet)


def _font() -> ImageFont.FreeTypeFont:
    """The font of the figures: Pillow's own lacks most letters that are not English."""
    import matplotlib  # takes its time, and a message that is written needs none

    return ImageFont.truetype(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", 13)


def _spread(classes: int) -> list[int]:
    return [row * classes // ROWS for row in range(ROWS)] if classes > ROWS else list(range(classes))


def _examples(images: LabelledImages, label: int, count: int, seed: int) -> list[int]:
    members = (images.labels == label).nonzero().flatten()
    order = torch.randperm(len(members), generator=stream(seed, "contact sheet", images.classes[label]))
    return members[order[:count]].tolist()
