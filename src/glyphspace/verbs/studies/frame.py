"""What a study is made of: steps that measure, each kept once it is done, and chapters that tell what they found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from ...core.errors import BadInput
from ...core.files import Json, read_bytes, read_json, write_json
from ...core.progress import Progress, silent
from ...core.registry import Registry
from ...nets.model import save_model
from ...report.page import Block, Picture
from ...report.parts import Absent
from ...report.verdict import Verdict
from ...training.interrupt import Interrupted, never
from ...training.loop import Training, Watcher
from ...training.recipes import Recipe
from ..explore import Findings
from ..train import Run, train

T = TypeVar("T")

QUICK, FULL = "quick", "full"
PARTS = "parts"  # the folder of what was found within steps


class Stopped(Exception):
    """A step was interrupted; the trainings that were whole by then are kept, and of run folders what was trained."""


@dataclass(frozen=True)
class Results:
    """What the steps found so far: numbers by step, and the figures that lie beside them."""

    folder: Path
    absent: Mapping[str, Absent] = field(default_factory=dict)

    def __getitem__(self, step: str) -> Json:
        """The numbers of a step.

        Raises:
            BadInput: it has found nothing; says why.
        """
        if step in self.absent:
            raise BadInput(self.absent[step].why)
        return read_json(self.folder / f"{step}.json")["found"]

    def __contains__(self, step: str) -> bool:
        return (self.folder / f"{step}.json").is_file()

    def picture(self, step: str, figure: str, alt: str, caption: str = "") -> Picture:
        """A figure of a step, ready for a page."""
        return Picture(read_bytes(self.folder / f"{step}-{figure}.svg").decode(), alt, caption)


@dataclass(frozen=True)
class Bench:
    """What a step works with.

    Attributes:
        folder: of the study; runs go below it.
        budget: `QUICK`, minutes on models that ship, or `FULL`, everything trained as the documents did.
        earlier: what the steps before found.
        interrupted: whether to stop; a step asks it between things that take long.
        device: that runs are trained on.
    """

    folder: Path
    budget: str
    earlier: Results
    interrupted: Interrupted = never
    progress: Progress = silent
    device: str = "cpu"

    def pick(self, quick: T, full: T) -> T:
        """What suits the budget."""
        return quick if self.budget == QUICK else full

    def train(self, recipe: str | Recipe, name: str, keep: Sequence[int] = (), **options: Any) -> Run:
        """Train, or go on training: the run folder `name`; options as of the verb.

        Args:
            keep: steps at which to set the model aside too (multiples of 50), for `kept`.

        Raises:
            Stopped: it was interrupted.
        """

        def visit(step: int, seconds: float, training: Training) -> None:
            if step in keep:
                save_model(self.kept(name, step), next(iter(training.models())))

        watcher = Watcher(self.progress, self.interrupted, visited=visit)
        out = self.folder / "runs" / name
        run = train(recipe, out=out, resume=True, device=self.device, watcher=watcher, **options)
        if not run.finished:
            raise Stopped
        return run

    def kept(self, name: str, step: int) -> Path:
        """Where the model that the run `name` had at a step lies."""
        return self.folder / "runs" / name / "kept" / f"{step:06d}.safetensors"

    def once(self, name: str, measure: Callable[[], T]) -> T:
        """What `measure` finds, as JSON has it; of a step that was stopped after it, what it found then.

        Raises:
            Stopped: that was asked for.
        """
        file = self.folder / PARTS / f"{name}.json"
        if not file.exists():
            self.breathe()
            write_json(file, {"found": measure()})
        found: T = read_json(file)["found"]
        return found

    def breathe(self) -> None:
        """Stop here if that was asked for.

        Raises:
            Stopped: it was.
        """
        if self.interrupted():
            raise Stopped


@dataclass(frozen=True)
class Step:
    """A measurement with a name."""

    name: str
    measure: Callable[[Bench], Findings]


@dataclass(frozen=True)
class Chapter:
    """A section of the page: which steps it tells of, and how. Verdicts among what it yields become blocks."""

    title: str
    anchor: str
    needs: tuple[str, ...]
    tell: Callable[[Results], Iterable[Block | Verdict]]


@dataclass(frozen=True)
class Study:
    """A document done again.

    Attributes:
        title: of the page; document: the document's title.
        about: what it is and how the two budgets differ, a paragraph each.
        steps: in an order in which each finds what it needs.
        chapters: in the document's order.
    """

    name: str
    title: str
    document: str
    about: tuple[str, ...]
    steps: tuple[Step, ...]
    chapters: tuple[Chapter, ...]


studies: Registry[Study] = Registry("study")


def add(study: Study) -> None:
    """Make a study known by its name."""
    studies.add(study.name, study)
