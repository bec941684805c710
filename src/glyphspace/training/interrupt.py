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
    """Within the block a first Ctrl-C or SIGTERM makes the answer true; a second one acts as it always does.

    A signal that the process was started to ignore (by `nohup`, or in the background of a script) stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield never  # only the main thread is told of signals
        return
    heard = False
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    before = {number: handler for number, handler in handlers.items() if handler is not signal.SIG_IGN}

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
