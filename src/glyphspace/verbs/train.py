"""train: a recipe, on a dataset, into a run folder."""

import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch

from .. import __version__
from ..core.errors import BadInput, TrainingFailed
from ..core.files import Json
from ..core.progress import Progress, silent
from ..data import hold_out
from ..nets.model import Model, load_model, save_model
from ..training.classifier import ClassifierTraining
from ..training.device import Compute, choose_compute
from ..training.gan import GanTraining
from ..training.history import History
from ..training.loop import CHECKPOINT_SECONDS, Outcome, Stop, Watcher
from ..training.loop import train as run_loop
from ..training.recipes import ClassifierRecipe, Recipe, check_parts, find_recipe, override
from ..training.run import DIVERGED, KINDS, RunFolder
from ..training.standstill import standstill
from ..training.state import Splits
from ..training.timing import steps_within
from ..zoo import find_model, labeller
from .beginning import begin_from
from .confident import confident
from .frames import draw_evolution, keeping_frames
from .images import load_images


@dataclass(frozen=True)
class Run:
    """A run folder and what is in it.

    Attributes:
        folder: the run folder.
        finished: False when it was interrupted and can be resumed.
        step: steps taken.
        seconds: time spent training, evaluations included.
        models: the models it left, by kind; none before it has finished.
        history: figures per iteration, and evaluations.
    """

    folder: Path
    finished: bool
    step: int
    seconds: float
    models: Mapping[str, Model]
    history: History


def train(
    recipe: str | Recipe,
    *,
    out: str | Path,
    data: str | Splits | None = None,
    seed: int = 0,
    epochs: float | None = None,
    steps: int | None = None,
    minutes: float | None = None,
    resume: bool = False,
    init: str | Path | Model | None = None,
    device: str = "cpu",
    threads: int | None = None,
    checkpoint_seconds: float = CHECKPOINT_SECONDS,
    changes: Mapping[str, Any] | None = None,
    watcher: Watcher | None = None,
    progress: Progress = silent,
) -> Run:
    """Train by a recipe and leave the run in a folder.

    Args:
        recipe: a recipe, its name, or the path of a TOML file with one.
        out: the run folder to make.
        data: a dataset's name or path, or "generated:MODEL"; by default the recipe's. Or images, as they are: then none
            are held out of them.
        seed: of everything random in the run.
        epochs, steps, minutes: where to stop; by default at the recipe's epochs. A schedule must know its end in steps:
            then a few are timed, and the run takes as many as fit the minutes.
        resume: go on with the run in `out` from its last checkpoint; one that has ended there is given as it is.
        init: what to begin with, to fine-tune it: a run folder, of which all models are taken, a file, a shipped
            model's name, or a model. The nets must be those of the recipe; a generator alone will do. What there is
            for each class begins afresh where the number of classes is another.
        device, threads: where to compute.
        checkpoint_seconds: from one checkpoint to the next, which is what a kill can cost.
        changes: fields of the recipe to override.
        watcher: whom to tell of evaluations and sample sheets, and whom to ask whether to stop.
        progress: told of downloads before the training begins.

    Raises:
        BadInput: an argument, the data or the folder cannot be used.
        TrainingFailed: a loss is not a number.
    """
    asked = {**(changes or {}), **_asked_of_data(data), **({"epochs": epochs} if epochs else {})}
    base = find_recipe(recipe) if isinstance(recipe, str) else recipe
    chosen = override(base, asked)
    check_parts(chosen, base, asked)
    if isinstance(data, Splits) and isinstance(chosen, ClassifierRecipe) and chosen.teacher:
        raise BadInput("a teacher confirms the labels of a dataset that is named; name one, or leave the teacher out")
    compute = choose_compute(device, chosen.precision, threads)
    splits = data if isinstance(data, Splits) else load_splits(chosen, seed, progress)
    training = make_training(chosen, splits, seed, compute)
    stop = _stop(chosen, training.batches.steps_per_epoch, epochs, steps, minutes)
    folder, watcher = RunFolder(Path(out)), watcher or Watcher()
    if stop.minutes and chosen.schedule != "constant":
        known = _steps_of(folder, minutes) if resume else None
        try:
            stop = Stop(steps=known or _steps_timed(stop.minutes, chosen, splits, seed, compute, watcher, progress))
        except KeyboardInterrupt:  # nothing has begun: to go on with it is to begin it
            return Run(folder.path, False, 0, 0.0, {}, History(("seconds",)))
    description = _description(chosen, splits, seed, compute.precision, device, stop)
    if minutes is not None:
        description["minutes"] = minutes
    for words in training.warnings if isinstance(training, GanTraining) else ():
        watcher.alarm(words)
    if init is not None:
        description["init"] = begin_from(training, init)
        if fresh := description["init"]["fresh"]:
            watcher.alarm(f"there are other classes than before, so these begin afresh: {', '.join(fresh)}")
    if resume and folder.holds(description):
        return load_run(folder.path)
    with folder.held():
        if resume:
            description["threads"] = _threads_begun_with(folder, description["threads"], watcher)
            _refuse_an_end_that_is_past(folder, stop)
            folder.resume(description)
        else:
            folder.begin(description)
        keeping = keeping_frames(watcher, folder, splits, training.batches.steps_per_epoch)
        try:
            outcome = run_loop(training, stop, folder, keeping, checkpoint_seconds)
        except TrainingFailed:
            folder.describe({**description, "status": DIVERGED})
            raise
        if isinstance(training, GanTraining) and (stuck := standstill(training.objective, outcome.history)):
            watcher.alarm(stuck)
        return _finish(training, outcome, folder, description)


