"""`python -m benchmarks` lists the benchmarks; `python -m benchmarks all` runs them one after another."""

import ast
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
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
    if sys.argv[1:] == ["all"]:
        names = (*benchmarks, "page")  # the page last, whatever became of the others
        codes = [subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]).returncode for name in names]
        return int(any(codes))
    for name in (*benchmarks, *APART):
        print(f"python -m benchmarks.{name:<18} {claim(name)}")
    print(
        f"python -m benchmarks all                all but the last {len(APART)}, then the page: some hours on two cores"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
