"""How near the best generators come to real images, each trained by its recipe from several seeds.

Claims for `digits-best`: a Fréchet distance of at most twice the floor, precision and coverage at least 0.95 and the
classifier score at least 0.98 of what real images score, and the label asked for in at least 99.3% of images. For the
others: at most 8 times the floor, and labels no more than 1.5 points under those of real test images.

All is judged on the test images, by the judging network, which chose nothing but what docs/choosing-best.md tells. The
floor is what it says of real training images; score and labels are those of the test images. With --keep, a run that is
there and has ended is judged as it is.

    python -m benchmarks.best
    python -m benchmarks.best fashion-best --seeds 0 --json clothes.json
    python -m benchmarks.best characters-best --seeds 0 --data characters=mnist+DIR/cased.toml --json characters.json
"""

from typing import Any

from glyphspace.metrics.features import probabilities
from glyphspace.metrics.scores import classifier_score
from glyphspace.training.recipes import find_recipe, override
from glyphspace.verbs.compare_gauge import COVERED, DISTANCE, LABELS, GeneratorGauge
from glyphspace.verbs.train import load_splits
from glyphspace.zoo import feature_network, find_model

from .common import machine, parser, save, spread, table, workspace
from .runs import trained

SHOWN = (DISTANCE, "precision", "recall", "coverage", COVERED, "classifier score", LABELS)


def main() -> None:
    options = parser(__doc__ or "", "best")
    options.add_argument("recipe", nargs="?", default="digits-best", help="default: digits-best")
    options.set_defaults(data=None)
    options.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2], help="default: 0, 1 and 2")
    options.add_argument("--epochs", type=float, help="of each training (default: the recipe's)")
    options.add_argument("--count", type=int, default=10_000, help="images to judge (default: 10000)")
    options.add_argument("--judge", metavar="MODEL", help="default: the judging network that ships")
    options.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")
    options.add_argument("--device", default="cpu", help="to train on (default: cpu)")
    arguments = options.parse_args()

    where = machine()
    recipe = find_recipe(arguments.recipe)
    splits = load_splits(recipe if arguments.data is None else override(recipe, {"data": arguments.data}), seed=0)
    network = find_model(arguments.judge or feature_network(splits.dataset, "judging"), "classifier")
    gauge = GeneratorGauge(splits, network, arguments.count)
    of_test = probabilities(network.net, splits.test.images)
    labels = float((of_test.argmax(1) == splits.test.labels).float().mean())
    real = {**gauge.floor().figures, "classifier score": classifier_score(of_test), LABELS: labels}
    runs: dict[str, Any] = {}
    with workspace(arguments.keep) as folder:
        for seed in arguments.seeds:
            run, trained_on = trained(recipe, seed, folder / f"{arguments.recipe}-{seed}", arguments)
            figures = gauge.measure(run.models["generator"]).figures
            runs[str(seed)] = {"minutes": run.seconds / 60, "steps": run.step, **figures, "trained on": trained_on}
            show(runs, real)
            save(arguments, where, {"real images": real, "runs": runs})


def show(runs: dict[str, Any], real: dict[str, float]) -> None:
    """A row for each seed, one for real images, and the two together."""
    print()
    rows = [(f"seed {s}", f"{run['minutes']:.1f}", *(f"{run[k]:.4f}" for k in SHOWN)) for s, run in runs.items()]
    rows.append(("real images", "", *(f"{real[key]:.4f}" for key in SHOWN)))
    rows.append(("of real images'", "", *(spread([run[k] / real[k] for run in runs.values()]) for k in SHOWN)))
    table(("", "minutes", *SHOWN), rows)


if __name__ == "__main__":
    main()
