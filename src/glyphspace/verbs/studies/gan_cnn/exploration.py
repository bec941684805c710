"""Sections 3.5 to 3.7: paths between latents, noise on them, and the plane through three."""

from collections.abc import Iterator

import numpy as np
import torch
from matplotlib.figure import Figure

from ....core.errors import BadInput
from ....core.files import Json
from ....figures.lines import lines
from ....figures.planes import Window, plane_images, plane_maps
from ....figures.rows import Row, captioned_rows
from ....latent.decode import z_dim
from ....latent.labelled import LabelledLatents, label
from ....latent.means import mean_latents
from ....latent.noise import SIZES, Noise, shake
from ....latent.paths import follow
from ....latent.planes import map_plane, plane_through
from ....latent.prior import priors
from ....nets.model import Model
from ....report.page import Block
from ....report.verdict import Part, Verdict, mean, spread
from ...explore import Findings
from ...explore.subject import captions
from ..frame import Bench, Chapter, Results, Step
from .subjects import pairs

STEPS_OF_PATH = 11
CORNERS = (8, 1, 0)  # the classes whose means the report's plane goes through
ZOOMS = (1.0, 5.0)
NOISES = {
    "deviation": Noise("normal", "deviation"),
    "variance": Noise("normal", "variance"),
    "uniform": Noise("uniform"),
}


def _certain(bench: Bench, generator: Model, classifier: Model) -> LabelledLatents:
    """Latents that the classifier is sure of."""
    latents = priors["normal"](bench.pick(4_000, 20_000), z_dim(generator), 0, "study")
    return label(generator, classifier, latents).above(0.95)


