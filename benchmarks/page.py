"""The page of what the benchmarks of speed found, docs/speed.md, made from the files in benchmarks/results.

What has not been measured yet is left out, and said. What was measured on another machine too, or after another time,
into a file such as training_step_on_amx.json or reference_quality_after_5_epochs.json, stands below the first.

    python -m benchmarks.page
"""

import argparse
import json
from collections.abc import Sequence
from os.path import relpath
from pathlib import Path
from typing import Any

from glyphspace.core.files import write_bytes

from .command import command
from .common import place
from .sections import SECTIONS

ROOT = Path(__file__).parents[1]


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.page", description=(__doc__ or "").splitlines()[0])
    options.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results", help="the files of figures")
    options.add_argument("--out", type=Path, default=ROOT / "docs" / "speed.md", help="default: docs/speed.md")
    arguments = options.parse_args()
    write_bytes(arguments.out, page(arguments.results, arguments.out.parent).encode())
    print(arguments.out)


def page(results: Path, folder: Path) -> str:
    """The whole page as Markdown; its figure is written below `folder`."""
    lines = [
        "# Speed",
        "",
        "How fast Glyphspace is, beside the script that people write and beside published small GANs. Under each table",
        "stand the command that printed its figures and the machine that it ran on. The figures are kept in",
        f"[{results.name}]({relpath(results, folder)}), and put here by `python -m benchmarks.page`.",
        "",
        "On your machine `--json FILE` keeps your figures apart from ours, and `python -m benchmarks all` measures",
        "everything, into a folder of its own with a page like this.",
    ]
    for name, (title, tell) in SECTIONS.items():
        lines += ["", f"## {title}", ""]
        others = (file for how in ("on", "after") for file in results.glob(f"{name}_{how}_*.json"))
        files = [results / f"{name}.json", *sorted(others)]
        if not any(file.exists() for file in files):
            lines.append(f"Not measured yet: `{command(name, {})}`")
            continue
        for number, file in enumerate(file for file in files if file.exists()):
            kept = {**json.loads(file.read_text()), "name": file.stem}
            told = [f"`{command(name, kept['asked'])}`", *_machines(kept)]
            lines += [
                *(["", _heading(file.stem.removeprefix(name), kept["machine"]), ""] if number else []),
                *tell(kept, folder),
            ]
            lines += ["", f"<sub>{'<br>'.join(told)}</sub>"]
    return "\n".join(lines) + "\n"


def _heading(ending: str, machine: dict[str, Any]) -> str:
    """What a further table of a benchmark is about, by how the name of its file ends."""
    otherwise, _, elsewhere = ending.partition("_on_")
    words = [otherwise.replace("_", " ").strip(), f"on another machine, {place(machine)}" if elsewhere else ""]
    told = ", ".join(filter(None, words))
    return f"{told[0].upper()}{told[1:]}:"


def _machines(kept: dict[str, Any]) -> list[str]:
    """Where the figures come from; of those that were measured one by one, every commit and how busy it was there."""
    loads: dict[str, list[float]] = {}
    for where in kept.get("machines", {"all": kept["machine"]}).values():
        at = f", at {where['commit']}" if where["commit"] else ""
        loads.setdefault(f"{place(where)}, {where['date']}{at}", []).append(where["load before"])
    return [f"{words}; load before: {_span(some)}" for words, some in loads.items()]


def _span(values: Sequence[float]) -> str:
    least, most = min(values), max(values)
    return f"{least}" if least == most else f"{least} to {most}"


if __name__ == "__main__":
    main()
