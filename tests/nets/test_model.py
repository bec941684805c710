import json
from dataclasses import replace

import pytest
import torch
from safetensors import safe_open

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.core.tensors import load_tensors, save_tensors
from glyphspace.nets import Model, build, classifiers, discriminators, generators, load_model, save_model
from glyphspace.nets.condition import told
from glyphspace.nets.model import fill
from glyphspace.nets.use import channels_last

DIGITS = tuple("0123456789")
EVERY_NET = [
    (kind, name)
    for kind, registry in (("generator", generators), ("discriminator", discriminators), ("classifier", classifiers))
    for name in registry
]


def make(kind="classifier", name="fast", **numbers) -> Model:
    """A model whose every tensor is random, statistics included."""
    numbers = {"classes": 10, **numbers} if kind == "classifier" else numbers
    net = build(kind, name, numbers)
    with torch.no_grad():
        for tensor in net.state_dict().values():
            tensor.copy_(torch.rand_like(tensor.float()) + 0.5)
    return Model(net.eval(), kind, name, numbers, "mnist", DIGITS, {"name": "x"}, {"seed": 1}, {"accuracy": 0.99})


@pytest.mark.parametrize(("kind", "name"), EVERY_NET)
def test_a_model_comes_back_to_the_bit(tmp_path, kind, name):
    model = make(kind, name)
    save_model(tmp_path / "model", model)
    loaded = load_model(tmp_path / "model")
    ours, theirs = model.net.state_dict(), loaded.net.state_dict()
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[key], theirs[key]) and ours[key].dtype == theirs[key].dtype for key in ours)
    given = torch.randn(3, model.net.z_dim) if kind == "generator" else torch.randn(3, 1, 28, 28)
    of = told(model.net, torch.tensor([0, 9, 5]))
    assert torch.equal(loaded.net(given, *of), channels_last(model.net)(given, *of))
    assert replace(loaded, net=model.net) == model
    assert loaded.parameters == model.parameters


@pytest.mark.parametrize("numbers", [{}, {"condition_dim": 12}])
def test_an_encoder_comes_back_to_the_bit(tmp_path, numbers):
    model = make("encoder", "convolutional", **numbers)
    save_model(tmp_path / "model", model)
    loaded = load_model(tmp_path / "model")
    images, told = torch.randn(3, 1, 28, 28), [torch.randn(3, width) for width in numbers.values()]
    assert torch.equal(loaded.net(images, *told), channels_last(model.net)(images, *told))
    assert replace(loaded, net=model.net) == model


def test_saving_what_was_loaded_makes_the_same_bytes(tmp_path):
    save_model(tmp_path / "one", make())
    save_model(tmp_path / "two", load_model(tmp_path / "one"))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_loaded_net_is_ready_to_use_and_is_not_trained_by_accident(tmp_path):
    save_model(tmp_path / "model", make())
    net = load_model(tmp_path / "model").net
    assert not any(module.training for module in net.modules())
    assert not any(parameter.requires_grad for parameter in net.parameters())


def test_weights_stored_in_half_the_space_come_back_as_float32(tmp_path):
    model = make()
    for kind in (torch.float16, torch.bfloat16):
        save_model(tmp_path / "half", model, kind)
        loaded = load_model(tmp_path / "half").net.state_dict()
        for name, tensor in model.net.state_dict().items():
            assert loaded[name].dtype == tensor.dtype
            torch.testing.assert_close(loaded[name], tensor, rtol=0.01, atol=0)
    save_model(tmp_path / "whole", model)
    assert (tmp_path / "half").stat().st_size < 0.6 * (tmp_path / "whole").stat().st_size


def test_the_header_is_readable_by_any_program(tmp_path):
    save_model(tmp_path / "model", make())
    with safe_open(tmp_path / "model", "pt") as file:
        header = json.loads(file.metadata()["glyphspace"])
    assert header["format"] == 1
    assert (header["kind"], header["architecture"], header["dataset"]) == ("classifier", "fast", "mnist")
    assert header["quality"] == {"accuracy": 0.99}


