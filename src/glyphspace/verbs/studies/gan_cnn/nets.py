"""Sections 1.1 and 2.1: the nets, layer by layer."""

from collections.abc import Iterator

from ....figures.diagram import net_diagram
from ....report.nets import lay_out
from ....report.page import Block
from ....report.verdict import Basis, Part, Verdict
from ...explore import Findings
from ..frame import Bench, Chapter, Results, Step

SPECS = {"generator": "reference:z_dim=100", "discriminator": "reference", "classifier": "reference"}
REPORTED = {"generator": 246_529, "discriminator": 377_121, "classifier": 28_938}
COUNTED = Basis("the reference nets, z of 100 numbers, parameters counted layer by layer", 0)


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
        COUNTED,
        "The two are printed the other way round." if swapped else "",
    )
    right = counts["classifier"] == REPORTED["classifier"]
    yield Verdict(
        "1b",
        "2.1",
        "The CNN has 28,938 parameters.",
        (Part("it has this many parameters", f"{REPORTED['classifier']:,}", f"{counts['classifier']:,}", right),),
        COUNTED,
    )


STEPS = (Step("nets", _count),)
CHAPTERS = (Chapter("1.1, 2.1 The nets", "nets", ("nets",), _tell),)
