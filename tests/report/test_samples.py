import io

from PIL import Image

from glyphspace.report.page import Picture, Pictures, Text
from glyphspace.report.samples import MOVING, tell_copies, tell_evolution, tell_samples

from . import examples


def test_as_many_generated_as_real_images_stand_side_by_side() -> None:
    _, sheets = tell_samples(examples.samples())
    assert isinstance(sheets, Pictures)
    assert [picture.alt for picture in sheets.pictures] == [
        "Sheet of 48 generated characters",
        "Sheet of 48 real characters",
    ]


def test_a_long_run_is_told_in_as_many_moments_as_there_is_room_for() -> None:
    _, rows, moving = tell_evolution(examples.evolution(60), 1000)
    assert isinstance(rows, Picture)
    assert isinstance(moving, Picture)
    assert "9 moments" in rows.alt
    with Image.open(io.BytesIO(moving.content)) as gif:  # type: ignore[arg-type]
        assert gif.n_frames == MOVING


def test_the_first_and_the_last_moment_are_shown() -> None:
    _, rows, _ = tell_evolution(examples.evolution(41), 1000)
    assert isinstance(rows.content, str)
    assert "<!-- step 0 -->" in rows.content
    assert "<!-- epoch 2 -->" in rows.content


def test_copies_are_told_with_how_near_unseen_images_come() -> None:
    text, picture = tell_copies(examples.copies())
    assert isinstance(text, Text)
    assert isinstance(picture, Picture)
    assert "each of 100 samples" in text.paragraphs[0]
    assert "49.50" in text.paragraphs[1]
    assert "24.75" in text.paragraphs[1]
    assert picture.alt.startswith("20 samples above")
