"""The documents' generators, trained by their recipes: how often each class comes, and whether it is the one asked for.

Claim: every class is at least 2% of 10,000 samples, as the judging network reads them.

What the file of results holds already is not trained again, so it may be run one recipe at a time.

    python -m benchmarks.documents
    python -m benchmarks.documents cwgan-gp --epochs 10
"""

import argparse
from typing import Any

from glyphspace.verbs.evaluate import GeneratorEvaluation, evaluate

from .common import machine, table, workspace
from .kept import Kept, parser
from .runs import trained

NAMES = ("cgan-reference", "cgan-resnet", "dcgan", "dcgan-logits", "cwgan-gp", "cwgan-gp-layernorm")
LEAST = 0.02


def main() -> None:
    options = parser(__doc__ or "", "documents")
    options.set_defaults(data=None)
    options.add_argument("names", nargs="*", metavar="RECIPE", default=NAMES, help="default: all of them")
    options.add_argument("--epochs", type=float, help="of each (default: the recipe's)")
    options.add_argument("--seed", type=int, default=0, help="default: 0")
    options.add_argument("--device", default="cpu", help="to train on (default: cpu)")
    options.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")
    arguments = options.parse_args()

    kept = Kept(arguments, "names", "epochs", "device", "threads")
    for name in arguments.names:
        called = f"{name}, {arguments.epochs:g} epochs" if arguments.epochs else name
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
    rows = [
        (
            name,
            f"{of['epochs']:g}",
            f"{of['minutes']:.1f}",
            f"{min(of['shares']):.1%}" + ("" if min(of["shares"]) >= LEAST else f" (under {LEAST:.0%})"),
            "" if of["label as asked"] is None else f"{of['label as asked']:.4f}",
            f"{of['Fréchet distance']:.2f}",
            f"{of['floor']:.2f}",
        )
        for name, of in found.items()
    ]
    table(("", "epochs", "minutes", "rarest class", "label as asked", "Fréchet distance", "floor"), rows)


if __name__ == "__main__":
    main()
