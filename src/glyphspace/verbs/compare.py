"""compare: several recipes, the same time of training each, from several seeds, on one page."""

import json
import shlex
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from ..core.errors import BadInput
from ..core.files import Json, json_object, read_json, write_json
from ..core.progress import Progress, silent
from ..data.stacked import unstacked
from ..nets.fingerprint import fingerprint
from ..nets.model import Model, load_model
from ..report.compare import Comparison, Rival, compare_page
from ..report.nets import lay_out
from ..report.page import write_page
from ..training.interrupt import Interrupted, never
from ..training.recipes import GanRecipe, Recipe, find_recipe, override
from ..training.run import RunFolder
from ..training.state import Splits
from ..zoo import feature_network, find_model
from .compare_gauge import ClassifierGauge, Gauge, GeneratorGauge, check_hold_out
from .compare_run import Task, carry_out, check_recipes, entry_of, time_steps
from .compare_stacked import StackedGauge, grey_images
from .evaluate import COUNT
from .evaluate_stacked import COUNT as STACKED_COUNT
from .train import load_splits

PAGE, SETTINGS, FLOOR, STEPS = "compare.html", "compare.json", "floor.json", "steps.json"
FEWEST = 100  # images
SHEET = 48  # images of each recipe on the page


@dataclass(frozen=True, eq=False)
class Compared:
    """What came of it.

    Attributes:
        page: the HTML file; None when it was interrupted: the same call goes on.
        comparison: all that the page tells; None likewise.
        runs: the run folders, by (name of the recipe, seed).
    """

    page: Path | None
    comparison: Comparison | None
    runs: Mapping[tuple[str, int], Path]


def compare(
    recipes: Sequence[str | Recipe],
    *,
    minutes: float,
    out: str | Path,
    seeds: int = 3,
    data: str | None = None,
    hold_out: int = 0,
    judge_by: str | Path | Model | None = None,
    count: int | None = None,
    device: str = "cpu",
    threads: int | None = None,
    interrupted: Interrupted = never,
    progress: Progress = silent,
) -> Compared:
    """Train each recipe for `minutes` from the seeds 0 to `seeds` - 1, measure every run, and write the page.

    Each run is an ordinary run folder in `out`/runs. Whatever cut the call short, the same call goes on from there;
    more recipes and more seeds may be asked of the same folder, and nothing else may differ.

    Args:
        recipes: names, paths of TOML files, or recipes; all of GANs or all of classifiers.
        data: a dataset's name or path; by default the recipes', which must then be the same.
        hold_out: training images to keep back and to measure on, by the choosing network, in place of the test images
            and the judging one: for choosing between recipes.
        judge_by: another network whose features measure generators, or that reads the channels of stacked images.
        count: images to generate for the figures at the end of a run, by default 10,000, or 26,000 stacked ones.
        interrupted: asked between any two steps whether to stop.

    Raises:
        BadInput: recipes that cannot be compared, an impossible budget, no network to measure with, or a folder that
            holds another comparison or runs of another recipe of the same name.
    """
    if not 0 < minutes < float("inf") or seeds < 1 or (count is not None and count < FEWEST):
        raise BadInput(f"a comparison needs more than 0 minutes, and at least 1 seed and {FEWEST} images")
    out = Path(out)
    chosen = _chosen(recipes, data, hold_out)
    first = next(iter(chosen.values()))
    splits = load_splits(first, 0, progress)
    stacked = splits.test.images.ndim == 4
    drawn = count if count is not None else STACKED_COUNT if stacked else COUNT
    gauge, network = _gauge(chosen, splits, hold_out, judge_by, drawn, progress)
    tasks = [
        Task(name, recipe, seed, out / "runs" / f"{name}-{seed}", minutes, device, threads)
        for seed in range(seeds)
        for name, recipe in chosen.items()
    ]
    runs = {(task.name, task.seed): task.folder for task in tasks}
    check_recipes([task for task in tasks if not task.result.is_file()], first, splits, progress)
    parameters = {name: _parameters(recipe, splits) for name, recipe in chosen.items()}
    settings = {"minutes": minutes, "data": splits.dataset, "hold_out": hold_out, "count": drawn, "network": network}
    floor = _floor(out, gauge)  # of too few images there is none, which is said before anything is trained
    _begin(
        out, {**settings, "device": device, "threads": threads}, chosen, floor
    )  # what cannot be trained leaves no trace
    for number, task in enumerate(tasks):
        try:
            steps = _steps(task, out, interrupted)
        except KeyboardInterrupt:
            return Compared(None, None, runs)
        if not carry_out(task, steps, gauge, interrupted, _part(progress, number, tasks)):
            return Compared(None, None, runs)
    rivals = tuple(_rival(name, recipe, tasks, gauge, parameters[name]) for name, recipe in chosen.items())
    found = Comparison(
        dataset=splits.dataset,
        minutes=minutes,
        rivals=rivals,
        quantities=tuple(q for q in gauge.quantities if any(len(rival.values(q.name)) for rival in rivals)),
        network=network,
        measured_on=(
            f"{drawn:,} stacked images that it drew"
            if isinstance(gauge, StackedGauge)
            else f"{len(splits.test):,} {'held-out training' if hold_out else 'test'} images"
        ),
        floor=floor["figures"],
        curve=gauge.curve,
        curve_floor=floor["glance"],
        real=splits.test.some(SHEET).images.numpy() if gauge.kind == "generator" else None,
        fields=_differences(chosen),
        command=_command(recipes, minutes, seeds, data, hold_out, judge_by, count, device, threads, out),
    )
    write_page(out / PAGE, compare_page(found))
    return Compared(out / PAGE, found, runs)


