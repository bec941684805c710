"""One process at a time."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import BadInput
from .files import reason

if sys.platform != "win32":
    import fcntl

WITHOUT_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP)  # what file systems say that have none


@contextmanager
def alone(file: Path, busy: str) -> Iterator[None]:
    """Keep others off `file`, which is made if need be, until the block ends or the process dies.

    Where the system or its disk has no such locks, nobody is kept off.

    Raises:
        BadInput: somebody else has it, and says what `busy` says; or it cannot be made.
    """
    if sys.platform == "win32":
        yield
        return
    try:
        held = os.open(file, os.O_RDONLY | os.O_CREAT, 0o666)  # to lock it, nobody needs to write it
    except OSError as error:
        raise BadInput(f"cannot write {file}: {reason(error)}") from error
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BadInput(busy) from error
        except OSError as error:
            if error.errno not in WITHOUT_LOCKS:
                raise
        yield
    finally:
        os.close(held)
