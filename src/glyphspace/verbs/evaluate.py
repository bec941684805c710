"""evaluate: how good a generator or a classifier is, beside what real images would get."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from ..core.errors import BadInput
from ..core.files import Json
from ..core.progress import Progress, silent
from ..core.randomness import stream
from ..data import LabelledImages, load_dataset, to_unit
from ..data.stacked import unstacked
from ..latent.decode import check_grey, condition_dim, conditions_of, decode, z_dim
from ..latent.prior import normal
from ..metrics.discrimination import ClassDiscrimination, Discrimination, discrimination, discrimination_by_class
from ..metrics.features import see
from ..metrics.judge import Judgement, judge
from ..metrics.modes import ClusterModes, cluster_modes
from ..nets.condition import told
from ..nets.model import Model
from ..nets.registries import undecided
from ..zoo import feature_network, find_model
from .evaluate_classifier import ClassifierEvaluation, evaluate_classifier
from .evaluate_stacked import COUNT as STACKED_COUNT
from .evaluate_stacked import StackedEvaluation, evaluate_stacked
from .images import data_of, load_images
from .judging import check_judge
from .yardstick import yardstick

COUNT = 10_000


@dataclass(frozen=True)
class GeneratorEvaluation:
    """A generator's figures beside those of real training images.

    Attributes:
        dataset: what its images were compared with: the test split.
        network: whose features judged, as "architecture, dataset".
        network_accuracy: of that network, on the test images; one that hardly knows the classes is no judge.
        judgement: of generated images.
        floor: the same figures of as many real training images, but of no more than there are test images.
        modes: how many clusters of real training images the generated ones cover.
        test_modes: how many of these as many real test images cover.
        discriminator: accuracy of the run's discriminator on test and on generated images; None without one.
        discriminator_by_class: the same class by class, as far as there are images of it.
    """

    dataset: str
    network: str
    network_accuracy: float
    seed: int
    judgement: Judgement
    floor: Judgement
    modes: ClusterModes
    test_modes: ClusterModes
    discriminator: Discrimination | None
    discriminator_by_class: tuple[ClassDiscrimination, ...]


Evaluation = GeneratorEvaluation | StackedEvaluation | ClassifierEvaluation


def evaluate(
    model: str | Path | Model,
    *,
    data: str | None = None,
    judge_by: str | Path | Model | None = None,
    count: int | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> Evaluation:
    """Measure a model on the test split of its dataset.

    What the judging network says of real images is kept in the cache, in its folder `measured`, which may be removed.

    Args:
        model: a run folder, a file, a shipped model's name, or a model.
        data: another dataset to compare with.
        judge_by: the network whose features judge a generator; by default the one that ships for the dataset.
        count: images to generate, by default 10,000, or 26,000 stacked ones; figures depend on it, so compare like
            with like.
        seed: of the latents.

    Raises:
        BadInput: no such model, data or judging network.
    """
    found = find_model(model)
    dataset = data_of(found, data, model)
    if found.kind == "classifier":
        if judge_by is not None or count is not None:
            raise BadInput("a classifier is measured by its own accuracy; leave out who judges and how many are drawn")
        return evaluate_classifier(found, load_images(dataset, "test", progress))
    if found.kind != "generator":
        raise BadInput(f"a {found.kind} is evaluated with its run: give the run folder")
    inner = None if Path(dataset).exists() else unstacked(dataset)
    count = count if count is not None else STACKED_COUNT if inner else COUNT
    if count < 20:
        raise BadInput(f"{count} images are too few to judge; generate at least 20, better 10,000")
    judging = find_model(judge_by, "classifier") if judge_by else feature_network(inner or dataset, "judging")
    if inner:
        grey = load_dataset(inner, "train", progress=progress)
        return evaluate_stacked(found, dataset, grey, judging, count, seed, progress)
    check_grey(found)
    training, test = (load_dataset(dataset, split, progress=progress) for split in ("train", "test"))
    check_judge(judging, test)
    asked, conditions = asked_for(found, test, count)
    images = decode(found, normal(count, z_dim(found), seed, "evaluate"), conditions)
    fake = replace(see(judging.net, images, progress), labels=asked)
    real = yardstick(training, test, judging, progress)
    predicted = fake.probabilities.argmax(1) if fake.probabilities is not None else torch.empty(0)
    floor, real_modes = real.real_in_place_of(count, progress)
    overall, by_class = _discriminate(model, test, images, predicted if asked is None else asked)
    return GeneratorEvaluation(
        dataset,
        f"{judging.architecture}, {judging.dataset}",
        real.accuracy,
        seed,
        judge(real.test, fake, real.training, real_distances=real.distances, progress=progress),
        floor,
        cluster_modes(real.clusters, fake.features),
        real_modes,
        overall,
        by_class,
    )


def asked_for(
    generator: Model, test: LabelledImages, count: int
) -> tuple[Int64[Tensor, " count"], Float[Tensor, "count e"]] | tuple[None, None]:
    """What a conditional generator is asked for: classes as often as test images have them, and their conditions.

    Of an unconditional one there is nothing to ask.

    Raises:
        BadInput: the generator does not draw one of the classes.
    """
    if not condition_dim(generator):
        return None, None
    order = torch.randperm(len(test), generator=stream(0, "asked"))
    labels = test.labels[order.repeat(-(-count // len(test)))[:count]]
    return labels, conditions_of(generator, labels, test.classes)


def as_json(evaluation: Evaluation) -> Json:
    """`evaluation` as plain tables and numbers."""
    return asdict(evaluation)


def _discriminate(
    model: str | Path | Model, test: LabelledImages, images: Tensor, labels: Tensor
) -> tuple[Discrimination | None, tuple[ClassDiscrimination, ...]]:
    """The accuracy of the discriminator beside the generator, if `model` is a run folder with one."""
    if isinstance(model, Model) or not (Path(model) / "discriminator.safetensors").is_file():
        return None, ()
    discriminator = find_model(Path(model), "discriminator")
    order = torch.randperm(len(test), generator=stream(0, "discrimination"))[: len(images)]
    some = test.take(order)
    own = own_numbers(discriminator, test.classes)
    real, fake = (
        _logits(discriminator.net, each, own[of]) for each, of in ((some.images, some.labels), (images, labels))
    )
    return discrimination(real, fake), discrimination_by_class(real, some.labels, fake, labels, len(test.classes))


def own_numbers(discriminator: Model, classes: Sequence[str]) -> Int64[Tensor, " classes"]:
    """The number that each of these classes has among those of a discriminator; any, where it is told none.

    Raises:
        BadInput: it is told classes, and knows nothing of one of them.
    """
    known = {name: number for number, name in enumerate(discriminator.classes)}
    strange = [name for name in classes if name not in known]
    if strange and condition_dim(discriminator):
        raise BadInput(f"the discriminator, which was trained on {discriminator.dataset}, knows no {strange[0]!r}")
    return torch.tensor([known.get(name, 0) for name in classes])


@torch.inference_mode()
def _logits(discriminator: torch.nn.Module, images: Tensor, labels: Tensor) -> Float[Tensor, " n"]:
    batches = zip(images.split(500), labels.split(500), strict=True)
    said = torch.cat([discriminator(to_unit(some), *told(discriminator, of)) for some, of in batches])
    return said - undecided(discriminator)
