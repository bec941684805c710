"""Locking: any bytes, for whoever has a passphrase or a secret key, and for nobody else.

    offset  bytes
         0     10  "glyphlock" and the version, 1
        10      1  how it is locked: 1 with a passphrase, 2 for a key
        11     32  of a passphrase: the salt; for a key: the public half of a key made for this file alone
        43         the content, padded, with ChaCha20-Poly1305 (RFC 8439); its last 16 bytes show any change

With a passphrase the key is scrypt's (RFC 7914; N = 2¹⁷, r = 8, p = 1: 128 MiB and some tenths of a second a guess).
For a public key it is HKDF-SHA256 (RFC 5869) of what X25519 makes of the two keys. Either way it is used once, so that
the nonce can be zero. The first 43 bytes are authenticated with the content. The costs belong to the version and not to
the file, so that no file can ask for more. Padding (Padmé, "Reducing Metadata Leakage from Encrypted Files and
Communication with PURBs", 2019) leaves of the length what a rounded number tells: at most 12% is added.

Who opens a file learns that it was locked for the key, and not by whom.
"""

import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from ..core.errors import BadInput

MAGIC = b"glyphlock\x01"
PASSPHRASE, KEY = b"\x01", b"\x02"
SALT = 32
HEADER = len(MAGIC) + 1 + SALT
TAG = 16
ONCE = bytes(12)  # the nonce of a key that is used for one file
SCRYPT = {"n": 2**17, "r": 8, "p": 1}
SHORTEST = 8  # characters of a passphrase
WRONG = "it was locked with another {what}, or it has been changed since"


def lock_with_passphrase(content: bytes, passphrase: str) -> bytes:
    """`content` for whoever knows `passphrase`.

    Raises:
        BadInput: it is so short that it is soon guessed.
    """
    check_passphrase(passphrase)
    salt = os.urandom(SALT)
    return _sealed(content, MAGIC + PASSPHRASE + salt, _stretched(passphrase, salt))


def check_passphrase(passphrase: str) -> None:
    """`BadInput` if it is so short that it is soon guessed."""
    if len(passphrase) < SHORTEST:
        raise BadInput(f"a passphrase of {len(passphrase)} characters is soon guessed; take {SHORTEST} or more")


def lock_for(content: bytes, recipient: X25519PublicKey) -> bytes:
    """`content` for whoever has the secret key of `recipient`.

    Raises:
        BadInput: it is the public key of nobody.
    """
    own = X25519PrivateKey.generate()
    public = own.public_key().public_bytes_raw()
    return _sealed(content, MAGIC + KEY + public, _agreed(own, recipient, public, recipient.public_bytes_raw()))


def is_locked(content: bytes) -> bool:
    """Whether these are the bytes of a locked file, of this or of a later version."""
    return content.startswith(MAGIC[:-1])


def needs_passphrase(content: bytes, name: str) -> bool:
    """Whether the file is locked with a passphrase, rather than for a key.

    Raises:
        BadInput: it is no locked file, none of this version, or was cut short.
    """
    if not is_locked(content):
        raise BadInput(f"{name} is no locked message")
    if not content.startswith(MAGIC):
        version = content[len(MAGIC) - 1 : len(MAGIC)].hex() or "none"
        raise BadInput(f"{name}: its version is {version}; this glyphspace opens {MAGIC[-1]:02x}")
    kind = content[len(MAGIC) : len(MAGIC) + 1]
    if kind not in (PASSPHRASE, KEY) or len(content) <= HEADER + TAG:
        raise BadInput(f"{name} is no whole locked message")
    return kind == PASSPHRASE


def unlock_with_passphrase(content: bytes, passphrase: str, name: str) -> bytes:
    """What was locked with `passphrase`; an error calls the file `name`.

    Raises:
        BadInput: it was locked otherwise, with another passphrase, or has been changed.
    """
    if not needs_passphrase(content, name):
        raise BadInput(f"{name} is locked for a key, not with a passphrase; open it with the secret key")
    salt = content[HEADER - SALT : HEADER]
    return _opened(content, _stretched(passphrase, salt), name, "passphrase")


def unlock_with_key(content: bytes, secret: X25519PrivateKey, name: str) -> bytes:
    """What was locked for the public key of `secret`; an error calls the file `name`.

    Raises:
        BadInput: it was locked otherwise, for another key, or has been changed.
    """
    if needs_passphrase(content, name):
        raise BadInput(f"{name} is locked with a passphrase, not for a key")
    public = content[HEADER - SALT : HEADER]
    try:
        key = _agreed(secret, X25519PublicKey.from_public_bytes(public), public, secret.public_key().public_bytes_raw())
    except BadInput:
        raise BadInput(f"{name}: {WRONG.format(what='key')}") from None
    return _opened(content, key, name, "key")


def _stretched(passphrase: str, salt: bytes) -> bytes:
    typed = unicodedata.normalize("NFC", passphrase)  # keyboards differ in how they make an é
    return Scrypt(salt=salt, length=32, **SCRYPT).derive(typed.encode("utf-8", "surrogatepass"))


def _agreed(own: X25519PrivateKey, other: X25519PublicKey, public: bytes, recipient: bytes) -> bytes:
    """The key of a file, from either side."""
    try:
        shared = own.exchange(other)
    except ValueError as error:  # a point of small order, with which every secret key agrees on the same
        raise BadInput("this public key is nobody's") from error
    return HKDF(algorithm=SHA256(), length=32, salt=public + recipient, info=MAGIC + KEY).derive(shared)


def _sealed(content: bytes, header: bytes, key: bytes) -> bytes:
    return header + ChaCha20Poly1305(key).encrypt(ONCE, _padded(content), header)


def _opened(content: bytes, key: bytes, name: str, what: str) -> bytes:
    try:
        padded = ChaCha20Poly1305(key).decrypt(ONCE, content[HEADER:], content[:HEADER])
    except InvalidTag:
        raise BadInput(f"{name}: {WRONG.format(what=what)}") from None
    length = int.from_bytes(padded[:8], "big")
    return padded[8 : 8 + length]


def _padded(content: bytes) -> bytes:
    """The length in eight bytes, `content`, and as many zeros as bring all to a length with few significant bits."""
    length = len(content) + 8
    exponent = length.bit_length() - 1
    last = exponent - exponent.bit_length()
    mask = (1 << max(last, 0)) - 1
    return (len(content).to_bytes(8, "big") + content).ljust((length + mask) & ~mask, b"\0")
