"""Locked messages against changes: random ones to a file for a public key and to one for a passphrase, all refused.

A change is of one to three bytes, bits or pieces, anywhere; and every single bit of the header. A file that is opened
although it was changed is a failure, and so is any error but the one line.
"""

import random
import sys
import time
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from glyphspace.core.errors import BadInput
from glyphspace.message.compose import compose
from glyphspace.message.keep import message_bytes
from glyphspace.message.locked import HEADER, lock_for, lock_with_passphrase, unlock_with_key, unlock_with_passphrase
from glyphspace.zoo import find_model, labeller

from .common import machine, parser, save, table

PASSPHRASE = "correct horse battery staple"


def main() -> int:
    options = parser(__doc__ or "", "locked")
    options.add_argument("--changes", type=int, default=10_000, help="of a file for a key (default: 10000)")
    options.add_argument("--phrased", type=int, default=200, help="of one with a passphrase (default: 200)")
    options.add_argument("--seed", type=int, default=0, help="of the changes (default: 0)")
    arguments = options.parse_args()
    where = machine()
    generator = find_model("digits")
    content = message_bytes(compose("2026 117", generator, labeller(generator.dataset), 0).message)
    secret = X25519PrivateKey.generate()
    cases: dict[str, tuple[bytes, Callable[[bytes], bytes], int]] = {
        "a public key": (
            lock_for(content, secret.public_key()),
            lambda file: unlock_with_key(file, secret, "file"),
            arguments.changes,
        ),
        "a passphrase": (
            lock_with_passphrase(content, PASSPHRASE),
            lambda file: unlock_with_passphrase(file, PASSPHRASE, "file"),
            arguments.phrased,
        ),
    }
    found, rows = {}, []
    for name, (file, unlock, count) in cases.items():
        assert unlock(file) == content
        begun = time.perf_counter()
        refused = sum(is_refused(changed(file, random.Random(f"{arguments.seed}/{n}")), unlock) for n in range(count))
        seconds = (time.perf_counter() - begun) / count
        found[name] = {"changes": count, "refused": refused, "bytes": len(file), "seconds each": seconds}
        rows.append((name, f"{len(file):,}", f"{count:,}", f"{refused:,}", f"{seconds * 1000:.2f} ms"))
    file, unlock, _ = cases["a public key"]
    bits = [flipped(file, bit) for bit in range(8 * HEADER)]
    refused = sum(is_refused(each, unlock) for each in bits)
    found["bits of the header"] = {"changes": len(bits), "refused": refused}
    rows.append(("… every bit of its header", f"{len(file):,}", f"{len(bits):,}", f"{refused:,}", ""))
    table(("locked for", "bytes", "changes", "refused", "each"), rows)
    save(arguments, where, found)
    return int(any(each["refused"] != each["changes"] for each in found.values()))


def changed(file: bytes, chance: random.Random) -> bytes:
    """`file` with random changes; never the same again."""
    while True:
        new = bytearray(file)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(new) or 1)
            match chance.randrange(5):
                case 0:
                    new[at : at + 1] = chance.randbytes(1)
                case 1:
                    new = bytearray(flipped(new, chance.randrange(8 * len(new) or 1))) if new else new
                case 2:
                    del new[at : at + chance.randint(1, 64)]
                case 3:
                    new[at:at] = chance.randbytes(chance.randint(1, 64))
                case 4:
                    new = new[: at + 1]
        if new != file:
            return bytes(new)


def flipped(file: bytes | bytearray, bit: int) -> bytes:
    new = bytearray(file)
    new[bit // 8] ^= 1 << bit % 8
    return bytes(new)


def is_refused(file: bytes, unlock: Callable[[bytes], bytes]) -> bool:
    """Whether opening it is refused in one line."""
    try:
        unlock(file)
    except BadInput as error:
        return "\n" not in str(error)
    return False


if __name__ == "__main__":
    sys.exit(main())
