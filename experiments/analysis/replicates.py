"""What Sobol and Morris share: runs in blocks with replicates, and products free of noise."""

import importlib
import math
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from simulation.errors import InputError

__all__ = [
    "Blocks",
    "blocks_of",
    "checked_settings",
    "cross_product",
    "plain",
    "salib",
]

DROPPED_SHARE_MAX = 0.2


class Blocks(NamedTuple):
    """Runs by block: a base row of a Sobol design, or a trajectory of a Morris design.

    Attributes
    ----------
    values : array (blocks, points, replicates)
        Zero where a replicate is not used.
    used : bool array (blocks, replicates)
        A replicate is used where every point of the block has a value.
    kept : bool array (blocks given,)
        Which of the blocks given these are; the others were dropped.
    """

    values: np.ndarray
    used: np.ndarray
    kept: np.ndarray

    @property
    def replicates(self) -> int:
        """Replicates a point, before any are left out."""
        return self.values.shape[2]

    @property
    def dropped_share(self) -> float:
        """Blocks dropped, as a share of those given."""
        return 1.0 - float(self.kept.mean())

    @property
    def mean(self) -> np.ndarray:
        """Mean over the replicates used, shape (blocks, points).

        Of values centred by replicate, so that a block does not stand apart because it lacks the
        replicate with a high level.
        """
        level = self.values.sum() / (self.used.sum() * self.values.shape[1])
        return level + self.centred().sum(axis=2) / self.used.sum(axis=1)[:, None]

    @property
    def constant(self) -> bool:
        """Whether no replicate tells one point from another, but for rounding."""
        used = np.broadcast_to(self.used[:, None, :], self.values.shape)
        high = np.where(used, self.values, -np.inf).max(axis=(0, 1))
        low = np.where(used, self.values, np.inf).min(axis=(0, 1))
        scale = max(float(np.abs(self.values).max()), np.finfo(float).tiny)
        return bool((high - low <= 1e-12 * scale).all())

    def noise_variance(self, points: slice | list[int] = slice(None)) -> float | None:
        """Variance between replicates at a point, mean over points; None with one replicate."""
        if self.replicates == 1:
            return None
        values, count = self.values[:, points], self.used.sum(axis=1)[:, None]
        mean = values.sum(axis=2) / count
        apart = (values - mean[:, :, None]) * self.used[:, None, :]
        within = (apart**2).sum(axis=2) / (count - 1)
        return float(within.mean())

    def centred(self) -> np.ndarray:
        """Values less the mean of their replicate over all points; zero where not used.

        A seed common to all points may lift all of them; that lift is no effect of a factor.
        """
        runs = np.maximum(self.used.sum(axis=0), 1) * self.values.shape[1]
        mean = self.values.sum(axis=(0, 1)) / runs
        return (self.values - mean) * self.used[:, None, :]


def salib(module: str) -> ModuleType:
    """A module of SALib, imported when first needed: the import takes seconds.

    Parameters
    ----------
    module : str
        As ``sample.sobol``.

    Raises
    ------
    InputError
        SALib is not installed.
    """
    try:
        return importlib.import_module(f"SALib.{module}")
    except ImportError as error:
        raise InputError(
            'sensitivity analysis: SALib is not installed. Install the extra: '
            'pip install "swcmarket[analysis]".'
        ) from error


def blocks_of(values: Any, names: Sequence[str], points: int, where: str) -> Blocks:  # noqa: ANN401
    """Cut the runs of a design into its blocks and drop blocks that cannot be used.

    Parameters
    ----------
    values : array_like (rows,) or (rows, replicates)
        None or NaN where a run has no value.
    names : sequence of str
        Factors.
    points : int
        Rows of the design a block.
    where : str
        Name of the method, for messages.

    Returns
    -------
    Blocks

    Raises
    ------
    InputError
        The shape does not fit the design, a value is infinite, or more than 20 % of the blocks
        cannot be used.

    Notes
    -----
    *Assumption*: a replicate that is missing at one point is left out of the whole block, so that
    every difference within a block is between the same seeds. A block stays if two replicates are
    left (one, if there is but one): with fewer, noise cannot be told from effect. Whether a run
    has a value may itself depend on the factors; the indices are then those of the runs left.
    """
    try:
        runs = np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise InputError(
            f"{where}: values are not an array of numbers ({error}). Give as many replicates for "
            "each row, and None for a run without a value."
        ) from error
    runs = runs[:, None] if runs.ndim == 1 else runs
    if not names or len(set(names)) != len(names):
        raise InputError(
            f"{where}: names = {list(names)} are empty or repeat. Name each factor once."
        )
    if runs.ndim != 2 or runs.shape[1] < 1 or len(runs) < 2 * points or len(runs) % points:
        raise InputError(
            f"{where}: values have the shape {runs.shape}, not (rows, replicates) with rows a "
            f"multiple of {points} (at least {2 * points}) for {len(names)} factors. Give the runs "
            "of the whole design, in its order, and say second_order as for the sample."
        )
    if np.isinf(runs).any():
        raise InputError(
            f"{where}: {int(np.isinf(runs).sum())} values are infinite. Give None for a run "
            "without a value, or choose a finite outcome."
        )
    blocks = runs.reshape(-1, points, runs.shape[1])
    used = ~np.isnan(blocks).any(axis=1)
    kept = used.sum(axis=1) >= min(2, runs.shape[1])
    dropped = 1.0 - float(kept.mean())
    if dropped > DROPPED_SHARE_MAX or kept.sum() < 2:
        raise InputError(
            f"{where}: {dropped:.0%} of the base rows or trajectories have a point without a value "
            f"and drop out; the limit is {DROPPED_SHARE_MAX:.0%}. Choose an outcome that always "
            "exists, such as volume, or narrow the bounds of the factors."
        )
    return Blocks(np.where(used[:, None, :], blocks, 0.0)[kept], used[kept], kept)


def checked_settings(
    resamples: int, confidence: float, seed: int, threshold: float, where: str
) -> None:
    """Raise InputError if a setting of the intervals or verdicts is outside its limits."""
    limits = (
        ("resamples", resamples, resamples >= 2, "at least 2"),
        ("confidence", confidence, 0 < confidence < 1, "between 0 and 1, as 0.95"),
        ("seed", seed, seed >= 0, "a whole number from 0"),
        ("threshold", threshold, 0 < threshold < 1, "a share between 0 and 1, as 0.05"),
    )
    for name, value, held, limit in limits:
        if not held:
            raise InputError(f"{where}: {name} = {value} is out of bounds. Give {limit}.")


def cross_product(left: np.ndarray, right: np.ndarray, used: np.ndarray) -> np.ndarray:
    """Product of two expected responses, free of replicate noise.

    Parameters
    ----------
    left, right : array (blocks, any, replicates)
        Zero where not used.
    used : bool array (blocks, replicates)

    Returns
    -------
    array (blocks, any)
        Mean of ``left[r] * right[s]`` over pairs of different replicates r and s. With one
        replicate the plain product, noise included.

    Notes
    -----
    Different replicates are independent, whether their seeds are common to all points or not;
    so the expectation of each product is the product of the expectations. A U-statistic:
    Hoeffding (1948), Annals of Mathematical Statistics 19(3), 293-325.
    """
    product = np.einsum("npr,npr->np", left, right)
    if used.shape[1] == 1:
        return product
    count = used.sum(axis=1)[:, None]
    return (left.sum(axis=2) * right.sum(axis=2) - product) / (count * (count - 1))


def plain(value: float | None) -> float | None:
    """A number for JSON: None instead of NaN."""
    return None if value is None or not math.isfinite(value) else float(value)
