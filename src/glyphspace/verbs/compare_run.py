"""One run of a comparison: trained for its time, its model set aside now and then, and measured once it has ended."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from ..core.errors import BadInput, TrainingFailed
from ..core.files import Json, read_json, write_json
from ..core.progress import Progress
from ..figures.rivals import Course
from ..nets.model import load_model, save_model
from ..report.compare import Entry
from ..training.device import choose_compute
from ..training.interrupt import Interrupted
from ..training.loop import Training, Watcher
from ..training.recipes import ClassifierRecipe, Recipe
from ..training.state import Splits
from ..training.timing import steps_within
from .compare_gauge import Gauge
from .train import Run, load_splits, make_training, train

MOMENTS = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 3 / 4)  # of the budget, at which a model is set aside
RESULT = "comparison.json"


@dataclass(frozen=True)
class Task:
    """A run to be had: a recipe under its name, a seed, its folder, the budget and where to compute."""

    name: str
    recipe: Recipe
    seed: int
    folder: Path
    minutes: float
    device: str
    threads: int | None

    @property
    def result(self) -> Path:
        """Where the figures of the run are kept once it is measured."""
        return self.folder / RESULT


def check_recipes(tasks: Sequence[Task], known: Recipe, splits: Splits, progress: Progress) -> None:
    """Begin each recipe of `tasks` and let it go, so that one that cannot be trained is refused before any is.

    Args:
        known: the recipe that `splits` are loaded for; only another teacher makes others of the same data.

    Raises:
        BadInput: there is no such device, or the parts of a recipe do not fit the data or each other.
    """
    for task in {task.name: task for task in tasks}.values():
        shared = _teacher(task.recipe) == _teacher(known)
        compute = choose_compute(task.device, task.recipe.precision, task.threads)
        make_training(task.recipe, splits if shared else load_splits(task.recipe, 0, progress), 0, compute)


def time_steps(task: Task, interrupted: Interrupted) -> int:
    """How many steps fit the budget of a recipe whose schedule must know its end.

    Raises:
        KeyboardInterrupt: it was interrupted.
    """
    compute = choose_compute(task.device, task.recipe.precision, task.threads)
    splits = load_splits(task.recipe, task.seed)
    return steps_within(task.minutes, make_training(task.recipe, splits, task.seed, compute), interrupted)


def carry_out(task: Task, steps: int | None, gauge: Gauge, interrupted: Interrupted, progress: Progress) -> bool:
    """Train and measure, from wherever that was left; False when it was interrupted.

    Args:
        steps: where to stop when the clock cannot say.
    """
    if task.result.is_file():
        return True
    try:
        watcher = Watcher(progress, interrupted, visited=_set_aside(task))
        ends = {"minutes": task.minutes} if steps is None else {"steps": steps}
        run = train(
            task.recipe, out=task.folder, seed=task.seed, resume=True, device=task.device, threads=task.threads,
            watcher=watcher, **ends,
        )  # fmt: skip
    except TrainingFailed as error:
        write_json(task.result, {"failure": f"it diverged: {error}"})
        return True
    if not run.finished or interrupted():
        return False
    untaught = {"failure": "its time was over before its first step"}
    write_json(task.result, _measure(task, run, gauge) if run.step else untaught)
    return True


def entry_of(task: Task) -> Entry:
    """What `carry_out` kept.

    Raises:
        BadInput: the file is damaged.
    """
    found = read_json(task.result)
    nothing = np.empty(0)
    if found.get("failure") and "figures" not in found:
        return Entry(task.seed, str(found["failure"]), (), 0, 0, 0.0, {}, Course(nothing, nothing, nothing))
    try:
        course = np.array(found["course"], dtype=np.float64).reshape(-1, 3).T
        return Entry(
            task.seed,
            found["failure"],
            tuple(found["lost"]),
            int(found["steps"]),
            int(found["images"]),
            float(found["seconds"]),
            {str(name): float(value) for name, value in found["figures"].items()},
            Course(*course),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"{task.result} is not whole; remove it, and the run is measured again") from error


def _teacher(recipe: Recipe) -> tuple[str, float] | None:
    """Who chooses among the training images, and how strictly; None where all are taken."""
    if isinstance(recipe, ClassifierRecipe) and recipe.teacher:
        return recipe.teacher, recipe.teacher_certainty
    return None


def _set_aside(task: Task) -> Callable[[int, float, Training], None]:
    """A visitor that keeps the model of the run at each of the moments."""

    def visit(step: int, seconds: float, training: Training) -> None:
        passed = sum(seconds >= 60 * task.minutes * moment for moment in MOMENTS)
        place = _moment(task, passed - 1)
        if passed and not place.exists():
            model = next(iter(training.models()))
            save_model(place, replace(model, training={"step": step, "seconds": seconds}))

    return visit


def _moment(task: Task, number: int) -> Path:
    return task.folder / "moments" / f"{number}.safetensors"


def _measure(task: Task, run: Run, gauge: Gauge) -> Json:
    final = run.models[gauge.kind]
    found = gauge.measure(final)
    batch = task.recipe.batch_size
    kept = [load_model(path) for n in range(len(MOMENTS)) if (path := _moment(task, n)).is_file()]
    course = [(m.training["seconds"], m.training["step"] * batch, gauge.glance(m)) for m in kept]
    course.append((run.seconds, run.step * batch, gauge.glance(final)))
    return {**asdict(found), "steps": run.step, "images": run.step * batch, "seconds": run.seconds, "course": course}
