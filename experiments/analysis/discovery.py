"""Scenario discovery: the conditions under which an outcome of interest happens.

A study gives points (values of the factors) and, for each, how often the outcome happened. The
patient rule induction method looks for boxes, a few limits on a few factors, that hold much of
what happened (coverage) and little else (density). A search among many boxes finds some in pure
noise as well; every box is therefore judged on points that were not used to find it.

References
----------
Friedman, J. H. and Fisher, N. I. (1999), Bump hunting in high-dimensional data, Statistics and
Computing 9, 123-143. Bryant, B. P. and Lempert, R. J. (2010), Thinking inside the box: a
participatory, computer-assisted approach to scenario discovery, Technological Forecasting and
Social Change 77, 34-49.
"""

import math
from collections.abc import Collection, Mapping

import numpy as np

from experiments.analysis.checking import Search, bootstrap, choose, holdout, reproduced
from experiments.analysis.discovered import (
    COVERAGE,
    Discovery,
    Dropped,
    FoundBox,
    PeelStep,
    Restriction,
)
from experiments.analysis.levels import WHOLE, Box, Sample, encode, inside, limits_of
from experiments.analysis.simplifying import Side, quasi_p, sides

__all__ = ["discover"]

MARGIN = 0.1
"""Least gain of a box that holds, as share of the way from base rate to 1 (assumption)."""
CHANCE = 0.01
"""Largest chance of such a holdout density were the base rate the true one (assumption)."""


def discover(
    points: Mapping[str, np.ndarray],
    case: np.ndarray,
    *,
    ordered: Collection[str] = (),
    peel_share: float = 0.05,
    paste_share: float = 0.05,
    least_mass: float = 0.05,
    boxes: int = 3,
    threshold_density: float = 0.8,
    steps: Mapping[int, int] | None = None,
    folds: int = 5,
    resamples: int = 20,
    seed: int = 1,
) -> Discovery:
    """Boxes in which the outcome happens much more often than elsewhere.

    Parameters
    ----------
    points : mapping of str to array, shape (n,)
        Floats are numeric factors; strings, bools and ints are categories.
    case : array, shape (n,), 0 to 1
        Share of the replicates of a point in which the outcome happened.
    ordered : collection of str
        Factors given as ints that are numeric all the same.
    peel_share, paste_share : fractions of the points of a box
        Closed or opened at a time, above 0 and below 1.
    least_mass : fraction of all points a box keeps at least, above 0 and below 1
    boxes : number of boxes at most, at least 1
    threshold_density : fraction, above 0 and at most 1
        Density wanted. Where the base rate is not below it, halfway from the base rate to 1 is
        wanted instead: the box that holds everything is no finding.
    steps : mapping of int to int, optional
        Step of the trajectory to take in place of the rule of `checking.choose`, by number of
        the box.
    folds : parts of the points, at least 2, each held out once
    resamples : random halves on which reproducibility is counted, 0 or more
    seed : int

    Returns
    -------
    Discovery
        The same for any order of rows.

    Raises
    ------
    ValueError
        For a setting out of bounds, a step or box that there is not, and points or cases as told
        in `encode`.

    Notes
    -----
    Covering: the next box is found without the points of the earlier ones. It ends with a box
    that does not hold, or is not restricted.
    """
    _check(peel_share, paste_share, least_mass, boxes, threshold_density, folds, resamples)
    sample = encode(points, case, ordered)
    n, cases = sample.case.size, math.fsum(sample.case)
    base = cases / n
    wanted = threshold_density if base < threshold_density else (base + 1) / 2
    if not sample.parts.any():
        return Discovery("never", n, cases, base, wanted, ())
    if (sample.parts == WHOLE).all():
        return Discovery("always", n, cases, base, wanted, ())
    search = Search(sample, base, wanted, peel_share, paste_share, least_mass)
    steps = steps or {}
    random, rows, found = np.random.default_rng(seed), np.arange(n), []
    for number in range(1, boxes + 1):
        if not sample.parts[rows].any():
            break
        step = steps.get(number)
        box, held = _next_box(search, rows, number, step, folds, resamples, random)
        # What is left as a whole is no box; but the first is kept, to be looked at.
        if box.restrictions or not found:
            found.append(box)
        if not box.holds:
            break
        rows = rows[~held]
    if beyond := sorted(set(steps) - {box.number for box in found}):
        raise ValueError(f"steps: there are no boxes {beyond}. Boxes found: {len(found)}.")
    covered = math.fsum(box.coverage for box in found if box.holds)
    verdict = "found" if covered > COVERAGE else "nothing found"
    return Discovery(verdict, n, cases, base, wanted, tuple(found))


