"""Recipes on stacked images, compared by the modes that they cover."""

import math
from pathlib import Path

import pytest
import torch
from jaxtyping import UInt8
from torch import Tensor

from glyphspace import compare
from glyphspace.cli import main
from glyphspace.latent.decode import decode
from glyphspace.latent.prior import normal
from glyphspace.metrics.features import probabilities
from glyphspace.metrics.modes import class_modes
from glyphspace.nets.model import Model, load_model
from glyphspace.nets.registries import build
from glyphspace.training.recipes import override, recipes
from glyphspace.verbs import compare_stacked, evaluate_stacked
from glyphspace.verbs.compare_stacked import StackedGauge, _lost, grey_images
from glyphspace.verbs.evaluate_stacked import StackedEvaluation
from glyphspace.verbs.train import load_splits
from glyphspace.zoo import load_shipped

SMALL = {"generator": "fast:z_dim=8,width=8", "discriminator": "fast:width=4", "batch_size": 16}
ONE = override(recipes["stacked-fast"], SMALL)
TWO = override(recipes["gan-fast"], SMALL)
ASKED = {"data": "stacked-sklearn-digits", "minutes": 0.01, "seeds": 1, "count": 300, "judge_by": "mnist-judging"}


def test_stacked_recipes_are_compared_by_modes_and_divergence(tmp_path: Path) -> None:
    found = compare([ONE, TWO], out=tmp_path, **ASKED)
    assert found.comparison is not None and found.page is not None
    names = [quantity.name for quantity in found.comparison.quantities]
    assert names == ["KL from the data", "modes of 1,000", "KL from all equally often", "rarest class"]
    grey = grey_images(ASKED["data"])
    due = (grey.class_counts() / len(grey)).tolist()
    for rival in found.comparison.rivals:
        assert rival.parameters > 0 and rival.sheet is not None and rival.sheet.shape[1:] == (3, 28, 28)
        assert rival.values("KL from the data") > found.comparison.floor["KL from the data"] > 0.5
        drawer = load_model(found.runs[rival.name, 0] / "generator.safetensors")
        triples = read(decode(drawer, normal(300, 8, 0, "evaluate")))
        assert rival.values("modes of 1,000") == len(set(triples))
        shares = [[channel.count(digit) / 300 for digit in range(10)] for channel in zip(*triples, strict=True)]
        assert rival.values("rarest class") == pytest.approx(min(map(min, shares)))
        assert len(rival.entries[0].lost) == sum(
            share < 0.1 * d for some in shares for share, d in zip(some, due, strict=True)
        )
        assert rival.entries[0].course.values[-1] == rival.values("KL from the data")
    page = found.page.read_text()
    assert "300 stacked images that it drew" in page and "the test images up" not in page
    again = compare([ONE, TWO], out=tmp_path, **ASKED)
    assert again.page is not None and again.page.read_text() == page


def read(images: UInt8[Tensor, "n 3 28 28"]) -> list[tuple[int, ...]]:
    """The digits that the shipped network reads in the channels of each image."""
    chances = probabilities(load_shipped("mnist-judging").net, images.flatten(0, 1))
    return [tuple(digits) for digits in chances.argmax(1).view(-1, 3).tolist()]


def fresh() -> Model:
    """A generator of stacked images that was not trained."""
    numbers = {"z_dim": 8, "width": 8, "channels": 3}
    torch.manual_seed(0)
    return Model(build("generator", "fast", numbers), "generator", "fast", numbers, ASKED["data"], ("000",))


@pytest.fixture
def gauge() -> StackedGauge:
    recipe = override(ONE, {"data": ASKED["data"]})
    return StackedGauge(load_splits(recipe, 0), grey_images(ASKED["data"]), load_shipped("mnist-judging"), 300)


def test_a_generator_that_draws_but_one_image_has_collapsed_to_one_mode_and_lost_all_other_classes(
    gauge: StackedGauge,
) -> None:
    alike = fresh()
    with torch.no_grad():
        alike.net.project.weight.zero_()
    found = gauge.measure(alike)
    (digits,) = set(read(decode(alike, normal(300, 8, 0, "evaluate"))))
    assert found.failure == "all samples look alike: it has collapsed"
    assert found.figures["modes of 1,000"] == 1 and found.figures["rarest class"] == 0
    assert found.figures["KL from all equally often"] == pytest.approx(math.log(1000))
    places = zip(("first", "second", "third"), digits, strict=True)
    assert list(found.lost) == [
        f"{n} in the {place} channel" for place, digit in places for n in range(10) if n != digit
    ]


def test_the_images_of_the_data_themselves_have_neither_collapsed_nor_lost_a_class(
    gauge: StackedGauge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generator that draws the training images, of which the network takes no class for another throughout."""
    real = gauge.splits.train.images
    for module in (compare_stacked, evaluate_stacked):
        monkeypatch.setattr(module, "decode", lambda _, latents: real[: len(latents)])
    found = gauge.measure(fresh())
    assert found.failure is None and found.lost == ()
    assert found.figures["KL from the data"] < 2 * gauge.floor().figures["KL from the data"]
    assert found.figures["modes of 1,000"] == len(set(read(real[:300])))


def test_a_class_is_lost_that_comes_less_than_a_tenth_as_often_as_in_the_data() -> None:
    due = (0.5, 0.4, 0.1)
    channels = ((0.5, 0.4, 0.1), (0.049, 0.94, 0.011), (0.991, 0.0, 0.009))
    modes = class_modes(torch.zeros(1000, dtype=torch.int64), torch.full((27,), 1 / 27, dtype=torch.float64))
    found = StackedEvaluation("stacked-abc", "a reader", 0, modes, 0.0, ("a", "b", "c"), channels, due)
    assert _lost(found) == ("a in the second channel", "b in the third channel", "c in the third channel")


def test_the_command_counts_on_as_many_images_as_the_literature(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glyphspace.verbs.compare.STACKED_COUNT", 200)
    words = ["--minutes", "0.01", "--seeds", "1", "--data", "stacked-sklearn-digits", "--judge", "mnist-choosing"]
    assert main(["compare", "stacked-fast", *words, "--hold-out", "100", "--out", str(tmp_path)]) == 0
    assert "modes of 1,000" in capsys.readouterr().out
    assert "200 stacked images" in (tmp_path / "compare.html").read_text()
    assert "--count" not in (tmp_path / "compare.html").read_text()
