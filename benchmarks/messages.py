"""Messages read back: every glyph by the classifier that chose it and by one that never chose; and how fast they are.

Random messages of 12 characters each, of digits, of letters of both cases, and of all. The independent reader is the
judging network. Confusions of the pairs in lookalikes.json, named from real images beforehand, are counted apart.
"""

import argparse
import string
import sys
import time
from collections import Counter
from typing import Any

import torch

from glyphspace.core.errors import BadInput
from glyphspace.core.files import read_json
from glyphspace.core.randomness import derive_seed, stream
from glyphspace.latent.certainty import classify
from glyphspace.latent.decode import decode
from glyphspace.message.compose import Composition, compose
from glyphspace.message.render import render
from glyphspace.message.typeset import typeset
from glyphspace.nets import Model
from glyphspace.verbs.pens import Style, generator_for, hand_for, reader_for, second_reader
from glyphspace.zoo import feature_network, find_model

from .common import interval, machine, parser, save, table
from .lookalikes import TABLE

LENGTH = 12
SETS = {"digits": string.digits, "letters": string.ascii_letters, "all": string.digits + string.ascii_letters}
SPEED = 1_000  # characters


def main() -> int:
    options = parser(__doc__ or "", "messages")
    options.add_argument("--messages", type=int, default=10_000, help="of each set (default: 10000)")
    options.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS), help="default: all three")
    options.add_argument("--model", help="of letters and of all; digits are also drawn by what ships (default: too)")
    options.add_argument("--classifier", help="that reads along (default: the one that ships)")
    options.add_argument("--second", help="that must agree (default: the choosing network)")
    options.add_argument("--judge", help="that reads independently (default: the judging network)")
    options.add_argument("--hand", choices=("same", "anew"), help="default: as `glyphspace write`")
    options.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")
    arguments = options.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    where, found, rows = machine(), {}, []
    alike = {frozenset(pair[:2]) for pair in read_json(TABLE)["pairs"]}
    for name in arguments.sets:
        writer = Writer(SETS[name], arguments)
        if writer.missing:
            print(f"{name}: {writer.generator.architecture} cannot write {writer.missing!r}; left out", flush=True)
            continue
        found[name] = {**writer.read_back(arguments.messages, alike), "seconds": writer.seconds()}
        rows.append(told(name, found[name]))
        print(" · ".join(map(str, rows[-1])), flush=True)
    print()
    head = (
        "set",
        "glyphs",
        "by the composer",
        "by an independent one",
        "95% interval",
        "but for look-alikes",
        "1,000 in",
        "refused",
    )
    table(head, rows)
    save(arguments, where, found)
    return int(any(each["refused"] or each["composer"] < each["glyphs"] for each in found.values()))


def told(name: str, found: dict[str, Any]) -> tuple[str, ...]:
    glyphs, right, alike = found["glyphs"], found["independent"], found["look-alikes"]
    low, high = interval(right, glyphs)
    seconds = found["seconds"]
    return (
        name,
        f"{glyphs:,}",
        f"{found['composer'] / glyphs:.4%}",
        f"{right / glyphs:.3%}",
        f"{low:.3%} to {high:.3%}",
        f"{(right + alike) / glyphs:.3%}",
        f"{seconds['compose']:.2f} + {seconds['draw']:.2f} s",
        f"{found['refused']:,}",
    )


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

    def read_back(self, count: int, alike: set[frozenset[str]]) -> dict[str, Any]:
        """How many glyphs of `count` messages are read as intended; by whom, and what others are taken for."""
        totals, confusions = Counter[str](), Counter[str]()
        for number in range(count):
            text = self.text(LENGTH, derive_seed(1, "message", number))
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
            if number % 500 == 499:
                share = totals["independent"] / totals["glyphs"]
                print(f"{number + 1:,} messages, {share:.3%} read by the independent one", file=sys.stderr, flush=True)
        commonest = dict(confusions.most_common(12))
        return {
            **{name: totals[name] for name in ("glyphs", "composer", "independent", "look-alikes", "refused")},
            "confusions": commonest,
        }

    def seconds(self) -> dict[str, float]:
        """How long 1,000 characters take once everything is loaded, the best of three."""
        self.compose(self.text(200, 0), 0)
        times: dict[str, list[float]] = {"compose": [], "draw": []}
        for seed in range(1, 4):
            begun = time.perf_counter()
            composed = self.compose(self.text(SPEED, seed), seed)
            composing = time.perf_counter()
            render(typeset(composed.images, composed.text, 40))
            times["draw"].append(time.perf_counter() - composing)
            times["compose"].append(composing - begun)
        best = min(range(3), key=lambda trial: times["compose"][trial] + times["draw"][trial])
        return {name: values[best] for name, values in times.items()}


if __name__ == "__main__":
    sys.exit(main())
