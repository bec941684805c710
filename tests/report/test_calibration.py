import torch

from glyphspace.metrics.calibration import reliability
from glyphspace.report.calibration import Calibrated, tell_calibration
from glyphspace.report.page import Picture, Text

HONEST = reliability(torch.full((100,), 0.9), torch.arange(100) < 90)
VAIN = reliability(torch.full((100,), 0.99), torch.arange(100) < 90)


def test_the_error_is_told_before_and_after():
    words, picture = tell_calibration(Calibrated(VAIN, 1.5, HONEST))
    assert isinstance(words, Text)
    assert "0.0900 off" in words.paragraphs[0]
    assert "divided by 1.5000" in words.paragraphs[0]
    assert "0.0000 off" in words.paragraphs[0]
    assert f"{VAIN.chance} off by chance" in words.paragraphs[0]
    assert f"by chance alone {HONEST.chance}" in words.paragraphs[0]
    assert isinstance(picture, Picture)


def test_one_that_was_not_calibrated_says_how_to():
    words, _ = tell_calibration(Calibrated(VAIN))
    assert isinstance(words, Text)
    assert "glyphspace calibrate" in words.paragraphs[0]
