"""Sobol indices: shares of the variance of a response that factors account for, free of luck."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from experiments.analysis.replicates import (
    Blocks,
    blocks_of,
    checked_settings,
    cross_product,
    plain,
    salib,
)
from experiments.analysis.resampling import (
    Verdict,
    means_of_resamples,
    seed_error,
    verdict_of,
    widened,
)

__all__ = ["SobolIndices", "sobol_indices"]

SALIB_RESAMPLES_MAX = 100


class SobolIndices(NamedTuple):
    """Sobol indices of the expected response, and what SALib makes of the mean over replicates.

    Attributes
    ----------
    names : tuple of str
        Factors, length k.
    status : "varies", "constant" or "unclear"
        Whether there is anything to share out. "unclear": the interval of the variance of the
        expected response reaches zero, since noise drowns it or few rows make it. Without
        "varies" all indices are NaN.
    first, first_low, first_high : array (k,)
        Share of a factor alone, with interval. May come out slightly below 0.
    total, total_low, total_high : array (k,)
        Share of a factor with all its interactions, with interval.
    seed_error : array (k,) or None
        Standard error of ``total`` from which seeds were drawn, as far as they are common to the
        points; part of the intervals. None with fewer than three replicates: the intervals then
        do not know it.
    verdicts : tuple of Verdict
        From the interval of ``total`` and ``threshold``.
    salib_first, salib_first_half, salib_total, salib_total_half : array (k,)
        SALib's indices of the mean over replicates, noise included, and half its intervals.
    second, second_half : array (k, k) or None
        SALib's index of each pair above the diagonal, noise included; None if not asked for.
    variance : float
        Of the expected response over the factors, squared units of the response.
    noise_variance, noise_share : float or None
        Variance between replicates at a point, and its share in the variance of a single run.
        None with one replicate: noise cannot be split off, and all indices contain it.
    replicates, base_rows : int
        Replicates a point; base rows used.
    dropped_share : float
        Base rows dropped for want of values.
    threshold, confidence : float
    """

    names: tuple[str, ...]
    status: Literal["varies", "constant", "unclear"]
    first: np.ndarray
    first_low: np.ndarray
    first_high: np.ndarray
    total: np.ndarray
    total_low: np.ndarray
    total_high: np.ndarray
    seed_error: np.ndarray | None
    verdicts: tuple[Verdict, ...]
    salib_first: np.ndarray
    salib_first_half: np.ndarray
    salib_total: np.ndarray
    salib_total_half: np.ndarray
    second: np.ndarray | None
    second_half: np.ndarray | None
    variance: float
    noise_variance: float | None
    noise_share: float | None
    replicates: int
    base_rows: int
    dropped_share: float
    threshold: float
    confidence: float

    def rows(self) -> list[dict[str, object]]:
        """One row a factor, for a table or JSON; None where there is no number."""
        numbers = (
            "first", "first_low", "first_high", "total", "total_low", "total_high",
            "salib_first", "salib_first_half", "salib_total", "salib_total_half",
        )
        rows: list[dict[str, object]] = []
        for at, name in enumerate(self.names):
            row: dict[str, object] = {"factor": name, "verdict": self.verdicts[at]}
            row |= {number: plain(getattr(self, number)[at]) for number in numbers}
            row["seed_error"] = None if self.seed_error is None else plain(self.seed_error[at])
            rows.append(row | {"status": self.status, "noise_share": self.noise_share})
        return rows

    def pairs(self) -> list[dict[str, object]]:
        """One row a pair of factors, largest first; empty if pairs were not asked for."""
        if self.second is None or self.second_half is None:
            return []
        left, right = np.triu_indices(len(self.names), 1)
        order = np.argsort(-self.second[left, right], kind="stable")
        return [
            {
                "factor": self.names[i], "with": self.names[j],
                "second": plain(self.second[i, j]), "second_half": plain(self.second_half[i, j]),
            }
            for i, j in zip(left[order], right[order], strict=True)
        ]


def sobol_indices(
    values: Any,  # noqa: ANN401
    names: Sequence[str],
    *,
    second_order: bool = False,
    resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 1,
    threshold: float = 0.05,
) -> SobolIndices:
    """Sobol indices of the expected response, replicate noise split off.

    Parameters
    ----------
    values : array_like (rows, replicates), or (rows,) for one replicate
        Responses at the points of ``designs.sobol_sample``, in its order; None or NaN where a run
        has no value. Replicate r may have the same seed at all points or a seed of its own.
    names : sequence of str
        Factors, in the order of the design's columns.
    second_order : bool
        As for the sample.
    resamples : int
        Of the base rows, for intervals; at least 2.
    confidence : float
        Of the intervals, between 0 and 1.
    seed : int
        Of the resampling, from 0.
    threshold : float
        Total index from which a factor matters; the default of 0.05 is an *assumption*.

    Returns
    -------
    SobolIndices

    Raises
    ------
    InputError
        Values do not fit the design, more than 20 % of the base rows lack values, a setting is
        out of bounds, or SALib is not installed.

    Notes
    -----
    With g(x) the mean of f(x, seed) over seeds, every square and product of g is estimated from
    pairs of different replicates, which are independent: ``replicates.cross_product``. For the
    numerator of the total index this is half the squared mean difference less its variance over
    R. Estimators in the base rows are those of SALib, so that with R = 1 both agree.

    Intervals resample base rows, all blocks together. That leaves out that other seeds could have
    been drawn; if seeds are common to all points no number of base rows makes up for it. With
    R >= 3 a jackknife over replicates gives this error, and the intervals are widened by it; with
    R = 2 they are far too narrow then.

    References
    ----------
    Saltelli et al. (2010), Computer Physics Communications 181(2), 259-270: table 2, (b) and (f).
    """
    factors_k = len(names)
    checked_settings(resamples, confidence, seed, threshold, "sobol_indices")
    points = (2 * factors_k if second_order else factors_k) + 2
    blocks = blocks_of(values, names, points, "sobol_indices")
    statistics = _statistics(blocks, factors_k)
    estimate = _indices(statistics.mean(axis=0), factors_k)
    variance = float(estimate[-1])
    noise = blocks.noise_variance([0, -1])
    drawn = _indices(means_of_resamples(statistics, resamples, seed), factors_k)
    ends = (0.5 - confidence / 2, 0.5 + confidence / 2)
    status: Literal["varies", "constant", "unclear"] = "varies"
    if blocks.constant:
        status, variance = "constant", 0.0
    elif np.quantile(drawn[:, -1], ends[0]) <= 0:
        status = "unclear"
    if status == "varies":
        error = seed_error(blocks, lambda part: _statistics(part, factors_k), 2 * factors_k)
        low, high = widened(
            estimate[:-1], np.quantile(drawn[:, :-1], ends, axis=0), error,
            blocks.replicates, confidence,
        )
        theirs = _of_salib(blocks.mean, names, second_order, resamples, confidence, seed)
        verdicts = tuple(
            verdict_of(*each, threshold)
            for each in zip(low[:factors_k], high[:factors_k], strict=True)
        )
    else:
        estimate = low = high = np.full(2 * factors_k + 1, np.nan)
        error, theirs = None, _nothing(factors_k, second_order)
        # A constant answers to no factor; a response lost in luck may yet do.
        verdicts = ("does not matter" if status == "constant" else "sample more",) * factors_k
    total, first = slice(0, factors_k), slice(factors_k, 2 * factors_k)
    return SobolIndices(
        names=tuple(names), status=status, verdicts=verdicts,
        first=estimate[first], first_low=low[first], first_high=high[first],
        total=estimate[total], total_low=low[total], total_high=high[total],
        seed_error=None if error is None else error[total],
        salib_first=theirs["S1"], salib_first_half=theirs["S1_conf"],
        salib_total=theirs["ST"], salib_total_half=theirs["ST_conf"],
        second=theirs.get("S2"), second_half=theirs.get("S2_conf"),
        variance=variance, noise_variance=noise, noise_share=_noise_share(variance, noise),
        replicates=blocks.replicates, base_rows=len(blocks.values),
        dropped_share=blocks.dropped_share, threshold=threshold, confidence=confidence,
    )


def _statistics(blocks: Blocks, factors_k: int) -> np.ndarray:
    """What is averaged over base rows, shape (base rows, 2k + 2).

    Numerators of the total indices, of the first-order indices, mean square and mean of A and B.
    """
    centred = blocks.centred()
    from_a, from_b = centred[:, :1], centred[:, -1:]
    moved = centred[:, 1 : factors_k + 1] - from_a
    both = centred[:, [0, -1]]
    return np.hstack([
        cross_product(moved, moved, blocks.used) / 2,
        cross_product(np.broadcast_to(from_b, moved.shape), moved, blocks.used),
        cross_product(both, both, blocks.used).mean(axis=1, keepdims=True),
        both.sum(axis=2).mean(axis=1, keepdims=True) / blocks.used.sum(axis=1)[:, None],
    ])


def _indices(means: np.ndarray, factors_k: int) -> np.ndarray:
    """Total and first-order indices and the variance, from means of the statistics."""
    variance = means[..., -2] - means[..., -1] ** 2
    # A variance of zero or less has no shares; the caller looks at the variance itself.
    shares = means[..., : 2 * factors_k] / np.where(variance > 0, variance, np.inf)[..., None]
    return np.concatenate([shares, variance[..., None]], axis=-1)


def _noise_share(variance: float, noise: float | None) -> float | None:
    """Share of noise in the variance of a single run; None if unknown or nothing varies."""
    if noise is None or noise + max(variance, 0.0) == 0:
        return None
    return noise / (noise + max(variance, 0.0))


def _of_salib(
    mean: np.ndarray,
    names: Sequence[str],
    second_order: bool,
    resamples: int,
    confidence: float,
    seed: int,
) -> dict[str, np.ndarray]:
    """SALib's indices of the mean over replicates, shape (base rows, points)."""
    problem = {
        "num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)
    }
    return dict(salib("analyze.sobol").analyze(
        problem, mean.ravel(), calc_second_order=second_order, conf_level=confidence,
        # It holds all resamples at once, and takes but a standard deviation from them.
        num_resamples=min(resamples, SALIB_RESAMPLES_MAX),
        # It takes a seed of 0 for none.
        seed=seed + 1,
    ))


def _nothing(factors_k: int, second_order: bool) -> dict[str, np.ndarray]:
    """No indices, where nothing varies."""
    nothing = {key: np.full(factors_k, np.nan) for key in ("S1", "S1_conf", "ST", "ST_conf")}
    if second_order:
        nothing |= {key: np.full((factors_k, factors_k), np.nan) for key in ("S2", "S2_conf")}
    return nothing
