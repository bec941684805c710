from glyphspace.report.latents import tell_means
from glyphspace.report.page import Picture, Table, Text

from . import examples


def test_means_are_told_with_what_is_read_in_them_and_their_norms() -> None:
    means = examples.means()
    text, *pictures, table = tell_means(means)
    assert isinstance(text, Text)
    assert isinstance(table, Table)
    assert "reads 1 of 10 images there" in text.paragraphs[0]
    assert "reads 10 of 10 as their class" in text.paragraphs[1]
    assert f"√64 ≈ 8.0 long: {means.sample_norms.mean():.2f} ±" in text.paragraphs[1]
    assert all(isinstance(picture, Picture) for picture in pictures)
    assert table.rows[3] == ("3", "100 latents", f"{means.norms[3]:.2f}", f"{means.class_norms[3]:.2f}")
    assert table.caption.endswith("at least 95%")
