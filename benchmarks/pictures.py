"""How much of a picture of words and numbers is read as it was written, of one hand and of a hand for each character.

Claim: of texts of three words or numbers, drawn by the models that ship, nine characters of ten and more are read
right. By how much digits must lead was chosen on texts of other seeds.

    python -m benchmarks.pictures
"""

import random
from difflib import SequenceMatcher

import torch
from PIL import Image

from glyphspace.message.read_picture import read_picture
from glyphspace.message.render import render
from glyphspace.verbs.pens import Style
from glyphspace.verbs.write import write
from glyphspace.zoo import labeller

from .common import interval, machine, parser, save, table

WORDS = """
meet me at the gate nine quick brown fox jumps over lazy dog Happy birthday June Sphinx black quartz Pack my box with
five jugs No hand wrote this line Attack dawn Room Flight Call on or if is it as
"""
PLACES = 3  # words or numbers in a text
NUMBERS = 0.3  # of them
HANDS = ("same", "anew")


def main() -> None:
    options = parser(__doc__ or "", "pictures")
    options.add_argument("--texts", type=int, default=100, help="of each hand (default: 100)")
    options.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")
    arguments = options.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    where, reader, found = machine(), labeller("characters"), {}
    for hand in HANDS:
        pairs = []
        for seed in range(100, 100 + arguments.texts):
            page = write(text_of(seed), seed=seed, style=Style(hand=hand)).page
            pairs.append((text_of(seed), read_picture(Image.fromarray(render(page)), reader).text))
        found[hand] = {
            "characters": sum(len(written) for written, _ in pairs),
            "right": sum(in_common(*pair) for pair in pairs),
            "texts": len(pairs),
            "whole": sum(written == read for written, read in pairs),
        }
    rows = []
    for hand, figures in found.items():
        low, high = interval(figures["right"], figures["characters"])
        share, whole = figures["right"] / figures["characters"], figures["whole"] / figures["texts"]
        rows.append((hand, f"{figures['characters']:,}", f"{share:.1%}", f"{low:.1%} to {high:.1%}", f"{whole:.0%}"))
    table(("hand", "characters", "read right", "95% interval", "whole texts"), rows)
    save(arguments, where, found)


def text_of(seed: int) -> str:
    """Some words and numbers, the same for a seed."""
    chance = random.Random(seed)
    picks = (
        str(chance.randrange(10 ** chance.randint(1, 4))) if chance.random() < NUMBERS else chance.choice(WORDS.split())
        for _ in range(PLACES)
    )
    return " ".join(picks)


def in_common(written: str, read: str) -> int:
    """How many characters stand in both, in the same order."""
    return sum(block.size for block in SequenceMatcher(None, written, read, autojunk=False).get_matching_blocks())


if __name__ == "__main__":
    main()
