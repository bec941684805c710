"""glyphspace seal, glyphspace open, glyphspace keys."""

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from ..core.errors import BadInput
from ..core.files import read_bytes
from .message import add_models, add_text, text_of
from .terminal import say, waiting

ENVIRONMENT = "GLYPHSPACE_PASSPHRASE"
HOW = (
    "Without a key a passphrase is used: that of --passphrase-file, or else of the environment variable "
    f"{ENVIRONMENT}, or else it is asked for."
)


def add_to(commands: Any) -> None:
    """Add the commands to the parser."""
    sealer = commands.add_parser(
        "seal",
        help="write a message that only one reader can open",
        description=f"{HOW} A text on the command line can be seen by others on this computer while it runs; - reads "
        "it from standard input.",
        allow_abbrev=False,  # --passphrase would be taken for --passphrase-file, and shown as the name of a file
    )
    add_text(sealer)
    kind = sealer.add_mutually_exclusive_group()
    kind.add_argument("--to", metavar="KEY", help="lock it for a public key: the .pub file, or the line in it")
    kind.add_argument(
        "--hidden",
        action="store_true",
        help="do not lock it, but hide it in latents that show nothing to who has not the generator; spaces and lines "
        "are left away, and which letters are small where both have one class, since they would show",
    )
    kind.add_argument("--passphrase-file", type=Path, metavar="FILE", help="its first line is the passphrase")
    add_models(sealer)
    sealer.add_argument("--out", type=Path, required=True, metavar="FILE", help="the sealed message")
    sealer.set_defaults(run=seal)

    opener = commands.add_parser(
        "open", help="open a sealed message, and show it here", description=HOW, allow_abbrev=False
    )
    opener.add_argument("file", type=Path, metavar="FILE", help="what seal wrote")
    opener.add_argument("--key", type=Path, metavar="FILE", help="your secret key, of a message locked for it")
    opener.add_argument("--passphrase-file", type=Path, metavar="FILE", help="its first line is the passphrase")
    opener.add_argument(
        "--model", metavar="MODEL", help="the generator (default: as the message says, unless it is hidden)"
    )
    opener.add_argument("--classifier", metavar="MODEL", help="which reads (default: the one that ships)")
    opener.set_defaults(run=open_sealed)

    keys = commands.add_parser("keys", help="make keys for locked messages")
    new = keys.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "new", help="make NAME.key, which is yours alone, and NAME.pub, which you give to those who write to you"
    )
    new.add_argument("name", metavar="NAME", help="a path without an ending")
    new.set_defaults(run=new_keys)


def seal(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace seal`."""
    from ..verbs.seal import hide
    from ..verbs.seal import seal as seal_verb

    text = text_of(arguments)
    models = {"model": arguments.model, "classifier": arguments.classifier, "fold": arguments.fold}
    if arguments.hidden:
        if arguments.second:
            raise BadInput("a hidden message is read along by one classifier alone; leave --second away")
        with waiting("seal") as progress:
            file = hide(text, out=arguments.out, **models, progress=progress)
        print(file)
        return
    passphrase = None if arguments.to else _passphrase(arguments.passphrase_file, _asked_twice)
    with waiting("seal") as progress:
        file = seal_verb(
            text,
            out=arguments.out,
            to=arguments.to,
            passphrase=passphrase,
            second=arguments.second,
            **models,
            progress=progress,
        )
    print(file)


def open_sealed(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace open`."""
    from ..verbs.seal import open_sealed as open_verb

    file: Path | None = arguments.passphrase_file
    opened = open_verb(
        arguments.file,
        key=arguments.key,
        passphrase=partial(_passphrase, None, _asked) if file is None else _passphrase(file, _asked),
        model=arguments.model,
        classifier=arguments.classifier,
    )
    if sys.stdout.isatty():
        from ..message.preview import preview

        print(preview(opened.page, shutil.get_terminal_size().columns))
    print(opened.text)


def new_keys(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace keys new`."""
    from ..message.keys import new_keys as make

    secret, public = make(arguments.name)
    print(public)
    print(public.read_text().strip())
    say(f"{secret} opens what is locked for it: keep it, and show it to nobody")


def _passphrase(file: Path | None, ask: Callable[[], str]) -> str:
    """From the file, the environment or the terminal; never from the command line, which others can see."""
    if file is not None:
        return _decoded(read_bytes(file)).split("\n")[0].rstrip("\r")
    return os.environ[ENVIRONMENT] if ENVIRONMENT in os.environ else ask()


def _asked_twice() -> str:
    typed = _asked("Passphrase to lock it with: ")
    if _asked("The same again: ") != typed:
        raise BadInput("the two passphrases differ; nothing was locked")
    return typed


def _asked(prompt: str = "Passphrase: ") -> str:
    from getpass import GetPassWarning, getpass
    from warnings import catch_warnings, simplefilter

    try:
        with catch_warnings():
            simplefilter("error", GetPassWarning)  # it would be seen while it is typed
            return getpass(prompt)
    except (EOFError, OSError, GetPassWarning) as error:
        raise BadInput(f"no terminal to ask for a passphrase; use --passphrase-file or {ENVIRONMENT}") from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")  # editors may begin a file with a mark
    except UnicodeDecodeError as error:
        raise BadInput("the passphrase file holds no text in UTF-8") from error
