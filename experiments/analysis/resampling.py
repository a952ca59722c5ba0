"""How sure shares of variance are: other rows, other seeds, and what that says of a factor."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from experiments.analysis.replicates import Blocks

__all__ = ["Verdict", "means_of_resamples", "seed_error", "verdict_of", "widened"]

Verdict = Literal["matters", "does not matter", "sample more"]

# Weights of so many numbers are held at once while resampling: 32 MB.
WEIGHTS_AT_ONCE = 4_000_000


def means_of_resamples(statistics: np.ndarray, resamples: int, seed: int) -> np.ndarray:
    """Means of statistics over blocks drawn with replacement, all of a block together.

    Parameters
    ----------
    statistics : array (blocks, any)
    resamples : int
    seed : int

    Returns
    -------
    array (resamples, any)
    """
    blocks = len(statistics)
    draws = np.random.default_rng(seed)
    at_once = max(1, min(resamples, WEIGHTS_AT_ONCE // blocks))
    means = np.empty((resamples, statistics.shape[1]))
    for start in range(0, resamples, at_once):
        count = min(at_once, resamples - start)
        drawn = draws.integers(blocks, size=(count, blocks))
        drawn += np.arange(count)[:, None] * blocks
        weights = np.bincount(drawn.ravel(), minlength=count * blocks).reshape(count, blocks)
        means[start : start + count] = weights @ statistics / blocks
    return means


def seed_error(
    blocks: Blocks, statistics_of: Callable[[Blocks], np.ndarray], shares_count: int
) -> np.ndarray | None:
    """Standard error of shares that comes from seeds common to all points.

    Parameters
    ----------
    blocks : Blocks
    statistics_of : callable
        Blocks to an array (blocks, any), averaged over blocks: the numerators of the shares come
        first, the mean square of the response and its mean last. Its blocks are those with three
        replicates; ``kept`` says which.
    shares_count : int
        Numerators.

    Returns
    -------
    array (shares_count,) or None
        None with fewer than three replicates.

    Notes
    -----
    Jackknife over replicates on the linearised shares; what noise that differs from block to
    block adds by chance is taken off, since resampling blocks has counted it: *assumption* of a
    two-way layout of blocks and seeds. Efron and Stein (1981), Annals of Statistics 9(3), 586-596.
    """
    replicates, enough = blocks.replicates, blocks.used.sum(axis=1) >= 3
    if enough.sum() < 2:
        return None
    blocks = Blocks(blocks.values[enough], blocks.used[enough], kept=enough)
    statistics = statistics_of(blocks)
    means = statistics.mean(axis=0)
    variance = means[-2] - means[-1] ** 2
    shares = means[:shares_count] / variance
    spread = by_chance = np.zeros(shares_count)
    for left_out in range(replicates):
        part = blocks._replace(
            values=np.delete(blocks.values, left_out, axis=2),
            used=np.delete(blocks.used, left_out, axis=1),
        )
        change = statistics_of(part) - statistics
        of_variance = change[:, -2:-1] - 2 * means[-1] * change[:, -1:]
        # The mean over replicates left out is zero, as for every U-statistic.
        of_shares = (change[:, :shares_count] - shares * of_variance) / variance
        spread = spread + of_shares.mean(axis=0) ** 2
        by_chance = by_chance + of_shares.var(axis=0, ddof=1) / len(of_shares)
    return np.sqrt(np.maximum(spread - by_chance, 0.0) * (replicates - 1) / replicates)


def widened(
    estimate: np.ndarray,
    ends: np.ndarray,
    error: np.ndarray | None,
    replicates: int,
    confidence: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Ends of intervals with the error of the seeds added in quadrature.

    Parameters
    ----------
    estimate : array (any,)
    ends : array (2, any)
        From resampling blocks.
    error : array (any,) or None
        Standard error of the seeds; None leaves the ends as they are.
    replicates : int
        Few as a rule, so Student's t.
    confidence : float

    Returns
    -------
    low, high : array (any,)
    """
    from scipy.special import stdtrit

    below, above = estimate - ends[0], ends[1] - estimate
    if error is None:
        return ends[0], ends[1]
    half = float(stdtrit(replicates - 1, 0.5 + confidence / 2)) * error
    # A skewed interval may leave out its estimate; each end keeps its side.
    return (
        estimate - np.copysign(np.hypot(below, half), below),
        estimate + np.copysign(np.hypot(above, half), above),
    )


def verdict_of(low: float, high: float, threshold: float) -> Verdict:
    """Whether a factor matters, as far as its interval can say.

    Parameters
    ----------
    low, high, threshold : float
        Share of variance.
    """
    if low > threshold:
        return "matters"
    return "does not matter" if high < threshold else "sample more"
