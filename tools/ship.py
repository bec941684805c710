"""Train the models that ship with the package, each by its recipe from a stated seed, and write a card beside each.

    python tools/ship.py            all of them
    python tools/ship.py digits     one

The networks that classify, choose and judge come first, since the generator is judged with them. A run that is there
already is resumed, so this can be stopped and gone on with. Figures on the card are measured here, after training.
"""

import argparse
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from glyphspace.core.files import write_text
from glyphspace.metrics.features import probabilities
from glyphspace.nets.model import Model, save_model
from glyphspace.training.loop import Watcher
from glyphspace.training.recipes import override, recipes
from glyphspace.verbs.evaluate import ClassifierEvaluation, evaluate
from glyphspace.verbs.train import load_splits, train
from glyphspace.zoo.shipped import FOLDER


@dataclass(frozen=True)
class Shipment:
    """A model to ship: what it is called, how it is trained, and what it is for."""

    name: str
    recipe: str
    kind: str
    epochs: float
    seed: int
    purpose: str
    changes: Mapping[str, Any] = field(default_factory=dict)


SHIPMENTS = (
    Shipment(
        "mnist-classifier",
        "cnn-fast",
        "classifier",
        8,
        1,
        "labels generated and real digits, with a certainty",
        {"label_smoothing": 0.0},  # smoothed labels teach it to be unsure
    ),
    Shipment("mnist-choosing", "features-choosing", "classifier", 6, 2, "its features choose between models"),
    Shipment("mnist-judging", "features-judging", "classifier", 6, 3, "its features judge, and choose nothing"),
    Shipment("digits", "gan-fast", "generator", 20, 4, "draws digits from a latent", {"schedule": "cosine"}),
)


def ship(shipment: Shipment, runs: Path) -> None:
    """Train, measure, and put the model with its card into the package."""
    run = train(
        shipment.recipe,
        out=runs / shipment.name,
        epochs=shipment.epochs,
        seed=shipment.seed,
        changes=shipment.changes,
        resume=True,
        watcher=Watcher(evaluated=lambda step, found: print(shipment.name, found, flush=True)),
    )
    model = run.models[shipment.kind]
    quality = measure(model, shipment)
    save_model(FOLDER / f"{shipment.name}.safetensors", model.judged(quality))
    write_text(FOLDER / f"{shipment.name}.md", card(shipment, model.judged(quality)))
    print(shipment.name, quality, flush=True)


def measure(model: Model, shipment: Shipment) -> dict[str, float]:
    """The figures of a model: on the images it held out if it did, else on the test images."""
    recipe = override(recipes[shipment.recipe], {})
    if recipe.hold_out:
        held_out = load_splits(recipe, shipment.seed).test
        right = probabilities(model.net, held_out.images).argmax(1) == held_out.labels
        return {"held-out accuracy": round(float(right.float().mean()), 4)}
    found = evaluate(model)
    if isinstance(found, ClassifierEvaluation):
        return {"test accuracy": round(found.accuracy, 4)}
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
    return {name: round(value, 4) for name, value in figures.items()}


def card(shipment: Shipment, model: Model) -> str:
    """What a person should know before using the model."""
    commit = subprocess.run(("git", "rev-parse", "--short", "HEAD"), capture_output=True, text=True, check=True)
    lines = [
        f"# {shipment.name}",
        "",
        f"A {model.kind} of {model.dataset} images: {shipment.purpose}.",
        "",
        f"- net: `{model.architecture}` with {dict(model.numbers)}, {model.parameters:,} parameters",
        f"- data: {model.dataset}, its training images{_held_out(model)}",
        f"- recipe: `{shipment.recipe}`, {shipment.epochs:g} epochs, seed {shipment.seed}, "
        f"{model.training['steps']:,} steps, {model.training['images']:,} images",
        f"- trained at commit {commit.stdout.strip()}",
        f"- again: `glyphspace train {shipment.recipe} --data {model.dataset} --epochs {shipment.epochs:g} "
        f"--seed {shipment.seed}{_options(shipment.changes)} --out runs/{shipment.name}`",
        "",
        "| figure | value |",
        "| --- | --- |",
        *(f"| {name} | {value} |" for name, value in model.quality.items()),
        "",
    ]
    return "\n".join(lines)


def _options(changes: Mapping[str, Any]) -> str:
    return "".join(f" --{name.replace('_', '-')} {value}" for name, value in changes.items())


def _held_out(model: Model) -> str:
    count = model.recipe.get("hold_out", 0)
    return f" but {count:,} held out of them" if count else ""


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Train the models that ship, and write their cards.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="which (default: all)")
    parser.add_argument("--runs", type=Path, default=Path("runs/shipped"), help="where the runs are kept")
    arguments = parser.parse_args(argv)
    for shipment in SHIPMENTS:
        if not arguments.names or shipment.name in arguments.names:
            ship(shipment, arguments.runs)


if __name__ == "__main__":
    main()
