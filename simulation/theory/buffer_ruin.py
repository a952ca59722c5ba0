"""Probability that a buffer pool is exhausted: projects reverse, alone or cluster by cluster.

Equal projects give a share of their credits to a pool that makes good what others lose. A project
that is lost is lost once and for good, and the pool is not filled up again. Part of the hazard is
common to a cluster (a fire, a flood, a change of land use in a county) and takes all of it at once.
`unequal_pool` does the same for projects of any sizes.
"""

import math
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from simulation.errors import InputError
from simulation.theory.checks import number
from simulation.theory.hazards import covered_units, log_survival, lost_chance

__all__ = [
    "MOST_PROJECTS",
    "MOST_YEARS",
    "BufferPool",
    "buffer_needed",
    "expected_loss_share",
    "highest_hazard",
    "loss_distribution",
    "ruin_by_year",
    "ruin_probability",
]

# Convolution takes the square of this: about a second.
MOST_PROJECTS = 10_000
# Each year of a path is a convolution of its own.
MOST_YEARS = 1_000


class BufferPool(NamedTuple):
    """What stands behind the pool.

    Attributes
    ----------
    projects : int
        Equal ones; 1 to 10,000.
    years : float
        Or months, where the hazard is a monthly one.
    cluster_size : int
        Projects in a cluster; the last cluster has what is left.
    common_share : float
        Share of the hazard that takes a whole cluster, 0 to 1: with yearly hazard h a cluster
        escapes the common shock with yearly probability (1 - h) ** share, and each project its own
        with (1 - h) ** (1 - share), so a project's hazard is h whatever the share.
    loss_share : float
        Of a project's credits that are lost with it, 0 to 1; what is left of it stays.
    """

    projects: int
    years: float
    cluster_size: int = 1
    common_share: float = 0.0
    loss_share: float = 1.0


def _whole(name: str, value: int, most: int) -> int:
    found = number(name, value, 1, most)
    if found != int(found):
        raise InputError(f"{name} = {value}: give a whole number from 1 to {most}.")
    return int(found)


def _checked(pool: BufferPool) -> BufferPool:
    projects = _whole("projects", pool.projects, MOST_PROJECTS)
    return BufferPool(
        projects, number("years", pool.years), _whole("cluster_size", pool.cluster_size, projects),
        number("common_share", pool.common_share, 0.0, 1.0),
        number("loss_share", pool.loss_share, 0.0, 1.0),
    )


def _power(chances: np.ndarray, times: int) -> np.ndarray:
    # Sums of positive terms only: small probabilities keep their digits, as with a Fourier
    # transform they would not.
    found = np.ones(1)
    while times:
        if times % 2:
            found = np.convolve(found, chances)
        times //= 2
        if times:
            chances = np.convolve(chances, chances)
    return found


def _cluster(size: int, survival: float, common_share: float) -> np.ndarray:
    together = lost_chance(survival, common_share)
    alone = lost_chance(survival, 1.0 - common_share)
    chances = (1.0 - together) * _power(np.array([1.0 - alone, alone]), size)
    chances[size] += together
    return chances


def _distribution(pool: BufferPool, survival: float) -> np.ndarray:
    clusters, left = divmod(pool.projects, pool.cluster_size)
    found = _power(_cluster(pool.cluster_size, survival, pool.common_share), clusters)
    if left:
        found = np.convolve(found, _cluster(left, survival, pool.common_share))
    return found


def _beyond(chances: np.ndarray, covered: int) -> float:
    return min(math.fsum(chances[covered + 1:]), 1.0)


def loss_distribution(pool: BufferPool, hazard: float) -> np.ndarray:
    """Probability of each number of lost projects.

    Parameters
    ----------
    pool : BufferPool
    hazard : float
        1/year, 0 to 1.

    Returns
    -------
    float64 array, shape (projects + 1,)

    Raises
    ------
    InputError
        When a number is not usable.
    """
    pool = _checked(pool)
    return _distribution(pool, log_survival(hazard, pool.years))


def expected_loss_share(pool: BufferPool, hazard: float) -> float:
    """Mean share of credits lost; clusters do not change it.

    Parameters
    ----------
    pool : BufferPool
    hazard : float
        1/year, 0 to 1.

    Returns
    -------
    float
        0 to 1.
    """
    pool = _checked(pool)
    return pool.loss_share * lost_chance(log_survival(hazard, pool.years), 1.0)


def ruin_probability(pool: BufferPool, hazard: float, buffer_share: float) -> float:
    """Probability that more is lost than the pool holds.

    Parameters
    ----------
    pool : BufferPool
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
        When a number is not usable.
    """
    chances = loss_distribution(pool, hazard)
    return _beyond(chances, covered_units(len(chances) - 1, buffer_share, pool.loss_share))


def ruin_by_year(pool: BufferPool, hazard: float, buffer_share: float) -> np.ndarray:
    """Probability that the pool has been exhausted by the end of each whole year.

    Parameters
    ----------
    pool : BufferPool
        1,000 years at most.
    hazard : float
        1/year, 0 to 1.
    buffer_share : float
        Of issued credits, 0 to 1.

    Returns
    -------
    float64 array, shape (whole years + 1,)
        From year 0, in which nothing is lost yet; never falls, for what is lost stays lost.

    Raises
    ------
    InputError
        When a number is not usable.
    """
    pool = _checked(pool)
    covered = covered_units(pool.projects, buffer_share, pool.loss_share)
    last = int(number("years", pool.years, 0.0, MOST_YEARS))
    return np.array([
        _beyond(_distribution(pool, log_survival(hazard, year)), covered)
        for year in range(last + 1)
    ])


def buffer_needed(pool: BufferPool, hazard: float, security: float) -> float:
    """Smallest buffer share, in whole projects, that keeps the pool solvent often enough.

    Parameters
    ----------
    pool : BufferPool
    hazard : float
        1/year, 0 to 1.
    security : float
        Probability of staying solvent, 0 to 1.

    Returns
    -------
    float
        A multiple of loss_share / projects, 0 to 1.

    Raises
    ------
    InputError
        When a number is not usable.
    """
    ruin = 1.0 - number("security", security, 0.0, 1.0)
    chances = loss_distribution(pool, hazard)
    # Ruin at each number of projects covered, added up from the far end.
    beyond = np.append(np.cumsum(chances[:0:-1])[::-1], 0.0)
    return pool.loss_share * int(np.argmax(beyond <= ruin)) / (len(chances) - 1)


def highest_hazard(pool: BufferPool, buffer_share: float, security: float) -> float:
    """Highest yearly hazard at which a buffer still keeps the pool solvent often enough.

    Parameters
    ----------
    pool : BufferPool
    buffer_share : float
        Of issued credits, 0 to 1.
    security : float
        Probability of staying solvent, 0 to 1.

    Returns
    -------
    float
        1/year, 0 to 1; 1 where even that is survived.

    Raises
    ------
    InputError
        When a number is not usable.
    """
    pool = _checked(pool)
    covered = covered_units(pool.projects, buffer_share, pool.loss_share)
    ruin = 1.0 - number("security", security, 0.0, 1.0)
    if pool.years == 0.0 or covered >= pool.projects or ruin == 1.0:
        return 1.0

    # In the probability that a project is lost at all: ruin rises with it, from 0 to 1.
    def excess(lost: float) -> float:
        survival = -math.inf if lost == 1.0 else math.log1p(-lost)
        return _beyond(_distribution(pool, survival), covered) - ruin

    lost = brentq(excess, 0.0, 1.0, xtol=1e-15)
    return 1.0 if lost == 1.0 else -math.expm1(math.log1p(-lost) / pool.years)
