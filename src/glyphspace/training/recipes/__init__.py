"""Recipes by name. Adding one is one `add` in the file of its kind; a new kind is a file and a line here."""

from . import best, documents, features, ours  # noqa: F401  # they register their recipes
from .reading import check_parts, find_recipe, is_idle, override, read_recipe
from .recipe import ClassifierRecipe, GanRecipe, Recipe, add, recipes

__all__ = [
    "ClassifierRecipe",
    "GanRecipe",
    "Recipe",
    "add",
    "check_parts",
    "find_recipe",
    "is_idle",
    "override",
    "read_recipe",
    "recipes",
]
