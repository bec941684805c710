"""Section 2.3: embeddings of no class, in the range of the classes' and far outside it."""

from collections.abc import Iterator

import torch

from ....core.files import Json
from ....data import load_dataset
from ....figures.lines import lines
from ....latent.decode import conditions
from ....latent.labelled import label
from ....latent.noise import strange_conditions
from ....latent.prior import normal
from ....metrics.features import extract
from ....metrics.manifold import compare_manifolds
from ....report.apart import agreed
from ....report.page import Block, Text
from ....report.verdict import Part, Verdict, mean, spread
from ....zoo import feature_network
from ...explore import Findings
from ...explore.noise import noise
from ..frame import Bench, Chapter, Results, Step
from .subjects import basis, explored, how_able, only_if_able, reader

DISTANCES = (0.0, 0.5, 1.0, 2.0, 5.0, 20.0)
NEAR, FAR = (0.5, 1.0), (5.0, 20.0)  # in the range of the classes' embeddings, and outside it
LESS = 0.1  # a share that is smaller by that is smaller
UNLIKE = 0.5  # of the classes' precision, under which images are like no digit
SURE = 0.95


def _strange(bench: Bench) -> Findings:
    """What is drawn with embeddings of no class, z as usual: how surely it is read, and how like real ones it is."""
    count = bench.pick(300, 1_000)
    judge = feature_network("mnist", "judging").net
    real = extract(judge, load_dataset("mnist", "test").images[: bench.pick(2_000, 10_000)])
    runs: list[Json] = []
    models = explored(bench)
    for generator in models:
        bench.breathe()
        known = conditions(generator, torch.arange(len(generator.classes)))
        latents = normal(count, int(generator.net.z_dim), 0, "strange")  # type: ignore[arg-type]
        asked = known[torch.arange(count) % len(known)]
        every = (asked, *strange_conditions(known, DISTANCES, count, 0))
        seen = [label(generator, reader(), latents, told) for told in every]
        runs.append(
            {
                "sure": [float((one.certainty >= SURE).double().mean()) for one in seen],
                "precision": [compare_manifolds(real, extract(judge, one.images)).precision for one in seen],
            }
        )
    numbers = {"distances": DISTANCES, "runs": runs}
    drawn = noise(models[0], classifier=reader(), sizes=(0.0,), count=200, centres=10, variations=1).figures["strange"]
    curves = {
        "read with a certainty of 0.95": torch.tensor(runs[0]["sure"][1:]).numpy(),
        "lies among real images": torch.tensor(runs[0]["precision"][1:]).numpy(),
    }
    title = "distance from the middle of the classes' embeddings, as many times as theirs"
    figure = lines("share of images", title, torch.tensor(DISTANCES).numpy(), curves, marks=True)
    return Findings("strange", {"seeds": len(runs), "images": count}, numbers, {"images": drawn, "shares": figure})


def _tell(results: Results) -> Iterator[Block | Verdict]:
    runs = results["strange"]["runs"]
    yield Text(
        (
            how_able(results["classes"]),
            "An embedding of no class lies in a direction drawn by chance from the middle of the classes' embeddings, "
            "so many times as far from it as they are on average.",
        )
    )
    yield results.picture(
        "strange", "images", "Images with embeddings of no class, nearer and farther", "Figure 10: z = 0 throughout."
    )
    yield results.picture("strange", "shares", "Shares of sure and of realistic images over the distance")
    yield _verdict(runs, results["classes"])


def _verdict(runs: list[Json], classes: Json) -> Verdict:
    def at(name: str, distances: tuple[float, ...]) -> list[float]:
        return [mean([run[name][1 + DISTANCES.index(each)] for each in distances]) for run in runs]

    sure, precise = ([run[name][0] for run in runs] for name in ("sure", "precision"))
    near, far = (" and ".join(f"{each:g}" for each in some) for some in (NEAR, FAR))
    parts = (
        Part(
            f"in range ({near} times as far out) images are less surely read than of classes (by {LESS:.0%} or more)",
            "in between classes",
            f"{spread(at('sure', NEAR), '.0%')} with a certainty of {SURE:g} or more, where classes have "
            f"{spread(sure, '.0%')}",
            agreed(of - other >= LESS for of, other in zip(sure, at("sure", NEAR), strict=True)),
        ),
        Part(
            "they are more or less recognisable: at least half as many as of classes lie among real images",
            "more or less",
            f"precision {spread(at('precision', NEAR), '.2f')} against {spread(precise, '.2f')}",
            agreed(other >= UNLIKE * of for of, other in zip(precise, at("precision", NEAR), strict=True)),
        ),
        Part(
            f"far out ({far} times) they are not: fewer than half as many do",
            "not recognisable",
            f"precision {spread(at('precision', FAR), '.2f')}",
            agreed(other < UNLIKE * of for of, other in zip(precise, at("precision", FAR), strict=True)),
        ),
    )
    return Verdict(
        "25",
        "2.3",
        "Embeddings in the range of the labels' give something in between classes; far ones give nothing recognisable.",
        only_if_able(classes, parts),
        basis(classes),
        f"A classifier is no judge of that: {spread(at('sure', FAR), '.0%')} of the images far out are read with a "
        f"certainty of {SURE:g} or more.",
    )


STEPS = (Step("strange", _strange),)
CHAPTERS = (Chapter("2.3 Embeddings of no class", "strange", ("strange", "classes"), _tell),)