def _next_box(
    search: Search, rows: np.ndarray, number: int, step: int | None, folds: int,
    resamples: int, random: np.random.Generator,
) -> tuple[FoundBox, np.ndarray]:
    """A box among the rows, and which rows it holds."""
    sample = search.sample
    peeled = search.trajectory(rows)
    count, cases, coverage = search.shares(rows, peeled)
    density = cases / count
    taken = choose(coverage, density, search.wanted_density, search.base_rate)
    if step is not None:
        if not 0 <= step < len(peeled):
            raise ValueError(
                f"steps: box {number} has no step {step}. Its last is {len(peeled) - 1}."
            )
        taken = step
    box, dropped = search.finish(rows, peeled[taken])
    held = inside(sample, box, rows)
    (size,), (inner,), (covered,) = search.shares(rows, [box])
    all_held = np.zeros(sample.case.size, dtype=bool)
    all_held[rows[held]] = True
    ends = bootstrap(all_held, sample.case, random)
    aside, aside_cases = holdout(
        search, rows, folds, None if step is None else int(count[step]) / rows.size, random
    )
    restrictions = _restrictions(sample, rows, box)
    return FoundBox(
        number=number, trajectory=_steps(sample, peeled, count, cases, coverage), step=taken,
        points=int(size), cases=float(inner), mass=int(size) / sample.case.size,
        coverage=float(covered), density=float(inner / size),
        coverage_interval=ends[0], density_interval=ends[1], restrictions=restrictions,
        dropped=tuple(_dropped(sample, *one) for one in dropped),
        holdout_points=aside, holdout_density=aside_cases / aside if aside else None,
        holdout_coverage=aside_cases / math.fsum(sample.case) if aside else None,
        holds=bool(restrictions) and _above(aside, aside_cases, search.base_rate),
        reproduced=reproduced(
            search, rows, box, float(covered), float(inner / size), resamples, random
        ),
    ), held


def _above(points: int, cases: float, base_rate: float) -> bool:
    """Whether points held out are denser than the base rate by a margin, and beyond chance."""
    if not points or cases / points - base_rate < MARGIN * (1 - base_rate):
        return False
    return quasi_p(points, cases, base_rate) < CHANCE


def _steps(
    sample: Sample, boxes: list[Box], count: np.ndarray, cases: np.ndarray, coverage: np.ndarray
) -> tuple[PeelStep, ...]:
    """The trajectory as told to readers."""
    return tuple(
        PeelStep(
            step, int(count[step]), int(count[step]) / sample.case.size, float(cases[step]),
            float(coverage[step]), float(cases[step] / count[step]), limits_of(sample, box),
        )
        for step, box in enumerate(boxes)
    )


def _restrictions(sample: Sample, rows: np.ndarray, box: Box) -> tuple[Restriction, ...]:
    """Limits of the box with their quasi-p-values."""
    single = {(sample.names[one.factor], one.side): one.quasi_p for one in sides(sample, rows, box)}
    whole = {sample.names[one.factor]: one.quasi_p for one in sides(sample, rows, box, whole=True)}
    return tuple(
        Restriction(
            limits, whole[limits.factor], single.get((limits.factor, "low")),
            single.get((limits.factor, "high")),
        )
        for limits in limits_of(sample, box)
    )


def _dropped(sample: Sample, side: Side, box: Box) -> Dropped:
    """A dropped limit in the factor's own unit."""
    name = sample.names[side.factor]
    limits = next(one for one in limits_of(sample, box) if one.factor == name)
    return Dropped(name, side.side, getattr(limits, side.side), side.quasi_p)


def _check(
    peel_share: float, paste_share: float, least_mass: float, boxes: int,
    threshold_density: float, folds: int, resamples: int,
) -> None:
    """Settings within their bounds."""
    for name, value in (
        ("peel_share", peel_share), ("paste_share", paste_share), ("least_mass", least_mass),
    ):
        if not 0 < value < 1:
            raise ValueError(f"{name} = {value}. Give a fraction above 0 and below 1.")
    if not 0 < threshold_density <= 1:
        raise ValueError(
            f"threshold_density = {threshold_density}. Give a fraction above 0, at most 1."
        )
    for name, value, least in (
        ("boxes", boxes, 1), ("folds", folds, 2), ("resamples", resamples, 0),
    ):
        if value < least:
            raise ValueError(f"{name} = {value}. Give at least {least}.")
