import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_neighbours_among_fifty_thousand_fit_in_one_gigabyte(tmp_path):
    command = (sys.executable, "-m", "benchmarks.metrics_memory", "--json", tmp_path / "found.json")
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    found = json.loads((tmp_path / "found.json").read_text())
    assert found["asked"]["rows"] == 50_000
    assert found["found"]["neighbours: megabytes in all"] < 1000
    assert found["found"]["kernel: megabytes in all"] < 1000
