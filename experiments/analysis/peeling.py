"""Peeling and pasting a box: the two steps of the patient rule induction method.

References
----------
Friedman, J. H. and Fisher, N. I. (1999), Bump hunting in high-dimensional data, Statistics and
Computing 9, 123-143. Kwakkel, J. H. and Jaxa-Rozen, M. (2016), Improving scenario discovery for
handling heterogeneous uncertainties and multinomial classified outcomes, Environmental Modelling
& Software 79, 311-321.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from experiments.analysis.levels import WHOLE, Box, Sample, outside, whole_box

__all__ = ["paste", "peel"]

class _Peel(NamedTuple):
    """Levels a peel would close, and what is left."""

    factor: int
    closed: slice | int
    points: int
    parts: int


def peel(
    sample: Sample, rows: np.ndarray, peel_share: float, least_points: float
) -> list[Box]:
    """Boxes from the whole sample down to the least mass, a little smaller at every step.

    Parameters
    ----------
    sample : Sample
    rows : int array, shape (m,)
        Points to look at.
    peel_share : fraction of the points of the box a numeric peel closes at most, 0 to 1
    least_points : points a box keeps at least

    Returns
    -------
    list of Box
        The first is the whole; each holds fewer points than the one before and at least one case.

    Notes
    -----
    Each step takes, over all faces, the peel with the largest gain in mean per mass lost, the
    lenient criterion of Kwakkel and Jaxa-Rozen (2016) after Friedman and Fisher (1999): a
    category may hold much more than `peel_share`, and its gain would win for that alone.
    Where every peel lowers the mean, the least loss is taken, as patience asks. Peeling ends at
    the least mass, or where every point is a case and no peel can add.
    """
    box = whole_box(sample)
    boxes = [box]
    # Sorted once; a peel drops points from every row and leaves the rest in order.
    numeric = [factor for factor, ordered in enumerate(sample.ordered) if ordered]
    orders = np.array(
        [rows[np.argsort(sample.ranks[factor, rows], kind="stable")] for factor in numeric],
        dtype=np.intp,
    ).reshape(len(numeric), rows.size)
    keep = np.zeros(sample.case.size, dtype=bool)
    keep[rows] = True
    held = rows
    while True:
        parts = int(sample.parts[held].sum())
        if parts == held.size * WHOLE:
            return boxes
        best = _best_peel(
            _candidates(sample, held, parts, numeric, orders, peel_share),
            held.size, parts, least_points,
        )
        if best is None:
            return boxes
        allowed = box[best.factor].copy()
        allowed[best.closed] = False
        box = (*box[: best.factor], allowed, *box[best.factor + 1 :])
        boxes.append(box)
        keep[held] = allowed[sample.ranks[best.factor, held]]
        held = held[keep[held]]
        orders = orders[keep[orders]].reshape(len(numeric), held.size)


def _best_peel(
    candidates: Iterator[_Peel], held: int, parts: int, least_points: float
) -> _Peel | None:
    """The peel that gains most per mass lost; the first of equal ones."""
    best, best_score = None, -np.inf
    mean = parts / (held * WHOLE)
    for found in candidates:
        if found.points < max(least_points, 1) or not found.parts:
            continue
        gain = found.parts / (found.points * WHOLE) - mean
        score = gain / (held - found.points) if gain > 0 else gain
        if score > best_score:
            best, best_score = found, score
    return best


def _candidates(
    sample: Sample, held: np.ndarray, parts: int, numeric: list[int], orders: np.ndarray,
    peel_share: float,
) -> Iterator[_Peel]:
    """Every peel of the box; none closes all its points, none closes no point."""
    m = held.size
    most = max(1, int(peel_share * m))
    for factor, order in zip(numeric, orders, strict=True):
        ranks = sample.ranks[factor, order]
        if ranks[0] == ranks[-1]:
            continue
        # Equal values go together: fewer than `most` rather than more, but never none.
        lost = np.searchsorted(ranks, ranks[most]) if ranks[most] > ranks[0] else (
            np.searchsorted(ranks, ranks[0], side="right"))
        limit = _between(ranks[lost - 1], ranks[lost])
        yield _Peel(
            factor, slice(0, limit), m - lost, parts - int(sample.parts[order[:lost]].sum())
        )
        edge = ranks[m - 1 - most]
        stays = np.searchsorted(ranks, edge, side="right") if edge < ranks[-1] else (
            np.searchsorted(ranks, ranks[-1]))
        limit = _between(ranks[stays - 1], ranks[stays], upper=True)
        yield _Peel(
            factor, slice(limit, None), stays, parts - int(sample.parts[order[stays:]].sum())
        )
    for factor, ordered in enumerate(sample.ordered):
        if ordered:
            continue
        codes = sample.ranks[factor, held]
        counts = np.bincount(codes, minlength=sample.values[factor].size)
        present = np.flatnonzero(counts)
        if present.size > 1:
            for code in present:
                lost_parts = int(sample.parts[held[codes == code]].sum())
                yield _Peel(factor, int(code), m - int(counts[code]), parts - lost_parts)


def _between(below: int, above: int, upper: bool = False) -> int:
    """First level above a limit midway between two levels of the box.

    Levels in between belong to points outside the box, which have a say once another restriction
    is dropped; midway favours neither side. A level in the very middle stays with the box.
    """
    return int(below + above) // 2 + 1 if upper else int(below + above + 1) // 2


def paste(sample: Sample, rows: np.ndarray, box: Box, paste_share: float) -> Box:
    """The box widened again where that does not lower its mean.

    Parameters
    ----------
    sample, rows
        As for `peel`.
    box : Box
        Holds at least one of the rows.
    paste_share : fraction of the points of the box one paste adds at most, 0 to 1

    Returns
    -------
    Box
        Its mean is at least that of `box`, and it holds all that `box` holds.

    Notes
    -----
    Friedman and Fisher (1999): faces were set when others were still open. Of equal means the one
    that adds more points is taken.
    """
    while True:
        missing = outside(sample, box, rows)
        misses = missing.sum(axis=0)
        held = rows[misses == 0]
        mean = int(sample.parts[held].sum()) / (held.size * WHOLE)
        best, best_rank = None, (mean, 0)
        for factor, allowed in enumerate(box):
            if allowed.all():
                continue
            beside = rows[(misses == 1) & missing[factor]]
            for opened in _openings(sample, factor, allowed, beside, held.size * paste_share):
                joined = np.concatenate([held, beside[opened[sample.ranks[factor, beside]]]])
                rank = (int(sample.parts[joined].sum()) / (joined.size * WHOLE), joined.size)
                if joined.size > held.size and rank > best_rank:
                    best, best_rank = (factor, opened), rank
        if best is None:
            return box
        box = (*box[: best[0]], best[1], *box[best[0] + 1 :])


def _openings(
    sample: Sample, factor: int, allowed: np.ndarray, beside: np.ndarray, share: float
) -> Iterator[np.ndarray]:
    """Wider sets of levels: one more category, or a stretch of either side."""
    ranks = np.sort(sample.ranks[factor, beside])
    if not sample.ordered[factor]:
        for code in np.unique(ranks):
            opened = allowed.copy()
            opened[code] = True
            yield opened
        return
    kept = np.flatnonzero(allowed)
    most = max(1, int(share))
    below, above = ranks[ranks < kept[0]], ranks[ranks > kept[-1]]
    if below.size:
        edge = below[max(below.size - most, 0)]
        further = below[below < edge]
        opened = allowed.copy()
        opened[_between(further[-1], edge) if further.size else 0 : kept[0]] = True
        yield opened
    if above.size:
        edge = above[min(most, above.size) - 1]
        further = above[above > edge]
        opened = allowed.copy()
        opened[kept[-1] : _between(edge, further[0], upper=True) if further.size else None] = True
        yield opened
