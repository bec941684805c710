"""Part 2: maps of latents and of images."""

from collections import Counter
from collections.abc import Iterator, Mapping

from ....core.files import Json
from ....latent.distances import RULES, told_from
from ....latent.map_quality import purity, trustworthiness
from ....latent.maps import maps
from ....report.page import Block, Text
from ....report.verdict import Part, Verdict, mean, spread
from ...explore.findings import Findings, plain
from ...explore.map import map as make_map
from ...explore.subject import draw, subject
from ..frame import Bench, Chapter, Results, Step
from ..gan_cnn.subjects import pairs

SPACES = ("latents", "images")
CLOSELY = "images"  # the space whose map the claims about room are of


def _sizes(bench: Bench) -> tuple[int, int]:
    return bench.pick((1_000, 2_500), (1_000, 10_000))


def _map(bench: Bench, count: int, prior: str, starts: int) -> Findings:
    generator, classifier = pairs(bench)[0]
    found = make_map(
        generator, classifier=classifier, count=count, prior=prior, of=SPACES, seeds=starts, progress=bench.progress
    )
    return Findings("map", found.asked, plain(found.numbers), found.figures, found.files)


def _small(bench: Bench) -> Findings:
    return _map(bench, _sizes(bench)[0], "normal", 3)


def _large(bench: Bench) -> Findings:
    return _map(bench, _sizes(bench)[1], "normal", bench.pick(2, 3))


def _uniform(bench: Bench) -> Findings:
    return _map(bench, _sizes(bench)[0], "uniform", 0)


def _truth(bench: Bench) -> Findings:
    """How much of the label is in z, whatever a map shows; and t-SNE beside a singular value decomposition."""
    runs = []
    for generator, classifier in pairs(bench):
        about = subject(generator, classifier)
        labelled = draw(about, bench.pick(4_000, 20_000), 0)
        told = {rule: told_from(rule, labelled, (0.0,))[0].agreement for rule in RULES}
        few = labelled.take(range(1_000))
        images = few.images.flatten(1).float()
        laid = {name: maps[name](images, seed=0).positions for name in ("tsne", "pca")}
        runs.append(
            {
                "told": told,
                **{
                    name: {"purity": purity(at, few.labels).share, "trust": trustworthiness(images, at)}
                    for name, at in laid.items()
                },
            }
        )
        bench.breathe()
    return Findings("truth", {"seeds": len(runs)}, plain({"runs": runs}), {})


def _tell_maps(results: Results) -> Iterator[Block | Verdict]:
    found = results["large"]
    yield results.picture("large", "spaces", "Maps of latents and of images, coloured by label")
    z, images = (found["spaces"][name] for name in SPACES)
    runs = results["truth"]["runs"]
    told = {rule: [run["told"][rule] for run in runs] for rule in runs[0]["told"]}
    best = max(("nearest mean (MDM)", "linear probe"), key=lambda rule: mean(told[rule]))
    purities = {name: [run[name]["purity"] for run in runs] for name in ("tsne", "pca")}
    yield Verdict(
        "30",
        "Part 2",
        "A map of the latents shows no clusters of digits, since random numbers are too random for t-SNE to find a "
        "correlation, and one of the images does; t-SNE provides a singular value decomposition.",
        (
            Part(
                "on the map of latents, neighbours share a label little more often than by chance",
                "no clusters",
                f"{z['purity on the map']:.2f}, by chance {z['purity by chance']:.2f}",
                z["purity on the map"] < z["purity by chance"] + 0.15,
            ),
            Part(
                "on the map of images they mostly do",
                "clusters",
                f"{images['purity on the map']:.2f}",
                images["purity on the map"] > 0.6,
            ),
            Part(
                "the labels cannot be found in the latents",
                "too random",
                f"a rule that sees z alone gives {spread(told[best], '.0%')} of new latents their label ({best}), "
                f"always the commonest class {spread(told['commonest class'], '.0%')}",
                mean(told[best]) < 2 * mean(told["commonest class"]),
            ),
            Part(
                "t-SNE is a singular value decomposition",
                "substantially",
                f"neighbours share a label in {spread(purities['tsne'], '.2f')} with t-SNE, "
                f"{spread(purities['pca'], '.2f')} with the first two singular vectors",
                abs(mean(purities["tsne"]) - mean(purities["pca"])) < 0.05,
            ),
        ),
        "Latents that are drawn independently have no clusters to find: a class is a region of one cloud, with borders "
        "but without gaps, and a map of neighbours shows gaps alone.",
    )


