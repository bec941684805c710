import numpy as np
import pytest
import torch

from glyphspace.core.errors import TrainingFailed
from glyphspace.training.history import History


def filled(*values) -> History:
    history = History(("loss", "seconds"))
    for value in values:
        history.append(torch.tensor([value, 0.5]))
    return history


def test_rows_are_what_was_appended_in_order():
    history = filled(1.0, 2.0)
    assert history.rows().tolist() == [[1.0, 0.5], [2.0, 0.5]]
    history.append(torch.tensor([3.0, 0.5]))
    np.testing.assert_array_equal(history.column("loss"), np.float32([1, 2, 3]))


def test_an_empty_history_has_no_rows():
    assert History(("a", "b")).rows().shape == (0, 2)


def test_it_goes_back_to_a_checkpoint():
    history = filled(1.0, 2.0, 3.0)
    history.evaluations.append({"step": 3})
    history.restore(torch.ones(1, 2), [{"step": 1}])
    assert history.rows().tolist() == [[1, 1]]
    assert history.evaluations == [{"step": 1}]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_the_first_figure_that_is_no_number_raises_the_alarm_in_one_line(value):
    history = filled(1.0, 2.0)
    history.rows()
    for later in (3.0, value, value):
        history.append(torch.tensor([later, 0.5]))
    with pytest.raises(TrainingFailed, match=r"^loss is not a finite number at step 4; try a lower learning rate$"):
        history.rows()
