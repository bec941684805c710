"""What loading costs: torch's compiler, which takes seconds to import, has no part in it."""

import subprocess
import sys

PROGRAM = """
import sys
from glyphspace.zoo import load_shipped

for name in ("digits-best", "mnist-classifier", "mnist-judging"):
    load_shipped(name)
print(*{"sympy", "torch._dynamo"} & sys.modules.keys())
"""


def test_models_that_a_message_needs_load_without_the_compiler_of_torch():
    done = subprocess.run((sys.executable, "-c", PROGRAM), capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
