"""The loop that both kinds of training run in: step, remember, look, save; stop, and go on to the bit."""

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
    history = History((*training.columns, "seconds"))
    step, before = _resume(training, history, folder)
    per_epoch = training.batches.steps_per_epoch
    clock = time.perf_counter()
    saved = looked = clock
    looked_step = step
    finished = True

    def elapsed() -> float:
        return before + time.perf_counter() - clock

    if step == 0:
        _draw(training, 0, watcher)
    while not _over(stop, step, elapsed()):
        if watcher.interrupted():
            finished = False
            break
        began = time.perf_counter()
        figures = training.advance(step, stop.share(step))
        step += 1
        history.append(torch.cat([figures, figures.new_tensor([time.perf_counter() - began])]))

        if step % LOOK_EVERY == 0:
            watcher.stepped(step, history.rows()[-LOOK_EVERY:])
            now = time.perf_counter()
            rate = (step - looked_step) * training.batches.batch_size / (now - looked)
            _report(watcher.progress, stop, step, elapsed(), f"{rate:,.0f} images/s")
            left = time.perf_counter()
            watcher.visited(step, elapsed(), training)
            away = time.perf_counter() - left
            clock, looked, looked_step = clock + away, now + away, step
        if _is_frame(step, per_epoch):
            _draw(training, step, watcher)
        if step % per_epoch == 0:
            found = {"step": step, "epoch": step / per_epoch, **training.evaluate()}
            history.evaluations.append(found)
            watcher.evaluated(step, found)
        if time.perf_counter() - saved > checkpoint_seconds:
            _save(training, history, step, elapsed(), folder)
            saved = time.perf_counter()
    _save(training, history, step, elapsed(), folder)
    if finished and not _is_frame(step, per_epoch):
        _draw(training, step, watcher)
    return Outcome(step, elapsed(), finished, history)


def _over(stop: Stop, step: int, seconds: float) -> bool:
    out_of_steps = stop.steps is not None and step >= stop.steps
    return out_of_steps or (stop.minutes is not None and seconds >= 60 * stop.minutes)


def _report(progress: Progress, stop: Stop, step: int, seconds: float, note: str) -> None:
    """Progress in steps, or in seconds when the clock will end the run."""
    if stop.minutes is not None and (stop.steps is None or seconds / (60 * stop.minutes) > step / stop.steps):
        progress(round(seconds), round(60 * stop.minutes), note)
    else:
        progress(step, stop.steps, note)


def _is_frame(step: int, per_epoch: int) -> bool:
    """Sample sheets at steps 25, 50, 100, 200 … of the first epoch, where most happens, and after every epoch."""
    doublings, rest = divmod(step, 25)
    early = rest == 0 and doublings > 0 and doublings & (doublings - 1) == 0 and step < per_epoch
    return early or step % per_epoch == 0


def _draw(training: Training, step: int, watcher: Watcher) -> None:
    images = training.frame()
    if images is not None:
        watcher.drawn(step, images)


def _save(training: Training, history: History, step: int, seconds: float, folder: RunFolder) -> None:
    tensors = {**state(training.parts), "history": history.rows()}
    header: Json = {
        "step": step,
        "seconds": seconds,
        "columns": list(history.columns),
        "evaluations": history.evaluations,
    }
    folder.save_checkpoint(tensors, header)


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
