"""`python -m benchmarks` lists the benchmarks; `python -m benchmarks all` runs them one after another.

Their figures, and the page of them, go to a folder of their own, runs/benchmarks or the one that is named: those which
come with the source stay as they are. When it is stopped, the same command goes on where it can.
"""

import ast
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
MEASURED = HERE.parent / "runs" / "benchmarks"
# A script that others compare with, choices made once, and the page of it all.
APART = ("plain_gan", "choose_best", "choose_cnn", "lookalikes", "page", "tones")


def programs() -> list[str]:
    """The names of all files here that can be run."""
    files = (file for file in sorted(HERE.glob("*.py")) if not file.stem.startswith("_"))
    return [file.stem for file in files if "\ndef main(" in file.read_text()]


def claim(name: str) -> str:
    """The first line of a benchmark's docstring."""
    return (ast.get_docstring(ast.parse((HERE / f"{name}.py").read_text())) or "").splitlines()[0]


def main() -> int:
    benchmarks = [name for name in programs() if name not in APART]
    if sys.argv[1:2] == ["all"] and len(sys.argv) <= 3:
        return run_all(benchmarks, Path(sys.argv[2]) if len(sys.argv) == 3 else MEASURED)
    for name in (*benchmarks, *APART):
        print(f"python -m benchmarks.{name:<18} {claim(name)}")
    print(f"python -m benchmarks all [DIR]          all but the last {len(APART)}, then the page: a day on two cores")
    return 0


def run_all(benchmarks: Sequence[str], folder: Path) -> int:
    """Run each into its file in `folder`, then write the page there, whatever became of them; 1 if any failed."""
    calls: list[tuple[object, ...]] = [(name, "--json", folder / f"{name}.json") for name in benchmarks]
    calls.append(("page", "--results", folder, "--out", folder / "speed.md"))
    codes = [
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *map(str, words)]).returncode
        for name, *words in calls
    ]
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())
