"""Memory that is freed stays with the process: pages are not got anew."""

import subprocess
import sys

import pytest

PROGRAM = """
import resource
from glyphspace.core.memory import keep_freed_memory

assert {keep} or keep_freed_memory()

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

bytearray(40_000_000)
before = faults()
for _ in range(20):
    bytearray(40_000_000)  # filled with zeros, so every page is touched
print(faults() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system's C library is not glibc")
def test_a_block_that_is_freed_and_asked_for_again_costs_no_page_faults():
    given_back, kept = (
        int(subprocess.run((sys.executable, "-c", PROGRAM.format(keep=keep)), capture_output=True, check=True).stdout)
        for keep in (True, False)
    )
    assert kept < given_back / 10
