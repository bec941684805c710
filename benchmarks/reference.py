"""The reference recipes beside what "GAN and CNN to conquer MNIST" reports of them.

Claims: after five epochs of `gan-reference` every class is at least 2% of 10,000 samples, and in training the
discriminator's accuracy settles at 0.65 to 0.75 with fake above real, at about 0.81 without dropout; after five
epochs of `cnn-reference` the test accuracy is at least 0.9783.

    python -m benchmarks.reference
"""

import numpy as np
import torch

from glyphspace import load_dataset, train
from glyphspace.core.randomness import stream
from glyphspace.data import to_unit
from glyphspace.metrics.discrimination import Discrimination, discrimination
from glyphspace.metrics.features import probabilities
from glyphspace.nets import Model
from glyphspace.verbs.train import Run

from .common import Judge, draw, machine, parser, save, table, workspace

WINDOWS = 10  # rows of the table of curves


def main() -> None:
    options = parser(__doc__ or "", "reference")
    options.add_argument("--epochs", type=float, default=5.0, help="of each (default: 5)")
    options.add_argument("--seed", type=int, default=0, help="default: 0")
    options.add_argument("--count", type=int, default=10_000, help="samples to count classes in (default: 10000)")
    options.add_argument("--judge", metavar="MODEL", help="the network that names the classes (default: shipped)")
    options.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")
    arguments = options.parse_args()

    where, judge = machine(), Judge(arguments.data, arguments.judge)
    chosen = {"data": arguments.data, "seed": arguments.seed, "epochs": arguments.epochs, "threads": arguments.threads}
    with workspace(arguments.keep) as folder:
        cnn = train("cnn-reference", out=folder / "cnn-reference", **chosen)
        gan = train("gan-reference", out=folder / "gan-reference", **chosen)

    curves = in_windows(gan)
    verdict = judge(draw(gan.models["generator"], arguments.count, arguments.seed))
    figures = {}
    for split, told, reported in (("train", 0.8091, 0.9831), ("test", 0.8128, 0.9783)):
        found = discriminate(gan, arguments.data, split, arguments.seed)
        figures[f"discriminator, {split}"] = (found.overall, told)
        figures[f"discriminator, {split}, real"] = (found.real, None)
        figures[f"discriminator, {split}, fake"] = (found.fake, None)
        figures[f"classifier, {split}"] = (accuracy(cnn.models["classifier"], arguments.data, split), reported)
    figures["classifier, seconds of 25 iterations"] = (25 * float(cnn.history.column("seconds").mean()), "0.2 to 0.25")
    show(curves, figures, verdict.shares, judge.model.classes)
    named = {name: {"here": here, "reported": reported} for name, (here, reported) in figures.items()}
    save(arguments, where, {"curves": curves, "figures": named, "shares": verdict.shares, "frechet": verdict.frechet})


def in_windows(run: Run) -> list[dict[str, float]]:
    """The means of every figure of the history over equal stretches of the run."""
    rows = run.history.rows().numpy()
    stretches = np.array_split(np.arange(len(rows)), min(WINDOWS, len(rows)))
    return [
        {
            "steps": int(part[-1]) + 1,
            **dict(zip(run.history.columns, rows[part].mean(0).round(4).tolist(), strict=True)),
        }
        for part in stretches
    ]


@torch.inference_mode()
def discriminate(run: Run, data: str, split: str, seed: int) -> Discrimination:
    """The discriminator's accuracy on all real images of a split and on as many generated ones, without dropout."""
    generator, discriminator = run.models["generator"].net, run.models["discriminator"].net
    batches = load_dataset(data, split).images.split(500)
    real = torch.cat([discriminator(to_unit(batch)) for batch in batches])
    latents = torch.randn(len(real), int(generator.z_dim), generator=stream(seed, "benchmark", split))
    fake = torch.cat([discriminator(generator(part)) for part in latents.split(500)])
    return discrimination(real, fake)


def accuracy(classifier: Model, data: str, split: str) -> float:
    """The share of all images of a split that the classifier labels right."""
    images = load_dataset(data, split)
    return float((probabilities(classifier.net, images.images).argmax(1) == images.labels).double().mean())


def show(
    curves: list[dict[str, float]],
    figures: dict[str, tuple[float, object]],
    shares: tuple[float, ...],
    classes: tuple[str, ...],
) -> None:
    print("gan-reference in training, means over stretches; reported: accuracies of 0.65 to 0.75, fake above real")
    columns = ("discriminator_loss", "generator_loss", "real_accuracy", "fake_accuracy")
    rows = [(f"to step {row['steps']:,}", *(f"{row[name]:.3f}" for name in columns)) for row in curves]
    table(("", *(name.replace("_", " ") for name in columns)), rows)
    print()
    table(("", "here", "reported"), [(name, f"{here:.4f}", told or "") for name, (here, told) in figures.items()])
    print(
        "\nclasses among the samples: " + ", ".join(f"{c} {100 * s:.1f}%" for c, s in zip(classes, shares, strict=True))
    )
    print(f"the rarest: {100 * min(shares):.1f}%")


if __name__ == "__main__":
    main()
