"""Train the models that ship with the package, each by its recipe from a stated seed, and write a card beside each.

    python -m tools.ship --emnist DIR            all of them
    python -m tools.ship digits                  one

The networks that classify, choose and judge come first, since the generators are judged with them. A run that is there
already is resumed, so this can be stopped and gone on with. Figures on the card are measured here, after training.

Letters and characters (digits and letters with case) are trained on the folder DIR, which holds EMNIST's letters as
`dataset.toml` and `cased.toml` describe them; models and cards name them, and not where they lay.
"""

import argparse
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from tools.shipments import ABOUT, CHOOSES, ENCODERS, SHIPMENTS, Shipment

from glyphspace import load_dataset
from glyphspace.core.files import write_text
from glyphspace.latent.decode import condition_dim, conditions_of
from glyphspace.latent.inversion import Task, errors, invert
from glyphspace.metrics.features import probabilities
from glyphspace.nets.model import Model, save_model
from glyphspace.training.loop import Watcher
from glyphspace.training.run import RunFolder
from glyphspace.verbs.calibrate import calibrate, held_out
from glyphspace.verbs.encoder import encoder
from glyphspace.verbs.evaluate import GeneratorEvaluation, evaluate
from glyphspace.verbs.evaluate_classifier import ClassifierEvaluation
from glyphspace.verbs.train import train
from glyphspace.zoo import find_model
from glyphspace.zoo.shipped import FOLDER


def ship(shipment: Shipment, runs: Path, emnist: str) -> None:
    """Train, measure, and put the model with its card into the package."""
    data = shipment.where(emnist)
    folder = RunFolder(runs / shipment.name)
    commit = begun_at(folder)
    run = train(
        shipment.recipe,
        data=data,
        out=folder.path,
        epochs=shipment.epochs,
        seed=shipment.seed,
        changes=shipment.changes,
        resume=True,
        watcher=Watcher(evaluated=lambda step, found: print(shipment.name, found, flush=True)),
    )
    model = run.models[shipment.kind]
    if shipment.calibrate:
        model = calibrate(model, data=data).model
    model = model.judged(measure(model, shipment, data))
    save_model(FOLDER / f"{shipment.name}.safetensors", model)
    device = folder.description["device"]
    write_text(FOLDER / f"{shipment.name}.md", card(shipment, model, commit, device))
    print(shipment.name, dict(model.quality), flush=True)


def ship_encoder(of: str, runs: Path) -> None:
    """Train the encoder of a generator that ships, measure it, and put it with its card into the package."""
    name, generator = f"{of}-encoder", find_model(of, "generator")
    kept = runs / name / "encoder.safetensors"
    kept.parent.mkdir(parents=True, exist_ok=True)
    commit = begun_at(RunFolder(kept.parent))
    if not kept.exists():
        encoder(of, out=kept)
    model = find_model(kept, "encoder")
    images = load_dataset(generator.dataset, "test")
    told = conditions_of(generator, images.labels, images.classes) if condition_dim(generator) else None
    answer = invert(Task(generator, images.images, told, model), "encode")
    error = float(errors(generator, images.images, answer).mean())
    model = model.judged({"mean squared error, pixels from 0 to 1": round(error, 4)})
    save_model(FOLDER / f"{name}.safetensors", model, torch.float16)
    lines = [
        f"# {name}",
        "",
        f"Answers in one pass at which latent `{of}` draws an image.",
        "",
        f"- net: `{model.architecture}` with {dict(model.numbers)}, {model.parameters:,} parameters",
        f"- data: {model.dataset}, its training images, and as many that `{of}` draws",
        f"- {model.training['steps']:,} steps, seed {model.training['seed']}",
        f"- trained at commit {commit}",
        f"- again: `glyphspace encoder {of} --out {name}.safetensors`",
        *_figures(model),
    ]
    write_text(FOLDER / f"{name}.md", "\n".join(lines))
    print(name, dict(model.quality), flush=True)


def begun_at(folder: RunFolder) -> str:
    """The commit at which a run began, noted beside it: it may be gone on with, and end, at a later one."""
    note = folder.path / "commit.txt"
    if not note.exists():
        if folder.exists:
            return "that was not noted"
        found = subprocess.run(("git", "rev-parse", "--short", "HEAD"), capture_output=True, text=True, check=True)
        write_text(note, found.stdout)
    return note.read_text().strip()


