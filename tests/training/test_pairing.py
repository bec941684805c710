from dataclasses import replace

import pytest
from torch import nn

from glyphspace.core.errors import BadInput
from glyphspace.nets import build
from glyphspace.training.pairing import check, warnings
from glyphspace.training.recipes import GanRecipe, recipes

from .conftest import GAN

CONDITIONAL = replace(GAN, generator="conditional", discriminator="projection")
GRADIENT = {"penalty": "wgan-gp"}


def nets(recipe: GanRecipe) -> tuple[nn.Module, nn.Module]:
    return tuple(build(kind, getattr(recipe, kind).partition(":")[0], {}) for kind in ("generator", "discriminator"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"objective": "non-saturating-bce"}, "is of probabilities, and the discriminator 'fast' gives logits"),
        ({"discriminator": "dcgan"}, "'relativistic' is of logits, and the discriminator 'dcgan' gives probabilities"),
        ({"discriminator": "dcgan", "objective": "hinge"}, "'hinge' is of logits"),
        ({"discriminator": "dcgan", "objective": "wasserstein", **GRADIENT}, "'wasserstein' is of logits"),
        ({"objective": "wasserstein", "penalty": "none"}, "is unbounded: hold the critic's slope down with --penalty"),
        ({"objective": "wasserstein", "penalty": "wgan-gp", "penalty_weight": 0.0}, "is unbounded: hold the critic's"),
        ({"objective": "hinge", "label_smoothing": 0.1}, "has no labels to smooth; leave --label-smoothing at 0"),
        ({"discriminator": "projection"}, "'projection' is told classes that the generator 'fast' is not"),
        ({"generator": "conditional"}, "nothing would make the generator 'conditional' heed the class"),
        (
            {"generator": "cwgan", "discriminator": "cwgan", "penalty": "r1"},
            "'cwgan' is shown real and fake images in one batch, and the penalty 'r1' is of one side alone",
        ),
        (
            {"discriminator": "dcgan", "objective": "non-saturating-bce", "penalty": "r1"},
            "the penalty 'r1' is of the slope of logits, and the discriminator 'dcgan' gives probabilities",
        ),
        ({"auxiliary": "ac-gan"}, "'ac-gan' is for another kind of discriminator than 'fast', such as 'auxiliary'"),
        (
            {"generator": "conditional", "discriminator": "auxiliary", "auxiliary": "dual-projection"},
            "another kind of discriminator than 'auxiliary', such as 'cgan-resnet-dual-projection'",
        ),
        (
            {"generator": "conditional", "discriminator": "cgan-resnet-dual-projection", "auxiliary": "ac-gan"},
            "another kind of discriminator",
        ),
        ({"discriminator": "auxiliary"}, "'auxiliary' names classes, which nothing would teach it to: add --auxiliary"),
        (
            {"generator": "conditional", "discriminator": "cgan-resnet-dual-projection"},
            "'cgan-resnet-dual-projection' names classes, which nothing would teach it to: add --auxiliary dual-proj",
        ),
        ({"discriminator": "auxiliary", "auxiliary": "ac-gan"}, "needs a conditional generator to ask for classes"),
        ({"reward": "certain"}, "the reward 'certain' needs a classifier of mnist; none was given"),
        ({"reward": "asked"}, "the reward 'asked' needs a conditional generator to ask for classes"),
        ({"objective": "hinged"}, "no objective is called 'hinged'; did you mean hinge"),
        ({"auxiliary": "acgan"}, "no auxiliary loss is called 'acgan'; did you mean ac-gan"),
        ({"reward": "sure"}, "no reward is called 'sure'"),
    ],
)
def test_what_makes_no_sense_together_is_refused_with_a_reason(changes, words):
    plain = {"generator": "fast", "discriminator": "fast", "penalty": "none"}
    recipe = replace(GAN, **{**plain, **changes})
    with pytest.raises(BadInput, match=words) as caught:
        check(recipe, *nets(recipe), None, 1)
    assert str(caught.value).isprintable()


def test_a_reward_is_of_logits():
    recipe = replace(GAN, discriminator="dcgan", objective="minimax-bce", penalty="none", reward="certain")
    with pytest.raises(BadInput, match="is of logits, and 'dcgan' gives probabilities"):
        check(recipe, *nets(recipe), build("classifier", "fast", {}), 1)


class TwoHanded(nn.Module):
    """Says a logit for each of ten classes."""

    def __init__(self) -> None:
        super().__init__()
        self.decide = nn.Linear(784, 10)

    def forward(self, images):
        return self.decide(images.flatten(1))


def test_a_pairing_of_real_and_fake_needs_one_logit_for_an_image_not_one_for_each_class():
    generator, _ = nets(GAN)
    with pytest.raises(BadInput, match="says 10 numbers of an image; every objective here is of one"):
        check(GAN, generator, TwoHanded(), None, 1)


@pytest.mark.parametrize("name", [name for name, recipe in recipes.items() if isinstance(recipe, GanRecipe)])
def test_every_recipe_makes_sense(name):
    recipe = recipes[name]
    if ",channels=3" in recipe.generator:
        pytest.skip("of stacked images")
    check(recipe, *nets(recipe), None if recipe.reward == "none" else build("classifier", "fast", {}), 1)


@pytest.mark.parametrize("changes", [{"clip": 0.01}, GRADIENT, {"penalty": "r1"}])
def test_a_critic_may_be_held_down_in_any_way(changes):
    recipe = replace(GAN, **{"objective": "wasserstein", "penalty": "none", **changes})
    check(recipe, *nets(recipe), None, 1)


def test_batch_norm_under_a_gradient_penalty_is_warned_of_and_layer_norm_is_not():
    def words(name):
        return list(warnings(recipes[name], nets(recipes[name])[1], "float32"))

    (told,) = words("cwgan-gp")
    assert "has batch norm" in told and "gradient penalty" in told and "layer norm does not do that" in told
    assert words("cwgan-gp-layernorm") == words("gan-fast") == []


def test_probabilities_in_bfloat16_are_warned_of():
    _, net = nets(recipes["dcgan"])
    assert "add --precision float32" in next(warnings(recipes["dcgan"], net, "bfloat16"))
    assert not list(warnings(recipes["dcgan"], net, "float32"))


def test_looking_at_what_it_says_leaves_the_discriminator_as_it_was():
    for name in ("dcgan-logits", "fast-spectral"):
        recipe = replace(GAN, discriminator=name)
        generator, net = nets(recipe)
        before = {key: value.clone() for key, value in net.state_dict().items()}
        check(recipe, generator, net, None, 1)
        assert all(value.equal(before[key]) for key, value in net.state_dict().items())
