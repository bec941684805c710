"""Section 2.4: convolutions against dense layers, and what is to be seen inside the CNN."""

from collections.abc import Iterator
from functools import partial

import torch

from ....core.files import Json
from ....data import load_dataset, to_unit
from ....figures.kernels import kernel_sheets
from ....figures.pairs import image_rows
from ....latent.anatomy import SHOWN, layer_pictures, pixel_kernels
from ....metrics.features import probabilities
from ....report.apart import below, errors
from ....report.page import Block
from ....report.verdict import Basis, Part, Verdict, mean, spread
from ....training.state import Splits
from ...explore import Findings
from ..frame import Bench, Chapter, Results, Step
from ..words import setting
from .brief import cnn, fit
from .classifier import accuracy
from .subjects import CNN, reference_runs

SHIFT = 3  # pixels
DENSE = "dense:width=36"  # as many parameters as the CNN, as nearly as can be
NETS = {"convolutions": "reference", "dense": DENSE}


def _convolutions(bench: Bench) -> Findings:
    """The CNN and a dense net of about as many parameters, on test images as they are and moved."""
    splits = Splits(load_dataset("mnist", "train"), load_dataset("mnist", "test"), "mnist")
    seeds, steps = bench.pick((3, 300), (3, 5 * 1_875))
    shifted = torch.roll(splits.test.images, (SHIFT, -SHIFT), (1, 2))

    def trained(spec: str, seed: int) -> Json:
        net, seconds = fit(cnn(classifier=spec), splits, steps, seed)
        return {
            "parameters": sum(p.numel() for p in net.parameters()),
            "seconds": seconds,
            "test": accuracy(net, splits.test),
            "moved": float((probabilities(net, shifted).argmax(1) == splits.test.labels).double().mean()),
        }

    found = {
        name: [bench.once(f"{name}-{seed}", partial(trained, spec, seed)) for seed in range(seeds)]
        for name, spec in NETS.items()
    }
    return Findings("convolutions", {"steps": steps, "seeds": seeds}, {"steps": steps, **found}, {})


def _inside(bench: Bench) -> Findings:
    """The kernels of the first layer, and what each layer puts out for one test image."""
    net = reference_runs(bench, CNN)[0].models["classifier"].net
    image = to_unit(load_dataset("mnist", "test").images[:1])
    kernels = {f"layer {name}": some.numpy() for name, some in pixel_kernels(net).items()}
    rows = [(name, page.numpy()) for name, page in layer_pictures(net, (image,)).items()]
    figures = {"kernels": kernel_sheets(kernels), "activations": image_rows(rows, [""] * SHOWN)}
    return Findings("inside", {}, {}, figures)


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["convolutions"]
    yield results.picture(
        "inside",
        "kernels",
        "The kernels of the CNN's first layer",
        "The kernels of the layer that reads pixels: blue adds ink, orange takes it away.",
    )
    yield results.picture(
        "inside",
        "activations",
        "What the layers of the CNN put out for the first test image",
        "What layers put out for it, the ten channels that vary most, each drawn as large as the image.",
    )
    values = {
        name: [[run[name] for run in found[net]] for net in NETS] for name in ("parameters", "seconds", "test", "moved")
    }

    def both(name: str, written: str) -> str:
        return " against ".join(spread(some, written) for some in values[name])

    def fewer_errors(name: str) -> bool | None:
        ours, others = (errors(some) for some in values[name])
        return below(ours, others)

    counts = " against ".join(f"{some[0]:,.0f}" for some in values["parameters"])
    slower = mean(values["seconds"][0]) / mean(values["seconds"][1])
    yield Verdict(
        "8",
        "2.4",
        "Convolutions are better for images than dense layers: fewer parameters, hence faster to train, and no less "
        "accurate.",
        (
            Part(
                "at as many parameters they are more accurate",
                "—",
                f"{both('test', '.4f')}, with {counts} parameters",
                fewer_errors("test"),
            ),
            Part(
                "so they are faster to train",
                "rapidly trained",
                f"a step takes {slower:.1f} times as long as one of the dense net",
                below(*values["seconds"]),
            ),
            Part(
                f"they care less where the digit stands (moved by {SHIFT} pixels both ways)",
                "—",
                both("moved", ".3f"),
                fewer_errors("moved"),
            ),
        ),
        Basis(f"{CNN}: {setting(cnn(), found['steps'])}, against {DENSE} trained in the same way", len(found["dense"])),
        "Convolutions save parameters, not arithmetic: every weight is used at every place of the image. "
        "GANs of such layers are called DCGANs, deep convolutional GANs.",
    )


STEPS = (Step("convolutions", _convolutions), Step("inside", _inside))
CHAPTERS = (Chapter("2.4 Why convolutions", "convolutions", ("convolutions", "inside"), _tell),)
