"""Latents, and conditions where the generator takes them, to images."""

from collections.abc import Sequence

import torch
from jaxtyping import Float, Int64, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..data.scaling import to_bytes
from ..nets import condition
from ..nets.model import Model
from ..nets.use import BATCH, channels_last, evaluating


def z_dim(generator: Model) -> int:
    """How many numbers a latent of `generator` has; `BadInput` when the model is no generator."""
    if generator.kind != "generator":
        raise BadInput(f"latents are drawn by a generator; this model is a {generator.kind}")
    return int(generator.net.z_dim)  # type: ignore[arg-type]


def channels(generator: Model) -> int:
    """How many grey images stand in one that `generator` draws: 1, or 3 of a stacked one."""
    return int(getattr(generator.net, "channels", 1))


def check_grey(generator: Model) -> None:
    """Refuse a generator of stacked images, where single characters are looked at.

    Raises:
        BadInput: it draws several in one.
    """
    if channels(generator) != 1:
        raise BadInput(
            f"this generator draws {channels(generator)} characters in one image ({generator.dataset}); it can be "
            "sampled and evaluated, and for anything else one of single characters is needed"
        )


def condition_dim(generator: Model) -> int:
    """How many numbers a condition of `generator` has: 0 when it is unconditional."""
    return condition.condition_dim(generator.net)


@torch.no_grad()
def conditions(generator: Model, labels: Int64[Tensor, " n"]) -> Float[Tensor, "n e"]:
    """The conditions at which `generator` draws these of its classes.

    Raises:
        BadInput: the generator is unconditional, or it has fewer classes.
    """
    if not condition_dim(generator):
        raise BadInput(f"the generator {generator.architecture!r} is unconditional: it cannot be asked for a class")
    if len(labels) and not 0 <= int(labels.min()) <= int(labels.max()) < len(generator.classes):
        raise BadInput(f"the generator draws {len(generator.classes)} classes; a label asked for is none of them")
    (found,) = condition.told(generator.net, labels.to(_device(generator)))
    return found.float().cpu()


def conditions_of(generator: Model, labels: Int64[Tensor, " n"], classes: Sequence[str]) -> Float[Tensor, "n e"]:
    """`conditions` at labels that are indices into `classes`, whatever the order of the generator's own.

    Raises:
        BadInput: the generator is unconditional, or does not draw one of them.
    """
    strange = [name for of in labels.unique().tolist() if (name := classes[of]) not in generator.classes]
    if strange:
        raise BadInput(f"the generator, which was trained on {generator.dataset}, does not draw {strange[0]!r}")
    own = [generator.classes.index(name) if name in generator.classes else -1 for name in classes]
    return conditions(generator, torch.tensor(own)[labels])


def decode(
    generator: Model,
    latents: Float[Tensor, "n z"],
    conditions: Float[Tensor, "_ _"] | None = None,
    batch_size: int = BATCH,
) -> UInt8[Tensor, "n *stack 28 28"]:
    """What `generator` draws at `latents`, in single precision, on the CPU.

    Args:
        latents: n ≥ 0 latents of the generator's own width.
        conditions: one for each latent, of classes or of any point between them, where the generator is conditional.
        batch_size: latents a forward pass. It bounds the memory and may turn a pixel by one level of 256, since sums
            are taken in another order; beyond that no image depends on its neighbours.

    Raises:
        BadInput: the model is no generator; the latents or the conditions have another width or are not finite; they
            are missing, or there are some where none are taken; or an image is not finite.
    """
    given = (latents,) if conditions is None else (latents, conditions)
    _check(generator, *given)
    net, device = channels_last(generator.net), _device(generator)
    shape = (28, 28) if channels(generator) == 1 else (channels(generator), 28, 28)
    images = torch.empty(len(latents), *shape, dtype=torch.uint8)
    with evaluating(net), torch.inference_mode():
        for start in range(0, len(latents), batch_size):
            part = slice(start, start + batch_size)
            drawn = net(*(each[part].to(device, torch.float32) for each in given))
            ends = torch.stack(drawn.aminmax())  # not finite if any number is not; one pass, not four
            if not ends.isfinite().all():
                raise BadInput("the generator draws what is not finite: are its weights broken, or latents far off?")
            images[part] = to_bytes(drawn)
    return images


def _check(generator: Model, latents: Tensor, conditions: Tensor | None = None) -> None:
    wanted = condition_dim(generator)
    if latents.shape[1] != z_dim(generator):
        raise BadInput(f"these latents have {latents.shape[1]} numbers each; the generator takes {z_dim(generator)}")
    if conditions is None and wanted:
        raise BadInput(f"the generator {generator.architecture!r} is conditional: it must be told a class")
    if conditions is not None and not wanted:
        raise BadInput(f"the generator {generator.architecture!r} is unconditional: it takes latents and no conditions")
    if conditions is not None and conditions.shape != (len(latents), wanted):
        shape = " × ".join(map(str, conditions.shape))
        raise BadInput(f"these conditions are {shape} numbers; for {len(latents)} latents {wanted} each are needed")
    for name, given in (("latents", latents), ("conditions", conditions)):
        if given is not None and not torch.isfinite(given).all():
            raise BadInput(f"some of the {name} hold numbers that are not finite")


def _device(generator: Model) -> torch.device:
    return next(generator.net.parameters(), torch.empty(0)).device
