import json

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import save

from glyphspace.core.errors import BadInput
from glyphspace.core.tensors import load_tensors, save_tensors

TENSORS = {"b": torch.arange(6, dtype=torch.float32).view(2, 3), "a": torch.tensor([1, -2])}


def test_tensors_and_their_header_come_back_as_they_were(tmp_path):
    save_tensors(tmp_path / "file", TENSORS, {"kind": "é", "n": [1.5, None]})
    tensors, header = load_tensors(tmp_path / "file")
    assert header == {"kind": "é", "n": [1.5, None]}
    assert tensors.keys() == TENSORS.keys()
    assert all(
        torch.equal(tensors[name], TENSORS[name]) and tensors[name].dtype == TENSORS[name].dtype for name in TENSORS
    )


@given(st.permutations(list(TENSORS)), st.permutations(["x", "y", "z"]))
def test_equal_tensors_and_headers_make_equal_bytes(tmp_path_factory, order, keys):
    folder = tmp_path_factory.mktemp("bytes")
    save_tensors(folder / "one", TENSORS, {"x": 1, "y": 1, "z": 1})
    save_tensors(folder / "two", {name: TENSORS[name] for name in order}, dict.fromkeys(keys, 1))
    assert (folder / "one").read_bytes() == (folder / "two").read_bytes()


def test_tensors_in_any_layout_are_saved_by_their_values(tmp_path):
    images = torch.randn(2, 3, 4, 5)
    save_tensors(tmp_path / "plain", {"x": images}, {})
    save_tensors(tmp_path / "last", {"x": images.to(memory_format=torch.channels_last).requires_grad_()}, {})
    assert (tmp_path / "plain").read_bytes() == (tmp_path / "last").read_bytes()


def test_a_file_cut_anywhere_is_refused_in_one_line(tmp_path):
    save_tensors(tmp_path / "whole", TENSORS, {"kind": "x"})
    whole = (tmp_path / "whole").read_bytes()
    for size in range(len(whole)):
        (tmp_path / "cut").write_bytes(whole[:size])
        with pytest.raises(BadInput, match=r"cut is not a whole safetensors file [^\n]*$"):
            load_tensors(tmp_path / "cut")


@pytest.mark.parametrize("metadata", [None, {}, {"format": "pt"}])
def test_safetensors_of_other_programs_are_refused(tmp_path, metadata):
    (tmp_path / "file").write_bytes(save(TENSORS, metadata))
    with pytest.raises(BadInput, match="was not written by glyphspace"):
        load_tensors(tmp_path / "file")


@pytest.mark.parametrize("header", ["", "[]", "{", "[" * 100_000, '{"a": "\\ud800"'])
def test_a_header_that_is_no_table_is_refused(tmp_path, header):
    (tmp_path / "file").write_bytes(save(TENSORS, {"glyphspace": header}))
    with pytest.raises(BadInput, match=r"does not hold [^\n]*$"):
        load_tensors(tmp_path / "file")


def test_a_header_that_claims_a_size_beyond_the_file_is_refused_at_once(tmp_path):
    for size in (9, 2**31, 2**63, 2**64 - 1):
        (tmp_path / "file").write_bytes(size.to_bytes(8, "little") + b"{}")
        with pytest.raises(BadInput, match="not a whole safetensors file"):
            load_tensors(tmp_path / "file")


def test_a_tensor_that_claims_more_than_there_is_is_refused(tmp_path):
    table = {"x": {"dtype": "F32", "shape": [2**40], "data_offsets": [0, 2**42]}, "__metadata__": {"glyphspace": "{}"}}
    text = json.dumps(table).encode()
    (tmp_path / "file").write_bytes(len(text).to_bytes(8, "little") + text + bytes(64))
    with pytest.raises(BadInput, match="not a whole safetensors file"):
        load_tensors(tmp_path / "file")
