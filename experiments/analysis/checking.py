"""How far to trust a box: points held out, random halves, the bootstrap.

References
----------
Bryant, B. P. and Lempert, R. J. (2010), Thinking inside the box: a participatory,
computer-assisted approach to scenario discovery, Technological Forecasting and Social Change 77,
34-49.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.analysis.discovered import Reproduced
from experiments.analysis.levels import Box, Sample, inside
from experiments.analysis.peeling import paste, peel
from experiments.analysis.simplifying import Side, simplify

__all__ = ["Search", "bootstrap", "choose", "holdout", "reproduced"]

BOOTSTRAP_DRAWS = 1000


class Search(NamedTuple):
    """How boxes are looked for, the same for all points, folds and halves."""

    sample: Sample
    base_rate: float
    wanted_density: float
    peel_share: float
    paste_share: float
    least_mass: float

    def trajectory(self, rows: np.ndarray, whole: float = 1.0) -> list[Box]:
        """Boxes of every peeling step; the sample is `whole` times its full size."""
        return peel(
            self.sample, rows, self.peel_share,
            math.ceil(self.least_mass * self.sample.case.size * whole),
        )

    def finish(self, rows: np.ndarray, box: Box) -> tuple[Box, list[tuple[Side, Box]]]:
        """The box pasted and simplified, and the limits dropped."""
        return simplify(self.sample, rows, paste(self.sample, rows, box, self.paste_share))

    def shares(
        self, rows: np.ndarray, boxes: Sequence[Box], whole: float = 1.0
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Points, cases and coverage of every box; the sample is `whole` times its full size."""
        case = self.sample.case
        held = [rows[inside(self.sample, box, rows)] for box in boxes]
        points = np.array([inner.size for inner in held])
        # Rounded once: a part never sums to more than the whole.
        cases = np.array([math.fsum(case[inner]) for inner in held])
        return points, cases, np.minimum(cases / (math.fsum(case) * whole), 1.0)


def choose(
    coverage: np.ndarray, density: np.ndarray, wanted_density: float, base_rate: float
) -> int:
    """Step of a trajectory to take.

    Parameters
    ----------
    coverage, density : arrays, shape (steps,)
    wanted_density, base_rate : fractions

    Returns
    -------
    int
        The step with the largest coverage among those as dense as wanted. If none is, the one
        with the best harmonic mean of coverage and gain, where gain is how far density has come
        from the base rate to 1. The earliest of equals.

    Notes
    -----
    *Assumption.* Gain in place of density, as with density alone the box that holds everything
    would win in every weak pattern: coverage 1 makes up for a density that is the base rate.
    """
    dense = density >= wanted_density
    if dense.any():
        return int(np.argmax(np.where(dense, coverage, -1.0)))
    gain = np.maximum(density - base_rate, 0.0) / (1 - base_rate)
    total = coverage + gain
    return int(np.argmax(2 * coverage * gain / np.where(total > 0, total, 1.0)))


def holdout(
    search: Search, rows: np.ndarray, folds: int, mass: float | None,
    random: np.random.Generator,
) -> tuple[int, float]:
    """Points, and cases among them, in boxes found without them.

    Notes
    -----
    The whole way is gone again for each fold: peel, choose, paste, simplify. Where the caller
    chose a step, the step of nearest mass is taken. For a later box the earlier ones, which are
    taken away, were found on all points.
    """
    sample, count, cases = search.sample, 0, 0.0
    shuffled = random.permutation(rows)
    for part in np.array_split(shuffled, min(folds, rows.size)):
        others = np.setdiff1d(rows, part)
        if not others.size or not sample.parts[others].any():
            continue
        whole = others.size / rows.size
        peeled = search.trajectory(others, whole)
        points, inner, coverage = search.shares(others, peeled, whole)
        if mass is None:
            step = choose(coverage, inner / points, search.wanted_density, search.base_rate)
        else:
            step = int(np.argmin(np.abs(points / others.size - mass)))
        box, _ = search.finish(others, peeled[step])
        held = part[inside(sample, box, part)]
        count += held.size
        cases += float(sample.case[held].sum())
    return count, cases


def reproduced(
    search: Search, rows: np.ndarray, box: Box, coverage: float, density: float,
    resamples: int, random: np.random.Generator,
) -> tuple[Reproduced, ...]:
    """How often each factor is restricted in boxes of random halves (Bryant and Lempert 2010)."""
    sample, half = search.sample, rows.size // 2
    counts, tried = np.zeros((2, len(sample.names))), 0
    for _ in range(resamples if half else 0):
        chosen = np.sort(random.permutation(rows)[:half])
        if not sample.parts[chosen].any():
            continue
        tried += 1
        whole = half / rows.size
        peeled = search.trajectory(chosen, whole)
        points, cases, covers = search.shares(chosen, peeled, whole)
        dense = cases / points
        # Many steps may hold all cases; the densest of the nearest is the box meant.
        nearest = (
            np.lexsort((-dense, np.abs(covers - coverage)))[0],
            np.lexsort((-covers, np.abs(dense - density)))[0],
        )
        for at, step in enumerate(nearest):
            one, _ = search.finish(chosen, peeled[step])
            counts[at] += [not allowed.all() for allowed in one]
    if not tried:
        return ()
    return tuple(
        Reproduced(name, not bool(allowed.all()), float(at[0]) / tried, float(at[1]) / tried)
        for name, allowed, at in zip(sample.names, box, counts.T, strict=True)
    )


def bootstrap(
    held: np.ndarray, case: np.ndarray, random: np.random.Generator
) -> tuple[tuple[float, float], tuple[float, float]]:
    """95 % intervals of coverage and density, points drawn with replacement."""
    # Points alike in case and box are drawn together: few kinds with few replicates.
    kinds, counts = np.unique(np.column_stack([held, case]), axis=0, return_counts=True)
    drawn = random.multinomial(case.size, counts / case.size, size=BOOTSTRAP_DRAWS)
    inner = drawn @ (kinds[:, 0] * kinds[:, 1])
    ends = []
    for whole in (drawn @ kinds[:, 1], drawn @ kinds[:, 0]):
        # A draw without any case, or any point of the box, has no share.
        shares = inner[whole > 0] / whole[whole > 0]
        low, high = np.quantile(shares, (0.025, 0.975)) if shares.size else (0.0, 1.0)
        ends.append((float(low), float(high)))
    return ends[0], ends[1]
