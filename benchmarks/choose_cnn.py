"""How the nets, optimisers and budgets of `cnn-fast` were chosen: accuracy on training images that were held out.

Each candidate is trained on 50,000 images of MNIST and measured on the other 10,000; the test images are not read. Time
is that of the processor on one thread, which a busy machine does not change much; on two threads it is about half.
Figures are added to the JSON file as they come, and what is there already is not measured again.

    python -m benchmarks.choose_cnn
"""

import time
from dataclasses import dataclass
from typing import Any

from glyphspace.metrics.features import probabilities
from glyphspace.training.classifier import ClassifierTraining
from glyphspace.training.device import choose_compute
from glyphspace.training.recipes import ClassifierRecipe
from glyphspace.training.state import Splits
from glyphspace.verbs.train import load_splits

from .common import machine, spread, table
from .kept import Kept, parser

BASE = ClassifierRecipe(
    name="candidate",
    summary="",
    hold_out=10_000,
    classifier="whitened:width=16",
    epochs=1.0,
    batch_size=256,
    optimizer="muon",
    rate=0.15,
    schedule="one-cycle",
    label_smoothing=0.1,
    augmentation="shift",
)
SGD = {"optimizer": "sgd", "weight_decay": 5e-4}

CANDIDATES: dict[str, dict[str, Any]] = {
    "before: fast:width=16, sgd": {"classifier": "fast:width=16", "batch_size": 128, "rate": 0.1, **SGD},
    "whitened, sgd": {"batch_size": 128, "rate": 0.1, **SGD},
    "whitened, muon": {},
    "rate 0.05": {"rate": 0.05},
    "rate 0.08": {"rate": 0.08},
    "rate 0.25": {"rate": 0.25},
    "batch 128, rate 0.1": {"batch_size": 128, "rate": 0.1},
    "batch 512, rate 0.25": {"batch_size": 512, "rate": 0.25},
    "no label smoothing": {"label_smoothing": 0.0},
    "no augmentation": {"augmentation": "none"},
    "width 12": {"classifier": "whitened:width=12"},
    "width 24": {"classifier": "whitened:width=24"},
    "half an epoch": {"epochs": 0.5},
    "half an epoch, no augmentation": {"epochs": 0.5, "augmentation": "none"},
    "half an epoch, rate 0.08": {"epochs": 0.5, "rate": 0.08},
    "half an epoch, rate 0.25": {"epochs": 0.5, "rate": 0.25},
    "3 epochs": {"epochs": 3.0},
    "3 epochs, rate 0.08": {"epochs": 3.0, "rate": 0.08},
    "3 epochs, affine": {"epochs": 3.0, "augmentation": "affine"},
    "8 epochs": {"epochs": 8.0},
    "8 epochs, affine": {"epochs": 8.0, "augmentation": "affine"},
    "8 epochs, affine, width 24": {"epochs": 8.0, "augmentation": "affine", "classifier": "whitened:width=24"},
    "8 epochs, affine, rate 0.08": {"epochs": 8.0, "augmentation": "affine", "rate": 0.08},
    "16 epochs, affine": {"epochs": 16.0, "augmentation": "affine"},
    "12 epochs, affine, width 24": {"epochs": 12.0, "augmentation": "affine", "classifier": "whitened:width=24"},
    "8 epochs, affine, rate 0.25": {"epochs": 8.0, "augmentation": "affine", "rate": 0.25},
    "8 epochs, affine, smoothing 0.2": {"epochs": 8.0, "augmentation": "affine", "label_smoothing": 0.2},
    "8 epochs, affine and cutout": {"epochs": 8.0, "augmentation": "affine+cutout"},
    "8 epochs, affine, batch 128": {"epochs": 8.0, "augmentation": "affine", "batch_size": 128, "rate": 0.1},
    "12 epochs, affine": {"epochs": 12.0, "augmentation": "affine"},
    "12 epochs, affine and cutout": {"epochs": 12.0, "augmentation": "affine+cutout"},
}


@dataclass(frozen=True)
class Result:
    """One candidate with one seed: held-out accuracy, and seconds of one thread."""

    accuracy: float
    seconds: float


def main() -> None:
    options = parser(__doc__ or "", "choose_cnn")
    options.add_argument("--seeds", type=int, nargs="+", default=[0, 1], help="default: 0 and 1")
    options.add_argument("--only", nargs="+", metavar="NAME", default=[*CANDIDATES], help="only these candidates")
    arguments = options.parse_args()

    kept = Kept(arguments, "seeds", "only")
    found: dict[str, dict[str, Any]] = kept.found
    for name in arguments.only:
        for seed in arguments.seeds:
            if str(seed) not in found.setdefault(name, {}):
                where = machine()
                result = measure(ClassifierRecipe(**{**vars(BASE), **CANDIDATES[name], "data": arguments.data}), seed)
                found[name][str(seed)] = vars(result)
                kept.add(f"{name}, seed {seed}", found, where)
                print(f"{name}, seed {seed}: {result.accuracy:.4f} in {result.seconds:.1f} s", flush=True)

    print()
    rows = []
    for name in filter(found.get, CANDIDATES):
        results = [Result(**result) for result in found[name].values()]
        seconds = min(result.seconds for result in results)
        rows.append((name, spread([r.accuracy for r in results], 4), f"{seconds:.1f}", len(results)))
    table(("candidate", "held-out accuracy", "thread seconds", "seeds"), rows)


def measure(recipe: ClassifierRecipe, seed: int) -> Result:
    """Train a candidate on one thread, then measure it on what it held out."""
    compute = choose_compute(precision=recipe.precision, threads=1)
    splits: Splits = load_splits(recipe, seed)
    training = ClassifierTraining(recipe, splits, seed, compute)
    steps = round(recipe.epochs * training.batches.steps_per_epoch)
    began = time.process_time()
    for step in range(steps):
        training.advance(step, step / steps)
    seconds = time.process_time() - began
    right = probabilities(training.classifier, splits.test.images).argmax(1) == splits.test.labels
    return Result(float(right.double().mean()), seconds)


if __name__ == "__main__":
    main()
