"""One space on a map: who lies where, how far that can be believed, and what maps from other starts make of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from jaxtyping import Float32
from matplotlib.figure import Figure

from ...core.progress import Progress, silent
from ...figures.map_page import map_page
from ...figures.maps import Panel, label_maps, occupied
from ...figures.matrix import matrix
from ...latent.labelled import LabelledLatents
from ...latent.map_areas import Areas, areas
from ...latent.map_quality import Agreement, Purity, agreement, purity, trustworthiness
from ...latent.maps import Map, maps
from ...latent.spaces import spaces
from .subject import Subject


@dataclass(frozen=True, eq=False)
class Mapped:
    """A space on a map, and what the map is worth.

    Attributes:
        name: of the space.
        points: float32 [n, d].
        labelled: the n latents that these are points of.
        trustworthiness: of the map, in [0.5, 1] or a little below.
        in_space, on_map: neighbour purity before and after.
        areas: what each class occupies.
        starts: float32 [n, 2] each, the positions on maps from random starts.
        agreement: what those have in common; None where there are none.
    """

    name: str
    points: Float32[torch.Tensor, "n d"]
    labelled: LabelledLatents
    map: Map
    trustworthiness: float
    in_space: Purity
    on_map: Purity
    areas: Areas
    starts: tuple[Float32[torch.Tensor, "n 2"], ...]
    agreement: Agreement | None

    @property
    def note(self) -> str:
        """What stands beside the map."""
        return (
            f"trustworthiness {self.trustworthiness:.3f}; neighbour purity {self.on_map.share:.2f}, "
            f"{self.in_space.share:.2f} in the space, {self.in_space.chance:.2f} by chance"
        )

    @property
    def panel(self) -> Panel:
        """The map beside others."""
        purities = f"purity {self.on_map.share:.2f} (in the space {self.in_space.share:.2f})"
        note = f"trust {self.trustworthiness:.2f}; {purities}"
        return Panel(self.name, note, self.map.positions.numpy(), self.labelled.labels.numpy())

    def numbers(self) -> Mapping[str, object]:
        """All of it but the points."""
        return {
            "dimensions": self.points.shape[1],
            "trustworthiness": self.trustworthiness,
            "purity on the map": self.on_map.share,
            "purity in the space": self.in_space.share,
            "purity by chance": self.in_space.chance,
            "areas": self.areas.areas,
            "agreement": None if self.agreement is None else self._agreement(self.agreement),
        }

    def _agreement(self, agreed: Agreement) -> Mapping[str, object]:
        labels, classes = self.labelled.labels, len(self.labelled.classes)
        return {
            "areas on each map": [areas(at, labels, classes).areas for at in self.starts],
            "nearest class on each map": agreed.nearest,
            "neighbours shared": agreed.neighbours,
            "classes with the same nearest class": agreed.same_nearest,
            "class distances": agreed.distances,
            "their spread": agreed.spread,
        }

    def figures(self) -> Mapping[str, Figure]:
        """The area of each class and the maps from random starts, by names that end in the space's."""
        classes, owned = self.labelled.classes, self.areas
        found = {
            f"areas-{self.name}": occupied(owned.owners.numpy(), owned.areas.numpy(), owned.points.numpy(), classes)
        }
        if self.agreement is not None:
            labels = self.labelled.labels.numpy()
            starts = enumerate(self.starts)
            panels = [Panel(f"{self.name}, start {n}", self._worth(at), at.numpy(), labels) for n, at in starts]
            found[f"starts-{self.name}"] = label_maps(panels, classes, columns=3)
            found[f"distances-{self.name}"] = _distances(self.agreement, classes)
        return found

    def _worth(self, positions: Float32[torch.Tensor, "n 2"]) -> str:
        """What stands beside a map of these points from another start."""
        share = purity(positions, self.labelled.labels).share
        return f"trust {trustworthiness(self.points, positions):.2f}; purity {share:.2f}"

    def page(self, title: str, note: str) -> bytes:
        """An HTML page that shows the image under the pointer."""
        return map_page(
            title,
            f"{note} {self.note[0].upper()}{self.note[1:]}.",
            self.map.positions.numpy(),
            self.labelled.images.numpy(),
            self.labelled.labels.numpy(),
            self.labelled.certainty.numpy(),
            self.labelled.classes,
        ).encode()

    def summary(self) -> Sequence[str]:
        """What to say of it, in a line or three."""
        owned = self.areas
        shares = [
            f"{name!r} has {owned.areas[i]:.1%} ({owned.points[i]:.1%} of the points)"
            for i, name in enumerate(self.labelled.classes)
        ]
        most, least = int(owned.areas.argmax()), int(owned.areas.argmin())
        lines = [
            f"{self.name}: {self.note}",
            f"{self.name}, area on the map: {shares[most]}, the most; {shares[least]}, the least",
        ]
        if self.agreement is not None:
            shared = f"maps share {self.agreement.neighbours:.0%} of a point's neighbours"
            same = self.agreement.same_nearest
            nearest = "" if same is None else f", and {same:.0%} of the classes have the same nearest class on all"
            lines.append(f"{self.name}, from random starts: {shared}{nearest}")
        return lines


def mapped(
    about: Subject,
    labelled: LabelledLatents,
    space: str,
    method: str,
    seed: int = 0,
    starts: int = 0,
    progress: Progress = silent,
) -> Mapped:
    """Lay a space of labelled latents out in two dimensions, and again from so many random starts, none or 2 or more.

    Raises:
        UnknownName: no such space or method. BadInput: too few points.
    """
    lay_out, labels, classes = maps[method], labelled.labels, len(labelled.classes)
    points = spaces[space](about.generator, about.classifier, labelled)
    found = lay_out(points, seed=seed, progress=progress)
    others = tuple(lay_out(points, seed=n, start="random", progress=progress).positions for n in range(starts))
    return Mapped(
        space,
        points,
        labelled,
        found,
        trustworthiness(points, found.positions),
        purity(points, labels),
        purity(found.positions, labels),
        areas(found.positions, labels, classes),
        others,
        agreement(others, labels, classes) if others else None,
    )


def _distances(agreed: Agreement, classes: Sequence[str]) -> Figure:
    """How far apart classes are over all starts, in units of their mean distance; above the diagonal the spread."""
    both = torch.where(torch.ones_like(agreed.distances).triu(1).bool(), agreed.spread, agreed.distances)
    both.fill_diagonal_(torch.nan)
    return matrix(
        both.numpy(), classes, classes, "below: mean distance of two classes", "above: its spread over starts"
    )
