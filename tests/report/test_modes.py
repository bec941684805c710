from glyphspace.report.modes import tell_modes
from glyphspace.report.page import Picture, Table, Text

from . import examples


def test_clusters_stand_beside_those_of_test_images() -> None:
    _, table = tell_modes(examples.modes())
    assert isinstance(table, Table)
    assert [row[1:] for row in table.rows] == [("87 of 100", "100 of 100"), ("41", "6")]


def test_stacked_modes_stand_beside_what_sampling_alone_gives() -> None:
    text, figures, map_, channels = tell_modes(examples.stacked_modes())
    assert isinstance(text, Text) and "999 modes are among them" in text.paragraphs[0]
    assert isinstance(figures, Table) and isinstance(map_, Picture) and isinstance(channels, Table)
    assert [row[1:] for row in figures.rows] == [("999", "1,000"), ("0.0456", "0.0193"), ("0.0512", "—")]
    assert len(channels.rows) == 10 and channels.rows[0] == ("0", "10.0%", "10.0%", "10.0%")
