"""The fingerprint of a model: what tells it from any other, in a message or a file of latents that was made with it."""

import hashlib

import torch

from .model import Model


def fingerprint(model: Model) -> str:
    """The SHA-256, in hexadecimal, of the names, types, shapes and bytes of all tensors in the model's net."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.net.state_dict().items()):
        digest.update(f"{name}:{tensor.dtype}:{list(tensor.shape)}:".encode())
        digest.update(tensor.cpu().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()
