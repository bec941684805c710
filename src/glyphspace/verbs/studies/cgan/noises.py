"""Section 2.5: noise of growing size on z and on the embedding, and which of the two hurts sooner."""

from collections.abc import Iterator

import numpy as np
import torch

from ....core.files import Json
from ....latent.decode import conditions
from ....nets.model import Model
from ....report.apart import agreed
from ....report.page import Block, Text
from ....report.verdict import Part, Verdict, spread
from ...explore import Findings
from ...explore.findings import plain
from ...explore.noise import noise
from ..frame import Bench, Chapter, Results, Step
from .subjects import basis, explored, how_able, only_if_able, reader

SIZES = (0.1, 0.3, 0.5, 0.7, 0.9, 2.0)  # of the assignment, and the report's last
LAST = len(SIZES) - 1
Z, EMBEDDING = "z of samples", "embedding of samples"
KEPT = 0.9  # the share of labels from which on noise is harmless


def _noise(bench: Bench) -> Findings:
    """How many labels survive noise of each size on z and on the embedding, and how far embeddings are apart."""
    runs: list[Json] = []
    models = explored(bench)
    for generator in models:
        bench.breathe()
        found = noise(
            generator,
            classifier=reader(),
            sizes=SIZES,
            count=bench.pick(1_000, 4_000),
            centres=bench.pick(100, 500),
            variations=bench.pick(5, 20),
        )
        runs.append({**{where: plain(found.numbers[where]["kept"]) for where in (Z, EMBEDDING)}, **_apart(generator)})
        if len(runs) == 1:
            named = {"z": "examples-z-of-samples", "embedding": "examples-embedding-of-samples", "kept": "kept"}
            figures = {name: found.figures[figure] for name, figure in named.items()}
    return Findings("noises", {"sizes": SIZES, "seeds": len(runs)}, {"runs": runs}, figures)


def _apart(generator: Model) -> Json:
    """How far the embedding of a class is from the nearest other, how much they vary, how many numbers they have."""
    known = conditions(generator, torch.arange(len(generator.classes)))
    distances = torch.cdist(known, known).fill_diagonal_(torch.inf)
    return {
        "nearest": float(distances.min(1).values.mean()),
        "deviation": float(known.std(0).square().mean().sqrt()),
        "numbers": known.shape[1],
    }


def _tell(results: Results) -> Iterator[Block | Verdict]:
    runs = results["noises"]["runs"]
    yield Text((how_able(results["classes"]),))
    for where, name in (("z", "z"), ("embedding", "the embedding")):
        yield results.picture(
            "noises", where, f"Samples with noise on {name}, a row for each size", f"Noise on {name}, σ from 0.1 to 2."
        )
    yield results.picture("noises", "kept", "The share of labels that are kept over the size of the noise")
    yield _verdict(runs, results["classes"])


def _verdict(runs: list[Json], classes: Json) -> Verdict:
    def kept(where: str, size: int) -> list[float]:
        return [run[where][size] for run in runs]

    nearest, deviation = ([run[name] for run in runs] for name in ("nearest", "deviation"))
    numbers = runs[0]["numbers"]  # the same for every seed
    long = SIZES[LAST - 1] * numbers**0.5
    lost = [float(np.trapezoid(np.subtract(run[Z], run[EMBEDDING]), SIZES)) / (SIZES[-1] - SIZES[0]) for run in runs]
    parts = (
        Part(
            f"noise on z up to {SIZES[LAST - 1]:g} leaves nine labels of ten",
            "robust",
            f"{spread(kept(Z, LAST - 1), '.1%')} keep theirs",
            agreed(share >= KEPT for share in kept(Z, LAST - 1)),
        ),
        Part(
            f"only with the last, {SIZES[LAST]:g}, digits are hard to recognise",
            "ε = 2",
            f"{spread(kept(Z, LAST), '.1%')} keep theirs",
            agreed(share < KEPT for share in kept(Z, LAST)),
        ),
        Part(
            "noise of the same size on the embedding costs more labels",
            "bigger impact",
            f"{spread(kept(EMBEDDING, LAST - 1), '.1%')} keep theirs at {SIZES[LAST - 1]:g}, "
            f"{spread(kept(EMBEDDING, LAST), '.1%')} at {SIZES[LAST]:g}; "
            f"{spread(lost, '.1%')} fewer on average of all sizes",
            agreed(share > 0 for share in lost),
        ),
        Part(
            f"because embeddings lie near each other: nearer than noise of {SIZES[LAST - 1]:g} is long",
            "near each other",
            f"{spread(nearest, '.2f')} to the nearest other, and noise on {numbers} numbers is {long:.2f} long",
            agreed(distance < long for distance in nearest),
        ),
    )
    return Verdict(
        "27",
        "2.5",
        "Noise on z does little harm up to a size of 2; on the embedding it soon changes the class, since the "
        "embeddings of the labels are near each other.",
        only_if_able(classes, parts),
        basis(classes),
        f"The numbers of z have a deviation of 1, those of the embeddings one of {spread(deviation, '.2f')}.",
    )


STEPS = (Step("noises", _noise),)
CHAPTERS = (Chapter("2.5 Noise", "noises", ("noises", "classes"), _tell),)
