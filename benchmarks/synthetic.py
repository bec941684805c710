"""What generated images are worth to a classifier: alone, beside few real ones, and where classes are unbalanced.

Claim: a classifier that is trained only on images of a conditional generator scores at least 0.98 on the real test set.

Every classifier takes the same number of steps by the same recipe, augmentation included, and every arm of an
experiment has the same real images. A generator that has seen the whole training set brings more than the few images
beside it: what it adds is knowledge of the others. So there are two arms with generated images, one of such a generator
and one of a generator that was trained on the same few images and on nothing else.

An unconditional generator that has seen few images cannot stand for them: what labels its images has seen all.

    python -m benchmarks.synthetic
    python -m benchmarks.synthetic --model digits-best --only alone
"""

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from glyphspace import evaluate, load_dataset, train
from glyphspace.core.files import write_bytes
from glyphspace.data import LabelledImages, few_shot, unbalanced
from glyphspace.data.mixing import balance, pool, repeat
from glyphspace.figures.rivals import Finish, finishes
from glyphspace.figures.save import to_png
from glyphspace.latent.decode import condition_dim
from glyphspace.latent.generated import generated
from glyphspace.nets import Model
from glyphspace.nets.registries import parse, taken
from glyphspace.training.recipes import GanRecipe, Recipe, find_recipe, override, recipes
from glyphspace.training.state import Splits
from glyphspace.verbs.train import Run
from glyphspace.zoo import find_model, labeller

from .common import figures_file, machine, parser, save, spread, table, workspace

REAL, ALL_SEEN, SAME_SEEN = "real alone", "with generated (saw all)", "with generated (saw these)"
ARMS = (REAL, ALL_SEEN, SAME_SEEN)
CONDITIONAL = {"generator": "conditional", "discriminator": "projection"}
UNEVEN = "uneven"
SCARCE = 0.01  # share that is kept of every second class


@dataclass(frozen=True)
class Result:
    """One classifier: how much of the test set it labels right, and of each class."""

    experiment: str
    arm: str
    seed: int
    accuracy: float
    by_class: tuple[float, ...]


class Bench:
    """Trains classifiers and generators alike, each in a folder of its own, and judges on real test images."""

    def __init__(self, options, folder: Path) -> None:
        self.options, self.folder = options, folder
        self.train, self.test = (load_dataset(options.data, split) for split in ("train", "test"))
        self.gan = find_recipe(options.gan) if options.gan else override(recipes["gan-fast"], CONDITIONAL)
        if not isinstance(self.gan, GanRecipe) or not taken("generator", parse(self.gan.generator)[0], {"classes": 1}):
            sys.exit(f"{options.gan} trains no conditional generator; name a recipe of one with --gan")

    def classifier(self, experiment: str, arm: str, images: LabelledImages, seed: int) -> Result:
        """Train on `images` alone, and judge."""
        out = self.folder / f"{experiment}, {arm}, {seed}".translate(str.maketrans(" ", "-", ",()"))
        run = self._train(self.options.recipe, images, self.options.steps, seed, out)
        found = evaluate(run.models["classifier"], data=self.options.data)
        print(f"{experiment}, {arm}, seed {seed}: {found.accuracy:.4f}", flush=True)
        return Result(experiment, arm, seed, found.accuracy, found.by_class)

    def generator(self, name: str, images: LabelledImages, seed: int) -> Model:
        """A generator that has seen `images` and nothing else."""
        out = self.folder / f"generator-{name}-{seed}".replace(" ", "-")
        return self._train(self.gan, images, self.options.gan_steps, seed, out).models["generator"]

    @cached_property
    def model(self) -> Model:
        """The generator that saw all: the one that was named, or one of the same recipe as those that see few."""
        if self.options.model:
            return find_model(self.options.model, "generator")
        return self.generator("all", self.train, 0)

    def draw(self, model: Model, seed: int) -> LabelledImages:
        """As many images as asked for; those of an unconditional generator are labelled by the shipped classifier."""
        reader = None if condition_dim(model) else labeller(model.dataset)
        return generated(model, self.options.count, seed, reader)

    def _train(self, recipe: str | Recipe, images: LabelledImages, steps: int, seed: int, out: Path) -> Run:
        splits = Splits(images, self.test, self.options.data)
        return train(
            recipe, data=splits, steps=steps, seed=seed, threads=self.options.threads, out=out,
            resume=self.options.keep is not None,
        )  # fmt: skip


