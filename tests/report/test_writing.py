import numpy as np

from glyphspace.report.page import Picture, Table
from glyphspace.report.writing import ReadBack, Writing, tell_writing


def test_a_message_is_shown_with_what_each_reader_made_of_it() -> None:
    picture = np.full((60, 200, 3), 255, dtype=np.uint8)
    readings = (ReadBack("the classifier", "2026", 0.987), ReadBack("another", "2020", 0.5))
    _, shown, table = tell_writing(Writing("2026", picture, readings))
    assert isinstance(shown, Picture)
    assert isinstance(table, Table)
    assert "2026" in shown.alt
    assert table.rows == (("the classifier", "2026", "yes", "98.7%"), ("another", "2020", "no", "50.0%"))
