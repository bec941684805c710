import numpy as np
import pytest
import torch

from glyphspace.report.curves import _DRAW, tell_classifier_curves, tell_gan_curves
from glyphspace.report.page import Block, Picture, Table, Text
from glyphspace.training.classifier import ClassifierTraining
from glyphspace.training.gan import GanTraining
from glyphspace.training.history import History
from glyphspace.training.objectives import objectives


def history(
    columns: tuple[str, ...], measured: tuple[str, ...], epochs: int, advantage: float | torch.Tensor = 1.0
) -> History:
    """250 iterations, and `epochs` evaluations."""
    found = History((*columns, "seconds"))
    rows = torch.rand(250, len(columns) + 1, generator=torch.Generator().manual_seed(0))
    if "advantage" in columns:
        rows[:, columns.index("advantage")] = advantage
    names = [f"{split}_{name}" for split in ("train", "test") for name in measured]
    found.restore(
        rows,
        [
            {"step": 100 * e, "epoch": e, **{n: e / 8 + i / 64 for i, n in enumerate(names)}}
            for e in range(1, epochs + 1)
        ],
    )
    return found


def of_gan(epochs: int, objective: str = "non-saturating") -> list[Block]:
    measured = ("accuracy", "discriminator_loss", "generator_loss")
    return list(tell_gan_curves(history(GanTraining.columns, measured, epochs), 100, objective, "test"))


def test_captions_say_how_often_it_was_evaluated() -> None:
    found = history(ClassifierTraining.columns, ("accuracy", "loss"), 3)
    each = [block.caption for block in tell_classifier_curves(found, 100, "test") if isinstance(block, Picture)]
    assert sum("after each epoch" in caption for caption in each) == 2
    for evaluation in found.evaluations:
        evaluation["epoch"] *= 7  # few images: many epochs are as quick as one of more
    each = [block.caption for block in tell_classifier_curves(found, 100, "test") if isinstance(block, Picture)]
    assert sum("after every 7 epochs" in caption for caption in each) == 2


def of_classifier(epochs: int) -> list[Block]:
    found = history(ClassifierTraining.columns, ("accuracy", "loss"), epochs)
    return list(tell_classifier_curves(found, 100, "held-out"))


@pytest.mark.parametrize(("tell", "curves"), [(of_gan, 3), (of_classifier, 3)])
def test_a_run_within_its_first_epoch_has_no_evaluations_and_says_so(tell, curves: int) -> None:
    blocks = tell(0)
    assert sum(isinstance(block, Picture) for block in blocks) == curves
    assert any("within its first epoch" in block.paragraphs[0] for block in blocks if isinstance(block, Text))


@pytest.mark.parametrize("tell", [of_gan, of_classifier])
def test_a_single_evaluation_is_a_table_and_no_curve(tell) -> None:
    (table,) = (block for block in tell(1) if isinstance(block, Table))
    assert table.head == ("", "training", "test" if tell is of_gan else "held-out")
    assert table.rows[0][:2] == ("accuracy", "0.1250")


@pytest.mark.parametrize(("tell", "curves"), [(of_gan, 6), (of_classifier, 5)])
def test_evaluations_are_curves_that_say_where_they_end(tell, curves: int) -> None:
    pictures = [block for block in tell(2) if isinstance(block, Picture)]
    assert len(pictures) == curves
    assert "0.2500 on training" in next(each.caption for each in pictures if "At the end" in each.caption)


@pytest.mark.parametrize("objective", objectives)
def test_every_objective_says_where_neither_wins(objective: str) -> None:
    first = of_gan(0, objective)[0]
    assert isinstance(first, Text)
    assert _DRAW[objective] in first.paragraphs[0]
    even = torch.full((4,), 0.5 if objectives[objective].takes == "probabilities" else 0.0)
    for loss in (objectives[objective].discriminator, objectives[objective].generator):
        words = {
            "0.69": np.log(2),
            "1.39": 2 * np.log(2),
            "2": 2.0,
            "0": 0.0,
            "−0.69": -np.log(2),
            "1": 1.0,
            "0.5": 0.5,
        }
        assert any(word in _DRAW[objective] and np.isclose(float(loss(even, even)), v) for word, v in words.items())


def test_an_advantage_is_told_where_there_is_one_and_drawn_where_it_changes() -> None:
    def tell(advantage: float | torch.Tensor) -> tuple[list[Block], list[str]]:
        measured = ("accuracy", "discriminator_loss", "generator_loss")
        found = history(GanTraining.columns, measured, 0, advantage)
        blocks = list(tell_gan_curves(found, 100, "hinge", "test"))
        return blocks, [block.paragraphs[0] for block in blocks if isinstance(block, Text)]

    blocks, _ = tell(1.0)
    assert sum(isinstance(block, Picture) for block in blocks) == 3
    blocks, words = tell(8.5)
    assert "The discriminator had 8.5 updates for each of the generator." in words
    assert sum(isinstance(block, Picture) for block in blocks) == 3
    blocks, _ = tell(torch.arange(250.0) // 100 + 1)
    (curve,) = (block for block in blocks if isinstance(block, Picture) and "advantage" in block.alt)
    assert "from 1 to 3" in curve.alt
