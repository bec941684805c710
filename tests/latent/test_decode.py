import pytest
import torch
from torch import nn

from glyphspace import nets
from glyphspace.core.errors import BadInput
from glyphspace.data.scaling import to_bytes
from glyphspace.latent.decode import condition_dim, conditions, conditions_of, decode, z_dim
from glyphspace.latent.prior import normal
from glyphspace.nets.condition import told
from glyphspace.nets.model import Model

from .stamps import CLASSES, classifier, conditional, generator, stamps
from .untrained import untrained


def some_conditions(model: Model, count: int) -> torch.Tensor | None:
    return conditions(model, LABELS[:count]) if condition_dim(model) else None


LABELS = torch.arange(40) % 10
EVERY = pytest.mark.parametrize("name", list(nets.generators))


@EVERY
def test_images_are_what_the_generator_paints_as_bytes(name):
    model = untrained(name, z_dim=8)
    latents = normal(5, 8, 0)
    images = decode(model, latents, some_conditions(model, 5))
    with torch.no_grad():
        painted = to_bytes(model.net.eval()(latents, *told(model.net, LABELS[:5])))
    assert images.shape == (5, 28, 28) and images.dtype == torch.uint8
    assert (images.int() - painted.int()).abs().max() <= 1
    assert images.float().std() > 10


@EVERY
def test_an_image_does_not_depend_on_its_neighbours(name):
    model, latents = untrained(name, z_dim=8), normal(40, 8, 1)
    given = some_conditions(model, 40)
    together = decode(model, latents, given).int()
    one_by_one = [None] * 40 if given is None else given.split(1)
    alone = torch.cat([decode(model, *one) for one in zip(latents.split(1), one_by_one, strict=True)]).int()
    assert (together - alone).abs().max() <= 1
    assert torch.equal(decode(model, latents, given, batch_size=40), decode(model, latents, given))


@EVERY
def test_the_generator_is_left_as_it_was(name):
    model = untrained(name, z_dim=8)
    model.net.train()
    before = {key: value.clone() for key, value in model.net.state_dict().items()}
    decode(model, normal(3, 8, 0), some_conditions(model, 3))
    assert model.net.training
    assert all(torch.equal(before[key], value) for key, value in model.net.state_dict().items())


def test_no_latents_give_no_images_and_any_precision_is_taken():
    assert decode(generator(), torch.empty(0, 12)).shape == (0, 28, 28)
    latents = normal(3, 12, 0)
    assert torch.equal(decode(generator(), latents.double()), decode(generator(), latents))


def test_what_cannot_be_drawn_is_refused():
    assert z_dim(generator()) == 12
    with pytest.raises(BadInput, match="9 numbers each; the generator takes 12"):
        decode(generator(), torch.zeros(2, 9))
    with pytest.raises(BadInput, match="not finite"):
        decode(generator(), torch.full((2, 12), torch.nan))
    with pytest.raises(BadInput, match="this model is a classifier"):
        decode(classifier(), torch.zeros(2, 12))
    broken = generator()
    nn.init.constant_(broken.net.stamps, torch.inf)
    with pytest.raises(BadInput, match="are its weights broken"):
        decode(broken, torch.zeros(2, 12))


def test_a_condition_is_a_class_or_any_point_between_two():
    model, latents = conditional(), normal(3, 2, 0)
    assert condition_dim(model) == 10 and condition_dim(generator()) == 0
    of_class = conditions(model, torch.tensor([7, 7, 7]))
    drawn = decode(model, latents, of_class).float()
    assert (drawn / drawn.amax((1, 2), keepdim=True) - stamps()[7]).abs().max() < 0.02
    between = (of_class + conditions(model, torch.tensor([1, 1, 1]))) / 2
    mixed = decode(model, latents, between).float()
    wanted = (stamps()[1] + stamps()[7]) / 2
    assert (mixed / mixed.amax((1, 2), keepdim=True) - wanted / wanted.amax()).abs().max() < 0.02
    assert torch.equal(conditions_of(model, torch.tensor([0]), ["7", "x"]), of_class[:1])


def test_a_generator_is_told_what_it_takes_and_nothing_else():
    model, latents = conditional(), normal(3, 2, 0)
    three = conditions(model, torch.tensor([0, 1, 2]))
    for given, words in (
        (None, "the generator 'stamper' is conditional: it must be told a class"),
        (three[:2], "these conditions are 2 × 10 numbers; for 3 latents 10 each are needed"),
        (three[:, :9], "these conditions are 3 × 9 numbers; for 3 latents 10 each are needed"),
        (three * torch.nan, "some of the conditions hold numbers that are not finite"),
    ):
        with pytest.raises(BadInput, match=words):
            decode(model, latents, given)
    with pytest.raises(BadInput, match="is unconditional: it takes latents and no conditions"):
        decode(generator(), torch.zeros(3, 12), three)
    with pytest.raises(BadInput, match="is unconditional: it cannot be asked for a class"):
        conditions(generator(), torch.tensor([1]))
    for label in (-1, 10):
        with pytest.raises(BadInput, match="the generator draws 10 classes"):
            conditions(model, torch.tensor([label]))
    with pytest.raises(BadInput, match="does not draw 'x'"):
        conditions_of(model, torch.tensor([1]), [*CLASSES[:1], "x"])
