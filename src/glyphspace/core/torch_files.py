"""Files that `torch.save` wrote, read as plain tensors: no code in them is run."""

import io
import warnings
import zipfile
from typing import Any

import torch
from torch import Tensor

from .errors import BadInput

ZIP, PICKLE = b"PK\x03\x04", b"\x80"


def is_torch_file(content: bytes) -> bool:
    """Whether `torch.save` may have written these bytes: an archive, or before 2020 a pickle."""
    is_safetensors = content[8:9] == b"{"  # after a length, which can begin as a pickle does
    return content.startswith(ZIP) or (content.startswith(PICKLE) and not is_safetensors)


def load_torch(content: bytes, name: str) -> Any:
    """What such a file holds: tensors, and lists and dictionaries of them. `name` is what an error calls it.

    Raises:
        BadInput: it is damaged, or holds anything that only code could make whole.
    """
    try:
        if content.startswith(ZIP) and _unpacked_size(content) > len(content):
            raise BadInput(f"{name} is a compressed archive, which torch.save does not write")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch's, of old formats
            return torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    except BadInput:
        raise
    except Exception as error:  # over a damaged pickle the reader may stumble in any way
        raise BadInput(f"{name} is not a whole PyTorch file of plain tensors") from error


def is_plain(value: object) -> bool:
    """Whether `value` is a tensor whose numbers are all in memory: such a file may hold sparse and empty ones too."""
    if not isinstance(value, Tensor):
        return False
    return value.layout == torch.strided and value.device.type == "cpu" and not (value.is_nested or value.is_quantized)


def _unpacked_size(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(member.file_size for member in archive.infolist())
