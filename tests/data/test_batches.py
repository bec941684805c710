import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.data.batches import Batches
from glyphspace.data.images import LabelledImages


def numbered(count: int) -> LabelledImages:
    images = torch.zeros(count, 28, 28, dtype=torch.uint8)
    images[:, 0, 0] = torch.arange(count)
    return LabelledImages(images, torch.arange(count) % 10, tuple("0123456789"), "numbered")


def numbers(batch) -> list[int]:
    return batch[0][:, 0, 0].tolist()


@given(st.integers(1, 100), st.data())
def test_every_epoch_has_each_image_at_most_once(count, data):
    size = data.draw(st.integers(1, count))
    batches = Batches(numbered(count), size, seed=0)
    seen = [n for step in range(batches.steps_per_epoch) for n in numbers(batches.at(step))]
    assert len(seen) == len(set(seen)) == count - count % size


def test_batch_is_a_function_of_seed_and_step_alone():
    forward, backward = Batches(numbered(50), 8, seed=3), Batches(numbered(50), 8, seed=3)
    steps = list(range(40))
    there = [numbers(forward.at(step)) for step in steps]
    back = [numbers(backward.at(step)) for step in reversed(steps)]
    assert there == back[::-1]
    assert numbers(Batches(numbered(50), 8, seed=4).at(0)) != there[0]


def test_epochs_are_shuffled_differently():
    batches = Batches(numbered(50), 50, seed=0)
    assert numbers(batches.at(0)) != numbers(batches.at(1))
    assert sorted(numbers(batches.at(0))) == sorted(numbers(batches.at(1))) == list(range(50))


def test_labels_stay_with_their_images():
    images, labels = Batches(numbered(50), 20, seed=0).at(7)
    assert labels.tolist() == [n % 10 for n in images[:, 0, 0].tolist()]
    assert images.shape == (20, 28, 28) and images.dtype == torch.uint8 and labels.dtype == torch.int64


@pytest.mark.parametrize("world", [1, 2, 4])
def test_processes_share_the_batch_of_one_process(world):
    whole = Batches(numbered(50), 8, seed=0)
    parts = [Batches(numbered(50), 8, seed=0, rank=rank, world=world) for rank in range(world)]
    for step in (0, 5, 6, 17):
        assert [n for part in parts for n in numbers(part.at(step))] == numbers(whole.at(step))


def test_shuffling_stays_what_it_was():
    """A change here breaks the resuming of every run that exists."""
    assert numbers(Batches(numbered(20), 5, seed=1).at(9)) == [5, 0, 4, 8, 17]


@pytest.mark.parametrize("options", [{"batch_size": 51}, {"batch_size": 0}])
def test_batch_that_the_data_cannot_give_is_refused(options):
    with pytest.raises(BadInput, match="cannot be made from the 50 images of numbered"):
        Batches(numbered(50), seed=0, **options)


@pytest.mark.parametrize(("rank", "world"), [(0, 3), (2, 2), (-1, 2)])
def test_batch_that_cannot_be_shared_is_refused(rank, world):
    with pytest.raises(BadInput, match="cannot be shared equally"):
        Batches(numbered(50), 8, seed=0, rank=rank, world=world)
