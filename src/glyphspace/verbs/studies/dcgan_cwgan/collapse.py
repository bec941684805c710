"""Question 3.1: whether a generator draws a few classes only early in training, and moves from one to another."""

from collections.abc import Iterator

import numpy as np

from ....core.files import Json
from ....figures.evolution import evolution_rows
from ....figures.lines import lines
from ....figures.many_lines import many_lines
from ....nets.model import load_model
from ....report.apart import above, agreed
from ....report.page import Block
from ....report.verdict import Basis, Part, Verdict, spread
from ...explore import Findings
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..words import setting
from .quality import COVERED, Quality, drawn, quality, samples
from .subjects import dcgan, dcgan_runs, moments

SHOWN = 16  # latents that are followed
ROWS = 6  # moments that are shown
CLASSES = 10


def _collapse(bench: Bench) -> Findings:
    """The classes and clusters that the DCGANs cover at each moment of their training."""
    runs, steps = dcgan_runs(bench), moments(bench)
    every: list[list[Quality]] = []
    for run in runs:
        bench.breathe()
        models = [load_model(bench.kept(run.folder.name, step)) for step in steps]
        every.append([quality(model, samples(bench)) for model in models])
    first = [load_model(bench.kept(runs[0].folder.name, step)) for step in steps[:: -(-len(steps) // ROWS)]]
    rows = [drawn(model, SHOWN)[0].numpy() for model in first]
    captions = [f"step {step:,}" for step in steps[:: -(-len(steps) // ROWS)]]
    shares = np.array([found.shares for found in every[0]])
    x = np.array(steps)
    figures = {
        "samples": evolution_rows(rows, captions),
        "shares": many_lines(
            "share of the samples",
            "step",
            x,
            {str(digit): shares[:, digit] for digit in range(CLASSES)},
            x_scale="log",
        ),
        "covered": lines(
            "clusters of real images that are covered, of 100",
            "step",
            x,
            {f"seed {seed}": np.array([found.modes for found in some]) for seed, some in enumerate(every)},
            marks=True,
            x_scale="log",
        ),
    }
    found = {
        "setting": setting(dcgan(bench), steps[-1]),
        "whole": bench.budget != QUICK,
        "steps": steps,
        "runs": every,
    }
    return Findings("collapse", {"seeds": len(runs)}, found, figures)


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["collapse"]
    yield results.picture(
        "collapse", "samples", "The same latents at moments of the training", "The same latents as training goes on."
    )
    yield results.picture(
        "collapse", "shares", "Shares of the ten classes over the training", "Which class the samples are taken for."
    )
    yield results.picture("collapse", "covered", "Clusters covered over the training", "Kinds of digits covered.")
    yield judge_collapse(found)


def judge_collapse(found: Json) -> Verdict:
    """The verdict on claim 35 from the qualities at each moment of each run."""
    readable = [_readable(found["steps"], run) for run in found["runs"]]
    early = [some[: -(-len(some) // 2)] for some in readable]
    ends = [run[-1] for run in found["runs"]]
    last = [end["classes"] for end in ends]
    pairs = [
        (min((quality["classes"], step) for step, quality in some), end)
        for some, end in zip(early, last, strict=True)
        if some
    ]
    fewest = [few for few, _ in pairs]
    modes = [float(min(quality["modes"] for _, quality in some)) for some in early if some]
    end_modes = [float(end["modes"]) for end in ends]
    lost = [_lost(some) for some in readable if len(some) > 1]
    early_alone = agreed(count < CLASSES == end for (count, _), end in pairs)
    return Verdict(
        "35",
        "Q.3.1",
        "Partial collapse, in which some classes are never drawn, happens early in training, when the discriminator "
        "that has learned to reject a class drives the generator on to the next.",
        (
            Part(
                f"classes are missing early on (under {COVERED:.0%} of the samples that can be read), and later not",
                "early",
                f"{_fewest(fewest)}; {_ending(last)} at step {found['steps'][-1]:,}",
                early_alone if found["whole"] else None,
            ),
            Part(
                "early on fewer clusters are covered than at the end",
                "—",
                f"{spread(modes)} of 100, then {spread(end_modes)}" if modes else "no sample can be read",
                above(end_modes, modes) if modes and found["whole"] else None,
            ),
            Part(
                "classes that came are lost again, as the generator is driven on",
                "class by class",
                f"{spread(lost)} of 10 have {COVERED:.0%} of the samples at one moment and not at a later one"
                if lost
                else "too few moments at which samples can be read",
                agreed(count > 0 for count in lost),
            ),
        ),
        Basis(f"{found['setting']}, at {len(found['steps'])} moments of it", len(found["runs"])),
        "A moment counts at which a tenth of the samples lie among real images. Early samples are hardly digits yet, "
        "so that a class may be missing because it is not learned, and not because it was given up.",
    )


def _readable(steps: list[int], run: list[Json]) -> list[tuple[int, Json]]:
    """The moments at which samples look like something, each with its step."""
    pairs = zip(steps, run, strict=True)
    return [(step, found) for step, found in pairs if found["classes"] is not None and found["precision"] >= 0.1]


def _fewest(fewest: list[tuple[int, int]]) -> str:
    """The fewest classes of each run, and when."""
    if not fewest:
        return "no sample can be read"
    steps = " and ".join(f"{step:,}" for _, step in fewest)
    return f"{spread([float(count) for count, _ in fewest])} of 10 at the fewest, at step {steps}"


def _ending(last: list[int | None]) -> str:
    counts = [float(count) for count in last if count is not None]
    return f"{spread(counts)} of 10" if len(counts) == len(last) else "too few samples can be read"


def _lost(some: list[tuple[int, Json]]) -> float:
    """How many classes have their share of the samples at one of these moments and not at the next or a later one."""
    covered = np.array([found["shares"] for _, found in some]) >= COVERED
    came = np.maximum.accumulate(covered, axis=0)
    return float((came & ~covered).any(axis=0).sum())


STEPS = (Step("collapse", _collapse),)
COLLAPSE = Chapter("Q.3.1 Partial collapse", "collapse", ("collapse",), _tell)
