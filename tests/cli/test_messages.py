"""The commands that write, read, seal and open: what they leave, what they say, and what they refuse."""

import io
from pathlib import Path

import pytest
from PIL import Image

from glyphspace.cli import main
from glyphspace.cli.seal import ENVIRONMENT

from .test_bad_input import refused
from .test_commands import run

PHRASE = "a horse, a battery"


def test_everything_that_can_be_written_at_once_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    endings = (".png", ".svg", ".gif", ".apng", ".safetensors", ".pt", "")
    files = [tmp_path / f"pi{ending}" for ending in endings]
    run("write", "31\n4", "--paper", "transparent", "--height", "30", "--out", *files)
    assert capsys.readouterr().out.split() == [str(file) for file in files]
    for ending in (".gif", ".apng"):
        with Image.open(tmp_path / f"pi{ending}") as film:
            assert film.n_frames > 10
    assert (tmp_path / "pi.svg").read_text().startswith("<svg ")
    for file in (tmp_path / "pi.safetensors", tmp_path / "pi"):
        run("read", file)
        assert capsys.readouterr().out.splitlines()[1:] == ["31", "4"]
    run("read", tmp_path / "pi.pt", "--model", "digits-best")
    assert capsys.readouterr().out.splitlines()[1:] == ["314"]
    assert "glyphspace read" in (tmp_path / "pi" / "README.md").read_text()


def test_a_message_without_a_file_is_shown_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("write", "2026")
    shown = capsys.readouterr().out
    assert len(shown.splitlines()) > 3 and any("⠁" <= one <= "⣿" for one in shown)


def test_the_text_may_come_from_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("20 26\n"))
    run("write", "-", "--out", tmp_path / "x.safetensors")
    run("read", tmp_path / "x.safetensors")
    assert capsys.readouterr().out.splitlines()[-1] == "20 26"


def test_folding_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("write", "3², (4)", "--fold", "--out", tmp_path / "x.png")
    assert "written: 32 4" in capsys.readouterr().err


def test_a_picture_is_read_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("write", "314 15926\n535", "--neatness", "0.9", "--out", tmp_path / "pi.png")
    run("read", tmp_path / "pi.png", "--classifier", "mnist-classifier")
    assert capsys.readouterr().out.splitlines()[-2:] == ["314 15926", "535"]
    run("read", tmp_path / "pi.png", "--model", "digits")  # whose characters are digits alone
    assert capsys.readouterr().out.splitlines()[-2:] == ["314 15926", "535"]


def test_neat_and_wild_are_other_drawings(tmp_path: Path) -> None:
    for name in ("0", "1"):
        run("write", "2026", "--neatness", name, "--out", tmp_path / f"{name}.png")
    assert (tmp_path / "0.png").read_bytes() != (tmp_path / "1.png").read_bytes()


def test_what_is_sealed_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run("keys", "new", tmp_path / "bob")
    (tmp_path / "phrase").write_text(f"{PHRASE}\nnot this\n")
    run("seal", "20 26", "--to", tmp_path / "bob.pub", "--out", tmp_path / "key")
    run("seal", "20 26", "--passphrase-file", tmp_path / "phrase", "--out", tmp_path / "phrased")
    run("seal", "20 26", "--hidden", "--out", tmp_path / "hidden.pt")
    capsys.readouterr()
    monkeypatch.setenv(ENVIRONMENT, PHRASE)
    for words, text in (
        ((tmp_path / "key", "--key", tmp_path / "bob.key"), "20 26"),
        ((tmp_path / "phrased",), "20 26"),
        ((tmp_path / "hidden.pt", "--model", "digits"), "2026"),
    ):
        run("open", *words)
        assert capsys.readouterr().out == f"{text}\n"


def test_no_passphrase_is_taken_from_the_command_line() -> None:
    for words in (("seal", "1", "--passphrase", PHRASE, "--out", "x"), ("open", "x", "--passphrase", PHRASE)):
        with pytest.raises(SystemExit):
            main(list(words))


