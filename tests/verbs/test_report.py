"""Pages of real runs: tiny nets, a few steps, digits that need no network."""

import json
import re
import shlex
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
import torch

from glyphspace.cli import main
from glyphspace.core.errors import BadInput, GlyphspaceError
from glyphspace.training.loop import Watcher
from glyphspace.verbs.evaluate import GeneratorEvaluation, evaluate
from glyphspace.verbs.evaluate_classifier import ClassifierEvaluation
from glyphspace.verbs.report import report
from glyphspace.verbs.report_parts import checked_history
from glyphspace.verbs.train import Run, load_run, train
from report.elements import Elements

DATA = "sklearn-digits"
TINY = {"generator": "fast:z_dim=8,width=8", "discriminator": "fast:width=4", "batch_size": 32}
COUNT = 120


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the runs of these tests lie."""
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def reader(runs: Path) -> Run:
    """A classifier that has seen 30 batches."""
    return train("cnn-fast", data=DATA, steps=30, out=runs / "cnn", changes={"classifier": "fast:width=4"})


@pytest.fixture(scope="module")
def painter(runs: Path) -> Run:
    """A GAN that has seen 100 batches, two epochs and more."""
    return train("gan-fast", data=DATA, steps=100, out=runs / "gan", changes=TINY)


@pytest.fixture(scope="module")
def page(painter: Run, reader: Run) -> Elements:
    """The page of the GAN, with the classifier for a judge too."""
    path = report(painter.folder, classifier=reader.folder, judge_by=reader.folder, count=COUNT, message="")
    assert path == painter.folder / "report.html"
    return Elements(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def classifier_page(reader: Run) -> Elements:
    return Elements(report(reader.folder).read_text(encoding="utf-8"))


@pytest.fixture(params=["page", "classifier_page"])
def either(request: pytest.FixtureRequest) -> Elements:
    return request.getfixturevalue(request.param)


def cells(page: Elements) -> dict[str, list[str]]:
    """The cells of each row of every table, by its name; the first of a name."""
    rows: dict[str, list[str]] = {}
    for tag, attributes, words in page.all:
        if tag == "th" and attributes["scope"] == "row":
            name = " ".join(words)
            if name in rows:
                name += "'"
            rows[name] = []
        elif tag == "td":
            rows[name].append(" ".join(words))
    return rows


def left_out(page: Elements) -> list[str]:
    return [text for _, text in page.named("p") if text.startswith("Left out")]


@pytest.fixture(scope="module")
def conditional(runs: Path, reader: Run) -> tuple[Run, Elements]:
    """A conditional GAN that has seen an epoch and more, its advantage rising and falling, and its page."""
    nets = {"generator": "conditional:z_dim=8,width=8", "discriminator": "projection:width=4"}
    changes = {**nets, "batch_size": 32, "advantage": "cyclic:4"}
    run = train("gan-fast", data=DATA, steps=60, out=runs / "cgan", changes=changes)
    page = report(run.folder, classifier=reader.folder, judge_by=reader.folder, count=COUNT, message="123")
    return run, Elements(page.read_text(encoding="utf-8"))


def test_the_page_of_a_conditional_run_tells_what_was_asked_for(conditional: tuple[Run, Elements], reader: Run) -> None:
    run, page = conditional
    found = evaluate(run.folder, judge_by=reader.folder, count=COUNT)
    assert isinstance(found, GeneratorEvaluation) and found.judgement.classes is not None
    assert found.judgement.classes.label_accuracy is not None
    assert cells(page)["labelled as asked"][0] == f"{100 * found.judgement.classes.label_accuracy:.1f}%"
    texts = [text for _, text in page.named("p")]
    assert any("and a class that is asked for" in text for text in texts)
    assert any("advantage over epochs, from 1 to 4" in str(each["alt"]) for each, _ in page.named("img"))


def test_what_means_nothing_of_a_conditional_run_is_left_out_with_its_reason(
    conditional: tuple[Run, Elements],
) -> None:
    _, page = conditional
    reasons = left_out(page)
    assert any("told the class apart from the latent" in reason for reason in reasons)
    assert len(reasons) == 2, reasons


def test_every_picture_has_words_and_lies_in_the_page(either: Elements) -> None:
    pictures = [attributes for attributes, _ in either.named("img")]
    assert len(pictures) >= 8
    for attributes in pictures:
        assert attributes["alt"]
        assert str(attributes["src"]).startswith(("data:image/png", "data:image/gif", "data:image/svg+xml"))


def test_no_markup_shows_in_a_figure(either: Elements) -> None:
    sources = [str(attributes["src"]) for attributes, _ in either.named("img")]
    for source in (each for each in sources if each.startswith("data:image/svg+xml")):
        kind, _, content = source.partition(",")
        svg = b64decode(content).decode() if kind.endswith("base64") else unquote(content)
        assert "<path" in svg and "math" not in svg and "$" not in svg


def test_a_page_refers_to_nothing_outside_it(either: Elements) -> None:
    for tag, attributes, _ in either.all:
        assert tag not in ("script", "link", "iframe", "object")
        assert str(attributes.get("href") or "#").startswith("#")


def test_a_page_is_small(page: Elements, painter: Run) -> None:
    assert (painter.folder / "report.html").stat().st_size < 3_000_000


def test_the_figures_of_a_generator_are_those_of_its_evaluation(page: Elements, painter: Run, reader: Run) -> None:
    found = evaluate(painter.folder, judge_by=reader.folder, count=COUNT)
    assert isinstance(found, GeneratorEvaluation)
    assert found.discriminator is not None
    rows = cells(page)
    assert rows["Fréchet distance"][:2] == [f"{found.judgement.frechet:.3f}", f"{found.floor.frechet:.3f}"]
    for name in ("precision", "recall", "density", "coverage"):
        pair = [f"{getattr(each.manifold, name):.3f}" for each in (found.judgement, found.floor)]
        assert rows[name][:2] == pair
    (told,) = (text for _, text in page.named("p") if "the discriminator is right about" in text)
    assert f"right about {100 * found.discriminator.overall:.1f}%" in told


def test_the_figures_of_a_classifier_are_those_of_its_evaluation(classifier_page: Elements, reader: Run) -> None:
    found = evaluate(reader.folder)
    assert isinstance(found, ClassifierEvaluation)
    (told,) = (text for _, text in classifier_page.named("p") if "an accuracy of" in text)
    assert f"an accuracy of {found.accuracy:.4f}" in told
    assert f"is {found.loss:.4f}." in told
    rows = cells(classifier_page)
    for name, row in zip("0123456789", found.confusion, strict=True):
        assert rows[name][:2] == [str(sum(row)), str(row[int(name)])]


def test_nothing_is_left_out_but_the_message_that_was_not_asked_for(page: Elements) -> None:
    assert len(left_out(page)) == 1
    assert "the text is empty" in left_out(page)[0]


def test_the_run_is_told_with_its_numbers(page: Elements, painter: Run) -> None:
    facts = dict(zip((t for _, t in page.named("dt")), (t for _, t in page.named("dd")), strict=True))
    assert facts["steps"] == "100"
    assert facts["images seen"].startswith("3,200 ")
    (command,) = (text for _, text in page.named("code"))
    assert "--steps 100" in command
    assert "--generator fast:z_dim=8,width=8" in command


def test_the_command_on_the_page_makes_the_same_models_again(
    page: Elements, painter: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (command,) = (text for _, text in page.named("code"))
    words = shlex.split(command.replace("\\\n", "").replace("runs/again", str(tmp_path / "again")))
    assert main(words[1:]) == 0
    for kind, model in load_run(tmp_path / "again").models.items():
        first = painter.models[kind].net.state_dict()
        assert all(torch.equal(tensor, first[name]) for name, tensor in model.net.state_dict().items())


def test_a_run_without_a_judging_network_says_so_and_tells_the_rest(painter: Run, tmp_path: Path) -> None:
    path = report(painter.folder, count=COUNT, out=tmp_path / "page.html")
    reasons = left_out(Elements(path.read_text(encoding="utf-8")))
    assert any(f"no judging network of {DATA} images ships" in reason for reason in reasons)
    assert any(f"no classifier of {DATA} images ships" in reason for reason in reasons)
    assert path == tmp_path / "page.html"


def interrupted(folder: Path, recipe: str, changes: dict[str, object], after: int) -> Run:
    """A run that was told to stop after some steps."""
    asked = iter(range(10_000))
    watcher = Watcher(interrupted=lambda: next(asked) >= after)
    return train(recipe, data=DATA, steps=100, out=folder, changes=changes, watcher=watcher)


def test_an_interrupted_run_has_a_page_that_says_how_to_go_on(tmp_path: Path, reader: Run) -> None:
    run = interrupted(tmp_path / "run", "gan-fast", TINY, after=60)
    assert not run.finished
    made = Elements(report(run.folder, classifier=reader.folder, judge_by=reader.folder).read_text(encoding="utf-8"))
    reasons = left_out(made)
    assert len(reasons) == 9
    assert all("stopped at step 60 and has left no generator yet" in reason for reason in reasons)
    alts = [str(attributes["alt"]) for attributes, _ in made.named("img")]
    assert any("loss over epochs" in alt for alt in alts)
    assert any("Moving picture" in alt for alt in alts)
    assert any("Diagram of the generator" in alt for alt in alts)


def test_an_interrupted_classifier_has_a_page_too(tmp_path: Path) -> None:
    run = interrupted(tmp_path / "run", "cnn-fast", {"classifier": "fast:width=4"}, after=10)
    made = Elements(report(run.folder).read_text(encoding="utf-8"))
    assert len(left_out(made)) == 5
    assert any("Curve of the loss" in str(attributes["alt"]) for attributes, _ in made.named("img"))


def test_a_run_that_took_no_step_has_a_page(tmp_path: Path) -> None:
    run = interrupted(tmp_path / "run", "cnn-fast", {"classifier": "fast:width=4"}, after=0)
    (run.folder / "checkpoint.safetensors").unlink()
    made = Elements(report(run.folder).read_text(encoding="utf-8"))
    assert any("has not come to its first checkpoint" in reason for reason in left_out(made))


def refused(*words: object, **named: object) -> str:
    with pytest.raises(GlyphspaceError) as caught:
        report(*words, **named)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_is_asked_for_and_not_there_is_refused(painter: Run, tmp_path: Path) -> None:
    assert "holds no run" in refused(tmp_path)
    assert "nosuch" in refused(painter.folder, judge_by="nosuch")
    assert "nosuch" in refused(painter.folder, classifier="nosuch")
    assert "too few" in refused(painter.folder, count=5)


def damage_json(change: Callable[[dict], object]) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        found = json.loads((folder / "run.json").read_text())
        change(found)
        (folder / "run.json").write_text(json.dumps(found))

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        damage_json(lambda found: found.pop("seed")),
        damage_json(lambda found: found["recipe"].update(batch_size="many")),
        damage_json(lambda found: found["recipe"].update(generator="nosuch")),
        damage_json(lambda found: found.update(data=None)),
        lambda folder: (folder / "run.json").write_text("{"),
        lambda folder: (folder / "checkpoint.safetensors").write_bytes(b"no"),
        lambda folder: (folder / "generator.safetensors").write_bytes(b"no"),
    ],
)
def test_a_damaged_run_is_refused_in_one_line(damage: Callable[[Path], None], painter: Run, tmp_path: Path) -> None:
    copy = tmp_path / "run"
    copy.mkdir()
    for file in painter.folder.iterdir():
        if file.suffix in (".json", ".safetensors"):
            (copy / file.name).write_bytes(file.read_bytes())
    damage(copy)
    refused(copy)
    assert not (copy / "report.html").exists()


def test_a_damaged_sheet_of_samples_leaves_its_section_out(painter: Run, reader: Run, tmp_path: Path) -> None:
    copy = tmp_path / "run"
    (copy / "frames").mkdir(parents=True)
    for file in (*painter.folder.glob("*.*"), *painter.folder.glob("frames/*.png")):
        (copy / file.relative_to(painter.folder)).write_bytes(file.read_bytes())
    sorted(copy.glob("frames/*.png"))[1].write_bytes(b"no picture")
    path = report(copy, classifier=reader.folder, judge_by=reader.folder, count=COUNT, message="")
    reasons = left_out(Elements(path.read_text(encoding="utf-8")))
    assert any("cannot be read" in reason for reason in reasons)
    assert len(reasons) == 2


def test_a_history_of_other_figures_is_not_believed(painter: Run) -> None:
    run = load_run(painter.folder)
    with pytest.raises(BadInput, match="not whole"):
        checked_history(run, ("loss",), ("accuracy",))
    run.history.evaluations.append({"epoch": "2"})
    with pytest.raises(BadInput, match="not whole"):
        checked_history(run, run.history.columns[:-1], ("accuracy",))


def test_no_number_of_a_page_is_nan(either: Elements) -> None:
    told = " ".join(text for tag in ("td", "dd", "p", "figcaption") for _, text in either.named(tag))
    assert not re.search(r"\b(nan|inf)\b", told)
