import numpy as np
import pytest

from glyphspace.report.accuracy import (
    Accuracy,
    Mistakes,
    tell_accuracy,
    tell_confusion,
    tell_mistakes,
    tell_predictions,
)
from glyphspace.report.page import Picture, Table, Text

from . import examples


def accuracy(confusion: list[list[int]]) -> Accuracy:
    """Of three classes, with a certainty that is lower where the label is wrong."""
    counts = np.array(confusion)
    count, right = int(counts.sum()), int(counts.trace())
    is_right = np.arange(count) < right
    return Accuracy(right / count, 0.1234, ("a", "b", "c"), counts, np.where(is_right, 0.97, 0.6), is_right)


SOME = [[8, 2, 0], [0, 10, 0], [1, 0, 9]]
NONE = [[10, 0, 0], [0, 10, 0], [0, 0, 10]]


def tables(found: Accuracy) -> list[Table]:
    return [block for block in tell_accuracy(found) if isinstance(block, Table)]


def test_accuracy_is_told_overall_by_class_and_by_certainty() -> None:
    first, *_ = tell_accuracy(accuracy(SOME))
    assert isinstance(first, Text)
    assert "labels 27 right and 3 wrong: an accuracy of 0.9000" in first.paragraphs[0]
    by_class, by_certainty = tables(accuracy(SOME))
    assert by_class.rows == (
        ("a", "10", "8", "80.00%", "b (2)"),
        ("b", "10", "10", "100.00%", "—"),
        ("c", "10", "9", "90.00%", "a (1)"),
    )
    assert by_certainty.rows[0] == ("all", "100.0%", "90.00%")
    assert by_certainty.rows[3:] == (("≥ 0.95", "90.0%", "100.00%"), ("≥ 0.99", "0.0%", "—"))


def test_the_most_frequent_confusion_is_named() -> None:
    _, picture = tell_confusion(accuracy(SOME))
    assert isinstance(picture, Picture)
    assert picture.caption == "Most often, 2 times, a is taken for b."


def test_a_classifier_without_mistakes_has_a_page_too() -> None:
    assert tables(accuracy(NONE))[0].rows[0] == ("a", "10", "10", "100.00%", "—")
    _, picture = tell_confusion(accuracy(NONE))
    assert isinstance(picture, Picture)
    assert picture.caption == "There are no mistakes."


def test_one_that_is_never_right_has_a_page_too() -> None:
    assert tables(accuracy([[0, 1, 0], [0, 0, 1], [1, 0, 0]]))[1].rows[0] == ("all", "100.0%", "0.00%")


@pytest.mark.parametrize("count", [1, 30])
def test_predictions_and_mistakes_are_shown_with_their_words(count: int) -> None:
    read = examples.labelled(count)
    _, predictions = tell_predictions(read)
    _, mistakes = tell_mistakes(Mistakes(read, (read.labels + 1) % 10))
    assert isinstance(predictions, Picture)
    assert isinstance(mistakes, Picture)
    assert isinstance(mistakes.content, str)
    assert read.captions[0] in str(predictions.content)
    assert f"{read.classes[(read.labels[0] + 1) % 10]} → {read.captions[0]}" in mistakes.content
