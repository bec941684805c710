"""The same training on a CUDA device, where there is one."""

import pytest
import torch

from glyphspace.training.classifier import ClassifierTraining
from glyphspace.training.device import choose_compute
from glyphspace.training.gan import GanTraining
from glyphspace.verbs.train import train

from .conftest import CNN, GAN

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device here")


@pytest.mark.parametrize(("kind", "recipe"), [(GanTraining, GAN), (ClassifierTraining, CNN)])
def test_the_first_loss_is_that_of_the_processor(splits, kind, recipe):
    here, there = (kind(recipe, splits, 0, choose_compute(device, "float32")) for device in ("cpu", "cuda"))
    assert float(there.advance(0, 0.0)[0]) == pytest.approx(float(here.advance(0, 0.0)[0]), abs=1e-2)


def test_a_run_ends_with_models_and_is_taken_up_again(splits, tmp_path):
    train(GAN, data=splits, out=tmp_path / "run", steps=6, device="cuda")
    longer = train(GAN, data=splits, out=tmp_path / "run", steps=12, device="cuda", resume=True)
    assert longer.finished and longer.step == 12 and set(longer.models) == {"generator", "discriminator"}
