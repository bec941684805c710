"""means: the mean latent of each class, the image there, and why it is so short."""

from pathlib import Path

import torch
from jaxtyping import Int64

from ...core.errors import BadInput
from ...core.progress import Progress, silent
from ...figures.norms import Shrinking, shrinking_norms
from ...figures.rows import Row, captioned_rows
from ...latent.decode import condition_dim
from ...latent.labelled import LabelledLatents, label, label_asked
from ...latent.means import MeanLatents, mean_latents, norms
from ...latent.norm_law import norm_laws
from ...latent.save import arrays_of, npz
from ...nets.model import Model
from .findings import Findings
from .subject import Subject, captions, certain, draw, lowered, subject

SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
WIDEST = 12  # images in a row


def means(
    model: str | Path | Model,
    *,
    classifier: str | Path | Model | None = None,
    count: int = 10_000,
    seed: int = 0,
    prior: str = "normal",
    certainty: float = 0.95,
    progress: Progress = silent,
) -> Findings:
    """The mean latent of each class, what is drawn there, and the law of its norm.

    A conditional generator is asked for each class at z = 0 too, the mean of what it is given. The means are kept
    (`means-latents.npz`), for whatever takes latents.
    Sections 3.3 and 3.4 of the assignment "GAN and CNN to conquer MNIST".

    Args:
        certainty: of the latents that are averaged; less where fewer than a tenth have it.

    Raises:
        BadInput: no such model or prior, what is no certainty, or too few latents.
    """
    about = subject(model, classifier)
    labelled = draw(about, count, seed, prior, progress)
    threshold, some = certain(labelled, certainty)
    found, laws = mean_latents(some), norm_laws(some, SIZES, seed)
    present = found.present
    if not laws:
        raise BadInput(f"no class has two of the {count:,} latents, so none has a mean; ask for more")
    typical = torch.stack([norms(some.latents[some.labels == of]).mean() for of in present])
    short = norms(found.latents[present])
    drawn = _draw_means(about, found, typical)
    spread = (sum(law.spread**2 for law in laws.values()) / max(len(laws), 1)) ** 0.5
    names = [found.classes[of] for of in present.tolist()]
    whose = {kind: present if one.asked is None else one.asked for kind, one in drawn.items()}
    right = {kind: float((one.labels == whose[kind]).double().mean()) for kind, one in drawn.items()}
    return Findings(
        "means",
        about.told(count=count, seed=seed, prior=prior, certainty=threshold),
        {
            "classes": names,
            "counts": found.counts[present],
            "norm of the mean": short,
            "mean norm of the latents": typical,
            "norm of all samples": {"mean": norms(labelled.latents).mean(), "deviation": norms(labelled.latents).std()},
            "law": {found.classes[of]: law for of, law in laws.items()},
            "read as their class": right,
            "images": {kind: {"labels": one.labels, "certainty": one.certainty} for kind, one in drawn.items()},
        },
        {
            "images": captioned_rows([row for kind, one in drawn.items() for row in _rows(kind, one, whose[kind])]),
            "norms": shrinking_norms(
                {
                    found.classes[of]: Shrinking(law.sizes, law.measured.numpy(), law.expected.numpy(), law.shift)
                    for of, law in laws.items()
                },
                spread,
            ),
        },
        {"latents.npz": npz(arrays_of(drawn["mean"]))},
        (
            *lowered(certainty, threshold),
            f"a latent is {norms(labelled.latents).mean():.2f} long, the mean latent of a class {short.mean():.2f} "
            f"({float(short.min()):.2f} to {float(short.max()):.2f})",
            *(f"{kind}: {share:.0%} of {len(drawn[kind])} classes read as themselves" for kind, share in right.items()),
        ),
    )


def _draw_means(about: Subject, found: MeanLatents, typical: torch.Tensor) -> dict[str, LabelledLatents]:
    """What is drawn at each mean, as far out as the class's latents lie, and of a conditional generator at z = 0.

    Of a conditional generator it is what is asked for, of the classes that it draws; a reader may see others in it.
    """
    present = found.present
    latents = found.latents[present]
    far = latents * (typical / norms(latents).clamp(min=1e-6)).unsqueeze(1)
    nets = about.generator, about.classifier
    if not condition_dim(about.generator):
        return {"mean": label(*nets, latents), "as long as samples": label(*nets, far)}
    own = torch.tensor([of for of in present.tolist() if found.classes[of] in about.generator.classes])
    if not len(own):
        raise BadInput("no sample is read as a class that the generator draws; use a classifier of its dataset")
    rows = torch.isin(present, own)
    return {
        "z = 0": label_asked(*nets, torch.zeros_like(latents[rows]), own),
        "mean": label_asked(*nets, latents[rows], own),
    }


def _rows(kind: str, drawn: LabelledLatents, whose: Int64[torch.Tensor, " n"]) -> list[Row]:
    """As many rows as it takes; the last is filled up with nothing. What is read as another class says whose it is.

    Args:
        whose: the classes whose means these are.
    """
    told = [
        caption if of == seen else f"{drawn.classes[of]} as {caption}"
        for of, seen, caption in zip(whose.tolist(), drawn.labels.tolist(), captions(drawn), strict=True)
    ]
    rows = []
    width = min(WIDEST, len(drawn))
    for start in range(0, len(drawn), width):
        part = drawn.take(range(start, min(start + width, len(drawn))))
        blank = torch.zeros(width - len(part), 28, 28, dtype=torch.uint8)
        images = torch.cat([part.images, blank]).numpy()
        rows.append(Row(kind if not start else "", images, told[start : start + width]))
    return rows
