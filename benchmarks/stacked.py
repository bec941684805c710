"""How many of the 1,000 modes of Stacked-MNIST a recipe covers within an hour, and how evenly.

Claim: after at most an hour of training on two cores at least 990 modes come among 26,000 samples, and the KL
divergence of their shares from those of the data is at most 0.1 nats, of which sampling alone gives 0.019.

The channels are read by the judging network of digits, which chose nothing: the recipe was found with the classifier
that ships. The minutes count all that a run does (evaluations, sample sheets and checkpoints too).

    python -m benchmarks.stacked --threads 2
"""

from dataclasses import asdict, dataclass

from glyphspace import evaluate, train
from glyphspace.verbs.evaluate_stacked import StackedEvaluation

from .common import machine, parser, save, spread, table, workspace


@dataclass(frozen=True)
class Result:
    """One training, judged."""

    seed: int
    steps: int
    minutes: float
    images: int
    judged: StackedEvaluation


def main() -> None:
    options = parser(__doc__ or "", "stacked")
    options.set_defaults(data="stacked-mnist")
    options.add_argument("--recipe", default="stacked-fast", help="default: stacked-fast")
    options.add_argument("--minutes", type=float, help="of each training (default: the recipe's epochs)")
    options.add_argument("--seeds", type=int, nargs="+", default=[0], help="default: 0")
    options.add_argument("--count", type=int, default=26_000, help="images to count modes on (default: 26000)")
    options.add_argument("--judge", metavar="MODEL", help="which reads a channel (default: the judging network)")
    options.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")
    arguments = options.parse_args()

    where, results = machine(), []
    with workspace(arguments.keep) as folder:
        for seed in arguments.seeds:
            run = train(
                arguments.recipe,
                data=arguments.data,
                seed=seed,
                minutes=arguments.minutes,
                threads=arguments.threads,
                out=folder / f"stacked-{seed}",
                resume=arguments.keep is not None,
            )
            judged = evaluate(run.folder, judge_by=arguments.judge, count=arguments.count)
            assert isinstance(judged, StackedEvaluation)
            images = int(run.models["generator"].training["images"])
            results.append(Result(seed, run.step, run.seconds / 60, images, judged))
            show(results)
            save(arguments, where, {"runs": [asdict(result) for result in results]})


def show(results: list[Result]) -> None:
    rows = [
        (
            f"seed {result.seed}",
            f"{result.judged.modes.covered:,}",
            f"{result.judged.modes.divergence:.4f}",
            f"{result.judged.uniform_divergence:.4f}",
            f"{result.minutes:.1f}",
            f"{result.images:,}",
        )
        for result in results
    ]
    print()
    table(("", "modes", "KL from the data", "KL from uniform", "minutes", "images seen"), rows)
    print(f"sampling alone: KL {results[0].judged.modes.sampling_divergence:.4f}")
    if len(results) > 1:
        print(f"KL {spread([r.judged.modes.divergence for r in results], 4)} over {len(results)} seeds")


if __name__ == "__main__":
    main()
