"""What curves over the levels of grey change about conditional generators that were trained without them.

Each generator is given the tones of training images, by one curve for all classes and by a curve for each, and is
judged with and without them against 10,000 other training images; by the choosing network, or by another one that did
not learn from those. Nothing is looked at that judges in the end.

    python -m benchmarks.tones digits-best fashion-best
    python -m benchmarks.tones runs/letters --data letters=DIR
    python -m benchmarks.tones runs/letters --data letters=DIR --network runs/second
"""

import sys
from dataclasses import replace
from typing import Any

from glyphspace.latent.decode import condition_dim
from glyphspace.nets import Model, build
from glyphspace.nets.tones import Tones, curve_between
from glyphspace.nets.use import channels_last
from glyphspace.training.recipes import find_recipe, override
from glyphspace.training.state import Splits
from glyphspace.training.toning import IMAGES, drawn_like, toned
from glyphspace.verbs.compare_gauge import DISTANCE, LABELS, GeneratorGauge
from glyphspace.verbs.train import load_splits
from glyphspace.zoo import feature_network, find_model

from .common import machine, parser, save, table

SHOWN = (DISTANCE, "precision", "recall", "coverage", LABELS)


def main() -> None:
    options = parser(__doc__ or "", "tones")
    options.add_argument("models", nargs="+", metavar="MODEL", help="runs, files or names, all of the same data")
    options.add_argument("--network", metavar="MODEL", help="whose features judge (default: the choosing network)")
    options.add_argument("--count", type=int, default=10_000, help="images to judge (default: 10000)")
    arguments = options.parse_args()

    where = machine()
    splits = load_splits(override(find_recipe("digits-best"), {"data": arguments.data, "hold_out": 10_000}), seed=0)
    network = find_model(arguments.network, "classifier") if arguments.network else None
    gauge = GeneratorGauge(splits, network or feature_network(splits.dataset, "choosing"), arguments.count)
    found: dict[str, Any] = {}
    for name in arguments.models:
        model = find_model(name, "generator")
        if not condition_dim(model):
            sys.exit(f"{name} is told no class; give generators that are")
        ways = {"without": bare(model), "one curve": alike(bare(model, tones=1), splits)}
        ways["a curve for each class"] = toned_model(bare(model, tones=1), splits)
        found[name] = {how: gauge.measure(way).figures for how, way in ways.items()}
    rows = [
        (f"{name}, {how}", *(f"{figures[key]:.4f}" if key in figures else "" for key in SHOWN))
        for name, ways in found.items()
        for how, figures in ways.items()
    ]
    table(("", *SHOWN), rows)
    save(arguments, where, found)


def bare(model: Model, **tones: int) -> Model:
    """`model` without the tones that it may have; with room for new ones, which change nothing yet, if `tones` is 1."""
    numbers = {**{name: value for name, value in model.numbers.items() if name != "tones"}, **tones}
    net = build("generator", model.architecture, numbers)
    weights = {name: tensor for name, tensor in model.net.state_dict().items() if not name.startswith("tones.")}
    net.load_state_dict(weights, strict=False)  # but for the tones, which begin afresh
    channels_last(net.eval().requires_grad_(False))
    return replace(model, net=net, numbers=numbers)


def toned_model(model: Model, splits: Splits) -> Model:
    """`model` as a training would keep it."""
    return replace(model, net=toned(model.net, splits, seed=0))


def alike(model: Model, splits: Splits) -> Model:
    """`model` with one curve, that of all images, for each of its classes."""
    _, real = next(splits.samples(IMAGES, seed=0))
    curve = curve_between(drawn_like(model.net, real.labels, seed=0), real.images)
    for layer in model.net.modules():
        if isinstance(layer, Tones):
            layer.learn(curve.expand(len(layer.curves), -1), model.net.embed.weight)  # type: ignore[union-attr,arg-type]
    return model


if __name__ == "__main__":
    main()