def _paths(bench: Bench) -> Findings:
    """Straight paths between pairs of latents: do they stay in the class, do they pass through others?"""
    runs: list[Json] = []
    rows: list[Row] = []
    for generator, classifier in pairs(bench):
        some = _certain(bench, generator, classifier)
        found: Json = {}
        for kind, same in (("within", True), ("between", False)):
            chosen = _pairs(some.labels, same, bench.pick(300, 1_500))
            whole = [follow("linear", some.latents[pair], STEPS_OF_PATH) for pair in chosen]
            seen = label(generator, classifier, torch.cat(whole))
            labels = seen.labels.view(-1, STEPS_OF_PATH)
            ends = torch.stack([labels[:, 0], labels[:, -1]], dim=1)
            strange = ((labels != ends[:, :1]) & (labels != ends[:, 1:])).any(1)
            found[kind] = {"stays": float((~strange).double().mean()), "certainty": float(seen.certainty.mean())}
            if len(rows) < 4:
                shown = (0, len(whole) // 2)
                rows += [_row(kind, seen.take(range(n * STEPS_OF_PATH, (n + 1) * STEPS_OF_PATH))) for n in shown]
        runs.append(found)
        bench.breathe()
    return Findings("paths", {"seeds": len(runs)}, {"runs": runs}, {"paths": captioned_rows(rows)})


def _pairs(labels: torch.Tensor, same: bool, count: int) -> list[torch.Tensor]:
    """Pairs of places that follow one another and have the same label, or another."""
    order = labels.argsort(stable=True) if same else torch.arange(len(labels))
    steps = max(1, len(order) // (2 * count)) * 2
    chosen = [order[i : i + 2] for i in range(0, len(order) - 1, steps)]
    return [pair for pair in chosen if bool(labels[pair[0]] == labels[pair[1]]) == same][:count]


def _row(title: str, path: LabelledLatents) -> Row:
    return Row(title, path.images.numpy(), captions(path))


def _noise(bench: Bench) -> Findings:
    """How often a label survives noise of each size, on samples and on means, by deviation and by variance."""
    runs: list[Json] = []
    curves: dict[str, np.ndarray] = {}
    for generator, classifier in pairs(bench):
        some = _certain(bench, generator, classifier)
        centres = mean_latents(some)
        means = label(generator, classifier, centres.latents[centres.present])
        found: Json = {}
        for where, around, variations in (("samples", some.take(range(200)), 5), ("means", means, 100)):
            for name, noise in NOISES.items():
                shaken = shake(generator, classifier, around, noise, SIZES, variations)
                found[f"{where}, {name}"] = {"kept": shaken.kept.tolist(), "certainty": shaken.certainty.tolist()}
                if name == "deviation" or where == "samples":
                    curves.setdefault(f"{where}, {name}", shaken.kept.numpy())
        runs.append(found)
        bench.breathe()
    figure = lines("share that keeps its label", "size of the noise σ", torch.tensor(SIZES).numpy(), curves, marks=True)
    return Findings("noise", {"sizes": SIZES, "seeds": len(runs)}, {"runs": runs}, {"kept": figure})


def _plane(bench: Bench) -> Findings:
    """The plane through the means of 8, 1 and 0, as it is and from five times as far."""
    runs: list[Json] = []
    figures: dict[str, Figure] = {}
    for generator, classifier in pairs(bench):
        centres = mean_latents(_certain(bench, generator, classifier))
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
    return Findings("plane", {"seeds": len(runs)}, {"runs": runs}, figures)


def _tell_paths(results: Results) -> Iterator[Block | Verdict]:
    runs = results["paths"]["runs"]
    yield results.picture("paths", "paths", "Two paths within a class and two between classes, image by image")
    stays = [run["within"]["stays"] for run in runs]
    strays = [1 - run["between"]["stays"] for run in runs]
    yield Verdict(
        "16",
        "3.5",
        "Images between two latents of one class stay in it; between classes they pass through others.",
        (
            Part(
                "within a class no step leaves it",
                "three paths",
                f"on {spread(stays, '.0%')} of paths",
                mean(stays) > 0.5,
            ),
            Part(
                "between classes a third appears",
                "examples",
                f"on {spread(strays, '.0%')} of paths",
                mean(strays) > 0.5,
            ),
        ),
        "Counted at 11 points of each path; the ends have a certainty of 0.95 or more.",
    )


def _tell_noise(results: Results) -> Iterator[Block | Verdict]:
    runs = results["noise"]["runs"]
    yield results.picture("noise", "kept", "The share of variations that keep their label, over the size of the noise")

    def part(size: int, where: str, reported: str) -> Part:
        by_deviation, by_variance = (
            [run[f"{where}, {measure}"]["kept"][size] for run in runs] for measure in ("deviation", "variance")
        )
        found = f"{spread(by_deviation, '.1%')} keep their label; with σ as the variance {spread(by_variance, '.1%')}"
        if size == 0:
            return Part(f"0.1 around {where} leaves nine labels of ten", reported, found, mean(by_deviation) >= 0.9)
        return Part(f"0.9 around {where} changes a quarter or more", reported, found, mean(by_deviation) <= 0.75)

    yield Verdict(
        "17",
        "3.6",
        "Noise with a standard deviation of 0.1 leaves samples and means what they are; 0.9 changes many.",
        (
            part(0, "samples", "figure 21"),
            part(-1, "samples", "figure 22"),
            part(0, "means", "—"),
            part(-1, "means", "figure 20"),
        ),
        "The assignment's N(0, σI) has the variance σ, so that its 0.9 is a deviation of 0.95 and its 0.1 one of 0.32; "
        "the report speaks of standard deviations.",
    )


def _tell_plane(results: Results) -> Iterator[Block | Verdict]:
    runs = results["plane"]["runs"]
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
                mean(sure) > 0.7,
            ),
            Part("little of it is in doubt (under 0.5)", "squeezed", spread(unsure, ".1%"), mean(unsure) < 0.05),
            Part("so it looks near the means too", "—", f"{spread(near, '.0%')} of the window", mean(near) > 0.7),
        ),
        f"Five times zoomed out, the window reaches {mean(half):.0f} from its middle in each direction.",
    )


STEPS = (Step("paths", _paths), Step("noise", _noise), Step("plane", _plane))
CHAPTERS = (
    Chapter("3.5 Paths between latents", "paths", ("paths",), _tell_paths),
    Chapter("3.6 Noise", "noise", ("noise",), _tell_noise),
    Chapter("3.7 The plane through three means", "plane", ("plane",), _tell_plane),
)
