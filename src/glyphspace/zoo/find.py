"""A MODEL as people name one: a run folder, a file, the name of a shipped model, or a model itself."""

from pathlib import Path

from ..core.errors import BadInput, UnknownName
from ..nets.model import Model, load_model
from .shipped import load_shipped, shipped

MODEL = "run folder, file or shipped model"


def find_model(name: str | Path | Model, kind: str | None = None) -> Model:
    """The model that `name` means; with `kind`, the generator, discriminator or classifier it must be.

    Raises:
        BadInput: there is no such file, folder or name, the run has not finished, or it is of another kind.
    """
    model = name if isinstance(name, Model) else _load(name, kind)
    if kind is not None and model.kind != kind:
        this = "this" if isinstance(name, Model) else name
        raise BadInput(f"{this} is {_one(model.kind)}, and {_one(kind)} is needed")
    return model


def _one(kind: str) -> str:
    return f"an {kind}" if kind.startswith("e") else f"a {kind}"


def _load(name: str | Path, kind: str | None) -> Model:
    path, ships = Path(name), str(name) in shipped()
    if path.is_dir() and not (ships and not _is_run(path)):
        return load_model(_in_run(path, kind))
    if ships:
        return load_shipped(str(name))
    if path.exists() or path.suffix == ".safetensors":
        return load_model(path)
    raise UnknownName(MODEL, str(name), shipped())


def _is_run(folder: Path) -> bool:
    """Whether this is the folder of a run: "letters" may be one of pictures, or of messages."""
    return any((folder / name).is_file() for name in ("run.json", "generator.safetensors", "classifier.safetensors"))


def _in_run(folder: Path, kind: str | None) -> Path:
    for candidate in (kind,) if kind else ("generator", "classifier"):
        if (folder / f"{candidate}.safetensors").is_file():
            return folder / f"{candidate}.safetensors"
    if kind is not None:
        for other in ("generator", "classifier"):
            if (folder / f"{other}.safetensors").is_file():
                raise BadInput(f"{folder} is the run of {_one(other)}, and {_one(kind)} is needed")
    if (folder / "run.json").is_file():
        raise BadInput(f"the run in {folder} has left no {kind or 'model'} yet; finish it with --resume")
    raise BadInput(f"{folder} holds no model: it is no run folder")
