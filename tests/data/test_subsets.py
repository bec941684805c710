import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.data.images import LabelledImages
from glyphspace.data.subsets import few_shot, fraction, hold_out, unbalanced, union

seeds = st.integers(0, 2**32)
one_fixture = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def numbers(images: LabelledImages) -> list[int]:
    return images.images[:, 0, 0].tolist()


@one_fixture
@given(seed=seeds, per_class=st.integers(0, 10))
def test_few_shot_has_as_many_of_each_class(letters, seed, per_class):
    few = few_shot(letters, per_class, seed)
    assert few.class_counts().tolist() == [per_class] * 3
    assert numbers(few) == sorted(set(numbers(few)))
    assert few.labels.equal(letters.labels[numbers(few)])


def test_choices_are_repeatable_and_differ_with_the_seed(letters):
    assert numbers(few_shot(letters, 5, 1)) == numbers(few_shot(letters, 5, 1)) != numbers(few_shot(letters, 5, 2))


@one_fixture
@given(seed=seeds)
def test_smaller_choices_are_part_of_larger_ones(letters, seed):
    assert set(numbers(few_shot(letters, 3, seed))) < set(numbers(few_shot(letters, 7, seed)))
    assert set(numbers(fraction(letters, 0.1, seed))) < set(numbers(fraction(letters, 0.5, seed)))


def test_unbalanced_takes_numbers_and_shares(letters):
    scarce = unbalanced(letters, {"A": 5, "B": 0.25}, seed=0)
    assert scarce.class_counts().tolist() == [5, 5, 10]
    assert unbalanced(letters, {"A": 1, "B": 1.0, "C": 0}, seed=0).class_counts().tolist() == [1, 20, 0]


@pytest.mark.parametrize("keep", [{"A": 61}, {"A": -1}, {"A": 1.5}, {"A": -0.1}, {"A": float("nan")}])
def test_more_than_there_is_cannot_be_kept(letters, keep):
    with pytest.raises(BadInput, match="of class A a number from 0 to 60 or a share"):
        unbalanced(letters, keep, seed=0)


def test_unknown_class_is_named(letters):
    with pytest.raises(UnknownName, match="no class of letters is called 'Z'"):
        unbalanced(letters, {"Z": 1}, seed=0)


@one_fixture
@given(seed=seeds, count=st.integers(0, 90))
def test_held_out_part_has_the_frequencies_of_the_whole(letters, seed, count):
    rest, validation = hold_out(letters, count, seed)
    assert len(validation) == count and len(rest) == 90 - count
    assert sorted(numbers(rest) + numbers(validation)) == list(range(90))
    expected = letters.class_counts() * count / 90
    assert (validation.class_counts() - expected).abs().max() < 1


@pytest.mark.parametrize(("share", "counts"), [(0.5, [30, 10, 5]), (1.0, [60, 20, 10]), (0.01, [1, 0, 0])])
def test_fraction_keeps_the_frequencies(letters, share, counts):
    assert fraction(letters, share, seed=0).class_counts().tolist() == counts


@pytest.mark.parametrize("share", [0.0, -0.5, 1.1, float("nan")])
def test_share_beyond_the_whole_is_refused(letters, share):
    with pytest.raises(BadInput, match="a share of letters lies above 0"):
        fraction(letters, share, seed=0)


@pytest.mark.parametrize("count", [-1, 91])
def test_count_beyond_the_whole_is_refused(letters, count):
    with pytest.raises(BadInput, match="has 90 images"):
        hold_out(letters, count, seed=0)


@pytest.mark.parametrize("per_class", [-1, 11])
def test_few_shot_beyond_the_smallest_class_is_refused(letters, per_class):
    with pytest.raises(BadInput, match=r"class . of letters has"):
        few_shot(letters, per_class, seed=0)


def digits() -> LabelledImages:
    return LabelledImages(
        torch.full((4, 28, 28), 9, dtype=torch.uint8), torch.tensor([1, 0, 1, 0]), ("0", "1"), "digits"
    )


def test_union_has_the_classes_one_after_another(letters):
    both = union(digits(), letters)
    assert both.classes == ("0", "1", "A", "B", "C") and both.name == "digits+letters"
    assert both.labels.tolist() == [1, 0, 1, 0, *(letters.labels + 2).tolist()]
    assert both.images[4:].equal(letters.images) and len(both) == 94


def test_union_of_one_is_itself(letters):
    assert union(letters).labels.equal(letters.labels)


def test_union_with_a_class_twice_is_refused(letters):
    with pytest.raises(BadInput, match="digits and digits both have a class '0'"):
        union(digits(), letters, digits())
