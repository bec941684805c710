import pytest
import torch
from scipy import stats

from glyphspace.core.errors import BadInput
from glyphspace.latent.decode import conditions
from glyphspace.latent.labelled import label, label_asked
from glyphspace.latent.noise import Noise, shake, strange_conditions
from glyphspace.latent.prior import normal

from .stamps import classifier, conditional, generator


@pytest.mark.parametrize(
    ("noise", "size", "law"),
    [
        (Noise(), 0.3, stats.norm(0, 0.3)),
        (Noise("normal", "variance"), 0.3, stats.norm(0, 0.3**0.5)),
        (Noise("uniform"), 0.3, stats.uniform(-0.3, 0.6)),
    ],
)
def test_noise_follows_its_law(noise, size, law):
    drawn = noise.draw(size, (200, 50), 0, "x").flatten().double().numpy()
    assert stats.kstest(drawn, law.cdf).pvalue > 0.01


def test_larger_noise_is_the_same_noise_enlarged():
    torch.testing.assert_close(Noise().draw(0.9, (3, 4), 0), 3 * Noise().draw(0.3, (3, 4), 0))
    assert not torch.equal(Noise().draw(1.0, (3, 4), 0, "a"), Noise().draw(1.0, (3, 4), 0, "b"))


def test_labels_are_kept_by_small_noise_and_lost_to_large(labelled):
    some = labelled.above(0.9).take(range(40))
    found = shake(generator(), classifier(), some, Noise(), (0.0, 0.3, 1.0, 4.0), variations=5)
    assert found.kept[0] == 1 and found.change[0] == 0
    assert found.kept.tolist() == sorted(found.kept.tolist(), reverse=True) and found.kept[-1] < 0.4
    assert found.matrices.shape == (4, 10, 10) and (found.matrices.sum(dim=(1, 2)) == 200).all()
    assert torch.equal(found.matrices[2].sum(dim=1), 5 * torch.bincount(some.labels, minlength=10))
    assert torch.equal(found.examples[0].images, some.images)
    assert 0.3 < (found.breaks_at() or 0) < 4
    assert found.breaks_at(0.0) is None


def test_noise_is_put_on_the_conditions_alone():
    asked = torch.arange(10)
    model = conditional()
    centres = label_asked(model, classifier(), normal(10, model.net.z_dim, 0), asked)
    found = shake(model, classifier(), centres, Noise(), (0.0, 2.0), on="conditions", variations=3)
    assert torch.equal(found.examples[1].latents, centres.latents)
    assert not torch.equal(found.examples[1].conditions, centres.conditions)
    assert found.kept[0] == 1 and found.kept[1] < 1


def test_noise_that_cannot_be_is_refused(labelled):
    some = label(generator(), classifier(), normal(3, 12, 0))
    for wrong in (-0.1, float("nan"), float("inf")):
        with pytest.raises(BadInput, match=f"0 or more, not {wrong:g}"):
            shake(generator(), classifier(), some, Noise(), (wrong,))
    for sizes in ((), (0.3, 0.1), (0.1, 0.1)):
        with pytest.raises(BadInput, match="rise from one to the next"):
            shake(generator(), classifier(), some, Noise(), sizes)
    with pytest.raises(BadInput, match="ask for 1 or more"):
        shake(generator(), classifier(), some, Noise(), variations=0)
    with pytest.raises(BadInput, match="unconditional"):
        shake(generator(), classifier(), some, Noise(), on="conditions")
    for words in (("cauchy", "deviation"), ("uniform", "variance"), ("normal", "range")):
        with pytest.raises(BadInput, match="no noise is"):
            Noise(*words)


def test_strange_conditions_lie_as_far_as_they_are_asked_to():
    known = conditions(conditional(), torch.arange(10))
    middle = known.mean(dim=0)
    found = strange_conditions(known, (0.0, 1.0, 5.0), 4, seed=0)
    assert found.shape == (3, 4, known.shape[1])
    typical = (known - middle).norm(dim=1).mean()
    torch.testing.assert_close((found - middle).norm(dim=2) / typical, torch.tensor([[0.0], [1.0], [5.0]]).expand(3, 4))
