"""The discriminator of a run, on images that need no network."""

from pathlib import Path

import pytest

from glyphspace import explore, train
from glyphspace.core.errors import BadInput


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "tiny"
    train("gan-fast", data="sklearn-digits", steps=2, out=folder)
    return folder


def test_a_run_has_verdicts_and_every_net_is_opened(run: Path) -> None:
    found = explore.discriminator(run, classifier="mnist-classifier", count=60, data="sklearn-digits")
    assert {"scores", "classes", "surest", "kernels", "activations-discriminator"} <= set(found.figures)
    assert 0 <= found.numbers["real above generated"] <= 1
    assert len(found.numbers["by class"]) == 10
    assert "of pairs" in found.summary[0]


def test_without_a_discriminator_it_says_what_is_missing() -> None:
    found = explore.discriminator("digits", count=10)
    assert "scores" not in found.figures and "activations-generator" in found.figures
    assert "give a run folder" in found.summary[0]


def test_data_that_no_discriminator_would_judge_are_refused() -> None:
    with pytest.raises(BadInput, match="no discriminator lies beside digits to judge images of mnist"):
        explore.discriminator("digits", count=10, data="mnist")


def test_too_few_images_are_refused() -> None:
    with pytest.raises(BadInput, match="too few to judge"):
        explore.discriminator("digits", count=9)
