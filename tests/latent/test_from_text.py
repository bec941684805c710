from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from glyphspace.core.errors import BadInput
from glyphspace.latent.from_text import parse_latents, read_latents

PRINTED = Path(__file__).with_name("printed_latents.txt")
"""The two latents that the report "GANs on MNIST dataset" prints."""


def test_the_printed_latents_of_the_report_are_read_as_they_stand():
    latents = read_latents(PRINTED)
    assert latents.shape == (2, 100) and latents.dtype == torch.float32
    assert latents[0, :3].tolist() == pytest.approx([-0.5246, -2.1235, -0.8452])
    assert latents[:, -1].tolist() == pytest.approx([1.2317, 0.15408])


@given(arrays(np.float32, st.tuples(st.integers(1, 4), st.integers(1, 9)), elements=st.floats(-9, 9, width=32)))
def test_what_numpy_torch_and_people_print_is_read_back(values):
    with np.printoptions(threshold=10_000, floatmode="unique"):
        printed = [repr(values), str(values), str(values.tolist()), f"torch.tensor({values.tolist()}, device='cpu')"]
    printed.append("\n".join(" ".join(map(repr, row)) for row in values.tolist()))
    printed.append("\n\n".join(", ".join(map(repr, row)) for row in values.tolist()) + "\n")
    for text in printed:
        assert torch.equal(parse_latents(text), torch.from_numpy(values)), text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no numbers"),
        ("[[], []]", "no numbers"),
        ("1 2 three", "'three' is no number"),
        ("1 nan", "no finite number"),
        ("inf", "no finite number"),
        ("1e39 1", "no finite number"),
        ("[[1, 2], [3]]", "of 2 numbers is followed by one of 1"),
        ("1 2\n3", "of 2 numbers is followed by one of 1"),
        ("__import__('os')", "is no number"),
        ("9" * 5000, "no finite number"),
        ("x" * 5000, "is no number"),
    ],
)
def test_a_text_that_is_no_latents_is_refused_in_one_line(text, why):
    with pytest.raises(BadInput, match=why) as caught:
        parse_latents(text)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 200


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "x").write_bytes(b"\xff\x00\x80")
    for path in (tmp_path / "x", tmp_path / "gone", tmp_path):
        with pytest.raises(BadInput, match=str(path)):
            read_latents(path)
