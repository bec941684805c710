"""What real images give is measured once, and again whenever that could change it."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.core.randomness import stream
from glyphspace.data import LabelledImages, load_dataset
from glyphspace.nets import Model, build
from glyphspace.verbs import yardstick as module
from glyphspace.verbs.yardstick import KEPT, Yardstick, yardstick

DATA = "sklearn-digits"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "shelf", lambda: tmp_path / "measured")
    return tmp_path / "measured"


@pytest.fixture(scope="module")
def splits() -> tuple[LabelledImages, LabelledImages]:
    return load_dataset(DATA, "train"), load_dataset(DATA, "test")


def network(seed: int = 0) -> Model:
    torch.manual_seed(seed)
    return Model(build("classifier", "fast", {"width": 4}), "classifier", "fast", {"width": 4}, DATA, ("0",) * 10)


def alike(one: Yardstick, other: Yardstick) -> bool:
    tensors = [
        [getattr(of, name) for of in (each.test, each.training) for name in ("features", "probabilities", "labels")]
        for each in (one, other)
    ]
    return (
        one.floor == other.floor
        and torch.equal(one.distances, other.distances)
        and one.clusters.count == other.clusters.count
        and torch.equal(one.clusters.centres, other.clusters.centres)
        and torch.equal(one.clusters.shares, other.clusters.shares)
        and all(torch.equal(a, b) for a, b in zip(*tensors, strict=True))
    )


def never(*_: object) -> None:
    raise AssertionError("measured again")


def test_a_second_time_it_is_there(splits, monkeypatch):
    first = yardstick(*splits, network())
    monkeypatch.setattr(module, "see", never)
    assert alike(yardstick(*splits, network()), first)


def test_other_images_and_another_network_are_measured(splits, cache):
    train, test = splits
    few = test.take(torch.randperm(len(test), generator=stream(0, "few"))[:200])
    for at, asked in enumerate(((train, test, network()), (train, few, network()), (train, test, network(1))), 1):
        yardstick(*asked)
        assert len(list(cache.iterdir())) == at


def test_when_the_code_that_measures_changes_it_is_measured_again(splits, cache, monkeypatch):
    for code, kept in (("1", 1), ("2", 2), ("1", 2)):
        monkeypatch.setattr(module, "_code", lambda code=code: code)
        yardstick(*splits, network())
        assert len(list(cache.iterdir())) == kept


def test_what_cannot_be_used_is_measured_anew(splits, cache):
    first = yardstick(*splits, network())
    (kept,) = cache.iterdir()
    whole = kept.read_bytes()
    turned = bytearray(whole)
    turned[len(whole) // 2] ^= 1
    other = whole.replace(b"frechet", b"Frechet")
    assert len({whole, other}) == 2
    for broken in (b"", b"no safetensors", b"\x02\0\0\0\0\0\0\0{}", whole[: len(whole) // 2], bytes(turned), other):
        kept.write_bytes(broken)
        assert alike(yardstick(*splits, network()), first)
        assert kept.read_bytes() == whole


def test_the_same_weights_in_another_net_are_another_network(splits, cache):
    yardstick(*splits, network())
    yardstick(*splits, replace(network(), architecture="other"))
    assert len(list(cache.iterdir())) == 2


def test_where_nothing_can_be_kept_it_is_measured_all_the_same(splits, monkeypatch, tmp_path):
    first = yardstick(*splits, network())
    no_folder = tmp_path / "file"
    no_folder.write_text("in the way")
    monkeypatch.setattr(module, "shelf", lambda: no_folder / "measured")
    assert alike(yardstick(*splits, network()), first)


def test_the_cache_does_not_grow_for_ever(splits, cache):
    cache.mkdir(parents=True)
    for age in range(2 * KEPT):
        old = cache / f"{age}.safetensors"
        old.write_bytes(b"")
        os.utime(old, (age, age))
    killed = cache / ".one.safetensors.0123abcd.part"
    killed.touch()
    os.utime(killed, (0, 0))
    yardstick(*splits, network())
    assert not killed.exists()
    left = {path.name for path in cache.iterdir()}
    assert len(left) == KEPT
    assert {f"{age}.safetensors" for age in range(KEPT + 1, 2 * KEPT)} < left


def test_too_few_images_are_refused(splits, cache):
    train, test = splits
    with pytest.raises(BadInput):
        yardstick(train, test.take(range(5)), network())
    assert not cache.exists() or not list(cache.iterdir())
