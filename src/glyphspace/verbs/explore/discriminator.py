"""discriminator: what it takes for real, of which classes, and what the nets look like inside."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from jaxtyping import Float32, Int64, UInt8
from matplotlib.figure import Figure
from torch import Tensor

from ...core.errors import BadInput
from ...core.files import Json
from ...core.progress import Progress, silent
from ...core.randomness import stream
from ...data import load_dataset, to_unit
from ...figures.kernels import kernel_sheets
from ...figures.pairs import image_rows
from ...figures.verdicts import class_accuracy, score_histogram
from ...latent.anatomy import layer_pictures, pixel_kernels
from ...latent.labelled import LabelledLatents
from ...latent.spaces import generator_inputs
from ...metrics.discrimination import discrimination, discrimination_by_class
from ...nets.condition import told
from ...nets.model import Model
from ...nets.registries import undecided
from ...nets.use import BATCH, channels_last, evaluating
from ...zoo import find_model
from ..evaluate import own_numbers
from ..images import data_of
from .findings import Findings
from .subject import Subject, draw, named, subject

SHEET = 10  # images of each kind that it is surest about


@dataclass(frozen=True, eq=False)
class Scored:
    """Images, their classes, and the discriminator's logits of them."""

    images: UInt8[Tensor, "n 28 28"]
    labels: Int64[Tensor, " n"]
    logits: Float32[Tensor, " n"]


def discriminator(
    model: str | Path | Model,
    *,
    classifier: str | Path | Model | None = None,
    count: int = 2000,
    seed: int = 0,
    data: str | None = None,
    progress: Progress = silent,
) -> Findings:
    """The discriminator of a run at work on test images and on as many generated ones.

    Its accuracy by class is table 3 of the report "Training CGAN on MNIST". Of a model without a discriminator beside
    it, only kernels and activations are shown.

    Args:
        data: whose test images are judged; by default what the model was trained on.

    Raises:
        BadInput: no such model or data, data where there is no discriminator to judge it, or fewer than 10 images.
    """
    if count < SHEET:
        raise BadInput(f"{count} images are too few to judge; ask for {SHEET} or more")
    about = subject(model, classifier)
    judge = _beside(model)
    if judge is None and data is not None:
        raise BadInput(f"no discriminator lies beside {about.name} to judge images of {data}; give a run folder")
    own = own_numbers(judge or about.classifier, about.classes)
    generated = draw(about, count, seed)
    figures: dict[str, Figure] = {}
    numbers: Json = {"classes": about.classes}
    summary = ["no discriminator lies beside it, so only nets are shown: give a run folder"]
    if judge is not None:
        test = load_dataset(data_of(about.generator, data, model), "test", progress=progress)
        if test.classes != about.classes:
            raise BadInput(f"{test.name} has other classes than the classifier was trained for")
        if len(test) < SHEET:
            raise BadInput(f"{test.name} has {len(test)} images, too few to judge; {SHEET} or more are needed")
        some = test.take(torch.randperm(len(test), generator=stream(seed, "discriminator", "real"))[:count])
        asked = getattr(generated, "asked", None)
        real = _score(judge, some.images, some.labels, own)
        fake = _score(judge, generated.images, generated.labels if asked is None else asked, own)
        figures, numbers, summary = _verdicts(real, fake, about)
    nets = {"generator": about.generator, "classifier": about.classifier}
    if judge is not None:
        nets["discriminator"] = judge
    kernels = {
        f"{kind}, {name}": found.numpy() for kind, net in nets.items() for name, found in pixel_kernels(net.net).items()
    }
    if kernels:
        figures["kernels"] = kernel_sheets(kernels)
    for kind, net in nets.items():
        pictures = layer_pictures(net.net, _one_input(net, generated, own))
        if pictures:
            rows = [(name, page.numpy()) for name, page in pictures.items()]
            figures[f"activations-{kind}"] = image_rows(rows, [""] * SHEET)
    return Findings(
        "discriminator", about.told(count=count, seed=seed, data=named(data)), numbers, figures, summary=tuple(summary)
    )


