"""The points of a study held against one of them, run by run where seeds are shared.

Replicates of two points that share a seed share their luck; the difference of such a pair is
steadier than the difference of the means. Where many points are compared, some differ by chance
alone: the verdicts are corrected for that, all together.
"""

import math
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from experiments.analysis.criteria import known
from experiments.intervals import CONFIDENCE, Interval, interval_of, paired_difference
from simulation.errors import InputError

__all__ = ["Compared", "Comparison", "Verdict", "compare", "holm", "welch_difference"]

Verdict = Literal["base", "higher", "lower", "cannot be told apart"]

# Two sums in another order differ in their last digits; that is no effect of a lever.
ROUNDING = 1e-12


class Compared(NamedTuple):
    """One point against the base.

    Attributes
    ----------
    point : str
    mean : Interval
        Over the replicates with a value, unit of the outcome.
    share_with_value : float
        Replicates with a value divided by replicates, 0 to 1.
    difference : Interval or None
        Point minus base, not corrected for the number of points; None for the base itself.
    p, p_holm : float or None
        Two-sided, alone and corrected over the points; None where no test can be made.
    verdict : "base", "higher", "lower" or "cannot be told apart"
        By the corrected p: it can be silent where the interval of this point alone is not.
    """

    point: str
    mean: Interval
    share_with_value: float
    difference: Interval | None
    p: float | None
    p_holm: float | None
    verdict: Verdict


