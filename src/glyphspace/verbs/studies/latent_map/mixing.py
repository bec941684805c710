"""Part 1: two given latents, and mixtures of two and of three."""

from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from ....figures.lines import lines
from ....figures.rows import Row, captioned_rows
from ....latent.decode import z_dim
from ....latent.from_text import read_latents
from ....latent.labelled import label
from ....latent.means import norms
from ....latent.paths import follow
from ....latent.prior import normal
from ....metrics.features import extract
from ....report.page import Block, Text
from ....report.verdict import Part, Verdict, mean, spread
from ....zoo import feature_network
from ...explore import Findings
from ...explore.subject import captions
from ..frame import Bench, Chapter, Results, Step
from ..gan_cnn.subjects import pairs

STEPS_OF_PATH = 11  # a = 0, 0.1, …, 1
OFTEN = 0.8  # the share of pairs from which on a claim of all of them holds
PRINTED = Path(__file__).parent / "printed_latents.txt"


def _given(bench: Bench) -> Findings:
    """The two latents that the report prints, against the law that they should be drawn from."""
    latents = read_latents(PRINTED)
    edges = torch.linspace(-3, 3, 13)
    middles = ((edges[:-1] + edges[1:]) / 2).numpy()
    counts = {f"z{n + 1}": torch.histc(z, 12, -3, 3).numpy() for n, z in enumerate(latents)}
    law = torch.distributions.Normal(0.0, 1.0)
    expected = (latents.shape[1] * (law.cdf(edges[1:]) - law.cdf(edges[:-1]))).numpy()
    figure = lines("how many of the 100 numbers", "value", middles, {**counts, "N(0, 1)": expected}, marks=True)
    found = {"norms": norms(latents).tolist(), "means": latents.mean(1).tolist(), "deviations": latents.std(1).tolist()}
    return Findings("given", {}, found, {"histogram": figure})


def _two(bench: Bench) -> Findings:
    """The image half-way between two latents, against the images at the ends."""
    runs, rows = [], []
    for generator, classifier in pairs(bench):
        count = bench.pick(1_000, 10_000)
        ends = normal(2 * count, z_dim(generator), 0, "mixing").view(count, 2, -1)
        first, middle, last = (label(generator, classifier, z) for z in (ends[:, 0], ends.mean(1), ends[:, 1]))
        seen = [
            extract(feature_network(generator.dataset, "judging").net, each.images) for each in (first, middle, last)
        ]
        pixels = [each.images.flatten(1).float() for each in (first, middle, last)]
        runs.append(
            {
                "pixels": _between(*pixels),
                "features": _between(*seen),
                "label": float(((middle.labels == first.labels) | (middle.labels == last.labels)).double().mean()),
                "norm": float(norms(ends.mean(1)).mean() / norms(ends[:, 0]).mean()),
            }
        )
        given = read_latents(PRINTED)
        other = int((first.labels != last.labels).nonzero()[0]) if (first.labels != last.labels).any() else 0
        points = given if given.shape[1] == z_dim(generator) else ends[other]
        path = label(generator, classifier, follow("two-way", points, STEPS_OF_PATH))
        rows.append(Row("a = 0 … 1", path.images.numpy(), captions(path)))
        bench.breathe()
    return Findings("two", {"seeds": len(runs)}, {"runs": runs}, {"path": captioned_rows(rows)})


def _between(first: Tensor, middle: Tensor, last: Tensor) -> float:
    """The share of triples whose middle is nearer to both ends than these are to each other."""
    apart = torch.linalg.vector_norm(first - last, dim=1)
    near = [torch.linalg.vector_norm(middle - end, dim=1) < apart for end in (first, last)]
    return float((near[0] & near[1]).double().mean())


def _three(bench: Bench) -> Findings:
    """The weights of the three-way mixture, and what it draws."""
    weights = follow("three-way", torch.eye(3), STEPS_OF_PATH)
    generator, classifier = pairs(bench)[0]
    path = label(generator, classifier, follow("three-way", normal(3, z_dim(generator), 1, "mixing"), STEPS_OF_PATH))
    a = torch.linspace(0, 1, STEPS_OF_PATH).numpy()
    figures = {
        "weights": lines("weight", "a", a, {f"z{n + 1}": weights[:, n].numpy() for n in range(3)}, marks=True),
        "path": captioned_rows([Row("a = 0 … 1", path.images.numpy(), captions(path))]),
    }
    return Findings("three", {}, {"weights": weights.tolist()}, figures)


def _tell_given(results: Results) -> Iterator[Block | Verdict]:
    found = results["given"]
    yield Text(
        (
            f"The report prints two latents. They are {found['norms'][0]:.2f} and {found['norms'][1]:.2f} long, where "
            f"100 numbers from N(0, 1) give 10 on average; their numbers deviate by {found['deviations'][0]:.2f} and "
            f"{found['deviations'][1]:.2f} from their means.",
        )
    )
    yield results.picture("given", "histogram", "Histograms of the numbers of both latents beside N(0, 1)")


def _tell_two(results: Results) -> Iterator[Block | Verdict]:
    runs = results["two"]["runs"]
    yield results.picture("two", "path", "Images along a·z1 + (1 − a)·z2 from a = 0 to 1, with labels and certainties")

    def values(name: str) -> list[float]:
        return [run[name] for run in runs]

    yield Verdict(
        "28",
        "Part 1",
        "The image at a latent between two others is between their two images.",
        (
            Part(
                "half-way it is nearer to both images than these to each other, pixel by pixel (four pairs of five)",
                "one path",
                f"in {spread(values('pixels'), '.0%')} of pairs",
                mean(values("pixels")) > OFTEN,
            ),
            Part(
                "and in features of a judging network",
                "—",
                f"in {spread(values('features'), '.0%')} of pairs",
                mean(values("features")) > OFTEN,
            ),
            Part(
                "it is read as one of the two classes",
                "a 9 and a 4",
                f"in {spread(values('label'), '.0%')} of pairs",
                mean(values("label")) > OFTEN,
            ),
        ),
        f"Half-way between two latents a latent has {mean(values('norm')):.2f} of their norm, where hardly any were "
        "trained on; its image is often a plainer one of a third class.",
    )


def _tell_three(results: Results) -> Iterator[Block | Verdict]:
    weights = results["three"]["weights"]
    middle = weights[len(weights) // 2]
    yield results.picture("three", "weights", "The weights of z1, z2 and z3 over a")
    yield results.picture("three", "path", "Images along the three-way mixture, with labels and certainties")
    yield Verdict(
        "29",
        "Part 1",
        "At a = 0.5, a·z1 + |0.5 − a|·z2 + (1 − a)·z3 is an equal combination of the three.",
        (
            Part(
                "the three weights are equal",
                "equal",
                " and ".join(f"{weight:.2f}" for weight in middle),
                max(middle) - min(middle) < 0.01,
            ),
            Part("z2 takes part", "a third", f"with a weight of {middle[1]:.2f}", middle[1] > 0),
        ),
        f"The weights of z1 and z3 always sum to 1 there, and z2 is added to them: the sum runs from "
        f"{sum(weights[0]):.2f} at the ends to {sum(middle):.2f} in the middle, where z2 has vanished.",
    )


STEPS = (Step("given", _given), Step("two", _two), Step("three", _three))
CHAPTERS = (
    Chapter("1 Two latents", "given", ("given",), _tell_given),
    Chapter("1 Between two latents", "two", ("two",), _tell_two),
    Chapter("1 Three of them", "three", ("three",), _tell_three),
)
