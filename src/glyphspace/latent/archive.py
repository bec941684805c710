"""Labelled latents in a file, more than the memory holds: written in chunks, read where they are looked at."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from jaxtyping import Int64
from torch import Tensor

from ..core.errors import BadInput
from ..core.files import Json
from ..core.progress import Progress, silent
from ..core.rows import Column, Table, growing, open_table
from ..nets.fingerprint import fingerprint
from ..nets.model import Model
from .bulk import CHUNK, Draw, chunks
from .decode import condition_dim, z_dim
from .labelled import ROWS, LabelledLatents
from .quick import quick_precision

KIND = "labelled latents"


@dataclass(frozen=True)
class Archive:
    """Labelled latents on disk; what is taken of them is in memory, and nothing else."""

    table: Table
    classes: tuple[str, ...]

    def __len__(self) -> int:
        return self.table.count

    def take(self, rows: slice | Int64[Tensor, " k"]) -> LabelledLatents:
        """These rows, in that order."""
        found = {name: self.table.read(name, rows) for name in ROWS if name in self.table.columns}
        return LabelledLatents(classes=self.classes, **found)

    def parts(self, size: int = CHUNK) -> Iterator[LabelledLatents]:
        """All rows, so many at a time."""
        for start in range(0, len(self), size):
            yield self.take(slice(start, start + size))

    def select(self, labels: Sequence[int] = (), certainty: float = 0.0) -> Int64[Tensor, " k"]:
        """Which rows have one of these labels (none given: any) and at least this certainty; no image is read."""
        kept = []
        for start in range(0, len(self), 10 * CHUNK):
            part = slice(start, start + 10 * CHUNK)
            fits = self.table.read("probabilities", part).amax(dim=1) >= certainty
            if labels:
                fits &= torch.isin(self.table.read("labels", part), torch.tensor(labels))
            kept.append(fits.nonzero().flatten() + start)
        return torch.cat(kept)


def write_archive(
    path: str | Path, generator: Model, classifier: Model, draw: Draw, progress: Progress = silent
) -> Archive:
    """Label the latents of `draw` and write them to `path`; what was cut short goes on where it was.

    Raises:
        BadInput: the classifier does not fit the generator, or the file cannot be written.
    """
    columns = {
        "latents": Column("F32", (z_dim(generator),)),
        "probabilities": Column("F32", (len(classifier.classes),)),
        "labels": Column("I64", ()),
        "images": Column("U8", (28, 28)),
    }
    if condition_dim(generator):
        columns = {"conditions": Column("F32", (condition_dim(generator),)), "asked": Column("I64", ()), **columns}
    header: Json = {
        "kind": KIND,
        "classes": list(classifier.classes),
        "dataset": generator.dataset,
        "generator": fingerprint(generator),
        "classifier": fingerprint(classifier),
        "precision": [quick_precision(each) for each in (generator, classifier)],  # so that no file goes on in another
        **asdict(draw),
    }
    with growing(path, columns, draw.count, header) as rows, ThreadPoolExecutor(1) as writer:
        written: Future[None] | None = None
        for part in chunks(generator, classifier, draw, start=rows.done, progress=progress):
            if written:
                written.result()  # one chunk is written while the next is computed, and no more wait in memory
            written = writer.submit(rows.append, {name: getattr(part, name) for name in columns})
        if written:
            written.result()
    return open_archive(path)


def open_archive(path: str | Path) -> Archive:
    """The labelled latents that `write_archive` wrote.

    Raises:
        BadInput: the file is missing, not whole, or holds something else.
    """
    table = open_table(path, KIND)
    classes = table.header.get("classes")
    needed = {"latents", "probabilities", "labels", "images"}
    if table.header.get("kind") != KIND or not needed <= table.columns.keys() or not isinstance(classes, list):
        raise BadInput(f"{path} holds no labelled latents")
    held = {name: (table.columns[name].kind, table.columns[name].shape) for name in needed}
    width = held["latents"][1]
    wanted = {
        "latents": ("F32", width),
        "probabilities": ("F32", (len(classes),)),
        "labels": ("I64", ()),
        "images": ("U8", (28, 28)),
    }
    if held != wanted or len(width) != 1 or not table.count:
        raise BadInput(f"{path} holds no labelled latents: its columns are others")
    return Archive(table, tuple(map(str, classes)))
