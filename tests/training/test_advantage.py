import pytest
import torch

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.training.advantage import Advantage, find_advantage


def turns(text, steps, per_epoch=10, accuracy=0.5):
    """Whether the generator has its turn at each step, and the advantage told there."""
    advantage = Advantage(find_advantage(text), per_epoch)
    taken, told = [], []
    for step in range(steps):
        taken.append(advantage.turn(step))
        told.append(float(advantage.now))
        advantage.heed(step, torch.tensor(accuracy))
    return taken, told


@pytest.mark.parametrize(("number", "count"), [("1", 180), ("9", 20), ("8.5", 21), ("2.25", 80)])
def test_a_fixed_advantage_is_kept_on_average_whether_it_is_whole_or_not(number, count):
    taken, told = turns(f"fixed:{number}", 180)
    assert sum(taken) == count
    assert set(told) == {float(number)}


def test_eight_and_a_half_is_nine_and_eight_updates_in_turn():
    taken, _ = turns("fixed:8.5", 34)
    assert [step + 1 for step, mine in enumerate(taken) if mine] == [9, 17, 26, 34]


def test_an_adaptive_advantage_grows_while_the_discriminator_is_weak():
    _, weak = turns("adaptive:0.8", 160, accuracy=0.7)
    assert weak[::10] == [float(epoch) for epoch in range(1, 17)]
    assert sum(weak) / 160 == 8.5  # the mean that the report takes for its own model
    _, strong = turns("adaptive", 40, accuracy=0.85)
    assert set(strong) == {1.0}


def test_it_falls_back_to_1_at_once_and_no_lead_is_made_up_for():
    advantage = Advantage(find_advantage("adaptive:0.8"), 4)
    accuracies = [0.5] * 16 + [0.9] * 4 + [0.5] * 8
    taken = []
    for step, accuracy in enumerate(accuracies):
        taken.append((advantage.turn(step), float(advantage.now)))
        advantage.heed(step, torch.tensor(accuracy))
    assert [now for _, now in taken[::4]] == [1, 2, 3, 4, 5, 1, 2]
    assert all(mine for mine, _ in taken[20:24])
    assert [mine for mine, _ in taken[24:]] == [False, True, False, True]


def test_a_cyclic_advantage_rises_and_falls_with_every_epoch():
    _, told = turns("cyclic:9", 20)
    assert told[:10] == pytest.approx([1, 2.6, 4.2, 5.8, 7.4, 9, 7.4, 5.8, 4.2, 2.6])
    assert told[10:] == told[:10]


@pytest.mark.parametrize("text", ["fixed:8.5", "adaptive:0.8", "cyclic:4"])
def test_its_buffers_are_all_that_it_remembers(text):
    whole, first, second = (Advantage(find_advantage(text), 7) for _ in range(3))

    def run(advantage, steps):
        taken = []
        for step in steps:
            taken.append((advantage.turn(step), float(advantage.now)))
            advantage.heed(step, torch.tensor(0.6 + step / 100))
        return taken

    expected = run(whole, range(40))
    before = run(first, range(17))
    second.load_state_dict(first.state_dict())
    assert before + run(second, range(17, 40)) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fixed:0.5", "the number of the advantage 'fixed' lies from 1 to 1000, not 0.5"),
        ("fixed:nan", "lies from 1 to 1000, not nan"),
        ("fixed:1e9", "lies from 1 to 1000, not 1e"),
        ("adaptive:8", "the number of the advantage 'adaptive' lies from 0 to 1, not 8"),
        ("cyclic:x", "'cyclic:x' is no advantage; write it as fixed:9, adaptive:0.8 or cyclic:9"),
    ],
)
def test_what_is_no_advantage_is_refused(text, words):
    with pytest.raises(BadInput, match=words):
        find_advantage(text)
    with pytest.raises(UnknownName, match="no advantage is called 'fixt'; did you mean fixed"):
        find_advantage("fixt:9")
