"""Section 1.3: the critic of the conditional WGAN, held down by a penalty or by clipping, with batch or layer norm."""

from collections.abc import Iterator

import numpy as np
import torch

from ....core.files import Json
from ....core.randomness import stream
from ....data import load_dataset, to_unit
from ....figures.rivals import finishes
from ....latent.decode import z_dim
from ....latent.prior import normal
from ....nets.condition import told
from ....nets.model import Model
from ....report.apart import agreed, below
from ....report.page import Block
from ....report.verdict import Basis, Part, Verdict, number, spread
from ....training.penalties import gradients
from ....training.recipes import GanRecipe, override, recipes
from ....training.referee import in_full
from ...explore import Findings
from ...train import Run
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..panels import panel
from ..words import setting
from .quality import quality, real_quality, samples
from .subjects import seeds

CLIP = {"penalty": "none", "clip": 0.01}  # as in Wasserstein GAN, 2017
PENALTY, PENALTY_LAYER, CLIPPED, CLIPPED_LAYER = ARMS = (
    "penalty, batch norm",
    "penalty, layer norm",
    "clipping, batch norm",
    "clipping, layer norm",
)
BATCH = 128
HELD = (0.8, 1.25)  # a mean slope that lies within is held at 1
ALONE = 0.01  # an image that moves by less than this, in deviations between images, is judged by itself


def arm(bench: Bench, name: str) -> GanRecipe:
    """The recipe of an arm: the document's, or one that differs from it in the norm, in the bound, or in both."""
    base = "cwgan-gp-layernorm" if "layer" in name else "cwgan-gp"
    bound = CLIP if "clipping" in name else {}
    recipe = override(recipes[base], {**bound, **bench.pick({"batch_size": 32, "penalty_images": 32}, {})})
    assert isinstance(recipe, GanRecipe)
    return recipe


def steps(bench: Bench) -> int:
    """Of each arm: ten epochs, or a beginning."""
    return bench.pick(150, 4_700)


def train_arm(bench: Bench, name: str, seed: int) -> Run:
    """A run of an arm, as long as those that it is compared with."""
    return bench.train(arm(bench, name), f"critic-{ARMS.index(name)}-{seed}", seed=seed, steps=steps(bench))


def _critics(bench: Bench) -> Findings:
    """Each arm after the same steps: how good its images are, how steep its critic, and whom that judges alone."""
    found: dict[str, list[Json]] = {}
    for name in ARMS:
        found[name] = []
        for seed in seeds(bench):
            run = train_arm(bench, name, seed)
            found[name].append({"distance": quality(run.models["generator"], samples(bench)).distance, **_look(run)})
    real = real_quality("fashion-mnist", samples(bench)).distance
    panels = [
        panel(title, {name: np.array([run[key] for run in runs]) for name, runs in found.items()}, line, True)
        for key, title, line in (
            ("distance", "Fréchet distance", real),
            ("slope", "slope of the critic, meant to be 1", 1.0),
        )
    ]
    numbers = {
        "setting": setting(arm(bench, PENALTY), steps(bench)),
        "whole": bench.budget != QUICK,
        "real": real,
        "runs": found,
    }
    return Findings("critics", {"steps": steps(bench)}, numbers, {"finishes": finishes(panels)})


def _look(run: Run) -> Json:
    """The mean slope on lines from real to generated images, and how much an image's value hangs on the others."""
    generator, critic = run.models["generator"], run.models["discriminator"].net
    some = load_dataset(generator.dataset, "test").take(range(2 * BATCH))
    real, labels = to_unit(some.images), some.labels
    share = torch.rand(BATCH, 1, 1, 1, generator=stream(0, "study", "lines"))
    critic.train()  # as the penalty sees it
    between = real[:BATCH].lerp(_drawn(generator, labels[:BATCH]), share)
    slopes = gradients(in_full(critic, real[:BATCH], labels[:BATCH]), between).sqrt()
    half = BATCH // 2
    alone = []
    with torch.no_grad():
        for companions in (slice(BATCH, BATCH + half), slice(BATCH + half, 2 * BATCH)):
            images, of = (torch.cat([each[:half], each[companions]]) for each in (real, labels))
            alone.append(critic(images, *told(critic, of))[:half])
    critic.eval()
    moved = (alone[0] - alone[1]).abs().mean() / alone[0].std().clamp(min=1e-12)
    return {"slope": float(slopes.detach().mean()), "moved": float(moved)}


