import numpy as np

from glyphspace.report.page import Picture, Table, Text
from glyphspace.report.reading import caption, tell_distribution, tell_readings

from . import examples


def test_a_caption_cuts_certainty_so_that_only_the_whole_is_one() -> None:
    assert caption("7", 0.999) == "7  0.99"
    assert caption("7", 1.0) == "7  1.00"


def test_each_image_has_its_label_and_certainty() -> None:
    shown = examples.labelled(3)
    assert shown.captions == [
        caption(shown.classes[label], float(sure)) for label, sure in zip(shown.labels, shown.certainty, strict=True)
    ]


def test_certainty_is_told_as_the_share_that_is_sure() -> None:
    blocks = tell_readings(examples.readings(real=np.full(9, 0.98), generated=np.array([0.3, 0.9, 0.95, 0.61])))
    histogram = [block for block in blocks if isinstance(block, Picture)][-1]
    assert (
        "100.0% of the real images and 50.0% of the generated ones are read with a certainty of at least 0.9"
        in histogram.caption
    )


def test_a_threshold_that_leaves_nothing_is_told_and_not_drawn() -> None:
    _, chart, table = tell_distribution(examples.readings())
    assert isinstance(chart, Picture)
    assert isinstance(table, Table)
    assert isinstance(chart.content, str)
    assert "≥ 0.5" in chart.content
    assert "≥ 0.95" not in chart.content
    assert table.rows == (
        ("all", "100.0%", "0", "10.0%", "0", "10.0%"),
        ("≥ 0.5", "60.0%", "0", "1.0%", "1", "11.0%"),
        ("≥ 0.95", "0.0%", "—", "—", "—", "—"),
    )


def test_a_forgotten_class_is_named() -> None:
    rare = np.array([[0.02, 0.01, *([0.97 / 8] * 8)]])
    one = {"thresholds": (0.0,), "kept": (1.0,)}
    text, *_ = tell_distribution(examples.readings(shares=rare, **one))
    assert isinstance(text, Text)
    assert text.paragraphs[1] == "Less than 25% as often as among real images: 0 and 1."
    text, *_ = tell_distribution(examples.readings())
    assert isinstance(text, Text)
    assert "none was forgotten" in text.paragraphs[1]