def _chosen(recipes: Sequence[str | Recipe], data: str | None, hold_out: int) -> dict[str, Recipe]:
    """The recipes by name, a file's being that of the file, all on the same images."""
    changes = {**({"data": data} if data else {}), "hold_out": hold_out}
    chosen: dict[str, Recipe] = {}
    for given in recipes:
        found = find_recipe(given) if isinstance(given, str) else given
        name = Path(given).stem if isinstance(given, str) else given.name
        if name in chosen:
            raise BadInput(f"two of the recipes are called {name}; give one of them another name")
        chosen[name] = override(found, changes)
    if len({type(recipe) for recipe in chosen.values()}) != 1:
        raise BadInput("recipes of GANs are compared with each other, or those of classifiers; give one kind")
    if len({recipe.data for recipe in chosen.values()}) > 1:
        raise BadInput("these recipes train on different data; say which to take with --data")
    return chosen


def _gauge(
    chosen: Mapping[str, Recipe], splits: Splits, hold_out: int, judge_by: str | Path | Model | None, count: int,
    progress: Progress,
) -> tuple[Gauge, str | None]:  # fmt: skip
    if not isinstance(next(iter(chosen.values())), GanRecipe):
        if judge_by is not None:
            raise BadInput("classifiers are measured by their own accuracy; leave the judging network out")
        return ClassifierGauge(splits.test), None
    grey = grey_images(splits.dataset, progress) if splits.test.images.ndim == 4 else None
    role, of = "choosing" if hold_out else "judging", unstacked(splits.dataset) or splits.dataset
    network = find_model(judge_by, "classifier") if judge_by is not None else feature_network(of, role)
    check_hold_out(network, hold_out)
    made_of = f"{network.architecture}, trained on {network.dataset}, fingerprint {fingerprint(network)[:12]}"
    gauge = StackedGauge(splits, grey, network, count) if grey else GeneratorGauge(splits, network, count)
    return gauge, f"a {role} network ({made_of})"


def _begin(out: Path, settings: Json, chosen: Mapping[str, Recipe], floor: Json) -> None:
    """Keep what all runs of a folder share, and what their recipes are; refuse a folder whose runs are of others."""
    path = out / SETTINGS
    before = read_json(path) if path.exists() else settings
    if odd := _odd(settings, {key: value for key, value in before.items() if key != "recipes"}):
        raise BadInput(
            f"{out} holds a comparison with {odd.replace('_', ' ')} {before.get(odd)!r}, not {settings.get(odd)!r}; "
            "choose another --out"
        )
    known = before.get("recipes", {})
    tables = {name: {**asdict(recipe), "summary": ""} for name, recipe in chosen.items()}  # other words, same recipe
    asked = json_object(json.dumps(tables).encode(), "the recipes")
    for name in asked.keys() & known.keys():
        if odd := _odd(asked[name], known[name]):
            raise BadInput(
                f"{out} holds runs of another {name}, with {odd.replace('_', ' ')} {known[name].get(odd)!r}, not "
                f"{asked[name].get(odd)!r}; choose another --out"
            )
    write_json(out / FLOOR, floor)  # first, since it is believed where there are settings
    write_json(path, {**settings, "recipes": {**known, **asked}})


