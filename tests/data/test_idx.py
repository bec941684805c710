import gzip
import random
import struct
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from glyphspace.core.errors import BadInput
from glyphspace.data.idx import decode, encode, pack, read_idx, unpack, write_idx

IMAGES = np.random.default_rng(0).integers(0, 256, (5, 28, 28), dtype=np.uint8)
LABELS = np.arange(5, dtype=np.uint8)


def header(*shape: int, magic: bytes = b"\x00\x00\x08") -> bytes:
    return magic + struct.pack(f">B{len(shape)}I", len(shape), *shape)


@given(
    st.one_of(
        npst.arrays(np.uint8, st.tuples(st.integers(0, 40))),
        npst.arrays(np.uint8, st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(0, 9))),
    )
)
def test_what_is_encoded_decodes_to_itself(array):
    for content in (encode(array), pack(encode(array))):
        decoded = decode(content, "file")
        assert decoded.shape == array.shape and (decoded == array).all() and decoded.flags.writeable


def test_header_is_that_of_the_published_files():
    assert encode(IMAGES)[:16] == bytes.fromhex("00000803 00000005 0000001c 0000001c")
    assert encode(LABELS)[:8] == bytes.fromhex("00000801 00000005")


@pytest.mark.parametrize("name", ["labels", "labels.gz"])
def test_written_file_reads_back(tmp_path, name):
    write_idx(tmp_path / name, LABELS)
    assert (read_idx(tmp_path / name) == LABELS).all()
    assert ((tmp_path / name).read_bytes()[:2] == b"\x1f\x8b") == name.endswith(".gz")


def test_packing_gives_the_same_bytes_at_any_time():
    assert pack(b"abc") == pack(b"abc") and gzip.decompress(pack(b"abc")) == b"abc"


def test_only_labels_and_grey_images_can_be_written():
    with pytest.raises(BadInput, match="shape"):
        encode(np.zeros((2, 2), np.uint8))


RAW, PACKED = encode(IMAGES), pack(encode(IMAGES))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is empty"),
        (RAW[:3], "not an IDX file"),
        (RAW[:10], "truncated within its header"),
        (RAW[:-1], "truncated: its header declares 3936 bytes but it has 3935"),
        (RAW + b"\0", "does not end where its header says"),
        (PACKED[:9], "is empty"),
        (PACKED[:-1], "does not end"),
        (PACKED[: len(PACKED) // 2], "truncated"),
        (PACKED + b"junk", "does not end"),
        (PACKED[:-8] + b"\0" * 8, "damaged"),
        (pack(RAW + b"\0"), "does not end"),
        (pack(b""), "is empty"),
        (pack(PACKED), "not an IDX file"),
        (b"<html>404 not found</html>", r"not an IDX file .* begins with 3c68746d"),
        (header(3, magic=b"\x00\x00\x0d") + bytes(12), "not an IDX file"),
        (header(2, 2) + bytes(4), "not an IDX file"),
        (header(2**32 - 1, 2**32 - 1, 2**32 - 1) + bytes(99), "more than any dataset"),
        (header(60_000, 28, 28) + bytes(99), "truncated"),
    ],
)
def test_hostile_file_is_refused_in_one_line_that_names_it(content, complaint):
    with pytest.raises(BadInput, match=complaint) as caught:
        decode(content, "some-file.gz")
    assert str(caught.value).startswith("some-file.gz ") and "\n" not in str(caught.value)


def test_missing_file_and_folder_are_refused(tmp_path):
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(BadInput, match="cannot read"):
            read_idx(path)


@pytest.mark.parametrize("declared", [4, 2**29, 2**32 - 1])
def test_gzip_bomb_takes_no_more_memory_than_its_content_is_worth(declared):
    bomb = gzip.compress(header(declared) + bytes(2**25))
    tracemalloc.start()
    with pytest.raises(BadInput):
        unpack(bomb, "bomb")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < (2**20 if declared != 2**29 else 2.5 * 2**25)


def mutated(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(min(len(changed), rng.choice([20, 10**6])) or 1)
        match rng.randrange(5):
            case 0:
                changed[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del changed[at : at + rng.randint(1, 50)]
            case 2:
                changed[at:at] = rng.randbytes(rng.randint(1, 50))
            case 3:
                changed[at : at + 4] = struct.pack(">I", rng.choice([0, 1, 2**31 - 1, 2**32 - 1, rng.getrandbits(32)]))
            case 4:
                changed = changed[:at]
    return bytes(changed)


def test_3000_mutated_files_load_or_are_refused_at_once():
    rng = random.Random(0)
    originals = [RAW, PACKED, encode(LABELS), pack(encode(LABELS))]
    refused = 0
    for i in range(3000):
        content = mutated(originals[i % 4], rng)
        if i % 7 == 0:
            content = pack(content)  # a mutation inside an unharmed gzip stream
        begin = time.process_time()
        try:
            assert decode(content, "mutant").dtype == np.uint8
        except BadInput as error:
            refused += 1
            assert str(error).startswith("mutant ") and "\n" not in str(error)
        assert time.process_time() - begin < 2
    assert refused > 2000


def test_gzip_of_several_members_is_read_whole():
    raw = encode(np.arange(10, dtype=np.uint8))
    halves = gzip.compress(raw[:7]) + gzip.compress(raw[7:])
    assert unpack(halves, "halves") == raw
    with pytest.raises(BadInput, match="does not end where"):
        unpack(halves + gzip.compress(b"x"), "more")
    with pytest.raises(BadInput, match="does not end where"):
        unpack(halves + b"x", "rest")
