"""Advantage: how many updates the discriminator has for each of the generator, as in "Training CGAN on MNIST".

Every update is on a fresh batch, so an epoch is one pass of the discriminator over the images.
"""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import nn

from ..core.errors import BadInput
from ..core.registry import Registry


@dataclass(frozen=True)
class Schedule:
    """The advantage as the run goes on; this one begins at 1 and stays there.

    Attributes:
        number: what it is written with; `least` and `most` bound it.
        heeds: whether it depends on the discriminator's accuracy.
    """

    number: float = 1.0
    least: ClassVar[float] = 1.0
    most: ClassVar[float] = 1000.0
    heeds: ClassVar[bool] = False

    def within(self, now: float, phase: float) -> float:
        """From the advantage `now` and the share of the epoch that is done to the next advantage."""
        return now

    def after(self, now: float, accuracy: float) -> float:
        """The advantage of the next epoch, from that of the last one and the accuracy in it."""
        return now


class Fixed(Schedule):
    """Always the same; it need not be whole: 8.5 is eight and nine updates in turn."""

    def within(self, now: float, phase: float) -> float:
        return self.number


@dataclass(frozen=True)
class Adaptive(Schedule):
    """One more after each epoch in which the accuracy, of real and fake together, is below `number`; else 1 again."""

    number: float = 0.8
    least: ClassVar[float] = 0.0
    most: ClassVar[float] = 1.0
    heeds: ClassVar[bool] = True

    def after(self, now: float, accuracy: float) -> float:
        return now + 1 if accuracy < self.number else 1.0


@dataclass(frozen=True)
class Cyclic(Schedule):
    """From 1 up to `number` and down again in each epoch."""

    number: float = 9.0

    def within(self, now: float, phase: float) -> float:
        return 1 + (self.number - 1) * (1 - abs(1 - 2 * phase))


advantages: Registry[type[Schedule]] = Registry("advantage")
advantages.add("fixed", Fixed)
advantages.add("adaptive", Adaptive)
advantages.add("cyclic", Cyclic)


def find_advantage(text: str) -> Schedule:
    """The schedule that is written as its name and its number: "fixed:8.5", "adaptive:0.8", "cyclic:9", "adaptive".

    Raises:
        BadInput: there is no such schedule, or a number that it cannot have.
    """
    name, _, number = text.partition(":")
    kind = advantages[name.strip()]
    try:
        made = kind(float(number)) if number.strip() else kind()
    except ValueError:
        raise BadInput(f"{text!r} is no advantage; write it as fixed:9, adaptive:0.8 or cyclic:9") from None
    if not kind.least <= made.number <= kind.most:
        raise BadInput(
            f"the number of the advantage {name!r} lies from {kind.least:g} to {kind.most:g}, not {made.number:g}"
        )
    return made


class Advantage(nn.Module):
    """A schedule under way: says when the generator has its turn. Its buffers are all that it remembers."""

    now: torch.Tensor
    ahead: torch.Tensor
    right: torch.Tensor

    def __init__(self, schedule: Schedule, per_epoch: int) -> None:
        super().__init__()
        self.schedule, self.per_epoch = schedule, per_epoch
        for name, value in (("now", 1.0), ("ahead", 0.0), ("right", 0.0)):
            self.register_buffer(name, torch.tensor(value, dtype=torch.float64))

    def turn(self, step: int) -> bool:
        """Count the discriminator's update of this step; True when the generator has one after it."""
        self.now.fill_(self.schedule.within(float(self.now), step % self.per_epoch / self.per_epoch))
        self.ahead += 1
        if self.ahead < self.now:
            return False
        self.ahead.sub_(self.now).remainder_(1)  # what is left of a fraction; a lead from before it fell is forgotten
        return True

    def heed(self, step: int, accuracy: torch.Tensor) -> None:
        """Take note of the discriminator's accuracy in this step; at the end of an epoch the advantage follows it."""
        if not self.schedule.heeds:
            return
        self.right += accuracy.to(self.right)
        if (step + 1) % self.per_epoch == 0:
            self.now.fill_(self.schedule.after(float(self.now), float(self.right) / self.per_epoch))
            self.right.zero_()
