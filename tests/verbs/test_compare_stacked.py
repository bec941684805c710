"""Recipes on stacked images, compared by the modes that they cover."""

from pathlib import Path

import pytest

from glyphspace import compare
from glyphspace.cli import main
from glyphspace.training.recipes import override, recipes

SMALL = {"generator": "fast:z_dim=8,width=8", "discriminator": "fast:width=4", "batch_size": 16}
ONE = override(recipes["stacked-fast"], SMALL)
TWO = override(recipes["gan-fast"], SMALL)
ASKED = {"data": "stacked-sklearn-digits", "minutes": 0.004, "seeds": 1, "count": 300, "judge_by": "mnist-judging"}


def test_stacked_recipes_are_compared_by_modes_and_divergence(tmp_path: Path) -> None:
    found = compare([ONE, TWO], out=tmp_path, **ASKED)
    assert found.comparison is not None and found.page is not None
    names = [quantity.name for quantity in found.comparison.quantities]
    assert names == ["KL from the data", "modes of 1,000", "KL from all equally often", "rarest class"]
    for rival in found.comparison.rivals:
        assert rival.parameters > 0 and rival.sheet is not None and rival.sheet.shape[1:] == (3, 28, 28)
        assert rival.values("KL from the data") > found.comparison.floor["KL from the data"] > 0.5
        assert 1 <= rival.values("modes of 1,000") < 300
        assert rival.entries[0].course.values[-1] == rival.values("KL from the data")
    page = found.page.read_text()
    assert "300 stacked images that it drew" in page and "the test images up" not in page
    again = compare([ONE, TWO], out=tmp_path, **ASKED)
    assert again.page is not None and again.page.read_text() == page


def test_the_command_counts_on_as_many_images_as_the_literature(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glyphspace.verbs.compare.STACKED_COUNT", 200)
    words = ["--minutes", "0.002", "--seeds", "1", "--data", "stacked-sklearn-digits", "--judge", "mnist-choosing"]
    assert main(["compare", "stacked-fast", *words, "--hold-out", "100", "--out", str(tmp_path)]) == 0
    assert "modes of 1,000" in capsys.readouterr().out
    assert "200 stacked images" in (tmp_path / "compare.html").read_text()
    assert "--count" not in (tmp_path / "compare.html").read_text()