def _asked_of_data(data: str | Splits | None) -> Json:
    """The fields of the recipe that the data decides: of images as they are, none are held out."""
    if isinstance(data, Splits):
        return {"data": data.dataset, "hold_out": 0}
    return {"data": data} if data else {}


def make_training(recipe: Recipe, splits: Splits, seed: int, compute: Compute) -> GanTraining | ClassifierTraining:
    """The training that a recipe means; a GAN that a classifier rewards is given it, by default the one that ships.

    Raises:
        BadInput: the recipe names what there is not, or what makes no sense together; or there is no such classifier.
    """
    if isinstance(recipe, ClassifierRecipe):
        return ClassifierTraining(recipe, splits, seed, compute)
    if recipe.reward == "none":
        return GanTraining(recipe, splits, seed, compute)
    named = recipe.reward_classifier
    reader = find_model(named, "classifier") if named else labeller(splits.dataset, "--reward-classifier")
    if reader.classes != splits.train.classes:
        raise BadInput(f"the classifier that rewards, of {reader.dataset}, reads other classes than this data has")
    return GanTraining(recipe, splits, seed, compute, reader.net)


def load_run(folder: str | Path) -> Run:
    """The run in this folder, as it stands."""
    run = RunFolder(Path(folder))
    description = run.description
    kinds = [kind for kind in KINDS if run.model(kind).is_file()]
    history, step, seconds = _remembered(run)
    models = {kind: load_model(run.model(kind)) for kind in kinds}
    return Run(run.path, description.get("status") == "finished", step, seconds, models, history)


def load_splits(recipe: Recipe, seed: int, progress: Progress = silent) -> Splits:
    """The images that a recipe trains on and is measured on.

    Images that the recipe holds out take the place of the test images: a choice between models must not see those.
    """
    images = load_images(recipe.data, "train", progress)
    dataset = images.name.removesuffix("/train")
    if recipe.hold_out:
        images, measured = hold_out(images, recipe.hold_out, seed=0)  # the same part for every seed
    else:
        measured = load_images(recipe.data, "test", progress)
    if isinstance(recipe, ClassifierRecipe) and recipe.teacher:
        images = confident(images, find_model(recipe.teacher, "classifier"), recipe.teacher_certainty)
    return Splits(images, measured, dataset)


