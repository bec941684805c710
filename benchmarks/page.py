"""The page of what the benchmarks of speed found, docs/speed.md, made from the files in benchmarks/results.

What has not been measured yet is left out, and said.

    python -m benchmarks.page
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from glyphspace.core.files import write_bytes

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
        "How fast Glyphspace is, beside the script that people write and beside published small GANs. What is in one",
        "table ran on the machine below it. Every figure is printed by the command above it, kept in",
        "[benchmarks/results](../benchmarks/results), and put here by `python -m benchmarks.page`.",
    ]
    for name, (title, tell) in SECTIONS.items():
        lines += ["", f"## {title}", "", f"`python -m benchmarks.{name}`", ""]
        file = results / f"{name}.json"
        if not file.exists():
            lines.append("Not measured yet.")
            continue
        kept = json.loads(file.read_text())
        lines += [*tell(kept["found"], folder), "", _machines(kept)]
    return "\n".join(lines) + "\n"


def _machines(kept: dict[str, Any]) -> str:
    """Where the figures come from; of those that were measured one by one, every commit and how busy it was there."""
    loads: dict[str, list[float]] = {}
    for where in kept.get("machines", {"all": kept["machine"]}).values():
        words = f"{where['processor']}, {where['cores']} cores, PyTorch {where['torch']}, {where['date']}"
        at = f", at {where['commit']}" if where["commit"] else ""
        loads.setdefault(words + at, []).append(where["load before"])
    told = [f"{words}; load before: {_span(some)}" for words, some in loads.items()]
    return f"<sub>{'<br>'.join(told)}</sub>"


def _span(values: Sequence[float]) -> str:
    least, most = min(values), max(values)
    return f"{least}" if least == most else f"{least} to {most}"


if __name__ == "__main__":
    main()
