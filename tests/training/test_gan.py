from dataclasses import replace

import pytest
import torch

from glyphspace.data import load_dataset
from glyphspace.data.stacked import stack
from glyphspace.training.gan import GanTraining, rows_of_classes
from glyphspace.training.objectives import objectives
from glyphspace.training.penalties import penalties, squared_gradient
from glyphspace.training.recipes import GanRecipe
from glyphspace.training.state import Splits, state

from .conftest import COMPUTE, GAN


def snapshot(training):
    return {name: tensor.clone() for name, tensor in state(training.parts).items()}


def changed(before, after):
    """The parts that differ."""
    return {
        name.partition("/")[0] for name in after if name not in before or not torch.equal(before[name], after[name])
    }


def test_a_step_is_a_function_of_seed_and_number_and_leaves_the_global_generator_alone(make):
    ours, again, other = make(GAN), make(GAN), make(GAN, seed=1)
    before = torch.random.get_rng_state()
    for step in range(3):
        one, two, three = (training.advance(step, 0.0) for training in (ours, again, other))
        assert torch.equal(one, two)
        assert not torch.equal(one, three)
    assert not changed(snapshot(ours), snapshot(again))
    assert torch.equal(before, torch.random.get_rng_state())


def test_a_step_trains_both_players_and_the_average_follows(make):
    training = make(GAN)
    before = snapshot(training)
    figures = training.advance(0, 0.0)
    assert changed(before, snapshot(training)) == set(training.parts)
    assert figures.shape == (len(training.columns),)
    assert all(0 <= share <= 1 for share in figures[2:].tolist())
    assert not any(parameter.requires_grad for parameter in training.average.parameters())
    assert all(parameter.requires_grad for parameter in training.discriminator.parameters())


def test_the_generators_gradient_stays_its_own(make):
    training = make(replace(GAN, discriminator_rate=0.0))
    before = snapshot(training)
    training.advance(0, 0.0)
    moved = changed(before, snapshot(training))
    assert "discriminator" not in moved
    assert "generator" in moved


def test_a_player_at_rate_zero_stands_still(make):
    training = make(replace(GAN, generator_rate=0.0))
    before = {name: p.clone() for name, p in training.generator.named_parameters()}
    training.advance(0, 0.0)
    assert all(torch.equal(before[name], p) for name, p in training.generator.named_parameters())


def test_without_an_average_the_last_weights_are_kept(make):
    training = make(replace(GAN, average_half_life=0))
    training.advance(0, 0.0)
    ours, theirs = training.average.state_dict(), training.generator.state_dict()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours if ours[name].is_floating_point())


@pytest.mark.parametrize("name", objectives)
@pytest.mark.parametrize("discriminator", ["fast:width=4", "fast-spectral:width=4", "reference"])
def test_every_objective_trains_every_kind_of_discriminator(make, name, discriminator):
    training = make(replace(GAN, objective=name, discriminator=discriminator, penalty="none"))
    assert torch.isfinite(training.advance(0, 0.0)).all()


def test_the_figures_are_those_of_the_objective(make):
    training = make(replace(GAN, penalty="none", generator_rate=0.0, discriminator_rate=0.0))
    figures = training.advance(0, 0.0)
    images, _ = training.batches.at(0)
    real = training.discriminator(images.unsqueeze(1) / 127.5 - 1)
    fake = training.discriminator(training.generator(training.latents(16, 0)))
    chosen = objectives[GAN.objective]
    expected = [chosen.discriminator(real, fake), chosen.generator(real, fake)]
    expected += [(real > 0).float().mean(), (fake <= 0).float().mean()]
    torch.testing.assert_close(figures, torch.stack(expected), rtol=1e-4, atol=1e-5)


def test_the_penalty_is_taken_every_few_steps_and_weighs_as_much_more(make, monkeypatch):
    asked = []

    def spy(judge, real, fake):
        asked.append((len(real), len(fake)))
        return judge(real).sum() * 0 + 1

    monkeypatch.setitem(penalties._entries, "r1", spy)
    training = make(replace(GAN, penalty="r1", penalty_every=3, penalty_images=5, penalty_weight=4.0))
    steps = [len(asked) for step in range(7) if training.advance(step, 0.0) is not None]
    assert steps == [1, 1, 1, 2, 2, 2, 3]
    assert set(asked) == {(5, 5)}
    real = torch.zeros(16, 1, 28, 28)
    labels = torch.zeros(16, dtype=torch.int64)
    assert training._penalty(real, real, labels).item() == pytest.approx(4 / 2 * 3)


def test_real_and_fake_are_judged_in_one_pass_as_in_two(make):
    training = make(GAN)
    images, labels = training.batches.at(0)
    images = images.unsqueeze(1) / 127.5 - 1
    fake = training.draw(training.latents(16, 0), labels).detach()
    assert not training.mixes_batch
    real_logits, fake_logits = training.judge_both(images, fake, labels)
    torch.testing.assert_close(real_logits, training.discriminator(images))
    torch.testing.assert_close(fake_logits, training.discriminator(fake))


