"""Sections 1.4 and 3.7: what is said to improve the GAN, and what brings classes back that are missing."""

from collections.abc import Iterator

import torch

from ....core.files import Json
from ....data import load_dataset
from ....latent.certainty import classify
from ....latent.decode import decode, z_dim
from ....latent.prior import normal
from ....nets.model import Model
from ....report.apart import above, agreed, below
from ....report.page import Block, Table, Text
from ....report.verdict import Basis, Part, Verdict, mean, number, spread
from ....training.recipes import GanRecipe, Recipe, override, recipes
from ....training.state import fresh
from ....zoo import labeller
from ...explore import Findings
from ..distance import distance
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..small import SMALL
from ..words import setting
from .rewards import HARD, SMOOTH
from .subjects import GAN
from .symmetry import symmetric

COVERED = 0.02  # the share of samples from which on a class counts as drawn
LEARNED = 0.5  # of the Fréchet distance of an untrained net, under which a net has learned to draw
BASE, RATE, REWARD = "as it is", "5 times the learning rate", "a smooth reward for certainty"
TECHNIQUES: dict[str, Json] = {
    RATE: {"generator_rate": 1e-3, "discriminator_rate": 1e-3},
    REWARD: {"reward": SMOOTH},
    "an average of the generator's weights": {"average_half_life": 10_000},
    "the relativistic objective with R1 and R2": {
        "objective": "relativistic",
        "penalty": "r1+r2",
        "penalty_weight": 0.3,
        "penalty_every": 16,
        "penalty_images": 32,
    },
}


def _techniques(bench: Bench) -> Findings:
    """The same steps by the report's recipe (quick: on small nets), and with one thing changed at a time."""
    base = override(recipes[GAN], bench.pick(SMALL, {}))
    seeds, steps = bench.pick((2, 600), (3, 1_875))
    runs: Json = {}
    for place, (name, changes) in enumerate({BASE: {}, **TECHNIQUES}.items()):
        recipe = override(base, changes)
        trained = (bench.train(recipe, f"technique-{place}-{seed}", seed=seed, steps=steps) for seed in range(seeds))
        runs[name] = [_figures(run.models["generator"]) for run in trained]
    found = {
        "setting": setting(base, steps),
        "steps": steps,
        "report's nets": bench.budget != QUICK,
        "untrained": distance(_untrained(base)),
        "runs": runs,
    }
    return Findings("techniques", {"steps": steps, "seeds": seeds}, found, {})


def _untrained(recipe: Recipe) -> Model:
    """The generator as it is before its first step."""
    assert isinstance(recipe, GanRecipe)
    classes = load_dataset("mnist", "test").classes
    return Model(fresh("generator", recipe.generator, 0).eval(), "generator", recipe.generator, {}, "mnist", classes)


def _figures(model: Model) -> Json:
    seen = classify(labeller(model.dataset), decode(model, normal(4_000, z_dim(model), 1, "study")))
    shares = torch.bincount(seen.labels, minlength=len(model.classes)) / len(seen.labels)
    covered = int((shares >= COVERED).sum())
    return {"distance": distance(model), "rarest": float(shares.min()), "covered": covered}


def _tell_improving(results: Results) -> Iterator[Block | Verdict]:
    found, slopes = results["techniques"], results["rewards"]
    yield Text(("The samples that the classifier is least sure of:",))
    yield results.picture(
        "symmetry", "worst", "The 20 samples with the least certainty", "Below each, the certainty of its label."
    )
    yield Text((f"What is said to improve training was tried on {found['setting']}. {_which_nets(found)}",))
    yield _table(found)
    symmetry = results["symmetry"]
    yield Verdict(
        "5",
        "1.4",
        "Images that are no numbers have a certain symmetry; a generator that is rewarded for images with a certain "
        "label is better; a larger learning rate speeds training up.",
        (symmetric(symmetry), _better(found, REWARD, "proposed"), _better(found, RATE, "several times")),
        Basis(f"{symmetry['of']}; training on {found['setting']}", len(found["runs"][BASE])),
        f"As the report words it, the reward is 1 or 0: its steepest slope is {number(slopes[HARD], '.2g')}, so that "
        "training with it is training without it. What was tried is the same wish with a slope of up to "
        f"{number(slopes[SMOOTH], '.2g')}, the product of both probabilities. {_which_nets(found)}",
    )
    yield Verdict(
        "Q",
        "1.4",
        "Three techniques to improve the GAN, and what each buys?",
        tuple(_better(found, name, "—") for name in TECHNIQUES if name != RATE),
        _basis(found),
        f"Each was tried alone. {_which_nets(found)}".strip(),
    )


