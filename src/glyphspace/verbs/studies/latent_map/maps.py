"""Part 2: maps of latents and of images, and what they show of the labels that are in either."""

from collections.abc import Iterator, Mapping

from matplotlib.figure import Figure

from ....core.files import Json
from ....figures.maps import label_maps
from ....latent.distances import RULES, told_from
from ....latent.map_quality import purity, trustworthiness
from ....latent.maps import maps
from ....report.apart import agreed
from ....report.page import Block, Text
from ....report.verdict import Part, Verdict, mean, spread
from ...explore.findings import Findings, plain
from ...explore.mapped import Mapped, mapped
from ...explore.subject import Subject, draw, subject
from ..frame import Bench, Chapter, Results, Step
from .subjects import basis, pairs

SPACES = LATENTS, IMAGES = ("latents", "images")
METHOD = "tsne"
FEW = 1_000  # points of the report's first maps


def _many(bench: Bench) -> int:
    """Points of its second maps, or as many as a quick study has the time for."""
    return bench.pick(2_500, 10_000)


def _map(bench: Bench, count: int, prior: str, starts: int) -> Findings:
    """Both spaces of each generator; its images, whose map the claims about room are of, from random starts too."""
    runs: list[Json] = []
    figures: dict[str, Figure] = {}
    files: dict[str, bytes] = {}
    for generator, classifier in pairs(bench):
        about = subject(generator, classifier)
        labelled = draw(about, count, 0, prior)
        found = {
            space: mapped(about, labelled, space, METHOD, 0, starts if space == IMAGES else 0, bench.progress)
            for space in SPACES
        }
        runs.append(
            {
                "classes": about.classes,
                "shares of the points": labelled.labels.bincount(minlength=len(about.classes)) / count,
                "spaces": {space: one.numbers() for space, one in found.items()},
            }
        )
        if not figures:
            figures = {"spaces": label_maps([one.panel for one in found.values()], about.classes)}
            figures |= found[IMAGES].figures()
            files = _pages(about, found, f"{count:,} latents of the {prior} prior.")
        bench.breathe()
    return Findings("map", {"prior": prior, "starts": starts}, plain({"count": count, "runs": runs}), figures, files)


def _pages(about: Subject, found: Mapping[str, Mapped], note: str) -> dict[str, bytes]:
    """A page for each space that shows the image under the pointer."""
    return {f"{space}.html": one.page(f"{about.name}: {space} by {METHOD}", note) for space, one in found.items()}


def _small(bench: Bench) -> Findings:
    return _map(bench, FEW, "normal", 3)


def _large(bench: Bench) -> Findings:
    return _map(bench, _many(bench), "normal", bench.pick(2, 3))


def _uniform(bench: Bench) -> Findings:
    return _map(bench, FEW, "uniform", 0)


def _truth(bench: Bench) -> Findings:
    """How much of the label is in z, whatever a map shows; and t-SNE beside a singular value decomposition."""
    runs, count = [], bench.pick(4_000, 20_000)
    for generator, classifier in pairs(bench):
        labelled = draw(subject(generator, classifier), count, 0)
        told = {rule: told_from(rule, labelled, (0.0,))[0].agreement for rule in RULES}
        few = labelled.take(range(FEW))
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
    return Findings("truth", {"seeds": len(runs)}, plain({"count": count, "runs": runs}), {})


