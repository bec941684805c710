"""What a person sees while waiting: a bar with the time left on a terminal, plain lines elsewhere."""

import shutil
import sys
import textwrap
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..core.errors import BadInput
from ..core.progress import Progress
from ..core.words import duration

LINE_SECONDS = 10.0  # between two plain lines
BELOW = "    "  # before a column that has no room beside the others
NARROW = 24  # characters that a folded column has at the least


@contextmanager
def waiting(what: str) -> Iterator[Progress]:
    """A progress to pass on for the length of the block, shown on standard error under the heading `what`."""
    if sys.stderr.isatty():
        with _bar(what) as progress:
            yield progress
    else:
        yield _Lines(what)


def say(words: str) -> None:
    """One line on standard error, beside the progress."""
    print(words, file=sys.stderr, flush=True)


def check_folder(folder: Path) -> None:
    """Refuse a folder that cannot be made, because a file is in its way: before the work is done, not after."""
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not nearest.is_dir():
        raise BadInput(f"cannot write {folder}: {nearest} is not a folder")


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A plain table on standard output; every column but the first that holds only figures stands to the right.

    Elsewhere than on a terminal each row is a line; there the last column is folded, if the lines would be.
    """
    numeric = [all(_is_figure(row[i]) for row in rows) and i > 0 for i in range(len(head))]
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    for row in (head, *rows):
        cells = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ]
        for line in _folded("  ".join(cells).rstrip(), sum(widths[:-1]) + 2 * len(widths[:-1])):
            print(line)


def _folded(line: str, indent: int) -> list[str]:
    """The line as it fits the terminal, if it is one and has room: what is folded begins `indent` characters in."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else len(line)
    if len(line) <= width:
        return [line]
    if width - indent < NARROW:  # below the others then
        below = textwrap.wrap(line[indent:], max(NARROW, width) - len(BELOW), break_on_hyphens=False)
        return [line[:indent].rstrip(), *(BELOW + part for part in below)]
    parts = textwrap.wrap(line[indent:], width - indent, break_on_hyphens=False)
    return [line[:indent] + parts[0], *(" " * indent + part for part in parts[1:])]


@contextmanager
def _bar(what: str) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    heading, note = (TextColumn(f"{{task.{of}}}", markup=False) for of in ("description", "fields[note]"))
    columns = (heading, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), note)
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, note="")

        def update(done: int, total: int | None, note: str = "") -> None:
            bar.update(task, completed=done, total=total, note=note)

        yield update


class _Lines:
    """A line every few seconds: how far, how fast, how long still."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.began = self.told = time.monotonic()
        self.first = self.last = 0
        self.total: int | None = -1

    def __call__(self, done: int, total: int | None, note: str = "") -> None:
        now = time.monotonic()
        if done < self.last or total != self.total:  # another stage has begun
            self.first, self.began = done, now
        self.last, self.total = done, total
        if now - self.told < LINE_SECONDS:
            return
        self.told = now
        say(", ".join(filter(None, (f"{self.what}: {_of(done, total)}", note, self._left(done, total, now)))))

    def _left(self, done: int, total: int | None, now: float) -> str:
        gained = done - self.first
        if not total or gained <= 0:
            return ""
        return f"{duration((now - self.began) * (total - done) / gained)} left"


def _of(done: int, total: int | None) -> str:
    return f"{done:,} of {total:,}" if total else f"{done:,}"


def _is_figure(cell: str) -> bool:
    return not cell or cell[0] in "0123456789-–+." or cell == "—"
