"""What a document reports of the nets that a recipe trains, beside what came of them in a run."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
from jaxtyping import Float

from ..core.errors import BadInput
from ..training.history import History
from ..training.recipes import Recipe, recipes
from .nets import Net
from .page import Block, Section, Table, Text
from .parts import Absent, attempt, need
from .quality import Discerned
from .run import RunFacts
from .words import duration, epochs, listed, percent

FIRST, TIMED = 100, 25  # iterations that are averaged at the start, and timed together
LAST = 5  # of which the last one is the end


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of a run that a document reports of its own."""

    run: RunFacts
    nets: Sequence[Net]
    history: History | Absent
    discerned: Discerned | Absent


@dataclass(frozen=True)
class Reported:
    """A figure of a document: what it is, the section it stands in, what it says, and how the same is had of a run."""

    what: str
    where: str
    says: str
    here: Callable[[Known], str]


def sections_on_document(known: Known) -> Iterator[Section]:
    """A section of the figures that the recipe's document reports; none where it is of no document, or reports none."""
    name = known.run.recipe.name
    if name in REPORTED and type(recipes[name]) is type(known.run.recipe):
        yield Section("Beside the document", "document", tuple(_tell(known, *REPORTED[name])))


def _tell(known: Known, document: str, figures: Sequence[Reported]) -> Iterable[Block]:
    run = known.run
    changed = _changed(run.recipe, recipes[run.recipe.name])
    other = f" It differs from the recipe in {listed(changed)}." if changed else ""
    yield Text(
        (
            f"“{document}” reports these figures of its own training. This run has come through "
            f"{epochs(run.steps, run.per_epoch)} of the recipe’s {recipes[run.recipe.name].epochs:g} epochs.{other}",
        )
    )
    rows = []
    for figure in figures:
        here = attempt(lambda figure=figure: figure.here(known))  # type: ignore[misc]
        rows.append((figure.what, figure.where, figure.says, f"— ({here.why})" if isinstance(here, Absent) else here))
    yield Table(("figure", "section", "reported", "here"), tuple(rows), align="llrr")


def _changed(recipe: Recipe, original: Recipe) -> list[str]:
    """The fields in which a run's recipe is not the one of its name."""
    alike = ("name", "summary", "epochs", "precision")
    return [
        item.name.replace("_", " ")
        for item in fields(recipe)
        if item.name not in alike and getattr(recipe, item.name) != getattr(original, item.name)
    ]


def _parameters(place: int) -> Callable[[Known], str]:
    return lambda known: f"{known.nets[place].parameters:,}"


def _column(known: Known, name: str) -> Float[np.ndarray, " iterations"]:
    return need(known.history).column(name)


def _end(values: Float[np.ndarray, " iterations"]) -> float:
    """The mean of the last fifth."""
    return float(values[len(values) * (LAST - 1) // LAST :].mean())


def _settled(known: Known) -> str:
    real, fake = (_end(_column(known, f"{kind}_accuracy")) for kind in ("real", "fake"))
    return f"real {real:.2f}, fake {fake:.2f} over the last fifth"


def _above(known: Known) -> str:
    """How often the discriminator's loss is above the generator's after the first epoch."""
    ours, theirs = (_column(known, f"{kind}_loss")[known.run.per_epoch :] for kind in ("discriminator", "generator"))
    if not len(ours):
        raise BadInput("the first epoch is not over")
    return f"in {percent(float((ours > theirs).mean()), 0)} of iterations"


def _evaluated(known: Known) -> str:
    """The accuracy on the training and on the test images after the last epoch."""
    evaluations = need(known.history).evaluations
    if not evaluations:
        raise BadInput("no epoch is over")
    return f"{evaluations[-1]['train_accuracy']:.4f}, {evaluations[-1]['test_accuracy']:.4f}"


def _loss(known: Known) -> str:
    loss = _column(known, "loss")
    return f"{loss[:FIRST].mean():.2f}, then {_end(loss):.3f}"


def _paced(known: Known) -> str:
    seconds = _column(known, "seconds")
    whole = len(seconds) // TIMED * TIMED
    if not whole:
        raise BadInput(f"there were no {TIMED} iterations")
    return f"{np.median(seconds[:whole].reshape(-1, TIMED).sum(1)):.2g} s"


def _took(known: Known) -> str:
    return f"{duration(known.run.seconds)} for {epochs(known.run.steps, known.run.per_epoch)}"


def _told(kind: str) -> Callable[[Known], str]:
    """The accuracy on test images, or on generated ones, over the classes: its mean, least and most."""

    def here(known: Known) -> str:
        of_classes = (getattr(one, kind) for one in need(known.discerned).by_class)
        shares = [share for share in of_classes if share is not None]
        return f"{percent(float(np.mean(shares)))} ({percent(min(shares))} to {percent(max(shares))})"

    return here


_GAN_CNN, _CGAN = "GAN and CNN to conquer MNIST", "Training CGAN on MNIST"
_TABLE = (
    Reported("accuracy on real images, mean over the classes", "table 3", "64.3% (45.6% to 83.6%)", _told("real")),
    Reported("… on generated ones", "table 3", "91.2% (80.4% to 97.8%)", _told("fake")),
)
REPORTED: dict[str, tuple[str, tuple[Reported, ...]]] = {
    "gan-reference": (
        _GAN_CNN,
        (
            Reported("parameters of the generator (printed the wrong way round)", "1.1", "246,529", _parameters(0)),
            Reported("… of the discriminator", "1.1", "377,121", _parameters(1)),
            Reported("accuracy of the discriminator in training", "1.3", "0.65 to 0.75, fake above real", _settled),
            Reported("its loss above the generator’s, after the first epoch", "1.3", "generally", _above),
            Reported("its accuracy on training and test images, at the end", "1.3", "0.8091, 0.8128", _evaluated),
        ),
    ),
    "cnn-reference": (
        _GAN_CNN,
        (
            Reported("parameters", "2.1", "28,938", _parameters(0)),
            Reported("loss at first and at the end", "2.3", "0.7, then about 0.1", _loss),
            Reported("accuracy on training and test images, at the end", "2.3", "0.9831, 0.9783", _evaluated),
            Reported(f"time of {TIMED} iterations", "2.3", "0.2 to 0.25 s", _paced),
        ),
    ),
    "cgan-reference": (
        _CGAN,
        (
            Reported("parameters of the generator", "table 1", "229,887", _parameters(0)),
            Reported("… of the discriminator", "table 1", "249,983", _parameters(1)),
            Reported("time of training", "table 1", "11 min 59.7 s for 15 epochs", _took),
        ),
    ),
    "cgan-resnet": (
        _CGAN,
        (
            Reported("parameters of the generator", "table 1", "285,375", _parameters(0)),
            Reported("… of the discriminator", "table 1", "618,751", _parameters(1)),
            Reported("time of training", "table 1", "70 min 33 s for 30 epochs", _took),
            *_TABLE,
        ),
    ),
    "dcgan": (
        "DCGAN and conditional WGAN",
        (Reported("accuracy of the discriminator where training converges", "Q.3", "50%", _settled),),
    ),
}  # fmt: skip
