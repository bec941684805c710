"""Imports that last as long as the process."""

import gc
import sys
from importlib import import_module


def import_for_good(name: str) -> None:
    """Import a large module in a process that is ours, once and for all.

    Python looks for garbage whenever many objects were made, and once more when it ends. Of the hundreds of thousands
    that torch makes as it is imported hardly any is garbage: it is not looked for while they come, nor among them, and
    whatever was there before, from then on.
    """
    if name in sys.modules:
        return
    collecting = gc.isenabled()
    gc.disable()
    try:
        import_module(name)
        gc.freeze()
    finally:
        if collecting:
            gc.enable()
