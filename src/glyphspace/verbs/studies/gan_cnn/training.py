"""Section 1.3: how training the GAN went."""

from collections.abc import Iterator

from ....core.files import Json
from ....figures.curves import accuracy_curves, duration_curve, loss_curves
from ....nets.model import load_model
from ....report.apart import agreed
from ....report.page import Block
from ....report.verdict import Basis, Part, Verdict, mean, spread
from ....report.words import percent
from ....training.history import History
from ....training.recipes import Recipe, override, recipes
from ...explore import Findings
from ..distance import distance
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..small import SMALL
from ..words import setting
from .subjects import GAN, reference_runs

PER_EPOCH = 60_000 // 32
LEVEL = 0.2  # a loss that changes by less than this share of itself stays level


def _reference(bench: Bench) -> Findings:
    """The report's recipe: five epochs from several seeds, or the first few hundred steps of one run."""
    runs = reference_runs(bench, GAN)
    epochs, first = runs[0].step / PER_EPOCH, runs[0].history
    losses = {name: first.column(f"{name}_loss") for name in ("generator", "discriminator")}
    accuracies = {name: first.column(f"{name}_accuracy") for name in ("real", "fake")}
    figures = {
        "losses": loss_curves(losses, PER_EPOCH),
        "accuracies": accuracy_curves(accuracies, PER_EPOCH),
        "durations": duration_curve(first.column("seconds"), PER_EPOCH),
    }
    found = {"epochs": epochs, "runs": [_curve(run.history) for run in runs]}
    return Findings("reference", {"epochs": epochs, "seeds": len(runs)}, found, figures)


