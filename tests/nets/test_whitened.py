import pytest
import torch
from torch.nn.functional import unfold

from glyphspace.core.errors import BadInput
from glyphspace.data import load_dataset, to_unit
from glyphspace.nets import build
from glyphspace.nets.whitened import PATCH, WhitenedConv, whitened_classifier


@pytest.fixture(scope="module")
def images(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLYPHSPACE_CACHE", str(tmp_path_factory.mktemp("cache")))
        return to_unit(load_dataset("sklearn-digits").images[:300])


@pytest.fixture(scope="module")
def layer(images):
    layer = WhitenedConv(16)
    layer.measure(images)
    return layer


def test_each_direction_has_both_signs(layer):
    assert torch.equal(layer.weight[:8], -layer.weight[8:])


def test_what_it_sees_of_the_images_is_uncorrelated_and_of_one_size(layer, images):
    patches = unfold(images + 1, PATCH, stride=3).transpose(1, 2).flatten(0, 1)
    seen = patches @ layer.weight[:8].flatten(1).T
    moments = seen.T @ seen / len(seen)
    assert (moments - moments.diagonal().diag()).abs().max() < 1e-3
    assert moments.diagonal().min() > 0.5
    assert moments.diagonal().max() < 1.01


def test_measuring_twice_gives_the_same_bits(layer, images):
    again = WhitenedConv(16)
    again.measure(images)
    assert torch.equal(layer.weight, again.weight)


def test_paper_is_nothing_to_it_even_at_the_border(layer):
    assert layer(torch.full((1, 1, 28, 28), -1.0)).abs().max() == 0


@pytest.mark.parametrize("width", [2, 50])
def test_any_even_width_can_be_measured(width, images):
    layer = WhitenedConv(width)
    layer.measure(images)
    assert layer.weight.isfinite().all()


@pytest.mark.parametrize("width", [1, 15, 52])
def test_a_width_without_both_signs_or_with_more_than_a_patch_has_is_refused(width):
    with pytest.raises(BadInput, match="its width is even, for both signs, and 50 at most"):
        build("classifier", "whitened", {"width": width})


def test_it_is_kept_with_the_weights_but_not_learned():
    net = whitened_classifier(width=8)
    assert "look.0.weight" in net.state_dict()
    assert "look.0.weight" not in dict(net.named_parameters())
