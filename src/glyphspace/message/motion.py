"""Frames of ink as a file that moves: GIF, animated PNG or MP4."""

import io
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from ..core.errors import BadInput, Unavailable
from ..core.files import atomic, write_bytes
from .proportions import CAPITAL
from .render import SMALLEST, TRANSPARENT, colour
from .typeset import Page

RATE = 25  # frames a second
REST = 2.0  # seconds that the last frame stays
SHADES = 32  # of a GIF
LONGEST_SIDE = 65_000  # pixels; a GIF counts to 65,535, and has a margin
ROOM = 250_000_000  # pixels of all frames together: a GIF or an animated PNG is made in memory

Frames = Iterable[UInt8[np.ndarray, "h w"]]


def film_height(pages: Sequence[Page], height: int, seconds: float) -> int:
    """The height of capitals, `height` if possible, at which a film of the largest page has room.

    Raises:
        BadInput: it has none at the smallest height.
    """
    frames = seconds * RATE
    across, down = (max(getattr(page, side) for page in pages) for side in ("width", "height"))
    highest = int(CAPITAL * min((ROOM / (across * down * frames)) ** 0.5, LONGEST_SIDE / max(across, down)))
    if highest < SMALLEST:
        raise BadInput("the text is too long for a film; write it as a picture, or as several films")
    return min(height, highest)


def check_film(path: str | Path, paper: str) -> None:
    """Refuse a film that cannot be made here, before anything is written.

    Raises:
        BadInput: an MP4 on transparent paper. Unavailable: one without the extra "video".
    """
    if Path(path).suffix == ".mp4":
        if paper == TRANSPARENT:
            raise BadInput("an MP4 has no transparent paper; choose a colour, or write a .gif or an .apng")
        if find_spec("imageio_ffmpeg") is None:
            raise Unavailable("MP4 needs the extra: pip install 'glyphspace[video]'; .gif and .apng need nothing")


def save_motion(path: str | Path, frames: Frames, ink: str, paper: str) -> None:
    """Write `frames` of how much ink is on each pixel to `path`, whole or not at all.

    Args:
        path: ends in .gif, .apng or .mp4; MP4 needs the extra "video".
        ink, paper: colours; paper may be "transparent", but in MP4.

    Raises:
        BadInput: another ending, no such colour, or the file cannot be written.
        Unavailable: the extra is not installed.
    """
    check_film(path, paper)
    savers[Path(path).suffix](Path(path), frames, ink, paper)


def _gif(path: Path, frames: Frames, ink: str, paper: str) -> None:
    """A palette of shades from paper to ink; the first of them is transparent if paper is."""
    levels = np.linspace(0, 255, SHADES).round().astype(np.uint8)[None]
    clear = paper == TRANSPARENT
    palette = colour(levels, ink, "white" if clear else paper)[0].tobytes()
    first, *rest = (_paletted(frame, palette) for frame in frames)
    options = {"transparency": 0, "disposal": 2} if clear else {"disposal": 1}
    content = io.BytesIO()
    first.save(
        content, "GIF", save_all=True, append_images=rest, duration=_durations(len(rest) + 1, 10), loop=0, **options
    )
    write_bytes(path, content.getvalue())


def _paletted(frame: UInt8[np.ndarray, "h w"], palette: bytes) -> Image.Image:
    image = Image.fromarray((frame.astype(np.uint16) * (SHADES - 1) // 255).astype(np.uint8))
    image.putpalette(palette)
    return image


def _apng(path: Path, frames: Frames, ink: str, paper: str) -> None:
    first, *rest = (Image.fromarray(colour(frame, ink, paper)) for frame in frames)
    content = io.BytesIO()
    first.save(
        content, "PNG", save_all=True, append_images=rest, duration=_durations(len(rest) + 1, 1), loop=0, disposal=1
    )
    write_bytes(path, content.getvalue())


def _durations(count: int, grain: int) -> list[int]:
    """Milliseconds of each frame, in multiples of `grain`; the last one rests."""
    each = 1000 // RATE // grain * grain
    return [each] * (count - 1) + [round(REST * 1000)]


def _mp4(path: Path, frames: Frames, ink: str, paper: str) -> None:
    import imageio_ffmpeg

    even = (
        np.pad(frame, ((0, len(frame) % 2), (0, frame.shape[1] % 2)), mode="edge")  # as the codec needs
        for frame in frames
    )
    first = next(even)
    with atomic(path) as temporary:
        writer = imageio_ffmpeg.write_frames(
            str(temporary),
            first.shape[::-1],
            fps=RATE,
            macro_block_size=2,
            output_params=["-f", "mp4"],  # the temporary file has no ending that says so
            ffmpeg_log_level="error",
        )
        writer.send(None)
        for frame in chain([first], even):
            shown = colour(frame, ink, paper).tobytes()
            writer.send(shown)
        for _ in range(round(REST * RATE)):
            writer.send(shown)
        writer.close()


savers: dict[str, Callable[[Path, Frames, str, str], None]] = {".gif": _gif, ".apng": _apng, ".mp4": _mp4}
