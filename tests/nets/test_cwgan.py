import pytest
import torch
from torch import nn

from glyphspace.nets import build
from glyphspace.nets.registries import sees_both


def widths(net):
    return [(layer.in_features, layer.out_features) for layer in net.modules() if isinstance(layer, nn.Linear)]


def test_the_nets_are_as_wide_as_the_document_says():
    assert widths(build("generator", "cwgan", {})) == [(110, 256), (256, 512), (512, 1024), (1024, 784)]
    for name in ("cwgan", "cwgan-layer-norm"):
        assert widths(build("discriminator", name, {})) == [(794, 1024), (1024, 512), (512, 256), (256, 1)]


def test_a_class_is_a_one_among_noughts():
    net = build("generator", "cwgan", {"classes": 3})
    assert net.embed(torch.tensor([2, 0])).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert (net.condition_dim, net.embed.num_embeddings) == (3, 3)


@pytest.mark.parametrize(("name", "mixed"), [("cwgan", True), ("cwgan-layer-norm", False)])
def test_only_batch_norm_lets_an_image_change_the_value_of_another(name, mixed):
    net = build("discriminator", name, {}).train()
    images = torch.randn(4, 1, 28, 28, generator=torch.Generator().manual_seed(0)).requires_grad_()
    labels = net.embed(torch.tensor([0, 1, 2, 3]))
    (gradient,) = torch.autograd.grad(net(images, labels)[0], images)
    assert (gradient[1:].abs().max() > 1e-6) == mixed


def test_apart_batch_norm_gives_real_and_fake_images_the_same_mean_and_together_not():
    net = build("discriminator", "cwgan", {}).train()
    real, fake = torch.randn(2, 8, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    labels = net.embed(torch.zeros(8, dtype=torch.int64))
    apart = net(real, labels).mean() - net(fake + 1, labels).mean()
    together = net(torch.cat([real, fake + 1]), torch.cat([labels, labels]))
    assert apart.abs() < 1e-5 < 1e-2 < (together[:8].mean() - together[8:].mean()).abs()


def test_the_critic_with_batch_norm_asks_to_be_shown_real_and_fake_images_at_once():
    assert sees_both(build("discriminator", "cwgan", {}))
    assert not sees_both(build("discriminator", "cwgan-layer-norm", {}))
