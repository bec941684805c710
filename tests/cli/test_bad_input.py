"""Whatever a person gets wrong is one line on standard error, exit code 2, and nothing half-written."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from glyphspace.cli import main
from glyphspace.core.tensors import load_tensors, save_tensors
from glyphspace.zoo.shipped import FOLDER

DIGITS = FOLDER / "digits.safetensors"
CLASSIFIER = FOLDER / "mnist-classifier.safetensors"


def refused(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """The one line that the command answers with."""
    try:
        code = main([str(word) for word in words])
    except SystemExit as stop:  # of argparse
        code = stop.code
    told = capsys.readouterr()
    assert code == 2, told
    assert told.out == ""
    assert told.err.count("\n") == 1, told.err
    assert "Traceback" not in told.err
    return told.err


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.safetensors"
    path.write_bytes(b"")
    return path


@pytest.fixture
def truncated(tmp_path: Path) -> Path:
    path = tmp_path / "truncated.safetensors"
    path.write_bytes(DIGITS.read_bytes()[:5000])
    return path


@pytest.fixture
def poisoned(tmp_path: Path) -> Path:
    """A generator with a weight that is not a number."""
    tensors, header = load_tensors(DIGITS)
    name = next(n for n, t in tensors.items() if t.is_floating_point())
    tensors[name].view(-1)[0] = torch.nan
    save_tensors(tmp_path / "nan.safetensors", tensors, header)
    return tmp_path / "nan.safetensors"


@pytest.fixture
def misshapen(tmp_path: Path) -> Path:
    """A generator whose first tensor has another shape than its header says."""
    tensors, header = load_tensors(DIGITS)
    name = next(iter(tensors))
    tensors[name] = torch.zeros(3, 3)
    save_tensors(tmp_path / "shape.safetensors", tensors, header)
    return tmp_path / "shape.safetensors"


MODEL_COMMANDS = [
    ("evaluate", "{model}"),
    ("sample", "{model}", "--out", "{out}.npz"),
    ("write", "2026", "--model", "{model}", "--out", "{out}.png"),
]


def test_an_empty_word_is_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert "argument --out: an empty word names no file" in refused(capsys, "train", "gan-fast", "--out", "")


@pytest.mark.parametrize("words", MODEL_COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize("broken", ["empty", "truncated", "poisoned", "misshapen"])
def test_a_broken_model_is_refused_in_one_line(
    words: tuple[str, ...],
    broken: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    model, out = request.getfixturevalue(broken), tmp_path / "out" / "x"
    message = refused(capsys, *(word.format(model=model, out=out) for word in words))
    assert str(model) in message
    assert not out.parent.exists() or not list(out.parent.iterdir())


@pytest.mark.parametrize(
    ("model", "says"),
    [
        ("digit", "did you mean digits"),
        ("mnist-clasifier", "did you mean mnist-classifier"),
        ("dcgan", "dcgan is a recipe: train a model by it (glyphspace train dcgan --out runs/dcgan)"),
    ],
)
@pytest.mark.parametrize("words", MODEL_COMMANDS, ids=lambda words: words[0])
def test_a_model_that_is_not_there_is_named_with_the_nearest_or_as_the_recipe_it_is(
    words: tuple[str, ...], model: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert says in refused(capsys, *(word.format(model=model, out=tmp_path / "x") for word in words))


def test_a_classifier_that_is_not_there_is_asked_for_before_where_it_would_go(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "did you mean mnist-classifier" in refused(capsys, "calibrate", "mnist-clasifier")
    assert "--out" in refused(capsys, "calibrate", "mnist-classifier")


def test_a_classifier_does_not_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "a generator is needed" in refused(capsys, "sample", CLASSIFIER, "--out", tmp_path / "x.npz")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("trian", "gan-fast"), "did you mean train"),
        (("train", "gan-fsat"), "did you mean gan-fast"),
        (("train", "gan-fast", "--data", "mnits"), "did you mean mnist"),
        (("train", "gan-fast", "--data", "nowhere/at/all"), "nowhere/at/all"),
        (("train", "gan-fast", "--objective", "hing"), "did you mean hinge"),
        (("train", "gan-fast", "--generator", "fats"), "did you mean fast"),
        (("train", "gan-fast", "--generator", "fast:weight=3"), "weight"),
        (("train", "gan-fast", "--generator", "fast:width=x"), "fast:width=x"),
        (("train", "gan-fast", "--batch-size", "0"), "batch_size"),
        (("train", "gan-fast", "--batch-size", "many"), "batch-size"),
        (("train", "gan-fast", "--batch-size", "100000"), "100000"),
        (("train", "gan-fast", "--minutes", "-1"), "-1"),
        (("train", "gan-fast", "--epochs", "nan"), "nan"),
        (("train", "gan-fast", "--device", "abacus"), "abacus"),
        (("study", "gan-cnn", "--out", "study", "--device", "abacus"), "abacus"),
        (("train", "gan-fast", "--threads", "0"), "0 threads"),
        (("train", "mlp-classifier", "--batch-size", "1"), "batch_size cannot be 1"),
        (("train", "gan-fast", "--epochs", "1e308"), "epochs cannot be 1e+308"),
        (("train", "cnn-fast", "--rate", "1e300"), "rate cannot be 1e+300"),
        (("train", "gan-fast", "--steps", "1", "--out", "x" * 300), "file name too long"),
        (("evaluate", "x" * 300), "file name too long"),
        (("classify", "x" * 300), "cannot be read"),
        (("data", "show", "sklearn-digits", "--per-class", "-5", "--out", "x.png"), "cannot show -5 images"),
        (("train", "missing.toml"), "missing.toml"),
        (("train", "cnn-fast", "--data", "generated:digit"), "did you mean digits"),
        (("train", "cnn-fast", "--data", "generated:digits,count=x"), "is wrong at 'count=x'"),
        (("train", "gan-reference", "--data", "stacked-sklearn-digits"), "is for grey images"),
        (("train", "stacked-fast", "--data", "sklearn-digits"), "channels = 1"),
        (("data", "show", "stacked-mnits", "--out", "x.png"), "did you mean mnist"),
        (("compare", "gan-fast", "gan-fsat", "--minutes", "1", "--out", "x"), "did you mean gan-fast"),
        (("compare", "gan-fast", "cnn-fast", "--minutes", "1", "--out", "x"), "one kind"),
        (("compare", "gan-fast", "--minutes", "0", "--out", "x"), "more than 0 minutes"),
        (("compare", "gan-fast", "--minutes", "1", "--hold-out", "-5", "--out", "x"), "hold_out"),
        (("compare", "gan-fast", "--minutes", "1"), "--out"),
        (("data", "get", "mnits"), "did you mean mnist"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_word_is_answered_with_the_right_one(
    words: tuple[str, ...],
    hint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    data = ("--data", "sklearn-digits") if words[0] == "train" and "--data" not in words else ()
    assert hint in refused(capsys, *words, *data)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["", "   ", "héllo", "20é6"])
def test_a_text_that_cannot_be_written_is_refused(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(capsys, "write", text, "--out", tmp_path / "x.png")
    assert not list(tmp_path.iterdir())


def test_an_unwritable_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("not a folder")
    for words in (
        ("write", "1", "--out", tmp_path / "file" / "x.png"),
        ("sample", "digits", "--count", "2", "--out", tmp_path / "file" / "x.npz"),
        ("train", "gan-fast", "--data", "sklearn-digits", "--steps", "1", "--out", tmp_path / "file" / "run"),
        ("data", "show", "sklearn-digits", "--out", tmp_path / "file" / "x.png"),
    ):
        assert "cannot write" in refused(capsys, *words)


def test_what_is_no_message_is_not_read(
    empty: Path, truncated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "code.pt").write_bytes(b"\x80\x04cos\nsystem\n(S'touch pwned'\ntR.")
    np.save(tmp_path / "array.npy", np.zeros(3))
    for file in (empty, truncated, DIGITS, tmp_path / "code.pt", tmp_path / "array.npy", tmp_path / "gone.safetensors"):
        assert str(file) in refused(capsys, "read", file)
    assert not Path("pwned").exists()


def test_what_is_no_picture_is_not_classified(empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in (empty, tmp_path / "gone.png", tmp_path):
        assert str(file) in refused(capsys, "classify", file)


def test_what_is_no_picture_is_not_inverted_or_edited(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (empty, tmp_path / "gone.png"):
        assert str(file) in refused(capsys, "invert", file, "--out", tmp_path / "x")
        assert str(file) in refused(capsys, "edit", file, "--change", "slant=3", "--out", tmp_path / "x")
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("ground", [0, 255])
def test_a_picture_without_ink_is_taken_for_no_character(
    ground: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "blank.png"
    Image.new("L", (40, 30), ground).save(blank)
    for words in (("invert", blank), ("edit", blank, "--change", "slant=3")):
        assert f"nothing is drawn on {blank}" in refused(capsys, *words, "--out", tmp_path / "x")
    assert "nothing is drawn" in refused(capsys, "classify", blank)


def test_a_run_of_another_kind_is_not_called_unfinished(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "classifier.safetensors").write_bytes(CLASSIFIER.read_bytes())
    (tmp_path / "run" / "run.json").write_text("{}")
    assert "is the run of a classifier" in refused(capsys, "draw", tmp_path / "run", "--out", tmp_path / "x.png")


def test_a_sheet_that_nobody_can_look_at_is_refused_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("draw", "sample"):
        words = (command, "digits", "--count", "100000", "--out", tmp_path / "x.png")
        assert "a sheet of 100,000 images is too long" in refused(capsys, *words)


def test_what_an_experiment_lacks_is_said_before_it_begins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def of(*words: str) -> str:
        return refused(capsys, "explore", "digits", *words, "--out", tmp_path / "x")

    assert "ask for 25 or more" in of("map", "--count", "24")
    assert "ask for 20 or more" in of("distances", "--count", "3")
    assert "three given latents" in of("path", "--form", "three-way")
    assert "a certainty lies between 0 and 1; 2 does not" in of("path", "--certainty", "2")
    assert not (tmp_path / "x").exists()


def test_a_wrong_inversion_encoder_or_change_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture, out = tmp_path / "stroke.png", tmp_path / "x"
    stroke = Image.new("L", (28, 28))
    stroke.paste(255, (12, 5, 16, 23))
    stroke.save(picture)
    assert "did you mean optimise" in refused(capsys, "invert", picture, "--method", "optimize", "--out", out)
    assert "no encoder; train one" in refused(capsys, "invert", picture, "--method", "encode", "--out", out)
    assert "an encoder is needed" in refused(capsys, "invert", picture, "--encoder", DIGITS, "--out", out)
    assert "'fixed'" in refused(capsys, "invert", picture, "--embedding", "fixed", "--out", out)
    assert "-1" in refused(capsys, "invert", picture, "--steps", "-1", "--out", out)
    assert "unconditional" in refused(capsys, "invert", picture, "--classes", "3", "--out", out)
    assert "unconditional" in refused(capsys, "invert", picture, "--embedding", "free", "--out", out)
    asked = ("--model", "digits-best", "--method", "nearest", "--embedding", "free")
    assert "does not go by embedding" in refused(capsys, "invert", picture, *asked, "--out", out)
    idle = ("--method", "nearest", "--encoder", "no-such-model", "--steps", "7")
    assert "steps and encoder; leave" in refused(capsys, "invert", picture, *idle, "--out", out)
    assert "there is no picture" in refused(capsys, "invert", tmp_path / "gone.png", "--out", out)
    assert "not a folder" in refused(capsys, "invert", picture, "--out", picture)
    assert "no run folder" in refused(capsys, "encoder", "digits")
    assert "safetensors" in refused(capsys, "encoder", "digits", "--out", tmp_path / "x.pt")
    assert "twice" in refused(capsys, "edit", picture, "--change", "slant=1,slant=2", "--out", out)
    assert "not a folder" in refused(capsys, "edit", picture, "--change", "slant=1", "--out", picture)
    assert "write it as slant=+10" in refused(capsys, "edit", picture, "--change", "slant", "--out", out)
    assert not out.exists()


def test_what_is_no_run_has_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (tmp_path, tmp_path / "gone"):
        assert str(folder) in refused(capsys, "report", folder)


def test_samples_of_no_class_and_of_impossible_certainty_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.npz"
    for options in (("--classes", "x"), ("--certainty", "2"), ("--count", "0"), ("--count", "-3")):
        refused(capsys, "sample", "digits", *options, "--out", out)
    assert "npz" in refused(capsys, "sample", "digits", "--out", tmp_path / "x.txt")
    assert not list(tmp_path.iterdir())


def test_help_does_not_wait_for_torch() -> None:
    code = "import sys, glyphspace.cli as cli; cli.build_parser().format_help(); print('torch' in sys.modules)"
    ended = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "False"
