import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "metrics_memory.py"


@pytest.mark.slow
def test_neighbours_among_fifty_thousand_fit_in_one_gigabyte():
    run = subprocess.run([sys.executable, BENCHMARK], capture_output=True, text=True, check=True)
    figures = json.loads(run.stdout)
    assert figures["rows"] == 50_000
    assert figures["neighbours: megabytes in all"] < 1000
    assert figures["kernel: megabytes in all"] < 1000
