"""What loading, listing and writing cost: of what takes long to import, they import torch alone."""

import subprocess
import sys


def imported_by(program: str, *of: str) -> set[str]:
    """Which of these modules are there after the program."""
    ended = f"import sys\n{program}\nprint(*{set(of)} & sys.modules.keys())"
    done = subprocess.run((sys.executable, "-c", ended), capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_models_are_loaded_without_the_compiler_of_torch():
    program = """
from glyphspace.zoo import load_shipped
for name in ("digits-best", "mnist-classifier", "mnist-judging"):
    load_shipped(name)
"""
    assert not imported_by(program, "sympy", "torch._dynamo")


def test_recipes_are_listed_without_it():
    program = "from glyphspace.verbs.listing import recipes; recipes()"
    assert not imported_by(program, "sympy", "torch._dynamo")


def test_a_message_is_drawn_without_what_only_some_messages_need():
    program = "from glyphspace import write; assert write('2026 AD').text == '2026 AD'"
    assert not imported_by(program, "sympy", "torch._dynamo", "scipy", "sklearn", "matplotlib")
