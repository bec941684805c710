"""Messages read back: every glyph by the classifier that chose it, and by one that never chose.

Random messages of 12 characters each, of digits, of letters of both cases, and of all. The independent reader is the
judging network. Confusions of the pairs in lookalikes.json, named from real images beforehand, are counted apart.
Messages that are in the file of results already are not composed again.
"""

import argparse
import string
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import torch

from glyphspace.core.errors import BadInput
from glyphspace.core.files import read_json
from glyphspace.core.randomness import derive_seed, stream
from glyphspace.latent.certainty import classify
from glyphspace.latent.decode import decode
from glyphspace.message.compose import Composition, compose
from glyphspace.nets import Model
from glyphspace.verbs.pens import Style, generator_for, hand_for, reader_for, second_reader
from glyphspace.zoo import feature_network, find_model

from .common import interval, machine, table
from .kept import Kept, parser
from .lookalikes import TABLE

LENGTH = 12
SETS = {"digits": string.digits, "letters": string.ascii_letters, "all": string.digits + string.ascii_letters}
PART = 500  # messages that are kept at a time


def main() -> int:
    options = parser(__doc__ or "", "messages")
    options.add_argument("--messages", type=int, default=10_000, help="of each set (default: 10000)")
    options.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS), help="default: all three")
    add_models(options)
    arguments = options.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    kept = Kept(arguments, "messages", "sets", "threads")
    alike = {frozenset(pair[:2]) for pair in read_json(TABLE)["pairs"]}
    rows = []
    for name in arguments.sets:
        writer = Writer(SETS[name], arguments)
        if writer.missing:
            print(f"{name}: {writer.generator.architecture} cannot write {writer.missing!r}; left out", flush=True)
            continue
        parts = []
        for start in range(0, arguments.messages, PART):
            numbers = range(start, min(start + PART, arguments.messages))
            key = f"{name} {numbers[0]:,} to {numbers[-1]:,}"
            if key not in kept.found:
                where = machine()
                kept.found[key] = writer.read_back(numbers, alike)
                kept.add(key, kept.found, where)
            parts.append(kept.found[key])
            print(f"{key}: {parts[-1]['independent']:,} of {parts[-1]['glyphs']:,} glyphs", file=sys.stderr, flush=True)
        rows.append(together(name, parts))
        print(" · ".join(told(*rows[-1])), flush=True)
    print()
    head = (
        "set",
        "messages",
        "glyphs",
        "by the composer",
        "by an independent one",
        "95% interval",
        "but for look-alikes",
        "refused",
    )
    table(head, [told(*row) for row in rows])
    for name, _, confusions in rows:
        print(f"{name}: {', '.join(f'{what} {count:,} times' for what, count in confusions.most_common(8))}")
    return int(any(totals["refused"] or totals["composer"] < totals["glyphs"] for _, totals, _ in rows))


def together(name: str, parts: Iterable[Mapping[str, Any]]) -> tuple[str, Counter[str], Counter[str]]:
    """The sums of all parts of a set: of glyphs, and of what they were taken for."""
    totals, confusions = Counter[str](), Counter[str]()
    for part in parts:
        totals.update({what: count for what, count in part.items() if what != "confusions"})
        confusions.update(part["confusions"])
    return name, totals, confusions


def told(name: str, found: Mapping[str, int], _: Mapping[str, int]) -> tuple[str, ...]:
    glyphs, right, alike = found["glyphs"], found["independent"], found["look-alikes"]
    if not glyphs:
        return name, f"{found['messages']:,}", "0", "", "", "", "", f"{found['refused']:,}"
    low, high = interval(right, glyphs)
    return (
        name,
        f"{found['messages']:,}",
        f"{glyphs:,}",
        f"{found['composer'] / glyphs:.4%}",
        f"{right / glyphs:.3%}",
        f"{low:.3%} to {high:.3%}",
        f"{(right + alike) / glyphs:.3%}",
        f"{found['refused']:,}",
    )


def add_models(options: argparse.ArgumentParser) -> None:
    """Who writes, and who reads."""
    options.add_argument("--model", help="of letters and of all; digits are also drawn by what ships (default: too)")
    options.add_argument("--classifier", help="that reads along (default: the one that ships)")
    options.add_argument("--second", help="that must agree (default: the choosing network)")
    options.add_argument("--judge", help="that reads independently (default: the judging network)")
    options.add_argument("--hand", choices=("same", "anew"), help="default: as `glyphspace write`")
    options.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")


class Writer:
    """The models that write messages of a set of characters, as `glyphspace write` takes them."""

    def __init__(self, characters: str, arguments: argparse.Namespace) -> None:
        asked = None if characters == string.digits else arguments.model
        self.characters = characters
        self.generator, _ = generator_for(characters, asked)
        own = self.generator.dataset == "mnist"  # the classifiers that were named are those of the letters
        self.reader = reader_for(self.generator, None if own else arguments.classifier)
        self.second = second_reader(self.generator, None if own else arguments.second)
        self.judge = self._judge(None if own else arguments.judge)
        self.style = Style(None if own else arguments.hand)
        self.missing = "".join(one for one in characters if not {one, one.upper()} & set(self.generator.classes))

    def _judge(self, named: str | None) -> Model:
        return find_model(named, "classifier") if named else feature_network(self.generator.dataset, "judging")

    def compose(self, text: str, seed: int) -> Composition:
        hand = hand_for(self.generator, self.reader, self.style, seed)
        return compose(text, self.generator, self.reader, seed, self.second, hand)

    def text(self, length: int, seed: int) -> str:
        picks = torch.randint(len(self.characters), (length,), generator=stream(seed, "text"))
        return "".join(self.characters[pick] for pick in picks.tolist())

    def read_back(self, numbers: Iterable[int], alike: set[frozenset[str]]) -> dict[str, Any]:
        """How many glyphs of these messages are read as intended; by whom, and what others are taken for."""
        totals, confusions = Counter[str](), Counter[str]()
        for number in numbers:
            text = self.text(LENGTH, derive_seed(1, "message", number))
            totals["messages"] += 1
            try:
                message = self.compose(text, number).message
            except BadInput as error:
                totals["refused"] += 1
                print(f"{text!r}: {error}", file=sys.stderr, flush=True)
                continue
            images = decode(self.generator, message.latents, message.conditions)  # anew, as whoever receives it
            wanted = [one if one in self.generator.classes else one.upper() for one in text]
            totals["glyphs"] += len(wanted)
            for name, reader in (("composer", self.reader), ("independent", self.judge)):
                read = [reader.classes[label] for label in classify(reader, images).labels.tolist()]
                totals[name] += sum(one == two for one, two in zip(wanted, read, strict=True))
                if name == "independent":
                    wrong = [(one, two) for one, two in zip(wanted, read, strict=True) if one != two]
                    totals["look-alikes"] += sum(frozenset(pair) in alike for pair in wrong)
                    confusions.update(f"{one} read as {two}" for one, two in wrong)
        counted = ("messages", "glyphs", "composer", "independent", "look-alikes", "refused")
        return {**{name: totals[name] for name in counted}, "confusions": dict(confusions.most_common())}


if __name__ == "__main__":
    sys.exit(main())
