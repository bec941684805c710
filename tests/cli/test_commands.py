"""The commands do what their help says, on data that needs no network."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from glyphspace import __version__
from glyphspace.cli import main
from glyphspace.cli.models import SCORES
from glyphspace.training.recipes import recipes
from glyphspace.verbs.studies import studies


def run(*words: str | Path) -> None:
    assert main([str(word) for word in words]) == 0


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a few steps."""
    folder = tmp_path_factory.mktemp("runs") / "tiny"
    run("train", "gan-fast", "--data", "sklearn-digits", "--steps", "3", "--out", folder, "--batch-size", "16")
    return folder


def test_a_run_leaves_its_models_its_samples_and_its_history(trained: Path) -> None:
    left = {path.name for path in trained.iterdir()}
    assert {"run.json", "checkpoint.safetensors", "generator.safetensors", "discriminator.safetensors"} <= left
    assert {"frames", "samples.png", "evolution.gif"} <= left
    assert json.loads((trained / "run.json").read_text())["status"] == "finished"


def test_runs_are_listed(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("runs", trained.parent)
    told = capsys.readouterr().out
    assert "gan-fast" in told
    assert "finished" in told


def test_a_folder_is_not_trained_into_twice(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "gan-fast", "--data", "sklearn-digits", "--steps", "3", "--out", str(trained)]) == 2
    assert "--resume" in capsys.readouterr().err


def test_a_toml_recipe_overrides_its_base(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('base = "gan-fast"\nbatch_size = 8\ngenerator = "fast:z_dim=4,width=8"\n')
    run("train", tmp_path / "mine.toml", "--data", "sklearn-digits", "--steps", "2", "--out", tmp_path / "run")
    recipe = json.loads((tmp_path / "run" / "run.json").read_text())["recipe"]
    assert recipe["batch_size"] == 8
    assert recipe["generator"] == "fast:z_dim=4,width=8"


def test_samples_have_the_promised_arrays(tmp_path: Path) -> None:
    run("sample", "digits", "--count", "12", "--seed", "5", "--out", tmp_path / "x.npz")
    with np.load(tmp_path / "x.npz") as arrays:
        assert (arrays["images"].shape, arrays["images"].dtype) == ((12, 28, 28), np.uint8)
        assert (arrays["latents"].shape[0], arrays["latents"].dtype) == (12, np.float32)
        assert (arrays["certainty"].shape, arrays["certainty"].dtype) == ((12,), np.float32)
        assert (arrays["labels"].shape, arrays["labels"].dtype) == ((12,), np.int64)


def test_the_same_seed_samples_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        run("sample", "digits", "--count", "5", "--seed", "7", "--out", tmp_path / f"{name}.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_samples_of_asked_classes_come_in_equal_numbers_and_certain(tmp_path: Path) -> None:
    run("sample", "digits", "--count", "9", "--classes", "3,5,8", "--certainty", "0.9", "--out", tmp_path / "x.npz")
    with np.load(tmp_path / "x.npz") as arrays:
        assert np.bincount(arrays["labels"], minlength=10).tolist() == [0, 0, 0, 3, 0, 3, 0, 0, 3, 0]
        assert (arrays["certainty"] >= 0.9).all()


def test_what_was_written_is_read_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("write", "314 15926", "--out", tmp_path / "pi.png")
    run("read", tmp_path / "pi.safetensors")
    assert capsys.readouterr().out.rstrip("\n").splitlines()[-1] == "314 15926"
    with Image.open(tmp_path / "pi.png") as picture:
        assert picture.width > picture.height > 28


def test_a_drawn_digit_is_classified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("sample", "digits", "--count", "1", "--classes", "7", "--certainty", "0.99", "--out", tmp_path / "7.npz")
    with np.load(tmp_path / "7.npz") as arrays:
        Image.fromarray(255 - arrays["images"][0]).resize((200, 200)).save(tmp_path / "seven.png")
    capsys.readouterr()
    run("classify", tmp_path / "seven.png")
    assert capsys.readouterr().out.splitlines()[1].split()[1] == "7"


def test_recipes_state_the_reference_counts(capsys: pytest.CaptureFixture[str]) -> None:
    run("recipes", "--json")
    found = {recipe["name"]: recipe for recipe in json.loads(capsys.readouterr().out)}
    assert found["gan-reference"]["parameters"] == {"generator": 377_121, "discriminator": 246_529}
    assert found["cnn-reference"]["parameters"] == {"classifier": 28_938}
    assert set(found) == set(recipes)


def test_shipped_models_are_listed_with_what_they_score(capsys: pytest.CaptureFixture[str]) -> None:
    run("models", "--json")
    for model in json.loads(capsys.readouterr().out):
        assert set(model["quality"]) & set(SCORES), model["name"]


def test_models_are_listed_with_their_scores_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    run("models")
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert lines["digits-best"].partition(" MB  ")[2].startswith("Fréchet distance 0.2948; its floor 0.2036; coverage")
    assert "density" not in lines["digits-best"] and "test accuracy" in lines["mnist-judging"]


def test_a_contact_sheet_shows_a_row_per_class(tmp_path: Path) -> None:
    run("data", "show", "sklearn-digits", "--per-class", "4", "--out", tmp_path / "sheet.png")
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.height >= 10 * 28


def test_the_catalogue_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    run("data", "list")
    assert "fashion-mnist" in capsys.readouterr().out


def test_help_names_the_studies_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["study", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    *first, last = studies
    assert f"{', '.join(first)} or {last}" in told


def test_it_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"glyphspace {__version__}\n")


def test_words_that_mean_nothing_are_told_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", "digits", "--nonsense", "3"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said == "glyphspace evaluate: unrecognized arguments: --nonsense 3; glyphspace evaluate --help tells more\n"
