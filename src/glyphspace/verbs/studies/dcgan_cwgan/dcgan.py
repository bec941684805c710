"""Sections 1.2, 1.4 and 4: the nets of the DCGAN, how its training goes, and figure 1."""

from collections.abc import Iterator

import numpy as np

from ....figures.grids import labelled_grid
from ....figures.ranges import range_curves
from ....report.nets import lay_out, tell_nets
from ....report.page import Block, Table, Text
from ....report.verdict import spread
from ...explore import Findings
from ..frame import Bench, Chapter, Results, Step
from ..words import setting
from .quality import drawn, quality, real_quality, samples
from .subjects import FULL_STEPS, dcgan, dcgan_runs, generators, of_generators, settled

PER_EPOCH = 60_000
SHOWN = 40
NETS = (
    ("generator", "dcgan:z_dim=100"),
    ("discriminator", "dcgan"),
    ("generator", "cwgan:z_dim=100"),
    ("discriminator", "cwgan"),
)


def _training(bench: Bench) -> Findings:
    """The curves of one run, and where the discriminator's accuracy settles in each."""
    runs, recipe = dcgan_runs(bench), dcgan(bench)
    first, per_epoch = runs[0].history, PER_EPOCH // recipe.batch_size
    losses = {name: first.column(f"{name}_loss") for name in ("generator", "discriminator")}
    accuracies = {name: first.column(f"{name}_accuracy") for name in ("real", "fake")}
    sides = [[settled(run.history.column(f"{side}_accuracy")) for side in accuracies] for run in runs]
    found = {
        "setting": setting(recipe, runs[0].step),
        "whole": runs[0].step >= FULL_STEPS,
        "accuracy": [float(np.mean(pair)) for pair in sides],
        "real and fake": sides,
    }
    figures = {
        "losses": range_curves("loss", losses, per_epoch),
        "accuracies": range_curves("accuracy", accuracies, per_epoch),
    }
    return Findings("training", {"seeds": len(runs)}, found, figures)


def _samples(bench: Bench) -> Findings:
    """Figure 1, and the figures of what it shows beside those of real images."""
    models, count = generators(bench), samples(bench)
    images, _ = drawn(models[0], SHOWN)
    found = {
        "of": of_generators(bench),
        "images": count,
        "runs": [quality(model, count) for model in models],
        "real": real_quality(models[0].dataset, count),
    }
    figures = {"samples": labelled_grid(images.numpy(), [""] * SHOWN, 10)}
    return Findings("samples", {"seeds": len(models)}, found, figures)


def _tell_nets(results: Results) -> Iterator[Block]:
    yield Text(
        (
            "The document names the layers and what goes through them, and counts no parameters. What it leaves open "
            "(the size of the kernels, the slope of the leaky ReLU) is as in the papers that it follows. Its critic "
            "has batch norm behind each activation: with real and generated images in batches of their own, the "
            "last of them gives both the same mean, and the critic’s loss, a difference of means, could be nothing "
            "but 0. So it is shown both in one batch here.",
        )
    )
    yield from tell_nets([lay_out(kind, spec, 10) for kind, spec in NETS])


def _tell_training(results: Results) -> Iterator[Block]:
    found = results["training"]
    real, fake = zip(*found["real and fake"], strict=True)
    yield Text(
        (
            f"{found['setting']}, {len(real)} seeds. In the last fifth the discriminator is right about "
            f"{spread(real, '.0%')} of real and {spread(fake, '.0%')} of generated images.",
        )
    )
    yield results.picture("training", "losses", "Curves of both losses", "The losses of generator and discriminator.")
    yield results.picture(
        "training",
        "accuracies",
        "Curves of the discriminator's accuracy",
        "How often the discriminator is right, on real and on generated images.",
    )


def _tell_samples(results: Results) -> Iterator[Block]:
    found = results["samples"]
    yield results.picture("samples", "samples", "40 samples of digits", f"Figure 1: samples of {found['of']}.")
    rows = (
        ("Fréchet distance", "distance", ".2f"),
        ("precision", "precision", ".3f"),
        ("coverage", "coverage", ".3f"),
        ("clusters covered, of 100", "modes", ".3g"),
        ("read with a certainty of 0.9", "read", ".1%"),
    )
    yield Table(
        ("", "generated", "real"),
        tuple(
            (says, spread([float(run[name]) for run in found["runs"]], written), format(found["real"][name], written))
            for says, name, written in rows
        ),
        f"What figures say of {found['images']:,} such samples, and of as many real training images, beside the test "
        "images.",
    )


STEPS = (Step("training", _training), Step("samples", _samples))
NETS_CHAPTER = Chapter("1.2 The nets", "nets", (), _tell_nets)
TRAINING = Chapter("1.3, 1.4 How training goes", "training", ("training",), _tell_training)
SAMPLES = Chapter("4 The DCGAN’s results", "samples", ("samples",), _tell_samples)
