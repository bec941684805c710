"""Any picture of one character as a glyph: 28×28 grey pixels, full ink on an empty ground, laid out as in MNIST.

The ground is what most of the border shows; a light ground means dark ink, and the picture is turned around. A
picture that is 28×28 already, on an empty ground, is otherwise left alone. Of any other the ink is taken (`ink`),
fitted into 20×20 pixels with its proportions, and moved until its centre of mass is that of the image, which is how
"Gradient-based learning applied to document recognition" (LeCun et al., 1998) made MNIST.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from jaxtyping import UInt8
from PIL import Image, ImageFilter, ImageOps

from ..core.errors import BadInput
from .ink import FAINT, border, ink_of_character

SIZE = 28
BOX, LETTER_BOX = 20, 24
LETTER_BLUR = 0.5  # pixels
LARGEST = 64_000_000  # pixels
WIDEST = 1_000  # pixels: a larger picture is made smaller first
EMPTY = 16  # grey up to which a ground counts as empty
FILMED = ("GIF", "PNG", "WEBP")  # formats of films
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM")  # not those that pillow hands to other programs


def read_glyph(path: str | Path) -> UInt8[np.ndarray, "28 28"]:
    """The glyph in the image file at `path`: PNG, JPEG, GIF, BMP, TIFF, WebP or PNM.

    Raises:
        BadInput: the file cannot be read, is no image, or is far too large for a picture of a character.
    """
    with opened(path) as image:
        return glyph(image)


@contextmanager
def opened(path: str | Path) -> Iterator[Image.Image]:
    """The picture in the file at `path`, of a film its last, upright, for the block.

    Raises:
        BadInput: it cannot be read, which may show within the block only.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pillow's, of odd metadata and of sizes that are checked here
            with Image.open(path, formats=FORMATS) as image:
                if image.width * image.height > LARGEST:
                    raise BadInput(f"{path} has {image.width} × {image.height} pixels, too many to be read")
                if image.format in FILMED and getattr(image, "is_animated", False):
                    image.seek(image.n_frames - 1)  # type: ignore[attr-defined]  # where it is written out
                yield ImageOps.exif_transpose(image)
    except FileNotFoundError as error:
        raise BadInput(f"there is no picture {path}") from error
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise BadInput(f"{path} cannot be read as an image") from error


def glyph(image: Image.Image) -> UInt8[np.ndarray, "28 28"]:
    """The glyph in a picture of any size, with either polarity."""
    grey, ground = light_on_dark(image)
    if grey.shape == (SIZE, SIZE) and ground <= EMPTY:
        return grey
    return laid_out(ink_of_character(_smaller(grey), ground))


def light_on_dark(image: Image.Image) -> tuple[UInt8[np.ndarray, "h w"], int]:
    """The greys of a picture, turned around if its border is light, and the grey of that border."""
    grey = greys(image)
    ground = int(np.median(grey[border(grey.shape)]))
    return (255 - grey, 255 - ground) if ground > 127 else (grey, ground)


def greys(image: Image.Image) -> UInt8[np.ndarray, "h w"]:
    """The greys of a picture; those of 16 bits or more spread over 256."""
    if image.mode.startswith(("I", "F")):  # 16 bits or more, which pillow would clip
        values = np.nan_to_num(np.asarray(image, dtype=np.float32).astype(np.float64))
        values -= values.min()
        return np.asarray(values / (values.max() or 1) * 255).round().astype(np.uint8)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        on_white, on_black = (_laid_on(ground, image) for ground in ("white", "black"))
        return on_black if np.ptp(on_black) > np.ptp(on_white) else on_white  # light ink shows on black
    return np.array(image.convert("L"))


def _laid_on(ground: str, image: Image.Image) -> UInt8[np.ndarray, "h w"]:
    return np.array(Image.alpha_composite(Image.new("RGBA", image.size, ground), image).convert("L"))


def _smaller(grey: UInt8[np.ndarray, "h w"]) -> UInt8[np.ndarray, "a b"]:
    """The mean of squares of pixels, as many as it takes for `WIDEST` or less."""
    factor = -(-max(grey.shape) // WIDEST)
    return grey if factor == 1 else np.asarray(Image.fromarray(grey).reduce(factor))


def laid_out(ink: UInt8[np.ndarray, "h w"]) -> UInt8[np.ndarray, "28 28"]:
    """The ink as MNIST lays it out: 20 pixels long, its centre of mass in the middle."""
    fitted = _fitted(ink, BOX)
    return _placed(fitted, _offset(fitted, axis=1), _offset(fitted, axis=0))


def laid_out_as_letter(ink: UInt8[np.ndarray, "h w"]) -> UInt8[np.ndarray, "28 28"]:
    """The ink as EMNIST lays it out: 24 pixels long, a little blurred, its box in the middle ("EMNIST", 2017)."""
    fitted = np.asarray(Image.fromarray(_fitted(ink, LETTER_BOX)).filter(ImageFilter.GaussianBlur(LETTER_BLUR)))
    return _placed(fitted, (SIZE - fitted.shape[0]) // 2, (SIZE - fitted.shape[1]) // 2)


def _fitted(ink: UInt8[np.ndarray, "h w"], box: int) -> UInt8[np.ndarray, "a b"]:
    """What has ink, scaled to the size of `box`; nothing if there is none."""
    rows, columns = (np.flatnonzero((ink > FAINT * 255).any(axis)) for axis in (1, 0))
    if not len(rows):
        return np.zeros((1, 1), np.uint8)
    cut = Image.fromarray(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    scale = box / max(cut.size)
    width, height = (max(1, round(side * scale)) for side in cut.size)
    return np.asarray(cut.resize((width, height), Image.Resampling.LANCZOS))


def _placed(fitted: UInt8[np.ndarray, "h w"], top: int, left: int) -> UInt8[np.ndarray, "28 28"]:
    page = np.zeros((SIZE, SIZE), np.uint8)
    page[top : top + fitted.shape[0], left : left + fitted.shape[1]] = fitted
    return page


def _offset(ink: UInt8[np.ndarray, "h w"], axis: int) -> int:
    """Where `ink` has to begin so that its centre of mass is in the middle, as far as it stays on the page."""
    mass = ink.sum(axis, dtype=np.int64)
    centre = (mass * np.arange(len(mass))).sum() / max(mass.sum(), 1)
    return int(np.clip(round(SIZE / 2 - centre), 0, SIZE - len(mass)))
