"""Sections 3.1 and 3.2: what certainty says of a sample, and how often each class comes."""

import math
from collections.abc import Iterator

import torch
from matplotlib.figure import Figure

from ....core.files import Json
from ....data import load_dataset
from ....figures.distributions import class_shares
from ....figures.rows import Row, captioned_rows
from ....latent.decode import z_dim
from ....latent.distribution import distribution
from ....latent.labelled import LabelledLatents, label
from ....latent.prior import priors
from ....metrics.features import extract
from ....metrics.frechet import frechet_distance, statistics
from ....metrics.manifold import compare_manifolds
from ....report.apart import above, agreed, below
from ....report.page import Block, Text
from ....report.verdict import Basis, Part, Verdict, spread
from ....zoo import feature_network
from ...explore import Findings
from ..frame import Bench, Chapter, Results, Step
from .subjects import basis, looks, of_looks, of_pairs, pairs

THRESHOLDS = (0.5, 0.95)  # of the report
ALIKE = 1_000  # images on either side of a comparison
SHOWN = 12


def _quality(bench: Bench) -> Findings:
    """How good samples are by their certainty: under 0.95, and from there on; as many of each."""
    runs: list[Json] = []
    figures: dict[str, Figure] = {}
    for generator, classifier, latents in looks(bench):
        labelled = label(generator, classifier, latents)
        judge = feature_network(generator.dataset, "judging").net
        real = extract(judge, load_dataset(generator.dataset, "test").images[: bench.pick(3_000, 10_000)])
        unsure, sure = (labelled.take(of.nonzero().flatten()[:ALIKE]) for of in _sides(labelled))
        some = min(len(unsure), len(sure))
        found: Json = {"images": some, "share from": float(_sides(labelled)[1].double().mean())}
        for name, part in (("under", unsure), ("from", sure), ("any", labelled)):
            seen = extract(judge, part.images[:some])
            found[name] = {
                "precision": compare_manifolds(real, seen).precision,
                "distance": frechet_distance(statistics(real), statistics(seen)),
            }
        runs.append(found)
        figures = figures or {"samples": captioned_rows([_row("under 0.95", unsure), _row("from 0.95", sure)])}
        bench.breathe()
    return Findings("quality", {"seeds": len(runs)}, {"of": of_looks(bench), "runs": runs}, figures)


def _sides(labelled: LabelledLatents) -> tuple[torch.Tensor, torch.Tensor]:
    sure = labelled.certainty >= 0.95
    return ~sure, sure


def _row(title: str, some: LabelledLatents) -> Row:
    """Images with their certainty, cut off and not rounded, so that none under 0.95 is said to have it."""
    shown = some.take(range(min(SHOWN, len(some))))
    captions = [f"{math.floor(100 * certainty) / 100:.2f}" for certainty in shown.certainty.tolist()]
    return Row(title, shown.images.numpy(), captions)


def _classes(bench: Bench) -> Findings:
    """How often each class comes, of latents as generators are trained on and as the report draws them."""
    counts = load_dataset("mnist", "train").class_counts().double()
    real = (counts / counts.sum()).numpy()
    runs: list[Json] = []
    figures: dict[str, Figure] = {}
    many = bench.pick(10_000, 50_000)
    for generator, classifier in pairs(bench):
        found: Json = {}
        for prior in ("normal", "uniform"):
            latents = priors[prior](many, z_dim(generator), 0, "study")
            counted = distribution(label(generator, classifier, latents), THRESHOLDS)
            found[prior] = {"shares": counted.shares.tolist(), "kept": (counted.kept / len(latents)).tolist()}
            names = [f"certainty ≥ {threshold:g}" for threshold in THRESHOLDS]
            shares = dict(zip(names, counted.shares.numpy(), strict=True))
            figures.setdefault(prior, class_shares(counted.classes, shares, real))
        runs.append(found)
        bench.breathe()
    return Findings("classes", {"seeds": len(runs)}, {"of": of_pairs(bench), "count": many, "runs": runs}, figures)


def _tell_quality(results: Results) -> Iterator[Block | Verdict]:
    found = results["quality"]
    runs = found["runs"]
    yield results.picture("quality", "samples", "Samples under a certainty of 0.95, and samples from there on")

    def values(name: str, side: str) -> list[float]:
        return [run[side][name] for run in runs]

    def both(name: str, one: str, other: str, written: str) -> str:
        return " against ".join(spread(values(name, side), written) for side in (one, other))

    shares = [run["share from"] for run in runs]
    yield Verdict(
        "11",
        "3.1",
        "The classifier's certainty is a good estimator of quality: samples from 0.95 on are better.",
        (
            Part(
                "samples from 0.95 on lie among real images more often than others (precision)",
                "by eye",
                both("precision", "from", "under", ".3f"),
                above(values("precision", "from"), values("precision", "under")),
            ),
            Part(
                "they are nearer to real images as a whole (Fréchet distance)",
                "by eye",
                both("distance", "from", "under", ".1f"),
                below(values("distance", "from"), values("distance", "under")),
            ),
            Part(
                "keeping only those makes a set of samples better than taking all (Fréchet distance)",
                "—",
                both("distance", "from", "any", ".2f"),
                below(values("distance", "from"), values("distance", "any")),
            ),
        ),
        Basis(found["of"], len(runs)),
        f"A share of {spread(shares, '.1%')} has a certainty of 0.95 or more; {runs[0]['images']:,} images stood on "
        "either side.",
    )


def _tell_classes(results: Results) -> Iterator[Block | Verdict]:
    found = results["classes"]
    runs = found["runs"]
    for prior, words in (("normal", "N(0, 1), as in training"), ("uniform", "U[0, 1), as the report draws them")):
        yield results.picture(
            "classes", prior, f"Shares of the classes, latents drawn from {words}", f"Latents drawn from {words}."
        )
    yield Text(
        (
            "The report draws its latents with torch.rand, that is, from a corner of the space that the generator was "
            "hardly ever trained in. Some of what it sees comes of that.",
        )
    )

    def shares(prior: str, *digits: int) -> list[float]:
        return [sum(run[prior]["shares"][-1][digit] for digit in digits) for run in runs]

    def both(*digits: int) -> str:
        uniform, normal = (spread(shares(prior, *digits), ".1%") for prior in ("uniform", "normal"))
        return f"{uniform}; with normal latents {normal}"

    least = [min(run["uniform"]["shares"][0]) for run in runs]
    yield Verdict(
        "12",
        "3.2",
        "All labels are represented; of latents with a certainty of 0.95 45% are 0 or 1, and hardly any are 2 or 5.",
        (
            Part(
                "every class comes",
                "all",
                f"the rarest {spread(least, '.2%')} at 0.5",
                agreed(share > 0 for share in least),
            ),
            Part(
                "0 and 1 have 45% at 0.95 (within 10 points)",
                "45%",
                both(0, 1),
                agreed(abs(share - 0.45) < 0.1 for share in shares("uniform", 0, 1)),
            ),
            Part(
                "2 and 5 hardly come (under 5%)",
                "barely any",
                both(2, 5),
                agreed(share < 0.05 for share in shares("uniform", 2, 5)),
            ),
        ),
        basis(found, f"{found['count']:,} latents of either kind", len(runs)),
    )


STEPS = (Step("quality", _quality), Step("classes", _classes))
CHAPTERS = (
    Chapter("3.1 What certainty is worth", "quality", ("quality",), _tell_quality),
    Chapter("3.2 Which classes come", "classes", ("classes",), _tell_classes),
)
