"""The sections on everything else that one waits for."""

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import composing as messages
from .. import inversion as inversions
from .. import labelled_latents as latents
from .. import maps as drawn
from .. import plane as planes
from .. import quick_studies as studies
from .. import waiting as commands
from .markdown import missed, table


def peak(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    found = kept["found"]
    columns = [(kind, threads) for kind, of_threads in found.items() for threads in of_threads]
    heads = [f"{kind}, {threads} thread{'s' * (threads != '1')}" for kind, threads in columns]
    layers = next(iter(found["float32"].values()))
    rows = [(layer, *(f"{found[k][t][layer] / 1e9:,.0f}" for k, t in columns)) for layer in layers]
    rows.append(("**best**", *(f"**{max(found[k][t].values()) / 1e9:,.0f}**" for k, t in columns)))
    yield "Convolutions, in 10⁹ operations a second; the best at a number of threads is what is called the peak."
    yield ""
    yield from table(("layer", *heads), rows)


def waiting(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    found = kept["found"]
    rows = [(what, f"{statistics.median(times):.2f}", f"{max(times):.2f}") for what, times in found.items()]
    yield from table(("wait", "seconds (median)", "at most"), rows)
    needed = statistics.median(found[commands.HELP])
    if needed > commands.LIMIT:
        yield from missed([f"{commands.HELP} takes {needed:.2f} seconds, not {commands.LIMIT:g}"])


def quick_studies(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    found, asked = kept["found"], kept["asked"]
    rows = [(f"`{name}`", f"{found['seconds'][name]:.0f}") for name in asked["names"]]
    yield from table(("study", "seconds"), [*rows, ("**all together**", f"**{found['together']:.0f}**")])
    yield ""
    yield f"{asked['at_once']} beside each other, each by {asked['threads']} thread{'s' * (asked['threads'] > 1)}."
    yield from missed(studies.shortfalls(found))


def composing(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    rows, late = [], []
    for characters, texts in kept["found"].items():
        both = [sum(pair) for pair in texts]
        parts, middle = [statistics.median(part) for part in zip(*texts, strict=True)], statistics.median(both)
        rows.append((characters, *(f"{each:.2f}" for each in (*parts, middle, max(both)))))
        if middle >= messages.LIMIT:
            late.append(f"{characters} take {middle:.2f} seconds, not under {messages.LIMIT:g}")
    yield f"{messages.CHARACTERS:,} characters, in seconds: medians of {kept['asked']['texts']} texts."
    yield ""
    yield from table(("characters", "composing", "drawing", "together", "at most"), rows)
    yield from missed(late)


def labelled_latents(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    found = kept["found"]
    bulk, loop, times = (
        statistics.median(found[each]) for each in ("bulk, latents a second", "loop, latents a second", "ratio")
    )
    large, megabytes = found["large file, latents a second"], found["most megabytes in memory"]
    rows = [
        ("in bulk, to a file", f"{bulk:,.0f}"),
        ("one at a time, as the documents do it", f"{loop:,.0f}"),
        (f"in bulk, to one large file, in {megabytes:,} MB of memory", f"{large:,.0f}"),
    ]
    yield from table(("latents drawn, decoded and labelled", "a second"), rows)
    yield ""
    yield f"In bulk {times:.1f} times as many."
    if "checked on" in found:
        against = found["against float32"]
        nets = " and ".join(each.replace(",", " of") for each in found["checked on"])
        yield (
            f"Against float32, of {latents.COMPARED:,} latents of trained nets ({nets}), "
            f"{against['labels that differ']:.2%} of the labels differ, "
            f"{against['of those with a certainty of 0.95 in float32']:.2%} of those that are certain to 0.95, and "
            f"{against['pixels that differ by more than 4 levels']:.2%} of the pixels by more than 4 of 256 levels."
        )
    short = [f"{bulk:,.0f} a second, not {latents.LEAST:,}"] if bulk < latents.LEAST else []
    short += [f"{latents.TIMES} times as many were aimed at"] if times < latents.TIMES else []
    yield from missed(short)


def plane(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    found = kept["found"]
    points = f"{found['resolution']} × {found['resolution']} points"
    rows = [
        (f"zoom {zoom}", f"{statistics.median(times):.2f}", f"{max(times):.2f}")
        for zoom, times in found["seconds"].items()
    ]
    yield from table((f"{points}, labels and certainty", "seconds (median)", "at most"), rows)
    if found["slowest"] >= planes.LIMIT:
        yield from missed([f"{found['slowest']:.1f} seconds, not under {planes.LIMIT:g}"])


def maps(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    made = kept["found"]["maps"]
    rows = [
        (
            f"{one['space']}, {one['method']}",
            one["threads"],
            f"{one['seconds']:.1f}",
            f"{one['trustworthiness']:.4f}",
            drawn.ratio(one, made),
        )
        for one in made
    ]
    heads = (f"map of {kept['found']['points']:,}", "threads", "seconds", "trustworthiness", "× scikit-learn")
    yield from table(heads, rows)
    if any(one["method"] == drawn.USUAL for one in made):
        words = f"Ours lowers t-SNE's early exaggeration in stages; “{drawn.USUAL}”, as is usual, for comparison."
        yield from ("", words)
    yield from missed(drawn.shortfalls(made))


def inversion(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    found = kept["found"]
    methods = [inversions.Result(**each) for each in found["methods"]]
    rows = []
    for one in methods:
        shares = (f"{share:.1%}" for share in (one.label_kept, one.inside))
        rows.append((inversions.words(one), f"{one.error:.4f}", *shares, f"{one.images_a_second:,.1f}"))
    heads = ("mean squared error", "label kept", "in the shell", "images/s")
    yield from table((f"{found['images']:,} test images", *heads), rows)
    if not any(map(inversions.holds, methods)):
        yield from missed([inversions.CLAIM])
