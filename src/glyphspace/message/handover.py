"""A folder to hand over: a message's latents, what they look like, and a page that says how to read them."""

import re
from pathlib import Path

from ..core.files import write_bytes, write_text
from ..core.pictures import save_png
from .keep import save_message
from .message import Message, rows
from .render import render
from .svg import svg
from .torch_file import torch_bytes
from .typeset import Page

LATENTS = "message.safetensors"
README = """# A message

This message was drawn by a generator, and can be read by whoever has that generator: {model}.

| file | what it is |
| --- | --- |
| `message.safetensors` | the latents, and how they stand on the page |
| `latents.pt` | the same latents as a plain PyTorch tensor {shape}, in reading order |
| `message.png`, `message.svg` | what they look like |

## To read it

In a checkout of Glyphspace, installed as its README says:

    glyphspace read message.safetensors --model {argument}

or in Python:

    import glyphspace
    print(glyphspace.read("message.safetensors", model="{argument}").text)

or with nothing but PyTorch and the generator's module `net`, which maps {rows} to an image:

    import torch
    latents = torch.load("latents.pt", weights_only=True)
    {call}

The generator is the right one if its fingerprint, the SHA-256 of its weights, is
`{fingerprint}`; `glyphspace read` says so where it is another one.
"""


def hand_over(folder: str | Path, message: Message, page: Page, ink: str, paper: str, height: int) -> None:
    """Write the folder; its files are each whole or not there.

    Raises:
        BadInput: it cannot be written, or there is no such colour.
    """
    folder, plain = Path(folder), rows(message)
    pixels, drawing = render(page, height, ink, paper), svg(page, height, ink, paper)
    told = message.conditions is not None
    width = message.latents.shape[1]
    readme = README.format(
        model=f"“{message.model}”",
        argument=message.model if re.fullmatch(r"[\w.-]+", message.model) else "GENERATOR.safetensors",
        shape=list(plain.shape),
        rows="a latent and a condition" if told else "a latent",
        call=f"images = net(latents[:, :{width}], latents[:, {width}:])" if told else "images = net(latents)",
        fingerprint=message.fingerprint,
    )
    save_message(folder / LATENTS, message)
    write_bytes(folder / "latents.pt", torch_bytes(plain))
    save_png(folder / "message.png", pixels)
    write_text(folder / "message.svg", drawing)
    write_text(folder / "README.md", readme)
