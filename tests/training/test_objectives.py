import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce

from glyphspace.training.objectives import objectives

REAL = torch.tensor([2.0, -1.0, 0.3, 0.0])
FAKE = torch.tensor([-3.0, 0.5, 0.0, 1.2])
ONES, ZEROS = torch.ones(4), torch.zeros(4)

OF_LOGITS = [name for name, objective in objectives.items() if objective.takes == "logits"]
logits = st.lists(st.floats(-80, 80, width=32), min_size=1, max_size=8)


@pytest.mark.parametrize("name", ["minimax", "non-saturating"])
def test_the_discriminator_minimises_binary_cross_entropy(name):
    expected = bce(REAL, ONES) + bce(FAKE, ZEROS)
    torch.testing.assert_close(objectives[name].discriminator(REAL, FAKE), expected)


def test_the_generator_minimises_what_the_papers_say():
    d = torch.sigmoid(FAKE)
    expected = {
        "minimax": torch.log(1 - d).mean(),
        "non-saturating": bce(FAKE, ONES),
        "hinge": -FAKE.mean(),
        "relativistic": -torch.log(torch.sigmoid(FAKE - REAL)).mean(),
        "least-squares": (FAKE - 1).square().mean() / 2,
        "wasserstein": -FAKE.mean(),
    }
    assert expected.keys() == set(OF_LOGITS)
    for name, value in expected.items():
        torch.testing.assert_close(objectives[name].generator(REAL, FAKE), value)


def test_the_other_discriminator_losses_are_those_of_the_papers():
    hinge = torch.tensor([0, 2.0, 0.7, 1.0]).mean() + torch.tensor([0, 1.5, 1.0, 2.2]).mean()
    torch.testing.assert_close(objectives["hinge"].discriminator(REAL, FAKE), hinge)
    relativistic = -torch.log(torch.sigmoid(REAL - FAKE)).mean()
    torch.testing.assert_close(objectives["relativistic"].discriminator(REAL, FAKE), relativistic)
    squares = ((REAL - 1).square().mean() + (FAKE + 1).square().mean()) / 2
    torch.testing.assert_close(objectives["least-squares"].discriminator(REAL, FAKE), squares)
    torch.testing.assert_close(objectives["wasserstein"].discriminator(REAL, FAKE), FAKE.mean() - REAL.mean())


@given(st.sampled_from(sorted(set(OF_LOGITS) - {"least-squares"})), logits, st.randoms())
def test_losses_stay_finite_and_their_gradients_pull_the_players_apart(name, values, shuffle):
    real = torch.tensor(values, requires_grad=True)
    fake = torch.tensor(shuffle.sample(values, len(values)), requires_grad=True)
    loss = objectives[name].discriminator(real, fake)
    loss.backward()
    assert torch.isfinite(loss)
    assert (real.grad <= 0).all()  # the discriminator never wants a real image to score less
    assert (fake.grad >= 0).all()
    (gradient,) = torch.autograd.grad(objectives[name].generator(real.detach(), fake), fake)
    assert torch.isfinite(gradient).all()
    assert (gradient <= 0).all()  # nor the generator one of its own


def test_where_the_discriminator_is_sure_only_the_saturating_loss_is_flat():
    def pull(name):
        fake = torch.full((4,), -20.0, requires_grad=True)
        (gradient,) = torch.autograd.grad(objectives[name].generator(torch.zeros(4), fake), fake)
        return gradient.abs().sum().item()

    assert pull("minimax") < 1e-6
    assert all(pull(name) == pytest.approx(1) for name in set(OF_LOGITS) - {"minimax", "least-squares"})
    assert pull("least-squares") == pytest.approx(21)


def test_every_objective_names_its_source():
    assert all(objective.source for objective in objectives.values())


@pytest.mark.parametrize("name", ["minimax", "non-saturating"])
def test_of_probabilities_the_losses_and_their_gradients_are_the_same(name):
    found = []
    for objective, squash in ((objectives[name], torch.nn.Identity()), (objectives[f"{name}-bce"], torch.nn.Sigmoid())):
        real, fake = REAL.clone().requires_grad_(), FAKE.clone().requires_grad_()
        losses = [loss(squash(real), squash(fake)) for loss in (objective.discriminator, objective.generator)]
        found.append((*losses, *torch.autograd.grad(losses[0], (real, fake)), *torch.autograd.grad(losses[1], fake)))
    torch.testing.assert_close(*found)


def test_a_sigmoid_in_single_precision_loses_what_a_logit_still_knows():
    fake = torch.full((4,), 20.0, requires_grad=True)  # a fake image that the discriminator is wrong about

    def pull(name, said):
        (gradient,) = torch.autograd.grad(objectives[name].discriminator(torch.zeros(4) + 0.5, said), fake)
        return gradient.abs().sum().item()

    assert pull("non-saturating", fake) == pytest.approx(1)
    assert pull("non-saturating-bce", fake.sigmoid()) == 0


def test_one_sided_smoothing_lowers_what_real_images_should_be_called_and_leaves_fake_ones():
    targets = torch.full((4,), 0.9)
    expected = bce(REAL, targets) + bce(FAKE, ZEROS)
    for name in ("minimax", "non-saturating"):
        torch.testing.assert_close(objectives[name].smoothed(REAL, FAKE, 0.1), expected)
        said = REAL.sigmoid(), FAKE.sigmoid()
        torch.testing.assert_close(objectives[f"{name}-bce"].smoothed(*said, 0.1), expected)
        torch.testing.assert_close(
            objectives[name].smoothed(REAL, FAKE, 0.0), objectives[name].discriminator(REAL, FAKE)
        )
    assert all(objectives[name].smoothed is None for name in ("hinge", "wasserstein", "relativistic", "least-squares"))


def test_probabilities_of_a_torch_sigmoid_loss_agree():
    loss = nn.BCELoss()(torch.sigmoid(REAL), ONES) + nn.BCELoss()(torch.sigmoid(FAKE), ZEROS)
    torch.testing.assert_close(objectives["non-saturating"].discriminator(REAL, FAKE), loss)