def _odd(some: Json, others: Json) -> str | None:
    """The first key at which the two differ, None where they do not."""
    return next((key for key in {**some, **others} if some.get(key) != others.get(key)), None)


def _steps(task: Task, out: Path, interrupted: Interrupted) -> int | None:
    """Where a recipe ends whose schedule must know it, timed once for all seeds; None where the clock will do."""
    if task.recipe.schedule == "constant" or task.result.exists():
        return None
    known = read_json(out / STEPS) if (out / STEPS).exists() else {}
    if task.name not in known:
        known[task.name] = time_steps(task, interrupted)
        write_json(out / STEPS, known)
    return int(known[task.name])


def _part(progress: Progress, number: int, tasks: Sequence[Task]) -> Progress:
    """The progress of one of the tasks as a part of the seconds that all of them take."""
    seconds, task = 60 * tasks[0].minutes, tasks[number]
    words = f"{task.name}, seed {task.seed}"

    def tell(done: int, total: int | None, note: str = "") -> None:
        share = done / total if total else 0.0
        progress(round(seconds * (number + share)), round(seconds * len(tasks)), ", ".join(filter(None, (words, note))))

    return tell


def _parameters(recipe: Recipe, splits: Splits) -> int:
    """How many numbers the nets of a recipe learn."""
    kinds = ("generator", "discriminator") if isinstance(recipe, GanRecipe) else ("classifier",)
    return sum(lay_out(kind, getattr(recipe, kind), **splits.numbers).parameters for kind in kinds)


def _rival(name: str, recipe: Recipe, tasks: Sequence[Task], gauge: Gauge, parameters: int) -> Rival:
    mine = [task for task in tasks if task.name == name]
    entries = tuple(map(entry_of, mine))
    kept = next((task for task, entry in zip(mine, entries, strict=True) if entry.figures), None)
    sheet = gauge.sheet(load_model(RunFolder(kept.folder).model(gauge.kind)), SHEET) if kept else None
    return Rival(name, recipe.summary, parameters, entries, sheet)


def _floor(out: Path, gauge: Gauge) -> Json:
    """What real training images get: as it was kept with the settings that it belongs to, or measured."""
    if (out / SETTINGS).exists():
        with suppress(BadInput):  # there is none, or it is damaged
            known = read_json(out / FLOOR)
            if known.keys() == {"figures", "glance"} and isinstance(known["figures"], dict):
                return known
    return {"figures": dict(gauge.floor().figures), "glance": gauge.glance_floor()}


def _differences(chosen: Mapping[str, Recipe]) -> tuple[tuple[str, ...], ...]:
    """The fields that the recipes do not share, with the value of each."""
    some = list(chosen.values())
    names = [f.name for f in fields(some[0]) if f.name not in ("name", "summary", "epochs")]
    odd = [name for name in names if len({getattr(recipe, name) for recipe in some}) > 1]
    return tuple((name.replace("_", " "), *(str(getattr(recipe, name)) for recipe in some)) for name in odd)


def _command(
    recipes: Sequence[str | Recipe], minutes: float, seeds: int, data: str | None, hold_out: int,
    judge_by: str | Path | Model | None, count: int | None, device: str, threads: int | None, out: Path,
) -> str:  # fmt: skip
    """What goes on in this folder: all that was asked for but what nobody needs to say."""
    names = [given if isinstance(given, str) else given.name for given in recipes]
    words = [
        "glyphspace",
        "compare",
        *names,
        "--minutes",
        repr(float(minutes)).removesuffix(".0"),
        "--seeds",
        str(seeds),
    ]
    words += ["--data", data] if data else []
    words += ["--hold-out", str(hold_out)] if hold_out else []
    words += ["--judge", str(judge_by)] if isinstance(judge_by, str | Path) else []
    words += ["--count", str(count)] if count is not None else []
    words += ["--device", device] if device != "cpu" else []
    words += ["--threads", str(threads)] if threads else []
    return shlex.join([*words, "--out", str(out)])