class Comparison(NamedTuple):
    """All points of a study against its base.

    Attributes
    ----------
    base : str
    paired : bool
        Whether seeds were shared.
    replicates : int
        Runs of each point, with a value or without.
    points : tuple of Compared
        In the order given, the base among them.
    """

    base: str
    paired: bool
    replicates: int
    points: tuple[Compared, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One flat row for each point, for tables and JSON.

        Returns
        -------
        list of dict
            None where there is no number.
        """
        return [_row(point) for point in self.points]


def compare(
    values: ArrayLike, points: Sequence[str], base: str, *, paired: bool = True
) -> Comparison:
    """Hold each point of a study against its base.

    Parameters
    ----------
    values : float array, shape (points, replicates)
        One outcome, any unit; NaN where a run has no value, as the price of a run without trade.
    points : sequence of str
        Names, in the order of the rows, each once.
    base : str
        One of the names.
    paired : bool
        Whether a column is one seed, shared by all points. If not, Welch's test is used.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        If names and rows do not match, a value is infinite, or the base is none of the points.

    Notes
    -----
    Only runs with a value are compared, paired only where both have one: where the shares with a
    value differ much between points, that is the finding, and the means are of unlike runs.

    Points with fewer than two pairs cannot be tested and are not counted in the correction.
    """
    table = _table(values, points, base)
    own = table[list(points).index(base)]
    intervals, differences, alone = [], [], []
    for name, row in zip(points, table, strict=True):
        intervals.append(interval_of(_listed(row)))
        difference, p = (None, None) if name == base else _tested(row, own, paired)
        differences.append(difference)
        alone.append(p)
    corrected = holm(alone)
    compared = []
    for index, name in enumerate(points):
        verdict = _verdict(differences[index], corrected[index])
        share = float(np.mean(~np.isnan(table[index])))
        compared.append(Compared(
            name, intervals[index], share, differences[index], alone[index], corrected[index],
            verdict,
        ))
    return Comparison(base, paired, table.shape[1], tuple(compared))


def holm(p: Sequence[float | None]) -> list[float | None]:
    """P values corrected so that one false finding among them all is as rare as alone.

    Parameters
    ----------
    p : sequence of float or None
        0 to 1; None where no test was made, which is not counted.

    Returns
    -------
    list of float or None
        In the order given, at most 1, never below what was given.

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of
    Statistics 6(2): 65-70.
    """
    made = sorted((value, index) for index, value in enumerate(p) if value is not None)
    corrected: list[float | None] = [None] * len(p)
    least = 0.0
    for step, (value, index) in enumerate(made):
        # A p value cannot be corrected to less than a smaller one before it.
        least = max(least, min(1.0, value * (len(made) - step)))
        corrected[index] = least
    return corrected


def welch_difference(
    values: Sequence[float | None], against: Sequence[float | None]
) -> tuple[Interval, float | None]:
    """Difference of two means whose runs share nothing, and its two-sided p value.

    Parameters
    ----------
    values, against : sequence of float or None
        Lengths may differ; None is left out.

    Returns
    -------
    difference : Interval
        ``n`` is the smaller number of runs; ``deviation`` is None, as there are no pairs.
    p : float or None
        None with fewer than two values on either side.

    References
    ----------
    Welch (1947), The generalization of "Student's" problem when several different population
    variances are involved, Biometrika 34: 28-35.
    """
    a, b = interval_of(values), interval_of(against)
    fewer = min(a.n, b.n)
    if a.mean is None or b.mean is None:
        return Interval(None, None, None, None, 0), None
    mean = a.mean - b.mean
    if abs(mean) <= ROUNDING * max(abs(a.mean), abs(b.mean)):
        mean = 0.0
    if a.deviation is None or b.deviation is None:
        return Interval(mean, None, None, None, fewer), None
    parts = (a.deviation**2 / a.n, b.deviation**2 / b.n)
    error = math.sqrt(sum(parts))
    if error == 0:
        return Interval(mean, mean, mean, None, fewer), float(mean == 0)
    # Shares of the variance, not the variances: squares of small ones would vanish.
    shares = (parts[0] / sum(parts), parts[1] / sum(parts))
    freedom = 1 / (shares[0] ** 2 / (a.n - 1) + shares[1] ** 2 / (b.n - 1))
    half = float(stdtrit(freedom, 0.5 + CONFIDENCE / 2)) * error
    p = 2 * float(stdtr(freedom, -abs(mean) / error))
    return Interval(mean, mean - half, mean + half, None, fewer), p


def _tested(
    row: np.ndarray, base: np.ndarray, paired: bool
) -> tuple[Interval, float | None]:
    """Difference to the base, and its two-sided p value alone."""
    if not paired:
        return welch_difference(_listed(row), _listed(base))
    alike = np.isclose(row, base, rtol=ROUNDING, atol=0.0)
    difference = paired_difference(_listed(np.where(alike, base, row)), _listed(base))
    if difference.deviation is None or difference.mean is None:
        return difference, None
    error = difference.deviation / math.sqrt(difference.n)
    if error == 0:
        # The same difference in every pair: as sure as it gets, if there is one at all.
        return difference, float(difference.mean == 0)
    return difference, 2 * float(stdtr(difference.n - 1, -abs(difference.mean) / error))


def _verdict(difference: Interval | None, p_holm: float | None) -> Verdict:
    """What can be said of a point once all points are taken together."""
    if difference is None:
        return "base"
    if p_holm is None or difference.mean is None or p_holm > 1 - CONFIDENCE:
        return "cannot be told apart"
    return "higher" if difference.mean > 0 else "lower"


def _table(values: ArrayLike, points: Sequence[str], base: str) -> np.ndarray:
    """The values as an array, once names and rows are found to match."""
    table = np.asarray(values, dtype=float)
    if table.ndim != 2 or len(table) != len(points):
        raise InputError(
            f"values have the shape {table.shape}, with {len(points)} names. "
            "Give one row of replicates for each point."
        )
    if len(set(points)) < len(points):
        raise InputError("two points have one name. Name each point once.")
    if base not in points:
        raise InputError(f"base = {base!r} is none of the points: {', '.join(points)}.")
    if np.isinf(table).any():
        raise InputError("a value is infinite. Give NaN where a run has no value.")
    return table


def _listed(row: np.ndarray) -> list[float | None]:
    """A row as the intervals want it."""
    return [known(value) for value in row]


def _row(point: Compared) -> dict[str, Any]:
    """One point as a flat row."""
    difference = point.difference or Interval(None, None, None, None, 0)
    return {
        "point": point.point,
        "mean": point.mean.mean,
        "low": point.mean.low,
        "high": point.mean.high,
        "share_with_value": point.share_with_value,
        "difference": difference.mean,
        "difference_low": difference.low,
        "difference_high": difference.high,
        "n": point.mean.n if point.difference is None else difference.n,
        "p": point.p,
        "p_holm": point.p_holm,
        "verdict": point.verdict,
    }
