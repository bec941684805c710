import pytest
import torch

import glyphspace
from glyphspace.core.errors import BadInput
from glyphspace.message import locked
from latent.stamps import generator
from latent.stamps import sharp as classifier

MODELS = {"classifier": classifier()}


@pytest.fixture
def keys(tmp_path):
    return glyphspace.new_keys(tmp_path / "bob")


@pytest.fixture
def cheap(monkeypatch):
    monkeypatch.setitem(locked.SCRYPT, "n", 2**4)


def test_what_was_sealed_for_a_key_is_opened_with_it(keys, tmp_path):
    secret, public = keys
    file = glyphspace.seal("20 26\n117", out=tmp_path / "sealed", to=public, model=generator(), **MODELS)
    opened = glyphspace.open_sealed(file, key=secret, model=generator(), **MODELS)
    assert opened.text == "20 26\n117"
    assert len(opened.page.glyphs) == 7


def test_a_public_key_may_be_given_as_its_line(keys, tmp_path):
    file = glyphspace.seal("7", out=tmp_path / "x", to=keys[1].read_text().strip(), model=generator(), **MODELS)
    assert glyphspace.open_sealed(file, key=keys[0], model=generator(), **MODELS).text == "7"


def test_what_was_sealed_with_a_passphrase_is_opened_with_it(cheap, tmp_path):
    file = glyphspace.seal("7", out=tmp_path / "x", passphrase="a long enough one", model=generator(), **MODELS)
    opened = glyphspace.open_sealed(file, passphrase="a long enough one", model=generator(), **MODELS)
    assert opened.text == "7"
    for wrong, complaint in ((None, "is locked with a passphrase; give it"), ("another", "another passphrase")):
        with pytest.raises(BadInput, match=complaint):
            glyphspace.open_sealed(file, passphrase=wrong, model=generator(), **MODELS)


def test_the_wrong_generator_is_refused(keys, tmp_path):
    file = glyphspace.seal("7", out=tmp_path / "x", to=keys[1], model=generator(), **MODELS)
    with pytest.raises(BadInput, match="not with this generator"):
        glyphspace.open_sealed(file, key=keys[0], model=generator(0.9), **MODELS)


def test_neither_what_it_says_nor_its_latents_are_on_the_disk(keys, tmp_path, monkeypatch):
    written: list[bytes] = []
    from glyphspace.core import files

    atomic = files.atomic

    def watched(path):
        from contextlib import contextmanager

        @contextmanager
        def watching():
            with atomic(path) as temporary:
                yield temporary
                written.append(temporary.read_bytes())

        return watching()

    monkeypatch.setattr(files, "atomic", watched)
    file = glyphspace.seal("31415926", out=tmp_path / "x", to=keys[1], model=generator(), **MODELS)
    glyphspace.open_sealed(file, key=keys[0], model=generator(), **MODELS)
    assert written == [file.read_bytes()]
    assert b"latents" not in written[0] and b"31415926" not in written[0]
    assert {path.name for path in tmp_path.iterdir()} == {"bob.key", "bob.pub", "x"}


def test_one_lock_is_needed_and_no_two(keys, tmp_path):
    for given in ({}, {"to": keys[1], "passphrase": "a long enough one"}):
        with pytest.raises(BadInput, match="give one of the two"):
            glyphspace.seal("7", out=tmp_path / "x", model=generator(), **MODELS, **given)
    file = glyphspace.seal("7", out=tmp_path / "x", to=keys[1], model=generator(), **MODELS)
    with pytest.raises(BadInput, match="is locked for a key; name the file"):
        glyphspace.open_sealed(file, model=generator(), **MODELS)


@pytest.mark.parametrize("ending", [".pt", ".safetensors"])
def test_hidden_messages_are_read_by_who_has_the_generator(ending, tmp_path):
    file = glyphspace.hide("20 26", out=tmp_path / f"x{ending}", model=generator(), **MODELS)
    assert glyphspace.open_sealed(file, model=generator(), **MODELS).text == "2026"
    assert glyphspace.read(file, model=generator(), **MODELS).text == "2026"
    with pytest.raises(BadInput, match="a generator it does not name"):
        glyphspace.open_sealed(file)
    again = glyphspace.hide("20 26", out=tmp_path / f"y{ending}", model=generator(), **MODELS)
    assert file.read_bytes() != again.read_bytes()


def test_a_hidden_tensor_is_a_plain_one(tmp_path):
    file = glyphspace.hide("2026", out=tmp_path / "x.pt", model=generator(), seed=3, **MODELS)
    assert torch.load(file, weights_only=True).shape == (4, 12)
    with pytest.raises(BadInput, match=r"must end in \.safetensors or in \.pt"):
        glyphspace.hide("2026", out=tmp_path / "x.txt", model=generator(), **MODELS)


def test_a_short_passphrase_is_refused_before_anything_is_composed(tmp_path, monkeypatch):
    monkeypatch.setattr("glyphspace.verbs.seal.compose", None)
    with pytest.raises(BadInput, match="soon guessed"):
        glyphspace.seal("7", out=tmp_path / "x", passphrase="short", model=generator(), **MODELS)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"height": 2}, "can be 5 to 2,000"),
        ({"ink": "bleu"}, "name a colour"),
        ({"paper": "transparent", "out": "x.mp4"}, "no transparent paper"),
    ],
)
def test_how_a_message_looks_is_checked_before_anything_is_written(asked, words, tmp_path):
    given = {**asked, "out": [tmp_path / "x.safetensors", tmp_path / asked.get("out", "x.png")]}
    with pytest.raises(BadInput, match=words):
        glyphspace.write("7", model=generator(), **MODELS, **given)
    assert not list(tmp_path.iterdir())


def test_what_a_file_is_not_locked_by_is_refused(keys, cheap, tmp_path):
    for_key = glyphspace.seal("7", out=tmp_path / "a", to=keys[1], model=generator(), **MODELS)
    spoken = glyphspace.seal("7", out=tmp_path / "b", passphrase="a long enough one", model=generator(), **MODELS)
    hidden = glyphspace.hide("7", out=tmp_path / "c.pt", model=generator(), **MODELS)
    for file, idle, words in (
        (spoken, {"key": keys[0], "passphrase": "a long enough one"}, "with a passphrase; leave the key out"),
        (for_key, {"key": keys[0], "passphrase": "a long enough one"}, "for a key; leave the passphrase out"),
        (hidden, {"key": keys[0]}, "by nothing; leave the key out"),
        (hidden, {"passphrase": "x"}, "by nothing; leave the passphrase out"),
    ):
        with pytest.raises(BadInput, match=words):
            glyphspace.open_sealed(file, model=generator(), **idle, **MODELS)


def test_a_passphrase_is_asked_for_where_one_is_needed_alone(keys, cheap, tmp_path):
    asked = []
    ask = lambda: asked.append(1) or "a long enough one"  # noqa: E731
    for_key = glyphspace.seal("7", out=tmp_path / "a", to=keys[1], model=generator(), **MODELS)
    spoken = glyphspace.seal("8", out=tmp_path / "b", passphrase="a long enough one", model=generator(), **MODELS)
    assert glyphspace.open_sealed(for_key, key=keys[0], passphrase=ask, model=generator(), **MODELS).text == "7"
    assert not asked
    assert glyphspace.open_sealed(spoken, passphrase=ask, model=generator(), **MODELS).text == "8"
    assert asked == [1]