def _tell_room(results: Results) -> Iterator[Block | Verdict]:
    small, large = results["small"], results["large"]
    yield results.picture("large", f"areas-{CLOSELY}", "How much of the map of images each digit occupies")
    yield results.picture("large", f"starts-{CLOSELY}", "Maps of the same images from several random starts")
    yield results.picture(
        "large", f"distances-{CLOSELY}", "Distances between classes over the starts, and their spread"
    )
    both = {"1,000": small, "more": large}
    most = {name: [" and ".join(sorted(digits[:2])) for digits in _ranked(one)] for name, one in both.items()}
    least = {name: [digits[-1] for digits in _ranked(one)] for name, one in both.items()}
    near = {name: _nearest(one, 1) for name, one in both.items()}
    opposite = [_farthest(one, 0) for one in both.values()]
    counts = [_share(one, 1) for one in both.values()]
    yield Verdict(
        "31",
        "Part 2",
        "1 and 7 occupy most room and 8 least, since simple digits fool the discriminator more easily; 0 and 1 are "
        "always opposite and 1 and 7 near each other, with 1,000 points and with 10,000.",
        (
            Part(
                "1 and 7 occupy most",
                "1 and 7",
                _tally(most),
                _always(most, "1 and 7"),
            ),
            Part(
                "8 occupies least",
                "8",
                _tally(least),
                _always(least, "8"),
            ),
            Part(
                "a digit's room says how often it is drawn",
                "fools more easily",
                "; ".join(f"1 has {area:.0%} of the map and {share:.0%} of the points" for area, share in counts),
                all(abs(area - share) < 0.02 for area, share in counts),
            ),
            Part("0 is farthest from 1", "always", f"from {' and '.join(opposite)}", set(opposite) == {"1"}),
            Part("1 is nearest to 7", "always", _tally(near), _always(near, "7")),
        ),
        "A map is drawn again from several starts. Which digits have most room, which least and which is nearest must "
        "be so on all of these maps; shares and what is farthest are means over them. They share "
        f"{_agreement(large)['neighbours shared']:.0%} of a point's neighbours.",
    )


def _agreement(found: Json) -> Json:
    """What maps from several starts have in common."""
    return dict(found["spaces"][CLOSELY]["agreement"])


def _ranked(found: Json) -> list[list[str]]:
    """The classes by their area on each map, the largest first."""
    classes = found["classes"]
    return [
        [classes[of] for of in sorted(range(len(classes)), key=area.__getitem__, reverse=True)]
        for area in _agreement(found)["areas on each map"]
    ]


def _nearest(found: Json, of: int) -> list[str]:
    """The class that is nearest to this one on each map."""
    return [found["classes"][nearest[of]] for nearest in _agreement(found)["nearest class on each map"]]


def _tally(answers: Mapping[str, list[str]]) -> str:
    """What the maps show, and how many of them, by the number of points."""
    counted = {name: Counter(some).most_common() for name, some in answers.items()}
    return "; ".join(
        f"{', '.join(f'{answer} on {count}' for answer, count in some)} of {len(answers[name])} maps with {name}"
        for name, some in counted.items()
    )


def _always(answers: Mapping[str, list[str]], wanted: str) -> bool:
    return all(answer == wanted for some in answers.values() for answer in some)


def _share(found: Json, of: int) -> tuple[float, float]:
    """A class's share of the map, the mean over the maps, and of the points."""
    return mean([area[of] for area in _agreement(found)["areas on each map"]]), found["shares of the points"][of]


def _others(found: Json, of: int) -> dict[str, float]:
    row = _agreement(found)["class distances"][of]
    return {name: row[i] for i, name in enumerate(found["classes"]) if i != of and row[i] is not None}


def _farthest(found: Json, of: int) -> str:
    others = _others(found, of)
    return max(others, key=others.__getitem__)


def _tell_uniform(results: Results) -> Iterator[Block | Verdict]:
    gaussian, uniform = results["small"], results["uniform"]
    yield results.picture("uniform", "spaces", "Maps of uniform latents and of their images, coloured by label")
    gains = [
        one["spaces"]["latents"]["purity on the map"] - one["spaces"]["latents"]["purity by chance"]
        for one in (gaussian, uniform)
    ]
    shares = [one["shares of the points"] for one in (gaussian, uniform)]
    apart = sum(abs(a - b) for a, b in zip(*shares, strict=True)) / 2
    yield Verdict(
        "32",
        "Part 2",
        "Uniform latents give a like picture.",
        (
            Part(
                "a map of the latents shows as little",
                "alike",
                f"neighbours share a label {gains[1]:.2f} more often than by chance, {gains[0]:.2f} with normal ones",
                abs(gains[1] - gains[0]) < 0.1,
            ),
            Part(
                "the digits come as often",
                "—",
                f"{apart:.0%} of the points have another digit",
                apart < 0.1,
            ),
        ),
        "Latents drawn with torch.rand lie in a corner of the space, where few of the digits live.",
    )
    yield Text(("The maps of single points can be looked at in the HTML files beside the figures of each step.",))


STEPS = (Step("small", _small), Step("large", _large), Step("uniform", _uniform), Step("truth", _truth))
CHAPTERS = (
    Chapter("2 Maps of latents and of images", "maps", ("large", "truth"), _tell_maps),
    Chapter("2 How much room each digit takes", "room", ("small", "large"), _tell_room),
    Chapter("2 Uniform latents", "uniform", ("small", "uniform"), _tell_uniform),
)
