"""What all tests share. Shapes in the signatures are checked while they run.

Tests that run side by side, and what they start, have one thread each: more would wait for each other.
"""

import os

if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["OMP_NUM_THREADS"] = "1"

import pytest
from jaxtyping import install_import_hook

install_import_hook("glyphspace", "beartype.beartype")


@pytest.fixture(scope="session", autouse=True)
def _shelf(tmp_path_factory):
    """Yardsticks of tests are not kept among those of whoever runs them, but for processes that tests start."""
    folder = tmp_path_factory.mktemp("measured")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("glyphspace.verbs.yardstick.shelf", lambda: folder)
        yield
