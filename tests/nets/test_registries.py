import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.nets import build, classifiers, discriminators, generators, parse, taken
from glyphspace.nets.condition import condition_dim, told
from glyphspace.nets.registries import kinds
from glyphspace.nets.shapes import outline

LABELS = torch.tensor([0, 9, 3, 3, 1])


@pytest.mark.parametrize("name", generators)
def test_every_generator_turns_latents_into_images_between_minus_1_and_1(name):
    net = build("generator", name, {})
    images = net(torch.randn(5, net.z_dim), *told(net, LABELS))
    assert images.shape == (5, 1, 28, 28)
    assert images.abs().max() <= 1
    assert images.std(0).mean() > 0


@pytest.mark.parametrize("name", discriminators)
def test_every_discriminator_gives_an_image_one_logit(name):
    net = build("discriminator", name, {}).eval()
    images = torch.rand(5, 1, 28, 28) * 2 - 1
    logits = net(images, *told(net, LABELS))
    assert logits.shape == (5,)
    alone = torch.cat([net(image[None], *told(net, label[None])) for image, label in zip(images, LABELS, strict=True)])
    torch.testing.assert_close(alone, logits)


@pytest.mark.parametrize("name", classifiers)
def test_every_classifier_gives_a_logit_a_class_by_way_of_features(name):
    net = build("classifier", name, {"classes": 7}).eval()
    images = torch.rand(5, 1, 28, 28) * 2 - 1
    assert net(images).shape == (5, 7)
    torch.testing.assert_close(net.decide(net.features(images)), net(images))


def test_without_memory_a_net_has_the_same_tensors():
    for kind, registry in kinds.items():
        for name in registry:
            tensors, real = (made(kind, name, {}).state_dict() for made in (outline, build))
            assert all(tensor.is_meta for tensor in tensors.values())
            outlined, built = ({key: (t.shape, t.dtype, t.stride()) for key, t in of.items()} for of in (tensors, real))
            assert outlined == built, name


def test_a_net_is_given_what_the_data_decides_where_it_takes_it():
    assert taken("classifier", "fast", {"classes": 7}) == {"classes": 7}
    assert taken("generator", "conditional", {"classes": 7}) == {"classes": 7}
    assert taken("generator", "fast", {"classes": 7}) == {}
    with pytest.raises(UnknownName):
        taken("generator", "fats", {})


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in ("generator", "discriminator") for name in kinds[kind]]
)
def test_a_net_that_is_told_classes_has_a_condition_for_each(kind, name):
    numbers = taken(kind, name, {"classes": 7})
    net = build(kind, name, numbers)
    if condition_dim(net):
        assert numbers
        conditions = net.embed(torch.arange(7))
        assert conditions.shape == (7, condition_dim(net))
        assert torch.pdist(conditions).min() > 0
        assert net.embed.num_embeddings == 7


def test_unknown_kinds_names_and_numbers_are_refused_in_one_line():
    with pytest.raises(BadInput, match="no net is a 'painter'; there are: generator, discriminator, classifier"):
        build("painter", "reference", {})
    with pytest.raises(UnknownName, match="no generator is called 'referense'; did you mean reference"):
        build("generator", "referense", {})
    with pytest.raises(BadInput, match="the generator 'reference' takes no 'width'; it takes: z_dim"):
        build("generator", "reference", {"width": 3})
    with pytest.raises(BadInput, match="the discriminator 'reference' takes no 'z_dim'; it takes: nothing"):
        build("discriminator", "reference", {"z_dim": 3})


@pytest.mark.parametrize("value", [0, -1, 4097, 10**30, 1.5, float("nan"), float("inf"), True, None, "3", [3], {}])
def test_numbers_that_no_size_can_be_are_refused(value):
    with pytest.raises(BadInput, match="the generator 'fast' cannot be built with z_dim = "):
        build("generator", "fast", {"z_dim": value})


def test_what_a_builder_does_without_may_be_named():
    plain, named = (build("generator", "fast", numbers) for numbers in ({}, {"depth": 0, "tones": 0}))
    assert [*plain.state_dict()] == [*named.state_dict()]
    with pytest.raises(BadInput, match="cannot be built with depth = -1"):
        build("generator", "fast", {"depth": -1})


def test_a_width_that_leaves_a_layer_empty_is_refused():
    with pytest.raises(BadInput, match=r"cannot be built with {'width': 1}"):
        build("generator", "fast", {"width": 1})


def test_a_net_is_written_as_its_name_and_numbers():
    assert parse("fast") == ("fast", {})
    assert parse(" fast : z_dim = 64 , rate=0.5") == ("fast", {"z_dim": 64, "rate": 0.5})
    assert [type(value) for value in parse("x:a=1,b=1.0,c=-2,d=1e3")[1].values()] == [int, float, int, float]


@given(st.dictionaries(st.text("abz_", min_size=1), st.integers(-(10**6), 10**6) | st.floats(allow_nan=False)))
def test_whatever_is_written_is_parsed_back(numbers):
    text = "net:" + ",".join(f"{key}={value}" for key, value in numbers.items())
    assert parse(text) == ("net", numbers)


@given(st.text())
def test_any_text_is_a_net_or_refused_in_one_line(text):
    try:
        name, numbers = parse(text)
    except BadInput as error:
        assert "names no net; write it as" in str(error)
    else:
        assert isinstance(name, str)
        assert all(isinstance(value, int | float) for value in numbers.values())