def _which_nets(found: Json) -> str:
    """What to say of the nets that were trained, if they are not the report's, or draw nothing like digits yet."""
    words = "" if found["report's nets"] else "The nets are small, not the report's; its loss and its rates are kept."
    if not _has_learned(found, BASE):
        words += (
            f" By then the Fréchet distance is not yet half of an untrained net's {_before(found)}, and of nets that "
            "have hardly begun to draw nothing can be told."
        )
    return words.lstrip()


def _table(found: Json) -> Table:
    columns = (("distance", ".1f"), ("covered", ".3g"), ("rarest", ".1%"))
    rows = tuple(
        (name, *(spread([float(run[key]) for run in runs], written) for key, written in columns))
        for name, runs in found["runs"].items()
    )
    head = ("", "Fréchet distance", "classes drawn, of 10", "share of the rarest")
    return Table(head, rows, f"After {found['steps']:,} steps; an untrained net has a distance of {_before(found)}.")


def _basis(found: Json) -> Basis:
    return Basis(found["setting"], len(found["runs"][BASE]))


def _has_learned(found: Json, *names: str) -> bool:
    bound = LEARNED * found["untrained"]
    return all(run["distance"] < bound for name in names for run in found["runs"][name])


def _before(found: Json) -> str:
    return number(found["untrained"], ".0f")


def _better(found: Json, name: str, reported: str) -> Part:
    ours, base = ([run["distance"] for run in found["runs"][each]] for each in (name, BASE))
    words = f"Fréchet distance {spread(ours, '.1f')} against {spread(base, '.1f')} without"
    holds = below(ours, base) if _has_learned(found, name, BASE) else None
    return Part(f"{name} gives better images in the same steps", reported, words, holds)


def _tell_collapse(results: Results) -> Iterator[Block | Verdict]:
    found = results["techniques"]
    runs = found["runs"]
    rarest = {name: [run["rarest"] for run in some] for name, some in runs.items()}
    covered = {name: [float(run["covered"]) for run in some] for name, some in runs.items()}
    best = max(TECHNIQUES, key=lambda name: mean(rarest[name]))
    yield Verdict(
        "Q",
        "3.7",
        "Why does a generator learn a few classes only, and how is that avoided?",
        (
            Part(
                f"early in training classes are missing (each counts from {COVERED:.0%} on)",
                "—",
                f"{spread(covered[BASE], '.3g')} of 10 classes after {found['steps']:,} steps, the rarest "
                f"{spread(rarest[BASE], '.1%')}",
                agreed(count < 10 for count in covered[BASE]) if _has_learned(found, BASE) else None,
            ),
            Part(
                f"another recipe, the best of {len(TECHNIQUES)}, brings them back in the same steps",
                "—",
                f"{best}: {spread(covered[best], '.3g')} of 10, the rarest {spread(rarest[best], '.1%')}",
                above(rarest[best], rarest[BASE]) if _has_learned(found, BASE, best) else None,
            ),
        ),
        _basis(found),
        "The discriminator judges one image at a time, so a generator that draws one good digit alone loses nothing "
        "until the discriminator has learned to doubt that digit. Pairing each generated image with a real one, as the "
        "relativistic objective does, and keeping the discriminator smooth with a gradient penalty make that pay less. "
        f"{_which_nets(found)}".strip(),
    )


STEPS = (Step("techniques", _techniques),)
IMPROVING = Chapter("1.4 How to improve it", "improving", ("symmetry", "techniques", "rewards"), _tell_improving)
COLLAPSE = Chapter("3.7 Mode collapse", "collapse", ("techniques",), _tell_collapse)
