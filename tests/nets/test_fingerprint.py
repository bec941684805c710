import torch

from glyphspace import nets
from glyphspace.nets.fingerprint import fingerprint
from glyphspace.nets.model import Model, load_model, save_model
from latent.stamps import generator


def fresh() -> Model:
    torch.manual_seed(0)
    net = nets.build("generator", "reference", {"z_dim": 8})
    return Model(net.eval(), "generator", "reference", {"z_dim": 8}, "none", ("0",))


def test_equal_weights_have_one_fingerprint_whatever_is_said_of_them():
    assert fingerprint(fresh()) == fingerprint(fresh().judged({"score": 1}))
    assert len(fingerprint(fresh())) == 64 and int(fingerprint(fresh()), 16)


def test_the_layout_of_weights_in_memory_does_not_matter():
    turned = fresh()
    turned.net.to(memory_format=torch.channels_last)
    assert fingerprint(turned) == fingerprint(fresh())


def test_a_model_keeps_its_fingerprint_on_disk(tmp_path):
    save_model(tmp_path / "model.safetensors", fresh())
    assert fingerprint(load_model(tmp_path / "model.safetensors")) == fingerprint(fresh())


def test_the_smallest_change_of_a_weight_is_another_fingerprint():
    changed = fresh()
    weight = next(changed.net.parameters())
    with torch.no_grad():
        weight[0, 0] = torch.nextafter(weight[0, 0], torch.tensor(torch.inf))
    assert fingerprint(changed) != fingerprint(fresh())
    assert fingerprint(generator(1.0)) != fingerprint(generator(0.99))


def test_weights_of_any_precision_have_one():
    half = fresh()
    half.net.bfloat16()
    assert fingerprint(half) != fingerprint(fresh())
