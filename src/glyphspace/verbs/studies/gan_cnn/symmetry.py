"""Section 1.4: whether images that nobody can read are more symmetric than others."""

from matplotlib.figure import Figure
from torch import Tensor, stack

from ....core.files import Json
from ....figures.grids import labelled_grid
from ....latent.labelled import label
from ....report.apart import above
from ....report.verdict import Part, spread
from ...explore import Findings
from ..frame import Bench, Step
from .subjects import looks, of_looks

SHOWN = 20


def _symmetry(bench: Bench) -> Findings:
    """How like its mirror images a picture is, for samples that the classifier is sure of and for others."""
    runs: list[Json] = []
    figures: dict[str, Figure] = {}
    for generator, classifier, latents in looks(bench):
        seen = label(generator, classifier, latents)
        mirrored = (seen.images.flip(dims) for dims in ((2,), (1,), (1, 2)))
        alike = stack([_likeness(seen.images, each) for each in mirrored]).amax(0)
        unsure, sure = seen.certainty < 0.5, seen.certainty >= 0.95
        worst = seen.take(seen.certainty.argsort()[:SHOWN])
        captions = [f"{certainty:.2f}" for certainty in worst.certainty.tolist()]
        figures = figures or {"worst": labelled_grid(worst.images.numpy(), captions, 10)}
        runs.append(
            {
                "unsure": float(alike[unsure].mean()),
                "sure": float(alike[sure].mean()),
                "count unsure": int(unsure.sum()),
                "count": len(seen),
            }
        )
        bench.breathe()
    return Findings("symmetry", {}, {"of": of_looks(bench), "runs": runs}, figures)


def _likeness(images: Tensor, mirrored: Tensor) -> Tensor:
    """The correlation of each image with its mirror image, pixel by pixel."""
    a, b = (each.flatten(1).double() for each in (images, mirrored))
    a, b = a - a.mean(1, keepdim=True), b - b.mean(1, keepdim=True)
    return (a * b).sum(1) / (a.norm(dim=1) * b.norm(dim=1)).clamp(min=1e-9)


def symmetric(found: Json) -> Part:
    """That unreadable samples are the more symmetric ones; untold where there is a run without either kind."""
    says, reported = "unreadable samples are more symmetric than readable ones", "seen by eye"
    both = [(run["unsure"], run["sure"]) for run in found["runs"] if None not in (run["unsure"], run["sure"])]
    if not both:
        return Part(says, reported, "there are none of one kind", None)
    unsure, sure = zip(*both, strict=True)
    counts = [run["count unsure"] for run in found["runs"]]
    return Part(
        says,
        reported,
        f"likeness to the nearest mirror image {spread(unsure, '.3f')} below a certainty of 0.5 ({sum(counts):,} of "
        f"{sum(run['count'] for run in found['runs']):,} samples), {spread(sure, '.3f')} from 0.95",
        above(unsure, sure),
    )


STEPS = (Step("symmetry", _symmetry),)
