"""What loading and listing cost: torch's compiler, which takes seconds to import, has no part in it."""

import subprocess
import sys

PROGRAM = """
import sys
from glyphspace.verbs.listing import recipes
from glyphspace.zoo import load_shipped

for name in ("digits-best", "mnist-classifier", "mnist-judging"):
    load_shipped(name)
recipes()
print(*{"sympy", "torch._dynamo"} & sys.modules.keys())
"""


def test_models_are_loaded_and_recipes_listed_without_the_compiler_of_torch():
    done = subprocess.run((sys.executable, "-c", PROGRAM), capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
