"""What the page of speed says of each benchmark: from its file of figures, a few lines of Markdown."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from . import trainings, waits

SECTIONS: dict[str, tuple[str, Callable[[dict[str, Any], Path], Iterator[str]]]] = {
    "training_step": ("Images a second", trainings.training_step),
    "time_to_quality": ("Time to quality", trainings.time_to_quality),
    "gan_fast": ("Two minutes of each", trainings.gan_fast),
    "reference_quality": ("The same network, trained as well", trainings.reference_quality),
    "cnn_fast": ("The classifier", trainings.cnn_fast),
    "labelled_latents": ("Labelled latents", waits.labelled_latents),
    "plane": ("Planes", waits.plane),
    "maps": ("Maps", waits.maps),
    "inversion": ("From images to latents", waits.inversion),
    "composing": ("Messages", waits.composing),
    "waiting": ("Everything else one waits for", waits.waiting),
    "quick_studies": ("The quick studies", waits.quick_studies),
    "peak": ("What the machine can do", waits.peak),
    "reference_variants": ("The reference GAN: what the documents leave open", trainings.reference_variants),
}
"""By the name of the benchmark: the title, and what tells what its file holds, with figures below a folder."""
