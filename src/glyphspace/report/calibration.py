"""Whether a classifier is as sure as it is right."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..figures.reliability import Reliabilities, reliability_diagram
from ..figures.save import to_svg
from ..metrics.calibration import Reliability
from .page import Block, Picture, Text


@dataclass(frozen=True, eq=False)
class Calibrated:
    """How reliable a classifier's certainty is on the test images.

    Attributes:
        plain: of the certainty as it comes.
        temperature, tempered: of the certainty at its temperature; None for a classifier that was not calibrated.
    """

    plain: Reliability
    temperature: float | None = None
    tempered: Reliability | None = None


def tell_calibration(found: Calibrated) -> Iterator[Block]:
    """Expected calibration error before and after, and the reliability diagram."""
    words = (
        "Among the images that a calibrated classifier is 90% sure of, 90% are labelled right. On the test images its "
        f"certainty is {found.plain.error:.4f} off, on average over the images (the expected calibration error). Were "
        f"it perfectly calibrated, it would be {found.plain.chance} off by chance, on so many images."
    )
    curves = {"as it comes": found.plain}
    if found.tempered is None:
        words += " It was not calibrated: glyphspace calibrate does that, where images were held out of training."
    else:
        curves["calibrated"] = found.tempered
        words += (
            f" With its logits divided by {found.temperature:.4f}, a temperature that was fitted on training images "
            f"held out for this, it is {found.tempered.error:.4f} off, and by chance alone {found.tempered.chance}. "
            "Thresholds on this page apply to the certainty as it comes."
        )
    yield Text((words,))
    yield Picture(
        to_svg(reliability_diagram({name: _arrays(curve) for name, curve in curves.items()})),
        "Share of labels that are right against certainty, and how many images have that certainty",
        "On the dashed line a classifier is right exactly as often as it says. Bars are 95% intervals; bins with fewer "
        "than ten images are left out above.",
    )


def _arrays(found: Reliability) -> Reliabilities:
    return Reliabilities(found.counts.numpy(), found.certainty.numpy(), found.accuracy.numpy())
