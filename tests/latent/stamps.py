"""A generator and a classifier that need no training: digits of a font, mixed, and how near an image is to each."""

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont
from torch import nn

from glyphspace.nets.model import Model

CLASSES = tuple("0123456789")


def stamps() -> torch.Tensor:
    """The ten digits of a font, float32 [10, 28, 28] from 0 to 1."""
    font = ImageFont.load_default(24)
    pages = [Image.new("L", (28, 28)) for _ in CLASSES]
    for page, digit in zip(pages, CLASSES, strict=True):
        ImageDraw.Draw(page).text((14, 14), digit, fill=255, font=font, anchor="mm")
    return torch.from_numpy(np.stack([np.array(page) for page in pages])).float() / 255


class Stamper(nn.Module):
    """Draws a mixture of the stamps, of which the largest of ten numbers has most; two more change its strength."""

    z_dim = 12

    def __init__(self, contrast: float = 1.0) -> None:
        super().__init__()
        self.register_buffer("stamps", stamps() * contrast)

    def forward(self, z):
        shares = (4 * z[:, :10]).softmax(dim=1)
        strength = 0.8 + 0.2 * z[:, 10:].sum(dim=1).sigmoid()
        drawn = torch.einsum("nk,khw->nhw", shares, self.stamps) * strength[:, None, None]
        return drawn.unsqueeze(1) * 2 - 1


class ConditionalStamper(nn.Module):
    """Draws the mixture of the stamps that the condition says; two numbers change its strength."""

    z_dim, condition_dim = 2, 10

    def __init__(self, wrong: int | None = None) -> None:
        super().__init__()
        drawn = stamps()
        if wrong is not None:
            drawn[wrong] = drawn[(wrong + 1) % 10]  # one class is drawn as another
        self.register_buffer("stamps", drawn)

    def embed(self, labels):
        return nn.functional.one_hot(labels, 10).float()

    def forward(self, z, condition):
        strength = 0.8 + 0.2 * z.sum(dim=1).sigmoid()
        drawn = torch.einsum("nk,khw->nhw", condition, self.stamps) * strength[:, None, None]
        return drawn.unsqueeze(1) * 2 - 1


class Reader(nn.Module):
    """The nearer an image is to a stamp, the larger is the stamp's logit."""

    def __init__(self, sharpness: float = 0.25) -> None:
        super().__init__()
        self.sharpness = sharpness
        self.register_buffer("stamps", stamps().flatten(1))

    def features(self, images):
        return (images + 1).flatten(1) / 2

    def forward(self, images):
        return -torch.cdist(self.features(images), self.stamps).square() * self.sharpness


def generator(contrast: float = 1.0) -> Model:
    return Model(Stamper(contrast), "generator", "stamper", {}, "stamps", CLASSES)


def conditional(wrong: int | None = None) -> Model:
    return Model(ConditionalStamper(wrong), "generator", "stamper", {}, "stamps", CLASSES)


def classifier(classes: tuple[str, ...] = CLASSES, sharpness: float = 0.25) -> Model:
    return Model(Reader(sharpness), "classifier", "reader", {}, "stamps", classes)


def sharp(classes: tuple[str, ...] = CLASSES) -> Model:
    """A classifier that is as sure as one that was trained."""
    return classifier(classes, sharpness=0.5)
