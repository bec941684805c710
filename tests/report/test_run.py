import shlex
from dataclasses import asdict, replace

import pytest

from glyphspace.cli import build_parser
from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.core.files import Json
from glyphspace.report.page import Facts, Table, Text
from glyphspace.report.run import RunFacts, command, run_facts, tell_run
from glyphspace.training.recipes import Recipe, override, recipes


def description(recipe: Recipe, **changes: object) -> Json:
    """A `run.json` of this recipe."""
    data = {"name": "mnist", "train": 60_000, "test": 10_000, "classes": list("0123456789")}
    compute = {"seed": 7, "precision": "float32", "device": "cpu", "threads": 2}
    versions = {"glyphspace": "0.1.0", "torch": "2.13.0", "status": "finished"}
    stop = {"steps": 1200, "minutes": None}
    return {"recipe": asdict(recipe), "data": data, "stop": stop, **compute, **versions, **changes}


def facts(recipe: Recipe, **changes: object) -> RunFacts:
    return run_facts(description(recipe, **changes), 1200, 96.0)


@pytest.mark.parametrize("name", recipes)
def test_a_recipe_comes_back_from_its_description(name: str) -> None:
    assert facts(recipes[name]).recipe == recipes[name]


def test_images_and_speed_follow_from_the_steps() -> None:
    run = facts(recipes["gan-fast"])
    size = recipes["gan-fast"].batch_size
    assert (run.images, run.per_epoch, run.speed) == (1200 * size, 60_000 // size, f"{1200 * size / 96:,.0f}")


@pytest.mark.parametrize("key", ["recipe", "data", "seed", "precision", "device", "threads", "stop", "status", "torch"])
def test_a_description_that_lacks_something_is_refused_in_one_line(key: str) -> None:
    found = description(recipes["gan-fast"])
    del found[key]
    with pytest.raises(BadInput, match=f"not whole.*{key}"):
        run_facts(found, 0, 0.0)


@pytest.mark.parametrize("wrong", [{"seed": None}, {"data": []}, {"stop": 3}, {"recipe": "gan-fast"}, {"threads": "x"}])
def test_a_description_of_other_things_is_refused_in_one_line(wrong: Json) -> None:
    with pytest.raises(BadInput, match="not whole"):
        run_facts({**description(recipes["gan-fast"]), **wrong}, 0, 0.0)


def test_a_recipe_with_a_strange_field_is_refused() -> None:
    found = description(recipes["gan-fast"])
    found["recipe"]["batch_sise"] = 64
    with pytest.raises(UnknownName, match="did you mean batch_size"):
        run_facts(found, 0, 0.0)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("gan-fast", {}),
        ("gan-reference", {"batch_size": 64, "generator_rate": 1e-4, "generator": "reference:z_dim=50"}),
        ("cnn-fast", {"schedule": "constant", "label_smoothing": 0.05, "hold_out": 5000}),
        ("features-judging", {"name": "of-my-own"}),
    ],
)
def test_the_command_is_one_that_gives_the_same_run(name: str, changes: Json) -> None:
    run = facts(override(recipes[name], {**changes, "data": "my data/d.toml"}))
    words = shlex.split(command(run).replace("\\\n", ""))
    assert words[0] == "glyphspace"
    given = build_parser().parse_args(words[1:])
    asked = {key: getattr(given, key) for key in asdict(run.recipe) if getattr(given, key, None) is not None}
    again = override(recipes[given.recipe], asked)
    told_elsewhere = {"name": "", "summary": "", "epochs": 1.0, "precision": "float32"}
    assert replace(again, **told_elsewhere) == replace(run.recipe, data="my data/d.toml", **told_elsewhere)
    assert (given.seed, given.steps, given.precision, given.threads) == (7, 1200, "float32", 2)


def test_an_interrupted_run_is_repeated_to_the_end_it_was_given() -> None:
    run = facts(recipes["cnn-fast"], status="interrupted", stop={"steps": 5000, "minutes": None})
    assert "--steps 5000" in command(run)
    assert any("interrupted at step 1,200" in block.paragraphs[0] for block in tell_run(run) if isinstance(block, Text))


def test_every_field_of_the_recipe_is_told_with_what_it_is() -> None:
    blocks = list(tell_run(facts(recipes["gan-fast"])))
    (table,) = (block for block in blocks if isinstance(block, Table))
    told = {row[0].replace(" ", "_") for row in table.rows}
    assert told == set(asdict(recipes["gan-fast"])) - {"name", "summary", "data", "epochs", "precision"}
    assert all(row[2] for row in table.rows)
    (numbers,) = (block for block in blocks if isinstance(block, Facts))
    assert dict(numbers.facts)["images/s"] == f"{1200 * recipes['gan-fast'].batch_size / 96:,.0f}"


@pytest.mark.parametrize(
    "changes", [{"penalty": "none"}, {"reward": "none"}, {"penalty": "none", "objective": "hinge"}]
)
@pytest.mark.parametrize("name", ["gan-fast", "digits-best"])
def test_a_recipe_without_a_part_comes_back_and_its_command_names_no_idle_setting(
    name: str, changes: dict[str, object]
) -> None:
    recipe = override(recipes[name], changes)
    run = facts(recipe)
    assert run.recipe == recipe
    for base in (recipe, replace(recipe, name="mine")):  # what is no known recipe begins with another
        words = shlex.split(command(facts(base)).replace("\\\n", " "))[1:]
        asked = vars(build_parser().parse_args(words))
        for part in changes.keys() & {"penalty", "reward"}:
            assert asked[f"{part}_weight"] is None
