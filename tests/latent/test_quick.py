import pytest
import torch
from torch import nn

from glyphspace import nets
from glyphspace.latent.decode import condition_dim, conditions, decode, z_dim
from glyphspace.latent.labelled import label
from glyphspace.latent.prior import normal
from glyphspace.latent.quick import quick
from glyphspace.nets.model import Model

from .stamps import CLASSES, classifier, generator


def lively(kind: str, name: str) -> Model:
    """A net with statistics of its own in every batch norm."""
    torch.manual_seed(0)
    net = nets.build(kind, name, {})
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.2)
            module.running_var.uniform_(0.5, 2)
            if module.affine:
                nn.init.uniform_(module.weight, 0.5, 2)
                nn.init.normal_(module.bias, 0, 0.2)
    return Model(net.eval(), kind, name, {}, "none", CLASSES)


@pytest.mark.parametrize("name", list(nets.generators))
def test_a_quick_generator_draws_the_same_in_float32_and_nearly_the_same_in_bfloat16(name):
    model = lively("generator", name)
    latents = normal(30, z_dim(model), 0)
    asked = (conditions(model, torch.arange(30) % 10),) if condition_dim(model) else ()
    known = decode(model, latents, *asked).float()
    assert (decode(quick(model, "float32"), latents, *asked).float() - known).abs().max() <= 1
    assert (decode(quick(model, "bfloat16"), latents, *asked).float() - known).abs().mean() < 3


@pytest.mark.parametrize("name", list(nets.classifiers))
def test_a_quick_classifier_says_the_same(name):
    model = lively("classifier", name)
    images = torch.rand(20, 1, 28, 28, generator=torch.Generator().manual_seed(0)) * 2 - 1
    with torch.no_grad():
        torch.testing.assert_close(quick(model, "float32").net(images), model.net(images), rtol=1e-4, atol=1e-4)


def test_a_quick_generator_of_stacked_images_draws_stacked_ones():
    numbers = {"channels": 3}
    net = nets.build("generator", "fast", numbers).eval()
    model = Model(net, "generator", "fast", numbers, "stacked-mnist", CLASSES)
    assert decode(quick(model), normal(2, z_dim(model), 0)).shape == (2, 3, 28, 28)


def test_a_net_is_left_as_it_was():
    model = lively("generator", "reference")
    before = {name: tensor.clone() for name, tensor in model.net.state_dict().items()}
    model.net.train()
    quick(model)
    assert model.net.training
    assert all(torch.equal(before[name], tensor) for name, tensor in model.net.state_dict().items())


@pytest.mark.parametrize("channels", [1, 3])
def test_a_transposed_convolution_to_few_channels_is_the_same_as_a_shuffled_one(channels):
    torch.manual_seed(0)
    net = nn.Sequential(nn.ConvTranspose2d(5, channels, 3, stride=2, padding=1, output_padding=1)).double()
    made = quick(Model(net, "generator", "none", {}, "none", CLASSES), "float32").net.net
    assert not any(isinstance(module, nn.ConvTranspose2d) for module in made.modules())
    x = torch.randn(3, 5, 7, 7)
    torch.testing.assert_close(made(x), net.float()(x))


def test_parametrized_layers_are_taken_as_they_are():
    torch.manual_seed(0)
    layer = nn.utils.parametrizations.spectral_norm(nn.Conv2d(1, 4, 3, padding=1))
    net = nn.Sequential(layer, nn.BatchNorm2d(4), nn.ReLU()).eval()
    x = torch.randn(2, 1, 28, 28)
    made = quick(Model(net, "discriminator", "none", {}, "none", CLASSES), "float32")
    torch.testing.assert_close(made.net(x), net(x))


def test_labels_in_doubt_alone_may_change():
    latents = normal(500, 12, 0)
    known, found = label(generator(), classifier(), latents), label(quick(generator()), quick(classifier()), latents)
    changed = known.labels != found.labels
    assert changed.float().mean() < 0.02 and (known.certainty[changed] < 0.6).all()


@pytest.mark.parametrize("size", [28, 27])
def test_pooling_is_the_same_before_the_relu(size):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
    made = quick(Model(net, "classifier", "none", {}, "none", CLASSES), "float32").net
    x = torch.randn(3, 1, size, size)
    torch.testing.assert_close(made(x), net(x))
