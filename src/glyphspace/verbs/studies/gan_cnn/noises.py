"""Section 3.6: noise of each size on samples and on mean latents."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from matplotlib.figure import Figure

from ....core.errors import BadInput
from ....core.files import Json
from ....figures.many_lines import many_lines
from ....figures.matrix import matrix
from ....figures.rows import Row, captioned_rows
from ....latent.labelled import label
from ....latent.means import MeanLatents, mean_latents
from ....latent.noise import SIZES, Noise, Shaken, shake
from ....nets.model import Model
from ....report.apart import agreed
from ....report.page import Block, Pictures
from ....report.verdict import Part, Verdict, spread
from ...explore import Findings
from ...explore.subject import captions
from ..frame import Bench, Chapter, Results, Step
from .subjects import basis, certain, of_pairs, pairs

NOISES = {
    "deviation": Noise("normal", "deviation"),
    "variance": Noise("normal", "variance"),
    "uniform": Noise("uniform"),
}
SAMPLES, AROUND_SAMPLES, AROUND_MEANS = 200, 5, 100  # samples, and variations of each and of each mean
SHOWN_CLASS, SHOWN = 3, 10  # the class and the variations of the report's figure 20
ENDS = (0, -1)  # of the sizes: those of its figures 21 and 22


def _noise(bench: Bench) -> Findings:
    """How often a label survives noise of each size, on samples and on means, by deviation and by variance."""
    runs: list[Json] = []
    figures: dict[str, Figure] = {}
    for generator, classifier in pairs(bench):
        some = certain(bench, generator, classifier)
        if len(some) < 2:
            raise BadInput("a generator draws hardly anything that is certain: there is nothing to shake")
        centres = mean_latents(some)
        means = label(generator, classifier, centres.latents[centres.present])
        few = some.take(range(min(SAMPLES, len(some))))
        places = {"samples": (few, AROUND_SAMPLES), "means": (means, AROUND_MEANS)}
        shaken = {
            f"{where}, {name}": shake(generator, classifier, around, noise, SIZES, variations)
            for where, (around, variations) in places.items()
            for name, noise in NOISES.items()
        }
        runs.append({name: {"kept": one.kept, "certainty": one.certainty} for name, one in shaken.items()})
        if not figures:
            curves = {name: one.kept.numpy() for name, one in shaken.items()}
            figures["kept"] = many_lines("share that keeps its label", "size of the noise σ", np.array(SIZES), curves)
            figures["shaken"] = _around_a_mean(generator, classifier, centres)
            figures |= _confusions(shaken["samples, deviation"], some.classes)
        bench.breathe()
    return Findings("noise", {"sizes": SIZES, "seeds": len(runs)}, {"of": of_pairs(bench), "runs": runs}, figures)


def _around_a_mean(generator: Model, classifier: Model, centres: MeanLatents) -> Figure:
    """The mean latent of 3, or of the first class that there is, with noise of each size."""
    of = SHOWN_CLASS if centres.counts[SHOWN_CLASS] else int(centres.present[0])
    same = label(generator, classifier, centres.latents[of].repeat(SHOWN, 1))
    shaken = shake(generator, classifier, same, NOISES["deviation"], SIZES, 1)
    pages = zip(SIZES, shaken.examples, strict=True)
    return captioned_rows([Row(f"σ {size:g}", one.images.numpy(), captions(one)) for size, one in pages])


def _confusions(shaken: Shaken, classes: Sequence[str]) -> dict[str, Figure]:
    """The labels with noise (columns) for each label without (rows), at the least and at the largest size."""
    figures = {}
    for at in ENDS:
        counts = shaken.matrices[at]
        shares = counts / torch.where((rows := counts.sum(dim=1)) > 0, rows, torch.nan).unsqueeze(1)
        figures[f"confusion-{SIZES[at]:g}"] = matrix(shares.numpy(), classes, classes, "label", "label with noise")
    return figures


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["noise"]
    yield results.picture(
        "noise",
        "shaken",
        "The image of a mean latent with noise of each size",
        "Figure 20: the mean latent of 3 with Gaussian noise, σ its standard deviation.",
    )
    confusions = (
        results.picture(
            "noise", f"confusion-{SIZES[at]:g}", f"Labels with noise of {SIZES[at]:g} by label", f"σ {SIZES[at]:g}"
        )
        for at in ENDS
    )
    yield Pictures(tuple(confusions), "Figures 21 and 22: what becomes of the label of a sample, in shares of each.")
    yield results.picture("noise", "kept", "The share of variations that keep their label, over the size of the noise")
    yield _verdict(found)


def _verdict(found: Json) -> Verdict:
    def part(size: int, where: str, reported: str) -> Part:
        by_deviation, by_variance = (
            [run[f"{where}, {measure}"]["kept"][size] for run in found["runs"]] for measure in ("deviation", "variance")
        )
        words = f"{spread(by_deviation, '.1%')} keep their label; with σ as the variance {spread(by_variance, '.1%')}"
        if size == 0:
            holds = agreed(kept >= 0.9 for kept in by_deviation)
            return Part(f"0.1 around {where} leaves nine labels of ten", reported, words, holds)
        holds = agreed(kept <= 0.75 for kept in by_deviation)
        return Part(f"0.9 around {where} changes a quarter or more", reported, words, holds)

    return Verdict(
        "17",
        "3.6",
        "Noise with a standard deviation of 0.1 leaves samples and means what they are; 0.9 changes many.",
        (
            part(0, "samples", "figure 21"),
            part(-1, "samples", "figure 22"),
            part(0, "means", "—"),
            part(-1, "means", "figure 20"),
        ),
        basis(
            found,
            f"{AROUND_SAMPLES} variations of {SAMPLES} samples and {AROUND_MEANS} of each mean",
            len(found["runs"]),
        ),
        "The assignment's N(0, σI) has the variance σ, so that its 0.9 is a deviation of 0.95 and its 0.1 one of 0.32; "
        "the report speaks of standard deviations.",
    )


STEPS = (Step("noise", _noise),)
CHAPTERS = (Chapter("3.6 Noise", "noise", ("noise",), _tell),)
