"""directions: which ways the latent space can be gone along, what changes on each, and what stays."""

from collections.abc import Sequence
from pathlib import Path

import torch
from matplotlib.figure import Figure

from ...core.errors import BadInput
from ...core.progress import Progress, silent
from ...figures.effects import effects as draw_effects
from ...figures.matrix import matrix
from ...figures.pairs import image_rows
from ...latent.attributes import ATTRIBUTES, UNITS, measure
from ...latent.directions import Effect, directions_of, follow
from ...nets.model import Model
from .findings import Findings
from .subject import draw, subject

KINDS = ("attributes", "components", "factors")
FOLLOWED = 100  # latents that each direction is measured from
SURE = 0.9  # their certainty at least: a label that is hardly one is not kept or lost


def directions(
    model: str | Path | Model,
    *,
    classifier: str | Path | Model | None = None,
    count: int = 4000,
    seed: int = 0,
    kinds: Sequence[str] = KINDS,
    most: int = 5,
    progress: Progress = silent,
) -> Findings:
    """Directions learned from `count` latents, followed from 100 others, each with what it changes.

    Args:
        kinds: "attributes": slant, thickness, width, height and loops, each without the others; "components": the
            principal components of the latents' effect (GANSpace); "factors": of the first layer's weights (SeFa).
        most: how many components and factors.

    Raises:
        BadInput: no such model or kind, or too few latents.
    """
    if not kinds or most < 1 or not set(kinds) <= set(KINDS):
        raise BadInput(f"directions are of one kind or more ({', '.join(KINDS)}), and at least one of each")
    if count < 4:
        raise BadInput(f"{count} latents are too few to learn directions from")
    about = subject(model, classifier)
    labelled = draw(about, count, seed)
    sure = labelled.above(SURE)
    if len(sure) < 2:
        raise BadInput(f"only {len(sure)} of {count:,} latents are labelled with certainty {SURE}; ask for more")
    half, kinds = len(labelled) // 2, tuple(dict.fromkeys(kinds))
    learned = [one for kind in kinds for one in directions_of(kind, about.generator, labelled, most)]
    others = draw(about, max(count // 4, 2 * FOLLOWED), seed + 1).above(SURE)
    followed = others.take(range(min(FOLLOWED, len(others))))
    effects = []
    for number, one in enumerate(learned, 1):
        effects.append(follow(about.generator, about.classifier, followed, one))
        progress(number, len(learned), one.name)
    spread = measure(labelled.images[:half]).std(0)
    return Findings(
        "directions",
        about.told(count=count, seed=seed, kinds=kinds, most=most),
        {
            "attributes": dict(zip(ATTRIBUTES, UNITS, strict=True)),
            "spread": spread,
            "directions": [_numbers(effect, spread) for effect in effects],
        },
        {
            "strips": _strips(effects),
            "effects": _effects(effects, spread),
            "labels": _labels(effects),
        },
        summary=tuple(_line(effect, spread) for effect in effects),
    )


def _numbers(effect: Effect, spread: torch.Tensor) -> dict[str, object]:
    return {
        "name": effect.direction.name,
        "vector": effect.direction.vector,
        "steps": effect.steps,
        "slopes": dict(zip(ATTRIBUTES, effect.slopes.tolist(), strict=True)),
        "slopes in spreads": dict(zip(ATTRIBUTES, (effect.slopes / spread).tolist(), strict=True)),
        "R²": dict(zip(ATTRIBUTES, effect.explained.tolist(), strict=True)),
        "label kept": effect.kept,
        "certainty": effect.certainty,
    }


def _strips(effects: Sequence[Effect]) -> Figure:
    rows = [(effect.direction.name, effect.images[0].numpy()) for effect in effects]
    return image_rows(rows, [f"{step:+g}" if step else "0" for step in effects[0].steps])


def _effects(effects: Sequence[Effect], spread: torch.Tensor) -> Figure:
    """How far a step of 1 moves each attribute, in the attribute's standard deviations over samples."""
    moved = torch.stack([effect.slopes / spread.clamp(min=1e-6) for effect in effects])
    names = [effect.direction.name for effect in effects]
    explained = torch.stack([effect.explained for effect in effects])
    title = "change with a step of 1, in standard deviations of the attribute; beside it R²"
    return draw_effects(moved.numpy(), explained.numpy(), names, ATTRIBUTES, title)


def _labels(effects: Sequence[Effect]) -> Figure:
    kept = torch.stack([effect.kept for effect in effects])
    steps = [f"{step:+g}" if step else "0" for step in effects[0].steps]
    names = [effect.direction.name for effect in effects]
    return matrix(kept.numpy(), names, steps, "direction", "share of labels kept, by step", ".2f")


def _line(effect: Effect, spread: torch.Tensor) -> str:
    name = effect.direction.name
    moved = (effect.slopes / spread.clamp(min=1e-6)).abs()
    own = ATTRIBUTES.index(name) if name in ATTRIBUTES else int(moved.argmax())
    rest = [place for place in range(len(ATTRIBUTES)) if place != own]
    other = max(rest, key=lambda place: float(moved[place]))
    kept = dict(zip(effect.steps, effect.kept.tolist(), strict=True))
    ends = min(kept[-2.0], kept[2.0])
    return (
        f"{name}: {ATTRIBUTES[own]} {effect.slopes[own]:+.2f}{UNITS[own] and ' '}{UNITS[own]} a step "
        f"(R² {effect.explained[own]:.2f}), {moved[own]:.2f} of its spread; "
        f"{ATTRIBUTES[other]} {moved[other]:.2f} of its; "
        f"{ends:.0%} of labels kept at 2"
    )
