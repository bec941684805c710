"""A run folder: the resolved recipe, a checkpoint to resume from, sample sheets, and at the end the models.

run.json                 what is being trained on what, how far it is, how it ended
checkpoint.safetensors   everything that the next step depends on
.lock                    held by the process that trains here
frames/000100.png        the same latents, drawn as the run went on
generator.safetensors …  the models, once the run has ended
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from ..core.alone import alone
from ..core.errors import BadInput
from ..core.files import Json, leftovers, read_json, reason, write_json
from ..core.tensors import load_tensors, save_tensors

RUN = "run.json"
CHECKPOINT = "checkpoint.safetensors"
LOCK = ".lock"
KINDS = ("generator", "discriminator", "classifier")  # of the models that a run may leave
DIVERGED = "diverged"  # how a run ended that goes no further


@dataclass(frozen=True)
class RunFolder:
    """The files of one run."""

    path: Path

    @property
    def description(self) -> Json:
        """What `run.json` says; `BadInput` when the folder holds no run."""
        if not (self.path / RUN).is_file():
            raise BadInput(f"{self.path} holds no run (no {RUN} in it)")
        return read_json(self.path / RUN)

    def describe(self, description: Json) -> None:
        """Write `run.json`."""
        write_json(self.path / RUN, description)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the folder to this process within the block; the system lets go of what a killed one held.

        Raises:
            BadInput: another process trains here, or the folder cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise BadInput(f"cannot write {self.path}: it is not a folder") from error
        except OSError as error:
            raise BadInput(f"cannot write {self.path}: {reason(error)}") from error
        with alone(self.path / LOCK, f"another process trains in {self.path}; wait for it, or choose another --out"):
            yield

    def begin(self, description: Json) -> None:
        """Start a run here.

        Raises:
            BadInput: there is a run here already, or the folder cannot be written.
        """
        if self.exists and self.description.get("status") == DIVERGED:
            raise BadInput(f"{self.path} holds a run that diverged; choose another --out, or delete it")
        if self.exists:
            raise BadInput(f"{self.path} already holds a run; add --resume to go on with it, or choose another --out")
        self.describe(description)

    def resume(self, description: Json) -> None:
        """Go on with the run that is here, if it is the same one; begin it if there is none.

        Raises:
            BadInput: the run that is here has another recipe, seed or data.
        """
        if not self.exists:
            self.begin(description)
            return
        for leftover in leftovers(self.path):
            leftover.unlink(missing_ok=True)
        before, now = _decisive(self.description), _decisive(description)
        for key in now:
            if before.get(key) != now[key]:
                raise BadInput(
                    f"{self.path} was started with another {key}{_difference(before.get(key), now[key])}; "
                    f"resume it with the same, or choose another --out"
                )
        self.describe(description)
        for kind in KINDS:  # those of a sooner end are not this run's
            self.model(kind).unlink(missing_ok=True)

    @property
    def exists(self) -> bool:
        return (self.path / RUN).exists()

    @property
    def finished(self) -> bool:
        """Whether a run has ended here."""
        return self.exists and self.description.get("status") == "finished"

    def holds(self, description: Json) -> bool:
        """Whether this very run has ended here; its precision and where its data lay no longer matter then."""
        left = self.model("generator").is_file() or self.model("classifier").is_file()
        return left and self.finished and _once_ended(self.description) == _once_ended(description)

    @property
    def has_checkpoint(self) -> bool:
        return (self.path / CHECKPOINT).exists()

    def save_checkpoint(self, tensors: Mapping[str, Tensor], header: Json) -> None:
        """Replace the checkpoint, whole or not at all."""
        save_tensors(self.path / CHECKPOINT, tensors, header)

    def load_checkpoint(self) -> tuple[dict[str, Tensor], Json]:
        """The last checkpoint's tensors and header."""
        return load_tensors(self.path / CHECKPOINT)

    def frame(self, step: int) -> Path:
        """Where the sample sheet of this step lies."""
        return self.path / "frames" / f"{step:06d}.png"

    def frames(self) -> list[Path]:
        """All sample sheets, in the order of their steps."""
        sheets = (path for path in (self.path / "frames").glob("*.png") if path.stem.isdecimal())
        return sorted(sheets, key=lambda path: int(path.stem))

    def model(self, kind: str) -> Path:
        """Where the model of this kind lies once the run has ended."""
        return self.path / f"{kind}.safetensors"


def find_runs(folder: str | Path) -> list[RunFolder]:
    """All runs directly below `folder`, by name; a folder that is not there has none."""
    return [RunFolder(file.parent) for file in sorted(Path(folder).glob(f"*/{RUN}"))]


def _decisive(description: Json) -> Json:
    """What a run's next step depends on; under a constant schedule that is not where the run ends."""
    decisive = {key: description.get(key) for key in ("seed", "data", "precision", "stop", "init")}
    recipe = description.get("recipe")
    if isinstance(recipe, dict) and recipe.get("schedule") == "constant":
        del decisive["stop"]
        return {"recipe": _without(recipe, "precision", "epochs"), **decisive}
    return {"recipe": _without(recipe, "precision"), **decisive}


def _once_ended(description: Json) -> Json:
    """What tells a run that has ended from any other."""
    kept = {key: description.get(key) for key in ("seed", "data", "stop", "init")}
    return {**kept, "recipe": _without(description.get("recipe"), "data", "summary", "precision")}


def _without(recipe: object, *fields: str) -> object:
    """The recipe without these; the precision is that in which it computes, not the one it asks for ("auto")."""
    if not isinstance(recipe, dict):
        return recipe
    return {key: value for key, value in recipe.items() if key not in fields}


def _difference(before: object, now: object) -> str:
    if not isinstance(before, dict) or not isinstance(now, dict):
        return f" ({before!r}, not {now!r})"
    odd = [key for key in now if before.get(key) != now[key]]
    return f" ({odd[0]} was {before.get(odd[0])!r}, not {now[odd[0]]!r})" if odd else ""
