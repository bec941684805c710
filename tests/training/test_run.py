import subprocess
import sys

import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.core.rows import Column, growing
from glyphspace.training.run import RunFolder, find_runs


def about(**changes):
    recipe = {"name": "gan-fast", "epochs": 5.0, "schedule": "constant", **changes.pop("recipe", {})}
    return {"recipe": recipe, "seed": 0, "data": {"name": "mnist"}, "precision": "float32", "stop": 100, **changes}


@pytest.fixture
def folder(tmp_path) -> RunFolder:
    run = RunFolder(tmp_path / "runs" / "one")
    run.begin(about())
    return run


def test_a_run_is_begun_once(folder):
    assert folder.description == about()
    with pytest.raises(BadInput, match="already holds a run; add --resume to go on with it, or choose another --out"):
        folder.begin(about())


def test_a_run_that_is_not_there_yet_is_begun_by_resuming(tmp_path):
    run = RunFolder(tmp_path / "new")
    run.resume(about())
    assert run.description == about()


def test_under_a_constant_schedule_a_run_is_resumed_to_another_end(folder):
    longer = about(stop=200, recipe={"epochs": 10.0})
    folder.resume(longer)
    assert folder.description == longer


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seed": 1}, r"started with another seed \(0, not 1\)"),
        ({"recipe": {"name": "mine"}}, r"started with another recipe \(name was 'gan-fast', not 'mine'\)"),
        ({"data": {"name": "kmnist"}}, r"started with another data \(name was 'mnist', not 'kmnist'\)"),
        ({"precision": "bfloat16"}, r"another precision \('float32', not 'bfloat16'\)"),
    ],
)
def test_another_run_is_not_resumed(folder, changes, words):
    with pytest.raises(BadInput, match=f"{words}; resume it with the same, or choose another --out"):
        folder.resume(about(**changes))


def test_it_is_the_precision_that_it_computes_in_that_counts(folder):
    asked = {"recipe": {"precision": "float32"}}
    folder.resume(about(**asked))  # "auto" before, which meant the same there
    with pytest.raises(BadInput, match=r"another precision \('float32', not 'bfloat16'\)"):
        folder.resume(about(recipe={"precision": "auto"}, precision="bfloat16"))
    folder.describe({**about(recipe={"precision": "auto"}), "status": "finished"})
    folder.model("generator").touch()
    assert folder.holds(about(recipe={"precision": "auto"}, precision="bfloat16"))
    assert folder.holds(about(**asked))
    assert not folder.holds(about(seed=1, **asked))


def test_a_schedule_is_not_resumed_to_another_end(tmp_path):
    run = RunFolder(tmp_path)
    cosine = {"recipe": {"schedule": "cosine"}}
    run.begin(about(**cosine))
    run.resume(about(**cosine))
    with pytest.raises(BadInput, match=r"started with another stop \(100, not 200\)"):
        run.resume(about(stop=200, **cosine))


def test_what_killed_writes_left_is_swept_up(folder):
    leftovers = [folder.path / ".run.json.1a2b3c4d.part", folder.frame(100).with_name(".000100.png.00000000.part")]
    for leftover in leftovers:
        leftover.parent.mkdir(exist_ok=True)
        leftover.touch()
    theirs = folder.path / "videos" / ".lecture.mp4.part"  # of somebody else's download
    theirs.parent.mkdir()
    theirs.touch()
    folder.resume(about())
    assert not any(leftover.exists() for leftover in leftovers)
    assert theirs.exists()


def test_where_there_is_no_run_nothing_is_swept_up(tmp_path):
    theirs = tmp_path / ".letter.txt.1a2b3c4d.part"
    theirs.touch()
    RunFolder(tmp_path).resume(about())
    assert theirs.exists()


def test_a_table_that_grows_in_the_folder_is_left_alone(folder):
    with growing(folder.path / "latents.safetensors", {"labels": Column("I64", ())}, 4, {}) as rows:
        rows.append({"labels": torch.arange(3)})
    folder.resume(about())
    with growing(folder.path / "latents.safetensors", {"labels": Column("I64", ())}, 4, {}) as rows:
        assert rows.done == 3


def test_a_checkpoint_comes_back_whole(folder):
    assert not folder.has_checkpoint
    folder.save_checkpoint({"a": torch.ones(2)}, {"step": 3})
    tensors, header = folder.load_checkpoint()
    assert folder.has_checkpoint
    assert torch.equal(tensors["a"], torch.ones(2))
    assert header == {"step": 3}


def test_sheets_come_in_the_order_of_their_steps(folder):
    for step in (1000, 50, 1_000_000, 200_000):
        folder.frame(step).parent.mkdir(exist_ok=True)
        folder.frame(step).touch()
    (folder.path / "frames" / "notes.png").touch()
    assert folder.frames() == [folder.frame(step) for step in (50, 1000, 200_000, 1_000_000)]


def test_models_of_a_sooner_end_are_not_those_of_a_run_that_goes_on(folder):
    folder.describe(about(status="finished"))
    folder.model("generator").touch()
    folder.resume(about(stop=200))
    assert not folder.model("generator").exists()


def test_runs_are_found_by_their_description(folder, tmp_path):
    (tmp_path / "runs" / "no run").mkdir()
    RunFolder(tmp_path / "runs" / "another").begin(about())
    assert [run.path.name for run in find_runs(tmp_path / "runs")] == ["another", "one"]
    assert find_runs(tmp_path / "none") == []


def test_a_folder_without_a_run_is_told_in_one_line(tmp_path):
    with pytest.raises(BadInput, match="holds no run"):
        _ = RunFolder(tmp_path).description


def test_a_broken_description_is_told_in_one_line(folder):
    (folder.path / "run.json").write_text("{")
    with pytest.raises(BadInput, match="does not hold valid JSON"):
        folder.resume(about())


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match=r"cannot write .*: .*file is not a folder"):
        RunFolder(tmp_path / "file").begin(about())
    with (
        pytest.raises(BadInput, match=r"cannot write .*file: it is not a folder"),
        RunFolder(tmp_path / "file").held(),
    ):
        pass


def test_a_folder_is_held_by_one_until_it_lets_go(folder):
    held = r"another process trains in .*one; wait for it, or choose another --out"
    with folder.held(), pytest.raises(BadInput, match=held), RunFolder(folder.path).held():
        pass
    with RunFolder(folder.path).held():
        assert folder.description == about()


def test_what_a_killed_process_held_is_free(tmp_path):
    holds = "import sys, pathlib, time; from glyphspace.training.run import RunFolder as R\n"
    holds += "with R(pathlib.Path(sys.argv[1])).held(): print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", holds, tmp_path], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(BadInput, match="another process"), RunFolder(tmp_path).held():
            pass
        process.kill()
    with RunFolder(tmp_path).held():
        pass
