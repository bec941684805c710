"""Moving pictures of grey pages, there and back without end: as a GIF, or as an MP4 where ffmpeg is at hand."""

import io
import shutil
import subprocess
from collections.abc import Sequence
from tempfile import TemporaryDirectory

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from ..core.errors import BadInput, Unavailable
from ..core.files import first_line, read_bytes

_RATE = 15  # frames a second
_REST = 6  # frames that either end is held
_LEVELS = 16  # greys of a GIF: no eye misses the others, and the file is half the size

Pages = Sequence[UInt8[np.ndarray, "height width"]]


def gif(pages: Pages) -> bytes:
    """`pages` forwards and backwards, again and again."""
    frames = [few_greys(page) for page in _there_and_back(pages)]
    content = io.BytesIO()
    frames[0].save(content, "GIF", save_all=True, append_images=frames[1:], duration=round(1000 / _RATE), loop=0)
    return content.getvalue()


def mp4(pages: Pages) -> bytes:
    """`pages` forwards and backwards, twice, as H.264 that every browser plays.

    Raises:
        Unavailable: there is no ffmpeg.
    """
    frames = 2 * _there_and_back(pages)
    height, width = (size // 2 * 2 for size in frames[0].shape)  # H.264 wants even sides
    with TemporaryDirectory() as folder:
        command = [
            *(ffmpeg(), "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{width}x{height}"),
            *("-r", str(_RATE), "-i", "-", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "20", f"{folder}/x.mp4"),
        ]
        content = b"".join(np.ascontiguousarray(frame[:height, :width]).tobytes() for frame in frames)
        done = subprocess.run(command, input=content, capture_output=True, check=False)
        if done.returncode:
            raise Unavailable(
                f"ffmpeg could not make an MP4 ({first_line(Exception(done.stderr.decode()))}); take a GIF"
            )
        return read_bytes(f"{folder}/x.mp4")


def ffmpeg() -> str:
    """Where it is.

    Raises:
        Unavailable: nowhere.
    """
    found = shutil.which("ffmpeg")
    if found:
        return found
    try:
        from imageio_ffmpeg import get_ffmpeg_exe

        return str(get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        raise Unavailable(
            "an MP4 needs ffmpeg, which is not here; pip install 'glyphspace[video]' brings it, or take a GIF"
        ) from error


def _there_and_back(pages: Pages) -> list[UInt8[np.ndarray, "height width"]]:
    if not pages or len({page.shape for page in pages}) > 1:
        raise BadInput("a moving picture takes pages, all of one size")
    return [pages[0]] * _REST + list(pages) + [pages[-1]] * _REST + list(pages[-2:0:-1])


def few_greys(page: UInt8[np.ndarray, "height width"]) -> Image.Image:
    """`page` with a palette of 16 greys."""
    level = np.round(page / 255 * (_LEVELS - 1)).astype(np.uint8)
    few = Image.frombytes("P", (page.shape[1], page.shape[0]), level.tobytes())
    few.putpalette(np.linspace(0, 255, _LEVELS).round().astype(np.uint8).repeat(3).tobytes())
    return few
