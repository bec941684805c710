"""glyphspace evaluate, glyphspace report."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .terminal import print_table, waiting

if TYPE_CHECKING:
    from ..verbs.evaluate import GeneratorEvaluation
    from ..verbs.evaluate_classifier import ClassifierEvaluation
    from ..verbs.evaluate_stacked import StackedEvaluation


def add_to(commands: Any) -> None:
    """Add the commands to the parser."""
    parser = commands.add_parser("evaluate", help="measure a generator or a classifier on the test images")
    parser.add_argument("model", metavar="MODEL", help="a run folder, a file, or a shipped model's name")
    parser.add_argument("--data", help="a dataset's name or path (default: what the model was trained on)")
    parser.add_argument("--judge", metavar="MODEL", help="the network whose features judge (default: the shipped one)")
    parser.add_argument(
        "--count", type=int, metavar="N", help="images to generate (default: 10000, or 26000 stacked ones)"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the latents (default: 0)")
    parser.add_argument("--json", action="store_true", help="print every figure as JSON")
    parser.set_defaults(run=evaluate)

    page = commands.add_parser("report", help="make the page of a run")
    page.add_argument("folder", type=Path, metavar="RUN", help="a run folder")
    page.add_argument("--classifier", metavar="MODEL", help="which labels (default: the one that ships)")
    page.add_argument("--message", default="2026", metavar="TEXT", help="what to write on the page (default: 2026)")
    page.add_argument(
        "--count", type=int, metavar="N", help="images to generate (default: 10000, or 26000 stacked ones)"
    )
    page.add_argument("--judge", metavar="MODEL", help="the network whose features judge (default: the shipped one)")
    page.add_argument("--out", type=Path, metavar="FILE.html", help="default: report.html in the run folder")
    page.set_defaults(run=report)


def evaluate(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace evaluate`."""
    from ..verbs.evaluate import GeneratorEvaluation, as_json
    from ..verbs.evaluate import evaluate as evaluate_verb
    from ..verbs.evaluate_stacked import StackedEvaluation

    with waiting("evaluate") as progress:
        found = evaluate_verb(
            arguments.model,
            data=arguments.data,
            judge_by=arguments.judge,
            count=arguments.count,
            seed=arguments.seed,
            progress=progress,
        )
    if arguments.json:
        print(json.dumps(as_json(found), indent=2))
    elif isinstance(found, GeneratorEvaluation):
        _print_generator(found)
    elif isinstance(found, StackedEvaluation):
        _print_stacked(found)
    else:
        _print_classifier(found)


def report(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace report`."""
    from ..verbs.report import report as report_verb

    with waiting("report") as progress:
        page = report_verb(
            arguments.folder,
            classifier=arguments.classifier,
            judge_by=arguments.judge,
            message=arguments.message,
            count=arguments.count,
            out=arguments.out,
            progress=progress,
        )
    print(page)


def _print_generator(found: "GeneratorEvaluation") -> None:
    ours, floor = found.judgement, found.floor
    print(
        f"{ours.fake_count:,} generated against {ours.real_count:,} test images of {found.dataset}; "
        f"the floor is of {floor.fake_count:,} training images"
    )
    right = f"{100 * found.network_accuracy:.2f}%"
    if floor.fake_count < min(ours.fake_count, ours.real_count):
        print("there are too few training images for a floor of as many; compare it with nothing of more images")
    print(f"judged by the features of {found.network}, which reads {right} of the test images right")
    rows: list[tuple[str, ...]] = [
        ("Fréchet distance", f"{ours.frechet:.3f}", f"{floor.frechet:.3f}", "lower"),
        (
            "kernel distance",
            *(f"{of.kernel.value:.4f} ± {of.kernel.standard_error:.4f}" for of in (ours, floor)),
            "lower",
        ),
    ]
    rows += [
        (name, f"{getattr(ours.manifold, name):.3f}", f"{getattr(floor.manifold, name):.3f}", "higher")
        for name in ("precision", "recall", "density", "coverage")
    ]
    if ours.classes and floor.classes:
        rows.append(("classifier score", f"{ours.classes.score:.3f}", f"{floor.classes.score:.3f}", "higher"))
        rows.append(("class entropy, bits", f"{ours.classes.entropy:.3f}", f"{floor.classes.entropy:.3f}", "higher"))
        rows.append(
            ("rarest class", *(f"{100 * c.smallest_share:.1f}%" for c in (ours.classes, floor.classes)), "higher")
        )
        if ours.classes.label_accuracy is not None:
            rows.append(("labelled as asked", f"{100 * ours.classes.label_accuracy:.2f}%", right, "higher"))
    covered = (f"{modes.covered} of {modes.clusters}" for modes in (found.modes, found.test_modes))
    different = (str(modes.different) for modes in (found.modes, found.test_modes))
    rows.append(("clusters of training images covered", *covered, "higher"))
    rows.append(("… whose share differs from theirs", *different, "like floor"))
    if ours.memorisation and floor.memorisation:
        pair = (f"{100 * m.closer_share:.1f}%" for m in (ours.memorisation, floor.memorisation))
        rows.append(("nearer to training than 99% of test", *pair, "like floor"))
    print_table(("figure", "model", "floor", "better"), rows)
    if found.discriminator:
        told = found.discriminator
        print(f"its discriminator: {told.overall:.4f} right, real {told.real:.4f}, generated {told.fake:.4f}")


def _print_stacked(found: "StackedEvaluation") -> None:
    modes = found.modes
    print(f"{modes.count:,} generated, read channel by channel ({found.network}), for {found.dataset}")
    rows: list[tuple[str, ...]] = [
        ("modes", f"{modes.covered:,}", f"{len(modes.counts):,}", "higher"),
        ("KL from the data, nats", f"{modes.divergence:.4f}", f"{modes.sampling_divergence:.4f}", "lower"),
        ("KL from all equally often", f"{found.uniform_divergence:.4f}", "", "lower"),
    ]
    for name, shares in zip(("first", "second", "third"), found.channels, strict=True):
        rows.append((f"rarest class of the {name} channel", f"{100 * min(shares):.1f}%", "", "higher"))
    print_table(("figure", "model", "sampling alone", "better"), rows)


def _print_classifier(found: "ClassifierEvaluation") -> None:
    print(f"accuracy {found.accuracy:.4f}, loss {found.loss:.4f} on {found.count:,} test images of {found.dataset}")
    rows = [("as it comes", f"{found.calibration_error:.4f}", str(found.calibration_chance))]
    if found.temperature is None:
        print("not calibrated (glyphspace calibrate MODEL)")
    else:
        error, chance = f"{found.calibrated_error:.4f}", str(found.calibrated_chance)
        rows.append((f"at its temperature of {found.temperature:.4f}", error, chance))
    print_table(("expected calibration error", "model", "chance alone"), rows)
