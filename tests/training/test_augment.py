import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import UnknownName
from glyphspace.core.randomness import stream
from glyphspace.training.augment import augmentations, find_augmentation


@pytest.fixture(scope="module")
def images(splits):
    return splits.train.images[:40].unsqueeze(1) / 127.5 - 1


@pytest.mark.parametrize("name", augmentations)
def test_shape_and_range_are_kept(name, images):
    made = augmentations[name](images, stream(0, "draw"))
    assert made.shape == images.shape
    assert made.dtype == images.dtype
    assert made.min() >= -1 - 1e-6
    assert made.max() <= 1 + 1e-6


@pytest.mark.parametrize("name", augmentations)
def test_the_digits_of_a_stacked_image_are_changed_alike(name, images):
    made = augmentations[name](images.repeat(1, 3, 1, 1), stream(0, "draw"))
    expected = augmentations[name](images, stream(0, "draw")).repeat(1, 3, 1, 1)
    torch.testing.assert_close(made, expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", augmentations)
def test_what_is_made_is_a_function_of_the_draw(name, images):
    before = torch.random.get_rng_state()
    first, again, other = (augmentations[name](images, stream(seed, "draw")) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert torch.equal(first, other) == (name == "none")
    assert torch.equal(before, torch.random.get_rng_state())


@pytest.mark.parametrize("name", augmentations)
def test_the_images_given_are_left_alone(name, images):
    before = images.clone()
    augmentations[name](images, stream(0, "draw"))
    assert torch.equal(images, before)


@pytest.mark.parametrize("name", augmentations)
def test_empty_paper_stays_empty(name):
    paper = torch.full((5, 1, 28, 28), -1.0)
    torch.testing.assert_close(augmentations[name](paper, stream(0, "draw")), paper)


@pytest.mark.parametrize("name", sorted(set(augmentations) - {"none"}))
def test_each_image_is_changed_by_a_draw_of_its_own(name):
    alike = torch.full((30, 1, 28, 28), -1.0)
    alike[:, :, 4:24, 6:22] = 1
    assert len(augmentations[name](alike, stream(0, "draw")).unique(dim=0)) > 15


@pytest.mark.parametrize("name", ["rotate", "zoom", "shear", "affine"])
def test_the_middle_of_the_range_changes_nothing(name, images, monkeypatch):
    monkeypatch.setattr(torch, "rand", lambda shape, generator: torch.full(shape, 0.5))
    torch.testing.assert_close(augmentations[name](images, stream(0, "draw")), images, rtol=0, atol=1e-5)


@pytest.mark.parametrize("name", ["rotate", "zoom", "shear"])
def test_each_change_alone_is_what_it_is_called(name, monkeypatch):
    monkeypatch.setattr(torch, "rand", lambda shape, generator: torch.ones(shape))  # the end of the range
    dot = torch.full((1, 1, 28, 28), -1.0)
    dot[..., 6:8, 20:22] = 1  # 7 up and 7 to the right of the middle
    down, right = (centre(augmentations[name](dot, stream(0, "draw"))) - 13.5).flatten().tolist()
    assert abs(down + 7) + abs(right - 7) > 0.5
    kept = {"rotate": (down**2 + right**2) ** 0.5 - 98**0.5, "zoom": down + right, "shear": down + 7}[name]
    assert abs(kept) < 0.1


@given(st.integers(0, 1000))
def test_a_shift_moves_ink_by_at_most_two_pixels_and_loses_none_of_it(seed):
    dot = torch.full((1, 1, 28, 28), -1.0)
    dot[0, 0, 14, 9] = 1
    made = augmentations["shift"](dot, stream(seed, "draw"))
    (_, _, row, column), *more = (made == 1).nonzero().tolist()
    assert not more
    assert max(abs(row - 14), abs(column - 9)) <= 2


def test_shifts_reach_every_place_within_two_pixels():
    dots = torch.full((2000, 1, 28, 28), -1.0)
    dots[:, 0, 14, 9] = 1
    places = (augmentations["shift"](dots, stream(0, "draw")) == 1).nonzero()[:, 2:]
    assert len(places.unique(dim=0)) == 25


def test_an_affine_change_keeps_the_ink_near_its_place_and_amount(images):
    made = augmentations["affine"](images, stream(3, "draw"))
    ink, before = ((x + 1).sum((1, 2, 3)) for x in (made, images))
    assert ((ink / before - 1).abs() < 0.4).all()
    assert (centre(made) - centre(images)).abs().max() < 4


def centre(images):
    """Row and column of the centre of the ink."""
    ink = (images + 1)[:, 0]
    places = torch.arange(28.0)
    total = ink.sum((1, 2))
    return torch.stack([(ink.sum(2) * places).sum(1) / total, (ink.sum(1) * places).sum(1) / total])


def test_a_cutout_is_a_blank_square_of_half_the_width(images):
    inked = torch.ones_like(images)
    blanked = augmentations["cutout"](inked, stream(0, "draw"))[:, 0] == -1
    rows, columns = blanked.any(2).sum(1), blanked.any(1).sum(1)
    assert torch.equal(blanked.sum((1, 2)), rows * columns)
    assert rows.max() == columns.max() == 14 and rows.min() >= 1


def test_brightness_makes_ink_fainter_and_leaves_the_ground(images):
    changed = augmentations["brightness"](images, stream(0, "draw"))
    assert (changed <= images + 1e-6).all() and (changed >= -1 + 0.8 * (images + 1) - 1e-6).all()
    assert (changed[images == -1] == -1).all()


def test_several_are_taken_one_after_the_other(images):
    draw = stream(0, "draw")
    expected = augmentations["cutout"](augmentations["shift"](images, draw), draw)
    assert torch.equal(find_augmentation("shift+cutout")(images, stream(0, "draw")), expected)
    assert find_augmentation("shift") is augmentations["shift"]
    with pytest.raises(UnknownName, match="no augmentation is called 'cutut'; did you mean cutout"):
        find_augmentation("shift+cutut")
