import random
import struct
import time

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from glyphspace.core.errors import BadInput
from glyphspace.core.tensors import save_tensors
from glyphspace.message.compose import compose
from glyphspace.message.keep import load_message, save_message
from glyphspace.message.layout import layout_of, tidy
from glyphspace.message.message import Message, rows
from glyphspace.message.read import read
from glyphspace.message.torch_file import torch_bytes
from latent.stamps import conditional

HEADER = {
    "kind": "message",
    "version": 2,
    "model": "digits",
    "fingerprint": "0" * 64,
    "classes": list("0123456789"),
    "layout": "xx x",
}
LATENTS = torch.arange(36, dtype=torch.float32).reshape(3, 12)


@given(
    text=st.text(min_size=1, max_size=60).map(tidy).filter(str.strip),
    width=st.integers(1, 20),
    model=st.text(max_size=20).filter(str.isprintable),
    data=st.data(),
)
def test_a_message_loads_as_it_was_saved(text, width, model, data, tmp_path_factory):
    layout = layout_of(text)
    numbers = st.floats(-(2.0**60), 2.0**60, width=32)
    latents = torch.from_numpy(data.draw(arrays.arrays("float32", (len(layout), width), elements=numbers)))
    message = Message(latents, layout, model, "ab" * 32, ("0", "1"))
    path = tmp_path_factory.mktemp("message") / "message.safetensors"
    save_message(path, message)
    found = load_message(path)
    assert torch.equal(found.latents, latents)
    assert (found.layout, found.model, found.classes) == (layout, model, ("0", "1"))
    assert found.fingerprint == message.fingerprint


def test_equal_messages_are_equal_bytes(message, tmp_path):
    for name in ("one", "two"):
        save_message(tmp_path / name, message)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_message_of_version_1_is_read(tmp_path):
    save_tensors(tmp_path / "message", {"latents": LATENTS}, {**HEADER, "version": 1})
    found = load_message(tmp_path / "message")
    assert torch.equal(found.latents, LATENTS) and found.conditions is None


def test_conditions_and_small_letters_are_kept(tmp_path):
    message = Message(LATENTS, layout_of("aBc", small="c"), "model", None, ("a", "B", "C"), LATENTS[:, :5] + 1)
    save_message(tmp_path / "message", message)
    found = load_message(tmp_path / "message")
    assert torch.equal(found.conditions, message.conditions) and found.layout.fill("aBC") == "aBc"


def test_plain_rows_of_a_conditional_message_are_told_apart_by_the_generator(reader, tmp_path):
    writer = conditional()
    message = compose("2026", writer, reader, seed=0).message
    (tmp_path / "latents.pt").write_bytes(torch_bytes(rows(message)))
    assert read(load_message(tmp_path / "latents.pt"), writer, reader).text == "2026"


def test_the_file_does_not_hold_the_text(message, tmp_path):
    save_message(tmp_path / "message", message)
    content = (tmp_path / "message").read_bytes()
    assert b"2026" not in content and b"xxxx xxx" in content


