"""The command that explores: every experiment leaves its figures and its numbers, or one line that says why not."""

import json
from pathlib import Path

import pytest

from glyphspace import explore
from glyphspace.cli import main
from glyphspace.cli.explore import EXPERIMENTS
from glyphspace.zoo.shipped import FOLDER

from .test_bad_input import refused

SMALL = {
    "labels": ("--count", "50", "--compared", "0"),
    "means": ("--count", "200"),
    "distances": ("--count", "300"),
    "path": ("--count", "200", "--paths", "6", "--steps", "5"),
    "noise": ("--count", "200", "--centres", "10", "--variations", "2", "--sizes", "0.1,0.9"),
    "plane": ("--count", "200", "--resolution", "20", "--images", "3", "--zooms", "1,5"),
    "discriminator": ("--count", "20"),
    "directions": ("--count", "300", "--most", "1"),
    "map": ("--count", "40", "--seeds", "2", "--of", "latents,images"),
}
"""Options that make an experiment quick; an experiment that is not here is run as it is."""


def test_every_experiment_is_a_function_too() -> None:
    assert {experiment.name for experiment in EXPERIMENTS} == set(explore.__all__) - {"Findings"}


@pytest.mark.parametrize("name", [experiment.name for experiment in EXPERIMENTS])
def test_an_experiment_leaves_figures_and_numbers(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explore", "digits", name, *SMALL.get(name, ()), "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().out.splitlines()
    files = {path.name for path in (tmp_path / "out").iterdir()}
    assert {line for line in told if line.startswith(str(tmp_path))} == {str(tmp_path / "out" / file) for file in files}
    assert {Path(file).with_suffix(".svg").name for file in files if file.endswith(".png")} <= files
    left = json.loads((tmp_path / "out" / f"{name}.json").read_text())
    assert left["asked"]["model"] == "digits" and left["found"]
    assert len(told) > len(files), "it says nothing of what it found"


def test_what_was_kept_is_selected_by_class_and_certainty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept, out = tmp_path / "kept.safetensors", tmp_path / "threes.png"
    words = ("labels", "--count", "200", "--compared", "0", "--keep", str(kept), "--out", str(tmp_path / "out"))
    assert main(["explore", "digits", *words]) == 0
    capsys.readouterr()
    assert main(["select", str(kept), "--classes", "3,8", "--certainty", "0.9", "--count", "5", "--out", str(out)]) == 0
    told, file = capsys.readouterr().out.splitlines()
    assert told.endswith(" of 200 latents fit; 5 are taken") and Path(file).is_file()
    assert "no class is called 'x'" in refused(capsys, "select", kept, "--classes", "x", "--out", out)
    assert "no whole file of labelled latents" in refused(capsys, "select", FOLDER / "digits.safetensors", "--out", out)


@pytest.mark.parametrize("name", [experiment.name for experiment in EXPERIMENTS])
def test_what_cannot_be_explored_is_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "did you mean digits" in refused(capsys, "explore", "digit", name, "--out", tmp_path / "x")
    assert "a generator is needed" in refused(capsys, "explore", "mnist-classifier", name, "--out", tmp_path / "x")
    (tmp_path / "file").write_text("not a folder")
    words = ("explore", "digits", name, *SMALL.get(name, ()), "--out", tmp_path / "file")
    assert "cannot write" in refused(capsys, *words)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    "options",
    [
        ("labls",),
        ("labels", "--count", "0"),
        ("labels", "--count", "many"),
        ("labels", "--prior", "norml"),
        ("labels", "--thresholds", "0.5,2"),
        ("labels", "--thresholds", "a"),
        ("labels", "--compared", "-5"),
        ("labels", "--keep", "latents.png"),
        ("means", "--count", "1"),
        ("labels", "--classifier", "digits"),
        ("labels", "--truncation", "0"),
        ("labels", "--truncation", "1", "--prior", "uniform"),
        ("means", "--count", "-1"),
        ("distances", "--count", "1"),
        ("distances", "--thresholds", "0.5,nan"),
        ("means", "--certainty", "5", "--count", "50"),
        ("path", "--form", "round"),
        ("path", "--film", "avi"),
        ("path", "--steps", "1", "--count", "100"),
        ("path", "--paths", "0"),
        ("path", "--latents", "gone.txt"),
        ("path", "--latents", "gone.txt", "--paths", "5"),
        ("path", "--latents", "gone.txt", "--certainty", "0.5"),
        ("path", "--weights", "0,1/1,0"),
        ("path", "--weights", "0,1;1,0", "--latents", "gone.txt"),
        ("path", "--weights", "0,1/1,0", "--latents", "gone.txt", "--form", "linear"),
        ("path", "--weights", "0,1/1", "--latents", "gone.txt"),
        ("path", "--weights", "0,1", "--latents", "gone.txt"),
        ("path", "--weights", "0,1/1,inf", "--latents", "gone.txt"),
        ("noise", "--sizes", "0.9,-0.1", "--count", "100"),
        ("noise", "--law", "cauchy"),
        ("noise", "--law", "uniform", "--measure", "variance"),
        ("noise", "--variations", "0", "--count", "100"),
        ("noise", "--centres", "0"),
        ("plane", "--classes", "1,2"),
        ("plane", "--classes", "1,2,x"),
        ("plane", "--resolution", "1", "--count", "200"),
        ("plane", "--zooms", "0", "--count", "200"),
        ("plane", "--latents", "gone.txt", "--count", "200"),
        ("discriminator", "--count", "3"),
        ("discriminator", "--data", "mnist"),
        ("directions", "--count", "20"),
        ("directions", "--kinds", "moods"),
        ("directions", "--most", "0"),
        ("map", "--count", "5"),
        ("map", "--of", "pixels"),
        ("map", "--seeds", "1"),
        ("map", "--method", "tsnee"),
        ("map", "--of", "latents", "--place", "mnist"),
    ],
    ids=" ".join,
)
def test_a_wrong_option_is_one_line(
    options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(capsys, "explore", "digits", *options, "--out", tmp_path / "x")
    assert not list(tmp_path.iterdir())


def test_what_would_have_no_effect_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--latents", "gone.txt", "--count", "200", "--out", tmp_path / "x")
    assert "--count has no effect beside --latents" in refused(capsys, "explore", "digits", "path", *words)
