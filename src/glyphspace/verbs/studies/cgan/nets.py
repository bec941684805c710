"""Sections 1.1 and 1.2.2: the nets, layer by layer, and table 1."""

from collections.abc import Iterator

from ....figures.diagram import net_diagram
from ....report.nets import lay_out
from ....report.page import Block, Table
from ....report.verdict import Basis, Part, Verdict
from ....training.recipes import GanRecipe, recipes
from ...explore import Findings
from ..frame import Bench, Chapter, Results, Step
from .subjects import NAMES, REFERENCE, RESIDUAL

KINDS = ("generator", "discriminator")
REPORTED = {
    REFERENCE: {"discriminator": 249_983, "generator": 229_887},
    RESIDUAL: {"discriminator": 618_751, "generator": 285_375},
}
ROWS = ("epochs", "batch_size", "discriminator_rate", "generator_rate", "beta1", "beta2", "advantage")


def _count(bench: Bench) -> Findings:
    nets = {(name, kind): lay_out(kind, getattr(recipes[name], kind), 10) for name in NAMES for kind in KINDS}
    return Findings(
        "nets",
        {},
        {name: {kind: nets[name, kind].parameters for kind in KINDS} for name in NAMES},
        {f"{name}-{kind}": net_diagram(net.layers, net.input_shape) for (name, kind), net in nets.items()},
    )


def _tell(results: Results) -> Iterator[Block | Verdict]:
    counts = results["nets"]
    for name, words in NAMES.items():
        for kind in KINDS:
            caption = f"The {kind} of {words}: {counts[name][kind]:,} parameters."
            yield results.picture("nets", f"{name}-{kind}", f"Diagram of the {kind} of {words}", caption)
    yield _recipes()
    yield Verdict(
        "20b",
        "1.2.2",
        "The reference CGAN has 249,983 and 229,887 parameters, the report's own 618,751 and 285,375.",
        tuple(
            Part(
                f"the {kind} of {NAMES[name]}",
                f"{said[kind]:,}",
                f"{counts[name][kind]:,}",
                said[kind] == counts[name][kind],
            )
            for name, said in REPORTED.items()
            for kind in KINDS
        ),
        Basis("both pairs of nets, z of 50 numbers, parameters counted layer by layer", 0),
        "The layers of the report's own CGAN were in figures that did not survive; residual blocks of the reference "
        "nets' widths come to its counts if only the generator has batch norm, though it says that every convolution "
        "has.",
    )


def _recipes() -> Table:
    """The rest of table 1, as the recipes here have it."""
    ours = [recipes[name] for name in NAMES]
    assert all(isinstance(recipe, GanRecipe) for recipe in ours)
    rows = tuple((row.replace("_", " "), *(_written(getattr(recipe, row)) for recipe in ours)) for row in ROWS)
    return Table(("", *NAMES.values()), rows, "How both are trained: what the report names, and we took over.")


def _written(value: object) -> str:
    return (
        f"{value:.5f}".rstrip("0").rstrip(".") if isinstance(value, float | int) else str(value).removeprefix("fixed:")
    )


STEPS = (Step("nets", _count),)
CHAPTERS = (Chapter("1.1 The nets", "nets", ("nets",), _tell),)
