"""Which nets and objectives go together: what cannot be is refused before any training, what will hurt is said."""

from collections.abc import Iterator

import torch
from torch import nn

from ..core.errors import BadInput
from ..nets.condition import condition_dim, told
from ..nets.registries import LabellingDiscriminator, sees_both, undecided
from .auxiliary import namings, rewards
from .objectives import objectives
from .recipes import GanRecipe
from .referee import mixes_batch


def check(
    recipe: GanRecipe, generator: nn.Module, discriminator: nn.Module, classifier: nn.Module | None, channels: int
) -> None:
    """Refuse a recipe whose parts make no sense together, for images of so many channels.

    Raises:
        BadInput: says which, and what to do.
    """
    _check_objective(recipe, discriminator)
    _check_what_is_said(recipe, discriminator, channels)
    _check_classes(recipe, generator, discriminator)
    if (reward := rewards[recipe.reward]) is not None:
        if reward.conditional and not condition_dim(generator):
            raise BadInput(f"the reward {recipe.reward!r} needs a conditional generator to ask for classes")
        if classifier is None:
            raise BadInput(f"the reward {recipe.reward!r} needs a classifier of {recipe.data}; none was given")
        if undecided(discriminator):
            raise BadInput(
                f"the reward {recipe.reward!r} is of logits, and {recipe.discriminator!r} gives probabilities"
            )


def _check_objective(recipe: GanRecipe, discriminator: nn.Module) -> None:
    objective, net = objectives[recipe.objective], recipe.discriminator
    gives = "probabilities" if undecided(discriminator) else "logits"
    if gives != objective.takes:
        raise BadInput(
            f"the objective {recipe.objective!r} is of {objective.takes}, and the discriminator {net!r} gives {gives}"
        )
    penalised = recipe.penalty != "none" and recipe.penalty_weight
    if objective.bounded and not recipe.clip and not penalised:
        raise BadInput(
            f"the objective {recipe.objective!r} is unbounded: hold the critic's slope down with --penalty wgan-gp "
            f"--penalty-weight 10 --penalty-every 1, or with --clip 0.01"
        )
    if penalised and gives == "probabilities":
        raise BadInput(
            f"the penalty {recipe.penalty!r} is of the slope of logits, and the discriminator {net!r} gives "
            f"probabilities, whose slope vanishes where they are sure"
        )
    if sees_both(discriminator) and recipe.penalty not in ("none", "wgan-gp"):
        raise BadInput(
            f"the discriminator {net!r} is shown real and fake images in one batch, and the penalty {recipe.penalty!r} "
            f"is of one side alone: take --penalty wgan-gp"
        )
    if recipe.label_smoothing and objective.smoothed is None:
        raise BadInput(f"the objective {recipe.objective!r} has no labels to smooth; leave --label-smoothing at 0")


@torch.no_grad()
def _check_what_is_said(recipe: GanRecipe, discriminator: nn.Module, channels: int) -> None:
    device = next(discriminator.parameters()).device
    images, labels = torch.zeros(2, channels, 28, 28, device=device), torch.zeros(2, dtype=torch.int64, device=device)
    discriminator.eval()  # leaves the statistics of norms as they are; a step begins with training mode
    said = discriminator(images, *told(discriminator, labels))
    if said.shape != (2,):
        raise BadInput(
            f"the discriminator {recipe.discriminator!r} says {said[0].numel()} numbers of an image; "
            f"every objective here is of one"
        )


def _check_classes(recipe: GanRecipe, generator: nn.Module, discriminator: nn.Module) -> None:
    naming, draws, judges = namings[recipe.auxiliary], condition_dim(generator) > 0, condition_dim(discriminator) > 0
    if judges and not draws:
        raise BadInput(
            f"the discriminator {recipe.discriminator!r} is told classes that the generator {recipe.generator!r} is "
            f"not: it would call everything fake that is of another class; take a conditional generator"
        )
    if draws and not judges and naming is None:
        raise BadInput(
            f"nothing would make the generator {recipe.generator!r} heed the class: take a conditional discriminator, "
            f"or one that names classes, as --discriminator auxiliary --auxiliary ac-gan"
        )
    if naming is None:
        if isinstance(discriminator, LabellingDiscriminator):
            fit = "dual-projection" if judges else "ac-gan, and a conditional generator"
            raise BadInput(
                f"the discriminator {recipe.discriminator!r} names classes, which nothing would teach it to: "
                f"add --auxiliary {fit}"
            )
        return
    if not isinstance(discriminator, LabellingDiscriminator) or naming.conditional != judges:
        fit = "cgan-resnet-dual-projection" if naming.conditional else "auxiliary"
        raise BadInput(
            f"the auxiliary loss {recipe.auxiliary!r} is for another kind of discriminator than "
            f"{recipe.discriminator!r}, such as {fit!r}"
        )
    if not draws:
        raise BadInput(f"the auxiliary loss {recipe.auxiliary!r} needs a conditional generator to ask for classes")


def warnings(recipe: GanRecipe, discriminator: nn.Module, precision: str) -> Iterator[str]:
    """What is known to go wrong with this recipe, though it can be trained."""
    if recipe.penalty != "none" and mixes_batch(discriminator):
        yield (
            f"the discriminator {recipe.discriminator!r} has batch norm, so that what it says of an image depends on "
            f"the whole batch, and a gradient penalty, which is meant image by image, no longer bounds its slope "
            f"(Improved Training of Wasserstein GANs, section 4); layer norm does not do that"
        )
    if undecided(discriminator) and precision == "bfloat16":
        yield (
            f"the discriminator {recipe.discriminator!r} gives probabilities, which bfloat16 rounds to 1 from a logit "
            f"of 6 on: the gradient is gone there; add --precision float32"
        )
