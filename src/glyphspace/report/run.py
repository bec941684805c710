"""What was trained on what, with which numbers, and how to do it again."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from ..core.errors import BadInput
from ..core.files import Json
from ..training.recipes import ClassifierRecipe, GanRecipe, Recipe, is_idle, override, recipes
from .page import Block, Code, Facts, Table, Text
from .words import duration, epochs

LINE = 60  # characters after which a command goes on in the next line


@dataclass(frozen=True)
class RunFacts:
    """A run as its folder describes it.

    Attributes:
        dataset: its name or path; train, test: how many images it was trained and measured on.
        threads: of the CPU.
        versions: of what computed it.
        steps: taken so far; planned_steps: the end it was given, None where only the clock ends it.
        seconds: spent training, evaluations included.
        finished: False where it was interrupted and can be resumed.
        init: the model that it began with; empty where it began with nothing.
    """

    recipe: Recipe
    dataset: str
    classes: tuple[str, ...]
    train: int
    test: int
    seed: int
    device: str
    precision: str
    threads: int
    versions: str
    steps: int
    planned_steps: int | None
    seconds: float
    finished: bool
    init: str = ""

    @property
    def per_epoch(self) -> int:
        """Steps in one pass over the training images."""
        return max(1, self.train // self.recipe.batch_size)

    @property
    def measured_on(self) -> str:
        """What the images are that the run was measured on."""
        return "held-out" if self.recipe.hold_out else "test"

    @property
    def images(self) -> int:
        """Images that the steps saw, each as often as it came."""
        return self.steps * self.recipe.batch_size

    @property
    def speed(self) -> str:
        """Images a second."""
        return f"{self.images / self.seconds:,.0f}" if self.seconds else "—"


def run_facts(description: Json, steps: int, seconds: float) -> RunFacts:
    """The facts of a run from its `run.json` and how far it is.

    Raises:
        BadInput: the description lacks something, or its recipe cannot be.
    """
    try:
        table, data = dict(description["recipe"]), description["data"]
        name = str(table["name"])
        plain: Recipe = GanRecipe(name, "") if "generator" in table else ClassifierRecipe(name, "")
        return RunFacts(
            recipe=override(plain, table),
            dataset=str(data["name"]),
            classes=tuple(map(str, data["classes"])),
            train=int(data["train"]),
            test=int(data["test"]),
            seed=int(description["seed"]),
            device=str(description["device"]),
            precision=str(description["precision"]),
            threads=int(description["threads"]),
            versions=f"glyphspace {description['glyphspace']}, torch {description['torch']}",
            steps=steps,
            planned_steps=_steps(description["stop"]),
            seconds=seconds,
            finished=description["status"] == "finished",
            init=str(description["init"]["model"]) if "init" in description else "",
        )
    except BadInput:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"the run's description is not whole ({type(error).__name__}: {error}); train again") from error


def _steps(stop: Json) -> int | None:
    return None if stop["steps"] is None else int(stop["steps"])


def tell_run(run: RunFacts) -> Iterator[Block]:
    """The numbers of a run, its recipe field by field, and the command that repeats it."""
    yield Facts(
        (
            ("data", f"{run.dataset}, {len(run.classes)} classes"),
            ("training images", f"{run.train:,}"),
            (f"{run.measured_on} images", f"{run.test:,}"),
            ("seed", str(run.seed)),
            *([("began with", run.init)] if run.init else []),
            ("steps", f"{run.steps:,}"),
            ("images seen", f"{run.images:,} ({epochs(run.steps, run.per_epoch)} epochs)"),
            ("duration", duration(run.seconds)),
            ("images/s", run.speed),
            ("computed on", f"{run.device}, {run.threads} thread{'s' if run.threads > 1 else ''}"),
            ("precision", run.precision),
            ("with", run.versions),
        )
    )
    rows = tuple(
        (item.name.replace("_", " "), _shown(getattr(run.recipe, item.name)), item.metadata["help"])
        for item in fields(run.recipe)
        if item.metadata and item.name not in ("data", "epochs", "precision")  # told above
    )
    yield Table(("field", "value", "what it is"), rows, f"The recipe {run.recipe.name}", align="lrl")
    yield Text((_how_to_repeat(run),))
    yield Code(command(run))


def command(run: RunFacts) -> str:
    """The command that takes the same steps again; of a run that was interrupted, all that it was to take."""
    alike = [recipe for recipe in recipes.values() if type(recipe) is type(run.recipe)]
    base = next((recipe for recipe in alike if recipe.name == run.recipe.name), alike[0])
    steps = run.steps if run.finished else run.planned_steps or run.steps
    words = [
        "glyphspace",
        "train",
        base.name,
        "--data",
        run.recipe.data,
        "--seed",
        str(run.seed),
        "--steps",
        str(steps),
        *(["--init", run.init] if run.init else []),
    ]
    for item in fields(run.recipe):
        value = getattr(run.recipe, item.name)
        told = item.name in ("name", "summary", "data", "epochs", "precision") or is_idle(run.recipe, item.name)
        if not told and value != getattr(base, item.name):
            words += ["--" + item.name.replace("_", "-"), _written(value)]
    words += ["--precision", run.precision, "--device", run.device, "--threads", str(run.threads)]
    return _folded([*words, "--out", "runs/again"])


def _folded(words: Sequence[str]) -> str:
    """The words as a shell reads them, in lines that go on after a backslash; an option stays beside its value."""
    lines = [""]
    for word in map(shlex.quote, words):
        if word.startswith("--") and len(lines[-1]) > LINE:
            lines.append("   ")
        lines[-1] += f" {word}"
    return " \\\n".join(lines).strip()


def _how_to_repeat(run: RunFacts) -> str:
    if run.finished:
        return "This command takes the same steps again; on the same machine it ends with the same numbers to the bit."
    return (
        f"The run was interrupted at step {run.steps:,}. The command that started it goes on from there when --resume "
        "is added; this one takes all of its steps again, in another folder."
    )


def _shown(value: int | float | str) -> str:
    return f"{value:,}" if isinstance(value, int) else _written(value)


def _written(value: int | float | str) -> str:
    return value if isinstance(value, str) else f"{value:.12g}"
