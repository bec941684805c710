import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.latent.labelled import label_asked
from glyphspace.latent.prior import normal
from glyphspace.latent.routes import choose_pairs, travel

from .stamps import classifier, conditional, generator


@pytest.mark.parametrize("within", ["class", "classes"])
def test_pairs_are_of_one_class_or_of_two(labelled, within):
    pairs = choose_pairs(labelled.labels, 100, 0, within)
    same = labelled.labels[pairs[:, 0]] == labelled.labels[pairs[:, 1]]
    assert len(pairs) == 100 and (pairs[:, 0] != pairs[:, 1]).all()
    assert same.all() if within == "class" else not same.any()
    with pytest.raises(BadInput, match="too few latents"):
        choose_pairs(labelled.labels[:1], 5, 0, within)


def test_there_are_as_many_pairs_of_one_class_as_are_asked_for_however_many_classes_there_are():
    labels = torch.arange(2000) % 200
    assert [len(choose_pairs(labels, 100, seed, "class")) for seed in range(4)] == [100] * 4


@pytest.mark.parametrize("form", ["linear", "spherical", "two-way"])
def test_a_path_begins_and_ends_with_its_pair(labelled, form):
    pairs = torch.tensor([[3, 8], [5, 1]])
    routes = travel(generator(), classifier(), labelled, pairs, form, steps=7)
    assert routes.labels.shape == (2, 7) and routes.certainty.shape == (7,)
    assert torch.equal(routes.labels[:, [0, -1]], routes.ends)
    torch.testing.assert_close(routes.path(1).latents[[0, -1]], labelled.latents[[5, 1]], rtol=1e-4, atol=1e-5)
    assert routes.of_ends[0] == routes.of_ends[-1] == 1
    assert 0 <= routes.pass_through_others <= 1


def test_a_path_of_conditions_keeps_the_latent_and_one_of_latents_the_condition():
    model = conditional()
    some = label_asked(model, classifier(), normal(10, model.net.z_dim, 0), torch.arange(10))
    pairs = torch.tensor([[2, 8], [3, 1]])
    along = travel(model, classifier(), some, pairs, "linear", 5, "conditions").path(0)
    assert torch.equal(along.latents, some.latents[2].expand(5, -1))
    assert along.labels[[0, -1]].tolist() == [2, 8]
    still = travel(model, classifier(), some, pairs, "linear", 5, "latents").path(1)
    assert still.conditions is not None and torch.equal(still.conditions, some.conditions[3].expand(5, -1))


def test_conditions_of_an_unconditional_generator_are_refused(labelled):
    with pytest.raises(BadInput, match="unconditional"):
        travel(generator(), classifier(), labelled, torch.tensor([[0, 1]]), of="conditions")
