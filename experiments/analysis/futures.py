"""What options are worth over futures: means, regret, resampled picks. Arrays in, arrays out.

Higher is better throughout; `choice` turns outcomes that are wanted low before and after.
"""

from collections.abc import Callable

import numpy as np

__all__ = [
    "at_best", "best_shares", "future_means", "regret_optimism", "regrets", "resampled",
    "share_interval", "stays",
]

# Sums in another order differ in their last digits; two such options are equally good.
ROUNDING = 1e-12
# Numbers held at once while resampling: 16 MB.
CHUNK = 2_000_000
SPLITS = 20


def future_means(runs: np.ndarray) -> np.ndarray:
    """Mean over the replicates that have a value.

    Parameters
    ----------
    runs : float array, shape (..., replicates)
        Such as options, futures, replicates.

    Returns
    -------
    float array, shape (...)
        NaN where no replicate has a value.
    """
    has = ~np.isnan(runs)
    count = has.sum(axis=-1)
    total = np.where(has, runs, 0.0).sum(axis=-1)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)


def regrets(good: np.ndarray) -> np.ndarray:
    """What an option forgoes in each future against the best option there.

    Parameters
    ----------
    good : float array, shape (options, futures), without NaN

    Returns
    -------
    float array, shape (options, futures)
        Not negative; 0 for the best and for those as good but for rounding.

    References
    ----------
    Savage (1951), The theory of statistical decision, Journal of the American Statistical
    Association 46: 55-67.
    """
    # Else rounding would be the whole regret of an equal, and rank it second for sure.
    return np.where(at_best(good), 0.0, good.max(axis=0, initial=-np.inf) - good)


def at_best(good: np.ndarray) -> np.ndarray:
    """Options that are the best, or as good but for rounding.

    Parameters
    ----------
    good : float array, shape (options, ...), without NaN

    Returns
    -------
    bool array, same shape
    """
    slack = ROUNDING * np.abs(good).max(axis=0, initial=0.0)
    return good >= good.max(axis=0, initial=-np.inf) - slack


def best_shares(good: np.ndarray) -> np.ndarray:
    """Share of futures in which each option is the best; equals share a future between them.

    Parameters
    ----------
    good : float array, shape (options, futures), at least one future

    Returns
    -------
    float array, shape (options,)
        Sums to 1.
    """
    best = at_best(good)
    return (best / best.sum(axis=0)).mean(axis=1)


def resampled(
    per_future: np.ndarray,
    statistic: Callable[[np.ndarray], np.ndarray],
    resamples: int,
    seed: int,
) -> np.ndarray:
    """A statistic over futures drawn with replacement, the same ones for all options.

    Parameters
    ----------
    per_future : float or bool array, shape (options, futures)
    statistic : callable
        Takes shape (options, r, futures), gives (options, r).
    resamples : int
    seed : int
        The same seed draws the same futures where there are as many.

    Returns
    -------
    float array, shape (options, resamples)
    """
    random = np.random.default_rng(seed)
    options, futures = per_future.shape
    found = np.empty((options, resamples))
    step = max(1, CHUNK // max(1, options * futures))
    for start in range(0, resamples, step):
        end = min(start + step, resamples)
        drawn = random.integers(futures, size=(end - start, futures))
        found[:, start:end] = statistic(per_future[:, drawn])
    return found


def stays(statistics: np.ndarray, option: int) -> float:
    """Share of resamples in which an option is the choice.

    Parameters
    ----------
    statistics : float array, shape (options, resamples)
        The highest is chosen; equals share a resample between them.
    option : int

    Returns
    -------
    float, 0 to 1
    """
    best = at_best(statistics)
    return float((best[option] / best.sum(axis=0)).mean())


def share_interval(
    met: np.ndarray, means: np.ndarray, confidence: float
) -> tuple[float, float]:
    """Interval of a share of futures, from resamples.

    Parameters
    ----------
    met : bool array, shape (futures,), not empty
    means : float array, shape (resamples,)
        Share in each resample.
    confidence : float, 0 to 1

    Returns
    -------
    low, high : float

    Notes
    -----
    Resampling a share of 0 or 1 gives it again and would claim certainty from ten futures; its far
    end is exact instead (Clopper & Pearson 1934, Biometrika 26: 404-413).
    """
    tail = (1 - confidence) / 2
    if met.all():
        return float(tail ** (1 / met.size)), 1.0
    if not met.any():
        return 0.0, float(1 - tail ** (1 / met.size))
    low, high = np.quantile(means, (tail, 1 - tail))
    return float(low), float(high)


def regret_optimism(runs: np.ndarray, seed: int) -> float:
    """How much too good the best option of a future looks, as the best of noisy means.

    The best is picked by one half of the replicates and valued by the other, so that luck which
    made it the best does not value it too; the mean over both ways and over several splits.

    Parameters
    ----------
    runs : float array, shape (options, futures, replicates)
        Replicates of one future share seeds between options, and are split alike.
    seed : int

    Returns
    -------
    float
        Unit of the outcome; mean regret of every option is too high by about this. NaN with fewer
        than two replicates, or where no half has a value for every option.

    Notes
    -----
    An upper bound on average: half the replicates also pick the best less surely than all do.
    With an odd number, each split leaves one out.
    """
    half = runs.shape[2] // 2
    if runs.shape[0] == 0:
        return float("nan")
    random = np.random.default_rng(seed)
    best = future_means(runs).max(axis=0)
    differences = []
    for _ in range(SPLITS):
        order = random.permutation(runs.shape[2])
        one = future_means(runs[:, :, order[:half]])
        other = future_means(runs[:, :, order[half : 2 * half]])
        whole = ~np.isnan(one).any(axis=0) & ~np.isnan(other).any(axis=0)
        one, other = one[:, whole], other[:, whole]
        futures = np.arange(one.shape[1])
        valued = other[one.argmax(axis=0), futures] + one[other.argmax(axis=0), futures]
        differences.append(best[whole] - valued / 2)
    found = np.concatenate(differences)
    return float(found.mean()) if found.size else float("nan")
