from dataclasses import replace

import pytest
import torch

from glyphspace.data import load_dataset
from glyphspace.data.stacked import stack
from glyphspace.nets import build
from glyphspace.training.gan import GanTraining
from glyphspace.training.objectives import objectives
from glyphspace.training.penalties import penalties
from glyphspace.training.recipes import GanRecipe
from glyphspace.training.state import Splits

from .conftest import COMPUTE, GAN, changed, snapshot


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
    assert changed(before, snapshot(training)) == set(training.parts) - {"advantage"}
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


@pytest.mark.parametrize("name", [name for name, each in objectives.items() if each.takes == "logits"])
@pytest.mark.parametrize("discriminator", ["fast:width=4", "fast-spectral:width=4", "reference"])
def test_every_objective_trains_every_kind_of_discriminator(make, name, discriminator):
    training = make(replace(GAN, objective=name, discriminator=discriminator, penalty="none", clip=0.1))
    assert torch.isfinite(training.advance(0, 0.0)).all()


def test_the_figures_are_those_of_the_objective(make):
    training = make(replace(GAN, penalty="none", generator_rate=0.0, discriminator_rate=0.0))
    figures = training.advance(0, 0.0)
    images, _ = training.batches.at(0)
    real = training.discriminator(images.unsqueeze(1) / 127.5 - 1)
    fake = training.discriminator(training.generator(training.latents(16, 0)))
    chosen = objectives[GAN.objective]
    expected = [chosen.discriminator(real, fake), chosen.generator(real, fake)]
    expected += [(real > 0).float().mean(), (fake <= 0).float().mean(), torch.tensor(1.0)]
    torch.testing.assert_close(figures, torch.stack(expected), rtol=1e-4, atol=1e-5)


def test_the_penalty_is_taken_every_few_steps_and_weighs_as_much_more(make, monkeypatch):
    asked = []

    def spy(judge, real, fake, draw):
        asked.append((len(real), len(fake)))
        return judge(real).sum() * 0 + 1

    monkeypatch.setitem(penalties._entries, "r1", spy)
    training = make(replace(GAN, penalty="r1", penalty_every=3, penalty_images=5, penalty_weight=4.0))
    steps = [len(asked) for step in range(7) if training.advance(step, 0.0) is not None]
    assert steps == [1, 1, 1, 2, 2, 2, 3]
    assert set(asked) == {(5, 5)}
    real = torch.zeros(16, 1, 28, 28)
    labels = torch.zeros(16, dtype=torch.int64)
    assert training._penalty(0, real, real, labels).item() == pytest.approx(4 * 3)


def test_real_and_fake_are_judged_in_one_pass_as_in_two(make):
    training = make(GAN)
    images, labels = training.batches.at(0)
    images = images.unsqueeze(1) / 127.5 - 1
    fake = training.draw(training.latents(16, 0), labels).detach()
    assert training.referee.in_one_pass
    of_real, of_fake = training.referee.of_both(images, fake, labels)
    torch.testing.assert_close(of_real.logits, training.discriminator(images))
    torch.testing.assert_close(of_fake.logits, training.discriminator(fake))


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


def test_between_its_turns_the_generator_stands_still_and_its_loss_is_still_told(make):
    training = make(replace(GAN, advantage="fixed:3"))
    moved = []
    for step in range(6):
        before = snapshot(training)
        figures = dict(zip(training.columns, training.advance(step, 0.0).tolist(), strict=True))
        now = changed(before, snapshot(training))
        assert {"discriminator", "discriminator_optimizer"} <= now
        moved.append("generator_optimizer" in now)
        assert figures["advantage"] == 3.0 and figures["generator_loss"] > 0
    assert moved == [False, False, True] * 2


def test_every_update_of_the_discriminator_is_on_a_fresh_batch_and_fresh_latents(make, monkeypatch):
    training = make(replace(GAN, advantage="fixed:2"))
    seen = []
    judged = training.referee.of_both
    monkeypatch.setattr(training.referee, "of_both", lambda *given: seen.append(given) or judged(*given))
    for step in range(2):
        training.advance(step, 0.0)
    assert not torch.equal(seen[0][0], seen[1][0]) and not torch.equal(seen[0][1], seen[1][1])
    assert torch.equal(seen[1][2], training.batches.at(1)[1])


def test_an_adaptive_advantage_follows_the_accuracy_of_each_epoch(make):
    training = make(replace(GAN, advantage="adaptive:0.9", discriminator_rate=0.0, generator_rate=0.0))
    told = [float(training.advance(step, 0.0)[-1]) for step in range(30)]  # three epochs of ten steps, at 0.5 or so
    assert told == [1.0] * 10 + [2.0] * 10 + [3.0] * 10


def test_clipping_keeps_every_weight_of_the_critic_near_nought(make):
    training = make(replace(GAN, objective="wasserstein", penalty="none", clip=0.01))
    training.advance(0, 0.0)
    largest = max(parameter.abs().max().item() for parameter in training.discriminator.parameters())
    assert largest == pytest.approx(0.01)


def test_smoothed_labels_hold_the_discriminator_back(make):
    plain, smoothed = (make(replace(GAN, objective="non-saturating", label_smoothing=s)) for s in (0.0, 0.3))
    for step in range(20):
        plain.advance(step, 0.0)
        smoothed.advance(step, 0.0)
    images = plain.batches.at(0)[0].unsqueeze(1) / 127.5 - 1
    assert smoothed.discriminator(images).mean() < plain.discriminator(images).mean()
    assert smoothed.evaluate()["train_discriminator_loss"] > 0


@pytest.mark.parametrize(("reward", "teaches"), [("certain", False), ("certain-smooth", True)])
def test_a_score_that_is_a_step_teaches_the_generator_nothing_and_a_smooth_one_does(splits, reward, teaches):
    torch.manual_seed(0)
    classifier = build("classifier", "fast", {"width": 4}).eval().requires_grad_(False)
    plain = GanTraining(GAN, splits, 0, COMPUTE)
    rewarded = GanTraining(replace(GAN, reward=reward, reward_weight=10.0), splits, 0, COMPUTE, classifier)
    for training in (plain, rewarded):
        training.advance(0, 0.0)
    assert ("generator" in changed(snapshot(plain), snapshot(rewarded))) == teaches
    assert all(parameter.grad is None for parameter in classifier.parameters())


def test_real_and_fake_images_are_changed_alike_and_as_the_step_says(make, monkeypatch):
    training = make(replace(GAN, augmentation="shift+cutout+brightness", penalty="r1+r2"))
    seen = []
    judged = training.referee.of_both
    monkeypatch.setattr(training.referee, "of_both", lambda *given: seen.append(given) or judged(*given))
    training.advance(0, 0.0)
    real = training.batches.at(0)[0].unsqueeze(1) / 127.5 - 1
    assert not torch.equal(seen[0][0], real)
    assert training._shown(real, 3, "real").equal(training._shown(real, 3, "real"))
    assert not training._shown(real, 3, "real").equal(training._shown(real, 4, "real"))
    assert all(torch.isfinite(parameter).all() for parameter in training.generator.parameters())


def test_an_augmentation_lets_the_gradient_through_to_the_generator(make):
    for name in ("shift", "affine", "cutout", "brightness"):
        training = make(replace(GAN, augmentation=name))
        before = snapshot(training)
        training.advance(0, 0.0)
        assert "generator" in changed(before, snapshot(training))
