"""Recipes by name. Adding one is one `add` in the file of its kind; a new kind is a file and a line here."""

from . import best, documents, features, ours  # noqa: F401  # they register their recipes
from .reading import find_recipe, override, read_recipe
from .recipe import ClassifierRecipe, GanRecipe, Recipe, add, recipes

__all__ = ["ClassifierRecipe", "GanRecipe", "Recipe", "add", "find_recipe", "override", "read_recipe", "recipes"]
