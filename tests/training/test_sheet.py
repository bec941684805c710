import pytest
import torch

from glyphspace.training.sheet import rows_of_classes


@pytest.mark.parametrize(
    ("classes", "each", "count"), [(2, 8, 16), (10, 8, 80), (26, 4, 104), (47, 2, 96), (62, 2, 128)]
)
def test_many_classes_share_the_rows_of_a_sheet(classes, each, count):
    labels = rows_of_classes(classes)
    assert len(labels) == count and count % 8 == 0
    assert torch.bincount(labels, minlength=classes).min() == each
    assert torch.equal(labels[: classes * each], torch.arange(classes).repeat_interleave(each))
    assert rows_of_classes(1000).unique().numel() == 128
