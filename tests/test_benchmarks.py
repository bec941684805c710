"""The benchmarks work: tiny runs of each, for what they say and write, not for the figures."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(not (ROOT / "benchmarks").is_dir(), reason="the benchmarks are not in this copy")


def bench(name, *words, cache):
    """Run a benchmark on the digits that need no network, in a process of its own; what it prints."""
    environment = {**os.environ, "GLYPHSPACE_CACHE": str(cache), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", f"benchmarks{name}", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_plain_script_has_the_reference_networks():
    spec = importlib.util.spec_from_file_location("plain_gan", ROOT / "benchmarks" / "plain_gan.py")
    plain = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(plain)
    counts = [sum(p.numel() for p in net.parameters()) for net in (plain.make_generator(), plain.make_discriminator())]
    assert counts == [377_121, 246_529]


def test_all_benchmarks_are_listed_with_what_they_measure(tmp_path):
    listed = bench("", cache=tmp_path)
    for file in (ROOT / "benchmarks").glob("*.py"):
        if not file.stem.startswith("_") and "\ndef main(" in file.read_text():
            assert f"python -m benchmarks.{file.stem} " in listed


def test_the_documents_figures_say_how_many_seeds_they_rest_on(tmp_path):
    one = {"epochs": 3.0, "minutes": 2.0, "shares": [0.3, 0.7], "label as asked": None, "Fréchet distance": 4.0}
    two = {**one, "shares": [0.01, 0.99], "Fréchet distance": 6.0}
    found = {"dcgan": one, "cwgan-gp": one, "dcgan, seed 1": two}
    whole = {"asked": {"seed": 1}, "found": {name: {**of, "floor": 0.2} for name, of in found.items()}}
    whole["machine"] = {"processor": "any", "cores": 2, "torch": "2.13.0"}
    (tmp_path / "found.json").write_text(json.dumps(whole))
    told = bench(".documents", "dcgan", "cwgan-gp", "--json", tmp_path / "found.json", cache=tmp_path)
    rows = {words[0]: words[1:] for words in map(str.split, told.splitlines())}
    assert rows["cwgan-gp"] == ["3", "1", "2.0", "30.0%", "4.00", "0.20"]
    assert " ".join(rows["dcgan"]) == "3 2 2.0 ± 0.0 15.5 ± 20.5% (under 2%) 5.00 ± 1.41 0.20"


@pytest.mark.slow
def test_real_runs_that_are_killed_and_resumed_end_with_the_same_bytes(tmp_path):
    words = ("--data", "sklearn-digits", "--steps", 200, "--kills", 4, "--checkpoint-seconds", 0.05)
    told = bench(".resume", *words, "--json", tmp_path / "found.json", "--", "--batch-size", 16, cache=tmp_path)
    found = json.loads((tmp_path / "found.json").read_text())["found"]
    assert len(found["kills"]) == 4
    assert found["runs"] == found["runs with the same bytes"] > 0
    assert "generator.safetensors" in found["files compared"]
    assert told.count("the same bytes") == found["runs"]


@pytest.mark.slow
def test_the_classifier_benchmark_measures_every_seed(tmp_path):
    words = ("--data", "sklearn-digits", "--budgets", "cnn-fast:2", "cnn-reference:1", "--seeds", 0, 1)
    told = bench(".cnn_fast", *words, "--json", tmp_path / "found.json", cache=tmp_path)
    found = json.loads((tmp_path / "found.json").read_text())["found"]
    assert [len(found[name]) for name in ("cnn-fast:2", "cnn-reference:1")] == [2, 2]
    assert all(0 < result["accuracy"] <= 1 and result["seconds"] > 0 for result in found["cnn-fast:2"])
    assert "cnn-reference:1" in told


@pytest.fixture(scope="module")
def judging(tmp_path_factory):
    """A network to judge by, hardly trained."""
    folder = tmp_path_factory.mktemp("judging")
    from glyphspace import train

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLYPHSPACE_CACHE", str(folder))
        train("cnn-fast", data="sklearn-digits", epochs=1.0, out=folder / "run")
    return folder / "run"


@pytest.mark.slow
def test_the_gan_benchmark_judges_both_and_the_floor(tmp_path, judging):
    words = ("--data", "sklearn-digits", "--minutes", 0.05, "--seeds", 0, 1, "--count", 300, "--judge", judging)
    told = bench(".gan_fast", *words, "--json", tmp_path / "found.json", cache=tmp_path)
    found = json.loads((tmp_path / "found.json").read_text())["found"]
    assert len(found["ours"]) == len(found["plain"]) == len(found["ratios"]) == 2
    assert found["floor"] > 0
    assert "(plain - floor) / (ours - floor):" in told


@pytest.mark.slow
def test_the_best_are_put_beside_real_images(tmp_path, judging):
    recipe = tmp_path / "unrewarded.toml"  # no classifier of these images ships
    recipe.write_text('base = "digits-best"\nreward = "none"\n')
    words = ("--data", "sklearn-digits", "--epochs", 1, "--seeds", 0, 1, "--count", 300, "--judge", judging)
    told = bench(".best", recipe, *words, "--json", tmp_path / "found.json", cache=tmp_path)
    found = json.loads((tmp_path / "found.json").read_text())["found"]
    assert list(found["runs"]) == ["0", "1"]
    assert 0 < found["real images"]["label as asked"] <= 1
    assert "of real images'" in told


@pytest.mark.slow
def test_the_reference_benchmark_shows_what_was_reported_beside_what_it_found(tmp_path, judging):
    words = ("--data", "sklearn-digits", "--epochs", 0.5, "--count", 300, "--judge", judging)
    told = bench(".reference", *words, "--json", tmp_path / "found.json", cache=tmp_path)
    found = json.loads((tmp_path / "found.json").read_text())["found"]
    assert found["figures"]["classifier, test"]["reported"] == 0.9783
    assert sum(found["shares"]) == pytest.approx(1)
    assert "0.8128" in told


@pytest.mark.slow
def test_the_benchmark_of_modes_counts_them_for_each_seed(tmp_path):
    words = ("--data", "stacked-sklearn-digits", "--minutes", 0.02, "--seeds", 0, 1, "--count", 500)
    told = bench(".stacked", *words, "--judge", "mnist-judging", "--json", tmp_path / "found.json", cache=tmp_path)
    runs = json.loads((tmp_path / "found.json").read_text())["found"]["runs"]
    assert [run["seed"] for run in runs] == [0, 1]
    assert all(sum(run["judged"]["modes"]["counts"]) == 500 for run in runs)
    assert "sampling alone: KL" in told


def test_images_that_a_classifier_of_all_images_labels_do_not_pass_as_made_of_few():
    command = [sys.executable, "-m", "benchmarks.synthetic", "--data", "sklearn-digits", "--gan", "gan-fast"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "gan-fast trains no conditional generator" in done.stderr


@pytest.mark.slow
def test_the_benchmark_of_generated_images_has_every_arm_and_a_figure(tmp_path):
    recipe = tmp_path / "few.toml"
    recipe.write_text(
        'base = "gan-fast"\ngenerator = "conditional:width=16"\ndiscriminator = "projection:width=8"\nbatch_size = 16\n'
    )
    words = ("--data", "sklearn-digits", "--model", "digits", "--gan", recipe, "--gan-steps", 5, "--steps", 5)
    few = ("--count", 300, "--shots", 5, 10, "--seeds", 0, "--json", tmp_path / "found.json")
    told = bench(".synthetic", *words, *few, cache=tmp_path)
    results = json.loads((tmp_path / "found.json").read_text())["found"]["results"]
    assert len(results) == 2 + 3 * 2 + 3
    assert "generated images alone:" in told and "… the scarce classes" in told
    assert (tmp_path / "found.png").read_bytes().startswith(b"\x89PNG")
    told = bench(".synthetic", *words, *few[:-1], tmp_path / "alone.json", "--only", "alone", cache=tmp_path)
    assert len(json.loads((tmp_path / "alone.json").read_text())["found"]["results"]) == 2
    assert "generated images alone:" in told and "per class" not in told


@pytest.mark.slow
def test_the_maps_benchmark_measures_every_method_in_a_process_of_its_own(tmp_path):
    words = ("--data", "sklearn-digits", "--count", 200, "--threads", 1, "--json", tmp_path / "found.json")
    told = bench(".maps", *words, cache=tmp_path)
    found = json.loads((tmp_path / "found.json").read_text())["found"]["maps"]
    assert [(one["space"], one["method"]) for one in found] == [
        (space, method)
        for space in ("images", "latents")
        for method in ("ours", "dropped at once", "fine grid", "tree", "scikit-learn")
    ]
    assert all(one["trustworthiness"] > 0.6 for one in found)
    assert "× scikit-learn" in told


@pytest.mark.slow
def test_the_inversion_benchmark_shows_what_each_method_buys(tmp_path):
    words = ("--data", "sklearn-digits", "--count", 10, "--lesson", 3, "--threads", 1)
    told = bench(".inversion", *words, "--json", tmp_path / "found.json", cache=tmp_path)
    found = json.loads((tmp_path / "found.json").read_text())["found"]["methods"]
    assert {one["method"] for one in found} == {"nearest", "encode", "both", "optimise"}
    assert all(one["inside"] == 1 for one in found)
    assert "optimise, 100 steps from 3 starts" in told


@pytest.mark.slow
def test_the_benchmarks_of_speed_measure_and_their_page_is_written(tmp_path, judging):
    digits = ("--data", "sklearn-digits", "--threads", 1)
    short = ("--count", 300, "--judge", judging)
    results = tmp_path / "results"

    def into(name):
        return ("--json", results / f"{name}.json")

    bench(".peak", "--threads", 1, "--rounds", 1, *into("peak"), cache=tmp_path)
    bench(".training_step", *digits, "--rounds", 1, *into("training_step"), cache=tmp_path)
    one_epoch = ("--epochs", 1, "--seeds", 0, 1)
    bench(".reference_quality", *digits, *short, *one_epoch, *into("reference_quality"), cache=tmp_path)
    race = ("--seconds", 1, "--plain-epochs", 0.2, "--seeds", 0)
    who = ("--names", "gan-fast", "cgan-reference", "plain script")
    bench(".time_to_quality", *digits, *short, *race, *who, *into("time_to_quality"), cache=tmp_path)
    tried = ("--variants", "dropout=0.3,init=0.02", "--epochs", 1)
    bench(".reference_variants", *digits, *tried, *into("reference_variants"), cache=tmp_path)
    few = ("--turns", 1, "--threads", 1)
    bench(".labelled_latents", *few, "--per-turn", 500, "--count", 2000, *into("labelled_latents"), cache=tmp_path)
    bench(".plane", *few, "--resolution", 30, *into("plane"), cache=tmp_path)
    bench(".maps", *digits, "--count", 300, "--methods", "ours", "scikit-learn", *into("maps"), cache=tmp_path)
    bench(".inversion", *digits, "--count", 10, "--lesson", 3, *into("inversion"), cache=tmp_path)
    bench(".composing", "--texts", 1, *into("composing"), cache=tmp_path)
    bench(".pictures", "--texts", 1, *into("pictures"), cache=tmp_path)
    bench(".page", "--results", results, "--out", tmp_path / "docs" / "speed.md", cache=tmp_path)
    told = (tmp_path / "docs" / "speed.md").read_text()
    for name in ("gan_fast", "cnn_fast", "waiting"):
        assert f"Not measured yet: `python -m benchmarks.{name}`" in told
    assert "`python -m benchmarks.peak --threads 1 --rounds 1`" in told
    assert "| gan-reference:128 |" in told
    assert "it takes five seeds of both" in told
    for row in ("| in bulk, to a file |", "| zoom 5 |", "| images, ours |", "| both, 25 steps |", "| letters |"):
        assert row in told
    assert (tmp_path / "docs" / "images" / "time-to-quality.png").exists()


def test_one_seed_of_eight_that_never_got_going_decides_nothing():
    from benchmarks.reference_quality import compared, left_out

    plain = {str(seed): 20.0 for seed in range(8)}
    alike = [0.9, 1.1, 0.95, 1.05, 1.0, 1.0, 0.92, 1.08]
    ours = {str(seed): 20.0 * ratio for seed, ratio in enumerate(alike)}
    mean, median = compared({"gan-reference": ours, "plain script": plain}).values()
    assert median == pytest.approx((1.0, 0.92, 1.08))
    assert mean.least < mean.middle < mean.most < 1.05
    mean, median = compared({"gan-reference": {**ours, "0": 4.0}, "plain script": plain}).values()
    assert median == pytest.approx((1.0, 0.92, 1.08))
    assert mean.least < 0.6
    _, median = compared({"gan-reference": {**ours, "0": 4.0, "2": 5.0}, "plain script": plain}).values()
    assert median.least == pytest.approx(0.25)  # two of eight do
    assert [left_out(count) for count in (4, 5, 7, 8, 11)] == [None, 0, 0, 1, 2]
    assert compared({"gan-reference": ours, "plain script": {"0": 20.0}}) == {}


def test_messages_are_counted_once_however_often_the_benchmark_is_gone_on_with(tmp_path):
    words = ("--sets", "digits", "--json", tmp_path / "found.json")
    for count, parts in ((3, 1), (3, 1), (2, 2)):
        told = bench(".messages", "--messages", count, *words, cache=tmp_path)
        found = json.loads((tmp_path / "found.json").read_text())
        assert list(found["found"]) == list(found["machines"]) == ["digits 0 to 2", "digits 0 to 1"][:parts]
        assert f"digits  {count:>8}  {12 * count:>6}" in told  # what was asked for, whatever else the file holds


def test_what_a_step_of_the_reference_cannot_do_without_is_counted():
    from benchmarks.arithmetic import operations
    from benchmarks.published_gans import PUBLISHED

    plain = PUBLISHED["plain script"]
    needed = operations(plain.generator(), plain.discriminator(), 100)
    # By hand, in products: the discriminator's layers, and the generator's.
    seen = [9 * 32 * 196, 9 * 32 * 64 * 196, 9 * 64 * 128 * 196, 9 * 128 * 128 * 49, 6272]
    made = [100 * 3136, 9 * 64 * 64 * 49, 9 * 64 * 32 * 196, 9 * 32 * 16 * 196, 9 * 16 * 196]
    assert needed == 2 * (8 * sum(seen) - 2 * seen[0] + 3 * sum(made) - made[0])


def test_threads_to_try_are_doubled_up_to_those_there_are():
    from benchmarks.training_step import thread_counts

    assert [thread_counts(most) for most in (1, 2, 6, 8)] == [[1], [1, 2], [1, 2, 4, 6], [1, 2, 4, 8]]


def test_the_peak_is_what_the_best_layer_typically_reaches():
    from benchmarks.training_step import typical_best

    assert typical_best({"steady": [2.0, 2.0, 2.0], "once": [9.0, 1.0, 1.0]}) == 2.0


def test_the_best_recipe_races_with_its_reward_and_by_the_clock_of_the_race(monkeypatch):
    import torch
    from benchmarks import contestants

    from glyphspace.data.images import LabelledImages

    few = torch.randint(256, (80, 28, 28), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
    images = LabelledImages(few, torch.arange(80) % 10, tuple("0123456789"), "mnist/train")
    monkeypatch.setattr(contestants, "load_dataset", lambda data, split: images)
    racing = contestants.enter("digits-best:16", "mnist", seed=0)
    assert racing.training.classifier is not None
    rates = []
    for done in (0.0, 0.5):
        racing.step(done)
        rates.append(float(racing.training.generator_optimizer.param_groups[0]["lr"]))
    assert rates[1] == pytest.approx(rates[0] / 2)  # the clock of the race is that of its schedule
    drawn = racing.draw(20)
    assert drawn.shape == (20, 28, 28)
    assert drawn.dtype == torch.uint8


@pytest.mark.parametrize(
    "name", ["plain script", "PyTorch-GAN's DCGAN", "PyTorch's DCGAN example", "tinygrad's MNIST GAN"]
)
def test_every_published_gan_draws_digits_and_judges_them(name):
    import torch
    from benchmarks.published_gans import PUBLISHED, seeded

    generator, discriminator = seeded(PUBLISHED[name], 0)
    images = generator(torch.randn(4, generator.z_dim))
    assert images.shape == (4, 1, 28, 28)
    assert discriminator(images).shape == (4,)
