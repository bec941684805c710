"""Question 2: how often each class comes, and whether that is the latents' doing or the data's."""

from collections.abc import Iterator

import numpy as np
import torch

from ....core.files import Json
from ....data import load_dataset, unbalanced
from ....figures.distributions import class_shares
from ....metrics.frequencies import chi_squared
from ....report.apart import agreed
from ....report.page import Block
from ....report.verdict import Basis, Part, Verdict, spread
from ....training.state import Splits
from ...explore import Findings, labels
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..words import setting
from .quality import drawn, quality_of, samples
from .subjects import MIDDLE, dcgan, generators, of_generators, seeds

COUNT = 10_000
EVEN = 0.1
NEAR = 0.02  # a share that is no farther from a tenth is nearly one
LEVEL = 0.05
KEPT = 0.25  # of every second class, where the data is uneven
PRIORS = {"normal": "normal latents", "symmetric": "uniform latents"}


def _frequencies(bench: Bench) -> Findings:
    """Counts of each class among samples, tested against equal shares and against the data's."""
    data = load_dataset("mnist", "train").class_counts().double()
    due = data / data.sum()
    found: dict[str, list[Json]] = {prior: [] for prior in PRIORS}
    for model in generators(bench):
        for prior in PRIORS:
            numbers = labels(model, count=COUNT, prior=prior, thresholds=(0.0,), compared=0).numbers
            (counts,) = numbers["counts"]
            found[prior].append(
                {
                    "shares": (counts / counts.sum()).tolist(),
                    "equal": chi_squared(counts, torch.full_like(due, EVEN)),
                    "data": chi_squared(counts, due),
                }
            )
        bench.breathe()
    shown = {PRIORS[prior]: np.array(runs[0]["shares"]) for prior, runs in found.items()}
    figure = class_shares([str(digit) for digit in range(10)], shown, due.numpy())
    return Findings(
        "frequencies",
        {"count": COUNT},
        {"of": of_generators(bench), "runs": found, "data": due},
        {"shares": figure},
    )


def _uneven(bench: Bench) -> Findings:
    """The shares of classes of which the data had a quarter, and theirs in the samples of who was trained on that."""
    train, test = (load_dataset("mnist", split) for split in ("train", "test"))
    few = unbalanced(train, dict.fromkeys(train.classes[1::2], KEPT), 0)
    steps = bench.pick(300, MIDDLE)
    shares = []
    for seed in seeds(bench):
        splits = Splits(few, test, "mnist")
        run = bench.train(dcgan(bench), f"uneven-{seed}", data=splits, seed=seed, steps=steps)
        images, _ = drawn(run.models["generator"], samples(bench))
        shares.append(quality_of(images, "mnist").shares)
    of_data = few.class_counts().double() / len(few)
    figure = class_shares(train.classes, {"generated": np.mean(shares, axis=0)}, of_data.numpy())
    found = {
        "setting": setting(dcgan(bench), steps),
        "thinned": [sum(each[1::2]) for each in shares],
        "data": float(of_data[1::2].sum()),
        "whole": bench.budget != QUICK,
    }
    return Findings("uneven", {"kept": KEPT}, found, {"shares": figure})


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found, uneven = results["frequencies"], results["uneven"]
    yield results.picture(
        "frequencies",
        "shares",
        "Shares of the classes among samples, for both kinds of latents",
        f"Of {COUNT:,} samples of {found['of']}, from N(0, 1), as in training, and from U[−1, 1), uniform as the "
        "document says.",
    )
    yield results.picture(
        "uneven",
        "shares",
        "Shares of the classes drawn by a generator that was trained on uneven data",
        f"Of a generator whose training data had a quarter of every second class ({uneven['setting']}).",
    )
    yield judge_frequencies(found, uneven)


def judge_frequencies(found: Json, uneven: Json) -> Verdict:
    """The verdict on claim 34 from what the two steps found."""
    runs = found["runs"]["normal"]
    away, uniform = ([_farthest(run["shares"]) for run in found["runs"][prior]] for prior in PRIORS)
    rarest = [min(run["shares"]) for run in runs]
    half = (0.5 + uneven["data"]) / 2  # between what the data has and equal shares
    return Verdict(
        "34",
        "Q.2",
        "Latents are drawn evenly, so that the classes come with nearly equal frequency, if one draws many; no mode "
        "has collapsed.",
        (
            Part(
                "every class comes",
                "all",
                f"the rarest {spread(rarest, '.1%')}",
                agreed(share > 0 for share in rarest),
            ),
            Part(
                f"each has a share within {100 * NEAR:g} points of 10%",
                "almost equal",
                f"the farthest is {spread(away, '.1f')} points off, with uniform latents {spread(uniform, '.1f')}; the "
                f"data’s own {_farthest(found['data']):.1f}",
                agreed(points < 100 * NEAR for points in away),
            ),
            Part(
                "chance alone explains how far they are from equal (χ², 5%)",
                "equal",
                _tests(runs, "equal"),
                agreed(run["equal"]["p"] > LEVEL / len(runs) for run in runs),
            ),
            Part(
                f"classes of which the data has less come less (five of them, {uneven['data']:.0%} of it)",
                "not so in MNIST",
                f"these five have {spread(uneven['thinned'], '.1%')} of the samples",
                agreed(share < half for share in uneven["thinned"]) if uneven["whole"] else None,
            ),
        ),
        Basis(
            f"{found['of']}, {COUNT:,} samples each; and, of {len(uneven['thinned'])} seeds, on what uneven data made "
            f"of {uneven['setting']}",
            len(runs),
        ),
        f"Against the data’s own frequencies it is {_tests(runs, 'data')}. That latents are drawn evenly says nothing "
        "of classes: how much of the space each has is learned from the data.",
    )


def _farthest(shares: list[float]) -> float:
    """How far the share is from a tenth that is the farthest, in points."""
    return 100 * max(abs(share - EVEN) for share in shares)


def _tests(runs: list[Json], name: str) -> str:
    tests = [run[name] for run in runs]
    return ", ".join(f"χ² {test['statistic']:,.0f} of {test['degrees']} (p {_chance(test['p'])})" for test in tests)


def _chance(p: float) -> str:
    return f"{p:.2g}" if p >= 1e-4 else "< 0.0001"


STEPS = (Step("frequencies", _frequencies), Step("uneven", _uneven))
CLASSES = Chapter("Q.2 How often each class comes", "classes", ("frequencies", "uneven"), _tell)
