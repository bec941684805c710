"""The command `glyphspace`, which `python -m glyphspace` is too."""

import atexit
import os
import sys
from typing import NoReturn

from .cli import main


def run() -> NoReturn:
    """Carry out the command and leave with its exit code.

    To leave, Python takes every module apart, torch's for as long as it takes to write a message. Here the process just
    ends, once all that was to be done at its exit is done: what is registered first is called last.
    """
    code: str | int | None = 1

    def leave() -> None:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:  # nobody reads on, or the disk is full: Python has its own way of saying so
            return
        if isinstance(code, int):
            os._exit(code)

    atexit.register(leave)
    try:
        code = main()
    except SystemExit as ending:
        code = ending.code or 0
    sys.exit(code)


if __name__ == "__main__":
    run()
