"""Section 1.2: samples as training goes on, and a batch of real images before the discriminator."""

from collections.abc import Iterator

import numpy as np
import torch

from ....core.files import Json
from ....data import load_dataset, to_unit
from ....figures.evolution import evolution_rows
from ....report.apart import agreed
from ....report.page import Block, Table, Text
from ....report.verdict import Basis, Part, Verdict, spread
from ....training.recipes import recipes
from ...explore import Findings
from ...frames import load_frames
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..words import setting
from .subjects import GAN, reference_runs

TABLE_1 = "1111010 0011110 1101011 0100000 1110"  # the discriminator's word on 32 real samples: 1 says real
SAMPLES = len(TABLE_1.replace(" ", ""))
IN_TEXT = 10  # samples that the text says are labelled 0
ROWS, COLUMNS = 5, 12  # moments, and latents that are followed


def _batch(bench: Bench) -> Findings:
    """The frames that the first run left, and what the discriminator of each says of the first real images."""
    runs = reference_runs(bench, GAN)
    real = load_dataset("mnist", "train").images
    frames = load_frames(runs[0].folder)
    chosen = [frames[at] for at in np.linspace(0, len(frames) - 1, min(ROWS, len(frames))).round().astype(int)]
    captions = [f"step {step:,}" for step, _ in chosen]
    rows = [images[:COLUMNS] for _, images in chosen]
    with torch.no_grad():
        said = [run.models["discriminator"].net(to_unit(real[:SAMPLES])) > 0 for run in runs]
    found = {
        "setting": setting(recipes[GAN], runs[0].step),
        "whole": bench.budget != QUICK,
        "said": [[int(each) for each in some] for some in said],
    }
    figures = {"samples": evolution_rows([*rows, real[:COLUMNS].numpy()], [*captions, "real"])}
    return Findings("batch", {"samples": SAMPLES}, found, figures)


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["batch"]
    yield results.picture(
        "batch",
        "samples",
        "Samples of the same latents as training goes on, and real images in the last row",
        f"Figure 3: the same latents at moments of training ({found['setting']}), and real images.",
    )
    yield Text(("The report lists what its discriminator says of one batch of real images, and counts the mistakes.",))
    yield _table(found["said"][0])
    yield _verdict(found)


def _table(said: list[int]) -> Table:
    """Table 1 as it is printed, and what ours says of the first training images."""
    rows, at = [], 0
    for theirs in TABLE_1.split():
        ours = "".join(map(str, said[at : at + len(theirs)]))
        rows.append((f"{at} to {at + len(theirs) - 1}", " ".join(theirs), " ".join(ours)))
        at += len(theirs)
    return Table(("samples", "in the report", "here"), tuple(rows), "Table 1: 1 for an image that is taken for real.")


def _verdict(found: Json) -> Verdict:
    theirs = TABLE_1.count("0")
    ours = [float(some.count(0)) for some in found["said"]]
    return Verdict(
        "2",
        "1.2",
        f"Of {SAMPLES} real samples the discriminator labels {IN_TEXT} as fake.",
        (
            Part(
                "samples labelled 0 in its table 1",
                f"{IN_TEXT} in the text",
                f"{theirs} of {SAMPLES} in the table",
                theirs == IN_TEXT,
            ),
            Part(
                f"trained as the report does, a discriminator labels about as many so ({IN_TEXT} to {theirs})",
                f"{IN_TEXT} or {theirs}",
                f"{spread(ours, '.3g')} of {SAMPLES}",
                agreed(IN_TEXT <= count <= theirs for count in ours) if found["whole"] else None,
            ),
        ),
        Basis(f"the report's table 1, counted, and on {found['setting']}", len(ours)),
        f"The table itself has {theirs} of them, so that {100 * (1 - theirs / SAMPLES):.0f}% are taken for real.",
    )


STEPS = (Step("batch", _batch),)
CHAPTERS = (Chapter("1.2 Samples, and one batch of real images", "batch", ("batch",), _tell),)
