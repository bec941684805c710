"""Sections 3.5 and 3.7: paths between latents, and the plane through three."""

from collections.abc import Iterator

import torch
from matplotlib.figure import Figure

from ....core.errors import BadInput
from ....core.files import Json
from ....figures.planes import Window, plane_images, plane_maps
from ....figures.rows import Row, captioned_rows
from ....latent.labelled import LabelledLatents, label
from ....latent.means import mean_latents
from ....latent.paths import follow
from ....latent.planes import map_plane, plane_through
from ....report.apart import agreed
from ....report.page import Block
from ....report.verdict import Part, Verdict, mean, spread
from ...explore import Findings
from ...explore.subject import captions
from ..frame import Bench, Chapter, Results, Step
from .subjects import basis, certain, of_pairs, pairs

STEPS_OF_PATH = 11
CORNERS = (8, 1, 0)  # the classes whose means the report's plane goes through
ZOOMS = (1.0, 5.0)
SHOWN = {"within": 3, "between": 2}  # paths, as many as the report shows


def _paths(bench: Bench) -> Findings:
    """Straight paths between pairs of latents: do they stay in the class, do they pass through others?"""
    runs: list[Json] = []
    rows: list[Row] = []
    for generator, classifier in pairs(bench):
        some = certain(bench, generator, classifier)
        found: Json = {}
        for kind, same in (("within", True), ("between", False)):
            chosen = _pairs(some.labels, same, bench.pick(300, 1_500))
            if not chosen:
                raise BadInput(f"a generator draws no two latents {kind} {'a class' if same else 'classes'} to join")
            whole = [follow("linear", some.latents[pair], STEPS_OF_PATH) for pair in chosen]
            seen = label(generator, classifier, torch.cat(whole))
            labels = seen.labels.view(-1, STEPS_OF_PATH)
            ends = torch.stack([labels[:, 0], labels[:, -1]], dim=1)
            strange = ((labels != ends[:, :1]) & (labels != ends[:, 1:])).any(1)
            found[kind] = {"stays": float((~strange).double().mean()), "certainty": float(seen.certainty.mean())}
            if not runs:
                shown = range(0, len(whole), -(-len(whole) // SHOWN[kind]))
                rows += [_row(kind, seen.take(range(n * STEPS_OF_PATH, (n + 1) * STEPS_OF_PATH))) for n in shown]
        runs.append(found)
        bench.breathe()
    numbers = {"of": of_pairs(bench), "paths": bench.pick(300, 1_500), "runs": runs}
    return Findings("paths", {"seeds": len(runs)}, numbers, {"paths": captioned_rows(rows)})


def _pairs(labels: torch.Tensor, same: bool, count: int) -> list[torch.Tensor]:
    """Pairs of places that follow one another and have the same label, or another."""
    order = labels.argsort(stable=True) if same else torch.arange(len(labels))
    steps = max(1, len(order) // (2 * count)) * 2
    chosen = [order[i : i + 2] for i in range(0, len(order) - 1, steps)]
    return [pair for pair in chosen if bool(labels[pair[0]] == labels[pair[1]]) == same][:count]


def _row(title: str, path: LabelledLatents) -> Row:
    return Row(title, path.images.numpy(), captions(path))


def _plane(bench: Bench) -> Findings:
    """The plane through the means of 8, 1 and 0, as it is and from five times as far."""
    runs: list[Json] = []
    figures: dict[str, Figure] = {}
    for generator, classifier in pairs(bench):
        centres = mean_latents(certain(bench, generator, classifier))
        if (centres.counts[list(CORNERS)] == 0).any():
            raise BadInput("a generator draws one of 8, 1 and 0 not at all, so there is no plane through their means")
        plane = plane_through(centres.latents[list(CORNERS)])
        found: Json = {}
        for zoom in ZOOMS:
            seen = map_plane(generator, classifier, plane, bench.pick(150, 400), zoom)
            names = [seen.classes[of] for of in CORNERS]
            window = Window(f"zoom {zoom:g}", seen.labels.numpy(), seen.certainty.numpy(), seen.corners.numpy(), names)
            figures.setdefault(f"labels-{zoom:g}", plane_maps(window, seen.classes))
            figures.setdefault(f"images-{zoom:g}", plane_images(window, seen.images.numpy(), seen.classes))
            found[f"{zoom:g}"] = {
                "sure": seen.share_above(0.95),
                "unsure": 1 - seen.share_above(0.5),
                "half": seen.half,
                "classes": int((seen.areas > 0.001).sum()),
            }
        runs.append(found)
        bench.breathe()
    numbers = {"of": of_pairs(bench), "points": bench.pick(150, 400), "runs": runs}
    return Findings("plane", {"seeds": len(runs)}, numbers, figures)


def _tell_paths(results: Results) -> Iterator[Block | Verdict]:
    found = results["paths"]
    runs = found["runs"]
    yield results.picture("paths", "paths", "Three paths within a class and two between classes, image by image")
    stays = [run["within"]["stays"] for run in runs]
    strays = [1 - run["between"]["stays"] for run in runs]
    yield Verdict(
        "16",
        "3.5",
        "Images between two latents of one class stay in it; between classes they pass through others.",
        (
            Part(
                "within a class no step leaves it (on most paths)",
                "three paths",
                f"on {spread(stays, '.0%')} of paths",
                agreed(share > 0.5 for share in stays),
            ),
            Part(
                "between classes a third appears (on most paths)",
                "examples",
                f"on {spread(strays, '.0%')} of paths",
                agreed(share > 0.5 for share in strays),
            ),
        ),
        basis(found, f"up to {found['paths']:,} paths of either kind", len(runs)),
        "Counted at 11 points of each path; the ends have a certainty of 0.95 or more.",
    )


def _tell_plane(results: Results) -> Iterator[Block | Verdict]:
    found = results["plane"]
    runs = found["runs"]
    for zoom in ZOOMS:
        yield results.picture("plane", f"labels-{zoom:g}", f"Labels and certainty on the plane, zoom {zoom:g}")
    yield results.picture("plane", f"images-{ZOOMS[-1]:g}", "Images on the plane, seen from five times as far")
    near = [run["1"]["sure"] for run in runs]
    sure, unsure, half = ([run["5"][name] for run in runs] for name in ("sure", "unsure", "half"))
    yield Verdict(
        "18",
        "3.7",
        "The latent space has large plateaus of high certainty with squeezed cliffs of low certainty between them.",
        (
            Part(
                "five times zoomed out, most of the plane is sure (0.95 and more)",
                "figure 23",
                f"{spread(sure, '.0%')} of the window",
                agreed(share > 0.7 for share in sure),
            ),
            Part(
                "little of it is in doubt (under 0.5)",
                "squeezed",
                spread(unsure, ".1%"),
                agreed(share < 0.05 for share in unsure),
            ),
            Part(
                "so it looks near the means too",
                "—",
                f"{spread(near, '.0%')} of the window",
                agreed(share > 0.7 for share in near),
            ),
        ),
        basis(found, f"the planes through the means of 8, 1 and 0, {found['points']} points wide and high", len(runs)),
        f"Five times zoomed out, the window reaches {mean(half):.0f} from its middle in each direction.",
    )


STEPS = (Step("paths", _paths), Step("plane", _plane))
PATHS = Chapter("3.5 Paths between latents", "paths", ("paths",), _tell_paths)
PLANE = Chapter("3.7 The plane through three means", "plane", ("plane",), _tell_plane)
