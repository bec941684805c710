import torch

from glyphspace.nets import build

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


def test_a_projection_adds_the_classes_direction_to_the_plain_logit():
    net = build("discriminator", "projection", {})
    seen = net.look(IMAGES).flatten(1)
    direction = net.direct(net.embed(LABELS))
    torch.testing.assert_close(net(IMAGES, net.embed(LABELS)), net.decide(seen).squeeze(1) + (seen * direction).sum(1))


def test_neither_part_of_a_fresh_projection_drowns_the_other():
    net = build("discriminator", "projection", {})
    seen = net.look(IMAGES).flatten(1)
    plain, aimed = net.decide(seen).std(), (seen * net.direct(net.embed(LABELS))).sum(1).std()
    assert 0.02 < plain / aimed < 50


def test_an_auxiliary_discriminator_names_classes_from_what_it_judges_by():
    net = build("discriminator", "auxiliary", {"classes": 7})
    features = net.features(IMAGES)
    torch.testing.assert_close(net.judge(features), net(IMAGES))
    assert net.labels_of_real(features).shape == (4, 7)
    assert torch.equal(net.labels_of_real(features), net.labels_of_fake(features))
