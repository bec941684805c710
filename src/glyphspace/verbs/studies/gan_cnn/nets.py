"""Sections 1.1 and 2.1: the nets, layer by layer, and table 1."""

from collections.abc import Iterator

from ....figures.diagram import net_diagram
from ....report.nets import lay_out
from ....report.page import Block, Text
from ....report.verdict import Part, Verdict
from ...explore import Findings
from ..frame import Bench, Chapter, Results, Step

SPECS = {"generator": "reference:z_dim=100", "discriminator": "reference", "classifier": "reference"}
REPORTED = {"generator": 246_529, "discriminator": 377_121, "classifier": 28_938}
TABLE_1 = "1111010 0011110 1101011 0100000 1110"  # the discriminator's word on 32 real samples: 1 says real


def _count(bench: Bench) -> Findings:
    nets = {kind: lay_out(kind, spec, 10) for kind, spec in SPECS.items()}
    return Findings(
        "nets",
        {"nets": SPECS},
        {kind: net.parameters for kind, net in nets.items()},
        {kind: net_diagram(net.layers, net.input_shape) for kind, net in nets.items()},
    )


def _tell(results: Results) -> Iterator[Block | Verdict]:
    counts = results["nets"]
    for kind in SPECS:
        yield results.picture(
            "nets", kind, f"Diagram of the reference {kind}", f"The {kind}: {counts[kind]:,} parameters."
        )
    other = {"generator": "discriminator", "discriminator": "generator", "classifier": "classifier"}
    parts = tuple(
        Part(f"the {kind} has this many parameters", f"{said:,}", f"{counts[kind]:,}", counts[kind] == said)
        for kind, said in REPORTED.items()
        if kind != "classifier"
    )
    swapped = all(REPORTED[kind] == counts[other[kind]] for kind in other)
    yield Verdict(
        "1",
        "1.1",
        "The generator has 246,529 parameters and the discriminator 377,121.",
        parts,
        "Counted layer by layer, the two are printed the other way round." if swapped else "",
    )
    right = counts["classifier"] == REPORTED["classifier"]
    yield Verdict(
        "1b",
        "2.1",
        "The CNN has 28,938 parameters.",
        (Part("it has this many parameters", f"{REPORTED['classifier']:,}", f"{counts['classifier']:,}", right),),
    )


def _tell_table(results: Results) -> Iterator[Block | Verdict]:
    said = TABLE_1.replace(" ", "")
    fakes, size = said.count("0"), len(said)
    yield Text(("The report lists what its discriminator says of one batch of real images, and counts the mistakes.",))
    yield Verdict(
        "2",
        "1.2",
        "Of 32 real samples the discriminator labels 10 as fake.",
        (Part("samples labelled 0 in its table 1", "10 in the text", f"{fakes} of {size} in the table", fakes == 10),),
        f"The table itself has {fakes} of them, so that {100 * (1 - fakes / size):.0f}% are taken for real.",
    )


STEPS = (Step("nets", _count),)
CHAPTERS = (
    Chapter("1.1, 2.1 The nets", "nets", ("nets",), _tell),
    Chapter("1.2 One batch of real images", "table-1", (), _tell_table),
)
