"""Where and how precisely a net computes, chosen once and written down in the run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ..core.errors import BadInput, UnknownName

PRECISIONS = {"float32": torch.float32, "bfloat16": torch.bfloat16}


@dataclass(frozen=True)
class Compute:
    """A device and the precision of its convolutions and matrix products; weights and sums stay float32."""

    device: torch.device
    precision: str

    def place(self, net: nn.Module) -> nn.Module:
        """`net` on the device with channels last, the layout its convolutions are fastest in."""
        return net.to(self.device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stub lacks it

    def move(self, images: Float[Tensor, "n c 28 28"]) -> Float[Tensor, "n c 28 28"]:
        """`images` on the device, channels last."""
        return images.to(self.device).contiguous(memory_format=torch.channels_last)

    def bring(self, numbers: Tensor) -> Tensor:
        """`numbers` on the device; CUDA is not waited for, since there they are used in their turn."""
        return numbers.to(self.device, non_blocking=self.device.type == "cuda")

    @contextmanager
    def autocast(self) -> Iterator[None]:
        """The block in which convolutions and products are computed at this precision."""
        kind = PRECISIONS[self.precision]
        with torch.autocast(self.device.type, kind, enabled=kind is not torch.float32):
            yield


def choose_compute(device: str = "cpu", precision: str = "auto", threads: int | None = None) -> Compute:
    """The compute that these words mean on this machine.

    Args:
        device: a torch device, e.g. "cpu", "cuda", "mps".
        precision: "float32", "bfloat16", or "auto": bfloat16 where it is the faster of the two, else float32.
        threads: how many CPU threads torch may use; None leaves torch's own choice.

    Raises:
        BadInput: no such device, precision or number of threads.
    """
    if threads is not None:
        if not 1 <= threads <= 1024:
            raise BadInput(f"{threads} threads cannot work; give from 1 to 1024")
        torch.set_num_threads(threads)
    try:
        place = torch.device(device)
        torch.zeros(1, device=place).item()  # "meta" is a device too, but holds no numbers
    except (RuntimeError, AssertionError, ImportError) as error:
        raise BadInput(f"the device {device!r} is not to be had here; cpu always is") from error
    if precision == "auto":
        precision = "bfloat16" if _gains_by_bfloat16(place) else "float32"
    if precision not in PRECISIONS:
        raise UnknownName("precision", precision, [*PRECISIONS, "auto"])
    return Compute(place, precision)


def _gains_by_bfloat16(device: torch.device) -> bool:
    """Whether convolutions are faster in bfloat16 there.

    Intel's processors have AMX for it. Without, as on a virtual machine that hides AMX, their vector instructions take
    twice as long for a product in bfloat16 as in float32; AMD's take half as long.
    """
    if device.type == "cpu":
        capabilities = torch.cpu.get_capabilities()
        intel = str(capabilities.get("cpu_name", "")).startswith("Intel")
        return bool(capabilities.get("amx_bf16") or (capabilities.get("avx512_bf16") and not intel))
    return device.type == "cuda" and torch.cuda.is_bf16_supported()
