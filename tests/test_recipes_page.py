"""docs/recipes.md says what the recipes are and what was measured."""

import json
import re
from pathlib import Path

import pytest

from glyphspace.training.advantage import advantages
from glyphspace.training.augment import augmentations
from glyphspace.training.auxiliary import namings, rewards
from glyphspace.training.objectives import objectives
from glyphspace.training.optimise import optimizers
from glyphspace.training.penalties import penalties
from glyphspace.training.recipes import documents, recipes
from glyphspace.training.schedules import schedules
from glyphspace.verbs.listing import parameter_counts

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "recipes.md").read_text()
ROWS = {found[1]: line for line in PAGE.splitlines() if (found := re.match(r"\| `([\w-]+)`", line))}
OF_DOCUMENTS = [name for name in recipes if name.startswith(("gan-ref", "cnn-ref", "mlp", "cgan", "dcgan", "cwgan"))]


def test_every_recipe_of_the_documents_is_told_with_its_parameters() -> None:
    source = Path(documents.__file__).read_text()
    assert all(name in OF_DOCUMENTS for name in re.findall(r'name="([\w-]+)"', source))
    for name in OF_DOCUMENTS:
        base = next(row for row in ("cgan-resnet", "dcgan", "cwgan-gp", name) if name.startswith(row))
        counts = parameter_counts(recipes[name])
        for kind, count in counts.items():
            told = ROWS[name].split("|")[2]  # what is left out there is as in the recipe that it is made of
            if kind in told or len(counts) == 1:
                assert f"{count:,}" in told, (name, kind)
            else:
                assert f"{count:,}" in ROWS[base] and (re.search(r"\d", told) or told == f" as `{base}` "), (name, kind)


@pytest.mark.parametrize(
    "registry",
    [objectives, penalties, advantages, namings, rewards, augmentations, optimizers, schedules],
    ids=lambda of: of.kind,
)
def test_whatever_a_recipe_may_be_made_of_is_named(registry) -> None:
    for name in registry:
        assert name == "none" or re.search(rf"`{re.escape(name)}(:[\d.]+)?`", PAGE), name


def test_every_source_of_an_objective_is_told() -> None:
    for objective in objectives.values():
        for paper in objective.source.split("; "):
            assert paper.partition(", ")[0] in PAGE


def test_what_it_says_of_chance_is_what_the_table_says() -> None:
    (told,) = re.findall(r"chance alone gives (.*) ± (.*), so an error of (.*) lies within", PAGE)
    mean, deviation, error = map(float, told)
    assert f"{mean:.4f} ± {deviation:.4f}" in ROWS["fashion-classifier"]
    assert abs(error - mean) < deviation


def test_figures_are_those_of_the_files_of_results() -> None:
    found = json.loads((ROOT / "benchmarks" / "results" / "documents.json").read_text())["found"]
    for name in ("cgan-reference", "dcgan", "cwgan-gp", "cwgan-gp-layernorm", "cgan-resnet, 14 epochs"):
        row, of = ROWS[name.partition(",")[0]], found[name]
        assert f"rarest class {min(of['shares']):.1%}" in row
        assert of["label as asked"] is None or f"label as asked {of['label as asked']:.2f}" in row
    earlier = json.loads((ROOT / "benchmarks" / "results" / "documents_earlier.json").read_text())["found"]
    told = PAGE.partition("The critic of `cwgan-gp` has batch norm")[2].partition("```sh")[0]
    for name in (
        "cwgan-gp, shown apart",
        "cwgan-gp, rates of 1e-4",
        "cwgan-gp, without average",
        "cwgan-gp, without average, seed 1",
    ):
        of = earlier[name]
        assert f"{min(of['shares']):.1%}" in told and f"{of['label as asked']:.2f}" in told
    reference = json.loads((ROOT / "benchmarks" / "results" / "reference.json").read_text())["found"]
    assert f"rarest class {min(reference['shares']):.1%}" in ROWS["gan-reference"]
    assert f"{reference['figures']['classifier, test']['here']:.4f}" in ROWS["cnn-reference"]
