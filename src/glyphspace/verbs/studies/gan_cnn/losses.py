"""Sections 1.5, 1.6 and 2.6: where the losses come from, and how they are computed in single precision."""

import math
from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy, binary_cross_entropy_with_logits, softplus

from ....core.files import Json
from ....data import load_dataset
from ....figures.overlaid import overlaid
from ....metrics.features import probabilities
from ....report.page import Block, Text
from ....report.verdict import Basis, Part, Verdict, number
from ....training.objectives import objectives
from ....zoo import labeller
from ...explore import Findings
from ..frame import Bench, Chapter, Results, Step

LOGITS = torch.linspace(-120, 120, 481, dtype=torch.float64)
EXACT = 1e-6  # what differs by less is the same
SMOOTHING = 0.1  # so that the divergence has a value both ways round


def _stability(bench: Bench) -> Findings:
    """The loss of a real image, y = 1, over the discriminator's logit, in float32 three ways and in float64."""
    truth, slope = _loss_and_slope(LOGITS, lambda x: softplus(-x))
    forms: dict[str, Callable[[Tensor], Tensor]] = {
        "with logits": lambda x: binary_cross_entropy_with_logits(x, torch.ones_like(x), reduction="none"),
        "sigmoid, then BCE": lambda x: binary_cross_entropy(torch.sigmoid(x), torch.ones_like(x), reduction="none"),
        "sigmoid, then −log": lambda x: -torch.sigmoid(x).log(),
    }
    found = {name: _loss_and_slope(LOGITS.float(), form) for name, form in forms.items()}
    relative = {
        name: ((loss.double() - truth).abs() / truth.abs().clamp(min=1e-300)).nan_to_num(math.inf, math.inf)
        for name, (loss, _) in found.items()
    }
    numbers = {
        name: {
            "loss at -100": float(loss[LOGITS == -100]),
            "slope at -100": float(gradient[LOGITS == -100]),
            "slope at -120": float(gradient[LOGITS == -120]),
            "share of logits within 1%": float((relative[name] < 0.01).double().mean()),
        }
        for name, (loss, gradient) in found.items()
    }
    figure = overlaid(
        "−log D(x) of a real image, float32",
        "the discriminator's logit",
        LOGITS.numpy(),
        {**{name: loss.numpy() for name, (loss, _) in found.items()}},
    )
    slopes = overlaid(
        "its slope, which is what the nets learn from",
        "the discriminator's logit",
        LOGITS.numpy(),
        {name: gradient.numpy() for name, (_, gradient) in found.items()},
    )
    true = {"loss at -100": float(truth[LOGITS == -100]), "slope at -100": float(slope[LOGITS == -100])}
    return Findings("stability", {}, {"truth": true, **numbers}, {"loss": figure, "slope": slopes})


def _loss_and_slope(logits: Tensor, form: Callable[[Tensor], Tensor]) -> tuple[Tensor, Tensor]:
    x = logits.clone().requires_grad_()
    loss = form(x)
    (slope,) = torch.autograd.grad(loss.sum(), x)
    return loss.detach(), slope


def _minimax(bench: Bench) -> Findings:
    """The losses that are trained with, against the two sides of the minimax problem as the report writes them."""
    real, fake = torch.randn(2, 10_000, dtype=torch.float64, generator=torch.Generator().manual_seed(0)).mul(3)
    d_real, d_fake = real.sigmoid(), fake.sigmoid()
    value = d_real.log().mean() + (1 - d_fake).log().mean()
    game, used = objectives["minimax"], objectives["non-saturating"]
    sure = torch.full((1,), -8.0, dtype=torch.float64, requires_grad=True)
    slopes = {}
    for name, objective in (("minimax", game), ("non-saturating", used)):
        (slope,) = torch.autograd.grad(objective.generator(real[:1], sure), sure)
        slopes[name] = abs(float(slope))
    x, y = torch.tensor(2.0), torch.tensor(1.0)
    printed = y * x - torch.log(torch.exp(x) + 1)  # the last line of the report's derivation
    return Findings(
        "minimax",
        {},
        {
            "discriminator gap": abs(float(game.discriminator(real, fake) + value)),
            "generator gap": abs(float(game.generator(real, fake) - (1 - d_fake).log().mean())),
            "slopes": slopes,
            "printed": float(printed),
            "loss": float(binary_cross_entropy_with_logits(x, y)),
        },
        {},
    )


def _divergence(bench: Bench) -> Findings:
    """Cross-entropy less each of the two divergences, image by image: which of them is it, but for a constant?"""
    test = load_dataset("mnist", "test")
    q = probabilities(labeller("mnist").net, test.images[:2000]).double().clamp(min=1e-12)
    p = torch.full_like(q, SMOOTHING / 10)
    p[torch.arange(len(q)), test.labels[:2000]] += 1 - SMOOTHING
    entropy = -(p * q.log()).sum(1)
    onto_q, onto_p = (p * (p / q).log()).sum(1), (q * (q / p).log()).sum(1)
    spreads = {"KL(p‖q)": float((entropy - onto_q).std()), "KL(q‖p)": float((entropy - onto_p).std())}
    order = {
        name: float(np.corrcoef(entropy.argsort().argsort(), d.argsort().argsort())[0, 1])
        for name, d in (("KL(p‖q)", onto_q), ("KL(q‖p)", onto_p))
    }
    found = {"images": len(q), "spread": spreads, "order": order}
    return Findings("divergence", {"smoothing": SMOOTHING}, found, {})


