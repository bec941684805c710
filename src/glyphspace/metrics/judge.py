"""The judge: every figure of generated images against real ones, in one frozen dataclass."""

from dataclasses import dataclass

from jaxtyping import Float64
from torch import Tensor

from ..core.progress import Progress, silent
from .feature_set import FeatureSet
from .frechet import frechet_distance, statistics
from .kernel import KernelDistance, kernel_distance
from .manifold import Manifold, compare_manifolds
from .memorisation import Memorisation, memorisation, nearest_images
from .neighbours import nearest
from .scores import (
    class_entropy,
    class_shares,
    classifier_score,
    label_accuracy,
    smallest_share,
    total_variation,
)

STEPS = 5  # that the progress of a judgement counts


@dataclass(frozen=True)
class ClassScores:
    """What a classifier of the domain says of generated images.

    Attributes:
        score: classifier score, from 1 to the number of classes.
        real_score: the same of the real images; None when their probabilities are not known.
        shares: the share of each class by the classifier's most probable label.
        entropy: of `shares`, in bits.
        smallest_share: of the rarest class.
        total_variation: half the summed difference of `shares` and the real images' classes; None when these are
            not known.
        label_accuracy: share that is taken for the class that was asked for; None when none was.
    """

    score: float
    real_score: float | None
    shares: tuple[float, ...]
    entropy: float
    smallest_share: float
    total_variation: float | None
    label_accuracy: float | None


@dataclass(frozen=True)
class Judgement:
    """All figures of one set of images against real ones; `dataclasses.asdict` makes it ready for JSON.

    Attributes:
        real_count, fake_count: images on either side.
        frechet: Fréchet distance of the features; biased by the counts, so read it beside the floor.
        kernel: kernel distance of the features and its standard error.
        manifold: precision, recall, density and coverage.
        classes: None without the generated images' probabilities.
        memorisation: by distance of features; None without training images.
        pixel_memorisation: by distance of pixels; None where one of the three has no images.
    """

    real_count: int
    fake_count: int
    frechet: float
    kernel: KernelDistance
    manifold: Manifold
    classes: ClassScores | None
    memorisation: Memorisation | None
    pixel_memorisation: Memorisation | None


def judge(
    real: FeatureSet,
    fake: FeatureSet,
    training: FeatureSet | None = None,
    k: int = 5,
    seed: int = 0,
    progress: Progress = silent,
    real_distances: Float64[Tensor, " _"] | None = None,
) -> Judgement:
    """Judge `fake` against `real`, images that nothing was trained on.

    Args:
        real: real images that neither the generator nor the networks were trained on, at least 20.
        fake: images to judge, at least 20.
        training: what the generator was trained on, for memorisation. The search in pixels is the slowest part by
            far; leave `images` out of one of the three sets to do without it.
        k: the neighbour that the balls of precision and its kin reach to.
        seed: of the blocks that give the kernel distance its standard error.
        real_distances: of each real image's features to the nearest of `training`, if they are known already.

    Raises:
        BadInput: too few rows, widths or numbers of classes that differ, values that are not finite.
    """
    progress(0, STEPS, "Fréchet distance")
    frechet = frechet_distance(statistics(real.features), statistics(fake.features))
    progress(1, STEPS, "kernel distance")
    kernel = kernel_distance(real.features, fake.features, seed=seed)
    progress(2, STEPS, "precision, recall, density, coverage")
    manifold = compare_manifolds(real.features, fake.features, k)
    progress(3, STEPS, "classes")
    classes = _class_scores(real, fake)
    progress(4, STEPS, "memorisation")
    in_features = _memorisation(real, fake, training, real_distances)
    in_pixels = _pixel_memorisation(real, fake, training)
    progress(STEPS, STEPS)
    return Judgement(len(real), len(fake), frechet, kernel, manifold, classes, in_features, in_pixels)


def _class_scores(real: FeatureSet, fake: FeatureSet) -> ClassScores | None:
    if fake.probabilities is None:
        return None
    n_classes = fake.probabilities.shape[1]
    predicted = fake.probabilities.argmax(dim=1)
    shares = class_shares(predicted, n_classes)
    return ClassScores(
        score=classifier_score(fake.probabilities),
        real_score=None if real.probabilities is None else classifier_score(real.probabilities),
        shares=tuple(shares.tolist()),
        entropy=class_entropy(shares),
        smallest_share=smallest_share(shares),
        total_variation=None if real.labels is None else total_variation(shares, class_shares(real.labels, n_classes)),
        label_accuracy=None if fake.labels is None else label_accuracy(predicted, fake.labels),
    )


def _memorisation(
    real: FeatureSet, fake: FeatureSet, training: FeatureSet | None, of_real: Float64[Tensor, " _"] | None
) -> Memorisation | None:
    if training is None:
        return None
    if of_real is None:
        of_real = nearest(real.features, training.features).distances
    return memorisation(nearest(fake.features, training.features).distances, of_real)


def _pixel_memorisation(real: FeatureSet, fake: FeatureSet, training: FeatureSet | None) -> Memorisation | None:
    if training is None or training.images is None or fake.images is None or real.images is None:
        return None
    of_fake, of_real = (nearest_images(images, training.images) for images in (fake.images, real.images))
    return memorisation(of_fake.distances, of_real.distances)
