import torch
from torch.nn.functional import cross_entropy

from glyphspace.training.auxiliary import CERTAIN, asked, certain, certain_smooth, namings

REAL, FAKE = torch.randn(2, 5, 3, generator=torch.Generator().manual_seed(0)).unbind(0)
LABELS = torch.tensor([0, 2, 1, 1, 0])
LOGITS = torch.tensor([2.0, -1.0, 0.5, 0.0, 3.0])
SURE, TORN = torch.tensor([9.0, 0, 0]), torch.tensor([0.1, 0, 0])


def test_the_discriminator_names_real_and_fake_images():
    for name in ("ac-gan", "dual-projection"):
        expected = cross_entropy(REAL, LABELS) + cross_entropy(FAKE, LABELS)
        torch.testing.assert_close(namings[name].discriminator(REAL, FAKE, LABELS), expected)


def test_only_in_ac_gan_the_generator_is_asked_to_be_named():
    torch.testing.assert_close(namings["ac-gan"].generator(FAKE, LABELS), cross_entropy(FAKE, LABELS))
    assert namings["dual-projection"].generator(FAKE, LABELS) == 0
    assert namings["none"] is None


def test_the_score_of_the_report_is_1_for_what_is_taken_for_real_and_is_certain():
    classes = torch.stack([SURE, SURE, TORN, SURE, SURE])
    assert certain(LOGITS, classes, LABELS).tolist() == [1, 0, 0, 0, 1]
    assert SURE.softmax(0).max() > CERTAIN > TORN.softmax(0).max()


def test_it_has_no_slope_and_the_smooth_one_has():
    logits, classes = LOGITS.clone().requires_grad_(), torch.randn(5, 3).requires_grad_()
    assert not certain(logits, classes, LABELS).requires_grad
    certain_smooth(logits, classes, LABELS).sum().backward()
    assert (logits.grad > 0).all()
    assert (classes.grad != 0).any(1).all()


def test_the_smooth_score_lies_in_the_same_range():
    scores = certain_smooth(LOGITS, torch.stack([SURE] * 5), LABELS)
    assert ((scores > 0) & (scores < 1)).all()
    assert certain_smooth(torch.tensor([20.0]), SURE[None], LABELS[:1]).item() > 0.99


def test_what_is_read_as_asked_earns_1_and_what_is_torn_has_the_largest_slope():
    classes = torch.stack([SURE, SURE, TORN]).requires_grad_()
    scores = asked(LOGITS[:3], classes, torch.tensor([0, 1, 0]))
    assert scores[0] > 0.99 > 0.5 > scores[2] > 0.01 > scores[1]
    scores.sum().backward()
    slopes = classes.grad.abs().amax(1)
    assert slopes[2] > 100 * slopes[:2].max()


def test_every_auxiliary_loss_names_its_source():
    assert all(naming.source for naming in namings.values() if naming is not None)
