"""edit: pictures with more or less slant, thickness, width, height or loops, or moved along other directions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput, UnknownName
from ..core.pictures import Picture
from ..core.progress import Progress, silent
from ..figures.pairs import image_rows
from ..latent.attributes import ATTRIBUTES, measure
from ..latent.directions import Direction, directions_of
from ..latent.editing import edit as change
from ..latent.given import AnyLatents, Given, given_to
from ..latent.labelled import LabelledLatents, label
from ..latent.save import save_samples
from ..nets.model import Model
from .explore.findings import Findings
from .explore.subject import Subject, draw, subject
from .invert import invert
from .pictures import Pictures

SHOWN = 24  # characters of a figure
LEARNED = 4000  # latents that the directions are learned from
LATENTS = (".npz", ".txt", ".csv")  # what files of latents end with
NUMBERED = re.compile(r"(component|factor) ([1-9]\d{0,3})")  # the names of directions that are no attribute's


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
    """Change pictures, which are inverted first, or labelled latents, or those in a file.

    Args:
        what: files of pictures, or glyphs uint8 [n, 28, 28]; labelled latents; or a file of latents, text (.txt, .csv)
            or an .npz that `sample`, `select` or `invert` kept, which of a conditional generator holds conditions.
        changes: by how much, by attribute: slant in degrees, thickness, width and height in pixels, loops in number;
            along "component 1", "component 2", … or "factor 1", … in standard deviations of the prior. The directions
            are those that `explore.directions` shows with the same seed. With both, an attribute is counted from what
            is drawn after the steps, and what was changed is told against what was given.
        out: a folder for a figure, the latents (.npz) and the numbers.

    Raises:
        BadInput: no such model or attribute, a file is no picture, or there is nothing to change.
    """
    for name in changes:
        if name not in ATTRIBUTES and not NUMBERED.fullmatch(name):
            raise UnknownName("direction", name, (*ATTRIBUTES, "component 1", "factor 1"))
    about, files = subject(model, classifier), _files(what)
    if isinstance(what, LabelledLatents):
        before = _drawn(about, Given(what.latents, what.conditions))
    elif (file := _latents_among(files)) is not None:
        before = _drawn(about, file)
    else:
        before = invert(
            what,
            model=model,
            encoder=encoder,
            classifier=about.classifier,
            seed=seed,
            progress=progress,
        ).found
    directions = _directions(about, changes, seed)
    latents = change(about.generator, about.classifier, before, directions, changes)
    after = label(about.generator, about.classifier, latents, before.conditions)
    edited = Edited(before, after, measure(after.images) - measure(before.images), dict(changes))
    if out is not None:
        findings(edited, about.name, seed, [file.name for file in files]).save(out)
        save_samples(Path(out) / "edit-latents.npz", after)
    return edited


def _drawn(about: Subject, latents: AnyLatents) -> LabelledLatents:
    """The latents as this generator draws them."""
    given = given_to(about.generator, latents, told=True)
    return label(about.generator, about.classifier, given.latents, given.conditions)


def _files(what: Pictures | LabelledLatents) -> list[Path]:
    """The files that `what` names; none where it is no files."""
    if isinstance(what, str | Path):
        return [Path(what)]
    return [Path(file) for file in what] if isinstance(what, Sequence) else []


def _latents_among(files: Sequence[Path]) -> Path | None:
    """The one file of latents that these are, if they are one."""
    latents = [file for file in files if file.suffix.lower() in LATENTS]
    if latents and len(files) > 1:
        raise BadInput(f"{latents[0]} holds latents; give it alone, or pictures alone")
    return latents[0] if latents else None


def _directions(about: Subject, changes: Mapping[str, float], seed: int) -> dict[str, Direction]:
    """All attributes' directions, and the others that `changes` name, as many of a kind as it takes."""
    labelled = draw(about, LEARNED, seed)
    found = directions_of("attributes", about.generator, labelled, 0)
    most: dict[str, int] = {}
    for name in changes:
        if told := NUMBERED.fullmatch(name):
            most[told[1]] = max(most.get(told[1], 0), min(int(told[2]), about.z_dim))
    for word, count in most.items():
        found += directions_of(f"{word}s", about.generator, labelled, count)
    return {one.name: one for one in found}


def findings(edited: Edited, model: str, seed: int, files: Sequence[str] = ()) -> Findings:
    """`edited` as a figure and numbers."""
    rows = [("before", edited.before.images[:SHOWN].numpy()), ("after", edited.after.images[:SHOWN].numpy())]
    asked = [ATTRIBUTES.index(name) for name in edited.asked if name in ATTRIBUTES]
    names = [f"{ATTRIBUTES[of]} " if len(asked) > 1 else "" for of in asked]
    captions = [
        "  ".join(f"{name}{value:+.1f}" for name, value in zip(names, row, strict=True))
        for row in edited.changed[:SHOWN, asked].tolist()
    ]
    kept = edited.before.labels == edited.after.labels
    return Findings(
        "edit",
        {"model": model, "files": list(files), "changes": dict(edited.asked), "seed": seed},
        {
            "changed": [dict(zip(ATTRIBUTES, row, strict=True)) for row in edited.changed.tolist()],
            "label kept": float(kept.double().mean()),
        },
        {"pairs": image_rows(rows, captions)},
    )


def parse_changes(text: str) -> dict[str, float]:
    """The changes in "slant=+10,width=-2"; "component 1" may be written "component-1".

    Raises:
        BadInput: the text has another form, or names an attribute twice.
    """
    changes: dict[str, float] = {}
    for part in text.split(","):
        before, _, amount = part.partition("=")
        name = before.strip().replace("-", " ")
        if name in changes:
            raise BadInput(f"{name} is to change twice; name it once")
        try:
            changes[name] = float(amount)
        except ValueError:
            raise BadInput(f"{part!r} is no change; write it as slant=+10 or slant=+10,width=-2") from None
    return changes
