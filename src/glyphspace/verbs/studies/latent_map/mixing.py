"""Part 1: two given latents, and mixtures of two and of three."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
from matplotlib.figure import Figure
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
from ....report.apart import agreed
from ....report.page import Block, Text
from ....report.verdict import Basis, Part, Verdict, mean, number, spread
from ....zoo import feature_network
from ...explore import Findings
from ...explore.subject import captions
from ..frame import Bench, Chapter, Results, Step
from .subjects import basis, generator_of_printed, pairs, readers

STEPS_OF_PATH = 11  # a = 0, 0.1, …, 1
OFTEN = 0.8  # the share of pairs from which on a claim of all of them holds
PRINTED = Path(__file__).parent / "printed_latents.txt"


def _given(bench: Bench) -> Findings:
    """The two latents that the report prints, against the law that they should be drawn from."""
    latents = read_latents(PRINTED)
    figure = _histogram({f"z{n + 1}": z for n, z in enumerate(latents)}, {"N(0, 1)": 1.0})
    found = {"norms": norms(latents).tolist(), "means": latents.mean(1).tolist(), "deviations": latents.std(1).tolist()}
    return Findings("given", {}, found, {"histogram": figure})


def _histogram(latents: Mapping[str, Tensor], laws: Mapping[str, float]) -> Figure:
    """How often the numbers of latents have each size, beside normal laws of these deviations."""
    edges = torch.linspace(-3, 3, 13)
    middles = ((edges[:-1] + edges[1:]) / 2).numpy()
    counts = {name: torch.histc(z, 12, -3, 3).numpy() for name, z in latents.items()}
    size = len(next(iter(latents.values())))
    due = {
        name: torch.distributions.Normal(0.0, deviation).cdf(edges).diff() * size for name, deviation in laws.items()
    }
    expected = {name: some.numpy() for name, some in due.items()}
    return lines(f"how many of the {size} numbers", "value", middles, {**counts, **expected}, marks=True)


def _two(bench: Bench) -> Findings:
    """The image half-way between two latents, against the images at the ends."""
    runs, count = [], bench.pick(1_000, 10_000)
    for generator, classifier in pairs(bench):
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
        bench.breathe()
    figure = _drawn(bench, follow("two-way", read_latents(PRINTED), STEPS_OF_PATH))
    return Findings("two", {"seeds": len(runs)}, {"pairs": count, "runs": runs}, {"path": figure})


def _drawn(bench: Bench, path: Tensor) -> Figure:
    """The images along a path of latents as long as the printed ones."""
    drawn = label(generator_of_printed(bench), readers(bench)[0], path)
    return captioned_rows([Row("a = 0 … 1", drawn.images.numpy(), captions(drawn))])


def _between(first: Tensor, middle: Tensor, last: Tensor) -> float:
    """The share of triples whose middle is nearer to both ends than these are to each other."""
    apart = torch.linalg.vector_norm(first - last, dim=1)
    near = [torch.linalg.vector_norm(middle - end, dim=1) < apart for end in (first, last)]
    return float((near[0] & near[1]).double().mean())


def _three(bench: Bench) -> Findings:
    """The weights of the three-way mixture of both printed latents and a third, and what it draws."""
    weights = follow("three-way", torch.eye(3), STEPS_OF_PATH)
    printed = read_latents(PRINTED)
    path = follow("three-way", torch.cat([printed, normal(1, printed.shape[1], 1, "mixing")]), STEPS_OF_PATH)
    middle = path[STEPS_OF_PATH // 2]
    a = torch.linspace(0, 1, STEPS_OF_PATH).numpy()
    figures = {
        "weights": lines("weight", "a", a, {f"z{n + 1}": weights[:, n].numpy() for n in range(3)}, marks=True),
        "path": _drawn(bench, path),
        "histogram": _histogram({"z at a = 0.5": middle}, {"mean of two": 2**-0.5, "mean of three": 3**-0.5}),
    }
    return Findings("three", {}, {"weights": weights.tolist(), "deviation": float(middle.std())}, figures)


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
    found = results["two"]
    runs = found["runs"]
    yield _of_printed(results)
    yield results.picture(
        "two",
        "path",
        "Images along a·z1 + (1 − a)·z2 from a = 0 to 1, with labels and certainties",
        "a·z1 + (1 − a)·z2, the printed latents at its ends: z2 at the left, z1 at the right.",
    )

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
                agreed(share > OFTEN for share in values("pixels")),
            ),
            Part(
                "and in features of a judging network",
                "—",
                f"in {spread(values('features'), '.0%')} of pairs",
                agreed(share > OFTEN for share in values("features")),
            ),
            Part(
                "it is read as one of the two classes",
                "a 9 and a 4",
                f"in {spread(values('label'), '.0%')} of pairs",
                agreed(share > OFTEN for share in values("label")),
            ),
        ),
        basis(results["subjects"], f"{found['pairs']:,} pairs of latents"),
        f"Half-way between two latents a latent has {mean(values('norm')):.2f} of their norm, where hardly any were "
        "trained on; its image is often a plainer one of a third class.",
    )


def _of_printed(results: Results) -> Text:
    """Which generator draws the printed latents."""
    printed = results["subjects"]["printed"]
    return Text(
        (
            f"What is drawn of the printed latents, which have {printed['z']} numbers, is drawn by {printed['of']} "
            f"(Fréchet distance {number(printed['distance'], '.3g')}): another generator than the report's, whose "
            "images of them are others.",
        )
    )


def _tell_three(results: Results) -> Iterator[Block | Verdict]:
    found = results["three"]
    weights, deviation = found["weights"], found["deviation"]
    middle = weights[len(weights) // 2]
    yield results.picture("three", "weights", "The weights of z1, z2 and z3 over a")
    yield results.picture(
        "three",
        "path",
        "Images along the three-way mixture, with labels and certainties",
        "z1 and z2 are the printed latents; z3, which the report does not print, is drawn by chance.",
    )
    yield results.picture(
        "three",
        "histogram",
        "Histogram of the numbers of z at a = 0.5, beside those of a mean of two and of three latents",
        "The numbers of z at a = 0.5, beside what the means of two and of three latents have on average.",
    )
    two, three = (count**-0.5 for count in (2, 3))
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
            Part(
                f"the numbers of z vary like those of a mean of three latents ({three:.2f}), not of two ({two:.2f})",
                "no clear peak",
                f"they deviate by {deviation:.2f}",
                abs(deviation - three) < abs(deviation - two),
            ),
        ),
        Basis("the formula, and its z at a = 0.5 of the printed latents and a third that is drawn", 1),
        f"The weights of z1 and z3 always sum to 1 there, and z2 is added to them: the sum runs from "
        f"{sum(weights[0]):.2f} at the ends to {sum(middle):.2f} in the middle, where z2 has vanished.",
    )


STEPS = (Step("given", _given), Step("two", _two), Step("three", _three))
CHAPTERS = (
    Chapter("1 Two latents", "given", ("given",), _tell_given),
    Chapter("1 Between two latents", "two", ("subjects", "two"), _tell_two),
    Chapter("1 Three of them", "three", ("three",), _tell_three),
)
