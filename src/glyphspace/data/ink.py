"""The ink of one character in a picture: what stands out from the paper that it is on, and is no dirt, edge or rule."""

import numpy as np
from jaxtyping import Bool, Int64, UInt8

FAINT = 0.15  # of full ink; anything fainter does not count as ink
STRONG = 0.4  # of full ink; what nowhere has so much is noise, and what has less all along may be a rule of the paper
WIDER = 1.25  # times as wide or high as the ink by itself are the ink and the rules of its paper
SPECK = 0.01  # of the ink of the largest part; a part that has less is dirt, not a dot
EDGE = 0.95  # of a side of the picture; a part that lies along so much of it is what the paper lies on
REACHES = (80, 40, 20, 10)  # greys between paper and what is fitted to it, in one fit after the other


def ink_of_character(grey: UInt8[np.ndarray, "h w"], ground: int) -> UInt8[np.ndarray, "h w"]:
    """Paper to 0 and the strongest ink to 255, of a picture that is light on a dark `ground`."""
    stands_out = np.maximum(grey - _paper(grey, ground), 0)
    stands_out = np.where(_edges(stands_out), 0, stands_out)
    character = np.where(_character(stands_out), stands_out, 0)
    strong = character[character > STRONG * character.max()]
    full = float(np.percentile(strong, 95)) if len(strong) else 1.0  # the largest may be noise
    return (np.minimum(character / full, 1) * 255).astype(np.uint8)


def border(shape: tuple[int, ...]) -> tuple[Int64[np.ndarray, " n"], Int64[np.ndarray, " n"]]:
    """The rows and columns of the outermost pixels."""
    outermost = np.ones(shape, bool)
    outermost[1:-1, 1:-1] = False
    rows, columns = np.nonzero(outermost)
    return rows, columns


def _paper(grey: UInt8[np.ndarray, "h w"], ground: int) -> Int64[np.ndarray, "h w"]:
    """The grey that the ground would have everywhere: of a photograph it falls off to one side, and to its corners.

    It is fitted to the border, first a plane and then what is bent as a lens bends it, without what is far from the
    fit before and may be ink.
    """
    rows, columns = border(grey.shape)
    seen = grey[rows, columns].astype(np.float64)
    down, across = (np.arange(side) / side for side in grey.shape)
    places = _terms(down[rows], across[columns])
    found = np.array([ground, *[0.0] * (len(places) - 1)])
    for reach in REACHES:
        near = np.abs(seen - found @ places) <= reach
        if near.sum() < len(near) / 2:  # nothing that half of the border lies on
            return np.full(grey.shape, ground)
        terms = 3 if reach == REACHES[0] else len(places)
        found[:terms] = np.linalg.lstsq(places[:terms, near].T, seen[near], rcond=None)[0]
    return np.rint(np.tensordot(found, _terms(down[:, None], across[None]), axes=1)).astype(np.int64)


def _terms(down: np.ndarray, across: np.ndarray) -> np.ndarray:
    """What a plane (the first three) and a paraboloid are the sums of."""
    down, across = np.broadcast_arrays(down, across)
    return np.stack([np.ones_like(down), down, across, down**2, across**2, down * across])


def _edges(stands_out: Int64[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    """Parts that lie along a whole side, unless the rest lies at the border too, or there is none."""
    parts, _ = _parts(stands_out > FAINT * stands_out.max())
    sides = parts[0], parts[-1], parts[:, 0], parts[:, -1]
    along = [part for side in sides if (side == (part := np.median(side))).mean() >= EDGE and part > 0]
    found = np.isin(parts, along)
    rest = (parts > 0) & ~found
    return _around(found) if rest.any() and not rest[border(rest.shape)].any() else np.zeros_like(found)


def _character(stands_out: Int64[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    """The box that the ink is in; on ruled paper, the ink alone."""
    faint, strong = (_large(stands_out, level) for level in (FAINT, STRONG))
    return _around(strong if _ruled(faint, strong) else _box(faint))


def _ruled(faint: Bool[np.ndarray, "h w"], strong: Bool[np.ndarray, "h w"]) -> bool:
    """Whether thin faint lines lead far away from strong ink, from side to side of the picture that this is within."""
    from scipy import ndimage

    across = any(bool(rows[0].any() and rows[-1].any()) for rows in (faint, faint.T))
    if not across or strong[border(strong.shape)].any():
        return False
    lines = faint & ~_around(strong)
    thick = ndimage.binary_erosion(lines, np.ones((3, 3)), iterations=1 + max(lines.shape) // 200)
    far = any(_box(faint).any(axis).sum() > WIDER * _box(strong).any(axis).sum() for axis in (0, 1))
    return far and not thick.any()


def _box(mask: Bool[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    """The box around what is true."""
    box = np.zeros_like(mask)
    if mask.any():
        (top, bottom), (left, right) = (np.flatnonzero(mask.any(axis))[[0, -1]] for axis in (1, 0))
        box[top : bottom + 1, left : right + 1] = True
    return box


def _large(stands_out: Int64[np.ndarray, "h w"], level: float) -> Bool[np.ndarray, "h w"]:
    """Parts that have more ink than `level` everywhere, strong ink somewhere, and more in all than a speck."""
    full = stands_out.max()
    parts, count = _parts(stands_out > level * full)
    ink = np.bincount(parts.ravel(), stands_out.ravel(), count + 1)
    strong = np.bincount(parts[stands_out > STRONG * full], minlength=count + 1) > 0
    ink[0], strong[0] = 0, False
    return (strong & (ink >= SPECK * ink.max()))[parts]


def _parts(mask: Bool[np.ndarray, "h w"]) -> tuple[np.ndarray, int]:
    """Which connected part each pixel belongs to, 0 for none, and how many parts there are."""
    from scipy import ndimage  # takes as long to import as a picture to read

    return ndimage.label(mask, structure=np.ones((3, 3)))


def _around(mask: Bool[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    """The mask and two pixels around it, where edges fade."""
    from scipy import ndimage

    return ndimage.binary_dilation(mask, np.ones((3, 3)), iterations=2)
