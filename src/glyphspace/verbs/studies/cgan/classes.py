"""Section 2.1: samples of each class, how much they differ, and the image of z = 0."""

from collections.abc import Iterator

import torch
from jaxtyping import Float
from torch import Tensor

from ....core.files import Json
from ....data import load_dataset
from ....figures.rows import Row, captioned_rows
from ....latent.labelled import LabelledLatents, label_asked
from ....metrics.diversity import class_diversity
from ....metrics.features import extract, see
from ....metrics.scores import classifier_score
from ....nets.model import Model
from ....report.apart import agreed
from ....report.page import Block, Text
from ....report.verdict import Part, Verdict, mean, spread
from ....zoo import feature_network
from ...explore import Findings
from ...explore.subject import captions, draw, subject
from ..frame import Bench, Chapter, Results, Step
from ..words import described
from .subjects import NAMES, basis, explored, how_able, only_if_able, reader

SHOWN = (0, 2, 7, 8)  # the classes of the report's figures 5 to 8
COLUMNS = 10
ALIKE = 0.8  # of real images' diversity, from which on samples count as diverse
SHIPS = "the conditional generator of digits that ships"


def _classes(bench: Bench) -> Findings:
    """Samples of each class beside test images, and what is drawn at z = 0."""
    test, judge = load_dataset("mnist", "test"), feature_network("mnist", "judging").net
    real = extract(judge, test.images)
    of_real = class_diversity(real, test.labels, len(test.classes))
    runs: list[Json] = []
    models = explored(bench)
    for generator in models:
        bench.breathe()
        about = subject(generator, reader())
        samples = draw(about, bench.pick(2_000, 10_000), 0)
        labels = torch.arange(len(about.classes))
        zero = label_asked(about.generator, about.classifier, torch.zeros(len(labels), about.z_dim), labels)
        asked = _asked(samples)
        looked = see(judge, samples.images)
        seen = looked.features
        assert looked.probabilities is not None  # `see` decides
        nearer = _farther_than(extract(judge, zero.images), seen, asked, real, test.labels)
        runs.append(
            {
                "label as asked": float((samples.labels == asked).double().mean()),
                "certainty": float(samples.certainty.mean()),
                "score": classifier_score(looked.probabilities),
                "diversity": class_diversity(seen, asked, len(test.classes)),
                "certainty at zero": zero.certainty,
                "read at zero": zero.labels == labels,
                "samples farther from the middle": nearer,
            }
        )
        if len(runs) == 1:
            figures = {"samples": captioned_rows(_rows(samples)), "zero": captioned_rows([_row("z = 0", zero)])}
    found = {"explored": _words(models[0]), "runs": runs, "diversity of real": of_real}
    return Findings("classes", {"seeds": len(runs)}, found, figures)


def _asked(samples: LabelledLatents) -> Tensor:
    assert samples.asked is not None  # of a conditional generator
    return samples.asked


def _farther_than(
    zero: Float[Tensor, "classes d"],
    seen: Float[Tensor, "n d"],
    asked: Tensor,
    real: Float[Tensor, "m d"],
    labels: Tensor,
) -> list[float]:
    """For each class the share of samples that lie farther from the mean of its real images than that of z = 0."""
    shares = []
    for of, middle in enumerate(real[labels == of].mean(0) for of in range(len(zero))):
        reach = torch.linalg.vector_norm(seen[asked == of] - middle, dim=1)
        shares.append(float((reach > torch.linalg.vector_norm(zero[of] - middle)).double().mean()))
    return shares


def _rows(samples: LabelledLatents) -> list[Row]:
    rows = []
    for of in SHOWN:
        some = samples.take((_asked(samples) == of).nonzero().flatten()[: 2 * COLUMNS])
        rows += [_row(samples.classes[of], some.take(range(COLUMNS))), _row("", some.take(range(COLUMNS, 2 * COLUMNS)))]
    return rows


def _row(title: str, some: LabelledLatents) -> Row:
    return Row(title, some.images.numpy(), captions(some))


def _words(model: Model) -> str:
    """Which generator is explored."""
    steps = model.training.get("steps")
    after = f", trained for {steps:,} steps" if isinstance(steps, int) else ""
    which = f"the generator of {NAMES[name]}" if (name := model.architecture) in NAMES else SHIPS
    return f"{which} ({described(model)}){after}"


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["classes"]
    runs = found["runs"]
    yield Text((how_able(found),))
    yield results.picture(
        "classes", "samples", "Samples of four classes, 20 of each", "Figures 5 to 8: samples, none of them chosen."
    )
    yield results.picture("classes", "zero", "The image of z = 0 in each class", "Figure 9: what is drawn at z = 0.")
    ratios = [
        mean([ours / real for ours, real in zip(run["diversity"], found["diversity of real"], strict=True)])
        for run in runs
    ]
    read = [float(sum(run["read at zero"])) for run in runs]
    sure, usual = ([mean(run["certainty at zero"]) for run in runs], [run["certainty"] for run in runs])
    farther = [mean(run["samples farther from the middle"]) for run in runs]
    parts = (
        Part(
            f"two images of a class differ nearly as much as two real ones ({ALIKE:.0%} or more, in features)",
            "by eye",
            f"{spread(ratios, '.0%')} of the distance of real ones",
            agreed(ratio >= ALIKE for ratio in ratios),
        ),
        Part(
            "at z = 0 every class is read as itself",
            "figure 9",
            f"{spread(read, '.3g')} of 10",
            agreed(count == 10 for count in read),
        ),
        Part(
            "the image there is nearer to the middle of its class than samples are (than nine of ten)",
            "more standard",
            f"than {spread(farther, '.0%')}, over classes",
            agreed(share >= 0.9 for share in farther),
        ),
        Part(
            "it is easier to recognise than samples",
            "could be",
            f"certainty {spread(sure, '.3f')} against {spread(usual, '.3f')}",
            agreed(zero > some for zero, some in zip(sure, usual, strict=True)),
        ),
    )
    yield Verdict(
        "24",
        "2.1",
        "Samples are diverse within each class; the image of z = 0 is the standard form of its class, easier to read.",
        only_if_able(found, parts),
        basis(found),
        "The middle of a class is the mean of its test images in the features of the judging network.",
    )


STEPS = (Step("classes", _classes),)
CHAPTERS = (Chapter("2.1 Diversity in each class", "classes", ("classes",), _tell),)