def test_plain_latents_in_a_torch_file_are_one_line_of_text(stamper, reader, tmp_path):
    torch.save(torch.eye(10, 12) * 3, tmp_path / "latents.pt")
    message = load_message(tmp_path / "latents.pt")
    assert message.fingerprint is None and message.layout.pattern == "x" * 10
    assert read(message, stamper, reader).text == "0123456789"
    save_message(tmp_path / "kept", message)
    assert load_message(tmp_path / "kept").fingerprint is None


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"kind": "generator"}, "it is no message; its kind is 'generator'"),
        ({"version": 3}, "its version is 3; this glyphspace reads 1 to 2"),
        ({"version": [1]}, "its version is"),
        ({"version": None}, "its version is None"),
        ({"model": 5}, "no name of a model"),
        ({"model": "two\nlines"}, "one line"),
        ({"fingerprint": "abc"}, "no fingerprint"),
        ({"fingerprint": 7}, "no fingerprint"),
        ({"classes": "0123456789"}, "no classes"),
        ({"classes": [0, 1]}, "no classes"),
        ({"layout": None}, "no layout"),
        ({"layout": "2 6"}, "made of x, o, spaces and line breaks"),
        ({"layout": "xx"}, "layout of 2 characters does not fit 3 latents"),
        ({"layout": "xxx" + " " * 5000}, "at most 5,000 characters"),
    ],
)
def test_a_header_that_cannot_be_is_refused_in_one_line(change, complaint, tmp_path):
    save_tensors(tmp_path / "message", {"latents": LATENTS}, {**HEADER, **change})
    with pytest.raises(BadInput, match=complaint) as caught:
        load_message(tmp_path / "message")
    assert str(caught.value).startswith(f"{tmp_path / 'message'}: ") and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("tensors", "complaint"),
    [
        ({}, "does not hold latents"),
        ({"z": LATENTS}, "does not hold latents"),
        ({"latents": LATENTS, "text": LATENTS + 1}, "and nothing else"),
        ({"latents": LATENTS.double()}, "float32"),
        ({"latents": LATENTS.flatten()}, r"float32 \[n, z\]"),
        ({"latents": LATENTS[:, :0]}, "0 numbers each"),
        ({"latents": torch.zeros(3, 5000)}, "5,000 numbers each"),
        ({"latents": LATENTS / 0}, "not finite"),
        ({"latents": LATENTS[:0]}, "does not fit 0 latents"),
        ({"latents": LATENTS, "conditions": LATENTS[:2] + 1}, "2 conditions do not fit 3 latents"),
        ({"latents": LATENTS, "conditions": LATENTS.double()}, "float32"),
        ({"latents": LATENTS, "conditions": LATENTS / 0}, "its conditions hold numbers that are not finite"),
    ],
)
def test_latents_that_cannot_be_are_refused_in_one_line(tensors, complaint, tmp_path):
    save_tensors(tmp_path / "message", tensors, HEADER)
    with pytest.raises(BadInput, match=complaint) as caught:
        load_message(tmp_path / "message")
    assert "\n" not in str(caught.value)


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(50)


@pytest.mark.parametrize("content", [b"", PICTURE, b"hello", bytes(100), b"PK\x03\x04", b"\x80"])
def test_a_file_of_another_kind_is_refused_in_one_line(content, tmp_path):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(BadInput) as caught:
        load_message(tmp_path / "file")
    assert str(tmp_path / "file") in str(caught.value) and "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(BadInput, match="cannot read"):
            load_message(path)


def mutated(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(min(len(changed), rng.choice([9, 400, 10**6])) or 1)
        match rng.randrange(5):
            case 0:
                changed[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del changed[at : at + rng.randint(1, 50)]
            case 2:
                changed[at:at] = rng.randbytes(rng.randint(1, 50))
            case 3:
                changed[at : at + 8] = struct.pack("<Q", rng.choice([0, 1, 2**31 - 1, 2**63, rng.getrandbits(40)]))
            case 4:
                changed = changed[:at]
    return bytes(changed)


def test_1200_mutated_files_load_or_are_refused_at_once(message, tmp_path):
    rng = random.Random(0)
    save_message(tmp_path / "kept", message)
    torch.save(message.latents, tmp_path / "archive")
    torch.save(list(message.latents), tmp_path / "pickle", _use_new_zipfile_serialization=False)
    originals = [(tmp_path / name).read_bytes() for name in ("kept", "archive", "pickle")]
    refused = 0
    for number in range(1200):
        path = tmp_path / "mutant"
        path.write_bytes(mutated(originals[number % 3], rng))
        begin = time.process_time()
        try:
            found = load_message(path)
            assert torch.isfinite(found.latents).all() and len(found.latents) == len(found.layout)
        except BadInput as error:
            refused += 1
            assert str(path) in str(error) and "\n" not in str(error)
        assert time.process_time() - begin < 2
    assert refused > 600
