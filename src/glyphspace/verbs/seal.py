"""seal, hide, open_sealed: messages for one reader. What they say is on no disk, before it is locked or after."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import BadInput
from ..core.files import read_bytes, write_bytes
from ..core.progress import Progress, silent
from ..message.alphabet import fold as folded
from ..message.compose import compose
from ..message.hidden import hide as hide_text
from ..message.keep import message_bytes, message_of, save_message
from ..message.keys import new_keys, read_public, read_secret
from ..message.locked import (
    check_passphrase,
    is_locked,
    lock_for,
    lock_with_passphrase,
    needs_passphrase,
    unlock_with_key,
    unlock_with_passphrase,
)
from ..message.message import Message, rows
from ..message.read import Reading
from ..message.read import read as read_message
from ..message.torch_file import torch_bytes
from ..message.typeset import Page, typeset
from ..nets.model import Model
from ..zoo import find_model
from .pens import PLAIN, Style, generator_for, hand_for, reader_for, second_reader, writer_of

__all__ = ["Opened", "hide", "new_keys", "open_sealed", "seal"]


@dataclass(frozen=True, eq=False)
class Opened:
    """What was sealed: the text as a classifier reads it, the message, and the page to look at."""

    text: str
    message: Message
    page: Page


def seal(
    text: str,
    *,
    out: str | Path,
    to: str | Path | None = None,
    passphrase: str | None = None,
    model: str | Path | Model | None = None,
    classifier: str | Path | Model | None = None,
    second: str | Path | Model | None = None,
    seed: int = 0,
    style: Style | None = None,
    fold: bool = False,
    progress: Progress = silent,
) -> Path:
    """Write `text` as a message and lock it: only who has the key, or the passphrase, and the generator reads it.

    Args:
        out: the locked file.
        to: the recipient's public key, or the file with it.
        passphrase: instead of a key.

    The other arguments are those of `write`.

    Raises:
        BadInput: neither or both of a key and a passphrase were given; and what `write` raises.
    """
    if (to is None) == (passphrase is None):
        raise BadInput("a message is locked for a public key or with a passphrase: give one of the two")
    public = None if to is None else read_public(to)
    if passphrase is not None:
        check_passphrase(passphrase)
    generator, name = generator_for(text, model, fold=fold)
    reader = reader_for(generator, classifier)
    composed = compose(
        folded(text, generator.classes) if fold else text,
        generator,
        reader,
        seed,
        second_reader(generator, second),
        hand_for(generator, reader, style or Style(), seed, progress),
        name,
        progress,
    )
    content = message_bytes(composed.message)
    locked = lock_for(content, public) if public is not None else lock_with_passphrase(content, passphrase or "")
    write_bytes(out, locked)
    return Path(out)


def hide(
    text: str,
    *,
    out: str | Path,
    model: str | Path | Model | None = None,
    classifier: str | Path | Model | None = None,
    seed: int | None = None,
    fold: bool = False,
    progress: Progress = silent,
) -> Path:
    """Write `text` as latents that show nothing to who has not the generator: best one of your own.

    Spaces, line breaks and which letters are small are left away; they would show.

    Args:
        out: .safetensors, or .pt for a plain tensor. Neither names the generator.
        model: an unconditional generator; by default one that ships, which everybody has.
        seed: for latents that can be had again, which all seeds can be tried for; by default they cannot.

    Raises:
        BadInput: the generator is conditional, or cannot write the text; or `out` has another ending.
    """
    out = Path(out)
    if out.suffix not in (".safetensors", ".pt"):
        raise BadInput(f"{out} must end in .safetensors or in .pt, for a plain tensor")
    generator, _ = generator_for(text, model, PLAIN, fold)
    message = hide_text(
        folded(text, generator.classes) if fold else text,
        generator,
        reader_for(generator, classifier),
        seed,
        progress,
    )
    if out.suffix == ".pt":
        write_bytes(out, torch_bytes(rows(message)))
    else:
        save_message(out, message)
    return out


def open_sealed(
    file: str | Path,
    *,
    key: str | Path | None = None,
    passphrase: str | Callable[[], str] | None = None,
    model: str | Path | Model | None = None,
    classifier: str | Path | Model | None = None,
) -> Opened:
    """Open what `seal` locked, or read what `hide` hid; nothing is written.

    Args:
        key: the file with your secret key.
        passphrase: or what asks for it, which is only called if the file needs one.
        model: the generator; by default the one that the message names, if it ships. Hidden ones name none.

    Raises:
        BadInput: it was locked otherwise, for another key or with another passphrase, or not at all; has been changed;
            or was written with another generator.
    """
    content, name = read_bytes(file), str(file)
    content = _unlocked(content, name, key, passphrase)
    message = message_of(content, name)
    generator = writer_of(message, name) if model is None else find_model(model, "generator")
    reading: Reading = read_message(message, generator, reader_for(generator, classifier))
    return Opened(reading.text, message, typeset(reading.images, reading.text))


def _unlocked(content: bytes, name: str, key: str | Path | None, passphrase: str | Callable[[], str] | None) -> bytes:
    """What was locked, or the content itself if nothing was."""
    locked = is_locked(content)
    by_passphrase = locked and needs_passphrase(content, name)
    if key is not None and (by_passphrase or not locked):
        raise BadInput(f"{name} is locked {'with a passphrase' if locked else 'by nothing'}; leave the key out")
    if isinstance(passphrase, str) and not by_passphrase:
        raise BadInput(f"{name} is locked {'for a key' if locked else 'by nothing'}; leave the passphrase out")
    if not locked:
        return content
    if by_passphrase:
        if passphrase is None:
            raise BadInput(f"{name} is locked with a passphrase; give it")
        given = passphrase if isinstance(passphrase, str) else passphrase()
        return unlock_with_passphrase(content, given, name)
    if key is None:
        raise BadInput(f"{name} is locked for a key; name the file with your secret key")
    return unlock_with_key(content, read_secret(key), name)
