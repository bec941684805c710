"""One process at a time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import BadInput

if sys.platform != "win32":
    import fcntl


@contextmanager
def alone(file: Path, busy: str) -> Iterator[None]:
    """Keep others off `file`, which is made if need be, until the block ends or the process dies.

    Where the system has no such locks, nobody is kept off.

    Raises:
        BadInput: somebody else has it; says what `busy` says.
    """
    if sys.platform == "win32":
        yield
        return
    with file.open("ab") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BadInput(busy) from error
        yield
