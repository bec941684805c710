"""glyphspace data list|get|show."""

import argparse
from pathlib import Path
from typing import Any

from .terminal import print_table, waiting


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("data", help="list, fetch and look at datasets")
    verbs = parser.add_subparsers(metavar="list|get|show", required=True)
    verbs.add_parser("list", help="what the catalogue holds").set_defaults(run=list_data)
    get = verbs.add_parser("get", help="fetch a dataset into the cache, verified")
    get.add_argument("name", metavar="NAME", help="a dataset of the catalogue")
    get.add_argument("--from", dest="folder", type=Path, metavar="DIR", help="a folder to look for its files in first")
    get.set_defaults(run=get_data)
    show = verbs.add_parser("show", help="draw a contact sheet, a row per class")
    show.add_argument("data", metavar="DATA", help="a dataset's name or path, several joined by +, or generated:MODEL")
    show.add_argument("--split", default="train", help="train or test (default: train)")
    show.add_argument("--per-class", type=int, default=20, metavar="N", help="images in a row (default: 20)")
    show.add_argument("--seed", type=int, default=0, help="of the choice (default: 0)")
    show.add_argument("--out", type=Path, required=True, metavar="FILE.png", help="the picture to write")
    show.set_defaults(run=show_data)


def list_data(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace data list`."""
    from ..data import list_datasets

    def count(number: int | None) -> str:
        return "—" if number is None else f"{number:,}"

    rows = [
        (
            d.name,
            str(d.classes),
            *(count(d.images.get(split)) for split in ("train", "test")),
            _where(d.cached),
            d.title,
        )
        for d in list_datasets()
    ]
    print_table(("dataset", "classes", "train", "test", "cached", "what it is"), rows)


def get_data(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace data get`."""
    from ..data import data_home, fetch_dataset

    with waiting(f"fetch {arguments.name}") as progress:
        fetch_dataset(arguments.name, folder=arguments.folder, progress=progress)
    print(f"{arguments.name} is whole, in {data_home()}")


def show_data(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace data show`."""
    from ..core.pictures import save_png
    from ..data import contact_sheet
    from ..verbs.images import load_images

    with waiting(f"fetch {arguments.data}") as progress:
        images = load_images(arguments.data, arguments.split, progress)
    save_png(arguments.out, contact_sheet(images, arguments.per_class, arguments.seed))
    print(arguments.out)


def _where(cached: bool) -> str:
    return "yes" if cached else "no"
