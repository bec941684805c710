"""How a long function tells its caller how far it is, without printing."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Progress(Protocol):
    """Called now and then with the units done, the units in all (None: not known) and a few words."""

    def __call__(self, done: int, total: int | None, note: str = "") -> None: ...


def silent(done: int, total: int | None, note: str = "") -> None:
    """The progress of a caller that does not want to know."""
