"""What the pages of all runs take from a run: its models and its history, checked before they are believed."""

from ..core.errors import BadInput
from ..nets.model import Model
from ..training.history import History
from .train import Run


def kept_model(run: Run, kind: str) -> Model:
    """The model of this kind that the run left.

    Raises:
        BadInput: it has left none.
    """
    if kind not in run.models:
        raise BadInput(
            f"the run stopped at step {run.step:,} and has left no {kind} yet; the command that started it goes on "
            "from there with --resume added"
        )
    return run.models[kind]


def checked_history(run: Run, columns: tuple[str, ...], measured: tuple[str, ...]) -> History:
    """The history of the run.

    Args:
        columns: the figures of each iteration; measured: those of each evaluation.

    Raises:
        BadInput: there is none yet, or it holds other figures.
    """
    if run.step == 0:
        raise BadInput("the run has not come to its first checkpoint yet")
    history = run.history
    rows = history.rows()
    numbers = ("epoch", *(f"{split}_{name}" for split in ("train", "test") for name in measured))
    if (
        history.columns != (*columns, "seconds")
        or rows.shape != (run.step, len(history.columns))
        or not all(isinstance(each.get(name), int | float) for each in history.evaluations for name in numbers)
    ):
        raise BadInput("the history in its checkpoint is not whole")
    return history
