"""The models that write here need no training: digits of a font; see `latent.stamps`."""

import pytest
from hypothesis import settings

from glyphspace.message.compose import compose
from glyphspace.message.message import Message
from glyphspace.nets.model import Model
from latent.stamps import generator
from latent.stamps import sharp as classifier

settings.register_profile("untimed", deadline=None)  # on a busy machine a pause would count as a failure
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def stamper() -> Model:
    return generator()


@pytest.fixture(scope="session")
def reader() -> Model:
    return classifier()


@pytest.fixture(scope="session")
def message(stamper, reader) -> Message:
    """What the stamper writes for "2026 117" and, a line below, "9"."""
    return compose("2026 117\n9", stamper, reader, seed=0, model="stamper").message
