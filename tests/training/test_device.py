import pytest
import torch

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.training.device import choose_compute


@pytest.fixture(autouse=True)
def threads():
    """The number of threads is torch's own, and is put back."""
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def test_the_processor_is_always_there():
    assert choose_compute(precision="float32").device == torch.device("cpu")


def test_threads_are_set_when_they_are_asked_for():
    choose_compute(threads=2)
    assert torch.get_num_threads() == 2
    choose_compute()
    assert torch.get_num_threads() == 2


@pytest.mark.parametrize("device", ["cup", "", "meta", "xla", "cuda:99", "cpu:-1", "vulkan", "💥"])
def test_a_device_that_is_not_to_be_had_is_refused_in_one_line(device):
    with pytest.raises(BadInput, match=f"the device '{device}' is not to be had here; cpu always is"):
        choose_compute(device)


@pytest.mark.parametrize("count", [0, -1, 10**10])
def test_a_number_of_threads_that_cannot_work_is_refused(count):
    with pytest.raises(BadInput, match=f"{count} threads cannot work"):
        choose_compute(threads=count)


def test_an_unknown_precision_is_refused_with_the_nearest():
    with pytest.raises(UnknownName, match="no precision is called 'float23'; did you mean float32"):
        choose_compute(precision="float23")


@pytest.mark.parametrize(("precision", "kind"), [("float32", torch.float32), ("bfloat16", torch.bfloat16)])
def test_products_are_computed_at_the_precision_and_weights_stay_float32(precision, kind):
    compute = choose_compute(precision=precision)
    layer = compute.place(torch.nn.Conv2d(1, 2, 3))
    with compute.autocast():
        assert layer(torch.zeros(1, 1, 28, 28)).dtype == kind
    assert layer.weight.dtype == torch.float32


@pytest.mark.parametrize(
    ("processor", "has", "precision"),
    [
        ("Intel Xeon", ("avx512_bf16", "amx_bf16"), "bfloat16"),
        ("Intel Xeon", ("avx512_bf16",), "float32"),  # half as fast in bfloat16
        ("Intel Xeon", (), "float32"),
        ("AMD Zen4", ("avx512_bf16",), "bfloat16"),
        ("AMD Zen3", (), "float32"),
    ],
)
def test_auto_is_the_faster_of_the_two(monkeypatch, processor, has, precision):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"cpu_name": processor, **dict.fromkeys(has, True)})
    assert choose_compute(precision="auto").precision == precision


def test_images_are_moved_with_channels_last():
    images = torch.randn(4, 3, 28, 28)
    moved = choose_compute(precision="float32").move(images[:, :1])
    assert moved.is_contiguous(memory_format=torch.channels_last)
    assert torch.equal(moved, images[:, :1])
