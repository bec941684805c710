"""The page of a run that trained a generator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..training.history import History
from .curves import tell_gan_curves
from .latents import Means, tell_means
from .modes import Modes, Stacked, tell_modes
from .nets import Net, tell_nets
from .page import Block, Page, Text
from .parts import Absent, section
from .quality import Discerned, Quality, tell_discerned, tell_quality
from .reading import Readings, tell_distribution, tell_readings
from .reported import Known, sections_on_document
from .run import RunFacts, tell_run
from .samples import Copies, Evolution, Samples, tell_copies, tell_evolution, tell_samples
from .words import duration, percent, title_of
from .writing import Writing, tell_writing


@dataclass(frozen=True, eq=False)
class GeneratorReport:
    """All that the page tells, computed."""

    run: RunFacts
    objective: str
    nets: Sequence[Net]
    history: History | Absent
    evolution: Evolution | Absent
    samples: Samples | Absent
    quality: Quality | Absent
    modes: Modes | Absent
    discerned: Discerned | Absent
    copies: Copies | Absent
    readings: Readings | Absent
    means: Means | Absent
    writing: Writing | Absent


def generator_page(report: GeneratorReport) -> Page:
    """The page of a generator's run, from what was trained to a message written with it."""
    run, per_epoch = report.run, report.run.per_epoch
    generator = report.nets[0]
    return Page(
        f"{run.recipe.name} on {title_of(run.dataset)}",
        f"A generator of {generator.parameters:,} parameters, trained against a discriminator for "
        f"{duration(run.seconds)} on {run.train:,} images.",
        (
            section("Samples", "samples", report.samples, tell_samples),
            section("What was trained", "run", run, lambda run: _tell_about(run, generator)),
            section("The two nets", "nets", report.nets, tell_nets),
            section(
                "How training went",
                "training",
                report.history,
                lambda history: tell_gan_curves(history, per_epoch, report.objective, run.measured_on),
            ),
            *sections_on_document(Known(run, report.nets, report.history, report.discerned)),
            section("How samples came to be", "evolution", report.evolution, lambda e: tell_evolution(e, per_epoch)),
            section("How good they are", "quality", report.quality, tell_quality),
            section("Which modes they cover", "modes", report.modes, tell_modes),
            section(
                "What the discriminator sees",
                "discriminator",
                report.discerned,
                lambda discerned: tell_discerned(discerned, report.objective),
            ),
            section("Are they copies?", "copies", report.copies, tell_copies),
            section("What a classifier reads", "readings", report.readings, tell_readings),
            section("How often each class comes", "classes", report.readings, tell_distribution),
            section("Mean latents", "means", report.means, tell_means),
            section("A message", "message", report.writing, tell_writing),
        ),
        tuple(_headline(report)),
    )


def _tell_about(run: RunFacts, generator: Net) -> Iterator[Block]:
    wish, lesson = "", "Neither is told what a character is."
    if generator.is_conditional:
        wish = " and a class that is asked for"
        lesson = "Both are told the class of each image, so that only what looks like that class is taken for real."
    yield Text(
        (
            f"Two nets were trained against each other on {run.train:,} images of {title_of(run.dataset)}. The "
            f"generator makes an image of 28×28 pixels out of {generator.input_shape[0]} random numbers, which are "
            f"called a latent{wish}. The discriminator is shown real and generated images and learns to tell which is "
            f"which; the generator learns to be taken for real. {lesson}",
        )
    )
    yield from tell_run(run)


def _headline(report: GeneratorReport) -> Iterator[tuple[str, str]]:
    quality = report.quality
    if not isinstance(quality, Absent):
        yield "Fréchet distance", f"{quality.judgement.frechet:.2f}"
        yield "its floor", f"{quality.floor.frechet:.2f}"
        yield "coverage", percent(quality.judgement.manifold.coverage, 0)
        if quality.judgement.classes:
            yield "rarest class", percent(quality.judgement.classes.smallest_share)
    if isinstance(report.modes, Stacked):
        yield "modes", f"{report.modes.modes.covered:,} of {len(report.modes.modes.counts):,}"
        yield "KL divergence", f"{report.modes.modes.divergence:.3f}"
    yield "training", duration(report.run.seconds)
    yield "images/s", report.run.speed
