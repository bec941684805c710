"""A hand: where the latents come from that a message is written with, and how much is asked of them.

One number leads from wild to neat. It shortens the latents, which draws what is nearer to the middle of what the
generator knows (the truncation of "Large Scale GAN Training for High Fidelity Natural Image Synthesis", 2018), and asks
the classifier for more.
"""

from dataclasses import dataclass, replace

from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput
from ..latent.decode import condition_dim, z_dim
from ..latent.prior import normal
from ..nets.model import Model

NEATNESS = 0.7
LIKENESS = 0.25  # of a hand's letters to each other: how far each strays from the hand's own latent


@dataclass(frozen=True, eq=False)
class Hand:
    """How characters are written.

    Attributes:
        truncation: what latents of the prior are multiplied by.
        certainty: what the classifier must have at least of each character.
        margin: by how many logits its class must lead the next one.
        choices: good drawings of a character, of which the most typical is taken.
        base: float32 [z], the latent that all characters share; None where each has its own.
        stray: with a base, the share of a latent of its own that a character has when it comes again, 0 to 1.
        turn: float32 [z], what all latents are moved by, within the shell that they are in; None moves none.
    """

    truncation: float
    certainty: float
    margin: float
    choices: int
    base: Float32[Tensor, " z"] | None = None
    stray: float = LIKENESS
    turn: Float32[Tensor, " z"] | None = None

    def latents(self, noise: Float32[Tensor, "n z"], strays: Float32[Tensor, " n"]) -> Float32[Tensor, "n z"]:
        """Latents of this hand.

        Args:
            noise: latents of the normal prior.
            strays: from 0, the base itself, to 1, no more like the base than any other; without a base all are 1.
        """
        drawn = self.truncation * noise
        if self.base is not None:  # shares whose squares add up to 1 keep the length that latents have
            drawn = self.base * (1 - strays.square()).sqrt()[:, None] + drawn * strays[:, None]
        if self.turn is None:
            return drawn
        long, there = drawn.norm(dim=1, keepdim=True), drawn + self.turn
        return there * long / there.norm(dim=1, keepdim=True).clamp(min=1e-6)  # no farther out than it was


def anew(neatness: float = NEATNESS) -> Hand:
    """A hand that is drawn anew for each character; from 0, wild, to 1, neat."""
    if not 0 <= neatness <= 1:
        raise BadInput(f"neatness lies between 0, wild, and 1, neat; {neatness:g} does not")
    return Hand(
        truncation=1 - 0.5 * neatness,
        certainty=0.5 + 0.49 * neatness,
        margin=0.5 + 4.5 * neatness,
        choices=1 + round(2 * neatness),
    )


def same(generator: Model, seed: int, neatness: float = NEATNESS) -> Hand:
    """One hand for a whole message, and for every text with this seed: all characters share a latent.

    Raises:
        BadInput: the generator is unconditional, so that the latent alone says which character is drawn.
    """
    hand = anew(neatness)
    return of_latent(generator, hand.truncation * normal(1, z_dim(generator), seed, "hand")[0], neatness)


def of_latent(generator: Model, base: Float32[Tensor, " z"], neatness: float = NEATNESS) -> Hand:
    """The hand whose characters share the latent `base`.

    Raises:
        BadInput: the generator is unconditional.
    """
    if not condition_dim(generator):
        raise BadInput("one hand for all characters needs a conditional generator; with this one, each is drawn anew")
    return replace(anew(neatness), choices=1, base=base)


def turned(hand: Hand, turn: Float32[Tensor, " z"]) -> Hand:
    """`hand`, with `turn` added to all its latents: more slant, say, or a broader pen."""
    return replace(hand, turn=turn if hand.turn is None else hand.turn + turn)
