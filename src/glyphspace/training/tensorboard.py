"""The history of a run as TensorBoard's event files: an extra, `pip install glyphspace[tensorboard]`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jaxtyping import Float32
from torch import Tensor

from ..core.errors import Unavailable
from .classifier import ClassifierTraining
from .gan import GanTraining
from .recipes import GanRecipe, find_recipe

Stepped = Callable[[int, Float32[Tensor, "steps columns"]], None]


@contextmanager
def no_writer() -> Iterator[Stepped]:
    """Writes nothing."""
    yield lambda step, rows: None


@contextmanager
def event_writer(folder: Path, recipe: str) -> Iterator[Stepped]:
    """Writes each figure's mean over the rows it is given, at the step they end with.

    Raises:
        Unavailable: TensorBoard is not installed.
    """
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        raise Unavailable("TensorBoard is not installed; pip install 'glyphspace[tensorboard]'") from None
    training = GanTraining if isinstance(find_recipe(recipe), GanRecipe) else ClassifierTraining
    columns = (*training.columns, "seconds")
    with SummaryWriter(str(folder)) as events:

        def write(step: int, rows: Float32[Tensor, "steps columns"]) -> None:
            for name, value in zip(columns, rows.mean(0).tolist(), strict=True):
                events.add_scalar(name, value, step)

        yield write