def _curve(history: History) -> Json:
    real, fake, generator, discriminator = (
        history.column(name) for name in ("real_accuracy", "fake_accuracy", "generator_loss", "discriminator_loss")
    )
    tail, later = slice(-len(real) // 5, None), slice(min(PER_EPOCH, len(real) // 2), None)
    last = history.evaluations[-1] if history.evaluations else {}
    return {
        "real at first": float(real[:25].mean()),
        "real at the end": float(real[tail].mean()),
        "fake at the end": float(fake[tail].mean()),
        "discriminator above": float((discriminator[later] > generator[later]).mean()),
        "train": last.get("train_accuracy"),
        "test": last.get("test_accuracy"),
    }


def _soon_level(*, whole: bool) -> Recipe:
    """The report's recipe, or that of small nets whose losses are level within a minute."""
    return recipes[GAN] if whole else override(recipes["gan-fast"], SMALL)


def _standstill(bench: Bench) -> Findings:
    """Losses and the Fréchet distance at two moments of one run; the quick study takes a net that is soon level."""
    recipe = _soon_level(whole=bench.budget != QUICK)
    seeds, moments = bench.pick((2, (500, 1_000)), (3, (3_750, 9_350)))
    runs = []
    for seed in range(seeds):
        name = f"standstill-{seed}"
        history = bench.train(recipe, name, keep=moments, seed=seed, steps=moments[-1]).history
        rows = {each: history.column(f"{each}_loss") for each in ("generator", "discriminator")}
        runs.append(
            [
                {
                    "step": step,
                    **{each: float(values[step - 300 : step].mean()) for each, values in rows.items()},
                    "distance": distance(load_model(bench.kept(name, step))),
                }
                for step in moments
            ]
        )
    return Findings(
        "standstill", {"moments": moments, "seeds": seeds}, {"runs": runs, "whole": bench.budget != QUICK}, {}
    )


def _tell_training(results: Results) -> Iterator[Block | Verdict]:
    found = results["reference"]
    epochs, runs = found["epochs"], found["runs"]
    captions = {
        "losses": "The losses of generator and discriminator.",
        "accuracies": "How often the discriminator is right, on real and on generated images.",
        "durations": "Seconds for 25 iterations.",
    }
    for name, caption in captions.items():
        yield results.picture("reference", name, f"Curves of the {name} over {epochs:.2g} epochs", caption)
    yield _settled(runs, epochs)


def _settled(runs: list[Json], epochs: float) -> Verdict:
    whole = epochs > 4.9

    def values(name: str) -> list[float]:
        return [run[name] for run in runs if run[name] is not None]

    real, fake, above = values("real at the end"), values("fake at the end"), values("discriminator above")
    gap = [f - r for r, f in zip(real, fake, strict=True)]
    ends = f"real {spread(real, '.3f')}, fake {spread(fake, '.3f')} over the last fifth of {epochs:.2g} epochs"
    test = f"{spread(values('train'), '.4f')} and {spread(values('test'), '.4f')}" if whole else "no epoch was whole"
    return Verdict(
        "3",
        "1.3",
        "The discriminator's accuracy on real images starts near 1 and settles, with fake above real, between 0.65 "
        "and 0.75; its loss is above the generator's from the first epoch on; 0.8091 on the training and 0.8128 on "
        "the test set.",
        (
            Part(
                "on real images it starts near 1",
                "almost 1",
                f"{spread(values('real at first'), '.2f')} in the first 25 iterations",
                agreed(share > 0.85 for share in values("real at first")),
            ),
            Part(
                "it settles between 0.65 and 0.75",
                "0.65–0.75",
                ends,
                agreed(min(pair) >= 0.65 and max(pair) <= 0.75 for pair in zip(real, fake, strict=True))
                if whole
                else None,
            ),
            Part(
                "it is higher on fake than on real images",
                "generally",
                f"by {spread(gap, '.3f')}",
                agreed(each > 0 for each in gap) if whole else None,
            ),
            Part(
                "its loss is above the generator's after epoch 1",
                "generally",
                f"in {percent(mean(above))} of iterations",
                agreed(share > 0.5 for share in above) if whole else None,
            ),
            Part(
                "accuracy on training and test set",
                "0.8091, 0.8128",
                test,
                agreed(abs(share - 0.8128) < 0.05 for share in values("test")) if whole else None,
            ),
        ),
        Basis(setting(recipes[GAN], round(epochs * PER_EPOCH)), len(runs)),
        "" if whole else "The claim is of five epochs; this is their beginning.",
    )


def _tell_standstill(results: Results) -> Iterator[Block | Verdict]:
    found = results["standstill"]
    runs = found["runs"]
    changes = {
        name: [abs(late[name] - early[name]) / early[name] for early, late in runs]
        for name in ("generator", "discriminator")
    }
    early, late = ([run[moment]["distance"] for run in runs] for moment in (0, 1))
    steps = [moment["step"] for moment in runs[0]]
    recipe = _soon_level(whole=found["whole"])
    yield Verdict(
        "4",
        "1.3",
        "Losses that stay level do not mean that images stop improving.",
        (
            Part(
                f"between steps {steps[0]:,} and {steps[1]:,} the losses stay level",
                "more or less the same",
                ", ".join(f"the {name}'s changes by {spread(change, '.1%')}" for name, change in changes.items()),
                agreed(max(pair) < LEVEL for pair in zip(*changes.values(), strict=True)),
            ),
            Part(
                "meanwhile the images improve",
                "epochs 2 and 4 by eye",
                f"Fréchet distance {spread(early, '.1f')}, then {spread(late, '.1f')}",
                agreed(after < 0.8 * before for before, after in zip(early, late, strict=True)),
            ),
        ),
        Basis(f"{recipe.name}: {setting(recipe, steps[1])}", len(runs)),
        "" if found["whole"] else "These are not the report's nets but smaller ones whose losses are soon level.",
    )


STEPS = (Step("reference", _reference), Step("standstill", _standstill))
CHAPTERS = (
    Chapter("1.3 How training went", "training", ("reference",), _tell_training),
    Chapter("1.3 Level losses, better images", "standstill", ("standstill",), _tell_standstill),
)