@torch.no_grad()
def _drawn(generator: Model, labels: torch.Tensor) -> torch.Tensor:
    latents = normal(len(labels), z_dim(generator), 0, "study")
    images: torch.Tensor = generator.net(latents, *told(generator.net, labels))
    return images


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["critics"]
    yield results.picture(
        "critics",
        "finishes",
        "Fréchet distance and slope of the critic, for penalty and clipping, batch norm and layer norm",
        "A dot for each seed, a bar at their mean; dashed is the slope that is asked for, and the Fréchet distance of "
        f"real images, {number(found['real'], '.2f')}, where the axis reaches to it.",
    )
    yield judge_critics(found)


def judge_critics(found: Json) -> Verdict:
    """The verdict on claim 38 from the runs of each arm."""
    runs, whole = found["runs"], found["whole"]

    def values(name: str, key: str) -> list[float]:
        return [run[key] for run in runs[name]]

    def better(says: str, reported: str, name: str, than: str, holds: bool | None) -> Part:
        words = f"Fréchet distance {spread(values(name, 'distance'), '.3g')} against "
        return Part(says, reported, words + spread(values(than, "distance"), ".3g"), holds if whole else None)

    def beats(name: str, than: str) -> bool | None:
        return below(values(name, "distance"), values(than, "distance"))

    slopes = {name: values(name, "slope") for name in ARMS}
    low, high = HELD
    held = {name: [low <= slope <= high for slope in some] for name, some in slopes.items()}
    harmed = beats(PENALTY_LAYER, PENALTY)
    return Verdict(
        "38",
        "1.3",
        "The critic of the conditional WGAN, which has batch norm, is held down by the norm of its gradients, instead "
        "of clipping its weights directly.",
        (
            Part(
                f"the penalty holds the slope of this critic near 1 ({low:g} to {high:g})",
                "instead of clipping",
                f"{spread(slopes[PENALTY], '.2g')}; with layer norm {spread(slopes[PENALTY_LAYER], '.2g')}",
                agreed(held[PENALTY]) if whole else None,
            ),
            Part(
                "clipping does not",
                "—",
                f"{spread(slopes[CLIPPED], '.2g')}; with layer norm {spread(slopes[CLIPPED_LAYER], '.2g')}",
                agreed(not each for each in (*held[CLIPPED], *held[CLIPPED_LAYER])),
            ),
            better(
                "the penalty gives better images than clipping, in the same steps", "—", PENALTY, CLIPPED,
                beats(PENALTY, CLIPPED),
            ),
            better("… with layer norm too", "—", PENALTY_LAYER, CLIPPED_LAYER, beats(PENALTY_LAYER, CLIPPED_LAYER)),
            better(
                "batch norm in the critic does no harm beside layer norm", "batch norm", PENALTY, PENALTY_LAYER,
                None if harmed is None else not harmed,
            ),
            Part(
                "with it an image is judged by itself, as the penalty takes for granted",
                "—",
                f"with other images beside it its value moves by {spread(values(PENALTY, 'moved'), '.2g')} deviations; "
                f"with layer norm by {spread(values(PENALTY_LAYER, 'moved'), '.2g')}",
                agreed(moved < ALONE for moved in values(PENALTY, "moved")),
            ),
        ),
        Basis(f"{found['setting']}, on Fashion-MNIST", len(runs[PENALTY])),
        "The penalty is (‖∇‖ − 1)², as in Improved Training of "
        "Wasserstein GANs; the document words it as the norm itself. The slope was taken on the lines from test images "
        "to generated ones, the critic in training, and that with batch norm beside test images.",
    )  # fmt: skip


STEPS = (Step("critics", _critics),)
CRITIC = Chapter("1.3 What holds the critic down", "critic", ("critics",), _tell)