def test_what_cannot_be_written_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "x.png"
    for words, hint in (
        (("--neatness", "2"), "neatness lies between 0, wild, and 1, neat"),
        (("--columns", "0"), "lines of 0 characters"),
        (("--slant", "9"), "slant can be turned by -5 to 5, not by 9"),
        (("--height", "1"), "capitals can be 5"),
        (("--height", "many"), "height"),
        (("--ink", "inkish"), "name a colour"),
        (("--hand", "left"), "hand"),
        (("--model", "digits", "--hand", "same"), "one hand for all characters needs a conditional generator"),
        (("--second", "digits"), "a classifier is needed"),
    ):
        assert hint in refused(capsys, "write", "1", *words, "--out", out)
    assert "a message is kept in .png, .svg" in refused(capsys, "write", "1", "--out", tmp_path / "x.jpg")
    assert "transparent" in refused(capsys, "write", "1", "--paper", "transparent", "--out", tmp_path / "x.mp4")
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_sealed_or_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run("keys", "new", tmp_path / "bob")
    run("seal", "7", "--to", tmp_path / "bob.pub", "--out", tmp_path / "sealed")
    run("write", "7", "--out", tmp_path / "open.safetensors")
    capsys.readouterr()
    assert "is there already" in refused(capsys, "keys", "new", tmp_path / "bob")
    hidden = ("seal", "7", "--hidden", "--second", "mnist-judging", "--out", tmp_path / "x")
    assert "one classifier alone" in refused(capsys, *hidden)
    assert "name the file with your secret key" in refused(capsys, "open", tmp_path / "sealed")
    assert "a secret one is needed" in refused(capsys, "open", tmp_path / "sealed", "--key", tmp_path / "bob.pub")
    run("keys", "new", tmp_path / "eve")
    capsys.readouterr()
    assert "another key" in refused(capsys, "open", tmp_path / "sealed", "--key", tmp_path / "eve.key")
    assert "cannot be written" in refused(capsys, "seal", "é", "--to", tmp_path / "bob.pub", "--out", tmp_path / "y")
    assert "no whole public key" in refused(capsys, "seal", "7", "--to", tmp_path / "sealed", "--out", tmp_path / "y")
    assert "must end in" in refused(capsys, "seal", "7", "--hidden", "--out", tmp_path / "y")
    monkeypatch.setenv(ENVIRONMENT, "short")
    assert "is soon guessed" in refused(capsys, "seal", "7", "--out", tmp_path / "y")
    assert not (tmp_path / "y").exists()
    for file in (tmp_path, tmp_path / "gone", tmp_path / "bob.pub"):
        assert str(file) in refused(capsys, "open", file)


def test_a_picture_without_writing_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Image.new("L", (100, 60), 255).save(tmp_path / "blank.png")
    assert "there is no writing" in refused(capsys, "read", tmp_path / "blank.png")
    (tmp_path / "broken.png").write_bytes((tmp_path / "blank.png").read_bytes()[:40])
    assert "cannot be read as an image" in refused(capsys, "read", tmp_path / "broken.png")


def test_files_may_be_named_one_by_one(tmp_path: Path) -> None:
    run("write", "12", "--out", tmp_path / "a.png", "--out", tmp_path / "b.svg", tmp_path / "c.gif")
    assert {path.name for path in tmp_path.iterdir()} == {"a.png", "a.safetensors", "b.svg", "c.gif"}


@pytest.mark.parametrize("ending", [".gif", ".apng"])
def test_a_film_is_read_at_its_end(ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("write", "2026", "--neatness", "0.9", "--out", tmp_path / f"film{ending}")
    run("read", tmp_path / f"film{ending}", "--model", "digits")
    assert capsys.readouterr().out.splitlines()[-1] == "2026"


def test_a_message_to_become_is_shown_by_films_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, "write", "2026", "--then", "2027", "--out", tmp_path / "x.png")
    assert "only films show" in said and ".gif" in said
    assert not list(tmp_path.iterdir())


def test_what_is_locked_is_not_read_but_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["keys", "new", str(tmp_path / "bob")])
    main(["seal", "7", "--to", str(tmp_path / "bob.pub"), "--out", str(tmp_path / "sealed")])
    capsys.readouterr()
    assert "is locked; glyphspace open reads it" in refused(capsys, "read", tmp_path / "sealed")
