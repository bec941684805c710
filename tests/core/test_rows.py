"""Tables on disk: by parts, resumable, readable by anybody, and refused when they are not whole."""

import json
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import safe_open

from glyphspace.core.errors import BadInput
from glyphspace.core.rows import COUNTER, Column, growing, open_table

COLUMNS = {"points": Column("F32", (3,)), "labels": Column("I64", ()), "images": Column("U8", (2, 2))}
HEADER = {"kind": "trial", "text": "Ünïcode"}


def rows(start: int, stop: int) -> dict[str, torch.Tensor]:
    number = torch.arange(start, stop)
    return {
        "points": number[:, None] + torch.tensor([0.0, 0.25, 0.5]),
        "labels": number * 7,
        "images": (number[:, None, None] + torch.zeros(2, 2, dtype=torch.int64)).to(torch.uint8),
    }


def write(path: Path, count: int, ends: list[int]) -> None:
    with growing(path, COLUMNS, count, HEADER) as grown:
        for start, stop in zip([grown.done, *ends], [*ends, count], strict=False):
            grown.append(rows(start, stop))


@settings(max_examples=20)
@given(count=st.integers(1, 40), ends=st.lists(st.integers(1, 39)))
def test_any_parts_give_the_same_file(count, ends, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rows")
    write(folder / "whole", count, [])
    write(folder / "parts", count, sorted({end for end in ends if end < count}))
    assert (folder / "whole").read_bytes() == (folder / "parts").read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == ["parts", "whole"]


def test_anybodys_safetensors_reads_it_and_rows_are_read_alone(tmp_path: Path) -> None:
    write(tmp_path / "x.safetensors", 10, [4])
    with safe_open(tmp_path / "x.safetensors", "pt") as theirs:
        assert set(theirs.keys()) == set(COLUMNS)
        for name, known in rows(0, 10).items():
            assert torch.equal(theirs.get_tensor(name), known)
    table = open_table(tmp_path / "x.safetensors")
    assert (table.count, table.header) == (10, HEADER)
    assert torch.equal(table.read("points", slice(2, 5)), rows(2, 5)["points"])
    assert table.read("labels", torch.tensor([7, 1, 7])).tolist() == [49, 7, 49]
    with pytest.raises(BadInput, match="no 'pixels'; it has: "):
        table.read("pixels", slice(0, 1))


def test_what_was_cut_short_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "whole", 10, [])
    with pytest.raises(KeyboardInterrupt), growing(tmp_path / "cut", COLUMNS, 10, HEADER) as grown:
        grown.append(rows(0, 4))
        raise KeyboardInterrupt
    assert not (tmp_path / "cut").exists()
    with growing(tmp_path / "cut", COLUMNS, 10, HEADER) as grown:
        assert grown.done == 4
        grown.append(rows(4, 10))
    assert (tmp_path / "cut").read_bytes() == (tmp_path / "whole").read_bytes()


def test_two_do_not_write_the_same_file(tmp_path: Path) -> None:
    with growing(tmp_path / "x", COLUMNS, 10, HEADER) as grown:
        grown.append(rows(0, 4))
        with pytest.raises(BadInput, match="is being written already"):
            write(tmp_path / "x", 10, [])
        write(tmp_path / "y", 10, [])
        grown.append(rows(4, 10))
    assert (tmp_path / "x").read_bytes() == (tmp_path / "y").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x", "y"]


def test_what_was_begun_for_something_else_is_begun_anew(tmp_path: Path) -> None:
    with growing(tmp_path / "x", COLUMNS, 10, HEADER) as grown:
        grown.append(rows(0, 4))
    for count, header in ((11, HEADER), (10, {"kind": "other"})):
        with growing(tmp_path / "x", COLUMNS, count, header) as grown:
            assert grown.done == 0
            grown.append(rows(0, 3))


def test_rows_that_do_not_fit_are_a_mistake_of_ours(tmp_path: Path) -> None:
    with growing(tmp_path / "x", COLUMNS, 3, HEADER) as grown:
        for wrong in (rows(0, 4), rows(0, 2) | {"points": torch.zeros(2, 4)}, rows(0, 2) | {"labels": torch.zeros(2)}):
            with pytest.raises(ValueError, match="no rows of"):
                grown.append(wrong)


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(BadInput, match="cannot write"):
        write(tmp_path / "file" / "x", 3, [])


def test_what_is_not_whole_or_something_else_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "x", 10, [])
    good = (tmp_path / "x").read_bytes()
    length = int.from_bytes(good[:8], "little")
    described = json.loads(good[8 : 8 + length])

    def changed(**entries: object) -> bytes:
        text = json.dumps({**described, **entries}).encode()
        return len(text).to_bytes(8, "little") + text + good[8 + length :]

    points = described["points"]
    hostile = [
        b"",
        good[:7],
        good[:50],
        good[:-1],
        good + b"\0",
        b"\xff" * 64,
        changed(__metadata__={}),
        changed(__metadata__=None),
        changed(points={**points, "dtype": "F99"}),
        changed(points={**points, "shape": [10, -3]}),
        changed(points={**points, "shape": []}),
        changed(points={**points, "shape": [5, 6]}),
        changed(points={**points, "data_offsets": [4, 124]}),
        changed(points={**points, "data_offsets": "ab"}),
        changed(points=[1]),
    ]
    for number, content in enumerate(hostile):
        (tmp_path / "bad").write_bytes(content)
        with pytest.raises(BadInput) as caught:
            open_table(tmp_path / "bad")
        assert "\n" not in str(caught.value), number
    for nothing in (tmp_path, tmp_path / "gone", "a\0b"):
        with pytest.raises(BadInput):
            open_table(nothing)


def test_a_counter_of_more_rows_than_there_are_counts_none(tmp_path: Path) -> None:
    with growing(tmp_path / "x", COLUMNS, 10, HEADER) as grown:
        grown.append(rows(0, 4))
    (part,) = tmp_path.iterdir()
    content = bytearray(part.read_bytes())
    content[-COUNTER.size :] = COUNTER.pack(99)
    part.write_bytes(bytes(content))
    with growing(tmp_path / "x", COLUMNS, 10, HEADER) as grown:
        assert grown.done == 0