def measure(model: Model, shipment: Shipment, data: str) -> dict[str, float]:
    """The figures of a model: a choosing network's on the images it held out, any other's on the test images."""
    if shipment.purpose == CHOOSES:
        images = held_out(model, data)
        right = probabilities(model.net, images.images).argmax(1) == images.labels
        return {"held-out accuracy": round(float(right.float().mean()), 4)}
    found = evaluate(model, data=data)
    if isinstance(found, ClassifierEvaluation):
        return _classifier_figures(found)
    assert isinstance(found, GeneratorEvaluation)
    ours, floor = found.judgement, found.floor
    figures = {
        "Fréchet distance": ours.frechet,
        "its floor": floor.frechet,
        "precision": ours.manifold.precision,
        "recall": ours.manifold.recall,
        "density": ours.manifold.density,
        "coverage": ours.manifold.coverage,
    }
    if ours.classes is not None:
        figures["rarest class"] = ours.classes.smallest_share
        if ours.classes.label_accuracy is not None:
            figures["label as asked"] = ours.classes.label_accuracy
    return {name: round(value, 4) for name, value in figures.items()}


def _classifier_figures(found: ClassifierEvaluation) -> dict[str, float]:
    figures = {"test accuracy": found.accuracy}
    if found.calibrated_error is not None and found.calibrated_chance is not None:
        figures["calibration error"] = found.calibrated_error
        figures["calibration error by chance"] = found.calibrated_chance.mean
        figures["before calibration"] = found.calibration_error
    return {name: round(value, 4) for name, value in figures.items()}


def card(shipment: Shipment, model: Model, commit: str, device: str) -> str:
    """What a person should know before using the model."""
    elsewhere = "" if device == "cpu" else f", on {device}"
    lines = [
        f"# {shipment.name}",
        "",
        f"A {model.kind} of {model.dataset} images: {shipment.purpose}.",
        "",
        f"- net: `{model.architecture}` with {dict(model.numbers)}, {model.parameters:,} parameters",
        f"- data: {model.dataset}{ABOUT.get(model.dataset, '')}, its training images{_held_out(model)}",
        f"- recipe: `{shipment.recipe}`, {shipment.epochs:g} epochs, seed {shipment.seed}, "
        f"{model.training['steps']:,} steps, {model.training['images']:,} images",
        f"- trained at commit {commit}{elsewhere}",
        f"- again: `{again(shipment, device)}`",
        *_calibration(model, shipment),
        *_figures(model),
    ]
    return "\n".join(lines)


def again(shipment: Shipment, device: str) -> str:
    """The command that trains the model once more."""
    option = "" if device == "cpu" else f" --device {device}"
    return (
        f"glyphspace train {shipment.recipe} --data {shipment.where('DIR')} --epochs {shipment.epochs:g} "
        f"--seed {shipment.seed}{_options(shipment.changes)}{option} --out runs/{shipment.name}"
    )


def _figures(model: Model) -> list[str]:
    rows = (f"| {name} | {value} |" for name, value in model.quality.items())
    return ["", "| figure | value |", "| --- | --- |", *rows, ""]


def _calibration(model: Model, shipment: Shipment) -> list[str]:
    if model.temperature is None:
        return []
    command = f"glyphspace calibrate runs/{shipment.name} --data {shipment.where('DIR')}"
    return [f"- calibrated: temperature {model.temperature:.4f}, fitted on what it held out; `{command}`"]


def _options(changes: Mapping[str, Any]) -> str:
    return "".join(f" --{name.replace('_', '-')} {value}" for name, value in changes.items())


def _held_out(model: Model) -> str:
    count = model.recipe.get("hold_out", 0)
    return f" but {count:,} held out of them" if count else ""


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Train the models that ship, and write their cards.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="which (default: all)")
    parser.add_argument("--runs", type=Path, default=Path("runs/shipped"), help="where the runs are kept")
    parser.add_argument("--emnist", metavar="DIR", help="where EMNIST's letters lie (default: those are left out)")
    arguments = parser.parse_args(argv)
    for shipment in SHIPMENTS:
        if arguments.names and shipment.name not in arguments.names:
            continue
        if "{emnist}" in shipment.data and arguments.emnist is None:
            print(f"{shipment.name} is left out: say with --emnist where EMNIST's letters lie")
        else:
            ship(shipment, arguments.runs, arguments.emnist or "")
    for of in ENCODERS:
        if not arguments.names or f"{of}-encoder" in arguments.names:
            ship_encoder(of, arguments.runs)


if __name__ == "__main__":
    main()