def test_judging_a_model_adds_to_its_quality():
    model = make().judged({"loss": 0.1, "accuracy": 0.5})
    assert model.quality == {"accuracy": 0.5, "loss": 0.1}


def spoil(path, **changes):
    """Save a model whose header says something else; None takes a key out."""
    save_model(path, make())
    tensors, header = load_tensors(path)
    header = {key: value for key, value in {**header, **changes}.items() if value is not None}
    save_tensors(path, tensors, header)
    return path


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": 2}, "its format is 2; this version of glyphspace reads format 1"),
        ({"format": None}, "its format is None"),
        ({"kind": "painter"}, "no net is a 'painter'"),
        ({"kind": None}, "its header has no 'kind'"),
        ({"dataset": 3}, "its header has no 'dataset'"),
        ({"dataset": "two\nlines"}, "its header has no 'dataset'"),
        ({"architecture": "fats"}, "no classifier is called 'fats'; did you mean fast"),
        ({"classes": []}, "its header names no classes"),
        ({"classes": ["0", "\x1b[2J"]}, "its header names no classes"),
        ({"classes": "0123456789"}, "its header names no classes"),
        ({"classes": ["0"] * 9}, "its header names 9 classes, its net another number"),
        ({"numbers": [1]}, "'numbers' in its header is not a table"),
        ({"numbers": {"width": 10**9}}, "cannot be built with width = 1000000000"),
        ({"numbers": {"width": 8}}, "has shape .* where .* is needed"),
        ({"architecture": "reference"}, "its tensors are not those of the architecture it names"),
        ({"quality": "good"}, "'quality' in its header is not a table"),
    ],
)
def test_a_header_that_cannot_be_is_refused_in_one_line(tmp_path, changes, words):
    with pytest.raises(BadInput, match=f"^{tmp_path}/model: .*{words}") as caught:
        load_model(spoil(tmp_path / "model", **changes))
    assert not isinstance(caught.value, UnknownName)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_weights_that_are_not_finite_are_refused(tmp_path, value):
    model = make()
    with torch.no_grad():
        model.net.decide.bias[3] = value
    save_model(tmp_path / "model", model)
    with pytest.raises(BadInput, match=r"'decide.bias' holds numbers that are not finite"):
        load_model(tmp_path / "model")


def test_tensors_that_do_not_fit_are_refused():
    net = build("classifier", "fast", {})
    good = dict(net.state_dict())
    bias, counter = "decide.bias", next(name for name in good if name.endswith("num_batches_tracked"))
    wrong = [
        ({bias: good[bias].double() * 1e300}, "not finite"),
        ({bias: good[bias].to(torch.float8_e4m3fn)}, "holds torch.float8_e4m3fn where torch.float32"),
        ({bias: good[bias].to(torch.complex64)}, "holds torch.complex64 where torch.float32"),
        ({bias: torch.zeros(10, dtype=torch.int32)}, "holds torch.int32 where torch.float32"),
        ({counter: torch.tensor(1.0)}, "holds torch.float32 where torch.int64"),
        ({bias: good[bias][None]}, r"has shape \[1, 10\] where \[10\] is needed"),
        ({"other": good[bias]}, "are not those of the architecture it names .see 'other'"),
    ]
    for change, words in wrong:
        with pytest.raises(BadInput, match=words):
            fill(net, {**good, **change})
    del good[bias]
    with pytest.raises(BadInput, match=r"are not those of the architecture it names .see 'decide.bias'"):
        fill(net, good)


def test_a_model_of_stacked_letters_names_all_of_their_combinations(tmp_path):
    classes = tuple(f"{number:05d}" for number in range(26**3))
    net = build("generator", "reference", {}).eval()
    save_model(tmp_path / "x.safetensors", Model(net, "generator", "reference", {}, "stacked-letters", classes))
    assert load_model(tmp_path / "x.safetensors").classes == classes
