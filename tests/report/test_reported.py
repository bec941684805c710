"""The figures of a document beside those of a run of its recipe."""

from dataclasses import replace

import pytest
import torch

from glyphspace.report.nets import lay_out
from glyphspace.report.page import Table
from glyphspace.report.parts import Absent
from glyphspace.report.reported import REPORTED, Known, sections_on_document
from glyphspace.training.classifier import ClassifierTraining
from glyphspace.training.gan import GanTraining
from glyphspace.training.history import History
from glyphspace.training.recipes import GanRecipe, recipes

from . import examples
from .test_run import facts


def known(name: str, **changes: object) -> Known:
    recipe = recipes[name]
    gan = isinstance(recipe, GanRecipe)
    kinds = ("generator", "discriminator") if gan else ("classifier",)
    nets = [lay_out(kind, getattr(recipe, kind), 10) for kind in kinds]
    columns = (*(GanTraining if gan else ClassifierTraining).columns, "seconds")
    history = History(columns)
    rows = torch.linspace(0, 1, 100).unsqueeze(1).repeat(1, len(columns))
    history.restore(rows, [{"step": 100, "epoch": 1.0, "train_accuracy": 0.75, "test_accuracy": 0.625}])
    return Known(replace(facts(recipe), **changes), nets, history, examples.discerned())  # type: ignore[arg-type]


def rows(found: Known) -> dict[str, tuple[str, str]]:
    """What was reported and what was found, by what it is."""
    (section,) = sections_on_document(found)
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    return {row[0]: (row[2], row[3]) for row in table.rows}


@pytest.mark.parametrize("name", REPORTED)
def test_parameters_are_those_of_the_document_and_nothing_fails(name: str) -> None:
    found = rows(known(name))
    said = {here for what, (said, here) in found.items() if "parameters" in what or what.startswith("… of the d")}
    reported = {said for what, (said, _) in found.items() if "parameters" in what or what.startswith("… of the d")}
    assert said == reported  # as sets: one report prints two of them the wrong way round
    assert not any(here.startswith("—") for what, (_, here) in found.items() if "after the first epoch" not in what)


def test_figures_of_training_are_those_of_its_history() -> None:
    found = rows(known("gan-reference"))
    assert found["accuracy of the discriminator in training"][1] == "real 0.90, fake 0.90 over the last fifth"
    assert found["its accuracy on training and test images, at the end"] == ("0.8091, 0.8128", "0.7500, 0.6250")
    assert "the first epoch is not over" in found["its loss above the generator’s, after the first epoch"][1]
    loss = rows(known("cnn-reference"))["loss at first and at the end"]
    assert loss == ("0.7, then about 0.1", "0.50, then 0.904")


def test_table_3_is_counted_over_the_classes() -> None:
    assert rows(known("cgan-resnet"))["… on generated ones"][1] == "70.0% (70.0% to 70.0%)"


def test_what_is_absent_is_said_in_its_place() -> None:
    bare = replace(known("cgan-resnet"), discerned=Absent("the run has left no discriminator"))
    assert rows(bare)["… on generated ones"][1] == "— (the run has left no discriminator)"


def test_a_changed_recipe_is_told() -> None:
    changed = replace(recipes["gan-reference"], batch_size=128)
    (section,) = sections_on_document(known("gan-reference", recipe=changed))
    assert "It differs from the recipe in batch size." in section.blocks[0].paragraphs[0]  # type: ignore[union-attr]


def test_recipes_of_no_document_have_no_such_section() -> None:
    assert not list(sections_on_document(known("gan-fast")))
