"""What is gathered for the page of a generator's run: drawn, labelled, measured, and left out where it cannot be."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress
from ..data.stacked import CHANNELS, unstacked
from ..latent.certainty import classify
from ..latent.decode import condition_dim, decode, z_dim
from ..latent.distribution import distribution
from ..latent.labelled import LabelledLatents, label
from ..latent.means import mean_latents, norms
from ..latent.prior import normal
from ..message.compose import compose
from ..message.read import read
from ..message.render import render
from ..message.typeset import typeset
from ..metrics.memorisation import nearest_images
from ..nets.model import Model
from ..report.generator import GeneratorReport, generator_page
from ..report.latents import Means
from ..report.modes import Clustered, Modes, Stacked
from ..report.nets import lay_out
from ..report.page import Page
from ..report.parts import Absent, attempt, need
from ..report.quality import Discerned, Quality
from ..report.reading import SHOWN, Labelled, Readings
from ..report.run import RunFacts
from ..report.samples import NEAREST, PAIRS_PER_ROW, SHEET, Copies, Evolution, Samples
from ..report.writing import ReadBack, Writing
from ..training.gan import GanTraining
from ..training.recipes import GanRecipe
from ..training.state import Splits
from ..zoo import feature_network, find_model, labeller
from .evaluate import COUNT, GeneratorEvaluation, asked_for, evaluate
from .evaluate_stacked import StackedEvaluation
from .frames import load_frames
from .report_parts import checked_history, kept_model
from .train import Run, load_splits

SEARCHED = 1_000  # samples whose nearest training images are looked for
CERTAINTIES = (0.95, 0.9, 0.8, 0.5)  # of the latents of class means: the first that a tenth of all have
MEASURED = ("accuracy", "discriminator_loss", "generator_loss")  # by a GAN's evaluations
THRESHOLDS = (0.0, 0.5, 0.8, 0.95, 0.99)  # of certainty, at which classes are counted
LINE = 24  # characters of the message in a line
SINGLY = "this is told of single characters, and these images hold several; see which modes they cover"


@dataclass(frozen=True)
class Measured:
    """Which modes a generator covers, and how good its images are where each shows a single character."""

    modes: Modes
    single: GeneratorEvaluation | Absent


def report_generator(
    run: Run,
    facts: RunFacts,
    classifier: str | Path | Model | None,
    judge_by: str | Path | Model | None,
    message: str,
    count: int | None,
    progress: Progress,
) -> Page:
    """The page of a generator's run; the arguments are those of `report`."""
    recipe = facts.recipe
    assert isinstance(recipe, GanRecipe)
    generator = attempt(lambda: kept_model(run, "generator"))
    splits = attempt(lambda: load_splits(recipe, facts.seed, progress))
    stacked = unstacked(facts.dataset)
    labels = Absent(SINGLY) if stacked else _named(classifier, lambda: labeller(facts.dataset))
    judge = _named(judge_by, lambda: feature_network(stacked or facts.dataset, "judging"))
    asked_count, count = count, COUNT if count is None else count
    latents = attempt(lambda: normal(count, z_dim(need(generator)), 0, "evaluate"))  # those that `evaluate` draws
    asked = attempt(lambda: asked_for(need(generator), need(splits).test, count))
    drawn = attempt(lambda: decode(need(generator), need(latents)[:SEARCHED], _first(need(asked)[1], SEARCHED)))
    labelled = attempt(lambda: label(need(generator), need(labels), need(latents), need(asked)[1]))
    measured = attempt(lambda: _measured(run, need(judge), asked_count, progress))  # of stacked ones by default more
    return generator_page(
        GeneratorReport(
            run=facts,
            objective=recipe.objective,
            nets=[
                lay_out(kind, getattr(recipe, kind), len(facts.classes), CHANNELS if stacked else 1)
                for kind in ("generator", "discriminator")
            ],
            history=attempt(lambda: checked_history(run, GanTraining.columns, MEASURED)),
            evolution=attempt(lambda: _evolution(run)),
            samples=attempt(lambda: _samples(need(drawn), need(splits))),
            quality=attempt(lambda: _quality(need(need(measured).single), need(judge))),
            modes=attempt(lambda: need(measured).modes),
            discerned=attempt(lambda: _discerned(need(need(measured).single), facts)),
            copies=attempt(lambda: _copies(need(drawn), need(splits))),
            readings=attempt(lambda: _readings(need(labelled), need(labels), need(splits))),
            means=attempt(lambda: _means(need(generator), need(labels), need(labelled))),
            writing=attempt(lambda: _writing(message, need(generator), need(labels), judge, progress)),
        )
    )


def _first(conditions: Tensor | None, count: int) -> Tensor | None:
    return None if conditions is None else conditions[:count]


def _named(asked: str | Path | Model | None, shipped: Callable[[], Model]) -> Model | Absent:
    """What was asked for, which must be there, or else what ships, which may not be."""
    return find_model(asked, "classifier") if asked is not None else attempt(shipped)


