"""Fine-tuning begins with what was learned, says what it could not take over, and resumes to the bit."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from glyphspace import train
from glyphspace.cli import main
from glyphspace.core.errors import BadInput
from glyphspace.data import load_dataset
from glyphspace.nets import build
from glyphspace.nets.model import Model
from glyphspace.nets.tones import Tones
from glyphspace.training.beginning import begin_with
from glyphspace.training.device import choose_compute
from glyphspace.training.loop import Watcher
from glyphspace.training.recipes import override, recipes
from glyphspace.training.state import Splits
from glyphspace.verbs.train import Run, load_splits, make_training

SMALL = {"generator": "fast:z_dim=8,width=8", "discriminator": "fast:width=4", "batch_size": 16}
ASKED = {"data": "sklearn-digits", "threads": 1}
CONDITIONAL = override(
    recipes["gan-fast"],
    {
        "generator": "conditional:z_dim=8,width=8,condition_dim=4",
        "discriminator": "projection:width=4,condition_dim=4",
        "batch_size": 16,
    },
)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return train("gan-fast", out=tmp_path_factory.mktemp("first") / "run", steps=3, changes=SMALL, **ASKED)


def weights(run: Run, kind: str) -> dict[str, torch.Tensor]:
    return run.models[kind].net.state_dict()


def test_a_run_begins_with_both_nets_of_a_run_folder(first: Run, tmp_path: Path) -> None:
    """With a learning rate of nothing it also ends with them."""
    still = {**SMALL, "generator_rate": 0.0, "discriminator_rate": 0.0}
    run = train("gan-fast", out=tmp_path / "run", steps=2, init=first.folder, changes=still, **ASKED)
    parameters = dict(first.models["generator"].net.named_parameters())
    for kind in ("generator", "discriminator"):
        ours, theirs = weights(run, kind), weights(first, kind)
        named = parameters if kind == "generator" else ours
        assert all(torch.equal(ours[name], theirs[name]) for name in named)
    about = json.loads((run.folder / "run.json").read_text())["init"]
    assert about["model"] == str(first.folder)
    assert {"generator", "discriminator"} <= about.keys()
    assert run.models["generator"].training["init"] == "run"


def test_a_generator_alone_will_do(first: Run, tmp_path: Path) -> None:
    file = first.folder / "generator.safetensors"
    run = train("gan-fast", out=tmp_path / "run", steps=1, init=file, changes=SMALL, **ASKED)
    about = json.loads((run.folder / "run.json").read_text())["init"]
    assert "generator" in about
    assert "discriminator" not in about


def test_it_resumes_to_the_bit_and_only_with_the_same_beginning(first: Run, tmp_path: Path) -> None:
    asked = {**ASKED, "steps": 4, "changes": SMALL, "init": first.folder}
    answers = iter([False, False, True])
    train("gan-fast", out=tmp_path / "a", watcher=Watcher(interrupted=lambda: next(answers)), **asked)
    with pytest.raises(BadInput, match="another init"):
        train("gan-fast", out=tmp_path / "a", resume=True, **{**asked, "init": None})
    resumed = train("gan-fast", out=tmp_path / "a", resume=True, **asked)
    straight = train("gan-fast", out=tmp_path / "b", **asked)
    one, two = ((run.folder / "generator.safetensors").read_bytes() for run in (resumed, straight))
    assert one == two


def test_embeddings_of_other_classes_begin_afresh_and_it_says_so(tmp_path: Path) -> None:
    ten = train(CONDITIONAL, out=tmp_path / "ten", steps=2, **ASKED)
    splits = [load_dataset("sklearn-digits", split) for split in ("train", "test")]
    three = [part.take((part.labels < 3).nonzero().flatten(), "three") for part in splits]
    few = Splits(*(replace(part, classes=part.classes[:3]) for part in three), "three")
    heard: list[str] = []
    still = override(CONDITIONAL, {"generator_rate": 0.0, "discriminator_rate": 0.0})
    run = train(still, out=tmp_path / "few", data=few, steps=1, init=ten.folder, watcher=Watcher(alarm=heard.append))
    assert "generator embed.weight" in heard[0]
    ours, theirs = weights(run, "generator"), weights(ten, "generator")
    assert ours["embed.weight"].shape == (3, 4)
    assert torch.equal(ours["project.weight"], theirs["project.weight"])


def test_a_classifier_of_other_classes_keeps_all_but_its_last_layer(tmp_path: Path) -> None:
    numbers, classes = {"width": 4, "classes": 26}, tuple("abcdefghijklmnopqrstuvwxyz")
    letters = Model(build("classifier", "fast", numbers), "classifier", "fast", numbers, "letters", classes)
    changes = {"classifier": "fast:width=4", "batch_size": 16, "rate": 0.0}
    run = train("cnn-fast", out=tmp_path / "run", steps=1, init=letters, changes=changes, **ASKED)
    about = json.loads((run.folder / "run.json").read_text())["init"]
    assert about["fresh"] == ["classifier decide.bias", "classifier decide.weight"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"generator": "fast:z_dim=8,width=12"}, "add --generator fast:width=8,z_dim=8"),
        ({"discriminator": "fast-spectral:width=4"}, "add --discriminator fast:width=4"),
    ],
)
def test_another_net_is_refused_with_what_to_add(
    first: Run, tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        train("gan-fast", out=tmp_path / "run", steps=1, init=first.folder, changes={**SMALL, **changes}, **ASKED)
    assert not (tmp_path / "run").exists()


def test_what_is_trained_besides_nets_is_no_kind_of_model(tmp_path: Path) -> None:
    changes = {**SMALL, "advantage": "adaptive:0.8"}
    with pytest.raises(BadInput, match=r"what is trained is a generator and a discriminator$"):
        train("gan-fast", out=tmp_path / "run", steps=1, init="mnist-classifier", changes=changes, **ASKED)


def test_a_classifier_is_no_beginning_of_a_gan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["train", "gan-fast", "--data", "sklearn-digits", "--steps", "1", "--init", "mnist-classifier"]
    assert main([*words, "--out", str(tmp_path / "run")]) == 2
    assert "what is trained is a generator and a discriminator" in capsys.readouterr().err


def test_tones_of_other_images_are_forgotten(tmp_path: Path) -> None:
    changes = {**SMALL, "generator": "fast:z_dim=8,width=8,tones=1"}
    first = train("gan-fast", out=tmp_path / "first", steps=2, changes=changes, **ASKED)
    assert not torch.equal(weights(first, "generator")["draw.9.curves"], Tones().curves)
    recipe = override(recipes["gan-fast"], {**changes, "data": "sklearn-digits"})
    training = make_training(recipe, load_splits(recipe, 0), 0, choose_compute(threads=1))
    begin_with(training, [first.models["generator"]])
    for net in (training.generator, training.average):
        assert torch.equal(net.state_dict()["draw.9.curves"], Tones().curves)
