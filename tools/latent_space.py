"""The pictures of docs/latent-space.md, made by the experiments that it tells of, and what these say.

    python -m tools.latent_space [NAME…]     by the generators of digits that ship; takes a few minutes

Each is the figure that `glyphspace explore MODEL NAME` makes, but smaller.
"""

import argparse
from pathlib import Path

from tools.tour import light

from glyphspace import edit, explore, invert, load_dataset
from glyphspace.core.files import write_bytes
from glyphspace.core.pictures import Picture

IMAGES = Path(__file__).parents[1] / "docs" / "images"
FIGURES = {
    "labels": ("digits", "shares"),
    "means": ("digits", "images"),
    "distances": ("digits", "agreement"),
    "path": ("digits-best", "embedding-between-classes"),
    "noise": ("digits-best", "kept"),
    "plane": ("digits", "zooms"),
    "map": ("digits", "spaces"),
    "directions": ("digits-best", "strips"),
}
"""The generator of each experiment, and the figure that is shown."""
OPTIONS = {"directions": {"most": 2}}
SHOWN = 10  # test images that are inverted and edited
CHANGES = {"slant": 12.0, "thickness": 0.5}


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("names", nargs="*", metavar="NAME", help="default: all")
    for name in options.parse_args().names or [*FIGURES, "invert"]:
        if name == "invert":
            there_and_back()
        else:
            model, figure = FIGURES[name]
            found = getattr(explore, name)(model, **OPTIONS.get(name, {}))
            print(f"{name} of {model}\n{found}")
            keep(name, found.picture(figure))


def there_and_back() -> None:
    """Test images of MNIST, what is drawn for them, and the same leaning and bolder."""
    found = invert(load_dataset("mnist", "test").images[:SHOWN], model="digits-best")
    print(f"invert: label kept {found.kept:.0%}, mean squared error {found.errors.mean():.4f}")
    keep("invert", found.picture())
    keep("edit", edit(found.found, CHANGES, model="digits-best").picture())


def keep(name: str, picture: Picture) -> None:
    """The picture as a file of the docs."""
    write_bytes(IMAGES / f"latent-{name}.png", light(picture.content))


if __name__ == "__main__":
    main()
