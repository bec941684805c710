"""A page of messages in ten hands, for the docs: each hand a seed, the last ones slanted and neat, or broad and wild.

    python tools/hands.py                    by the best model that ships, to docs/images/hands.png
    python tools/hands.py --model MODEL --classifier MODEL --second MODEL --out FILE.png

Beside the page it makes docs/images/written.gif, the first message while it is written.
"""

import argparse
from pathlib import Path

import numpy as np

from glyphspace.core.pictures import save_png
from glyphspace.message.animate import written
from glyphspace.message.motion import RATE, save_motion
from glyphspace.message.render import INK, PAPER, render
from glyphspace.verbs.pens import Style
from glyphspace.verbs.write import write

IMAGES = Path(__file__).parents[1] / "docs" / "images"
HEIGHT = 44  # pixels of a capital
MESSAGES = (
    ("The quick brown fox jumps", Style()),
    ("Meet me at the gate at 9", Style()),
    ("No hand wrote this line", Style()),
    ("Pack my box with five jugs", Style()),
    ("Happy birthday 21 June 1987", Style()),
    ("Sphinx of black quartz", Style()),
    ("leaning into the wind", Style(turn={"slant": 2.5})),
    ("with a very broad pen", Style(turn={"thickness": 2.5})),
    ("as neat as can be", Style(neatness=0.9)),
    ("and a little wild", Style(neatness=0.2)),
)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name in ("model", "classifier", "second"):
        options.add_argument(f"--{name}", help="default: what ships")
    options.add_argument("--out", type=Path, default=IMAGES / "hands.png", help="default: docs/images/hands.png")
    arguments = options.parse_args()
    models = {name: getattr(arguments, name) for name in ("model", "classifier", "second")}
    pages = [
        write(text, seed=seed, style=style, width=60, **models).page for seed, (text, style) in enumerate(MESSAGES)
    ]
    lines = [render(page, HEIGHT) for page in pages]
    save_png(arguments.out, stacked(lines))
    save_motion(arguments.out.with_name("written.gif"), written(pages[0], HEIGHT, RATE), INK, PAPER)
    print(arguments.out)


def stacked(lines: list[np.ndarray]) -> np.ndarray:
    """The lines in two columns, on one paper."""
    half = (len(lines) + 1) // 2
    columns = [lines[:half], lines[half:]]
    widths = [max(line.shape[1] for line in column) for column in columns]
    height = max(line.shape[0] for line in lines) - HEIGHT // 3
    page = np.empty((half * height + HEIGHT // 2, sum(widths), 3), np.uint8)
    page[:] = lines[0][0, 0]
    for number, column in enumerate(columns):
        for row, line in enumerate(column):
            place = page[row * height :, sum(widths[:number]) :][: line.shape[0], : line.shape[1]]
            np.minimum(place, line[: len(place)], out=place)
    return page


if __name__ == "__main__":
    main()
