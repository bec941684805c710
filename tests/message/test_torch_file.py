import io
import os
import zipfile

import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.core.torch_files import is_torch_file
from glyphspace.message.torch_file import read_torch_latents

LATENTS = torch.arange(24, dtype=torch.float32).reshape(3, 8)


def saved(value: object, **options: object) -> bytes:
    content = io.BytesIO()
    torch.save(value, content, **options)
    return content.getvalue()


def read(content: bytes) -> torch.Tensor:
    return read_torch_latents(content, "some-file.pt", most=100, widest=64)


@pytest.mark.parametrize(
    "value",
    [
        LATENTS,
        list(LATENTS),
        tuple(LATENTS.split(1)),
        [LATENTS[:1], LATENTS[1:]],
        LATENTS.unsqueeze(1),
        LATENTS[:, :, None, None],
        LATENTS.double(),
        LATENTS.half(),
        torch.nn.Parameter(LATENTS),
        LATENTS.T.contiguous().T,
    ],
)
@pytest.mark.parametrize("options", [{}, {"_use_new_zipfile_serialization": False}])
def test_latents_are_read_as_people_save_them(value, options):
    content = saved(value, **options)
    assert is_torch_file(content)
    found = read(content)
    assert torch.equal(found, LATENTS) and found.dtype == torch.float32 and not found.requires_grad


def test_a_single_latent_is_one_row():
    assert torch.equal(read(saved(LATENTS[0])), LATENTS[:1])


def test_a_safetensors_file_is_never_taken_for_one_of_torch():
    assert not is_torch_file((0x0280).to_bytes(8, "little") + b"{")
    assert not is_torch_file(b"")


@pytest.mark.parametrize(
    "value",
    [
        {"z": LATENTS},
        "latents",
        7,
        [],
        [LATENTS, "text"],
        [[LATENTS]],
        LATENTS.long(),
        LATENTS.to(torch.complex64),
        LATENTS.to_sparse(),
        LATENTS.to("meta"),
        torch.tensor(1.0),
        torch.zeros(0, 8),
        torch.zeros(3, 0),
        torch.zeros(3, 4, 4),
        torch.zeros(3, 65),
        torch.zeros(101, 8),
        [torch.zeros(60, 8), torch.zeros(60, 8)],
        [torch.zeros(2, 8), torch.zeros(2, 7)],
        torch.zeros(1).expand(100_000, 100_000),
    ],
)
def test_anything_else_is_refused_in_one_line(value):
    with pytest.raises(BadInput, match=r"^some-file\.pt (holds no latents|is not a whole PyTorch file)") as caught:
        read(saved(value))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", [LATENTS / 0, LATENTS.double() * 1e300])
def test_numbers_that_are_not_finite_are_refused(value):
    with pytest.raises(BadInput, match="not finite"):
        read(saved(value))


class Evil:
    """What a hostile file would run."""

    def __reduce__(self):
        return os.mkdir, ("ran",)


@pytest.mark.parametrize("options", [{}, {"_use_new_zipfile_serialization": False}])
def test_code_in_a_file_is_not_run(options, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match="is not a whole PyTorch file of plain tensors"):
        read(saved([LATENTS, Evil()], **options))
    assert not (tmp_path / "ran").exists()


def test_an_archive_that_unpacks_to_more_than_it_is_is_refused():
    content = io.BytesIO()
    plain = zipfile.ZipFile(io.BytesIO(saved(LATENTS)))
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for member in plain.namelist():
            packed.writestr(member, plain.read(member) + bytes(10_000))
    with pytest.raises(BadInput, match="compressed archive"):
        read(content.getvalue())


def test_a_truncated_file_is_refused():
    content = saved(LATENTS)
    for length in range(4, len(content), 97):
        with pytest.raises(BadInput):
            read(content[:length])
