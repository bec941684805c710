"""How samples came to be: the same latents, epoch after epoch, as a figure and as a moving picture."""

import io
from collections.abc import Sequence
from pathlib import Path

import matplotlib
import numpy as np
from jaxtyping import UInt8
from matplotlib.figure import Figure
from PIL import Image, ImageDraw, ImageFont

from ..core.errors import BadInput
from .film import few_greys
from .grids import image_grid, show_glyphs
from .style import WIDTH, styled

_SECONDS, _LAST_FRAME = 6.0, 2.5  # how long a moving picture takes, and how long its end is held


@styled
def evolution_rows(frames: Sequence[UInt8[np.ndarray, "n height width"]], captions: Sequence[str]) -> Figure:
    """One row of images per frame with its caption ("epoch 3") at the left; a column follows one latent."""
    _check_captions(frames, captions)
    columns, height, _ = frames[0].shape
    sheet = image_grid(np.concatenate(frames), columns, scale=1, padding=1)
    label_width = 0.8  # inches
    inches = (WIDTH - label_width) / max(sheet.shape[1], 12 * height)
    size = (sheet.shape[1] * inches + label_width, sheet.shape[0] * inches)
    figure = Figure(figsize=size)
    axes = figure.add_axes((label_width / size[0], 0, 1 - label_width / size[0], 1))
    show_glyphs(axes, sheet)
    axes.spines[:].set_visible(False)
    axes.set_xticks([])
    axes.set_yticks((np.arange(len(frames)) + 0.5) * (height + 2) - 0.5, captions)
    return figure


def evolution_gif(frames: Sequence[UInt8[np.ndarray, "height width"]], captions: Sequence[str]) -> bytes:
    """An endless GIF of grey pictures of one size, a caption and a bar of progress below each.

    The caption is written in the greys of the pictures: on the ground that their first corner shows.
    """
    _check_captions(frames, captions)
    size = max(10, round(frames[0].shape[1] / 44))
    font = ImageFont.truetype(str(Path(matplotlib.get_data_path(), "fonts/ttf/DejaVuSans.ttf")), size)
    bar_left = round(max(map(font.getlength, captions))) + 3 * size
    pages = [
        _page(frame, caption, font, bar_left, number / len(frames))
        for number, (frame, caption) in enumerate(zip(frames, captions, strict=True), 1)
    ]
    milliseconds = [max(50, round(1000 * _SECONDS / len(frames)))] * len(frames)
    milliseconds[-1] = round(1000 * _LAST_FRAME)
    content = io.BytesIO()
    pages[0].save(content, "GIF", save_all=True, append_images=pages[1:], duration=milliseconds, loop=0)
    return content.getvalue()


def _page(
    frame: UInt8[np.ndarray, "height width"], caption: str, font: ImageFont.FreeTypeFont, bar_left: int, done: float
) -> Image.Image:
    height, width = frame.shape
    size = round(font.size)
    ground = 255 if frame[0, 0] > 127 else 0
    page = Image.new("L", (width, height + 3 * size), ground)
    page.paste(Image.fromarray(frame))
    draw = ImageDraw.Draw(page)
    middle, bar_right = height + round(1.5 * size), width - size
    draw.text((size, middle), caption, fill=255 - ground, font=font, anchor="lm")
    draw.line((bar_left, middle, bar_right, middle), fill=abs(ground - 48))
    draw.line(
        (bar_left, middle, bar_left + (bar_right - bar_left) * done, middle), fill=255 - ground, width=max(2, size // 5)
    )
    return few_greys(np.asarray(page))


def _check_captions(frames: Sequence[np.ndarray], captions: Sequence[str]) -> None:
    if not frames or len(frames) != len(captions):
        raise BadInput(f"{len(frames)} frames with {len(captions)} captions show no evolution; give as many of each")
    if len({frame.shape for frame in frames}) > 1:
        raise BadInput("the frames of an evolution differ in size; draw them from the same latents")
