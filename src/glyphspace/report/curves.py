"""How training went, iteration by iteration and epoch by epoch."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from jaxtyping import Float

from ..core.files import Json
from ..figures.curves import accuracy_curves, advantage_curve, duration_curve, evaluation_curves, loss_curves
from ..figures.save import to_svg
from ..training.history import History
from .page import Block, Picture, Table, Text

WINDOW, TIMED = 100, 25  # iterations averaged, and timed together

_EVEN = "Where neither wins, the discriminator's loss is 2 ln 2 ≈ 1.39 and the generator's {}."
_DRAW = {
    "non-saturating": _EVEN.format("ln 2 ≈ 0.69"),
    "non-saturating-bce": _EVEN.format("ln 2 ≈ 0.69"),
    "minimax": _EVEN.format("−ln 2 ≈ −0.69"),
    "minimax-bce": _EVEN.format("−ln 2 ≈ −0.69"),
    "least-squares": "Where neither wins, the discriminator's loss is 1 and the generator's 0.5.",
    "wasserstein": "The critic's loss is minus its estimate of how far apart real and generated images are, so it "
    "should come up to 0 from below. It only compares them: the level of the generator's loss, and that from which "
    "accuracy counts, mean nothing here.",
    "hinge": "Where neither wins, the discriminator's loss is 2 and the generator's 0.",
    "relativistic": "Where neither wins, both are ln 2 ≈ 0.69. This objective only compares a real image with a "
    "generated one, so the level from which accuracy counts may drift: then one of its two curves rises as the other "
    "falls, and their mean is what to look at.",
}


def tell_gan_curves(history: History, per_epoch: int, objective: str, measured_on: str) -> Iterator[Block]:
    """Losses, the discriminator's accuracy and durations; `measured_on` is what the test images are called here."""
    yield Text(
        (
            "A classifier's loss falls as it gets better. Those of a GAN need not: the two nets pull against each "
            "other, and level curves mean that they keep pace while both improve. " + _DRAW.get(objective, ""),
            "What to look for: a discriminator that is right all the time teaches the generator nothing; one that is "
            "right half of the time has learned nothing itself; sudden jumps can mean that the samples collapsed.",
        )
    )
    yield Picture(
        to_svg(loss_curves(_columns(history, "{}_loss", "generator", "discriminator"), per_epoch, WINDOW)),
        "Curves of the generator's and the discriminator's loss over epochs",
        f"Losses: means of up to {WINDOW} iterations in front of every single one.",
    )
    yield Picture(
        to_svg(accuracy_curves(_columns(history, "{}_accuracy", "real", "fake"), per_epoch, WINDOW)),
        "Curves of the discriminator's accuracy on real and on generated images over epochs",
        "How often the discriminator is right: on real images, and on fake ones, fresh from the generator.",
    )
    yield from _advantage(history.column("advantage"), per_epoch)
    yield from _evaluations(
        history.evaluations,
        {
            "accuracy": ("accuracy", "The discriminator's accuracy {when}, on real and generated images."),
            "discriminator_loss": ("loss of the discriminator", "The discriminator's loss {when}."),
            "generator_loss": ("loss of the generator", "The generator's loss {when}."),
        },
        f"A discriminator that does much better on training images than on {measured_on} images has begun to learn "
        "them by heart.",
        measured_on,
    )
    yield _durations(history, per_epoch)


def tell_classifier_curves(history: History, per_epoch: int, measured_on: str) -> Iterator[Block]:
    """Loss and accuracy over iterations, both as evaluated on the way, and durations."""
    yield Text(
        (
            "The loss is the cross-entropy: the mean of −ln p, where p is the probability that the net gave to the "
            "right class. It falls as the net gets better, and accuracy rises.",
        )
    )
    yield Picture(
        to_svg(loss_curves(_columns(history, "{}", "loss"), per_epoch, WINDOW)),
        "Curve of the loss over epochs",
        f"Loss: means of up to {WINDOW} iterations in front of every single one.",
    )
    yield Picture(
        to_svg(accuracy_curves(_columns(history, "{}", "accuracy"), per_epoch, WINDOW)),
        "Curve of the accuracy over epochs",
        "Accuracy on the images of each step, changed as the recipe says, before the step learns from them.",
    )
    yield from _evaluations(
        history.evaluations,
        {
            "accuracy": ("accuracy", "Accuracy {when}, on images as they are."),
            "loss": ("loss", "Loss {when}, on images as they are."),
        },
        f"Where training images go on getting better and {measured_on} images do not, the net learns by heart.",
        measured_on,
    )
    yield _durations(history, per_epoch)


def _advantage(advantage: Float[np.ndarray, " iterations"], per_epoch: int) -> Iterator[Block]:
    """How many updates the discriminator had for each of the generator, unless they took turns."""
    if np.ptp(advantage) > 0:
        yield Picture(
            to_svg(advantage_curve(advantage, per_epoch)),
            f"Curve of the discriminator's advantage over epochs, from {advantage.min():.3g} to {advantage.max():.3g}",
            "The advantage: updates of the discriminator for each of the generator.",
        )
    elif advantage[0] != 1:
        yield Text((f"The discriminator had {advantage[0]:.3g} updates for each of the generator.",))


def _columns(history: History, pattern: str, *names: str) -> Mapping[str, Float[np.ndarray, " iterations"]]:
    return {name: history.column(pattern.format(name)) for name in names}


def _evaluations(
    found: Sequence[Json], quantities: Mapping[str, tuple[str, str]], lesson: str, measured_on: str
) -> Iterator[Block]:
    splits = {"training": "train", measured_on: "test"}  # what a curve is called, and how the history names it
    if not found:
        yield Text(("The run ended within its first epoch, so there are no evaluations at the end of one.",))
        return
    yield Text((lesson,))
    if len(found) == 1:
        yield _evaluated_once(found[0], quantities, splits)
        return
    epochs = np.array([each["epoch"] for each in found])
    when = "after each epoch" if epochs[0] <= 1 else f"after every {epochs[0]:g} epochs"
    for key, (title, caption) in quantities.items():
        scores = {label: np.array([each[f"{name}_{key}"] for each in found]) for label, name in splits.items()}
        last = ", ".join(f"{values[-1]:.4f} on {label}" for label, values in scores.items())
        yield Picture(
            to_svg(evaluation_curves(title, epochs, scores)),
            f"Curves of the {title} {when} on training and {measured_on} images; at the end {last}",
            f"{caption.format(when=when)} At the end: {last} images.",
        )


def _evaluated_once(found: Json, quantities: Mapping[str, tuple[str, str]], splits: Mapping[str, str]) -> Table:
    rows = (
        (title, *(f"{found[f'{name}_{key}']:.4f}" for name in splits.values()))
        for key, (title, _) in quantities.items()
    )
    return Table(("", *splits), tuple(rows), f"After epoch {found['epoch']:g}")


def _durations(history: History, per_epoch: int) -> Picture:
    return Picture(
        to_svg(duration_curve(history.column("seconds"), per_epoch, TIMED)),
        f"Curve of the seconds that {TIMED} iterations took over epochs",
        f"Seconds per {TIMED} iterations. Peaks are the machine doing something else.",
    )
