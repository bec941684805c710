import os
import subprocess
import sys

import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.latent.prior import normal
from glyphspace.message.hand import Hand, anew, of_latent, same, turned
from glyphspace.message.scrutiny import DOUBT, Examiner, Limits
from glyphspace.zoo import load_shipped
from latent.stamps import CLASSES, classifier, conditional, generator

WRITE = """
import sys, torch
torch.set_num_threads(int(sys.argv[1]))
from glyphspace import write
print(write("31415926535 8979", seed=5).message.latents.numpy().tobytes().hex())
"""


def test_single_and_double_precision_differ_by_less_than_doubt():
    examiner = Examiner(*map(load_shipped, ("digits", "mnist-classifier", "mnist-choosing")))
    latents = normal(60, 64, 0, "test")
    _, scores = examiner.look(latents, None)
    exact = examiner._exact(latents, None, scores.labels, torch.arange(60))
    for name in ("certainty", "margin", "agreement", "typicality"):
        assert (getattr(scores, name) - getattr(exact, name)).abs().max() < DOUBT


def test_close_calls_are_decided_by_double_precision(stamper, reader):
    examiner = Examiner(stamper, reader)
    latents = normal(40, 12, 0, "test")
    _, scores = examiner.look(latents, None)
    exact = examiner._exact(latents, None, scores.labels, torch.arange(40))
    for row in range(40):
        limits = Limits(-100.0, float(exact.margin[row]) - 1e-9)
        assert examiner.levels(latents, None, scores, limits)[row] == 0
        limits = Limits(-100.0, float(exact.margin[row]) + 1e-9)
        assert examiner.levels(latents, None, scores, limits)[row] > 0


@pytest.mark.parametrize(("threads", "instructions"), [("2", None), ("1", "default"), ("1", "avx2")])
def test_other_instructions_and_threads_give_the_same_latents(threads, instructions):
    def latents(threads, instructions):
        environment = {**os.environ, **({"ATEN_CPU_CAPABILITY": instructions} if instructions else {})}
        if instructions:
            environment["ONEDNN_MAX_CPU_ISA"] = "SSE41" if instructions == "default" else "AVX2"
        done = subprocess.run([sys.executable, "-c", WRITE, threads], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert latents(threads, instructions) == latents("1", None)


def test_neater_is_shorter_surer_and_chosen_from_more():
    wild, neat = anew(0.0), anew(1.0)
    assert wild.truncation > neat.truncation and wild.certainty < neat.certainty
    assert wild.margin < neat.margin and wild.choices < neat.choices
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(BadInput, match="neatness lies between 0, wild, and 1, neat"):
            anew(wrong)


def test_a_hand_is_a_latent_and_strays_from_it_by_shares():
    writer = conditional()
    hand = same(writer, seed=3)
    noise = normal(500, 2, 0, "test")
    assert torch.equal(hand.latents(noise, torch.zeros(500)), hand.base.expand(500, -1))
    torch.testing.assert_close(hand.latents(noise, torch.ones(500)), hand.truncation * noise)
    near, far = (
        hand.latents(noise, torch.full((500,), share)).sub(hand.base).norm(dim=1).mean() for share in (0.1, 0.9)
    )
    assert near < far
    assert torch.equal(same(writer, seed=3).base, hand.base) and not torch.equal(same(writer, seed=4).base, hand.base)


def test_a_turn_leaves_latents_as_long_as_they_are():
    hand = turned(anew(), torch.tensor([3.0, 0.0, 0.0]))
    noise = normal(50, 3, 0, "test")
    there, here = hand.latents(noise, torch.ones(50)), anew().latents(noise, torch.ones(50))
    torch.testing.assert_close(there.norm(dim=1), here.norm(dim=1))
    assert (there[:, 0] > here[:, 0] - 1e-6).all()


def test_unconditional_generators_have_no_hand():
    with pytest.raises(BadInput, match="one hand for all characters needs a conditional generator"):
        same(generator(), seed=0)
    assert isinstance(of_latent(conditional(), torch.zeros(2)), Hand)


def test_a_second_classifier_agrees_to_no_class_that_it_does_not_know():
    first, second = classifier(), classifier(CLASSES[:5])
    latents = 3 * torch.eye(10, 12)
    scores = Examiner(generator(), first, second).look(latents, None)[1]
    assert scores.labels.tolist() == [*range(10)]
    assert scores.agreement.isinf().tolist() == [False] * 5 + [True] * 5 and scores.agreement[5:].max() < 0
