"""A message in generated handwriting, and how classifiers read it back."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8

from .embed import png
from .page import Block, Picture, Table, Text
from .words import percent


@dataclass(frozen=True)
class ReadBack:
    """What a classifier reads in a message, and how certain it is of the least certain character."""

    reader: str
    text: str
    certainty: float


@dataclass(frozen=True, eq=False)
class Writing:
    """A text as a picture of generated characters, dark ink on white, and what each of several classifiers reads."""

    text: str
    picture: UInt8[np.ndarray, "height width 3"]
    readings: tuple[ReadBack, ...]


def tell_writing(writing: Writing) -> Iterator[Block]:
    """The picture, and what is read in it."""
    yield Text(
        (
            "For each character, latents were drawn until the classifier was sure of many; of these, the sure and "
            "typical ones are written with, each of them once. What is sent are the latents alone: whoever has the "
            "generator can draw them and read.",
        )
    )
    yield Picture(png(writing.picture), f"The message “{writing.text}” in generated handwriting", style="glyphs")
    yield Table(
        ("read back by", "as", "without a mistake", "its least certainty"),
        tuple(
            (each.reader, each.text, "yes" if each.text == writing.text else "no", percent(each.certainty))
            for each in writing.readings
        ),
        align="lllr",
    )
