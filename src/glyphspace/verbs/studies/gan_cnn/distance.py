"""How far a generator's images are from real ones, for steps that only need to know which of two is nearer."""

from ....data import load_dataset
from ....latent.decode import decode, z_dim
from ....latent.prior import normal
from ....metrics.features import extract
from ....metrics.frechet import frechet_distance, statistics
from ....nets.model import Model
from ....zoo import feature_network

SAMPLES = 5_000


def distance(model: Model) -> float:
    """The Fréchet distance of 5,000 samples to the test images, by the judging network."""
    judge = feature_network(model.dataset, "judging").net
    images = decode(model, normal(SAMPLES, z_dim(model), 0, "study"))
    real = statistics(extract(judge, load_dataset(model.dataset, "test").images))
    return frechet_distance(real, statistics(extract(judge, images)))
