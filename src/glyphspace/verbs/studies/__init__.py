"""The documents, done again: a study is a file, or a folder of them, that ends in an `add`."""

from . import cgan, dcgan_cwgan, gan_cnn, latent_map  # noqa: F401  # they register their studies
from .frame import FULL, QUICK, studies

__all__ = ["FULL", "QUICK", "studies"]
