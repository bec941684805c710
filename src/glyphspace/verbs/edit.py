"""edit: pictures of characters with more or less slant, thickness, width, height or loops."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput
from ..core.pictures import Picture
from ..core.progress import Progress, silent
from ..figures.pairs import image_rows
from ..latent.attributes import ATTRIBUTES, measure
from ..latent.directions import supervised
from ..latent.editing import edit as change
from ..latent.labelled import LabelledLatents, label
from ..latent.save import save_samples
from ..nets.model import Model
from .explore.findings import Findings
from .explore.subject import draw, subject
from .invert import invert
from .pictures import Pictures

LEARNED = 4000  # latents that the directions are learned from


@dataclass(frozen=True, eq=False)
class Edited:
    """Characters before and after.

    Attributes:
        before: what was given, as the generator draws it.
        after: the same with the changes made.
        changed: float32 [n, 5], by how much each of `ATTRIBUTES` differs.
        asked: the changes that were asked for, by attribute.
    """

    before: LabelledLatents
    after: LabelledLatents
    changed: Float32[Tensor, "n 5"]
    asked: Mapping[str, float]

    def picture(self) -> Picture:
        """Each character above what became of it, as a notebook shows it."""
        return findings(self, "", 0).picture("pairs")


def edit(
    what: Pictures | LabelledLatents,
    changes: Mapping[str, float],
    *,
    model: str | Path | Model = "digits",
    encoder: str | Path | Model | None = None,
    classifier: str | Path | Model | None = None,
    seed: int = 0,
    out: str | Path | None = None,
    progress: Progress = silent,
) -> Edited:
    """Change attributes of pictures, which are inverted first, or of labelled latents.

    Args:
        changes: by how much, by attribute: slant in degrees, thickness, width and height in pixels, loops in number.
        out: a folder for a figure, the latents (.npz) and the numbers.

    Raises:
        BadInput: no such model or attribute, a file is no picture, or there is nothing to change.
    """
    about = subject(model, classifier)
    if isinstance(what, LabelledLatents):
        before = what
    else:
        before = invert(
            what, model=model, encoder=encoder, classifier=about.classifier, seed=seed, progress=progress
        ).found
    directions = {one.name: one for one in supervised(draw(about, LEARNED, seed))}
    latents = change(about.generator, about.classifier, before, directions, changes)
    after = label(about.generator, about.classifier, latents, before.conditions)
    edited = Edited(before, after, measure(after.images) - measure(before.images), dict(changes))
    if out is not None:
        findings(edited, about.name, seed).save(out)
        save_samples(Path(out) / "edit-latents.npz", after)
    return edited


def findings(edited: Edited, model: str, seed: int) -> Findings:
    """`edited` as a figure and numbers."""
    rows = [("before", edited.before.images.numpy()), ("after", edited.after.images.numpy())]
    asked = [ATTRIBUTES.index(name) for name in edited.asked]
    captions = [" ".join(f"{value:+.1f}" for value in row) for row in edited.changed[:, asked].tolist()]
    kept = edited.before.labels == edited.after.labels
    return Findings(
        "edit",
        {"model": model, "changes": dict(edited.asked), "seed": seed},
        {
            "changed": [dict(zip(ATTRIBUTES, row, strict=True)) for row in edited.changed.tolist()],
            "label kept": float(kept.double().mean()),
        },
        {"pairs": image_rows(rows, captions)},
    )


def parse_changes(text: str) -> dict[str, float]:
    """The changes in "slant=+10,width=-2".

    Raises:
        BadInput: the text has another form, or names an attribute twice.
    """
    changes: dict[str, float] = {}
    for part in text.split(","):
        name, _, amount = part.partition("=")
        if name.strip() in changes:
            raise BadInput(f"{name.strip()} is to change twice; name it once")
        try:
            changes[name.strip()] = float(amount)
        except ValueError:
            raise BadInput(f"{part!r} is no change; write it as slant=+10 or slant=+10,width=-2") from None
    return changes
