"""invert: from pictures of characters to latents at which a generator draws them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from jaxtyping import Float32, Int64, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..core.files import Json
from ..core.pictures import Picture
from ..core.progress import Progress, silent
from ..figures.pairs import image_rows
from ..latent.certainty import Prediction, classify
from ..latent.decode import check_grey, condition_dim, conditions_of
from ..latent.inversion import Guess, Search, Task, errors
from ..latent.inversion import invert as find_latents
from ..latent.labelled import LabelledLatents, label
from ..latent.save import save_samples
from ..nets.model import Model
from ..report.words import listed
from ..zoo import find_model, labeller
from .encoder import find_encoder
from .explore.findings import Findings
from .pictures import Pictures, glyphs

USED = {"nearest": ("samples",), "encode": (), "both": ("steps", "rate", "embedding")}  # by optimise: everything


@dataclass(frozen=True, eq=False)
class Inverted:
    """What was found for each picture.

    Attributes:
        originals: uint8 [n, 28, 28], the pictures as glyphs.
        taken_for: what the classifier says of them.
        found: latents, what is drawn at them, and what the classifier takes that for.
        errors: float32 [n], mean squared difference of the pixels, which are from 0 to 1.
        method: how they were found; search: how hard was looked.
        told: the classes that were given; None where there were none.
    """

    originals: UInt8[Tensor, "n 28 28"]
    taken_for: Prediction
    found: LabelledLatents
    errors: Float32[Tensor, " n"]
    method: str
    search: Search
    told: tuple[str, ...] | None

    def picture(self) -> Picture:
        """Each picture above what was drawn for it, as a notebook shows it."""
        return findings(self, "", 0).picture("pairs")

    @property
    def kept(self) -> float:
        """The share that the classifier takes for what it takes the original for."""
        return float((self.taken_for.labels == self.found.labels).double().mean())


def invert(
    images: Pictures,
    *,
    model: str | Path | Model = "digits",
    method: str = "auto",
    encoder: str | Path | Model | None = None,
    classifier: str | Path | Model | None = None,
    labels: Sequence[str] | None = None,
    search: Search | None = None,
    seed: int = 0,
    out: str | Path | None = None,
    progress: Progress = silent,
) -> Inverted:
    """Find latents for pictures of any size and either polarity; each is centred and scaled as MNIST is.

    Args:
        images: files, or glyphs uint8 [n, 28, 28].
        method: nearest, encode, optimise, both, or auto: both where there is an encoder, else optimise.
        encoder: by default the one in the model's run folder, or that ships for it.
        labels: a class for each picture, for a conditional generator; by default what the classifier says.
        search: how hard to look.
        out: a folder for a figure, the latents (.npz) and the numbers.

    Raises:
        BadInput: a file is no picture; no such model, method or class; an encoder of another generator, or a generator
            of stacked images; an encoder or a setting of the search that the method does not go by.
    """
    generator = find_model(model, "generator")
    check_grey(generator)
    reader = find_model(classifier, "classifier") if classifier is not None else labeller(generator.dataset)
    originals = glyphs(images)
    taken_for = classify(reader, originals)
    if search is not None and search.embedding == "free" and not condition_dim(generator):
        raise BadInput("this generator is unconditional: there is no embedding to search for")
    conditions = _conditions(generator, reader, taken_for.labels, labels)
    helper = find_encoder(model, generator, encoder) if method in ("auto", "encode", "both") else None
    if method == "auto":
        method = "optimise" if helper is None else "both"
    search, told = search or Search(), None if labels is None else tuple(labels)
    _refuse_idle(method, search, encoder)
    task = Task(generator, originals, conditions, helper, search, seed, progress)
    guess: Guess = find_latents(task, method)
    found = label(generator, reader, guess.latents, guess.conditions)
    inverted = Inverted(originals, taken_for, found, errors(generator, originals, guess), method, search, told)
    if out is not None:
        name = generator.architecture if isinstance(model, Model) else Path(model).name
        findings(inverted, name, seed).save(out)
        save_samples(Path(out) / "invert-latents.npz", found)
    return inverted


def findings(inverted: Inverted, model: str, seed: int) -> Findings:
    """`inverted` as a figure and numbers."""
    names, found = inverted.found.classes, inverted.found
    before, after = inverted.taken_for, found.certainty
    captions = [f"{names[label]}  {error:.4f}" for label, error in zip(found.labels, inverted.errors, strict=True)]
    rows = [("picture", inverted.originals.numpy()), ("drawn", found.images.numpy())]
    numbers = [
        {
            "taken for": names[int(before.labels[i])],
            "drawn as": names[int(found.labels[i])],
            "certainty": after[i],
            "error": inverted.errors[i],
            "norm": found.latents[i].norm(),
        }
        for i in range(len(found))
    ]
    return Findings(
        "invert",
        {
            "model": model,
            "method": inverted.method,
            **_used(inverted.method, inverted.search),
            "classes": inverted.told,
            "seed": seed,
        },
        {"mean error": float(inverted.errors.mean()), "label kept": inverted.kept, "pictures": numbers},
        {"pairs": image_rows(rows, captions)},
    )


def _used(method: str, search: Search) -> Json:
    """What of a search a method goes by."""
    names = USED.get(method, tuple(asdict(search)))
    return {name: value for name, value in asdict(search).items() if name in names}


def _refuse_idle(method: str, search: Search, encoder: str | Path | Model | None) -> None:
    """Refuse what was asked for and would have no effect."""
    usual, used = asdict(Search()), _used(method, search)
    idle = [name for name, value in asdict(search).items() if value != usual[name] and name not in used]
    if encoder is not None and method in ("nearest", "optimise"):
        idle.append("encoder")
    if idle:
        raise BadInput(f"the method {method} does not go by {listed(idle)}; leave out what has no effect")


def _conditions(
    generator: Model, reader: Model, guessed: Int64[Tensor, " n"], labels: Sequence[str] | None
) -> Float32[Tensor, "n e"] | None:
    if not condition_dim(generator):
        if labels is not None:
            raise BadInput("this generator is unconditional: it is told no classes")
        return None
    if labels is None:
        return conditions_of(generator, guessed, reader.classes)
    unknown = [name for name in labels if name not in reader.classes]
    if unknown or len(labels) != len(guessed):
        raise BadInput(f"give a class for each of the {len(guessed)} pictures, of: {', '.join(reader.classes)}")
    return conditions_of(generator, torch.tensor([reader.classes.index(name) for name in labels]), reader.classes)
