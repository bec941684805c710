"""Our best conditional generators, a recipe for each kind of data; docs/choosing-best.md tells how they were chosen."""

from dataclasses import replace

from .ours import GAN_FAST
from .recipe import add

DIGITS = replace(
    GAN_FAST,
    name="digits-best",
    summary="our best digits, conditional",
    generator="conditional:z_dim=64,width=64,depth=1",
    discriminator="projection:width=32",
    epochs=26.0,
    schedule="cosine",
    average_half_life=50_000,
)
add(DIGITS)
for name, summary, data in (
    ("letters-best", "our best letters, conditional; --data names a folder of them", "emnist-letters"),
    ("fashion-best", "our best articles of clothing, conditional", "fashion-mnist"),
    (
        "characters-best",
        "our best digits and letters of both cases, conditional; --data names a union of them",
        "emnist-balanced",
    ),
):
    add(replace(DIGITS, name=name, summary=summary, data=data))
