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
    penalty_weight=0.05,
    epochs=12.0,  # ten minutes of two cores, without AMX
    schedule="cosine",
    average_half_life=50_000,
    reward="asked",
    reward_weight=0.1,
)
FASHION = replace(
    DIGITS,
    name="fashion-best",
    summary="our best articles of clothing, conditional",
    data="fashion-mnist",
    penalty_weight=0.3,  # with 0.05 and 20 epochs they came out twice as far from real ones
    epochs=40.0,
)
LETTERS = replace(
    DIGITS,
    name="letters-best",
    summary="our best letters, conditional; --data names a folder of them",
    data="emnist-letters",
    generator="conditional:z_dim=64,width=64,depth=1,condition_dim=32,tones=1",
    discriminator="projection:width=32,condition_dim=32",
    penalty_weight=0.3,  # with 0.05 one letter lost its capitals
    epochs=23.0,
    reward_weight=0.3,  # letters are taken for one another more often than digits are
)
CHARACTERS = replace(
    DIGITS,
    name="characters-best",
    summary="our best digits and letters of both cases, conditional; --data names a union of them",
    data="emnist-balanced",
    generator="conditional:z_dim=64,width=64,depth=1,condition_dim=48,tones=1",
    discriminator="projection:width=32,condition_dim=48",
    epochs=15.0,
)
for recipe in (DIGITS, LETTERS, FASHION, CHARACTERS):
    add(recipe)
