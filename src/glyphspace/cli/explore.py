"""glyphspace explore MODEL EXPERIMENT: each experiment is a function of `verbs.explore` and an entry in a table."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..core.errors import BadInput
from .lists import numbers, weights, words
from .terminal import check_folder, waiting


@dataclass(frozen=True)
class Option:
    """A keyword argument of an experiment's function; one that is not given has the function's own default.

    Attributes:
        idle_beside: another option, in whose presence this one has no effect.
    """

    name: str
    kind: Callable[[str], Any]
    metavar: str
    help: str
    idle_beside: str = ""

    @property
    def flag(self) -> str:
        """As it is typed."""
        return "--" + self.name.replace("_", "-")


@dataclass(frozen=True)
class Experiment:
    """A function of this name in a file of this name in `verbs/explore`."""

    name: str
    help: str
    options: tuple[Option, ...] = ()


COUNT = Option("count", int, "N", "latents to draw (default: 10000)")
PRIOR = Option("prior", str, "NAME", "what latents are drawn from: normal, uniform, symmetric (default: normal)")
SEED = Option("seed", int, "N", "of everything random (default: 0)")
CERTAINTY = Option("certainty", float, "C", "of the latents to begin with, if enough have it (default: 0.95)")
NPZ = "text, or an .npz that sample, select or invert kept"
CERTAINTY_OF_SAMPLES = replace(CERTAINTY, idle_beside="latents")
CLASSIFIER = Option("classifier", str, "MODEL", "which labels (default: the one that ships)")

EXPERIMENTS = (
    Experiment(
        "labels",
        "how often each class comes, at several thresholds of certainty",
        (
            COUNT,
            PRIOR,
            Option("thresholds", numbers, "A,B,…", "of certainty (default: 0,0.5,0.8,0.95,0.99)"),
            Option("truncation", float, "T", "cut normal latents off at ±T"),
            Option("compared", int, "N", "test images to compare with, 0 for none (default: 2000)"),
            Option("data", str, "DATA", "whose test images these are (default: what the generator was trained on)"),
            Option(
                "keep",
                Path,
                "FILE",
                "keep all latents, images and labels in this safetensors file, for select; others in it are replaced",
            ),
        ),
    ),
    Experiment(
        "means",
        "the mean latent of each class, the image there, and why it is so short",
        (COUNT, PRIOR, CERTAINTY),
    ),
    Experiment(
        "distances",
        "how far latents lie from the means, and how much of the label can be told from z",
        (COUNT, PRIOR, Option("thresholds", numbers, "A,B,…", "of certainty (default: 0,0.5,0.8,0.95,0.98)")),
    ),
    Experiment(
        "path",
        "what is drawn on the way from one latent to another",
        (
            Option("form", str, "NAME", "spherical, linear, two-way, or three-way of --latents (default: spherical)"),
            Option("latents", Path, "FILE", f"to lead a path through, in place of pairs of samples: {NPZ}"),
            Option(
                "weights",
                weights,
                "A,B,…/C,D,…",
                "mix the given latents, from each row of weights straight to the next (two-way: 0,1/1,0)",
            ),
            Option("steps", int, "N", "of a path (default: 11)"),
            Option("paths", int, "N", "of each kind, for the figures (default: 200)", "latents"),
            Option("count", int, "N", "samples to choose ends from (default: 2000)", "latents"),
            Option("film", str, "KIND", "gif or mp4 (default: gif)"),
            CERTAINTY_OF_SAMPLES,
        ),
    ),
    Experiment(
        "noise",
        "what noise does to labels and certainty, on means, on samples and on embeddings",
        (
            Option("latents", Path, "FILE", f"to shake in place of samples: {NPZ}"),
            Option("sizes", numbers, "A,B,…", "of the noise (default: 0.1,0.3,0.5,0.7,0.9)"),
            Option("law", str, "NAME", "normal or uniform (default: normal)"),
            Option("measure", str, "NAME", "what a normal size is: deviation or variance (default: deviation)"),
            Option("centres", int, "N", "samples that are shaken (default: 200)"),
            Option("variations", int, "N", "of each, for each size (default: 10)"),
            Option("count", int, "N", "latents to choose from (default: 2000)"),
            CERTAINTY,
        ),
    ),
    Experiment(
        "plane",
        "the plane through three latents as maps of labels and certainty, near and far; some seconds for each zoom",
        (
            Option(
                "classes",
                words,
                "A,B,C",
                "whose means or embeddings it goes through (default: 8,1,0); with --latents of a conditional generator "
                "the one to draw (default: what an .npz says, if it is one)",
            ),
            Option("latents", Path, "FILE", f"three that it goes through, or two and the origin: {NPZ}"),
            Option("resolution", int, "N", "points on a side (default: 400)"),
            Option("zooms", numbers, "A,B,…", "how many times as wide the window is (default: 1,2,5,20)"),
            Option("images", int, "N", "along each side (default: 12)"),
            Option("count", int, "N", "latents to take means of where classes have means (default: 10000)", "latents"),
            CERTAINTY_OF_SAMPLES,
        ),
    ),
    Experiment(
        "map",
        "latents, activations, features and images laid out in two dimensions, and how far to believe it; it takes "
        "minutes, and fewer with fewer of --count, --of and --seeds",
        (
            Option("count", int, "N", "latents to draw (default: 2000)"),
            PRIOR,
            Option("method", str, "NAME", "tsne, umap or pca (default: tsne)"),
            Option("of", words, "A,B,…", "what is mapped (default: latents,activations,features,images)"),
            Option("seeds", int, "N", "random starts to compare in each space, 0 for none (default: 3; of pca none)"),
            Option("place", str, "DATA", "a dataset whose test images are put on the maps of images and features"),
        ),
    ),
    Experiment(
        "directions",
        "ways to go along in the latent space: what changes on each, and what stays",
        (
            Option("count", int, "N", "latents to learn from (default: 4000)"),
            Option("kinds", words, "A,B,…", "of directions (default: attributes,components,factors)"),
            Option("most", int, "N", "components and factors (default: 5)"),
        ),
    ),
    Experiment(
        "discriminator",
        "what a run's discriminator takes for real, and what its nets look like inside",
        (
            Option("count", int, "N", "images of each kind (default: 2000)"),
            Option("data", str, "DATA", "whose test images a run's discriminator judges (default: the run's)"),
        ),
    ),
)


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("explore", help="look into the latent space of a generator")
    parser.add_argument("model", metavar="MODEL", help="a run folder, a file, or a shipped model's name")
    experiments = parser.add_subparsers(dest="experiment", metavar="EXPERIMENT", required=True)
    for experiment in EXPERIMENTS:
        about = f"{experiment.help[0].upper()}{experiment.help[1:]}."
        asked = experiments.add_parser(experiment.name, help=experiment.help, description=about)
        for option in (*experiment.options, CLASSIFIER, SEED):
            asked.add_argument(
                option.flag,
                type=option.kind,
                metavar=option.metavar,
                help=option.help,
                default=argparse.SUPPRESS,
            )
        asked.add_argument("--out", type=Path, required=True, metavar="DIR", help="where figures and numbers go")
        asked.set_defaults(run=explore, experiment=experiment)


def explore(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace explore`."""
    from .. import explore as experiments

    check_folder(arguments.out)  # before the work is done, not after
    experiment: Experiment = arguments.experiment
    options = [one for one in (*experiment.options, CLASSIFIER, SEED) if hasattr(arguments, one.name)]
    given = {option.name: getattr(arguments, option.name) for option in options}
    for option in options:
        if option.idle_beside in given:
            raise BadInput(f"{option.flag} has no effect beside --{option.idle_beside}; leave out one of the two")
    with waiting(experiment.name) as progress:
        findings = getattr(experiments, experiment.name)(arguments.model, progress=progress, **given)
        written = findings.save(arguments.out)
    for line in (*findings.summary, *written):
        print(line)
