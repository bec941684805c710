import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.message.keys import new_keys, read_public, read_secret


@pytest.fixture
def keys(tmp_path):
    return new_keys(tmp_path / "bob")


def test_the_two_keys_belong_together_and_only_one_can_be_read_by_others(keys):
    secret, public = keys
    assert secret.name == "bob.key" and public.name == "bob.pub"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    found = read_secret(secret).public_key().public_bytes_raw()
    assert found == read_public(public).public_bytes_raw() == read_public(public.read_text()).public_bytes_raw()


def test_the_secret_key_is_never_readable_by_others_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        secret, _ = new_keys(tmp_path / "open")
    finally:
        os.umask(before)
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_every_key_is_another(tmp_path):
    assert len({new_keys(tmp_path / name)[1].read_text() for name in "abcd"}) == 4


def test_keys_are_not_overwritten(keys, tmp_path):
    before = keys[0].read_bytes()
    with pytest.raises(BadInput, match="is there already"):
        new_keys(tmp_path / "bob")
    keys[0].unlink()
    with pytest.raises(BadInput, match=r"bob\.pub is there already"):
        new_keys(tmp_path / "bob")
    assert not keys[0].exists() and before


def test_a_secret_key_that_others_can_read_is_refused(keys):
    keys[0].chmod(0o644)
    with pytest.raises(BadInput, match="can be read by others"):
        read_secret(keys[0])


def test_one_kind_of_key_is_no_other(keys):
    secret, public = keys
    public.chmod(0o600)
    with pytest.raises(BadInput, match="holds a public key, and a secret one is needed"):
        read_secret(public)
    with pytest.raises(BadInput, match="holds a secret key, and a public one is needed") as caught:
        read_public(secret)
    assert secret.read_text().strip() not in str(caught.value)


@given(st.integers(0, 10_000), st.characters(min_codepoint=33, max_codepoint=126))
def test_a_mistyped_key_is_refused(tmp_path_factory, place, character):
    _, public = new_keys(tmp_path_factory.mktemp("keys") / "bob")
    line = public.read_text().strip()
    place %= len(line)
    changed = line[:place] + character + line[place + 1 :]
    if changed != line:
        public.write_text(changed)
        with pytest.raises(BadInput, match="public key"):
            read_public(public)


def test_a_key_has_one_spelling(tmp_path):
    for number in range(100):
        _, public = new_keys(tmp_path / str(number))
        line = public.read_text().strip().removeprefix("glyphspace-public-")
        for told, mistyped in (("-", "+"), ("_", "/")):
            if told in line:
                public.write_text("glyphspace-public-" + line.replace(told, mistyped))
                with pytest.raises(BadInput, match="no whole public key"):
                    read_public(public)


@pytest.mark.parametrize(
    "content", [b"", b"glyphspace-secret-", b"\xff" * 60, b"a" * 100_000, b"glyphspace-secret-AAAA"]
)
def test_what_is_no_key_is_refused_in_one_line(content, tmp_path):
    (tmp_path / "file.key").write_bytes(content)
    (tmp_path / "file.key").chmod(0o600)
    with pytest.raises(BadInput, match="holds no whole secret key") as caught:
        read_secret(tmp_path / "file.key")
    assert "\n" not in str(caught.value)
    with pytest.raises(BadInput, match="cannot read"):
        read_secret(tmp_path / "gone.key")


def test_no_half_of_two_keys_is_left_where_the_other_cannot_be_written(tmp_path, monkeypatch):
    def full(*_):
        raise BadInput("cannot write: no space left on device")

    monkeypatch.setattr("glyphspace.message.keys.write_text", full)
    with pytest.raises(BadInput, match="no space"):
        new_keys(tmp_path / "bob")
    assert not list(tmp_path.iterdir())
    monkeypatch.undo()
    new_keys(tmp_path / "bob")


@pytest.mark.parametrize("name", ["", ".", "folder/"])
def test_keys_have_a_name(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match="does not name keys"):
        new_keys(name)
    assert not list(tmp_path.iterdir())
