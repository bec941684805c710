"""The yardstick: what a judging network says of a dataset's real images, which takes longer than what it measures.

It is kept in the cache, under a name that changes with the images, the network and the code that measures. What lies
there and cannot be used is measured anew, and where nothing can be kept, nothing is.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from jaxtyping import Float64
from torch import Tensor

from .. import metrics
from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..core.randomness import stream
from ..core.records import revived
from ..core.tensors import load_tensors, save_tensors
from ..data import LabelledImages
from ..data.fetch import data_home
from ..metrics.feature_set import FeatureSet
from ..metrics.features import see
from ..metrics.floor import floor
from ..metrics.judge import Judgement
from ..metrics.modes import Clusters, cluster
from ..metrics.neighbours import nearest
from ..nets.fingerprint import fingerprint
from ..nets.model import Model

CLUSTERED, CLUSTERS = 20_000, 100  # training images, whose clusters stand for modes
KEPT = 8  # yardsticks in the cache; that of MNIST has 36 MB


@dataclass(frozen=True)
class Yardstick:
    """What generated images are measured with.

    Attributes:
        test: the test images as the network sees them.
        training: the features of the training images.
        distances: from each test image to the nearest of these, in features.
        floor: what as many training images as test images get.
        clusters: of training images.
    """

    test: FeatureSet
    training: FeatureSet
    distances: Float64[Tensor, " n"]
    floor: Judgement
    clusters: Clusters


def yardstick(training: LabelledImages, test: LabelledImages, network: Model, progress: Progress = silent) -> Yardstick:
    """The yardstick of these images by `network`, from the cache if it is there.

    Raises:
        BadInput: the network has no features, or the images are too few.
    """
    path = shelf() / f"{_key(training, test, network)}.safetensors"
    with suppress(BadInput, KeyError, TypeError):
        return _read(path, test)
    measured = _measure(training, test, network, progress)
    with suppress(BadInput, OSError):
        _keep(path, measured)
    return measured


def shelf() -> Path:
    """Where yardsticks are kept; whoever removes it waits once more for each."""
    return data_home() / "measured"


def _measure(training: LabelledImages, test: LabelledImages, network: Model, progress: Progress) -> Yardstick:
    real, known = (replace(see(network.net, some.images, progress), labels=some.labels) for some in (test, training))
    some = torch.randperm(len(known), generator=stream(0, "clustered"))[:CLUSTERED]
    clusters = cluster(known.take(some).features, min(CLUSTERS, max(1, len(some) // 10)))
    distances = nearest(real.features, known.features).distances
    return Yardstick(real, FeatureSet(known.features), distances, floor(known, real, progress=progress), clusters)


def _key(training: LabelledImages, test: LabelledImages, network: Model) -> str:
    digest = hashlib.sha256(fingerprint(network).encode())
    for tensor in (training.images, training.labels, test.images, test.labels):
        digest.update(tensor.cpu().contiguous().numpy().data)
    for source in _sources():
        digest.update(source.read_bytes())
    return digest.hexdigest()[:32]


def _sources() -> Iterator[Path]:
    yield from sorted(path for folder in metrics.__path__ for path in Path(folder).glob("*.py"))
    yield Path(__file__)


def _keep(path: Path, of: Yardstick) -> None:
    assert of.test.probabilities is not None
    tensors = {
        "test features": of.test.features,
        "test probabilities": of.test.probabilities,
        "training features": of.training.features,
        "distances": of.distances,
        "centres": of.clusters.centres,
        "shares": of.clusters.shares,
    }
    save_tensors(path, tensors, {"floor": asdict(of.floor), "clustered": of.clusters.count})
    by_age = sorted(path.parent.glob("*.safetensors"), key=lambda each: each.stat().st_mtime)
    for old in by_age[:-KEPT]:
        old.unlink(missing_ok=True)


def _read(path: Path, test: LabelledImages) -> Yardstick:
    tensors, header = load_tensors(path)
    return Yardstick(
        FeatureSet(tensors["test features"], test.labels, tensors["test probabilities"]),
        FeatureSet(tensors["training features"]),
        tensors["distances"],
        revived(Judgement, header["floor"]),
        Clusters(tensors["centres"], tensors["shares"], int(header["clustered"])),
    )
