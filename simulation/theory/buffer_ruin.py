"""Probability that a buffer pool is exhausted: projects reverse, alone or cluster by cluster.

Equal projects give a share of their credits to a pool that makes good what others lose. A project
that is lost is lost whole and for good, and the pool is not filled up again. Part of the hazard is
common to a cluster (a fire, a flood, a change of land use in a county) and takes all of it at once.
"""

import math
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from simulation.errors import InputError
from simulation.theory.checks import number

__all__ = [
    "MOST_PROJECTS",
    "BufferPool",
    "buffer_needed",
    "expected_loss_share",
    "highest_hazard",
    "loss_distribution",
    "ruin_probability",
]

# Convolution takes the square of this: about a second.
MOST_PROJECTS = 10_000
# What floats miss by their last bits is still a whole project: 100 x 0.29 is 28.999999999999996.
_LAST_BITS = 1.0 + 1e-12


class BufferPool(NamedTuple):
    """What stands behind the pool.

    Attributes
    ----------
    projects : int
        Equal ones; 1 to 10,000.
    years : float
    cluster_size : int
        Projects in a cluster; the last cluster has what is left.
    common_share : float
        Share of the hazard that takes a whole cluster, 0 to 1: with yearly hazard h a cluster
        escapes the common shock with yearly probability (1 - h) ** share, and each project its own
        with (1 - h) ** (1 - share), so a project's hazard is h whatever the share.
    """

    projects: int
    years: float
    cluster_size: int = 1
    common_share: float = 0.0


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
    )


def _log_survival(hazard: float, years: float) -> float:
    # Of one project over all years, as a logarithm, so that small hazards keep their digits.
    if hazard == 0.0 or years == 0.0:
        return 0.0
    return -math.inf if hazard == 1.0 else years * math.log1p(-hazard)


def _lost(log_survival: float, share: float) -> float:
    # The part of a hazard that is not there takes nothing, even if the whole one takes everything.
    return 0.0 if share == 0.0 else -math.expm1(share * log_survival)


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


def _cluster(size: int, log_survival: float, common_share: float) -> np.ndarray:
    together = _lost(log_survival, common_share)
    alone = _lost(log_survival, 1.0 - common_share)
    chances = (1.0 - together) * _power(np.array([1.0 - alone, alone]), size)
    chances[size] += together
    return chances


def _distribution(pool: BufferPool, log_survival: float) -> np.ndarray:
    clusters, left = divmod(pool.projects, pool.cluster_size)
    found = _power(_cluster(pool.cluster_size, log_survival, pool.common_share), clusters)
    if left:
        found = np.convolve(found, _cluster(left, log_survival, pool.common_share))
    return found


def _covered(pool: BufferPool, buffer_share: float) -> int:
    return math.floor(pool.projects * number("buffer_share", buffer_share, 0.0, 1.0) * _LAST_BITS)


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
    return _distribution(pool, _log_survival(number("hazard", hazard, 0.0, 1.0), pool.years))


def expected_loss_share(pool: BufferPool, hazard: float) -> float:
    """Mean share of projects lost; clusters do not change it.

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
    return _lost(_log_survival(number("hazard", hazard, 0.0, 1.0), pool.years), 1.0)


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
    return _beyond(chances, _covered(_checked(pool), buffer_share))


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
        A multiple of 1 / projects, 0 to 1.

    Raises
    ------
    InputError
        When a number is not usable.
    """
    ruin = 1.0 - number("security", security, 0.0, 1.0)
    chances = loss_distribution(pool, hazard)
    # Ruin at each number of projects covered, added up from the far end.
    beyond = np.append(np.cumsum(chances[:0:-1])[::-1], 0.0)
    return int(np.argmax(beyond <= ruin)) / (len(chances) - 1)


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
    covered = _covered(pool, buffer_share)
    ruin = 1.0 - number("security", security, 0.0, 1.0)
    if pool.years == 0.0 or covered >= pool.projects or ruin == 1.0:
        return 1.0

    # In the probability that a project is lost at all: ruin rises with it, from 0 to 1.
    def excess(lost: float) -> float:
        log_survival = -math.inf if lost == 1.0 else math.log1p(-lost)
        return _beyond(_distribution(pool, log_survival), covered) - ruin

    lost = brentq(excess, 0.0, 1.0, xtol=1e-15)
    return 1.0 if lost == 1.0 else -math.expm1(math.log1p(-lost) / pool.years)
