import pytest
import torch
from scipy.special import softmax

from glyphspace.core.errors import BadInput
from glyphspace.latent.certainty import classify, predict

from .stamps import CLASSES, classifier, generator, stamps


def test_logits_become_the_probabilities_that_scipy_gives():
    logits = torch.randn(20, 7, generator=torch.Generator().manual_seed(0)) * 5
    prediction = predict(logits)
    torch.testing.assert_close(prediction.probabilities, torch.from_numpy(softmax(logits.numpy(), axis=1)))


def test_label_certainty_and_margin_of_a_prediction():
    prediction = predict(torch.tensor([[0.2, 0.7, 0.1], [0.5, 0.1, 0.4]]).log())
    assert prediction.labels.tolist() == [1, 0]
    torch.testing.assert_close(prediction.certainty, torch.tensor([0.7, 0.5]))
    torch.testing.assert_close(prediction.margin, torch.tensor([0.5, 0.1]))


def test_logits_of_any_size_give_finite_certainties():
    prediction = predict(torch.tensor([[1e4, -1e4], [-3e38, -3e38]]))
    assert prediction.certainty.tolist() == [1.0, 0.5]


def test_the_only_class_of_a_classifier_is_certain():
    prediction = predict(torch.zeros(3, 1))
    assert prediction.certainty.tolist() == prediction.margin.tolist() == [1.0] * 3


def test_stamps_are_read_as_what_they_are():
    prediction = classify(classifier(), (stamps() * 255).round().to(torch.uint8))
    assert "".join(CLASSES[label] for label in prediction.labels) == "0123456789"
    assert prediction.certainty.min() > 0.9


def test_what_cannot_be_classified_is_refused():
    images = torch.zeros(2, 28, 28, dtype=torch.uint8)
    with pytest.raises(BadInput, match="this model is a generator"):
        classify(generator(), images)
    with pytest.raises(BadInput, match="no images"):
        classify(classifier(), images[:0])
