"""Section 1.4: what is said to improve the GAN."""

from collections.abc import Iterator

import torch
from torch import Tensor

from ....core.files import Json
from ....figures.grids import labelled_grid
from ....latent.certainty import classify
from ....latent.decode import decode, z_dim
from ....latent.prior import normal
from ....report.page import Block, Text
from ....report.verdict import Part, Verdict, mean, spread
from ....training.recipes import override, recipes
from ....zoo import labeller
from ...explore import Findings
from ..frame import Bench, Chapter, Results, Step
from .distance import distance
from .subjects import generators


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


def _rates(bench: Bench) -> Findings:
    """The same steps with the report's learning rate and with several times that."""
    nets = bench.pick({"generator": "fast", "discriminator": "fast"}, {})
    seeds, steps = bench.pick((1, 500), (3, 1_875))
    found: dict[str, list[float]] = {}
    for factor in (1, 2, 5):
        changes = dict.fromkeys(("generator_rate", "discriminator_rate"), factor * 0.0002)
        recipe = override(recipes["gan-reference"], {**nets, **changes})
        runs = [bench.train(recipe, f"rate-{factor}-{seed}", seed=seed, steps=steps) for seed in range(seeds)]
        found[str(factor)] = [distance(run.models["generator"]) for run in runs]
    return Findings("rates", {"steps": steps, "seeds": seeds}, {"steps": steps, "distance": found}, {})


def _tell_improving(results: Results) -> Iterator[Block | Verdict]:
    yield Text(("The samples that the classifier is least sure of:",))
    yield results.picture(
        "symmetry", "worst", "The 20 samples with the least certainty", "Below each, the certainty of its label."
    )
    yield Verdict(
        "5",
        "1.4",
        "Images that are no numbers have a certain symmetry; a larger learning rate speeds training up.",
        (_symmetric(results["symmetry"]), _faster(results["rates"])),
    )


def _symmetric(found: Json) -> Part:
    return Part(
        "unreadable samples are more symmetric than readable ones",
        "seen by eye",
        f"likeness to the nearest mirror image {found['unsure']:.3f} below a certainty of 0.5 "
        f"({found['count unsure']} of {found['count']:,}), {found['sure']:.3f} from 0.95",
        found["unsure"] - found["sure"] > 2 * found["error"],
    )


def _faster(found: Json) -> Part:
    base = found["distance"].pop("1")
    others = ", ".join(
        f"{spread(values, '.1f')} at {factor} times that" for factor, values in found["distance"].items()
    )
    return Part(
        f"a larger learning rate gives better images after {found['steps']:,} steps",
        "several times",
        f"Fréchet distance {spread(base, '.1f')} at 2e-4, {others}",
        min(map(mean, found["distance"].values())) < 0.9 * mean(base),
    )


STEPS = (Step("symmetry", _symmetry), Step("rates", _rates))
CHAPTERS = (Chapter("1.4 How to improve it", "improving", ("symmetry", "rates"), _tell_improving),)
