"""Gradient penalties: what keeps a discriminator smooth where the images are.

Each is a function of what the discriminator says and of the images, ready to be weighed. They cost a second
derivative, so the loop takes them lazily: every k-th step, k times as heavy (StyleGAN2, 2020, appendix B), on the first
part of the batch.
"""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from ..core.registry import Registry

Images = Float[Tensor, "n c 28 28"]
Judge = Callable[[Images], Float[Tensor, " m"]]
"""Images to logits: a discriminator, told whatever else it must be; of fake images that follow real ones, the same."""
Penalty = Callable[[Judge, Images, Images, torch.Generator], Float[Tensor, ""]]

penalties: Registry[Penalty] = Registry("penalty")


def gradients(judge: Judge, images: Float[Tensor, "m c 28 28"]) -> Float[Tensor, " m"]:
    """‖∂D(x)/∂x‖² of each image, in a way that can be differentiated again."""
    inputs = images.detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(judge(inputs).sum(), inputs, create_graph=True)
    return gradient.float().square().sum((1, 2, 3))


@penalties.register("none")
def none(judge: Judge, real: Images, fake: Images, draw: torch.Generator) -> Float[Tensor, ""]:
    """No penalty."""
    return real.new_zeros(())


@penalties.register("r1")
def r1(judge: Judge, real: Images, fake: Images, draw: torch.Generator) -> Float[Tensor, ""]:
    """½ E‖∇D‖² at real images (Which training methods for GANs do actually converge?, 2018)."""
    return gradients(judge, real).mean() / 2


@penalties.register("r1+r2")
def r1_and_r2(judge: Judge, real: Images, fake: Images, draw: torch.Generator) -> Float[Tensor, ""]:
    """The same at real and at fake images, added (The GAN is dead; long live the GAN!, 2024)."""
    return gradients(judge, torch.cat([real, fake])).mean()


@penalties.register("wgan-gp")
def wgan_gp(judge: Judge, real: Images, fake: Images, draw: torch.Generator) -> Float[Tensor, ""]:
    """E(‖∇D‖ - 1)² somewhere on the line from each real image to a fake one (Improved Training of WGANs, 2017)."""
    share = torch.rand(len(real), 1, 1, 1, generator=draw).to(real.device)
    norms = (gradients(judge, real.lerp(fake, share)) + 1e-12).sqrt()  # at no gradient a root has no slope
    return (norms - 1).square().mean()
