import hashlib

import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.data.idx import encode, pack
from glyphspace.data.published import Digest, IdxFile

LABELS = np.arange(9, dtype=np.uint8)
RAW = encode(LABELS)
PACKED = pack(RAW)
CONTENT = IdxFile("labels", Digest(hashlib.sha256(RAW).hexdigest()))
WHOLE = IdxFile("labels", Digest(hashlib.md5(PACKED).hexdigest(), algorithm="md5", covers="file"))


@pytest.mark.parametrize("content", [RAW, PACKED])
def test_digest_of_the_content_does_not_mind_the_packing(content):
    assert (CONTENT.decode(content, "here") == LABELS).all()


def test_digest_of_the_file_minds_every_byte():
    assert (WHOLE.decode(PACKED, "here") == LABELS).all()
    with pytest.raises(BadInput, match="here is not the labels that was published: its md5 differs"):
        WHOLE.decode(RAW, "here")


def test_other_content_is_refused():
    with pytest.raises(BadInput, match="sha256 differs"):
        CONTENT.decode(encode(LABELS + 1), "here")


def test_file_without_a_digest_is_only_checked_for_its_format():
    assert (IdxFile("labels").decode(RAW, "here") == LABELS).all()
    with pytest.raises(BadInput, match="truncated"):
        IdxFile("labels").decode(RAW[:-1], "here")


def test_hexadecimal_may_be_in_capitals():
    assert Digest(hashlib.sha256(b"x").hexdigest().upper()).matches(b"x")
