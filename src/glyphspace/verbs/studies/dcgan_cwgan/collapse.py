"""Question 3.1: whether a generator draws a few classes only early in training, and moves from one to another."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import torch

from ....core.files import Json
from ....figures.evolution import evolution_rows
from ....figures.lines import lines
from ....figures.many_lines import many_lines
from ....metrics.scores import total_variation
from ....nets.model import load_model
from ....report.page import Block
from ....report.verdict import Part, Verdict, mean, more_than_chance, spread
from ...explore import Findings
from ..frame import QUICK, Bench, Chapter, Results, Step
from .quality import Quality, drawn, quality, samples
from .subjects import dcgan, dcgan_runs, moments, seeds, setting

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
    x = np.log2(np.array(steps) / steps[0])
    figures = {
        "samples": evolution_rows(rows, captions),
        "shares": many_lines(
            "share of the samples",
            f"doublings of the training since step {steps[0]}",
            x,
            {str(digit): shares[:, digit] for digit in range(CLASSES)},
        ),
        "covered": lines(
            "clusters of real images that are covered, of 100",
            f"doublings of the training since step {steps[0]}",
            x,
            {f"seed {seed}": np.array([found.modes for found in some]) for seed, some in enumerate(every)},
            marks=True,
        ),
    }
    found = {
        "setting": setting(dcgan(bench), steps[-1], len(seeds(bench))),
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
    fewest = [min((quality["classes"], step) for step, quality in some) for some in early if some]
    ends = [run[-1] for run in found["runs"]]
    last = [end["classes"] for end in ends]
    modes = [min(quality["modes"] for _, quality in some) for some in early if some]
    moves = [_moves(some) for some in readable]
    first, later = ([move[of] for move in moves if move is not None] for of in (0, 1))
    back = None not in last and all(count == CLASSES for count in last)
    return Verdict(
        "35",
        "Q.3.1",
        "Partial collapse, in which some classes are never drawn, happens early in training, when the discriminator "
        "that has learned to reject a class drives the generator on to the next.",
        (
            Part(
                "early on, classes are missing (under 2% of the samples that can be read)",
                "certain classes only",
                f"{spread([count for count, _ in fewest])} of 10 at the fewest, at step "
                f"{' and '.join(f'{step:,}' for _, step in fewest)}"
                if fewest
                else "no sample can be read",
                all(count < CLASSES for count, _ in fewest) if fewest else None,
            ),
            Part(
                f"later all of them come (step {found['steps'][-1]:,})",
                "early",
                f"{spread(last)} of 10" if None not in last else "too few samples can be read",
                back if back or found["whole"] else None,
            ),
            Part(
                "early on fewer clusters are covered than at the end",
                "—",
                f"{spread(modes)} of 100, then {spread([end['modes'] for end in ends])}"
                if modes
                else "no sample can be read",
                more_than_chance([end["modes"] for end in ends], modes) if modes else None,
            ),
            Part(
                "early on, samples move from class to class more than later (twice as many)",
                "the same class again and again",
                f"from one moment to the next {spread(first, '.0%')} change, later {spread(later, '.0%')}"
                if first
                else "too few moments at which samples can be read",
                mean(first) > 2 * mean(later) if first else None,
            ),
        ),
        f"Measured on {found['setting']}, at {len(found['steps'])} moments of it; a moment counts from which on a "
        "tenth of the samples can be read with a certainty of 0.9.",
    )


def _readable(steps: list[int], run: list[Json]) -> list[tuple[int, Json]]:
    """The moments at which samples can be read, each with its step."""
    pairs = zip(steps, run, strict=True)
    return [(step, found) for step, found in pairs if found["classes"] is not None and found["read"] >= 0.1]


def _moves(some: list[tuple[int, Json]]) -> tuple[float, float] | None:
    """How many samples change class from moment to moment, in the first half and in the second; None of too few."""
    shares = [torch.tensor(found["shares"], dtype=torch.float64) for _, found in some]
    moves = [total_variation(a, b) for a, b in pairwise(shares)]
    half = len(moves) // 2
    return (mean(moves[:half]), mean(moves[half:])) if half else None


STEPS = (Step("collapse", _collapse),)
COLLAPSE = Chapter("Q.3.1 Partial collapse", "collapse", ("collapse",), _tell)
