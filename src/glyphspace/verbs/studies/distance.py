"""How far a generator's images are from real ones, for steps that only need to know which of two is nearer."""

from functools import lru_cache

from ...data import load_dataset
from ...latent.decode import decode, z_dim
from ...latent.prior import normal
from ...metrics.features import extract
from ...metrics.frechet import Statistics, frechet_distance, statistics
from ...nets.model import Model
from ...zoo import feature_network

SAMPLES = 5_000


@lru_cache(maxsize=1)
def _of_real(dataset: str) -> Statistics:
    judge = feature_network(dataset, "judging").net
    return statistics(extract(judge, load_dataset(dataset, "test").images))


def distance(model: Model) -> float:
    """The Fréchet distance of 5,000 samples to the test images, by the judging network."""
    judge = feature_network(model.dataset, "judging").net
    images = decode(model, normal(SAMPLES, z_dim(model), 0, "study"))
    return frechet_distance(_of_real(model.dataset), statistics(extract(judge, images)))