def _tell_minimax(results: Results) -> Iterator[Block | Verdict]:
    found = results["minimax"]
    ours, theirs = found["discriminator gap"], found["generator gap"]
    steep = found["slopes"]["non-saturating"] / found["slopes"]["minimax"]
    yield Verdict(
        "6a",
        "1.5",
        "The losses of both nets follow from the minimax problem.",
        (
            Part(
                "the discriminator's cross-entropy is minus the value of the game",
                "equation 2",
                f"they differ by {ours:.1g}",
                ours < EXACT,
            ),
            Part(
                "the generator's loss is log(1 − D(G(z)))", "equation 1", f"they differ by {theirs:.1g}", theirs < EXACT
            ),
        ),
        Basis("the formulas of both, in double precision, at 10,000 pairs of logits", 0),
        "What is trained with is the other form, −log D(G(z)), which has the same fixed point: where the discriminator "
        f"is sure (a logit of −8) its slope is {steep:,.0f} times as steep, so that the generator still learns.",
    )
    yield Text(
        ("Why logits, and no sigmoid before the loss? Each was computed in single precision over large logits.",)
    )
    for figure, what, caption in (
        (
            "loss",
            "loss of a real image",
            "Where curves coincide, their colours take turns. Without the logits the loss is cut off at 100, or is not "
            "finite at all.",
        ),
        (
            "slope",
            "slope of that loss",
            "Where the sigmoid has become 0 or 1, its slope is 0 or not a number, and nothing is learned any more.",
        ),
    ):
        yield results.picture("stability", figure, f"Curves of the {what} over the logit, three ways", caption)
    yield _logits(results["stability"], found["printed"], found["loss"])


def _logits(stable: Json, printed: float, loss: float) -> Verdict:
    logits, sigmoid, log = (stable[name] for name in ("with logits", "sigmoid, then BCE", "sigmoid, then −log"))
    right = [form["share of logits within 1%"] for form in (logits, sigmoid, log)]
    slopes = [form["slope at -100"] for form in (logits, sigmoid)]
    learns = [slope is not None and abs(slope + 1) < 0.5 for slope in slopes]
    return Verdict(
        "6b",
        "1.6",
        "Cross-entropy with logits gives the same as a sigmoid and then cross-entropy, and is stabler.",
        (
            Part(
                "right within 1% at logits from −120 to 120",
                "—",
                f"{right[0]:.0%} of them with logits, {right[1]:.0%} with a sigmoid before, "
                f"{right[2]:.0%} with a plain logarithm",
                right[0] > max(right[1:]),
            ),
            Part(
                "it goes on learning at a logit of −100",
                "slope −1",
                f"{number(slopes[0])} with logits, {number(slopes[1])} with a sigmoid before",
                learns == [True, False],
            ),
            Part(
                "yx − ln(eˣ + 1) is the loss",
                "the last line",
                f"{number(printed, '.4f')} at x = 2, y = 1, where the loss is {loss:.4f}",
                abs(printed - loss) < 1e-6,
            ),
        ),
        Basis(f"the formulas, in single and in double precision, at {len(LOGITS)} logits", 0),
        "The derivation drops the minus sign in front of the cross-entropy, so it ends in the negative of the loss.",
    )


def _tell_divergence(results: Results) -> Iterator[Block | Verdict]:
    found = results["divergence"]
    spreads = found["spread"]
    onto_q, onto_p = spreads["KL(p‖q)"], spreads["KL(q‖p)"]
    yield Verdict(
        "10",
        "2.6",
        "A classifier is trained to minimise the Kullback–Leibler divergence d(q, p) = ∫ q (log q − log p), and "
        "cross-entropy does that.",
        (
            Part(
                "cross-entropy is a divergence but for a constant",
                "—",
                f"less KL(p‖q) it varies by {onto_q:.1g} nats from image to image",
                onto_q < EXACT,
            ),
            Part(
                "that divergence is the one from q, as printed",
                "d(q, p)",
                f"less KL(q‖p) it varies by {onto_p:.2g} nats",
                onto_p < EXACT,
            ),
        ),
        Basis(
            f"{found['images']:,} test images, labels smoothed by {SMOOTHING:g}, and what the classifier that ships "
            "says of them",
            0,
        ),
        "What cross-entropy measures is the divergence of the labels p from the classifier q, KL(p‖q) = ∫ p (log p − "
        "log q): their difference is the entropy of the labels, which training cannot change. The report prints the "
        "two the other way round; that one is infinite for labels that are certain.",
    )


STEPS = (Step("minimax", _minimax), Step("stability", _stability), Step("divergence", _divergence))
MINIMAX = Chapter("1.5, 1.6 Where the losses come from", "losses", ("minimax", "stability"), _tell_minimax)
CROSS_ENTROPY = Chapter("2.6 What cross-entropy measures", "cross-entropy", ("divergence",), _tell_divergence)
