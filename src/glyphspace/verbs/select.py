"""select: labelled latents out of a file of any number, by class and certainty."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.errors import BadInput, UnknownName
from ..latent.archive import open_archive
from ..latent.labelled import LabelledLatents
from ..latent.save import arrays_of
from .samples_file import check_samples_file, write_samples


@dataclass(frozen=True, eq=False)
class Selected:
    """What was taken out of a file.

    Attributes:
        latents: those that were taken, with their images and labels, in the order of the file.
        fit: how many latents of the file have such a label and certainty.
        total: how many it holds.
    """

    latents: LabelledLatents
    fit: int
    total: int


def select(
    file: str | Path,
    *,
    classes: Sequence[str] | None = None,
    certainty: float = 0.0,
    count: int | None = None,
    out: str | Path | None = None,
) -> Selected:
    """The latents in `file` that are labelled so; only what is taken is ever in memory.

    Args:
        file: what `explore.labels` kept.
        classes: labels, as the classifier read them, also of a conditional generator; None takes any.
        certainty: in [0, 1], which the label must have at least.
        count: at most so many, the first in the file; None takes all.
        out: where to write them: .npz (images uint8 [n, 28, 28], latents float32 [n, z], labels int64 [n], certainty
            float32 [n], and conditions float32 [n, e] of a conditional generator) or .png (a sheet).

    Raises:
        BadInput: the file holds no labelled latents, or none of them fits; nothing is asked for; `out` has another
            ending, or a sheet would be too long. UnknownName: the file knows no such class.
    """
    check_samples_file(out)
    if not 0 <= certainty <= 1:
        raise BadInput(f"a certainty lies between 0 and 1; {certainty:g} does not")
    if count is not None and count < 1:
        raise BadInput(f"{count} latents cannot be taken; ask for 1 or more")
    if classes is not None and not classes:
        raise BadInput("no latents were asked for: name at least one class")
    archive = open_archive(file)
    for name in classes or ():
        if name not in archive.classes:
            raise UnknownName("class", name, archive.classes)
    rows = archive.select([archive.classes.index(name) for name in classes or ()], certainty)
    if not len(rows):
        what = f"read as {' or '.join(map(repr, classes))} " if classes else ""
        raise BadInput(f"none of the {len(archive):,} latents in {file} is {what}with certainty {certainty:g}")
    taken = rows[:count]
    check_samples_file(out, len(taken))
    found = Selected(archive.take(taken), len(rows), len(archive))
    if out is not None:
        read = replace(found.latents, asked=None)  # labelled as they were selected, not as was asked
        write_samples(out, arrays_of(read))
    return found
