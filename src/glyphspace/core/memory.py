"""What becomes of memory that is freed: it is kept for the next tensor of that size.

The C library gives large blocks back to the system at once, and gets each page of the next one anew, filled with zeros.
Activations come and go by the megabyte, so that this can be a good part of what a command waits for.
"""

import ctypes
import sys

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # parameters of `mallopt`, from malloc.h
LARGEST = 2**30  # bytes of a block that is kept
LARGEST_OF_OLD = 2**25  # bytes; the most that an older glibc takes


def keep_freed_memory() -> bool:
    """From now on this process keeps the memory it frees, where the C library is glibc; whether it does.

    It is for commands, whose process is theirs: a library has no say in this. No result changes by it.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # musl
        return False
    # The second is set only if the first was: either fixes both, and blocks of 128 KiB would be given back at once.
    large = mallopt(MMAP_THRESHOLD, LARGEST) or mallopt(MMAP_THRESHOLD, LARGEST_OF_OLD)
    return bool(large and mallopt(TRIM_THRESHOLD, 2**31 - 1))
