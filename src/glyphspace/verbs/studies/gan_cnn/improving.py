"""Section 1.4: what is said to improve the GAN."""

from collections.abc import Iterator

import torch
from torch import Tensor

from ....core.files import Json
from ....figures.grids import labelled_grid
from ....latent.certainty import classify
from ....latent.decode import decode, z_dim
from ....latent.prior import normal
from ....nets.model import Model
from ....report.page import Block, Text
from ....report.verdict import Part, Verdict, mean, more_than_chance, number, spread
from ....training.recipes import override, recipes
from ....zoo import labeller
from ...explore import Findings
from ..frame import Bench, Chapter, Results, Step
from .distance import distance
from .subjects import generators

COVERED = 0.02  # the share of samples from which on a class counts as drawn
BASE, RATE, REWARD = (
    "the report's recipe",
    "5 times the learning rate",
    "a reward for certainty, as the report words it",
)
TECHNIQUES: dict[str, Json] = {
    RATE: {"generator_rate": 1e-3, "discriminator_rate": 1e-3},
    REWARD: {"reward": "certain"},
    "a smooth reward for certainty": {"reward": "certain-smooth"},
    "an average of the generator's weights": {"average_half_life": 10_000},
    "the relativistic objective with R1 and R2": {
        "objective": "relativistic",
        "penalty": "r1+r2",
        "penalty_weight": 0.3,
        "penalty_every": 16,
        "penalty_images": 32,
    },
}


def _symmetry(bench: Bench) -> Findings:
    """How like its mirror images a picture is, for samples that the classifier is sure of and for others."""
    model = generators(bench)[0]
    images = decode(model, normal(bench.pick(4_000, 20_000), z_dim(model), 0, "study"))
    seen = classify(labeller(model.dataset), images)
    alike = torch.stack([_likeness(images, images.flip(dims)) for dims in ((2,), (1,), (1, 2))]).amax(0)
    unsure, sure = seen.certainty < 0.5, seen.certainty >= 0.95
    order = seen.certainty.argsort()[:20]
    captions = [f"{seen.certainty[i]:.2f}" for i in order]
    numbers = {
        "unsure": float(alike[unsure].mean()),
        "sure": float(alike[sure].mean()),
        "error": float((alike[unsure].var() / unsure.sum() + alike[sure].var() / sure.sum()).sqrt()),
        "count unsure": int(unsure.sum()),
        "count": len(images),
    }
    return Findings("symmetry", {}, numbers, {"worst": labelled_grid(images[order].numpy(), captions, 10)})


def _likeness(images: Tensor, mirrored: Tensor) -> Tensor:
    """The correlation of each image with its mirror image, pixel by pixel."""
    a, b = (each.flatten(1).double() for each in (images, mirrored))
    a, b = a - a.mean(1, keepdim=True), b - b.mean(1, keepdim=True)
    return (a * b).sum(1) / (a.norm(dim=1) * b.norm(dim=1)).clamp(min=1e-9)


def _techniques(bench: Bench) -> Findings:
    """The same steps with the report's recipe, and with one thing changed at a time."""
    nets = bench.pick({"generator": "fast", "discriminator": "fast"}, {})
    seeds, steps = bench.pick((1, 400), (3, 1_875))
    found: Json = {}
    for name, changes in {BASE: {}, **TECHNIQUES}.items():
        recipe = override(recipes["gan-reference"], {**nets, **changes})
        found[name] = []
        for seed in range(seeds):
            run = bench.train(recipe, f"technique-{len(found)}-{seed}", seed=seed, steps=steps)
            found[name].append(_figures(run.models["generator"]))
    return Findings("techniques", {"steps": steps, "seeds": seeds}, {"steps": steps, "runs": found}, {})


def _figures(model: Model) -> Json:
    seen = classify(labeller(model.dataset), decode(model, normal(4_000, z_dim(model), 1, "study")))
    shares = torch.bincount(seen.labels, minlength=len(model.classes)) / len(seen.labels)
    return {"distance": distance(model), "rarest": float(shares.min()), "covered": int((shares >= COVERED).sum())}


def _tell_improving(results: Results) -> Iterator[Block | Verdict]:
    found, symmetry = results["techniques"], results["symmetry"]
    yield Text(("The samples that the classifier is least sure of:",))
    yield results.picture(
        "symmetry", "worst", "The 20 samples with the least certainty", "Below each, the certainty of its label."
    )
    yield Verdict(
        "5",
        "1.4",
        "Images that are no numbers have a certain symmetry; a generator that is rewarded for images with a certain "
        "label is better; a larger learning rate speeds training up.",
        (_symmetric(symmetry), _better(found, REWARD, "proposed"), _better(found, RATE, "several times")),
    )
    yield Verdict(
        "Q",
        "1.4",
        "Three techniques to improve the GAN, and what each buys?",
        tuple(_better(found, name, "—") for name in TECHNIQUES if name not in (REWARD, RATE)),
        f"Each was tried alone, for {found['steps']:,} steps of 32 images, against the recipe as it is.",
    )


def _symmetric(found: Json) -> Part:
    known = None not in (found["unsure"], found["sure"], found["error"])  # too few are unsure, or none is sure
    return Part(
        "unreadable samples are more symmetric than readable ones",
        "seen by eye",
        f"likeness to the nearest mirror image {number(found['unsure'], '.3f')} below a certainty of 0.5 "
        f"({found['count unsure']} of {found['count']:,}), {number(found['sure'], '.3f')} from 0.95",
        found["unsure"] - found["sure"] > 2 * found["error"] if known else None,
    )


def _better(found: Json, name: str, reported: str) -> Part:
    ours, base = ([run["distance"] for run in found["runs"][each]] for each in (name, BASE))
    words = f"Fréchet distance {spread(ours, '.1f')} against {spread(base, '.1f')} without"
    return Part(f"{name} gives better images in the same steps", reported, words, mean(ours) < 0.95 * mean(base))


def _tell_collapse(results: Results) -> Iterator[Block | Verdict]:
    runs = results["techniques"]["runs"]
    rarest = {name: [run["rarest"] for run in some] for name, some in runs.items()}
    covered = {name: [run["covered"] for run in some] for name, some in runs.items()}
    best = max(TECHNIQUES, key=lambda name: mean(rarest[name]))
    yield Verdict(
        "Q",
        "3.7",
        "Why does a generator learn a few classes only, and how is that avoided?",
        (
            Part(
                f"early in training classes are missing (each counts from {COVERED:.0%} on)",
                "—",
                f"{spread(covered[BASE], '.3g')} of 10 classes after {results['techniques']['steps']:,} steps, the "
                f"rarest {spread(rarest[BASE], '.1%')}",
                mean(covered[BASE]) < 10,
            ),
            Part(
                f"another recipe, the best of {len(TECHNIQUES)}, brings them back in the same steps",
                "—",
                f"{best}: {spread(covered[best], '.3g')} of 10, the rarest {spread(rarest[best], '.1%')}",
                more_than_chance(rarest[best], rarest[BASE]),
            ),
        ),
        "The discriminator judges one image at a time, so a generator that draws one good digit alone loses nothing "
        "until the discriminator has learned to doubt that digit. Pairing each generated image with a real one, as the "
        "relativistic objective does, and keeping the discriminator smooth with a gradient penalty make that pay less.",
    )


STEPS = (Step("symmetry", _symmetry), Step("techniques", _techniques))
IMPROVING = Chapter("1.4 How to improve it", "improving", ("symmetry", "techniques"), _tell_improving)
COLLAPSE = Chapter("3.7 Mode collapse", "collapse", ("techniques",), _tell_collapse)
