"""How accurate a classifier is after a fixed budget of training, over ten seeds, and how long the training takes.

Claim: with one budget `cnn-fast` reaches a mean test accuracy of 0.99 in under 10 seconds of training on two cores,
with another 0.995 in under 90 seconds.

The seconds are those of the steps (batches, augmentation, forward, backward, update), summed; evaluations and files
are outside. Every seed that was run is in the figures.

    python -m benchmarks.cnn_fast --budgets cnn-fast:1 cnn-fast:8
"""

from dataclasses import asdict, dataclass
from pathlib import Path

from glyphspace import evaluate, train

from .common import machine, parser, save, spread, table, workspace


@dataclass(frozen=True)
class Result:
    """One classifier: accuracy on the whole test split, and seconds of training."""

    seed: int
    steps: int
    accuracy: float
    seconds: float


def main() -> None:
    options = parser(__doc__ or "", "cnn_fast")
    options.add_argument(
        "--budgets", nargs="+", metavar="RECIPE:EPOCHS", default=[("cnn-fast", 1.0), ("cnn-fast", 8.0)], type=budget
    )
    options.add_argument("--seeds", type=int, nargs="+", default=list(range(10)), help="default: 0 to 9")
    options.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")
    arguments = options.parse_args()

    where, found = machine(), {}
    with workspace(arguments.keep) as folder:
        for recipe, epochs in arguments.budgets:
            results = []
            for seed in arguments.seeds:
                out = folder / f"{recipe}-{epochs:g}-{seed}"
                results.append(measure(recipe, epochs, seed, arguments.data, arguments.threads, out))
                print(f"{recipe}, {epochs:g} epochs, seed {seed}: {results[-1].accuracy:.4f}", flush=True)
            found[f"{recipe}:{epochs:g}"] = results

    print()
    rows = [
        (name, spread([r.accuracy for r in results], 5), f"{min(r.accuracy for r in results):.4f}",
         spread([r.seconds for r in results], 2), len(results))
        for name, results in found.items()
    ]  # fmt: skip
    table(("budget", "test accuracy", "least", "seconds of training", "seeds"), rows)
    save(arguments, where, {name: [asdict(result) for result in results] for name, results in found.items()})


def budget(text: str) -> tuple[str, float]:
    """The recipe and the epochs in "cnn-fast:1"."""
    recipe, _, epochs = text.partition(":")
    return recipe, float(epochs)


def measure(recipe: str, epochs: float, seed: int, data: str, threads: int | None, out: Path) -> Result:
    """Train once, then measure on the test split."""
    run = train(recipe, data=data, seed=seed, epochs=epochs, threads=threads, out=out)
    judged = evaluate(run.models["classifier"], data=data)
    return Result(seed, run.step, judged.accuracy, float(run.history.column("seconds").sum(dtype="float64")))


if __name__ == "__main__":
    main()