def test_looking_changes_nothing(make):
    training = make(GAN)
    training.advance(0, 0.0)
    before = snapshot(training)
    found, again = training.evaluate(), training.evaluate()
    frame, same = training.frame(), training.frame()
    assert not changed(before, snapshot(training))
    assert found == again
    assert torch.equal(frame, same)
    assert frame.shape == (64, 28, 28)
    assert set(found) == {
        f"{s}_{f}" for s in ("train", "test") for f in ("accuracy", "discriminator_loss", "generator_loss")
    }
    other = make(GAN)
    for step in range(2):
        other.advance(step, 0.0)
    training.advance(1, 0.0)
    assert not changed(snapshot(training), snapshot(other))


def test_a_discriminator_that_drops_judges_evaluations_without_dropping(make):
    training = make(replace(GAN, discriminator="reference"))
    training.advance(0, 0.0)
    assert training.evaluate() == training.evaluate()


def test_a_schedule_sets_the_rate_of_both_players(make):
    training = make(replace(GAN, schedule="cosine"))
    training.advance(0, 0.5)
    for optimizer in (training.generator_optimizer, training.discriminator_optimizer):
        assert [group["lr"] for group in optimizer.param_groups] == [pytest.approx(1e-4)] * 2


def test_the_tiny_gan_learns_where_the_ink_is(make, splits):
    training = make(GanRecipe(**{**GAN.__dict__, "generator_rate": 2e-3, "discriminator_rate": 2e-3}))
    mean = splits.train.images.float().mean(0)

    def distance():
        return (training.frame().float().mean(0) - mean).square().mean().sqrt().item()

    before = distance()
    for step in range(40):
        training.advance(step, 0.0)
    assert distance() < before / 2


CONDITIONAL = replace(GAN, generator="conditional:z_dim=8,width=8", discriminator="projection:width=4")


@pytest.mark.parametrize("changes", [{}, {"discriminator": "projection:width=4", "penalty": "none"}])
def test_a_conditional_step_trains_the_places_of_the_classes(make, changes):
    training = make(replace(CONDITIONAL, **changes))
    before = snapshot(training)
    assert torch.isfinite(training.advance(0, 0.0)).all()
    after = snapshot(training)
    for player in ("generator", "discriminator"):
        moved = (after[f"{player}/embed.weight"] != before[f"{player}/embed.weight"]).any(1)
        _, labels = training.batches.at(0)
        assert moved.nonzero().flatten().tolist() == labels.unique().tolist()


def test_real_and_fake_of_a_pair_have_one_class_in_judging_and_in_the_penalty(make):
    training = make(CONDITIONAL)
    images, labels = training.batches.at(0)
    real = images.unsqueeze(1) / 127.5 - 1
    fake = training.draw(training.latents(16, 0), labels).detach()
    net = training.discriminator
    torch.testing.assert_close(training.judge_both(real, fake, labels)[1], net(fake, net.embed(labels)))
    expected = squared_gradient(lambda x: net(x, net.embed(labels)), real)
    expected += squared_gradient(lambda x: net(x, net.embed(labels)), fake)
    weight = training.recipe.penalty_weight / 2 * training.recipe.penalty_every
    torch.testing.assert_close(training._penalty(real, fake, labels), weight * expected)


def test_a_sheet_of_a_conditional_generator_has_a_row_for_each_class(make):
    training = make(CONDITIONAL)
    training.advance(0, 0.0)
    before = snapshot(training)
    assert training.frame().shape == (80, 28, 28)
    assert training.evaluate() == training.evaluate()
    assert not changed(before, snapshot(training))
    assert [model.numbers["classes"] for model in training.models()] == [10, 10]


@pytest.mark.parametrize(
    ("classes", "each", "count"), [(2, 8, 16), (10, 8, 80), (26, 4, 104), (47, 2, 96), (62, 2, 128)]
)
def test_many_classes_share_the_rows_of_a_sheet(classes, each, count):
    labels = rows_of_classes(classes)
    assert len(labels) == count and count % 8 == 0
    assert torch.bincount(labels, minlength=classes).min() == each
    assert torch.equal(labels[: classes * each], torch.arange(classes).repeat_interleave(each))
    assert rows_of_classes(1000).unique().numel() == 128


def test_stacked_digits_are_learned_channel_beside_channel():
    stacked = stack(load_dataset("sklearn-digits"))
    training = GanTraining(GAN, Splits(stacked, stacked, "stacked"), 0, COMPUTE)
    figures = training.advance(0, 0.0)
    assert torch.isfinite(figures).all()
    assert training.frame().shape == (64, 3, 28, 28)
    assert {model.kind: dict(model.numbers)["channels"] for model in training.models()} == {
        "generator": 3,
        "discriminator": 3,
    }
