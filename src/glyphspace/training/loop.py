"""The loop that both kinds of training run in: step, remember, look, save; stop, and go on to the bit."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import torch
from jaxtyping import Float32, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..core.files import Json
from ..core.progress import Progress, silent
from ..data.batches import Batches
from ..nets.model import Model
from .history import History
from .interrupt import Interrupted, never
from .run import RunFolder
from .state import Part, restore, state

CHECKPOINT_SECONDS = 30.0
LOOK_EVERY = 50  # steps between two looks at the figures and the clock's progress


@runtime_checkable
class Training(Protocol):
    """What the loop asks of a training."""

    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def batches(self) -> Batches: ...
    @property
    def parts(self) -> dict[str, Part]: ...
    def advance(self, step: int, done: float) -> Float32[Tensor, " columns"]: ...
    def evaluate(self) -> dict[str, float]: ...
    def frame(self) -> UInt8[Tensor, "n *stack 28 28"] | None: ...
    def models(self) -> Iterator[Model]: ...


@dataclass(frozen=True)
class Stop:
    """When a run ends: after `steps`, or once `minutes` have passed, whichever comes first."""

    steps: int | None = None
    minutes: float | None = None

    def share(self, step: int) -> float:
        """How much of the run lies behind, as far as steps tell; 0 when only the clock ends it."""
        return step / self.steps if self.steps else 0.0


@dataclass(frozen=True)
class Outcome:
    """How a run ended.

    Attributes:
        step: steps taken, in all.
        seconds: time in the loop, over all its parts when it was resumed.
        finished: False when it was interrupted and can be resumed.
    """

    step: int
    seconds: float
    finished: bool
    history: History


@dataclass(frozen=True)
class Watcher:
    """Whom the loop tells: how far it is, what each evaluation and sample sheet shows, what looks wrong.

    `visited` is given the step, the seconds of training so far and the training itself, every few steps; what it does
    with them does not count as training time.
    """

    progress: Progress = silent
    interrupted: Interrupted = never
    evaluated: Callable[[int, Json], None] = lambda step, found: None
    drawn: Callable[[int, UInt8[Tensor, "n *stack 28 28"]], None] = lambda step, images: None
    alarm: Callable[[str], None] = lambda words: None
    stepped: Callable[[int, Float32[Tensor, "steps columns"]], None] = lambda step, rows: None
    visited: Callable[[int, float, Training], None] = lambda step, seconds, training: None


def train(
    training: Training, stop: Stop, folder: RunFolder, watcher: Watcher, checkpoint_seconds: float = CHECKPOINT_SECONDS
) -> Outcome:
    """Take steps until `stop`, from the folder's checkpoint if it has one, and leave a checkpoint of the end.

    Args:
        checkpoint_seconds: from one checkpoint to the next, which is what a kill can cost; 0 makes one at every step.

    Raises:
        TrainingFailed: a figure of an iteration is not a finite number.
        BadInput: the checkpoint does not fit, or the folder cannot be written.
    """
    course = _Course(training, stop, folder, watcher)
    per_epoch = training.batches.steps_per_epoch
    apart = steps_apart(per_epoch)
    if course.step == 0:
        course.draw()
    saved = time.perf_counter()
    while not (finished := course.is_over) and not watcher.interrupted():
        course.advance()
        if course.step % LOOK_EVERY == 0:
            course.look()
        if _is_frame(course.step, apart):
            course.draw()
        if course.step % apart == 0 or (course.step % per_epoch == 0 and course.is_over):
            course.evaluate()
        if time.perf_counter() - saved > checkpoint_seconds:
            course.save()
            saved = time.perf_counter()
    if finished and course.step % LOOK_EVERY:
        course.tell()
    course.save()
    if finished and not _is_frame(course.step, apart):
        course.draw()
    return Outcome(course.step, course.seconds, finished, course.history)


class _Course:
    """A run on its way: how far it is, in steps and seconds, and what is done with it on the way."""

    def __init__(self, training: Training, stop: Stop, folder: RunFolder, watcher: Watcher) -> None:
        self.training, self.stop, self.folder, self.watcher = training, stop, folder, watcher
        self.history = History((*training.columns, "seconds"))
        self.step, self.before = _resume(training, self.history, folder)
        self.began = time.perf_counter()
        self.looked = self.step, self.before

    @property
    def seconds(self) -> float:
        """Time in the loop, over all parts of the run, without that of visitors."""
        return self.before + time.perf_counter() - self.began

    @property
    def is_over(self) -> bool:
        if self.stop.steps is not None and self.step >= self.stop.steps:
            return True
        return self.stop.minutes is not None and self.seconds >= 60 * self.stop.minutes

    def advance(self) -> None:
        """Take a step and remember it."""
        began = time.perf_counter()
        figures = self.training.advance(self.step, self.stop.share(self.step))
        self.step += 1
        self.history.append(torch.cat([figures, figures.new_full((1,), time.perf_counter() - began)]))

    def look(self) -> None:
        """Tell the watcher of the last steps, and let it visit the training."""
        self.tell()
        step, seconds = self.looked
        self.looked = self.step, self.seconds
        rate = (self.step - step) * self.training.batches.batch_size / (self.looked[1] - seconds)
        _report(self.watcher.progress, self.stop, *self.looked, f"{rate:,.0f} images/s")
        left = time.perf_counter()
        self.watcher.visited(self.step, self.seconds, self.training)
        self.began += time.perf_counter() - left

    def tell(self) -> None:
        """Tell the watcher of the steps since it was told last."""
        untold = self.step % LOOK_EVERY or LOOK_EVERY
        self.watcher.stepped(self.step, self.history.rows()[-untold:])

    def draw(self) -> None:
        images = self.training.frame()
        if images is not None:
            self.watcher.drawn(self.step, images)

    def evaluate(self) -> None:
        per_epoch = self.training.batches.steps_per_epoch
        found = {"step": self.step, "epoch": self.step / per_epoch, **self.training.evaluate()}
        self.history.evaluations.append(found)
        self.watcher.evaluated(self.step, found)

    def save(self) -> None:
        """Leave a checkpoint."""
        header: Json = {
            "step": self.step,
            "seconds": self.seconds,
            "columns": list(self.history.columns),
            "evaluations": self.history.evaluations,
        }
        self.folder.save_checkpoint({**state(self.training.parts), "history": self.history.rows()}, header)


def _report(progress: Progress, stop: Stop, step: int, seconds: float, note: str) -> None:
    """Progress in steps, or in seconds when the clock will end the run."""
    if stop.minutes is not None and (stop.steps is None or seconds / (60 * stop.minutes) > step / stop.steps):
        progress(round(seconds), round(60 * stop.minutes), note)
    else:
        progress(step, stop.steps, note)


def steps_apart(per_epoch: int) -> int:
    """Steps from one evaluation to the next: an epoch; of few images as many whole ones as make `LOOK_EVERY` steps."""
    return per_epoch * math.ceil(LOOK_EVERY / per_epoch)


def _is_frame(step: int, apart: int) -> bool:
    """Sample sheets at steps 25, 50, 100, 200 … up to the first evaluation, where most happens, and at every one."""
    doublings, rest = divmod(step, 25)
    early = rest == 0 and doublings > 0 and doublings & (doublings - 1) == 0 and step < apart
    return early or step % apart == 0


def _resume(training: Training, history: History, folder: RunFolder) -> tuple[int, float]:
    """Put everything back to the checkpoint; the step and the seconds it was made at."""
    if not folder.has_checkpoint:
        return 0, 0.0
    tensors, header = folder.load_checkpoint()
    step, seconds, evaluations = (header.get(key) for key in ("step", "seconds", "evaluations"))
    rows = tensors.pop("history", None)
    if (
        not isinstance(step, int)
        or not isinstance(seconds, int | float)
        or not isinstance(evaluations, list)
        or rows is None
        or rows.shape != (step, len(history.columns))
    ):
        raise BadInput(f"{folder.path} holds a checkpoint that is not whole; train again in another folder")
    restore(training.parts, tensors)
    history.restore(rows, evaluations)
    return step, float(seconds)


def is_collapsed(images: UInt8[Tensor, "n *stack 28 28"], real: UInt8[Tensor, "m *stack 28 28"]) -> bool:
    """Whether samples hardly differ: their spread per pixel is under a tenth of that of real images."""
    return bool(images.float().std(0).mean() < 0.1 * real.float().std(0).mean())
