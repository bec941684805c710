"""A conditional GAN trains the places of the classes, judges pairs of one class, and learns to name them."""

from dataclasses import replace

import pytest
import torch

from glyphspace.core.randomness import stream
from glyphspace.training.gan import GanTraining
from glyphspace.training.penalties import gradients
from glyphspace.training.state import restore

from .conftest import COMPUTE, GAN, changed, snapshot

CONDITIONAL = replace(GAN, generator="conditional:z_dim=8,width=8", discriminator="projection:width=4")
SEES_BOTH = replace(GAN, generator="cwgan:z_dim=8", discriminator="cwgan", penalty="wgan-gp", penalty_images=16)
APART = replace(GAN, discriminator="dcgan-logits", penalty="none")


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
    _, of_fake = training.referee.of_both(real, fake, labels)
    torch.testing.assert_close(of_fake.logits, net(fake, net.embed(labels)))
    expected = sum(gradients(lambda x: net(x, net.embed(labels)), images).mean() / 2 for images in (real, fake))
    weight = training.recipe.penalty_weight * training.recipe.penalty_every
    torch.testing.assert_close(training._penalty(0, real, fake, labels), weight * expected)


def test_a_critic_that_is_to_see_both_is_shown_real_and_fake_images_at_once(make):
    training = make(SEES_BOTH)
    images, labels = training.batches.at(0)
    real = images.unsqueeze(1) / 127.5 - 1
    fake = training.draw(training.latents(16, 0), labels).detach()
    net, referee = training.discriminator.train(), training.referee
    condition = net.embed(torch.cat([labels, labels]))
    both = net(torch.cat([real, fake]), condition)
    of_real, of_fake = referee.of_both(real, fake, labels)
    torch.testing.assert_close(torch.cat([of_real.logits, of_fake.logits]), both)
    torch.testing.assert_close(referee.of_fake(fake, real, labels).logits, both[16:])
    assert (referee.of(fake, labels).logits - both[16:]).abs().max() > 1e-3
    assert torch.isfinite(training.advance(0, 0.0)).all()


def test_the_penalty_of_such_a_critic_is_taken_beside_real_images(make):
    training = make(SEES_BOTH)
    images, labels = training.batches.at(0)
    real = images.unsqueeze(1) / 127.5 - 1
    fake = training.draw(training.latents(16, 0), labels).detach()
    net = training.discriminator.train()
    between = real.lerp(fake, torch.rand(16, 1, 1, 1, generator=stream(training.seed, "penalty", 0)))
    condition = net.embed(torch.cat([labels, labels]))
    slopes = gradients(lambda x: net(torch.cat([real, x]), condition)[16:], between).sqrt()
    weight = training.recipe.penalty_weight * training.recipe.penalty_every
    torch.testing.assert_close(training._penalty(0, real, fake, labels), weight * (slopes - 1).square().mean())


def test_a_step_shows_such_a_critic_both_sides_and_any_other_with_batch_norm_each_alone(make):
    sizes = []
    for recipe, expected in ((SEES_BOTH, [32, 32, 32]), (APART, [16, 16, 16])):
        training = make(recipe)
        training.discriminator.register_forward_pre_hook(lambda net, inputs: sizes.append(len(inputs[0])))
        training.advance(0, 0.0)
        assert sizes == expected
        sizes.clear()


def test_a_sheet_of_a_conditional_generator_has_a_row_for_each_class(make):
    training = make(CONDITIONAL)
    training.advance(0, 0.0)
    before = snapshot(training)
    assert training.frame().shape == (80, 28, 28)
    assert training.evaluate() == training.evaluate()
    assert not changed(before, snapshot(training))
    assert [model.numbers["classes"] for model in training.models()] == [10, 10]


@pytest.mark.parametrize("changes", [{}, {"advantage": "adaptive"}])
def test_what_a_conditional_training_remembers_is_all_that_its_next_steps_depend_on(make, changes):
    recipe = replace(CONDITIONAL, **{**changes, "augmentation": "shift", "penalty_every": 2})
    whole, first, second = (make(recipe) for _ in range(3))
    rows = torch.stack([whole.advance(step, 0.0) for step in range(25)])
    half = [first.advance(step, 0.0) for step in range(12)]  # in the middle of an epoch
    restore(second.parts, snapshot(first))
    assert torch.equal(torch.stack(half + [second.advance(step, 0.0) for step in range(12, 25)]), rows)
    assert not changed(snapshot(whole), snapshot(second))


class Reader(torch.nn.Module):
    """Reads a 1 where the left half has more ink than the right one, and a 0 where it has less."""

    def forward(self, images):
        left, right = images[..., :14].mean((1, 2, 3)), images[..., 14:].mean((1, 2, 3))
        return torch.cat([(right - left)[:, None], (left - right)[:, None], images.new_full((len(images), 8), -9)], 1)


def test_a_generator_learns_to_draw_what_is_read_as_asked(splits):
    recipe = replace(CONDITIONAL, reward="asked", reward_weight=100.0, generator_rate=1e-2)
    training = GanTraining(recipe, splits, 0, COMPUTE, Reader())
    labels = torch.arange(2).repeat(20)

    def read():
        with torch.no_grad():
            said = Reader()(training.draw(training.latents(40, "test"), labels))
        return said.softmax(1).gather(1, labels[:, None]).mean().item()

    before = read()
    for step in range(40):
        training.advance(step, 0.0)
    assert read() > before + 0.1


def test_who_rewards_reads_what_was_drawn_and_not_how_it_was_changed_for_the_discriminator(splits):
    seen = []

    class Watching(Reader):
        def forward(self, images):
            seen.append(images.detach())
            return super().forward(images)

    recipe = replace(CONDITIONAL, reward="asked", augmentation="cutout")
    training = GanTraining(recipe, splits, 0, COMPUTE, Watching())
    _, labels = training.batches.at(0)
    with torch.no_grad():
        drawn = training.draw(training.latents(len(labels), 0), labels)
    training.advance(0, 0.0)
    assert torch.equal(seen[0], drawn)


AUXILIARY = replace(CONDITIONAL, discriminator="auxiliary:width=4", auxiliary="ac-gan", objective="non-saturating")
DUAL = replace(
    CONDITIONAL,
    discriminator="cgan-resnet-dual-projection",
    auxiliary="dual-projection",
    objective="hinge",
    penalty="none",
)


@pytest.mark.parametrize(("recipe", "names"), [(AUXILIARY, "label.weight"), (DUAL, "embed.weight")])
def test_a_discriminator_learns_to_name_the_classes(make, recipe, names):
    training = make(replace(recipe, discriminator_rate=1e-3))
    images, labels = training.batches.at(0)
    real = images.unsqueeze(1) / 127.5 - 1

    def loss():
        return torch.nn.functional.cross_entropy(training.referee.of(real, labels).of_real, labels).item()

    before, weights = loss(), dict(training.discriminator.named_parameters())[names].clone()
    for step in range(10):
        training.advance(step, 0.0)
    assert loss() < before
    assert not torch.equal(dict(training.discriminator.named_parameters())[names], weights)


def test_only_ac_gan_lets_the_names_teach_the_generator(make):
    for recipe, teaches in ((AUXILIARY, True), (DUAL, False)):
        light, heavy = (make(replace(recipe, auxiliary_weight=w, discriminator_rate=0.0)) for w in (0.0, 5.0))
        for training in (light, heavy):
            training.advance(0, 0.0)
        ours, theirs = snapshot(light), snapshot(heavy)
        assert ("generator" in changed(ours, theirs)) == teaches
