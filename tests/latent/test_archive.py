from pathlib import Path

import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.core.tensors import save_tensors
from glyphspace.latent import archive as archive_module
from glyphspace.latent import bulk
from glyphspace.latent.archive import Archive, open_archive, write_archive
from glyphspace.latent.bulk import Draw, chunks
from glyphspace.latent.labelled import join

from .stamps import classifier, conditional, generator


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Three hundred labelled latents on disk."""
    return write_archive(tmp_path_factory.mktemp("archive") / "x.safetensors", generator(), classifier(), Draw(300))


def test_rows_are_those_that_were_labelled(archive):
    known = join(list(chunks(generator(), classifier(), Draw(300))))
    found = join(list(archive.parts(110)))
    assert len(archive) == 300 and archive.classes == known.classes
    for name in ("latents", "images", "labels", "probabilities"):
        assert torch.equal(getattr(found, name), getattr(known, name))


def test_rows_are_selected_by_class_and_certainty(archive):
    whole = archive.take(slice(0, 300))
    some = archive.take(archive.select((2, 5), certainty=0.8))
    known = whole.above(0.8).of_class(2, 5)
    assert len(some) and torch.equal(some.images, known.images)
    assert len(archive.select()) == 300 and not len(archive.select(certainty=1.1))


def test_an_interrupted_archive_goes_on_to_the_same_bytes(archive, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 100)

    def stop(done: int, total: int | None, note: str = "") -> None:
        if done == 200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_archive(tmp_path / "x", generator(), classifier(), Draw(300), stop)
    assert not (tmp_path / "x").exists()
    drawn: list[int] = []
    write_archive(tmp_path / "x", generator(), classifier(), Draw(300), lambda done, total, note="": drawn.append(done))
    assert drawn[0] == 200
    whole = write_archive(tmp_path / "whole", generator(), classifier(), Draw(300))
    assert (tmp_path / "x").read_bytes() == whole.table.path.read_bytes()


def test_an_archive_that_was_begun_in_another_precision_is_begun_anew(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 100)

    def stop(done: int, total: int | None, note: str = "") -> None:
        if done == 200:
            raise KeyboardInterrupt

    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(archive_module, "quick_precision", lambda model: "another")
        with pytest.raises(KeyboardInterrupt):
            write_archive(tmp_path / "x", generator(), classifier(), Draw(300), stop)
    drawn: list[int] = []
    write_archive(tmp_path / "x", generator(), classifier(), Draw(300), lambda done, total, note="": drawn.append(done))
    assert drawn[0] == 0


def test_a_conditional_generators_archive_knows_what_it_was_asked(tmp_path: Path):
    found = write_archive(tmp_path / "x", conditional(), classifier(), Draw(20, seed=1)).take(slice(0, 20))
    assert found.asked is not None and found.conditions is not None
    assert found.asked.tolist() == [*range(10)] * 2 and found.conditions.shape[0] == 20


def test_a_truncated_draw_is_kept_apart_from_another(tmp_path: Path):
    some = write_archive(tmp_path / "x", generator(), classifier(), Draw(20, truncation=0.5))
    assert some.take(slice(0, 20)).latents.abs().max() <= 0.5
    assert some.table.header["truncation"] == 0.5


def test_what_is_no_archive_is_refused(tmp_path: Path):
    kept = {"kind": "labelled latents", "classes": ["a"]}
    save_tensors(tmp_path / "x", {"latents": torch.zeros(3, 2)}, {**kept, "classes": []})
    shapes = {"latents": (2,), "probabilities": (1,), "images": (28, 28)}
    for name, labels in (("none", torch.zeros(0).long()), ("halves", torch.full((3,), 7.5))):
        columns = {column: torch.zeros(len(labels), *shape) for column, shape in shapes.items()}
        save_tensors(tmp_path / name, {**columns, "images": columns["images"].byte(), "labels": labels}, kept)
    for path in (*(tmp_path / name for name in ("x", "gone", "none", "halves")), tmp_path):
        with pytest.raises(BadInput, match=str(path)):
            open_archive(path)
