from dataclasses import FrozenInstanceError, asdict, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.training.recipes import (
    ClassifierRecipe,
    GanRecipe,
    check_parts,
    find_recipe,
    override,
    read_recipe,
    recipes,
)

GAN, CNN = recipes["gan-reference"], recipes["cnn-reference"]


def test_the_reference_recipes_are_those_of_the_document():
    assert (GAN.generator, GAN.discriminator, GAN.objective) == ("reference:z_dim=100", "reference", "non-saturating")
    assert (GAN.epochs, GAN.batch_size, GAN.generator_rate, GAN.discriminator_rate) == (5, 32, 2e-4, 2e-4)
    assert (GAN.beta1, GAN.beta2, GAN.schedule, GAN.penalty, GAN.average_half_life) == (
        0.5,
        0.999,
        "constant",
        "none",
        0,
    )
    assert (CNN.classifier, CNN.optimizer, CNN.rate, CNN.beta1, CNN.beta2) == ("reference", "adam", 1e-3, 0.9, 0.999)
    assert (CNN.epochs, CNN.batch_size, CNN.augmentation, CNN.weight_decay) == (5, 32, "none", 0)


def test_every_recipe_is_found_by_its_own_name_and_stands_fast():
    for name, recipe in recipes.items():
        assert find_recipe(name) is recipe
        assert recipe.name == name
        assert override(recipe, asdict(recipe)) == recipe
    with pytest.raises(FrozenInstanceError):
        GAN.epochs = 3


@pytest.mark.parametrize("kind", [GanRecipe, ClassifierRecipe])
def test_every_field_says_what_it_is(kind):
    assert all(field.metadata.get("help") for field in fields(kind) if field.name not in ("name", "summary"))


def test_an_override_changes_what_it_names_and_nothing_else():
    changed = override(GAN, {"batch_size": 64, "objective": "hinge", "epochs": 2})
    assert asdict(changed) == {**asdict(GAN), "batch_size": 64, "objective": "hinge", "epochs": 2.0}
    assert type(changed.epochs) is float
    assert type(override(GAN, {"batch_size": 64.0}).batch_size) is int


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"batchsize": 3}, "no field of the recipe gan-reference is called 'batchsize'; did you mean batch_size"),
        ({"rate": 1.0}, "did you mean discriminator_rate or generator_rate"),
        ({"batch_size": "64"}, "batch_size must be a whole number, not '64'"),
        ({"batch_size": 1.5}, "batch_size must be a whole number, not 1.5"),
        ({"batch_size": True}, "batch_size must be a whole number, not True"),
        ({"batch_size": 0}, "batch_size cannot be 0"),
        ({"penalty_every": 0}, "penalty_every cannot be 0"),
        ({"epochs": None}, "epochs must be a number, not None"),
        ({"epochs": float("nan")}, "epochs cannot be nan"),
        ({"epochs": float("inf")}, "epochs cannot be inf"),
        ({"epochs": 10**400}, "epochs must be a number, not 1000"),
        ({"generator_rate": -0.1}, "generator_rate cannot be -0.1"),
        ({"beta1": 1.0}, r"beta1 must lie in \[0, 1\), not 1.0"),
        ({"objective": 3}, "objective must be text, not 3"),
        ({"data": ["mnist"]}, "data must be text"),
    ],
)
def test_what_a_field_cannot_be_is_refused_in_one_line(changes, words):
    with pytest.raises(BadInput, match=words):
        override(GAN, changes)


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("gan-reference", {"reward_weight": 9.0}, "reward_weight is a setting of the reward, and the recipe has none"),
        ("gan-reference", {"reward_classifier": "mine"}, "reward_classifier is a setting of the reward"),
        ("gan-reference", {"auxiliary_weight": 2.0}, "auxiliary_weight is a setting of the auxiliary"),
        ("gan-fast", {"penalty": "none", "penalty_weight": 2.0}, "penalty_weight is a setting of the penalty"),
        ("cnn-fast", {"teacher_certainty": 0.7}, "teacher_certainty is a setting of the teacher"),
    ],
)
def test_a_setting_without_its_part_is_refused(name, changes, words):
    with pytest.raises(BadInput, match=words):
        check_parts(override(recipes[name], changes), recipes[name], changes)


@pytest.mark.parametrize("changes", [{"penalty": "none"}, {"penalty": "r1", "penalty_weight": 2.0}, {}])
def test_a_part_may_be_left_out_and_its_settings_stay_as_they_were(changes):
    check_parts(override(recipes["gan-fast"], changes), recipes["gan-fast"], changes)


def test_a_share_of_the_label_stays_below_one():
    with pytest.raises(BadInput, match=r"label_smoothing must lie in \[0, 1\), not 1.0"):
        override(CNN, {"label_smoothing": 1.0})


value = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.lists(st.integers(), max_size=2)
)


@given(st.sampled_from([GAN, CNN]), st.dictionaries(st.sampled_from([f.name for f in fields(GAN)]), value, max_size=4))
def test_any_override_makes_a_recipe_or_is_refused(recipe, changes):
    try:
        made = override(recipe, changes)
    except BadInput as error:
        assert str(error).isprintable()
    else:
        for field in fields(made):
            assert type(getattr(made, field.name)) is type(getattr(recipe, field.name))


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "mine.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def test_a_file_holds_a_base_and_what_differs(write):
    path = write('base = "gan-reference"\nname = "mine"\nepochs = 3\nobjective = "hinge"\n')
    assert find_recipe(path) == override(GAN, {"name": "mine", "epochs": 3, "objective": "hinge"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "names no recipe to start from; begin it with base"),
        ("base = 3", "names no recipe to start from"),
        ('base = "gan-referense"', "no recipe is called 'gan-referense'; did you mean gan-reference"),
        ('base = "gan-reference"\nbatch = 3', "no field of the recipe gan-reference is called 'batch'; did you mean"),
        ('base = "gan-reference"\nbatch_size = 1979-05-27', "batch_size must be a whole number, not datetime.date"),
        ('base = "gan-reference"\n[batch_size]\na = 1', "batch_size must be a whole number, not {'a': 1}"),
        ("base = ", "is not valid TOML"),
        (b"\xff\xfe", "is not valid TOML"),
        ("a = " + "[" * 100_000, "is not valid TOML"),
        ("a = " + "9" * 5000, "is not valid TOML"),
    ],
)
def test_a_file_that_is_no_recipe_is_refused_in_one_line(write, text, words):
    with pytest.raises(BadInput, match=f"mine.toml.*{words}") as caught:
        find_recipe(write(text))
    assert str(caught.value).isprintable()


def test_a_missing_file_and_an_unknown_name_are_refused(tmp_path):
    with pytest.raises(BadInput, match=r"cannot read .*none.toml: no such file"):
        read_recipe(tmp_path / "none.toml")
    with pytest.raises(UnknownName, match="no recipe is called 'gan-fats'; did you mean gan-fast"):
        find_recipe("gan-fats")
