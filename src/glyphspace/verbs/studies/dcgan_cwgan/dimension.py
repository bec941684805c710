"""Question 1: how many dimensions a latent should have, and whether too many make modes collapse."""

from collections.abc import Iterator

import numpy as np

from ....core.files import Json
from ....figures.rivals import finishes
from ....nets.model import Model, load_model
from ....report.apart import above
from ....report.page import Block
from ....report.verdict import Basis, Part, Verdict, number, spread
from ...explore import Findings
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..panels import panel
from ..words import setting
from .quality import Quality, quality, real_quality, samples
from .subjects import MIDDLE, dcgan, dcgan_runs, seeds

NAMED = 100  # the document's
TALLIES = (("distance", "Fréchet distance"), ("coverage", "coverage"), ("modes", "clusters covered, of 100"))


def _dimensions(bench: Bench) -> Findings:
    """The document's recipe with latents of other dimensions, after the same steps; five epochs in the full study."""
    every, steps = bench.pick(((2, NAMED, 500), 300), ((2, 10, 50, NAMED, 500), MIDDLE))
    runs: dict[int, list[Quality]] = {}
    for z_dim in every:
        models = [_model(bench, z_dim, steps, seed) for seed in seeds(bench)]
        runs[z_dim] = [quality(model, samples(bench)) for model in models]
    real = real_quality("mnist", samples(bench))
    panels = [
        panel(
            title,
            {
                f"{z_dim} dimensions": np.array([getattr(run, name) for run in some], float)
                for z_dim, some in runs.items()
            },
            float(getattr(real, name)),
            is_distance=name == "distance",
        )
        for name, title in TALLIES
    ]
    found = {
        "setting": setting(dcgan(bench), steps),
        "whole": bench.budget != QUICK,
        "real": real,
        "runs": runs,
    }
    return Findings("dimensions", {"dimensions": every}, found, {"finishes": finishes(panels)})


def _model(bench: Bench, z_dim: int, steps: int, seed: int) -> Model:
    """What so many steps make; with the document's dimension a run has it already that goes on from there."""
    if z_dim == NAMED:
        return load_model(bench.kept(dcgan_runs(bench)[seed].folder.name, steps))
    name = f"dimension-{z_dim}-{seed}"
    return bench.train(dcgan(bench, z_dim), name, seed=seed, steps=steps).models["generator"]


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["dimensions"]
    real = "; ".join(f"{title}: {number(found['real'][name], '.3g')}" for name, title in TALLIES)
    yield results.picture(
        "dimensions",
        "finishes",
        "Fréchet distance, coverage and clusters covered over the dimension of the latent",
        f"A dot for each seed, a bar at their mean. What real images get, dashed where the axis reaches to it: {real}.",
    )
    yield judge_dimensions(found["runs"], found["setting"], whole=found["whole"])


def judge_dimensions(runs: dict[str, list[Json]], trained: str, whole: bool) -> Verdict:
    """The verdict on claim 33 from the qualities of the runs of each dimension.

    Args:
        trained: by what recipe, how long; with latents of 100 numbers.
        whole: whether they were trained long enough for what happens to stay.
    """
    least, most = str(min(map(int, runs))), str(max(map(int, runs)))
    fewer = str(max(z_dim for z_dim in map(int, runs) if z_dim < NAMED))

    def part(says: str, reported: str, name: str, larger: str, smaller: str, written: str) -> Part:
        more, less = ([float(run[name]) for run in runs[z_dim]] for z_dim in (larger, smaller))
        pair = {larger: more, smaller: less}
        words = ", ".join(f"{z_dim}: {spread(pair[z_dim], written)}" for z_dim in sorted(pair, key=int))
        return Part(says, reported, words, above(more, less) if whole else None)

    named = str(NAMED)
    return Verdict(
        "33",
        "Q.1",
        "More dimensions of the latent capture more of what there is to draw; with too many, modes collapse and one or "
        "two classes are left out; 100 are needed.",
        (
            part(f"with {least} less is covered than with {named}", "less", "coverage", named, least, ".3f"),
            part(f"with {most} clusters are lost that {named} cover", "collapse", "modes", named, most, ".3g"),
            part(f"with {most} classes are left out", "one or two", "classes", named, most, ".3g")
            if _counted(runs[named] + runs[most])
            else Part(f"with {most} classes are left out", "one or two", "too few samples can be read", None),
            part(f"{fewer} will not do as well (Fréchet distance)", "100 needed", "distance", fewer, named, ".2f"),
        ),
        Basis(trained, len(runs[named])),
        f"That is {'after five epochs' if whole else 'a beginning, which cannot tell what stays'}.",
    )


def _counted(runs: list[Json]) -> bool:
    return all(run["classes"] is not None for run in runs)


STEPS = (Step("dimensions", _dimensions),)
DIMENSION = Chapter("Q.1 The dimension of the latent", "dimension", ("dimensions",), _tell)
