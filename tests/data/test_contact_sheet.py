import numpy as np

from glyphspace.data.contact_sheet import contact_sheet
from glyphspace.data.images import LabelledImages
from glyphspace.data.stacked import stack


def test_sheet_has_a_row_for_each_class_and_shows_its_images(letters):
    sheet = contact_sheet(letters, per_class=4, seed=0)
    assert sheet.dtype == np.uint8 and sheet.shape[0] == 12 + 3 * 28 + 2 * 4 + 12
    cell = sheet[12 : 12 + 28, -12 - 28 : -12]  # the last image of the first row
    assert letters.labels[int(cell[0, 0])] == 0 and (cell.ravel()[1:] == 0).all()


def test_sheet_is_repeatable_and_differs_with_the_seed(letters):
    assert (contact_sheet(letters, 4, seed=0) == contact_sheet(letters, 4, seed=0)).all()
    assert (contact_sheet(letters, 4, seed=0) != contact_sheet(letters, 4, seed=1)).any()


def test_class_names_stand_at_the_left(letters):
    margin = contact_sheet(letters, 4, seed=0)[:, : -12 - 4 * 28 - 3 * 4]
    assert all((margin[12 + 32 * row : 40 + 32 * row] < 128).any() for row in range(3))


def test_scarce_classes_leave_paper(letters):
    wide = contact_sheet(letters, 12, seed=0)
    assert (wide[12 + 64 : 12 + 64 + 28, -40:] == 255).all()  # class C has 10
    empty = LabelledImages(letters.images[:0], letters.labels[:0], letters.classes, "empty")
    assert contact_sheet(empty, 2, seed=0).min() < 255


def test_channels_of_stacked_images_are_side_by_side_and_of_many_classes_some_are_shown(letters):
    stacked = stack(letters)
    assert len(stacked.classes) == 27
    assert contact_sheet(stacked, 2, seed=0).shape[0] == 2 * 12 + 27 * 32 - 4
    many = LabelledImages(stacked.images, stacked.labels, tuple(map(str, range(1000))), "many")
    sheet = contact_sheet(many, 2, seed=0)
    assert sheet.shape[0] == 2 * 12 + 64 * 32 - 4
    first = sheet[12 : 12 + 28, -12 - 2 * 88 + 4 :][:, :84]
    members = stacked.images[stacked.labels == 0].numpy().swapaxes(1, 2).reshape(-1, 28, 84)
    assert any((first == member).all() for member in members)
