"""How the nets and recipes of the `-best` generators were chosen: on training images that were held out.

Each candidate is trained for the same time of one processor thread, or on as many images as the others, its rate
falling to nothing at the end, on all training images but 10,000; then 10,000 of its images are compared with these by
the choosing network. Neither the test images nor the judging network are looked at; the classifier that gives a reward
learned from all training images. Figures are added to the JSON file as they come, and what is there already is not
measured again.

    python -m benchmarks.choose_best
"""

import argparse
import time
from typing import Any

from glyphspace.training.device import choose_compute
from glyphspace.training.recipes import GanRecipe
from glyphspace.verbs.compare_gauge import GeneratorGauge
from glyphspace.verbs.train import load_splits, make_training
from glyphspace.zoo import feature_network, find_model

from .common import machine, table
from .kept import Kept, parser

HEAD = ("candidate", "images", "Fréchet distance", "precision", "recall", "coverage", "label as asked")
BASE = GanRecipe(  # written out, and not digits-best: what is kept must mean the same when that changes
    name="candidate",
    summary="",
    hold_out=10_000,
    generator="conditional:z_dim=64,width=64,depth=1",
    discriminator="projection:width=32",
    objective="relativistic",
    penalty="r1+r2",
    penalty_weight=0.3,
    penalty_every=16,
    penalty_images=32,
    batch_size=64,
    generator_rate=2e-3,
    discriminator_rate=2e-3,
    beta1=0.0,
    beta2=0.99,
    schedule="cosine",
    average_half_life=50_000,
)

CANDIDATES: dict[str, dict[str, Any]] = {
    "base": {},
    "batch 128, rates 3e-3": {"batch_size": 128, "generator_rate": 3e-3, "discriminator_rate": 3e-3},
    "rates 4e-3": {"generator_rate": 4e-3, "discriminator_rate": 4e-3},
    "wider": {"generator": "conditional:z_dim=64,width=96,depth=1", "discriminator": "projection:width=48"},
    "depth 0": {"generator": "conditional:z_dim=64,width=64"},
    "depth 2": {"generator": "conditional:z_dim=64,width=64,depth=2"},
    "discriminator depth 1": {"discriminator": "projection:width=32,depth=1"},
    "penalty 0.1": {"penalty_weight": 0.1},
    "penalty 1": {"penalty_weight": 1.0},
    "R1 alone": {"penalty": "r1"},
    "non-saturating": {"objective": "non-saturating"},
    "hinge": {"objective": "hinge"},
    "least squares": {"objective": "least-squares"},
    "hinge, spectral norm": {
        "objective": "hinge",
        "discriminator": "projection-spectral:width=32",
        "penalty": "none",
    },
    "average over 10,000": {"average_half_life": 10_000},
    "average over 200,000": {"average_half_life": 200_000},
    "no average": {"average_half_life": 0},
    "constant rates": {"schedule": "constant"},
    "one cycle": {"schedule": "one-cycle"},
    "reward 0.1": {"reward": "asked", "reward_weight": 0.1},
    "reward 0.1, penalty 0.05": {"reward": "asked", "reward_weight": 0.1, "penalty_weight": 0.05},
    "reward 0.1, penalty 0.015": {"reward": "asked", "reward_weight": 0.1, "penalty_weight": 0.015},
    "reward 0.3": {"reward": "asked", "reward_weight": 0.3},
    "reward 1": {"reward": "asked"},
    "reward 3": {"reward": "asked", "reward_weight": 3.0},
    "condition 32, reward 0.3": {
        "generator": "conditional:z_dim=64,width=64,depth=1,condition_dim=32",
        "discriminator": "projection:width=32,condition_dim=32",
        "reward": "asked",
        "reward_weight": 0.3,
    },
    "wider, condition 32, reward 0.3": {
        "generator": "conditional:z_dim=64,width=96,depth=1,condition_dim=32",
        "discriminator": "projection:width=48,condition_dim=32",
        "reward": "asked",
        "reward_weight": 0.3,
    },
    "condition 48": {
        "generator": "conditional:z_dim=64,width=64,depth=1,condition_dim=48",
        "discriminator": "projection:width=32,condition_dim=48",
    },
    "wider, condition 48": {
        "generator": "conditional:z_dim=64,width=96,depth=1,condition_dim=48",
        "discriminator": "projection:width=48,condition_dim=48",
    },
    "unconditional": {"generator": "fast:z_dim=64,width=64,depth=1", "discriminator": "fast:width=32"},
}  # fmt: skip


def main() -> None:
    options = parser(__doc__ or "", "choose_best")
    options.add_argument("--seconds", type=float, default=240, help="of one thread, for each (default: 240)")
    options.add_argument("--images", type=int, metavar="N", help="train each on so many images, whatever time it takes")
    options.add_argument("--device", default="cpu", help="to train on (default: cpu)")
    options.add_argument("--seeds", type=int, nargs="+", default=[0], help="default: 0")
    options.add_argument("--judge", metavar="MODEL", help="default: the choosing network that ships")
    options.add_argument("--only", nargs="+", metavar="NAME", default=[*CANDIDATES], help="only these candidates")
    arguments = options.parse_args()

    kept = Kept(arguments, "seeds", "only")
    found: dict[str, dict[str, Any]] = kept.found
    for name in arguments.only:
        for seed in arguments.seeds:
            if str(seed) not in found.setdefault(name, {}):
                where = machine()
                recipe = GanRecipe(**{**vars(BASE), "data": arguments.data, **CANDIDATES[name]})
                found[name][str(seed)] = measure(recipe, seed, arguments)
                kept.add(f"{name}, seed {seed}", found, where)
                print(f"{name}, seed {seed}: {found[name][str(seed)]}", flush=True)
    table(HEAD, rows(found))


def rows(found: dict[str, dict[str, Any]]) -> list[tuple[object, ...]]:
    """A row for each candidate and seed, in the order of the candidates."""
    made: list[tuple[object, ...]] = []
    for name in filter(found.get, CANDIDATES):
        for figures in found[name].values():
            cells = (f"{figures[key]:.4f}" if key in figures else "" for key in HEAD[2:])
            made.append((name, f"{figures['images']:,}", *cells))
    return made


def measure(recipe: GanRecipe, seed: int, arguments: argparse.Namespace) -> dict[str, float]:
    """Train a candidate until its budget is spent, then measure it by what it held out."""
    compute = choose_compute(arguments.device, recipe.precision, threads=1)
    splits = load_splits(recipe, seed)
    training = make_training(recipe, splits, seed, compute)
    began, step = time.process_time(), 0

    def done() -> float:
        if arguments.images:
            return step * recipe.batch_size / arguments.images
        return (time.process_time() - began) / arguments.seconds

    while (share := done()) < 1:
        training.advance(step, share)
        step += 1
    seconds = time.process_time() - began
    network = find_model(arguments.judge or feature_network(splits.dataset, "choosing"), "classifier")
    gauge = GeneratorGauge(splits, network, 10_000)
    figures = gauge.measure(next(iter(training.models()))).figures
    rounded = {name: round(value, 4) for name, value in figures.items()}
    return {"images": step * recipe.batch_size, "seconds": round(seconds, 1), **rounded}


if __name__ == "__main__":
    main()
