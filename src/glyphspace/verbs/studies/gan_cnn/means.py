"""Sections 3.3 and 3.4: mean latents, norms, distances and what can be told of a label from them."""

from collections.abc import Iterator

from ....core.files import Json
from ....latent.decode import z_dim
from ....latent.means import norms
from ....latent.prior import priors
from ....report.apart import agreed
from ....report.page import Block, Pictures
from ....report.verdict import Part, Verdict, mean, number, spread
from ...explore.distances import IN_SAMPLE, distances
from ...explore.findings import Findings, plain
from ...explore.means import means
from ..frame import Bench, Chapter, Results, Step
from .subjects import basis, of_pairs, pairs

NUMBERS = 100  # of the report's latents
MDM, COMMONEST = "nearest mean (MDM)", "commonest class"


def _means(bench: Bench) -> Findings:
    count = bench.pick(10_000, 100_000)
    found = [means(generator, classifier=classifier, count=count) for generator, classifier in pairs(bench)]
    laws = ("normal", "uniform")
    lengths = {name: float(norms(priors[name](10_000, NUMBERS, 0, "norms")).mean()) for name in laws}
    numbers = {
        "of": of_pairs(bench),
        "count": count,
        "z": z_dim(pairs(bench)[0][0]),
        "runs": [plain(each.numbers) for each in found],
        "norms of 100 numbers": lengths,
    }
    return Findings("means", found[0].asked, numbers, found[0].figures)


def _distances(bench: Bench) -> Findings:
    count = bench.pick(6_000, 50_000)
    found = [distances(generator, classifier=classifier, count=count) for generator, classifier in pairs(bench)]
    numbers = {"of": of_pairs(bench), "count": count, "runs": [plain(each.numbers) for each in found]}
    return Findings("distances", found[0].asked, numbers, found[0].figures)


def _tell_means(results: Results) -> Iterator[Block | Verdict]:
    found = results["means"]
    runs = found["runs"]
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
                agreed(count == 9 for count in others),
            ),
            Part(
                "that of 4 is not",
                "a mixture",
                f"read with a certainty of {spread([certainty for _, certainty in fours], '.3f')}"
                if fours
                else "none is drawn",
                agreed(not good for good, _ in fours),
            ),
        ),
        basis(found, f"{found['count']:,} latents", len(runs)),
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
    long = [mean(run["mean norm of the latents"]) for run in runs]
    times = [theirs / length for theirs, length in zip(long, short, strict=True)]
    yield Verdict(
        "14",
        "3.4.1",
        "A random latent has a norm of 9 on average, the mean latent of a class one of 1: as if the latents of a label "
        "were evenly spread in each direction.",
        (
            Part(
                f"latents of {NUMBERS} numbers have a norm of 9",
                "9",
                f"{lengths['normal']:.2f} drawn from N(0, 1), {lengths['uniform']:.2f} with torch.rand",
                any(abs(length - 9) < 0.5 for length in lengths.values()),
            ),
            Part(
                "the mean latents have one near 1 (0.5 to 2)",
                "1",
                f"{spread(short, '.2f')}, of latents of {found['z']} numbers",
                agreed(0.5 < length < 2 for length in short),
            ),
            Part(
                "and much less than the latents they are the mean of (a third or less)",
                "9 times",
                f"{spread(times, '.1f')} times: these are {spread(long, '.2f')} long",
                agreed(each > 3 for each in times),
            ),
        ),
        basis(found, f"{found['count']:,} latents; the law on 10,000 of {NUMBERS} numbers", len(runs)),
        "The mean of many independent directions is short whatever they are: what is left of it is the shift of the "
        "class, small beside the spread." + _fewer_numbers(found["z"]),
    )


def _fewer_numbers(z: int) -> str:
    """What to say where the generator's latents are not as long as the report's."""
    if z == NUMBERS:
        return ""
    return f" The latents of this generator have {z} numbers and are {number(z**0.5, '.2g')} long to begin with."


def _tell_distances(results: Results) -> Iterator[Block | Verdict]:
    whole = results["distances"]
    runs = whole["runs"]
    yield results.picture(
        "distances",
        "means",
        "The mean distance of the latents of each class to each mean latent",
        "Figure 16: how far the latents of each class are from each mean latent.",
    )
    yield results.picture(
        "distances", "agreement", "How often rules that see only z agree with the classifier, over its certainty"
    )
    yield _matrices(results, [row["certainty"] for row in runs[0]["agreement with the classifier"][MDM]])

    by_rule = [run["agreement with the classifier"] for run in runs]
    reached = [{row["certainty"] for row in found[MDM]} for found in by_rule]  # fewer where few latents are certain
    first, last = min(set.intersection(*reached)), max(set.intersection(*reached))

    def agreement(rule: str, certainty: float) -> list[float]:
        return [row["agreement"] for found in by_rule for row in found[rule] if row["certainty"] == certainty]

    found = [_gap(run["distance of latents (rows) to means (columns)"]) for run in runs]
    gaps = [gap for gap in found if gap is not None]
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
                agreed(share > 0.7 for share in agreement(IN_SAMPLE, first)),
            ),
            Part(
                f"and more at a certainty of {last:g}",
                "at 0.98",
                f"{spread(agreement(IN_SAMPLE, last), '.1%')} and {spread(agreement(MDM, last), '.1%')}",
                agreed(more > less for more, less in zip(agreement(MDM, last), agreement(MDM, first), strict=True))
                if last > first
                else None,
            ),
            Part(
                "a latent is much nearer to the mean of its class than to others (at most 0.8 times as far)",
                "clusters",
                f"{spread(gaps, '.3f')} times as far" if gaps else "one class is drawn, and there are no others",
                agreed(gap < 0.8 for gap in gaps) if len(gaps) == len(runs) else None,
            ),
        ),
        basis(whole, f"{whole['count']:,} latents", len(runs)),
        "A class is no cluster but a region: its mean is a direction in which it lies, and latents on both sides of a "
        "border are as near to each other as any.",
    )


def _matrices(results: Results, certainties: list[float]) -> Pictures:
    """Figures 17 and 18: MDM against the classifier, of all latents and of those that it is surest of."""
    ends = sorted({certainties[0], certainties[-1]})
    return Pictures(
        tuple(
            results.picture(
                "distances",
                f"mdm-{certainty:g}",
                f"Class by the nearest mean for each class by the classifier, from a certainty of {certainty:g} on",
                f"A certainty of {certainty:g} or more.",
            )
            for certainty in ends
        ),
        "Figures 17 and 18: what the nearest mean makes of the latents of each class, in shares of it.",
    )


def _gap(far: list[list[float | None]]) -> float | None:
    """How many times as far as to other means latents are from their own; of the classes that are drawn, if not one."""
    cells = [(i == j, value) for i, row in enumerate(far) for j, value in enumerate(row) if value is not None]
    own, others = ([value for same, value in cells if same == wanted] for wanted in (True, False))
    return mean(own) / mean(others) if others else None


STEPS = (Step("means", _means), Step("distances", _distances))
CHAPTERS = (
    Chapter("3.3 Mean latents", "means", ("means",), _tell_means),
    Chapter("3.4.1 Norms", "norms", ("means",), _tell_norms),
    Chapter("3.4.2 Distances, and MDM", "distances", ("distances",), _tell_distances),
)
