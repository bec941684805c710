"""What a curve over the levels of grey changes about generators that were trained without one.

Each is given the tones of training images, and judged with and without them by the choosing network, against 10,000
other training images. Nothing is looked at that judges in the end.

    python -m benchmarks.tones digits-best fashion-best
    python -m benchmarks.tones runs/letters --data letters=DIR
"""

from dataclasses import replace
from typing import Any

from glyphspace.nets import Model, build
from glyphspace.nets.use import channels_last
from glyphspace.training.recipes import find_recipe, override
from glyphspace.training.state import Splits
from glyphspace.training.toning import toned
from glyphspace.verbs.compare_gauge import DISTANCE, LABELS, GeneratorGauge
from glyphspace.verbs.train import load_splits
from glyphspace.zoo import feature_network, find_model

from .common import machine, parser, save, table

SHOWN = (DISTANCE, "precision", "recall", "coverage", LABELS)


def main() -> None:
    options = parser(__doc__ or "", "tones")
    options.add_argument("models", nargs="+", metavar="MODEL", help="runs, files or names, all of the same data")
    options.add_argument("--count", type=int, default=10_000, help="images to judge (default: 10000)")
    arguments = options.parse_args()

    where = machine()
    splits = load_splits(override(find_recipe("digits-best"), {"data": arguments.data, "hold_out": 10_000}), seed=0)
    gauge = GeneratorGauge(splits, feature_network(splits.dataset, "choosing"), arguments.count)
    found: dict[str, Any] = {}
    for name in arguments.models:
        bare, with_tones = (given(find_model(name, "generator"), splits, of) for of in ({}, {"tones": 1}))
        found[name] = {"without": gauge.measure(bare).figures, "with": gauge.measure(with_tones).figures}
    rows = [
        (f"{name}, {how}", *(f"{figures[key]:.4f}" if key in figures else "" for key in SHOWN))
        for name, of_both in found.items()
        for how, figures in of_both.items()
    ]
    table(("", *SHOWN), rows)
    save(arguments, where, found)


def given(model: Model, splits: Splits, tones: dict[str, int]) -> Model:
    """`model` with the tones of training images, or without any."""
    numbers = {**{name: value for name, value in model.numbers.items() if name != "tones"}, **tones}
    net = build("generator", model.architecture, numbers)
    weights = {name: tensor for name, tensor in model.net.state_dict().items() if not name.endswith(".curve")}
    net.load_state_dict(weights, strict=False)
    channels_last(net.eval().requires_grad_(False))
    return replace(model, net=toned(net, splits, seed=0), numbers=numbers)


if __name__ == "__main__":
    main()
