"""Properties are not timed: on a busy machine a pause would count as a failure."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