def _tell_maps(results: Results) -> Iterator[Block | Verdict]:
    large = results["large"]
    for step in ("small", "large"):
        count = f"{results[step]['count']:,}"
        yield results.picture(
            step,
            "spaces",
            f"Maps of {count} latents and of their images, coloured by label",
            f"{count} latents and their images by t-SNE.",
        )
    truth = results["truth"]
    runs = truth["runs"]
    told = {rule: [run["told"][rule] for run in runs] for rule in runs[0]["told"]}
    best = max(("nearest mean (MDM)", "linear probe"), key=lambda rule: mean(told[rule]))
    purities = {name: [run[name]["purity"] for run in runs] for name in ("tsne", "pca")}

    def on_map(space: str, name: str) -> list[float]:
        return [run["spaces"][space][name] for run in large["runs"]]

    of_z, chance, of_images = (
        on_map(LATENTS, "purity on the map"), on_map(LATENTS, "purity by chance"), on_map(IMAGES, "purity on the map"),
    )  # fmt: skip
    yield Verdict(
        "30",
        "Part 2",
        "A map of the latents shows no clusters of digits, since random numbers are too random for t-SNE to find a "
        "correlation, and one of the images does; t-SNE provides a singular value decomposition.",
        (
            Part(
                "on the map of latents, neighbours share a label little more often than by chance (by less than 0.15)",
                "no clusters",
                f"{spread(of_z, '.2f')}, by chance {spread(chance, '.2f')}",
                agreed(share < due + 0.15 for share, due in zip(of_z, chance, strict=True)),
            ),
            Part(
                "on the map of images they mostly do (0.6 and more)",
                "clusters",
                spread(of_images, ".2f"),
                agreed(share > 0.6 for share in of_images),
            ),
            Part(
                "the labels cannot be found in the latents (twice as well as by always naming the commonest)",
                "too random",
                f"a rule that sees z alone gives {spread(told[best], '.0%')} of new latents their label ({best}), "
                f"always the commonest class {spread(told['commonest class'], '.0%')}",
                agreed(share < 2 * due for share, due in zip(told[best], told["commonest class"], strict=True)),
            ),
            Part(
                "t-SNE is a singular value decomposition (neighbours share labels as often, within 0.05)",
                "substantially",
                f"neighbours share a label in {spread(purities['tsne'], '.2f')} with t-SNE, "
                f"{spread(purities['pca'], '.2f')} with the first two singular vectors",
                agreed(abs(ours - theirs) < 0.05 for ours, theirs in zip(*purities.values(), strict=True)),
            ),
        ),
        basis(results["subjects"], f"maps of {large['count']:,} points, rules on {truth['count']:,} latents"),
        "Latents that are drawn independently have no clusters to find: a class is a region of one cloud, with borders "
        "but without gaps, and a map of neighbours shows gaps alone.",
    )


def _tell_uniform(results: Results) -> Iterator[Block | Verdict]:
    found = [results[step] for step in ("small", "uniform")]
    yield results.picture("uniform", "spaces", "Maps of uniform latents and of their images, coloured by label")
    gains = [
        [
            run["spaces"][LATENTS]["purity on the map"] - run["spaces"][LATENTS]["purity by chance"]
            for run in one["runs"]
        ]
        for one in found
    ]
    shares = ([run["shares of the points"] for run in one["runs"]] for one in found)
    apart = [
        sum(abs(a - b) for a, b in zip(normal, uniform, strict=True)) / 2
        for normal, uniform in zip(*shares, strict=True)
    ]
    yield Verdict(
        "32",
        "Part 2",
        "Uniform latents give a like picture.",
        (
            Part(
                "a map of the latents shows as little (within 0.1)",
                "alike",
                f"neighbours share a label {spread(gains[1], '.2f')} more often than by chance, "
                f"{spread(gains[0], '.2f')} with normal ones",
                agreed(abs(normal - uniform) < 0.1 for normal, uniform in zip(*gains, strict=True)),
            ),
            Part(
                "the digits come as often (all but a tenth)",
                "—",
                f"{spread(apart, '.0%')} of the points have another digit",
                agreed(share < 0.1 for share in apart),
            ),
        ),
        basis(results["subjects"], f"maps of {found[1]['count']:,} points of either kind"),
        "Latents drawn with torch.rand lie in a corner of the space, where few of the digits live.",
    )
    yield Text(("The maps of single points can be looked at in the HTML files beside the figures of each step.",))


STEPS = (Step("small", _small), Step("large", _large), Step("uniform", _uniform), Step("truth", _truth))
MAPS = Chapter("2 Maps of latents and of images", "maps", ("subjects", "small", "large", "truth"), _tell_maps)
UNIFORM = Chapter("2 Uniform latents", "uniform", ("subjects", "small", "uniform"), _tell_uniform)
