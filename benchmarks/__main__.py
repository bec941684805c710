"""`python -m benchmarks` lists the benchmarks; `python -m benchmarks all` runs them one after another."""

import ast
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# plain_gan is run by gan_fast
ORDER = ("reference", "cnn_fast", "gan_fast", "resume", "metrics_memory", "stacked", "synthetic")


def claim(name: str) -> str:
    """The first line of a benchmark's docstring."""
    return (ast.get_docstring(ast.parse((HERE / f"{name}.py").read_text())) or "").splitlines()[0]


def main() -> int:
    if sys.argv[1:] == ["all"]:
        return max(subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]).returncode for name in ORDER)
    for name in (*ORDER, "plain_gan"):
        print(f"python -m benchmarks.{name:<15} {claim(name)}")
    print("python -m benchmarks all             all but the last, one after another: some hours on two cores")
    return 0


if __name__ == "__main__":
    sys.exit(main())
