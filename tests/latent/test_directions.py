"""Directions on a generator of which they are known: one number turns a bar, one makes it thick, one long."""

from dataclasses import replace

import pytest
import torch
from torch import nn

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.latent.attributes import ATTRIBUTES, measure
from glyphspace.latent.decode import conditions
from glyphspace.latent.directions import directions_of, factorised, follow, supervised
from glyphspace.latent.editing import edit
from glyphspace.latent.labelled import LabelledLatents, label
from glyphspace.latent.prior import normal
from glyphspace.nets.model import Model
from glyphspace.nets.registries import build

from .stamps import CLASSES, classifier

SLANT, THICKNESS = 2, 5


class Bars(nn.Module):
    """Soft slanted bars: z[2] is the slant, z[5] the thickness, the rest does little."""

    z_dim = 8

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(8, 3)
        with torch.no_grad():
            self.first.weight.zero_()
            self.first.bias.copy_(torch.tensor([0.0, 0.0, 1.0]))
            self.first.weight[0, SLANT], self.first.weight[1, THICKNESS], self.first.weight[2, 0] = 4.0, 2.0, 0.1

    def forward(self, z):
        lean, thick, _ = self.first(z).split(1, dim=1)
        y, x = torch.meshgrid(torch.arange(28.0) - 13.5, torch.arange(28.0) - 13.5, indexing="ij")
        shift = -y * (0.1 * lean)[:, :, None]
        distance = (x - shift).abs() - (2 + 0.4 * thick)[:, :, None]
        ink = torch.sigmoid(-2 * distance) * (y.abs() < 9)
        return ink.unsqueeze(1) * 2 - 1


@pytest.fixture(scope="module")
def bars() -> Model:
    return Model(Bars(), "generator", "bars", {}, "bars", CLASSES)


@pytest.fixture(scope="module")
def known(bars: Model) -> LabelledLatents:
    return label(bars, classifier(), normal(400, 8, 0))


def test_an_attribute_grows_along_its_direction_and_the_others_stay(bars, known):
    slant, thickness = supervised(known, ("slant", "thickness"))
    assert slant.vector[SLANT] > 0.95 and thickness.vector[THICKNESS] > 0.95
    effect = follow(bars, classifier(), known.take(range(30)), slant, (-1.0, 0.0, 1.0))
    own, other = ATTRIBUTES.index("slant"), ATTRIBUTES.index("thickness")
    assert effect.slopes[own] > 5 and effect.explained[own] > 0.9
    assert abs(effect.slopes[other]) < 0.3
    assert effect.kept[1] == 1


def test_the_factors_of_the_first_layer_are_its_right_singular_vectors(bars, known):
    found = factorised(bars, known, 3)
    vectors = torch.linalg.svd(bars.net.first.weight.detach()).Vh
    for direction, vector in zip(found, vectors, strict=False):
        assert abs(float(direction.vector @ vector)) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("kind", ["attributes", "components", "factors"])
def test_directions_are_unit_vectors_with_names_of_their_own(kind):
    from glyphspace.zoo import load_shipped

    drawer, reader = load_shipped("digits"), load_shipped("mnist-classifier")
    found = directions_of(kind, drawer, label(drawer, reader, normal(150, 64, 0)), 4)
    assert len({one.name for one in found}) == len(found) >= 4
    for one in found:
        assert one.vector.shape == (64,) and float(one.vector.norm()) == pytest.approx(1, abs=1e-5)


def test_an_edit_changes_an_attribute_by_what_was_asked(bars, known):
    some = known.take(range(12))
    directions = {one.name: one for one in supervised(known, ("slant", "thickness"))}
    after = label(bars, classifier(), edit(bars, classifier(), some, directions, {"slant": 6.0, "thickness": -0.3}))
    changed = measure(after.images) - measure(some.images)
    assert (changed[:, 0] - 6).abs().median() < 2
    assert (changed[:, 1] + 0.3).abs().median() < 0.2


def test_in_which_order_changes_are_named_makes_no_difference(bars, known):
    some = known.take(range(4))
    directions = {one.name: one for one in supervised(known, ("slant", "thickness"))}
    first = edit(bars, classifier(), some, directions, {"slant": 6.0, "thickness": -0.3})
    assert torch.equal(first, edit(bars, classifier(), some, directions, {"thickness": -0.3, "slant": 6.0}))


def test_nothing_is_edited_by_nothing(bars, known):
    directions = {one.name: one for one in supervised(known, ("slant",))}
    with pytest.raises(BadInput, match="nothing to change"):
        edit(bars, classifier(), known, directions, {})
    with pytest.raises(UnknownName, match="did you mean slant"):
        edit(bars, classifier(), known, directions, {"slnat": 1.0})
    with pytest.raises(BadInput, match="cannot change by nan"):
        edit(bars, classifier(), known, directions, {"slant": float("nan")})


def test_directions_that_cannot_be_learned_are_refused(bars, known):
    with pytest.raises(BadInput, match="too few to learn"):
        supervised(known.take(range(10)))
    with pytest.raises(BadInput, match="no direction"):
        supervised(known, ("loops",))
    with pytest.raises(BadInput, match="not 'moods'"):
        directions_of("moods", bars, known, 1)
    blank = replace(known, images=torch.zeros_like(known.images))
    with pytest.raises(BadInput, match="no image differs from another in any attribute"):
        supervised(blank)


def test_of_a_conditional_generator_z_is_gone_along_and_the_condition_held():
    torch.manual_seed(0)
    net = build("generator", "cgan-reference", {"z_dim": 6}).eval()
    drawer = Model(net, "generator", "cgan-reference", {"z_dim": 6}, "none", CLASSES)
    told = conditions(drawer, torch.arange(40) % 10)
    labelled = label(drawer, classifier(), normal(40, 6, 0), told)
    (factor,) = factorised(drawer, labelled, 1)
    weights = net.project[0].weight.detach()[:, :6] if isinstance(net.project, nn.Sequential) else net.project.weight
    vector = torch.linalg.svd(weights.detach()[:, :6]).Vh[0]
    assert abs(float(factor.vector @ vector)) == pytest.approx(1, abs=1e-3)
    effect = follow(drawer, classifier(), labelled.take(range(3)), factor, (-1.0, 0.0, 1.0))
    assert torch.equal(effect.images[:, 1], labelled.images[:3])