def _stop(recipe: Recipe, per_epoch: int, epochs: float | None, steps: int | None, minutes: float | None) -> Stop:
    if sum(given is not None for given in (epochs, steps, minutes)) > 1:
        raise BadInput("a run stops by --epochs, by --steps or by --minutes; give one of them")
    for name, value in (("epochs", epochs), ("steps", steps), ("minutes", minutes)):
        if value is not None and not 0 < value < float("inf"):
            raise BadInput(f"a run of {value} {name} makes no sense; give more than 0")
    if minutes is not None:
        return Stop(minutes=minutes)
    return Stop(steps=steps or max(1, round(recipe.epochs * per_epoch)))


def _steps_of(folder: RunFolder, minutes: float | None) -> int | None:
    """Where the run that is here ends, if it was begun to take so many minutes."""
    begun = folder.description if folder.exists else {}
    return begun.get("stop", {}).get("steps") if begun.get("minutes") == minutes else None


def _steps_timed(
    minutes: float, recipe: Recipe, splits: Splits, seed: int, compute: Compute, watcher: Watcher, progress: Progress
) -> int:
    """How many steps fit the minutes: timed on a training that is made for this and thrown away."""
    progress(0, None, "a few steps are timed")
    return steps_within(minutes, make_training(recipe, splits, seed, compute), watcher.interrupted)


def _description(recipe: Recipe, splits: Splits, seed: int, precision: str, device: str, stop: Stop) -> Json:
    return {
        "glyphspace": __version__,
        "status": "running",
        "recipe": asdict(recipe),
        "data": {
            "name": splits.dataset,
            "train": len(splits.train),
            "test": len(splits.test),
            "classes": list(splits.train.classes),
        },
        "seed": seed,
        "precision": precision,
        "device": device,
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
        "machine": platform.machine(),
        "stop": asdict(stop),
    }


def _threads_begun_with(folder: RunFolder, now: int, watcher: Watcher) -> int:
    """The threads that the run was begun with. By others sums are taken in another order: the same, but for bits."""
    before = folder.description.get("threads", now) if folder.exists else now
    if before != now:
        watcher.alarm(f"this run was begun with --threads {before}, not {now}; only that repeats it to the bit")
    return int(before)


def _refuse_an_end_that_is_past(folder: RunFolder, stop: Stop) -> None:
    taken = _remembered(folder)[1]
    if stop.steps is not None and taken > stop.steps:
        raise BadInput(
            f"{folder.path} has taken {taken:,} steps already, and {stop.steps:,} are asked for; "
            "resume it to a later end, or choose another --out"
        )


def _finish(training: GanTraining | ClassifierTraining, outcome: Outcome, folder: RunFolder, description: Json) -> Run:
    ended = {**description, "step": outcome.step, "seconds": round(outcome.seconds, 3)}
    models: dict[str, Model] = {}
    if outcome.finished:
        facts: Json = {
            "seed": training.seed,
            "steps": outcome.step,
            "images": outcome.step * training.recipe.batch_size,
        }
        if "init" in description:
            facts["init"] = Path(description["init"]["model"]).name
        for model in training.models():
            kept = replace(model, recipe=_public(training.recipe, model.dataset), training=facts)
            save_model(folder.model(model.kind), kept)
            kept.net.cpu().eval().requires_grad_(False)
            models[model.kind] = kept
        draw_evolution(folder, training.batches.steps_per_epoch)
    folder.describe({**ended, "status": "finished" if outcome.finished else "interrupted"})
    return Run(folder.path, outcome.finished, outcome.step, outcome.seconds, models, outcome.history)


def _public(recipe: Recipe, dataset: str) -> Json:
    """The recipe as a model file holds it: names, where the paths of this machine would mean nothing elsewhere."""
    fields = {**asdict(recipe), "data": dataset}
    models = {name: Path(fields[name]).name for name in ("teacher", "reward_classifier") if fields.get(name)}
    return fields | models


def _remembered(run: RunFolder) -> tuple[History, int, float]:
    if not run.has_checkpoint:
        return History(("seconds",)), 0, 0.0
    tensors, header = run.load_checkpoint()
    try:
        history = History(header["columns"])
        history.restore(tensors["history"], header["evaluations"])
        return history, int(header["step"]), float(header["seconds"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"{run.path} holds a checkpoint that is not whole; train again in another folder") from error
