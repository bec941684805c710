"""Reading a picture of writing, ours or anybody's: its glyphs classified, its spaces and small letters from where it
stands and how high."""

from collections.abc import Sequence

import numpy as np
import torch
from jaxtyping import Bool, Float32
from PIL import Image
from torch import Tensor

from ..core.errors import BadInput
from ..data.glyphs import laid_out, laid_out_as_letter
from ..latent.certainty import predict
from ..nets.model import Model
from .proportions import CAPITAL, GAP_OF_WORDS, proportions
from .read import Reading
from .scrutiny import logits_of
from .segment import Piece, segment

STRONGEST = 12.0  # logits: where there are no letters, or no digits, the other side is not infinitely far
SURER = 5.0  # logits by which the classifier is surer of a digit than of a letter when both are right
UNLIKE_A_DIGIT = 8.0  # logits for each height of a capital by which a glyph rises less
COMPANY = 1.5  # how much the rest of a word says of a glyph, next to the glyph itself


def read_picture(image: Image.Image, classifier: Model) -> Reading:
    """The text in a picture.

    Digits and letters are read as their datasets lay them out. What a classifier takes for a capital whose small letter
    has the same shape is the small one where it is no higher than small letters are.

    Raises:
        BadInput: there is no writing in it, or the classifier reads no characters.
    """
    if not all(len(name) == 1 for name in classifier.classes):
        raise BadInput(f"this classifier, trained on {classifier.dataset}, reads no characters")
    lines = segment(image)
    pieces = [piece for line in lines for piece in line]
    as_digits, as_letters = (
        torch.from_numpy(np.stack([lay_out(piece.ink) for piece in pieces]))
        for lay_out in (laid_out, laid_out_as_letter)
    )
    digit = torch.tensor([name.isdigit() for name in classifier.classes])
    said = [logits_of(classifier.net, images) for images in (as_digits, as_letters)]
    digits, letters = said[0].masked_fill(~digit, -torch.inf), said[1].masked_fill(digit, -torch.inf)
    rather = torch.stack([_lead_of(digit, logits) for logits in said]).mean(dim=0) - SURER
    is_digit = (_favour(lines, rather) > 0) | digit.all()
    prediction = predict(torch.where(is_digit[:, None], digits, letters))
    given = iter(classifier.classes[label] for label in prediction.labels.tolist())
    classes = [[next(given) for _ in line] for line in lines]
    return Reading(
        _text(lines, classes), prediction.certainty, torch.where(is_digit[:, None, None], as_digits, as_letters)
    )


def _lead_of(these: Bool[Tensor, " c"], logits: Float32[Tensor, "n c"]) -> Float32[Tensor, " n"]:
    """By how much the largest logit of these classes is over the largest of the others."""
    return logits.masked_fill(~these, -torch.inf).amax(dim=1) - logits.masked_fill(these, -torch.inf).amax(dim=1)


def _favour(lines: Sequence[Sequence[Piece]], rather: Float32[Tensor, " n"]) -> Float32[Tensor, " n"]:
    """By how much each glyph is rather a digit than a letter, in logits.

    Args:
        rather: the same of each glyph by itself.

    An O may be a 0 by itself. But digits are as high as capitals, and what stands together is mostly of one kind.
    """
    high = float(np.percentile([piece.height for line in lines for piece in line], 85))
    favours, start = [], 0
    for line in lines:
        base = float(np.median([piece.bottom for piece in line]))
        alone = rather[start : start + len(line)].clamp(-STRONGEST, STRONGEST)
        rise = torch.tensor([(base - piece.top) / high for piece in line])
        alone = alone - UNLIKE_A_DIGIT * ((rise - 1).abs() - 0.12).clamp(min=0)
        ends = [n for n in range(1, len(line)) if line[n].left - line[n - 1].right > GAP_OF_WORDS * high]
        favours += [word + COMPANY * word.mean() for word in alone.tensor_split(ends)]
        start += len(line)
    return torch.cat(favours)


def _text(lines: Sequence[Sequence[Piece]], classes: Sequence[Sequence[str]]) -> str:
    """What stands on the lines, with spaces and small letters. Capitals are as high as most glyphs say."""
    told = [_capitals(line, names) for line, names in zip(lines, classes, strict=True)]
    usual = [height for line in told for height in line] or [0.0]
    heights = (float(np.median(line or usual)) for line in told)
    return "\n".join(_line(*each) for each in zip(lines, classes, heights, strict=True))


def _capitals(line: Sequence[Piece], classes: Sequence[str]) -> list[float]:
    """How high a capital of this line is, by each of its glyphs whose class says how high it is itself."""
    found = []
    for piece, name in zip(line, classes, strict=True):
        if name.lower() == name or not _same_shape(name):
            told = proportions(name)
            found.append(piece.height / (told.rise + told.drop) * CAPITAL)
    return found


def _same_shape(capital: str) -> bool:
    """Whether the small letter is the same class, as in EMNIST's ByMerge."""
    return capital in "CIJKLMOPSUVWXYZ"


def _line(line: Sequence[Piece], classes: Sequence[str], capital: float) -> str:
    """The text of a line. Where nothing says how high its capitals are, letters are taken for capitals."""
    base = float(np.median([piece.bottom for piece in line]))
    text = ""
    for number, (piece, name) in enumerate(zip(line, classes, strict=True)):
        high = capital or float(np.median([piece.height for piece in line]))
        if number and piece.left - line[number - 1].right > GAP_OF_WORDS * high:
            text += " "
        text += name.lower() if capital and _is_small(piece, name, base, capital) else name
    return text


def _is_small(piece: Piece, name: str, base: float, capital: float) -> bool:
    """Whether a glyph reaches up as its small letter does rather than as its capital."""
    if not (name.isupper() and _same_shape(name)):
        return False
    rises = proportions(name.lower(), 1.0).rise / CAPITAL
    return (base - piece.top) / capital < (1 + rises) / 2
