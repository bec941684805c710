"""Figures as the content of PNG and SVG files, the same bytes for the same figure on every day."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib
from matplotlib.figure import Figure

from .style import DARK, GLYPHS, PAPER, styled


@styled
def to_png(figure: Figure, dpi: int = 160) -> bytes:
    """`figure` as a PNG on light paper, at `dpi` pixels per inch."""
    content = io.BytesIO()
    with _calmly():
        figure.savefig(content, format="png", dpi=dpi, facecolor=PAPER, metadata={"Software": None})
    return content.getvalue()


@styled
def to_svg(figure: Figure) -> str:
    """`figure` as one `<svg>` element on a transparent ground.

    It carries both sets of colours: on a page that is shown dark it is drawn in those of `style.DARK`, and glyphs
    are inverted.
    """
    content = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with matplotlib.rc_context({"svg.hashsalt": "glyphspace"}), _calmly():
        figure.savefig(content, format="svg", metadata=nothing)
    svg = content.getvalue()
    opening_end = svg.index(">", svg.index("<svg")) + 1
    return svg[svg.index("<svg") : opening_end] + f"<style>{_dark_rules()}</style>" + svg[opening_end:]


@contextmanager
def _calmly() -> Iterator[None]:
    """Without a warning for each letter of a class's name that the font lacks: it is drawn as a box."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from")
        yield


def _dark_rules() -> str:
    # Matplotlib writes each colour into a style attribute, where only a rule that is important outranks it.
    rules = [
        f'[style*="{part}: {light}"]{{{part}:{dark}!important}}'
        for light, dark in DARK.items()
        for part in ("fill", "stroke")
    ]
    return "@media screen and (prefers-color-scheme:dark){" + "".join(rules) + "#" + GLYPHS + "{filter:invert(1)}}"