def _measured(run: Run, judge: Model, count: int | None, progress: Progress) -> Measured:
    kept_model(run, "generator")  # where there is none, this says best what to do
    found = evaluate(run.folder, judge_by=judge, count=count, progress=progress)
    if isinstance(found, StackedEvaluation):
        return Measured(_combinations(found), Absent(SINGLY))
    assert isinstance(found, GeneratorEvaluation)
    return Measured(Clustered(found.modes, found.test_modes), found)


def _combinations(measured: StackedEvaluation) -> Stacked:
    due, modes = np.array(measured.due), measured.modes
    expected = modes.count * np.einsum("a,b,c->abc", due, due, due)
    ratios = np.array(modes.counts).reshape(expected.shape) / expected
    return Stacked(modes, measured.uniform_divergence, measured.classes, measured.channels, ratios)


def _quality(measured: GeneratorEvaluation, judge: Model) -> Quality:
    network = f"{judge.architecture}, trained on {judge.dataset}"
    return Quality(network, measured.network_accuracy, measured.judgement, measured.floor)


def _discerned(measured: GeneratorEvaluation, facts: RunFacts) -> Discerned:
    if measured.discriminator is None:
        raise BadInput("the run has left no discriminator")
    return Discerned(measured.discriminator, measured.discriminator_by_class, facts.classes)


def _samples(drawn: Tensor, splits: Splits) -> Samples:
    return Samples(drawn[:SHEET].numpy(), splits.test.some(SHEET).images.numpy())


def _evolution(run: Run) -> Evolution:
    frames = load_frames(run.folder)
    if len(frames) < 2:
        raise BadInput("the run has left fewer than two sheets of samples")
    return Evolution(tuple(step for step, _ in frames), tuple(images for _, images in frames))


def _copies(drawn: Tensor, splits: Splits) -> Copies:
    if splits.train.channels > 1:
        raise BadInput(SINGLY)
    ours = nearest_images(drawn, splits.train.images)
    real = nearest_images(splits.test.some(len(drawn)).images, splits.train.images)
    order = ours.distances.argsort()
    label_of = splits.train.labels[ours.indices]
    nearest = [order[label_of[order] == of][:1] for of in range(min(NEAREST, len(splits.train.classes)))]
    shown = torch.cat([torch.arange(min(PAIRS_PER_ROW, len(drawn))), *nearest])
    return Copies(
        drawn[shown].numpy(),
        splits.train.images[ours.indices[shown]].numpy(),
        ours.distances[shown].numpy(),
        ours.distances.numpy(),
        real.distances.numpy(),
    )


def _readings(labelled: LabelledLatents, labels: Model, splits: Splits) -> Readings:
    real = splits.test.some(len(labelled))
    found = distribution(labelled, THRESHOLDS)
    counts = splits.train.class_counts().double()
    shares = torch.zeros(len(labels.classes), dtype=torch.float64)
    shares[[labels.classes.index(name) for name in splits.train.classes]] = counts / counts.sum()
    return Readings(
        shown=_shown(labelled.take(range(min(SHOWN, len(labelled))))),
        generated=labelled.certainty.numpy(),
        real=classify(labels, real.images).certainty.numpy(),
        thresholds=found.thresholds,
        kept=tuple((found.kept / len(labelled)).tolist()),
        shares=found.shares.numpy(),
        real_shares=shares.numpy(),
    )


def _means(generator: Model, labels: Model, labelled: LabelledLatents) -> Means:
    if condition_dim(generator):
        raise BadInput("a conditional generator is told the class apart from the latent, so classes share all latents")
    kept = ((threshold, labelled.above(threshold)) for threshold in CERTAINTIES)
    threshold, certain = next(((t, some) for t, some in kept if 10 * len(some) >= len(labelled)), (0.0, labelled))
    means = mean_latents(certain)
    present = means.present
    lengths = norms(certain.latents)
    typical = torch.stack([lengths[certain.labels == of].mean() for of in present])
    centres, short = means.latents[present], norms(means.latents[present])
    stretched = centres * (typical / short.clamp(min=1e-6)).unsqueeze(1)
    return Means(
        z_dim=z_dim(generator),
        certainty=threshold,
        names=tuple(means.classes[of] for of in present.tolist()),
        counts=tuple(means.counts[present].tolist()),
        images=_shown(label(generator, labels, centres)),
        stretched=_shown(label(generator, labels, stretched)),
        norms=short.numpy(),
        class_norms=typical.numpy(),
        sample_norms=norms(labelled.latents).numpy(),
    )


def _writing(text: str, generator: Model, labels: Model, judge: Model | Absent, progress: Progress) -> Writing:
    written = compose(text, generator, labels, seed=0, progress=progress)
    found = {
        "the classifier that chose the latents": read(written.message, generator, labels),
        "the judging network, which took no part in that": attempt(
            lambda: read(written.message, generator, need(judge))
        ),
    }
    return Writing(
        written.text,
        render(typeset(written.images, written.text, LINE), paper="white"),
        tuple(
            ReadBack(reader, reading.text, float(reading.certainties.min()))
            for reader, reading in found.items()
            if not isinstance(reading, Absent)
        ),
    )


def _shown(labelled: LabelledLatents) -> Labelled:
    return Labelled(labelled.images.numpy(), labelled.labels.numpy(), labelled.certainty.numpy(), labelled.classes)
