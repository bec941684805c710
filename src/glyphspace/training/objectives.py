"""What a GAN's two players minimise: pure functions of the discriminator's logits.

Each takes the logits of real and of generated images, [n] each, and returns one loss; above 0 means "real". Adding an
objective is one `objectives.add`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import relu, softplus

from ..core.registry import Registry

Loss = Callable[[Float[Tensor, " n"], Float[Tensor, " n"]], Float[Tensor, ""]]


@dataclass(frozen=True)
class Objective:
    """A pair of losses of (real logits, fake logits) and where they come from."""

    discriminator: Loss
    generator: Loss
    source: str


def cross_entropy(real: Float[Tensor, " n"], fake: Float[Tensor, " n"]) -> Float[Tensor, ""]:
    """-log D(x) - log(1 - D(G(z))): binary cross-entropy with logits, summed over real and fake."""
    return softplus(-real).mean() + softplus(fake).mean()


def saturating(real: Float[Tensor, " n"], fake: Float[Tensor, " n"]) -> Float[Tensor, ""]:
    """log(1 - D(G(z))): the generator's side of the minimax game, flat where the discriminator is sure."""
    return -softplus(fake).mean()


def non_saturating(real: Float[Tensor, " n"], fake: Float[Tensor, " n"]) -> Float[Tensor, ""]:
    """-log D(G(z)): the same fixed point as the minimax game, steep where the discriminator is sure."""
    return softplus(-fake).mean()


def hinge(real: Float[Tensor, " n"], fake: Float[Tensor, " n"]) -> Float[Tensor, ""]:
    """Logits beyond ±1 on the right side cost nothing."""
    return relu(1 - real).mean() + relu(1 + fake).mean()


def raise_fake(real: Float[Tensor, " n"], fake: Float[Tensor, " n"]) -> Float[Tensor, ""]:
    """The generator's linear loss, beside the hinge."""
    return -fake.mean()


def pairing(real: Float[Tensor, " n"], fake: Float[Tensor, " n"]) -> Float[Tensor, ""]:
    """A real image should be above the fake one it is paired with."""
    return softplus(fake - real).mean()


def unpairing(real: Float[Tensor, " n"], fake: Float[Tensor, " n"]) -> Float[Tensor, ""]:
    """The fake image should be above the real one it is paired with."""
    return softplus(real - fake).mean()


objectives: Registry[Objective] = Registry("objective")
objectives.add("minimax", Objective(cross_entropy, saturating, "Generative Adversarial Nets, 2014, equation 1"))
objectives.add(
    "non-saturating", Objective(cross_entropy, non_saturating, "Generative Adversarial Nets, 2014, section 3")
)
objectives.add("hinge", Objective(hinge, raise_fake, "Geometric GAN, 2017; Spectral Normalization for GANs, 2018"))
objectives.add("relativistic", Objective(pairing, unpairing, "The relativistic discriminator, 2018; R3GAN, 2024"))
