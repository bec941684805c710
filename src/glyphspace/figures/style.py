"""The one visual language of all figures: colours, type, and axes without ornament.

Figures are drawn in the colours of a light page on no ground at all; `DARK` says what each becomes on a dark page.
"""

import matplotlib
import numpy as np
from jaxtyping import Real
from matplotlib.axes import Axes
from matplotlib.figure import Figure

WIDTH = 7.2  # inches: the width of the report's column when its small type is 8 points

INK, MUTED, LINE, PAPER = "#20262b", "#656c72", "#d9dcdf", "#fefefe"
# Four hues that stay apart under the common colour blindnesses (after Okabe and Ito, 2008), evened in lightness.
BLUE, ORANGE, GREEN, PURPLE = "#2468a8", "#c9561c", "#16866a", "#96569f"

DARK = {
    INK: "#e7e5e0",
    MUTED: "#a0a5aa",
    LINE: "#3a3f45",
    PAPER: "#14171a",
    BLUE: "#74b3ea",
    ORANGE: "#f0945c",
    GREEN: "#56c3a1",
    PURPLE: "#cf9bd6",
}

GLYPHS = "glyphs"  # the id of images that are ink on no ground, and are inverted on a dark page

# What is generated, what is real and who judges keep their colours through a whole report.
_ROLES = {
    "generator": BLUE,
    "fake": BLUE,
    "generated": BLUE,
    "discriminator": ORANGE,
    "real": GREEN,
    "test": GREEN,
    "held-out": GREEN,
    "training": PURPLE,
}

styled = matplotlib.rc_context(
    {
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "axes.edgecolor": LINE,
        "axes.labelcolor": MUTED,
        "axes.labelsize": 8,
        "axes.titlecolor": MUTED,
        "axes.titlelocation": "left",
        "axes.titlesize": 8,
        "axes.titleweight": "normal",
        "axes.titlepad": 8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.axisbelow": True,
        "font.family": ["DejaVu Sans"],
        "font.size": 8,
        "grid.color": LINE,
        "grid.linewidth": 0.6,
        "legend.fontsize": 8,
        "legend.frameon": False,
        "legend.labelcolor": INK,
        "lines.linewidth": 1.6,
        "lines.solid_capstyle": "round",
        "patch.linewidth": 0,
        "text.color": INK,
        "text.parse_math": False,  # a class may be called $
        "xtick.color": LINE,
        "xtick.labelcolor": MUTED,
        "xtick.labelsize": 8,
        "ytick.color": LINE,
        "ytick.labelcolor": MUTED,
        "ytick.labelsize": 8,
        "ytick.left": False,
    }
)
"""Decorator of every function that draws or saves: our defaults hold inside it and nowhere else."""


def new_figure(height: float, width: float = WIDTH) -> Figure:
    """An empty figure of `width` × `height` inches that belongs to no window."""
    return Figure(figsize=(width, height), layout="constrained")


def colour(label: str, position: int) -> str:
    """The colour of the series called `label`: that of its role, or else the one for its position."""
    return _ROLES.get(label, (BLUE, ORANGE, GREEN, PURPLE)[position % 4])


def legend_above(axes: Axes) -> None:
    """A legend in one line above the right end of `axes`, across from its title."""
    axes.legend(
        loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0.3, ncols=8, handlelength=1.2, columnspacing=1.4
    )


def log_steps(axes: Axes, at: Real[np.ndarray, " points"]) -> None:
    """A logarithmic horizontal axis with marks at these places alone, above 0, written out."""
    axes.set_xscale("log")
    axes.set_xticks(at, [f"{each:,g}" for each in at.tolist()])
    axes.set_xticks([], minor=True)
