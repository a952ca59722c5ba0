"""Ruin of a buffer pool of unequal projects, exact on a grid of whole tonnes.

As `buffer_ruin`, but each project has its own size and any cluster. The grid is as coarse as the
sizes allow: sizes in whole thousands make steps of a thousand tonnes.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from simulation.errors import InputError
from simulation.theory.checks import number, row
from simulation.theory.hazards import covered_units, log_survival, lost_chance

__all__ = [
    "MOST_STEPS",
    "Losses",
    "UnequalPool",
    "buffer_of_unequal",
    "loss_of_unequal",
    "ruin_of_unequal",
]

# Steps of the grid times projects: some seconds.
MOST_STEPS = 1_000_000_000
# Above it floats skip whole tonnes.
_LARGEST_T = 2.0**53


class UnequalPool(NamedTuple):
    """What stands behind the pool.

    Attributes
    ----------
    sizes_t : int array, shape (projects,)
        Credits of each project, whole tonnes, at least 1.
    years : float
    clusters : int array, shape (projects,), optional
        A number for each project; those with the same one are a cluster. Each alone without it.
    common_share, loss_share : float
        As in `simulation.theory.buffer_ruin.BufferPool`.
    """

    sizes_t: ArrayLike
    years: float
    clusters: ArrayLike | None = None
    common_share: float = 0.0
    loss_share: float = 1.0


class Losses(NamedTuple):
    """Distribution of the size of all projects that are lost.

    Attributes
    ----------
    step_t : int
        Greatest common divisor of the sizes.
    chances : float64 array, shape (total / step_t + 1,)
        Probability that projects of 0, 1, 2, ... steps are lost.
    """

    step_t: int
    chances: np.ndarray


def _whole(name: str, values: ArrayLike, length: int | None, low: float) -> np.ndarray:
    found = row(name, values, length, low=low, high=_LARGEST_T)
    for place, value in enumerate(found.tolist()):
        if value != int(value):
            raise InputError(f"{name}[{place}] = {value}: give a whole number.")
    return found.astype(np.int64)


def _members(pool: UnequalPool) -> tuple[int, list[np.ndarray]]:
    # Tonnes of a step, and the sizes in each cluster in steps.
    sizes = _whole("sizes_t", pool.sizes_t, None, 1.0)
    step = int(np.gcd.reduce(sizes))
    steps = sum((sizes // step).tolist())
    if steps * len(sizes) > MOST_STEPS:
        raise InputError(
            f"sizes_t: {len(sizes)} projects on a grid of {steps} steps are too many. Round the "
            "sizes to a larger unit."
        )
    if pool.clusters is None:
        clusters = np.arange(len(sizes))
    else:
        clusters = _whole("clusters", pool.clusters, len(sizes), -_LARGEST_T)
    return step, [sizes[clusters == name] // step for name in np.unique(clusters)]


def _moved(chances: np.ndarray, size: int, chance: float) -> np.ndarray:
    # Part of the probability goes up by a size. Sums of positive terms keep small ones' digits.
    found = np.zeros(len(chances) + size)
    found[: len(chances)] = (1.0 - chance) * chances
    found[size:] += chance * chances
    return found


def loss_of_unequal(pool: UnequalPool, hazard: float) -> Losses:
    """Probability of each size of what is lost.

    Parameters
    ----------
    pool : UnequalPool
    hazard : float
        1/year, 0 to 1.

    Returns
    -------
    Losses

    Raises
    ------
    InputError
        When a number is not usable, or the grid is too fine.
    """
    step, clusters = _members(pool)
    survival = log_survival(hazard, number("years", pool.years))
    common = number("common_share", pool.common_share, 0.0, 1.0)
    together, alone = lost_chance(survival, common), lost_chance(survival, 1.0 - common)
    chances = np.ones(1)
    for members in clusters:
        whole = int(members.sum())
        # Lost one by one if the common shock stays away, all at once if it comes.
        found = chances
        for size in members.tolist():
            found = _moved(found, size, alone)
        found = (1.0 - together) * found
        found[whole:] += together * chances
        chances = found
    return Losses(step, chances)


def ruin_of_unequal(pool: UnequalPool, hazard: float, buffer_share: float) -> float:
    """Probability that more is lost than the pool holds.

    Parameters
    ----------
    pool : UnequalPool
    hazard : float
        1/year, 0 to 1.
    buffer_share : float
        Of issued credits, 0 to 1. A pool that covers the loss exactly is empty but solvent.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    InputError
        When a number is not usable, or the grid is too fine.
    """
    step, chances = loss_of_unequal(pool, hazard)
    total = step * (len(chances) - 1)
    covered = covered_units(total, buffer_share, pool.loss_share) // step
    return min(math.fsum(chances[covered + 1:]), 1.0)


def buffer_of_unequal(pool: UnequalPool, hazard: float, security: float) -> float:
    """Smallest buffer share that keeps the pool solvent often enough.

    Parameters
    ----------
    pool : UnequalPool
    hazard : float
        1/year, 0 to 1.
    security : float
        Probability of staying solvent, 0 to 1.

    Returns
    -------
    float
        0 to 1; one of the shares at which a pool covers one more loss that can happen.

    Raises
    ------
    InputError
        When a number is not usable, or the grid is too fine.
    """
    ruin = 1.0 - number("security", security, 0.0, 1.0)
    loss_share = number("loss_share", pool.loss_share, 0.0, 1.0)
    chances = loss_of_unequal(pool, hazard).chances
    beyond = np.append(np.cumsum(chances[:0:-1])[::-1], 0.0)
    return loss_share * int(np.argmax(beyond <= ruin)) / (len(chances) - 1)
