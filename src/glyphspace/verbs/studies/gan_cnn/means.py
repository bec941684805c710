"""Sections 3.3 and 3.4: mean latents, norms, distances and what can be told of a label from them."""

from collections.abc import Iterator

from ....core.files import Json
from ....latent.means import norms
from ....latent.prior import priors
from ....report.page import Block
from ....report.verdict import Part, Verdict, mean, spread
from ...explore.distances import IN_SAMPLE, distances
from ...explore.findings import Findings, plain
from ...explore.means import means
from ..frame import Bench, Chapter, Results, Step
from .subjects import pairs

MDM, COMMONEST = "nearest mean (MDM)", "commonest class"


def _means(bench: Bench) -> Findings:
    count = bench.pick(10_000, 100_000)
    found = [means(generator, classifier=classifier, count=count) for generator, classifier in pairs(bench)]
    lengths = {name: float(norms(priors[name](10_000, 100, 0, "norms")).mean()) for name in ("normal", "uniform")}
    runs = [plain(each.numbers) for each in found]
    return Findings("means", found[0].asked, {"runs": runs, "norms of 100 numbers": lengths}, found[0].figures)


def _distances(bench: Bench) -> Findings:
    count = bench.pick(6_000, 50_000)
    found = [distances(generator, classifier=classifier, count=count) for generator, classifier in pairs(bench)]
    return Findings("distances", found[0].asked, {"runs": [plain(each.numbers) for each in found]}, found[0].figures)


def _tell_means(results: Results) -> Iterator[Block | Verdict]:
    runs = results["means"]["runs"]
    yield results.picture("means", "images", "The images of the mean latents, with label and certainty")
    seen = [_by_class(run) for run in runs]
    others = [float(sum(good for name, (good, _) in classes.items() if name != "4")) for classes in seen]
    fours = [classes["4"] for classes in seen if "4" in classes]
    yield Verdict(
        "13",
        "3.3",
        "The images of the mean latents are especially good, except that of 4, a mixture of two ways to write it.",
        (
            Part(
                "those of the other nine are read as their class with 0.95 or more",
                "especially good",
                f"{spread(others, '.3g')} of 9",
                min(others) == 9,
            ),
            Part(
                "that of 4 is not",
                "a mixture",
                f"read with a certainty of {spread([certainty for _, certainty in fours], '.3f')}"
                if fours
                else "none is drawn",
                not any(good for good, _ in fours) if fours else None,
            ),
        ),
    )


def _by_class(run: Json) -> dict[str, tuple[bool, float]]:
    """Of the mean of each digit that is drawn: whether its image is surely read as that digit, and how surely."""
    drawn = run["images"]["mean"]
    pairs = zip(run["classes"], drawn["labels"], drawn["certainty"], strict=True)
    return {name: (label == int(name) and certainty >= 0.95, certainty) for name, label, certainty in pairs}


def _tell_norms(results: Results) -> Iterator[Block | Verdict]:
    found = results["means"]
    runs, lengths = found["runs"], found["norms of 100 numbers"]
    yield results.picture(
        "means",
        "norms",
        "The norm of the mean of n latents of a class over n, measured and expected",
        "The mean of n latents is as long as chance leaves it, falling as 1/√n, until the class's own shift remains.",
    )
    short = [mean(run["norm of the mean"]) for run in runs]
    times = [mean(run["mean norm of the latents"]) / length for run, length in zip(runs, short, strict=True)]
    yield Verdict(
        "14",
        "3.4.1",
        "A random latent has a norm of 9 on average, the mean latent of a class one of 1: as if the latents of a label "
        "were evenly spread in each direction.",
        (
            Part(
                "latents of 100 numbers have a norm of 9",
                "9",
                f"{lengths['normal']:.2f} drawn from N(0, 1), {lengths['uniform']:.2f} with torch.rand",
                any(abs(length - 9) < 0.5 for length in lengths.values()),
            ),
            Part("the mean latents have one near 1", "1", f"{spread(short, '.2f')}", 0.5 < mean(short) < 2),
            Part(
                "and much less than the latents they are the mean of",
                "9 times",
                f"{spread(times, '.1f')} times",
                min(times) > 3,
            ),
        ),
        "The mean of many independent directions is short whatever they are: what is left of it is the shift of the "
        "class, small beside the spread.",
    )


def _tell_distances(results: Results) -> Iterator[Block | Verdict]:
    runs = results["distances"]["runs"]
    yield results.picture("distances", "means", "The mean distance of the latents of each class to each mean latent")
    yield results.picture(
        "distances", "agreement", "How often rules that see only z agree with the classifier, over its certainty"
    )

    by_rule = [run["agreement with the classifier"] for run in runs]
    reached = [{row["certainty"] for row in found[MDM]} for found in by_rule]  # fewer where few latents are certain
    first, last = min(set.intersection(*reached)), max(set.intersection(*reached))

    def agreement(rule: str, certainty: float) -> list[float]:
        return [row["agreement"] for found in by_rule for row in found[rule] if row["certainty"] == certainty]

    gaps = [_gap(run["distance of latents (rows) to means (columns)"]) for run in runs]
    yield Verdict(
        "15",
        "3.4.2",
        "Minimum distance to mean agrees with the CNN in more than 70% of cases, more when it is certain; there are "
        "clusters of each label around its mean.",
        (
            Part(
                "the two agree in more than 70%",
                "> 70%",
                f"{spread(agreement(IN_SAMPLE, first), '.1%')} of the latents that the means were taken of, "
                f"{spread(agreement(MDM, first), '.1%')} of new ones; always the commonest class "
                f"{spread(agreement(COMMONEST, first), '.1%')}",
                mean(agreement(IN_SAMPLE, first)) > 0.7,
            ),
            Part(
                f"and more at a certainty of {last:g}",
                "at 0.98",
                f"{spread(agreement(IN_SAMPLE, last), '.1%')} and {spread(agreement(MDM, last), '.1%')}",
                mean(agreement(MDM, last)) > mean(agreement(MDM, first)) if last > first else None,
            ),
            Part(
                "a latent is much nearer to the mean of its class than to others (at most 0.8 times as far)",
                "clusters",
                f"{spread(gaps, '.3f')} times as far",
                mean(gaps) < 0.8,
            ),
        ),
        "A class is no cluster but a region: its mean is a direction in which it lies, and latents on both sides of a "
        "border are as near to each other as any.",
    )


def _gap(far: list[list[float | None]]) -> float:
    """How many times as far as to other means latents are from their own; of the classes that are drawn."""
    cells = [(i == j, value) for i, row in enumerate(far) for j, value in enumerate(row) if value is not None]
    own, others = ([value for same, value in cells if same == wanted] for wanted in (True, False))
    return mean(own) / mean(others)


STEPS = (Step("means", _means), Step("distances", _distances))
CHAPTERS = (
    Chapter("3.3 Mean latents", "means", ("means",), _tell_means),
    Chapter("3.4.1 Norms", "norms", ("means",), _tell_norms),
    Chapter("3.4.2 Distances, and MDM", "distances", ("distances",), _tell_distances),
)
