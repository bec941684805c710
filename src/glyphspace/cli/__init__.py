"""The command line. Each command is a small file that reads words, calls a verb and prints what came of it.

Whatever the caller got wrong is one line on standard error and exit code 2. Nothing heavy is imported before a command
needs it, so that `--help` answers at once.
"""

import argparse
import errno
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from .. import __version__
from ..core.errors import GlyphspaceError, UnknownName
from ..core.files import reason
from . import (
    calibrate,
    compare,
    data,
    demo,
    draw,
    edit,
    evaluate,
    exchange,
    explore,
    invert,
    look,
    message,
    models,
    sample,
    seal,
    select,
    study,
    train,
)

COMMANDS = (
    demo,
    train,
    evaluate,
    calibrate,
    compare,
    draw,
    sample,
    explore,
    select,
    invert,
    edit,
    look,
    message,
    seal,
    models,
    exchange,
    data,
    study,
)


NO_MEMORY = ("allocate memory", "out of memory", "not enough memory")  # as torch says it


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line, and takes an empty word for no file."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.register("type", Path, _path)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; {self.prog} --help tells more\n")


def _path(word: str) -> Path:
    """A file or a folder: `Path("")` would be the current one, where a shell has left out what a variable lacks."""
    if not word:
        raise argparse.ArgumentTypeError("an empty word names no file")
    return Path(word)


def build_parser() -> Parser:
    """The parser of all commands; each sets `run`, the function that carries it out."""
    parser = Parser(prog="glyphspace", description="Small GANs on handwritten characters, on an ordinary CPU.")
    parser.add_argument("--version", action="version", version=f"glyphspace {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add_to(commands)
    for listed in commands._choices_actions:
        about = commands.choices[listed.dest]
        about.description = about.description or f"{str(listed.help)[0].upper()}{str(listed.help)[1:]}."
    return parser


def main(argv: Sequence[str] | None = None, prepare: Callable[[], None] = lambda: None) -> int:
    """Carry out the command in `argv` and return the exit code.

    Args:
        prepare: called when the words are understood, before anything heavy is imported.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        parser = build_parser()
        _check_command(parser, words)
        arguments, unknown = parser.parse_known_args(words)
        if unknown:
            _of_command(parser, words[0]).error(f"unrecognized arguments: {' '.join(unknown)}")
        prepare()
        return int(arguments.run(arguments) or 0)
    except GlyphspaceError as error:
        print(f"glyphspace: {_said_of_recipe(error) or error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("glyphspace: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read our output has seen enough
        return 0
    except (MemoryError, RuntimeError) as error:
        if not isinstance(error, MemoryError) and not any(words in str(error) for words in NO_MEMORY):
            raise
        print("glyphspace: there is not enough memory for so much at once; ask for less", file=sys.stderr)
        return 2
    except OSError as error:
        if error.filename is None and error.errno != errno.ENOSPC:  # of no file that anyone could put right
            raise
        about = f"{error.filename}: " if error.filename is not None else ""
        print(f"glyphspace: {about}{reason(error)}", file=sys.stderr)
        return 2


def _check_command(parser: Parser, words: Sequence[str]) -> None:
    if words and not words[0].startswith("-") and words[0] not in _choices(parser):
        raise UnknownName("command", words[0], _choices(parser))


def _of_command(parser: Parser, word: str) -> Parser:
    """The parser of a command; of what is none, that of all."""
    return _choices(parser).get(word, parser)


def _choices(parser: Parser) -> dict[str, Parser]:
    (commands,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return commands.choices


def _said_of_recipe(error: GlyphspaceError) -> str | None:
    """What to do where a model was asked for and a recipe named; None of any other error."""
    if not isinstance(error, UnknownName):
        return None
    from ..training.recipes import recipes
    from ..zoo.find import MODEL

    if error.kind != MODEL or error.name not in recipes:
        return None
    name = error.name
    return (
        f"{name} is a recipe: train a model by it (glyphspace train {name} --out runs/{name}), and give its run folder"
    )