def _beside(model: str | Path | Model) -> Model | None:
    """The discriminator in the run folder that `model` is; None where there is none."""
    if isinstance(model, Model) or not (Path(model) / "discriminator.safetensors").is_file():
        return None
    return find_model(Path(model), "discriminator")


def _score(
    judge: Model, images: UInt8[Tensor, "n 28 28"], labels: Int64[Tensor, " n"], own: Int64[Tensor, " classes"]
) -> Scored:
    """Its logits; `own` are its numbers for the classes."""
    net = channels_last(judge.net)
    with evaluating(net), torch.no_grad():
        parts = zip(images.split(BATCH), own[labels].split(BATCH), strict=True)
        logits = torch.cat([net(to_unit(some), *told(net, of)).float() for some, of in parts]) - undecided(net)
    return Scored(images, labels, logits)


def _verdicts(real: Scored, fake: Scored, about: Subject) -> tuple[dict[str, Figure], Json, list[str]]:
    overall = discrimination(real.logits, fake.logits)
    above, classes = _above(real.logits, fake.logits), about.classes
    by_class = discrimination_by_class(real.logits, real.labels, fake.logits, fake.labels, len(classes))
    shares = np.array([(one.real, one.fake) for one in by_class], dtype=float)  # None is not a number
    rows = [
        ("real,\nmost so", _extreme(real, largest=True)),
        ("real,\nleast so", _extreme(real, largest=False)),
        ("generated,\nmost real", _extreme(fake, largest=True)),
        ("generated,\nleast real", _extreme(fake, largest=False)),
    ]
    figures = {
        "scores": score_histogram(real.logits.numpy(), fake.logits.numpy()),
        "classes": class_accuracy(classes, shares[:, 0], shares[:, 1]),
        "surest": image_rows(rows, [""] * SHEET),
    }
    numbers = {
        "classes": classes,
        "overall": overall,
        "by class": [{"class": name, "right": one} for name, one in zip(classes, by_class, strict=True)],
        "real above generated": above,
        "mean score": {"real": real.logits.mean(), "generated": fake.logits.mean()},
    }
    summary = [
        f"right about {overall.real:.1%} of {len(real.images):,} real and {overall.fake:.1%} of "
        f"{len(fake.images):,} generated images; a real one scores above a generated one in {above:.1%} of pairs"
    ]
    for kind, right in zip(("real", "generated"), shares.T, strict=True):
        least, most = (int(find(right)) for find in (np.nanargmin, np.nanargmax))
        ends = (f"{right[of]:.1%} of {classes[of]!r}" for of in (least, most))
        summary.append(f"{kind}: from {' to '.join(ends)}")
    return figures, numbers, summary


def _above(real: Float32[Tensor, " n"], fake: Float32[Tensor, " m"]) -> float:
    """The share of pairs in which the real image has the larger score.

    It needs no threshold: discriminators that compare, as relativistic ones do, have learned none.
    """
    return float(torch.searchsorted(fake.sort().values, real).double().mean() / len(fake))


def _extreme(scored: Scored, *, largest: bool) -> UInt8[np.ndarray, "n 28 28"]:
    """The images with the largest or the smallest scores, the most extreme first."""
    return scored.images[scored.logits.argsort(descending=largest)[:SHEET]].numpy()


def _one_input(model: Model, generated: LabelledLatents, own: Int64[Tensor, " classes"]) -> tuple[Tensor, ...]:
    """What the first generated image came from, or is; `own` are a discriminator's numbers for the classes."""
    if model.kind == "generator":
        return tuple(each[:1] for each in generator_inputs(generated))
    return (to_unit(generated.images[:1]), *told(model.net, own[generated.labels[:1]]))