def main() -> None:
    options = parser(__doc__ or "", "synthetic")
    options.add_argument("--model", help="a generator that saw all (default: one by the recipe of the others)")
    options.add_argument("--gan", metavar="RECIPE", help="a conditional one (default: gan-fast with conditional nets)")
    options.add_argument("--gan-steps", type=int, default=4_000, metavar="N", help="of such a one (default: 4000)")
    options.add_argument("--recipe", default="cnn-fast", help="of every classifier (default: cnn-fast)")
    options.add_argument("--steps", type=int, default=2_000, metavar="N", help="of every classifier (default: 2000)")
    options.add_argument("--count", type=int, default=60_000, help="images to generate (default: 60000)")
    options.add_argument("--shots", type=int, nargs="+", default=[10, 50, 100], help="real images per class")
    options.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2], help="default: 0 1 2")
    options.add_argument("--only", nargs="+", choices=EXPERIMENTS, default=list(EXPERIMENTS), help="default: all")
    options.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")
    arguments = options.parse_args()

    where, results = machine(), []
    with workspace(arguments.keep) as folder:
        bench = Bench(arguments, folder)
        for seed in arguments.seeds:
            for name, experiment in EXPERIMENTS.items():
                if name in arguments.only:
                    results += experiment(bench, seed)
    show(results)
    if set(EXPERIMENTS) == set(arguments.only):
        write_bytes(figures_file(arguments).with_suffix(".png"), to_png(draw_results(results, arguments.shots)))
    save(arguments, where, {"results": [asdict(result) for result in results]})


def alone(bench: Bench, seed: int) -> Iterator[Result]:
    """All real images, and none."""
    yield bench.classifier("all", REAL, bench.train, seed)
    yield bench.classifier("none", ALL_SEEN, bench.draw(bench.model, seed), seed)


def scarce(bench: Bench, seed: int) -> Iterator[Result]:
    """Few real images of each class; half of what is trained on stays real, however often that repeats them."""
    for shots in bench.options.shots:
        name, few = f"{shots} per class", few_shot(bench.train, shots, seed)
        yield bench.classifier(name, REAL, repeat(few, bench.options.count), seed)
        for arm, model in ((ALL_SEEN, bench.model), (SAME_SEEN, bench.generator(name, few, seed))):
            made = bench.draw(model, seed)
            yield bench.classifier(name, arm, pool(repeat(few, len(made)), made), seed)


def uneven(bench: Bench, seed: int) -> Iterator[Result]:
    """Every second class is scarce, and filled up: with its own images over again, or with generated ones."""
    few = unbalanced(bench.train, dict.fromkeys(bench.train.classes[1::2], SCARCE), seed)
    yield bench.classifier(UNEVEN, REAL, balance(few, few, seed), seed)
    for arm, model in ((ALL_SEEN, bench.model), (SAME_SEEN, bench.generator(UNEVEN, few, seed))):
        yield bench.classifier(UNEVEN, arm, balance(few, bench.draw(model, seed), seed), seed)


EXPERIMENTS = {experiment.__name__: experiment for experiment in (alone, scarce, uneven)}


def accuracies(results: list[Result], experiment: str, arm: str, of_scarce: bool = False) -> list[float]:
    """Of every seed; of the scarce classes alone, their mean."""
    found = [r for r in results if (r.experiment, r.arm) == (experiment, arm)]
    return [float(np.mean(r.by_class[1::2])) if of_scarce else r.accuracy for r in found]


def show(results: list[Result]) -> None:
    """What comes of all real images and of none, if that was asked; a row for each of the other experiments."""
    print()
    for name, arm, told in (("all", REAL, "all real images"), ("none", ALL_SEEN, "generated images alone")):
        if found := accuracies(results, name, arm):
            print(f"{told}: {spread(found, 4)}")
    rows = []
    for name in dict.fromkeys(result.experiment for result in results if result.experiment not in ("all", "none")):
        rows.append((name, *(spread(accuracies(results, name, arm), 4) for arm in ARMS)))
        if name == UNEVEN:
            rows.append(("… the scarce classes", *(spread(accuracies(results, name, arm, True), 4) for arm in ARMS)))
    if rows:
        print()
        table(("real images", *ARMS), rows)


def draw_results(results: list[Result], shots: list[int]):
    """A panel for each experiment, a dot for each seed; dashed is what all real images give."""
    ceiling = float(np.mean(accuracies(results, "all", REAL)))
    panels = [(f"{n} real images per class", f"{n} per class", False) for n in shots]
    panels.append((f"classes cut to {SCARCE:.0%}", UNEVEN, True))
    return finishes(
        [
            Finish(title, {a: np.array(accuracies(results, name, a, scarce)) for a in ARMS}, ceiling)
            for title, name, scarce in panels
        ]
    )


if __name__ == "__main__":
    main()
