"""Properties are not timed: on a busy machine a pause would count as a failure."""

import pytest
from hypothesis import settings

from glyphspace.latent.labelled import LabelledLatents, label
from glyphspace.latent.prior import normal

from .stamps import classifier, generator

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def labelled() -> LabelledLatents:
    """A thousand latents of the stamper, read by the reader."""
    return label(generator(), classifier(), normal(1000, 12, 0, "test"))
