"""How well drawings read, decided alike on every machine.

Sums of single precision end in other bits on another processor, and a drawing that is just good enough on one is not
on the other. So what comes near to a limit is drawn and read again in double precision, where such differences are
ten million times smaller.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import torch
from jaxtyping import Float, Float64, Int64, UInt8
from torch import Tensor, nn

from ..data.scaling import to_bytes, to_unit
from ..latent.decode import decode
from ..nets.model import Model
from ..nets.use import BATCH, channels_last, evaluating

DOUBT = 0.02  # in a logit: single and double precision differ by much less
# What is asked, share by share: some classes are never sure, as an I is. With nothing left to ask for, the class must
# still be likelier than all others, and the second classifier does not count: it may have no such class.
SHARES = (1.0, 0.5, 0.25, 0.1, 0.05, 0.0)
CLOSE_CALLS = 50  # drawings a pass of double precision


Latents = Float[Tensor, "n z"]
Conditions = Float[Tensor, "n e"] | None


@dataclass(frozen=True, eq=False)
class Scores:
    """What is seen in the drawings at n latents, in logits, row by row.

    Attributes:
        labels: int64 [n], what each shows or was to show; indices into the classifier's classes.
        certainty: log-odds of that class: ln(p / (1 - p)).
        margin: by how much it leads the next class; negative where another one leads.
        agreement: the same by the second classifier; infinite without one, and where the first is of another opinion;
            minus infinity of a class that it does not know.
        typicality: the logit itself. Logits are small where an image is unlike any class ("Energy-based
            Out-of-distribution Detection", 2020).
    """

    labels: Int64[Tensor, " n"]
    certainty: Float[Tensor, " n"]
    margin: Float[Tensor, " n"]
    agreement: Float[Tensor, " n"]
    typicality: Float[Tensor, " n"]

    def take(self, rows: Int64[Tensor, " k"]) -> "Scores":
        """The scores at `rows`, in that order."""
        return Scores(*(getattr(self, each.name)[rows] for each in fields(self)))

    @classmethod
    def join(cls, parts: Sequence["Scores"]) -> "Scores":
        """All of them, one after the other."""
        return cls(*(torch.cat([getattr(part, each.name) for part in parts]) for each in fields(cls)))


@dataclass(frozen=True)
class Limits:
    """What a drawing must have at least, in logits; the second classifier must have half the margin."""

    certainty: float
    margin: float


class Examiner:
    """A generator, the classifier that reads along, and perhaps a second one that must agree."""

    def __init__(self, generator: Model, classifier: Model, second: Model | None = None) -> None:
        self.generator = generator
        self.readers = [classifier] if second is None else [classifier, second]
        self.classes = classifier.classes

    def look(
        self, latents: Latents, conditions: Conditions, asked: Int64[Tensor, " n"] | None = None
    ) -> tuple[UInt8[Tensor, "n 28 28"], Scores]:
        """The drawings at `latents`, n ≥ 1, and their scores.

        Args:
            asked: what they are to show; by default what the classifier takes them for.
        """
        images = decode(self.generator, latents, conditions)
        return images, self._scores([channels_last(reader.net) for reader in self.readers], images, asked)

    def levels(self, latents: Latents, conditions: Conditions, scores: Scores, limits: Limits) -> Int64[Tensor, " n"]:
        """How far down `SHARES` each drawing's limits must be eased until it meets them; the same on every machine.

        Returns: 0 for what meets the limits as they are, and so on; as many as there are shares for what meets none.
        """
        slack = _slack(scores, limits)
        close = (slack.abs() < DOUBT).any(dim=1).nonzero().flatten()
        if len(close):
            slack[close] = _slack(self._exact(latents, conditions, scores.labels, close), limits)
        met = slack >= 0
        return torch.where(met.any(dim=1), met.int().argmax(dim=1), len(SHARES))

    def most_typical(self, latents: Latents, conditions: Conditions, scores: Scores, of: int) -> Int64[Tensor, " m"]:
        """Of each `of` drawings that follow one another, the index of the most typical; the same on every machine."""
        typicality = scores.typicality.double().reshape(-1, of)
        rivals = typicality >= typicality.amax(dim=1, keepdim=True) - DOUBT
        close = (rivals & (rivals.sum(dim=1, keepdim=True) > 1)).flatten().nonzero().flatten()
        if len(close):
            typicality.view(-1)[close] = self._exact(latents, conditions, scores.labels, close).typicality
        return typicality.argmax(dim=1) + torch.arange(len(typicality)) * of

    @cached_property
    def _in_double(self) -> list[nn.Module]:
        return [copy.deepcopy(one.net).double() for one in (self.generator, *self.readers)]

    def _exact(
        self, latents: Latents, conditions: Conditions, labels: Int64[Tensor, " n"], rows: Int64[Tensor, " k"]
    ) -> Scores:
        """The scores of some rows, in double precision from the latents on."""
        generator, *readers = self._in_double
        given = [each[rows].double().split(CLOSE_CALLS) for each in (latents, conditions) if each is not None]
        with evaluating(generator), torch.inference_mode():
            images = torch.cat([to_bytes(generator(*part)) for part in zip(*given, strict=True)])
        return self._scores(readers, images, labels[rows])

    def _scores(self, nets: list[nn.Module], images: UInt8[Tensor, "n 28 28"], asked: Tensor | None) -> Scores:
        logits = logits_of(nets[0], images)
        labels = logits.argmax(dim=1) if asked is None else asked
        own = logits.gather(1, labels[:, None]).squeeze(1)
        others = logits.scatter(1, labels[:, None], -torch.inf)
        lead = _lead(logits, labels)
        agreement = torch.full_like(own, torch.inf)
        for reader, net in zip(self.readers[1:], nets[1:], strict=True):
            known = {name: number for number, name in enumerate(reader.classes)}
            theirs = torch.tensor([known.get(name, -1) for name in self.classes])[labels]
            agreement[theirs < 0] = -torch.inf
            leading = ((lead > -DOUBT) & (theirs >= 0)).nonzero().flatten()  # nobody asks about the others
            agreement[leading] = _lead(logits_of(net, images[leading]), theirs[leading])
        return Scores(labels, own - others.logsumexp(dim=1), lead, agreement, own)


def _lead(logits: Float[Tensor, "n classes"], labels: Int64[Tensor, " n"]) -> Float[Tensor, " n"]:
    """By how much the logit of the label leads the largest other."""
    own = logits.gather(1, labels[:, None]).squeeze(1)
    return own - logits.scatter(1, labels[:, None], -torch.inf).amax(dim=1)


def _slack(scores: Scores, limits: Limits) -> Float64[Tensor, "n shares"]:
    """By how much the worst of all scores is better than it must be, for each of `SHARES`."""
    shares = torch.tensor(SHARES, dtype=torch.float64)
    certainty, margin, agreement = (
        each.double()[:, None] for each in (scores.certainty, scores.margin, scores.agreement)
    )
    agreed = torch.where(shares > 0, agreement - limits.margin / 2 * shares, torch.inf)
    over = (certainty - limits.certainty * shares, margin - limits.margin * shares, agreed)
    return torch.stack(over).amin(dim=0)


@torch.inference_mode()
def logits_of(net: nn.Module, images: UInt8[Tensor, "n 28 28"]) -> Float[Tensor, "n classes"]:
    """The logits of `images` in the precision of the net's own weights."""
    exact = next(net.parameters(), next(net.buffers(), torch.zeros(0))).dtype
    with evaluating(net):
        parts = [net(to_unit(batch).to(exact)) for batch in images.split(BATCH)]
    return torch.cat(parts)
