"""A contact sheet: a row of examples for each class, to see at a glance what a dataset holds."""

import numpy as np
import torch
from jaxtyping import UInt8
from PIL import Image, ImageDraw, ImageFont

from ..core.randomness import stream
from .images import LabelledImages

CELL = 28
GAP = 4
MARGIN = 12
PAPER = 255


def contact_sheet(images: LabelledImages, per_class: int, seed: int) -> UInt8[np.ndarray, "h w"]:
    """A grey sheet with the class names at the left and up to `per_class` images of each class beside them.

    The images are as they are in memory: light ink on a dark ground.
    """
    font = ImageFont.load_default(13)
    step = CELL + GAP
    left = 2 * MARGIN + max(round(font.getlength(name)) for name in images.classes)
    size = (left + per_class * step - GAP + MARGIN, 2 * MARGIN + len(images.classes) * step - GAP)
    sheet = Image.new("L", size, PAPER)
    draw = ImageDraw.Draw(sheet)
    for label, name in enumerate(images.classes):
        top = MARGIN + label * step
        draw.text((left - MARGIN, top + CELL / 2), name, fill=0, font=font, anchor="rm")
        for column, index in enumerate(_examples(images, label, per_class, seed)):
            sheet.paste(Image.fromarray(images.images[index].numpy()), (left + column * step, top))
    return np.array(sheet)


def _examples(images: LabelledImages, label: int, count: int, seed: int) -> list[int]:
    members = (images.labels == label).nonzero().flatten()
    order = torch.randperm(len(members), generator=stream(seed, "contact sheet", images.classes[label]))
    return members[order[:count]].tolist()
