"""What a study measured, in the words that every study uses for it."""

from ...latent.decode import z_dim
from ...nets.model import Model
from ...training.recipes import GanRecipe, Recipe


def setting(recipe: Recipe, steps: int) -> str:
    """By what recipe how much was trained: "reference:z_dim=100 against reference, 300 steps of 32 images"."""
    nets = f"{recipe.generator} against {recipe.discriminator}" if isinstance(recipe, GanRecipe) else recipe.classifier
    return f"{nets}, {steps:,} steps of {recipe.batch_size} images"


def described(model: Model) -> str:
    """A generator by its net and its latents: "fast, z of 64 numbers"."""
    return f"{model.architecture}, z of {z_dim(model)} numbers"
