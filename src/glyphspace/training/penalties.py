"""Gradient penalties: what keeps a discriminator smooth where the images are.

Each returns the mean over images of the squared norm of the logit's gradient with respect to the image, at zero
centre. They cost a second derivative, so the loop takes them lazily: every k-th step, k times as heavy (StyleGAN2,
2020, appendix B), on the first part of the batch.
"""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from ..core.registry import Registry

Images = Float[Tensor, "n c 28 28"]
Judge = Callable[[Images], Float[Tensor, " n"]]
"""Images to logits: a discriminator, told whatever else it must be."""
Penalty = Callable[[Judge, Images, Images], Float[Tensor, ""]]

penalties: Registry[Penalty] = Registry("penalty")


def squared_gradient(judge: Judge, images: Images) -> Float[Tensor, ""]:
    """Mean over images of ‖∂D(x)/∂x‖²."""
    inputs = images.detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(judge(inputs).sum(), inputs, create_graph=True)
    return gradient.float().square().sum((1, 2, 3)).mean()


@penalties.register("none")
def none(judge: Judge, real: Images, fake: Images) -> Float[Tensor, ""]:
    """No penalty."""
    return real.new_zeros(())


@penalties.register("r1")
def r1(judge: Judge, real: Images, fake: Images) -> Float[Tensor, ""]:
    """On real images (Which training methods for GANs do actually converge?, 2018)."""
    return squared_gradient(judge, real)


@penalties.register("r1+r2")
def r1_and_r2(judge: Judge, real: Images, fake: Images) -> Float[Tensor, ""]:
    """On real and on fake images, added (The GAN is dead; long live the GAN!, 2024)."""
    return 2 * squared_gradient(judge, torch.cat([real, fake]))
