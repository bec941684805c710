"""What a GAN's two players minimise: pure functions of what the discriminator says.

Each takes what it says of real and of generated images, [n] each, and returns one loss. It says logits, above 0 for
"real", unless the objective is of probabilities. Adding an objective is one `objectives.add`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import binary_cross_entropy, relu, softplus

from ..core.registry import Registry

Said = Float[Tensor, " n"]
Loss = Callable[[Said, Said], Float[Tensor, ""]]
SmoothedLoss = Callable[[Said, Said, float], Float[Tensor, ""]]


@dataclass(frozen=True)
class Objective:
    """A pair of losses of (real, fake) and where they come from.

    Attributes:
        takes: "logits" or "probabilities".
        smoothed: the discriminator's loss when real images count as real but for a share, where that can be said.
        bounded: whether it only means something of a critic whose slope is held down by a penalty or by clipping.
    """

    discriminator: Loss
    generator: Loss
    source: str
    takes: str = "logits"
    smoothed: SmoothedLoss | None = None
    bounded: bool = False


def cross_entropy(real: Said, fake: Said) -> Float[Tensor, ""]:
    """-log D(x) - log(1 - D(G(z))): binary cross-entropy with logits, summed over real and fake."""
    return softplus(-real).mean() + softplus(fake).mean()


def smoothed_cross_entropy(real: Said, fake: Said, share: float) -> Float[Tensor, ""]:
    """The same when a real image is to be called real with probability 1 - `share`; fake ones are left (one-sided)."""
    return cross_entropy(real, fake) + share * real.mean()


def saturating(real: Said, fake: Said) -> Float[Tensor, ""]:
    """log(1 - D(G(z))): the generator's side of the minimax game, flat where the discriminator is sure."""
    return -softplus(fake).mean()


def non_saturating(real: Said, fake: Said) -> Float[Tensor, ""]:
    """-log D(G(z)): the same fixed point as the minimax game, steep where the discriminator is sure."""
    return softplus(-fake).mean()


def probable_cross_entropy(real: Said, fake: Said) -> Float[Tensor, ""]:
    """`cross_entropy` of probabilities, each logarithm cut off at -100 as torch's BCELoss does."""
    return smoothed_probable_cross_entropy(real, fake, 0.0)


def smoothed_probable_cross_entropy(real: Said, fake: Said, share: float) -> Float[Tensor, ""]:
    """`smoothed_cross_entropy` of probabilities."""
    of_real = binary_cross_entropy(real, real.new_full(real.shape, 1 - share))
    return of_real + binary_cross_entropy(fake, fake.new_zeros(fake.shape))


def probable_saturating(real: Said, fake: Said) -> Float[Tensor, ""]:
    """`saturating` of probabilities."""
    return -binary_cross_entropy(fake, fake.new_zeros(fake.shape))


def probable_non_saturating(real: Said, fake: Said) -> Float[Tensor, ""]:
    """`non_saturating` of probabilities."""
    return binary_cross_entropy(fake, fake.new_ones(fake.shape))


def least_squares(real: Said, fake: Said) -> Float[Tensor, ""]:
    """Half the squared distance of real ones from 1 and of fake ones from -1."""
    return ((real - 1).square().mean() + (fake + 1).square().mean()) / 2


def to_real(real: Said, fake: Said) -> Float[Tensor, ""]:
    """The generator's side of it: half the squared distance of fake ones from 1."""
    return (fake - 1).square().mean() / 2


def hinge(real: Said, fake: Said) -> Float[Tensor, ""]:
    """Logits beyond ±1 on the right side cost nothing."""
    return relu(1 - real).mean() + relu(1 + fake).mean()


def earth_mover(real: Said, fake: Said) -> Float[Tensor, ""]:
    """How far the critic sets real above fake; the Wasserstein distance, negative, if its slope is at most 1."""
    return fake.mean() - real.mean()


def raise_fake(real: Said, fake: Said) -> Float[Tensor, ""]:
    """The generator's linear loss, beside the hinge and the critic."""
    return -fake.mean()


def pairing(real: Said, fake: Said) -> Float[Tensor, ""]:
    """A real image should be above the fake one it is paired with."""
    return softplus(fake - real).mean()


def unpairing(real: Said, fake: Said) -> Float[Tensor, ""]:
    """The fake image should be above the real one it is paired with."""
    return softplus(real - fake).mean()


objectives: Registry[Objective] = Registry("objective")

_GAN = "Generative Adversarial Nets, 2014"
objectives.add("minimax", Objective(cross_entropy, saturating, f"{_GAN}, equation 1", smoothed=smoothed_cross_entropy))
objectives.add(
    "non-saturating", Objective(cross_entropy, non_saturating, f"{_GAN}, section 3", smoothed=smoothed_cross_entropy)
)
objectives.add(
    "minimax-bce",
    Objective(
        probable_cross_entropy,
        probable_saturating,
        f"{_GAN}, equation 1, of probabilities",
        "probabilities",
        smoothed_probable_cross_entropy,
    ),
)
objectives.add(
    "non-saturating-bce",
    Objective(
        probable_cross_entropy,
        probable_non_saturating,
        f"{_GAN}, section 3, of probabilities",
        "probabilities",
        smoothed_probable_cross_entropy,
    ),
)
objectives.add(  # the targets are 1 and 0 there; here they lie evenly about what decides
    "least-squares", Objective(least_squares, to_real, "Least Squares Generative Adversarial Networks, 2017")
)
objectives.add("hinge", Objective(hinge, raise_fake, "Geometric GAN, 2017; Spectral Normalization for GANs, 2018"))
objectives.add("wasserstein", Objective(earth_mover, raise_fake, "Wasserstein GAN, 2017", bounded=True))
objectives.add("relativistic", Objective(pairing, unpairing, "The relativistic discriminator, 2018; R3GAN, 2024"))
