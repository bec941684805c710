"""What the documents leave open of the reference GAN, tried: which choices give all the figures that are reported.

Reported by "GAN and CNN to conquer MNIST" after five epochs: accuracies in training that settle at 0.65 to 0.75, on
fake above on real; a discriminator's loss above the generator's from the first epoch on; an accuracy of 0.8091 on
the training and of 0.8128 on the test set. It does not say on which images, nor whether dropout was on, so all are
measured.
A training that is in the file of results already is not done again.

    python -m benchmarks.reference_variants --variants dropout=0.3 dropout=0.4 dropout=0.5,init=0.02 --seeds 0 1 2
"""

import argparse
from typing import Any

import torch
from torch import Tensor, nn

from glyphspace import load_dataset
from glyphspace.core.randomness import stream
from glyphspace.data import to_unit
from glyphspace.nets.reference import DROPOUT, SLOPE
from glyphspace.training.device import choose_compute
from glyphspace.training.gan import GanTraining
from glyphspace.training.recipes import find_recipe
from glyphspace.training.state import Splits

from .common import machine, spread, table
from .kept import Kept, parser

COUNT = 5000  # images of each split and kind
DEFAULT = ("dropout=0.3", "dropout=0.4", "dropout=0.5", "dropout=0.4,init=0.02", "dropout=0.5,slope=0.01")


def options() -> argparse.ArgumentParser:
    """What it can be asked."""
    made = parser(__doc__ or "", "reference_variants")
    made.add_argument("--variants", nargs="+", default=list(DEFAULT), metavar="NAME=NUMBER,…", help="what to try")
    made.add_argument("--seeds", type=int, nargs="+", default=[0], help="default: 0")
    made.add_argument("--epochs", type=int, default=5, help="default: 5")
    made.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")
    return made


def main() -> None:
    arguments = options().parse_args()

    kept = Kept(arguments, "variants", "seeds", "epochs", "threads")  # an entry tells its epochs
    found = kept.found
    for seed in arguments.seeds:
        for variant in arguments.variants:
            key = f"{variant}, seed {seed}"
            if len(found.get(key, [])) < arguments.epochs:
                where = machine()
                found[key] = train(variant, seed, arguments)
                kept.add(key, found, where)
    show(found, arguments.variants)


def train(variant: str, seed: int, arguments: Any) -> list[dict[str, float]]:
    """Train one variant; for each epoch its means in training and what its discriminator finds right afterwards."""
    splits = Splits(*(load_dataset(arguments.data, split) for split in ("train", "test")), arguments.data)
    compute = choose_compute(threads=arguments.threads)
    training = GanTraining(find_recipe("gan-reference"), splits, seed, compute)  # type: ignore[arg-type]
    choose(training, **{name: float(number) for name, number in (part.split("=") for part in variant.split(","))})
    epochs = []
    for epoch in range(arguments.epochs):
        first = epoch * training.batches.steps_per_epoch
        steps = range(first, first + training.batches.steps_per_epoch)
        rows = torch.stack([training.advance(step, 0.0) for step in steps])
        means = dict(zip(training.columns, rows[len(rows) // 2 :].mean(0).tolist(), strict=True))
        epochs.append({**means, **accuracies(training, splits, seed)})
        print(f"{variant}, seed {seed}, epoch {epoch + 1}: {epochs[-1]}", flush=True)
    return epochs


def choose(training: GanTraining, dropout: float = DROPOUT, slope: float = SLOPE, init: float = 0.0) -> None:
    """Make the open choices: dropout, the discriminator's slope, the spread of the first weights (0: torch's own)."""
    for layer in training.discriminator.look[1::2]:  # type: ignore[index, union-attr]
        layer.dropped, layer.slope = round(256 * dropout), slope
    draws = stream(training.seed, "initialisation", "variant")
    for net in (training.generator, training.discriminator):
        for module in net.modules():
            if init and isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
                nn.init.normal_(module.weight, std=init, generator=draws)


@torch.inference_mode()
def accuracies(training: GanTraining, splits: Splits, seed: int) -> dict[str, float]:
    """The shares of real images of both splits, and of fake ones, that are told right, with dropout and without.

    Fake ones are drawn by the averaged statistics of the generator's batch norm, by those of each batch of 32 as in
    training, and at latents that are uniform in [0, 1] where the training's are normal.
    """
    draws, generator = stream(seed, "benchmark"), training.generator
    normal, uniform = torch.randn(COUNT, 100, generator=draws), torch.rand(COUNT, 100, generator=draws)
    kept = {name: buffer.clone() for name, buffer in generator.named_buffers()}
    shown = {
        "train": to_unit(splits.train.images[:COUNT]),
        "test": to_unit(splits.test.images[:COUNT]),
        "fake": torch.cat([generator.eval()(part) for part in normal.split(500)]),
        "fake of uniform latents": torch.cat([generator.eval()(part) for part in uniform.split(500)]),
        "fake in batches": torch.cat([generator.train()(part) for part in normal.split(32)]),
    }
    generator.load_state_dict(kept, strict=False)  # drawing in batches moved the averages
    found = {}
    for mode in ("eval", "train"):
        training.discriminator.train(mode == "train")
        for name, images in shown.items():
            right = (logits(training.discriminator, images) > 0) != name.startswith("fake")
            found[f"{name}, {mode} mode"] = float(right.float().mean())
    training.discriminator.train()
    return found


def logits(discriminator: nn.Module, images: Tensor) -> Tensor:
    return torch.cat([discriminator(part) for part in images.split(500)])


def show(found: dict[str, list[dict[str, float]]], variants: list[str]) -> None:
    """The last epoch of every variant, over its seeds."""
    columns = [
        ("loss D", "discriminator_loss"),
        ("loss G", "generator_loss"),
        ("real, training", "real_accuracy"),
        ("fake, training", "fake_accuracy"),
        ("real test, eval", "test, eval mode"),
        ("fake, eval", "fake, eval mode"),
    ]
    rows = []
    for variant in variants:
        last = [epochs[-1] for key, epochs in found.items() if key.startswith(f"{variant}, seed")]
        if last:
            rows.append((variant, *(spread([epoch[key] for epoch in last]) for _, key in columns), len(last)))
    print()
    table(("", *(head for head, _ in columns), "seeds"), rows)


if __name__ == "__main__":
    main()
