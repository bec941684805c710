"""The documents' generators, trained by their recipes: how often each class comes, and whether it is the one asked for.

Claim: every class is at least 2% of 10,000 samples, as the judging network reads them.

What the file of results holds already is not trained again, so it may be run one recipe and one seed at a time; a row
of the table tells how many seeds it rests on.

    python -m benchmarks.documents
    python -m benchmarks.documents cwgan-gp --epochs 10
    python -m benchmarks.documents dcgan --seed 1
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from glyphspace.verbs.evaluate import GeneratorEvaluation, evaluate

from .common import machine, spread, table, workspace
from .kept import Kept, parser
from .runs import trained

NAMES = ("cgan-reference", "cgan-resnet", "dcgan", "dcgan-logits", "cwgan-gp", "cwgan-gp-layernorm")
LEAST = 0.02
SEED = ", seed "  # what the name of a figure ends in, unless the seed is 0


def main() -> None:
    options = parser(__doc__ or "", "documents")
    options.set_defaults(data=None)
    options.add_argument("names", nargs="*", metavar="RECIPE", default=NAMES, help="default: all of them")
    options.add_argument("--epochs", type=float, help="of each (default: the recipe's)")
    options.add_argument("--seed", type=int, default=0, help="default: 0")
    options.add_argument("--device", default="cpu", help="to train on (default: cpu)")
    options.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")
    arguments = options.parse_args()

    kept = Kept(arguments, "names", "epochs", "seed", "device", "threads")
    for name in arguments.names:
        called = f"{name}, {arguments.epochs:g} epochs" if arguments.epochs else name
        called += f"{SEED}{arguments.seed}" if arguments.seed else ""
        if called not in kept.found:
            where = machine()
            kept.found[called] = measure(name, arguments)
            kept.add(called, kept.found, where)
            print(f"{name}: trained and judged", flush=True)
    show(kept.found)


def measure(name: str, arguments: argparse.Namespace) -> dict[str, Any]:
    """Train, or take the run that is kept, and count."""
    with workspace(arguments.keep) as folder:
        run, trained_on = trained(name, arguments.seed, folder / f"{name}-{arguments.seed}", arguments)
        found = evaluate(run.models["generator"])
        assert isinstance(found, GeneratorEvaluation) and found.judgement.classes is not None
        return {
            "epochs": run.models["generator"].recipe["epochs"],
            "minutes": run.seconds / 60,
            "shares": list(found.judgement.classes.shares),
            "label as asked": found.judgement.classes.label_accuracy,
            "Fréchet distance": found.judgement.frechet,
            "floor": found.floor.frechet,
            "trained on": trained_on,
        }


def show(found: dict[str, Any]) -> None:
    """Print a row for each recipe: means over its seeds."""
    seeds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for called, of in found.items():
        seeds[called.partition(SEED)[0]].append(of)
    head = ("", "epochs", "seeds", "minutes", "rarest class", "label as asked", "Fréchet distance", "floor")
    table(head, [row(name, of) for name, of in seeds.items()])


def row(name: str, seeds: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """What stands of one recipe, trained from these seeds."""
    rarest = [min(of["shares"]) for of in seeds]
    asked = [of["label as asked"] for of in seeds if of["label as asked"] is not None]
    return (
        name,
        f"{seeds[0]['epochs']:g}",
        f"{len(seeds)}",
        spread([of["minutes"] for of in seeds], 1),
        spread([100 * share for share in rarest], 1) + "%" + ("" if min(rarest) >= LEAST else f" (under {LEAST:.0%})"),
        spread(asked, 4) if asked else "",
        spread([of["Fréchet distance"] for of in seeds], 2),
        f"{seeds[0]['floor']:.2f}",
    )


if __name__ == "__main__":
    main()
