import random

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.message import locked
from glyphspace.message.locked import (
    HEADER,
    MAGIC,
    is_locked,
    lock_for,
    lock_with_passphrase,
    needs_passphrase,
    unlock_with_key,
    unlock_with_passphrase,
)

SECRET = X25519PrivateKey.from_private_bytes(bytes(range(32)))
PHRASE = "a horse, a battery"


@pytest.fixture
def cheap(monkeypatch):
    """Passphrases that are quick to try."""
    monkeypatch.setitem(locked.SCRYPT, "n", 2**4)


@given(st.binary(max_size=3000))
def test_what_was_locked_for_a_key_is_opened_with_it(content):
    found = lock_for(content, SECRET.public_key())
    assert is_locked(found) and not needs_passphrase(found, "x")
    assert unlock_with_key(found, SECRET, "x") == content


@settings(max_examples=20)
@given(content=st.binary(max_size=300), phrase=st.text(min_size=8, max_size=40))
def test_what_was_locked_with_a_passphrase_is_opened_with_it(content, phrase):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(locked.SCRYPT, "n", 2**4)
        found = lock_with_passphrase(content, phrase)
        assert needs_passphrase(found, "x")
        assert unlock_with_passphrase(found, phrase, "x") == content
        with pytest.raises(BadInput, match="locked with another passphrase, or it has been changed"):
            unlock_with_passphrase(found, phrase + "x", "x")


def test_the_real_cost_of_a_guess_is_128_mebibytes():
    assert 128 * locked.SCRYPT["n"] * locked.SCRYPT["r"] == 128 * 2**20
    found = lock_with_passphrase(b"content", PHRASE)
    assert unlock_with_passphrase(found, PHRASE, "x") == b"content"


def test_a_passphrase_is_the_same_from_any_keyboard(cheap):
    assert unlock_with_passphrase(lock_with_passphrase(b"1", "cafés 1999"), "cafe\u0301s 1999", "x") == b"1"


def test_equal_content_is_never_locked_to_equal_bytes():
    one, two = (lock_for(b"content", SECRET.public_key()) for _ in range(2))
    assert one[len(MAGIC) + 1 :] != two[len(MAGIC) + 1 :]
    assert one[HEADER:] != two[HEADER:]


def test_the_content_is_not_in_the_file():
    assert b"secret text" not in lock_for(b"secret text" * 9, SECRET.public_key())


def test_another_key_does_not_open_it():
    other = X25519PrivateKey.generate()
    with pytest.raises(BadInput, match="locked with another key, or it has been changed"):
        unlock_with_key(lock_for(b"content", SECRET.public_key()), other, "x")


def test_each_kind_says_that_it_is_the_other(cheap):
    with pytest.raises(BadInput, match="is locked with a passphrase, not for a key"):
        unlock_with_key(lock_with_passphrase(b"", PHRASE), SECRET, "x")
    with pytest.raises(BadInput, match="is locked for a key, not with a passphrase"):
        unlock_with_passphrase(lock_for(b"", SECRET.public_key()), PHRASE, "x")


def test_every_changed_bit_is_refused():
    whole = lock_for(b"content of a message", SECRET.public_key())
    for place in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(BadInput) as caught:
            unlock_with_key(bytes(changed), SECRET, "x")
        assert str(caught.value).startswith("x") and "\n" not in str(caught.value)


def test_every_length_but_its_own_is_refused():
    whole = lock_for(b"content", SECRET.public_key())
    for length in range(len(whole)):
        with pytest.raises(BadInput):
            unlock_with_key(whole[:length], SECRET, "x")
    with pytest.raises(BadInput):
        unlock_with_key(whole + b"\0", SECRET, "x")


def test_other_damage_is_refused(cheap):
    chance = random.Random(0)
    wholes = [lock_for(bytes(200), SECRET.public_key()), lock_with_passphrase(bytes(200), PHRASE)]
    for _ in range(600):
        changed = bytearray(chance.choice(wholes))
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(changed))
            match chance.randrange(3):
                case 0:
                    changed[at] = (changed[at] + chance.randint(1, 255)) % 256
                case 1:
                    del changed[at : at + chance.randint(1, 20)]
                case 2:
                    changed[at:at] = chance.randbytes(chance.randint(1, 20))
        if bytes(changed) not in wholes:
            for open_it in (
                lambda content: unlock_with_key(content, SECRET, "x"),
                lambda content: unlock_with_passphrase(content, PHRASE, "x"),
            ):
                with pytest.raises(BadInput):
                    open_it(bytes(changed))


def test_a_later_version_says_so():
    later = MAGIC[:-1] + b"\x02" + bytes(100)
    assert is_locked(later)
    with pytest.raises(BadInput, match="its version is 02; this glyphspace opens 01"):
        needs_passphrase(later, "x")
    with pytest.raises(BadInput, match="is no locked message"):
        needs_passphrase(b"PK", "x")


def test_a_public_key_of_nobody_is_refused():
    for weak in (bytes(32), b"\x01" + bytes(31)):
        with pytest.raises(BadInput, match="nobody's"):
            lock_for(b"content", X25519PublicKey.from_public_bytes(weak))
        with pytest.raises(BadInput, match="another key, or it has been changed"):
            unlock_with_key(MAGIC + b"\x02" + weak + bytes(60), SECRET, "x")


def test_a_passphrase_that_is_soon_guessed_is_refused():
    with pytest.raises(BadInput, match="a passphrase of 3 characters is soon guessed"):
        lock_with_passphrase(b"", "abc")


@given(st.integers(0, 100_000))
def test_of_the_length_only_a_rounded_number_shows(length):
    padded = len(locked._padded(bytes(length)))
    assert length + 8 <= padded <= 1.12 * (length + 8) + 1
    assert len({len(locked._padded(bytes(4000 + more))) for more in range(100)}) <= 3
