"""Ctrl-C and SIGTERM as a question that a loop can ask between two steps."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

Interrupted = Callable[[], bool]


def never() -> bool:
    """The answer of a caller that does not interrupt."""
    return False


@contextmanager
def listening() -> Iterator[Interrupted]:
    """Within the block a first Ctrl-C or SIGTERM makes the answer true; a second one acts as it always does."""
    if threading.current_thread() is not threading.main_thread():
        yield never  # only the main thread is told of signals
        return
    heard = False
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def hear(number: int, frame: FrameType | None) -> None:
        nonlocal heard
        heard = True
        for other, handler in before.items():
            signal.signal(other, handler)

    for number in before:
        signal.signal(number, hear)
    try:
        yield lambda: heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
