import pytest
import torch

from glyphspace.data.scaling import to_bytes, to_unit

EVERY_BYTE = torch.arange(256, dtype=torch.uint8).repeat(49).view(16, 28, 28)


def test_bytes_come_back_exactly():
    assert to_bytes(to_unit(EVERY_BYTE)).equal(EVERY_BYTE)


def test_range_is_minus_one_to_one():
    unit = to_unit(EVERY_BYTE)
    assert unit.min() == -1 and unit.max() == 1 and unit.shape == (16, 1, 28, 28) and unit.dtype == torch.float32


def test_input_is_not_changed():
    before = EVERY_BYTE.clone()
    unit = to_unit(EVERY_BYTE)
    kept = unit.clone()
    to_bytes(unit)
    assert EVERY_BYTE.equal(before) and unit.equal(kept)


@pytest.mark.parametrize(("value", "byte"), [(-7.0, 0), (7.0, 255), (0.0, 128), (0.999, 255), (-0.999, 0)])
def test_numbers_are_rounded_and_clamped(value, byte):
    assert to_bytes(torch.full((1, 1, 28, 28), value)).unique().tolist() == [byte]
