import math
from dataclasses import replace

import torch

from glyphspace.latent.decode import decode
from glyphspace.latent.prior import normal
from glyphspace.nets import load_model, save_model
from glyphspace.nets.tones import UNCHANGED
from glyphspace.training.device import choose_compute
from glyphspace.training.gan import GanTraining

from .conftest import GAN, changed, snapshot

TONED = replace(GAN, generator="fast:z_dim=8,width=8,tones=1")


def levels(images: torch.Tensor) -> torch.Tensor:
    """The share of each level, from paper to ink, summed."""
    return torch.bincount(images.flatten(), minlength=256).cumsum(0) / images.numel()


def test_what_is_kept_has_the_levels_of_the_training_images_and_the_training_does_not(make):
    training = make(TONED)
    training.advance(0, 0.0)
    before = snapshot(training)
    model = next(iter(training.models()))
    assert not changed(before, snapshot(training))
    real = training.splits.train.images
    plain = replace(model, net=training.average.eval())
    latents = normal(500, 8, 0, "toned")
    of_kept, of_plain, of_real = (levels(images) for images in (decode(model, latents), decode(plain, latents), real))
    assert (of_kept - of_real).abs().max() < 0.1 < 0.5 < (of_plain - of_real).abs().max()


def test_tones_are_kept_with_the_model(make, tmp_path):
    model = next(iter(make(TONED).models()))
    save_model(tmp_path / "toned.safetensors", model)
    again = load_model(tmp_path / "toned.safetensors")
    latents = normal(20, 8, 0, "toned")
    assert torch.equal(decode(again, latents), decode(model, latents))


def test_a_generator_with_tones_learns_the_same(make):
    ours, plain = make(TONED), make(replace(TONED, generator="fast:z_dim=8,width=8"))
    for step in range(2):
        assert torch.equal(ours.advance(step, 0.0), plain.advance(step, 0.0))


def test_the_tones_of_a_run_are_those_of_its_seed(make):
    first, again = (next(iter(make(TONED).models())).net.state_dict() for _ in range(2))
    assert all(torch.equal(first[name], again[name]) for name in first)


CONDITIONAL = {"generator": "conditional:z_dim=8,width=8,tones=1", "discriminator": "projection:width=8"}


def test_each_class_of_a_conditional_generator_has_the_levels_of_its_own(make):
    training = make(replace(TONED, **CONDITIONAL))
    model = next(iter(training.models()))
    real = training.splits.train
    for each in (0, 1):
        condition = model.net.embed(torch.full((200,), each))
        of_kept = levels(decode(model, normal(200, 8, 0, "toned"), condition))
        assert (of_kept - levels(real.images[real.labels == each])).abs().max() < 0.1


def test_a_conditional_generator_with_tones_is_evaluated_in_bfloat16(splits):
    training = GanTraining(replace(TONED, **CONDITIONAL), splits, 0, choose_compute("cpu", "bfloat16"))
    assert all(math.isfinite(value) for value in training.evaluate().values())


def test_a_class_of_which_there_is_no_image_keeps_its_levels(make):
    training = make(replace(TONED, **CONDITIONAL))
    some = training.splits.train.take((training.splits.train.labels != 3).nonzero()[:, 0])
    training.splits = replace(training.splits, train=some)
    layer = next(iter(training.models())).net.tones[0]
    unchanged = [torch.allclose(curve, torch.tensor(UNCHANGED)) for curve in layer.curves]
    assert unchanged == [each == 3 for each in range(10)]
