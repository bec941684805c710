"""Keys for locked messages: a secret one to open them, and a public one, which anybody may have, to lock them.

X25519 (RFC 7748). Each is a line of text with a checksum, so that a key that was mistyped is refused.
"""

import base64
import binascii
import hashlib
import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from ..core.errors import BadInput
from ..core.files import atomic, read_bytes, write_text

PUBLIC, SECRET = "glyphspace-public-", "glyphspace-secret-"
LENGTH, CHECK = 32, 4  # bytes of a key, and of its checksum
LARGEST = 1_000  # bytes of a key file


def new_keys(path: str | Path) -> tuple[Path, Path]:
    """Make two keys, and write the secret one to `path`.key, which only its owner can read, and the other to
    `path`.pub.

    Raises:
        BadInput: one of the files is there already, or cannot be written.
    """
    if str(path).endswith(os.sep) or Path(path).name in ("", ".", ".."):
        raise BadInput(f"{str(path)!r} does not name keys; give a path without an ending")
    secret_file, public_file = (Path(f"{path}.{ending}") for ending in ("key", "pub"))
    for file in (secret_file, public_file):
        if file.exists():
            raise BadInput(f"{file} is there already; what was locked for it could no longer be opened")
    secret = X25519PrivateKey.generate()
    with atomic(secret_file) as temporary:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as private:
            private.write(_line(SECRET, secret.private_bytes_raw()))
    try:
        write_text(public_file, _line(PUBLIC, secret.public_key().public_bytes_raw()))
    except BadInput:
        secret_file.unlink()  # nobody has the other half, and it would be in the way of new ones
        raise
    return secret_file, public_file


def read_secret(path: str | Path) -> X25519PrivateKey:
    """The secret key in the file at `path`.

    Raises:
        BadInput: it holds none, or others than its owner could read it.
    """
    key = _parsed(_content(path), SECRET, str(path))
    if os.name == "posix" and Path(path).stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadInput(f"{path} can be read by others, so it may be no secret; chmod 600 {path}, or make new keys")
    return X25519PrivateKey.from_private_bytes(key)


def read_public(key: str | Path) -> X25519PublicKey:
    """A public key: the line itself, or the file that holds it.

    Raises:
        BadInput: it is none.
    """
    line = str(key) if str(key).startswith(PUBLIC) else _content(key)
    return X25519PublicKey.from_public_bytes(_parsed(line, PUBLIC, "this public key" if line == str(key) else str(key)))


def _content(path: str | Path) -> str:
    content = read_bytes(path)
    return content.decode("ascii", "replace") if len(content) <= LARGEST else ""


def _line(kind: str, key: bytes) -> str:
    checked = key + _checksum(kind, key)
    return f"{kind}{base64.urlsafe_b64encode(checked).decode()}\n"


def _checksum(kind: str, key: bytes) -> bytes:
    return hashlib.sha256(kind.encode() + key).digest()[:CHECK]


def _parsed(line: str, kind: str, name: str) -> bytes:
    """The key in a line; errors never quote it."""
    word = line.strip()
    other = next((each for each in (PUBLIC, SECRET) if word.startswith(each)), None)
    if other is not None and other != kind:
        raise BadInput(f"{name} holds a {_word(other)} key, and a {_word(kind)} one is needed")
    try:
        checked = base64.b64decode(word.removeprefix(kind), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        checked = b""
    key = checked[:LENGTH]
    if word != _line(kind, key).strip():  # nor in another spelling: the decoder takes + and / for - and _ too
        raise BadInput(f"{name} holds no whole {_word(kind)} key of glyphspace")
    return key


def _word(kind: str) -> str:
    return "public" if kind == PUBLIC else "secret"
