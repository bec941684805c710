"""models, recipes: what ships and what can be trained, as plain tables."""

from dataclasses import asdict

from ..core.files import Json
from ..nets import parse
from ..nets.shapes import outline
from ..training.recipes import GanRecipe, Recipe
from ..training.recipes import recipes as registry
from ..zoo import load_shipped, shipped
from ..zoo.shipped import FOLDER


def models() -> list[Json]:
    """Each shipped model with its kind, dataset, classes, parameters, size in bytes, recipe and quality."""
    return [_model(name) for name in shipped()]


def recipes() -> list[Json]:
    """Each recipe with its fields, its nets' parameter counts (for ten classes) and its objective."""
    return [
        {**asdict(recipe), "parameters": parameter_counts(recipe), "loss": _loss(recipe)}
        for recipe in registry.values()
    ]


def parameter_counts(recipe: Recipe) -> dict[str, int]:
    """How many numbers each net of a recipe learns, by kind; a classifier's for ten classes."""
    kinds = ("generator", "discriminator") if isinstance(recipe, GanRecipe) else ("classifier",)
    counts = {}
    for kind in kinds:
        name, numbers = parse(getattr(recipe, kind))
        counts[kind] = sum(parameter.numel() for parameter in outline(kind, name, numbers).parameters())
    return counts


def _loss(recipe: Recipe) -> str:
    if not isinstance(recipe, GanRecipe):
        return "cross-entropy"
    return recipe.objective if recipe.penalty == "none" else f"{recipe.objective}, {recipe.penalty}"


def _model(name: str) -> Json:
    model = load_shipped(name)
    return {
        "name": name,
        "kind": model.kind,
        "dataset": model.dataset,
        "classes": list(model.classes),
        "parameters": model.parameters,
        "bytes": (FOLDER / f"{name}.safetensors").stat().st_size,
        "recipe": dict(model.recipe),
        "training": dict(model.training),
        "quality": dict(model.quality),
    }
