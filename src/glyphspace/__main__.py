"""The command `glyphspace`, which `python -m glyphspace` is too: a process that is ours alone."""

import atexit
import io
import os
import sys
from pathlib import Path
from typing import NoReturn

from .cli import main
from .core.files import reason
from .core.imports import import_for_good
from .core.memory import keep_freed_memory


def run() -> NoReturn:
    """Carry out the command and end the process with its exit code.

    Python would take every module apart before it leaves, torch's for longer than a short message takes to write. Here
    the process just ends, after all that was registered to be done at exit while the command ran.
    """
    code: int | None = None  # until the command has ended in a way that is its own

    def leave() -> None:
        if code is not None:
            os._exit(_written(code))

    atexit.register(leave)  # what is registered first is called last
    _make_streams_fit()
    try:
        code = main(prepare=_prepare)
    except SystemExit as ending:  # the parser's
        code = int(ending.code or 0)
    sys.exit(code)


def _make_streams_fit() -> None:
    """Streams that are closed swallow all or hold nothing; what an encoding lacks is printed as Python writes it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if (stream := getattr(sys, name)) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115  # as long as the process lives
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _prepare() -> None:
    keep_freed_memory()
    import_for_good("torch")


def _written(code: int) -> int:
    """The exit code once all that was printed is written: another where it cannot be."""
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except BrokenPipeError:  # whoever read our output has seen enough
        return code
    except OSError as error:
        print(f"glyphspace: {reason(error)}", file=sys.stderr)
        return 2
    return code


if __name__ == "__main__":
    run()
