"""Randomness that is never global.

Every draw names itself: the latents of step 4,711 come from `stream(seed, "latents", 4711)` and depend on nothing
that ran before. That is what makes resuming exact, evaluation independent of order, and several processes agree.

Not for secrets: torch's CPU generator goes by the lower 32 bits of its seed, and all of these can be tried.
"""

import hashlib

import torch


def derive_seed(seed: int, *names: str | int) -> int:
    """A seed in [0, 2**63) that is a fixed function of `seed` and `names` on every machine."""
    # A slash within a name is doubled, so that no two lists of names make the same text.
    text = "/".join(f"{type(name).__name__}:{name}".replace("/", "//") for name in (seed, *names))
    return int.from_bytes(hashlib.blake2b(text.encode(errors="surrogateescape"), digest_size=8).digest(), "big") >> 1


def stream(seed: int, *names: str | int) -> torch.Generator:
    """A fresh CPU `torch.Generator` for the draw that is named by `names`.

    Draws are made on the CPU and moved, so that a seed means the same numbers on every device.
    """
    return torch.Generator().manual_seed(derive_seed(seed, *names))
