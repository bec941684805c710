"""What the pages of speed and of figures and the README say is what was measured, good or bad."""

import json
import re
from pathlib import Path
from statistics import fmean, median

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
FIGURES = (ROOT / "docs" / "figures.md").read_text()
RESULTS = ROOT / "benchmarks" / "results"
pytestmark = pytest.mark.skipif(not RESULTS.is_dir(), reason="the benchmarks are not in this copy")


def found(name):
    return json.loads((RESULTS / f"{name}.json").read_text())["found"]


def told_of(begins):
    """The row of docs/figures.md that begins with these words, without its command."""
    (line,) = (line for line in FIGURES.splitlines() if line.startswith(f"| {begins}"))
    return line.rpartition(" | ")[0]


def test_every_row_of_the_readme_is_one_of_the_page_of_figures():
    rows = [line.rpartition(" | ")[0] for line in README.splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 5
    for row in rows:
        assert f"\n{row} | " in FIGURES, row


def test_the_page_is_made_of_the_figures_that_are_kept(tmp_path):
    from benchmarks.page import page

    def without_links(text):
        return re.sub(r"\]\([^)]*\)", "]", text)

    made, kept = page(RESULTS, tmp_path), (ROOT / "docs" / "speed.md").read_text()
    assert without_links(made) == without_links(kept), "python -m benchmarks.page makes it anew"


def test_what_another_machine_found_stands_below_with_a_figure_of_its_own(tmp_path):
    from benchmarks.page import page

    kept = (RESULTS / "time_to_quality.json").read_text()
    for name in ("time_to_quality", "time_to_quality_on_another"):
        (tmp_path / f"{name}.json").write_text(kept)
    made = page(tmp_path, tmp_path)
    assert made.index("On another machine, ") < made.index("(images/time-to-quality-on-another.png)")
    assert made.index("(images/time-to-quality.png)") < made.index("On another machine, ")


def test_two_minutes_of_gan_fast_and_the_plain_script_are_told_as_measured():
    from benchmarks.common import spread

    two = found("gan_fast")
    pace = {}
    for begins, key, digits in (("`gan-fast`, two minutes", "ours", 2), ("the plain script, two minutes", "plain", 1)):
        verdicts = [result["verdict"] for result in two[key]]
        distance = spread([verdict["frechet"] for verdict in verdicts], digits)
        rarest = min(verdict["smallest_share"] for verdict in verdicts)
        assert told_of(begins).endswith(f" | {distance}; rarest class {rarest:.1%}")
        pace[key] = fmean(result["images_per_second"] for result in two[key])
    assert told_of("the floor: real training images").endswith(f" | {two['floor']:.2f}")
    assert told_of("how many times farther above the floor").endswith(f" | {spread(two['ratios'], 1)}")
    assert told_of("images a second, `gan-fast`").endswith(f" | {pace['ours']:.0f} and {pace['plain']:.0f}")


@pytest.mark.parametrize(
    ("begins", "name", "share"),
    [
        ("`gan-reference` and the plain script", "training_step", "and {:.0%} of the processor's peak;"),
        (
            "… images a second on a processor without quick bfloat16",
            "training_step_on_intel",
            "and {:.0%} of the peak: the plain",
        ),
        ("… images a second on a processor that has AMX", "training_step_on_amx", "and {:.0%} of the peak."),
    ],
)
def test_images_a_second_of_the_reference_are_told_with_where_and_what_was_missed(begins, name, share):
    kept = json.loads((RESULTS / f"{name}.json").read_text())
    speeds = kept["found"]["found"]
    pace = {name: figures["images a second"] for name, figures in speeds.items()}
    ours, plain = pace["gan-reference"], pace["plain script"]
    assert told_of(begins).endswith(f" | {ours:.0f} and {plain:.0f}: {ours / plain:.2f} times")
    (footnote,) = (" ".join(text.split()) for text in FIGURES.split("\n\n") if text.startswith("Images a second"))
    assert f"{pace['gan-reference:128'] / pace['plain script:128']:.2f} times as many" in footnote
    assert share.format(speeds["gan-reference:128"]["share of the peak"]) in footnote
    if name.endswith("amx"):
        assert f"its load was {kept['machine']['load before']} before" in footnote
        assert f"PyTorch {kept['machine']['torch'][:4]}," in footnote
    if name.endswith("intel"):
        assert f"the plain script has {speeds['plain script']['share of the peak']:.0%} of the peak" in footnote


def test_that_the_reference_is_trained_as_well_is_told_with_what_a_mean_would_say():
    from benchmarks.reference_quality import compared, typical

    mean, _ = compared(typical(found("reference_quality")["looks"])).values()
    told = f"{mean.middle:.2f}, 90% from {mean.least:.2f} to {mean.most:.2f}"
    assert told_of("… Fréchet distance after 8 epochs").endswith(f" | {told}")
    mean, median = compared(typical(found("reference_quality_after_5_epochs")["looks"])).values()
    told = f"{median.middle:.2f}, 90% from {median.least:.2f} to {median.most:.2f}"
    assert told_of("… the same after 5 epochs").endswith(f" | {told}")
    assert f"from {mean.least:.2f} to {mean.most:.2f}" in FIGURES


@pytest.mark.parametrize(
    ("begins", "name"), [("time until the distance", "gan-fast"), ("… `digits-best`, which is asked", "digits-best")]
)
def test_the_time_to_the_plain_scripts_end_is_told_with_its_seeds(begins, name):
    from benchmarks.time_to_quality import against_plain

    race = found("time_to_quality")
    pairs = [of for of in race["times"].values() if name in of]
    goal, plain, ours = (median(of[key] for of in pairs) for key in ("goal", "plain script", name))
    times = median(of["plain script"] / of[name] for of in pairs)
    seeds = f"{len(pairs)} seed{'s' * (len(pairs) > 1)}"
    assert against_plain(name, race["looks"], race["times"]) == f"1/{times:.1f} ({seeds})"
    row = told_of(begins)
    assert row.endswith(f" | {ours:.0f} s: 1/{times:.0f}")
    if name == "gan-fast":
        assert f"({goal:.1f}, after {plain:,.0f} s of one thread), {seeds}: `gan-fast` | " in row


@pytest.mark.parametrize(
    ("begins", "budget"),
    [
        ("`cnn-fast`, half an epoch, 10 seeds", "cnn-fast:0.5"),
        ("`cnn-fast`, its one epoch", "cnn-fast:1"),
        ("`cnn-better`, 4 epochs", "cnn-better:4"),
        ("`cnn-best`, 8 epochs of the same net; 0.00005 short of the 99.6%", "cnn-best:8"),
    ],
)
def test_the_accuracy_of_the_classifiers_is_told_in_full(begins, budget):
    from benchmarks.common import spread

    results = found("cnn_fast")[budget]
    assert len(results) == 10
    accuracy = spread([result["accuracy"] for result in results], 5)
    seconds = fmean(result["seconds"] for result in results)
    assert told_of(begins).endswith(f" | {accuracy} in {seconds:.1f} s")


def test_the_candidates_of_the_classifier_stand_as_they_were_measured():
    from benchmarks.choose_cnn import CANDIDATES
    from benchmarks.common import spread

    lines = (ROOT / "docs" / "choosing-cnn-fast.md").read_text().splitlines()
    told = {words[0]: words[1:] for line in lines if len(words := line.strip("| ").split(" | ")) == 4}
    results = found("choose_cnn")
    assert set(filter(results.get, CANDIDATES)) == {name for name in told if name in CANDIDATES}
    for name in filter(results.get, CANDIDATES):
        seeds = results[name].values()
        accuracy = spread([seed["accuracy"] for seed in seeds], 4)
        assert told[name] == [accuracy, f"{min(seed['seconds'] for seed in seeds):.1f}", str(len(seeds))]


def test_what_falls_short_of_its_aim_is_said():
    told = (ROOT / "docs" / "speed.md").read_text()
    best = fmean(result["accuracy"] for result in found("cnn_fast")["cnn-best:8"])
    assert best < 0.996
    assert f"**Missed:** `cnn-best:8` is {0.996 - best:.5f} short of 0.996." in told
    assert "| cnn-best:8 | 0.996 | 0.99595 ± 0.00028 | no |" in told
    assert "no warm-up" in told


def test_the_commands_of_the_page_are_what_was_asked():
    from benchmarks.command import command

    asked = {"data": "mnist", "names": ["gan-fast", "plain script"], "threads": 1, "at_once": 2, "count": 10_000}
    wanted = "python -m benchmarks.time_to_quality --names gan-fast 'plain script' --threads 1 --at-once 2"
    assert command("time_to_quality", asked) == wanted
    assert command("cnn_fast", {"budgets": ["cnn-fast:1"]}) == "python -m benchmarks.cnn_fast --budgets cnn-fast:1"
    for name in ("cnn_fast", "time_to_quality", "peak"):
        assert command(name, {}) == f"python -m benchmarks.{name}"


def course(*looks):
    return [{"seconds": seconds, "frechet": distance} for seconds, distance in looks]


def test_a_seed_that_never_reached_the_goal_counts():
    from benchmarks.time_to_quality import against_plain, reached

    plain = {str(seed): course((100, 5.0)) for seed in range(3)}
    quick, slow = course((2.5, 9.0), (5, 4.0)), course((2.5, 9.0), (160, 8.0))

    def told(*courses):
        looks = {"plain script": plain, "x": {str(seed): each for seed, each in enumerate(courses)}}
        return against_plain("x", looks, reached(looks))

    assert told(quick, quick, quick) == "1/20.0 (3 seeds)"
    assert told(quick) == "1/20.0 (1 seed)"
    assert told(quick, slow, quick) == "1/20.0 (2 of 3 seeds reached it)"
    assert told(slow, slow, quick) == "not reached (1 of 3 seeds reached it)"
    assert told(slow) == "not reached (1 seed)"


def test_a_seed_that_the_plain_script_was_not_trained_from_measures_nothing():
    from benchmarks.time_to_quality import against_plain, reached

    looks = {"plain script": {"0": course((100, 5.0))}, "x": {"1": course((5, 4.0))}}
    assert against_plain("x", looks, reached(looks)) == "not measured"


def test_a_thirtieth_that_is_not_reached_is_missed():
    from benchmarks.time_to_quality import reached, shortfall

    def told(seconds):
        looks = {"plain script": {"0": course((100, 5.0))}, "gan-fast": {"0": course((seconds, 4.0))}}
        return shortfall(looks, reached(looks))

    assert told(3) is None
    assert told(5) == "1/30 of the plain script's time was aimed at: `gan-fast` 1/20.0 (1 seed)"


def test_whatever_is_slower_than_a_counterpart_is_named_beside_it():
    from benchmarks.sections.markdown import slower

    pace = {"a": 1.0, "b": 1.5, "c": 3.0, "them": 2.0, "others": 1.2}
    told = [line for line in slower(pace, ["a", "b", "c"], ["them", "others"], "in images a second") if line]
    assert told == [
        "**Slower than them and others**, in images a second: `a`.",
        "**Slower than them**, in images a second: `b`.",
    ]


def test_the_quick_studies_take_what_the_page_of_figures_says():
    seconds = found("quick_studies")["together"]
    assert told_of("the quick studies of all four documents").endswith(f" | {seconds:.0f} s")


def test_quick_studies_that_take_long_are_told_as_missed():
    from benchmarks.quick_studies import NAMES
    from benchmarks.sections.waits import quick_studies

    asked = {"names": NAMES, "at_once": 2, "threads": 1}
    seconds = dict.fromkeys(NAMES, 300.0)
    told = [
        "\n".join(quick_studies({"asked": asked, "found": {"seconds": seconds, "together": t}}, ROOT))
        for t in (600, 900)
    ]
    assert "| **all together** | **600** |" in told[0] and "Missed" not in told[0]
    assert "**Missed:** the quick studies take 15.0 minutes together, not under 15" in told[1]
