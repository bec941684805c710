"""The plane through three latents, as a map of labels and of certainty.

Section 3.7 of the assignment "GAN and CNN to conquer MNIST" and of the report on it.
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float, Float32, Int64, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..nets.model import Model
from .labelled import label
from .quick import quick

CHUNK = 4_000  # points that are drawn at a time
MOST = 4_096  # points on a side


@dataclass(frozen=True, eq=False)
class Plane:
    """The plane through three points, seen through a square window.

    The axes are orthonormal: the first runs from the first point to the second. At zoom 1 the window, centred on the
    middle of the three points, just holds them with a margin of a tenth; at zoom 5 it is five times as wide.

    Attributes:
        origin: float32 [d], the middle of the window.
        axes: float32 [2, d].
        half: half the side of the window at zoom 1.
        corners: float32 [3, 2], the three points in the coordinates of the plane.
    """

    origin: Float32[Tensor, " d"]
    axes: Float32[Tensor, "2 d"]
    half: float
    corners: Float32[Tensor, "3 2"]

    def at(self, coordinates: Float32[Tensor, "n 2"]) -> Float32[Tensor, "n d"]:
        """The points of the space at these coordinates."""
        return self.origin + coordinates @ self.axes


def plane_through(points: Float[Tensor, "_ d"]) -> Plane:
    """The plane through three points.

    Raises:
        BadInput: they lie on one line, or are fewer or more than three.
    """
    if len(points) != 3:
        raise BadInput(f"a plane goes through 3 points, not {len(points)}")
    a, b, c = points.double()
    along = b - a
    length = torch.linalg.vector_norm(along)
    first = along / length.clamp(min=1e-12)
    aside = (c - a) - ((c - a) @ first) * first
    width = torch.linalg.vector_norm(aside)
    if not torch.minimum(length, width) > 1e-6 * torch.linalg.vector_norm(points.double()):
        raise BadInput("the three points lie on one line, and no one plane goes through them; take another three")
    axes = torch.stack([first, aside / width])
    flat = (points.double() - a) @ axes.T
    middle = (flat.amin(dim=0) + flat.amax(dim=0)) / 2
    corners = flat - middle
    half = float(corners.abs().max()) * 1.1
    return Plane((a + middle @ axes).float(), axes.float(), half, corners.float())


@dataclass(frozen=True, eq=False)
class PlaneMap:
    """What lies on a plane, in rows from the top of the window and columns from the left.

    Attributes:
        labels: int64 [r, r].
        certainty: float32 [r, r].
        images: uint8 [k, k, 28, 28], at the middles of k × k equal squares of the window.
        half: half the side of the window, in the units of the space.
        corners: float32 [3, 2], the three points: x to the right and y upwards, from -1 to 1 within the window.
        classes: what each label stands for.
    """

    labels: Int64[Tensor, "r r"]
    certainty: Float32[Tensor, "r r"]
    images: UInt8[Tensor, "k k 28 28"]
    half: float
    corners: Float32[Tensor, "3 2"]
    classes: tuple[str, ...]

    @property
    def areas(self) -> Float[Tensor, " classes"]:
        """The share of the window that each class has."""
        return self.labels.flatten().bincount(minlength=len(self.classes)) / self.labels.numel()

    def share_above(self, certainty: float = 0.95) -> float:
        """The share of the window in which the label has at least this certainty."""
        return float((self.certainty >= certainty).double().mean())


def map_plane(
    generator: Model,
    classifier: Model,
    plane: Plane,
    resolution: int = 400,
    zoom: float = 1.0,
    images: int = 10,
    of: str = "latents",
    fixed: Float32[Tensor, " e"] | None = None,
    precision: str = "auto",
    progress: Progress = silent,
) -> PlaneMap:
    """Label every point of a `resolution` × `resolution` grid on `plane`.

    Args:
        zoom: how many times as wide as at first the window is.
        images: drawn along each side of the window.
        of: what the plane is made of: "latents", or "conditions" of a conditional generator.
        fixed: what stays the same everywhere: the condition of a plane of latents, the latent of one of conditions.

    Raises:
        BadInput: a resolution, zoom or number of images that cannot be, or a plane that does not fit the generator.
    """
    if not 2 <= resolution <= MOST or not 0 < zoom < 1e6 or not 1 <= images <= resolution:
        raise BadInput(
            f"a plane of {resolution} × {resolution} points with {images} × {images} images at zoom {zoom:g} cannot be "
            f"drawn; take 2 to {MOST} points, a zoom above 0 and no more images than points"
        )
    half = plane.half * zoom
    drawer, reader = quick(generator, precision), quick(classifier, precision)
    grid = _grid(resolution, half)
    labels, certainty = [], []
    for start in range(0, len(grid), CHUNK):
        progress(start, len(grid))
        found = label(drawer, reader, **_inputs(plane.at(grid[start : start + CHUNK]), of, fixed))
        labels.append(found.labels)
        certainty.append(found.certainty)
    sampled = label(generator, classifier, **_inputs(plane.at(_grid(images, half)), of, fixed))
    return PlaneMap(
        torch.cat(labels).reshape(resolution, resolution),
        torch.cat(certainty).reshape(resolution, resolution),
        sampled.images.reshape(images, images, 28, 28),
        half,
        plane.corners / half,
        classifier.classes,
    )


def _grid(count: int, half: float) -> Float32[Tensor, "n 2"]:
    """The middles of count × count equal squares, row by row from the top."""
    middles = ((torch.arange(count) + 0.5) / count * 2 - 1) * half
    y, x = torch.meshgrid(middles.flip(0), middles, indexing="ij")
    return torch.stack([x.flatten(), y.flatten()], dim=1)


def _inputs(points: Tensor, of: str, fixed: Tensor | None) -> dict[str, Tensor]:
    if fixed is None:
        return {"latents": points}
    other = "conditions" if of == "latents" else "latents"
    return {of: points, other: fixed.expand(len(points), -1)}
