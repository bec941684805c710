"""The yardstick: what a judging network says of a dataset's real images, which takes longer than what it measures.

It is kept in the cache, under a name that changes with the images, the network and the code that measures. What lies
there and is not what was written is measured anew, and where nothing can be kept, nothing is.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jaxtyping import Float64
from torch import Tensor

from ..core.errors import BadInput
from ..core.files import Json, is_old, leftovers
from ..core.progress import Progress, silent
from ..core.records import revived
from ..core.tensors import load_tensors, save_tensors
from ..data import LabelledImages
from ..data.fetch import data_home
from ..metrics.feature_set import FeatureSet
from ..metrics.features import see
from ..metrics.floor import floor, some_of
from ..metrics.judge import Judgement
from ..metrics.modes import ClusterModes, Clusters, cluster, cluster_modes, clustered
from ..metrics.neighbours import nearest
from ..metrics.scores import label_accuracy
from ..nets.fingerprint import fingerprint
from ..nets.model import Model

MEASURING = ("torch", "scikit-learn")
KEPT = 8  # yardsticks in the cache; that of MNIST has 36 MB


@dataclass(frozen=True)
class Yardstick:
    """What generated images are measured with.

    Attributes:
        test: the test images as the network sees them, with their labels.
        training: the training images, likewise.
        distances: from each test image to the nearest of these, in features.
        floor: what as many training images as test images get.
        clusters: of training images.
    """

    test: FeatureSet
    training: FeatureSet
    distances: Float64[Tensor, " n"]
    floor: Judgement
    clusters: Clusters

    @property
    def accuracy(self) -> float:
        """The share of test images that the network takes for what they are."""
        assert self.test.probabilities is not None and self.test.labels is not None
        return label_accuracy(self.test.probabilities.argmax(1), self.test.labels)

    def real_in_place_of(self, count: int, progress: Progress = silent) -> tuple[Judgement, ClusterModes]:
        """What so many real images would get, at most as many as there are test images, since figures depend on that.

        Training images are judged, and it is test images whose clusters are counted.
        """
        modes = cluster_modes(self.clusters, self.test.features[some_of(len(self.test), count)])
        if count >= len(self.test):
            return self.floor, modes
        return floor(self.training, self.test, count, progress=progress), modes


def yardstick(training: LabelledImages, test: LabelledImages, network: Model, progress: Progress = silent) -> Yardstick:
    """The yardstick of these images by `network`, from the cache if it is there.

    Raises:
        BadInput: the network has no features, or the images are too few.
    """
    path = shelf() / f"{_key(training, test, network)}.safetensors"
    with suppress(BadInput, KeyError, TypeError, ValueError):
        return _read(path, training, test)
    measured = _measure(training, test, network, progress)
    with suppress(BadInput, OSError):
        _keep(path, measured)
    return measured


def shelf() -> Path:
    """Where yardsticks are kept; whoever removes it waits once more for each."""
    return data_home() / "measured"


def _measure(training: LabelledImages, test: LabelledImages, network: Model, progress: Progress) -> Yardstick:
    real, known = (replace(see(network.net, some.images, progress), labels=some.labels) for some in (test, training))
    clusters = cluster(known.features[clustered(len(known))])
    distances = nearest(real.features, known.features).distances
    return Yardstick(real, known, distances, floor(known, real, progress=progress), clusters)


def _key(training: LabelledImages, test: LabelledImages, network: Model) -> str:
    net = (network.architecture, sorted(network.numbers.items()), fingerprint(network))
    digest = hashlib.sha256(f"{net} {_code()} {[version(each) for each in MEASURING]}".encode())
    for tensor in (training.images, training.labels, test.images, test.labels):
        digest.update(tensor.cpu().contiguous().numpy().data)
    return digest.hexdigest()[:32]


@cache
def _code() -> str:
    """A digest of all of our code: any of it may have a part in what is measured."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _content(tensors: Mapping[str, Tensor], told: Json) -> str:
    """A digest of what is kept, by which it is known again."""
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
    for name, tensor in sorted(tensors.items()):
        digest.update(f"{name}:{tensor.dtype}:{list(tensor.shape)}:".encode())
        digest.update(tensor.contiguous().numpy().data)
    return digest.hexdigest()


def _keep(path: Path, of: Yardstick) -> None:
    assert of.test.probabilities is not None and of.training.probabilities is not None
    tensors = {
        "test features": of.test.features,
        "test probabilities": of.test.probabilities,
        "training features": of.training.features,
        "training probabilities": of.training.probabilities,
        "distances": of.distances,
        "centres": of.clusters.centres,
        "shares": of.clusters.shares,
    }
    told = {"floor": asdict(of.floor), "clustered": of.clusters.count}
    save_tensors(path, tensors, {**told, "content": _content(tensors, told)})
    by_age = sorted(path.parent.glob("*.safetensors"), key=lambda each: each.stat().st_mtime)
    for old in (*by_age[:-KEPT], *filter(is_old, leftovers(path.parent))):
        old.unlink(missing_ok=True)


def _read(path: Path, training: LabelledImages, test: LabelledImages) -> Yardstick:
    tensors, header = load_tensors(path)
    if header.pop("content") != _content(tensors, header):
        raise BadInput(f"{path} is not as it was written")
    with suppress(OSError):
        path.touch()  # so that the one that is used least makes room
    return Yardstick(
        FeatureSet(tensors["test features"], test.labels, tensors["test probabilities"]),
        FeatureSet(tensors["training features"], training.labels, tensors["training probabilities"]),
        tensors["distances"],
        revived(Judgement, header["floor"]),
        Clusters(tensors["centres"], tensors["shares"], int(header["clustered"])),
    )
