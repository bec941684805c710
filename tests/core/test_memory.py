"""Memory that is freed stays with the process: pages are not got anew."""

import platform
import subprocess
import sys

import pytest

PROGRAM = """
import resource
from glyphspace.core.memory import keep_freed_memory

if {kept}:
    assert keep_freed_memory()

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

bytearray(40_000_000)
before = faults()
for _ in range(20):
    bytearray(40_000_000)  # filled with zeros, so every page is touched
print(faults() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_a_block_that_is_freed_and_asked_for_again_costs_no_page_faults():
    given_back, reused = (
        int(subprocess.run((sys.executable, "-c", PROGRAM.format(kept=kept)), capture_output=True, check=True).stdout)
        for kept in (False, True)
    )
    assert reused < given_back / 10
