import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.functional import cross_entropy
from torchmetrics.functional.classification import multiclass_calibration_error

from glyphspace.core.errors import BadInput
from glyphspace.metrics.calibration import chance_error, fit_temperature, reliability, tempered


def honest(n=20_000, classes=5, scale=2.0, seed=0):
    """Logits, and labels drawn with exactly the probabilities that they say."""
    generator = torch.Generator().manual_seed(seed)
    logits = scale * torch.randn(n, classes, generator=generator)
    return logits, torch.multinomial(logits.softmax(1), 1, generator=generator).squeeze(1)


def test_the_error_is_that_of_torchmetrics():
    logits, labels = honest(scale=4.0)
    chances = (1.7 * logits).softmax(1)
    found = reliability(chances.amax(1), chances.argmax(1) == labels)
    wanted = multiclass_calibration_error(chances, labels, 5, n_bins=15, norm="l1")
    assert found.error == pytest.approx(float(wanted), rel=1e-3)
    assert found.error > 0.02
    assert found.counts.sum() == len(labels)


def test_who_is_right_as_often_as_it_says_has_no_error():
    found = reliability(torch.full((10,), 0.7), torch.arange(10) < 7)
    assert found.error == pytest.approx(0, abs=1e-6)
    assert reliability(torch.ones(10), torch.arange(10) < 7).error == pytest.approx(0.3)


@pytest.mark.parametrize("seed", range(5))
def test_the_error_of_honest_certainties_is_what_chance_gives(seed):
    logits, labels = honest(n=2000, seed=seed)
    chances = logits.softmax(1)
    found = reliability(chances.amax(1), chances.argmax(1) == labels)
    assert abs(found.error - found.chance.mean) < 4 * found.chance.deviation
    vain = reliability((3 * logits).softmax(1).amax(1), chances.argmax(1) == labels)
    assert vain.error > vain.chance.mean + 20 * vain.chance.deviation


def test_chance_gives_less_to_more_images():
    sure = honest()[0].softmax(1).amax(1)
    errors = [chance_error(sure[:n]).mean for n in (200, 2000, 20_000)]
    assert errors[0] > 2 * errors[1] > 4 * errors[2] > 0
    assert str(chance_error(torch.ones(10))) == "0.0000 ± 0.0000"


def test_in_one_bin_chance_gives_the_mean_deviation_of_a_binomial():
    found = chance_error(torch.full((1000,), 0.9), draws=2000)
    assert found.mean == pytest.approx((2 * 0.9 * 0.1 / (torch.pi * 1000)) ** 0.5, rel=0.06)
    assert found == chance_error(torch.full((1000,), 0.9), draws=2000)
    assert found != chance_error(torch.full((1000,), 0.9), draws=2000, seed=1)


@pytest.mark.parametrize("factor", [0.4, 1.0, 3.0])
def test_the_temperature_undoes_what_was_done_to_honest_logits(factor):
    logits, labels = honest()
    temperature = fit_temperature((factor * logits).log_softmax(1), labels)
    assert temperature == pytest.approx(factor, rel=0.05)
    chances = tempered((factor * logits).softmax(1), temperature)
    assert reliability(chances.amax(1), chances.argmax(1) == labels).error < 0.015


def test_no_other_temperature_is_likelier():
    logits, labels = honest(n=500)
    best = fit_temperature(logits.log_softmax(1), labels)
    losses = [float(cross_entropy(logits / (best * factor), labels)) for factor in (0.9, 1.0, 1.1)]
    assert losses[1] == min(losses)


@given(st.floats(0.1, 10))
def test_tempering_is_a_division_of_the_logits(temperature):
    logits, _ = honest(n=20)
    torch.testing.assert_close(tempered(logits.softmax(1), temperature), (logits / temperature).softmax(1))


def test_a_probability_of_nothing_is_tempered_too():
    chances = tempered(torch.tensor([[1.0, 0.0]]), 2.0)
    assert torch.isfinite(chances).all()
    assert chances.sum() == pytest.approx(1)


@pytest.mark.parametrize("labels", [[0, 0, 0], [1, 1, 1], []])
def test_labels_that_no_temperature_fits_are_refused(labels):
    log = torch.tensor([[3.0, 0.0]] * len(labels)).view(-1, 2).log_softmax(1)
    with pytest.raises(BadInput, match="calibrate"):
        fit_temperature(log, torch.tensor(labels, dtype=torch.int64))


def test_certainties_must_be_probabilities_of_some_images():
    with pytest.raises(BadInput, match="no images"):
        reliability(torch.empty(0), torch.empty(0, dtype=torch.bool))
    with pytest.raises(BadInput, match=r"lie in \[0, 1\]"):
        reliability(torch.tensor([1.3]), torch.tensor([True]))
