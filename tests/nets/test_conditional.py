import pytest
import torch

from glyphspace.nets import build
from glyphspace.nets.maps import as_rows

IMAGES = torch.rand(4, 1, 28, 28, generator=torch.Generator().manual_seed(0)) * 2 - 1
LABELS = torch.tensor([0, 3, 3, 9])


def test_between_two_classes_there_are_images_between():
    net = build("generator", "conditional", {}).eval()
    z = torch.randn(1, 64)
    one, other = (net.embed(torch.tensor([of])) for of in (1, 2))
    ends = net(z, one), net(z, other)
    middle = net(z, (one + other) / 2)
    assert (middle - ends[0]).norm() < (ends[1] - ends[0]).norm()
    assert not torch.equal(*ends)


def test_a_projection_adds_how_far_an_image_lies_in_the_direction_of_its_class():
    net = build("discriminator", "projection", {})
    seen, (plain, *along) = as_rows(net.look(IMAGES)), net.head.weight
    direction = net.embed(LABELS) @ torch.stack(along)
    constant = net.head.bias[0] + net.embed(LABELS) @ net.head.bias[1:]
    torch.testing.assert_close(net(IMAGES, net.embed(LABELS)), seen @ plain + (seen * direction).sum(1) + constant)


def test_neither_part_of_a_fresh_projection_drowns_the_other():
    net = build("discriminator", "projection", {})
    said = net.head(as_rows(net.look(IMAGES)))
    plain, aimed = said[:, 0].std(), (said[:, 1:] * net.embed(LABELS)).sum(1).std()
    assert 0.02 < plain / aimed < 50


def test_a_spectral_norm_holds_the_directions_of_classes_as_it_holds_every_layer():
    torch.manual_seed(0)
    net = build("discriminator", "projection-spectral", {"width": 8})
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.mul_(10)
    for _ in range(100):
        net(IMAGES, net.embed(LABELS))  # a step of the power method each
    for layer in (*net.look[::2], net.head, net.embed):
        assert torch.linalg.matrix_norm(layer.weight.flatten(1), 2).item() == pytest.approx(1, abs=0.02)


def test_weights_in_the_former_order_of_features_are_refused():
    former = {
        name.replace("head", "decide"): each
        for name, each in build("discriminator", "projection", {}).state_dict().items()
    }
    with pytest.raises(RuntimeError, match="head"):
        build("discriminator", "projection", {}).load_state_dict(former)


def test_an_auxiliary_discriminator_names_classes_from_what_it_judges_by():
    net = build("discriminator", "auxiliary", {"classes": 7})
    features = net.features(IMAGES)
    torch.testing.assert_close(net.judge(features), net(IMAGES))
    assert net.labels_of_real(features).shape == (4, 7)
    assert torch.equal(net.labels_of_real(features), net.labels_of_fake(features))
