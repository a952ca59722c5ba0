"""Designs: points of the unit cube at which a model is run to learn which factors matter."""

import numpy as np

from experiments.analysis.replicates import salib
from simulation.errors import InputError

__all__ = ["latin_hypercube", "morris_sample", "sobol_sample"]

# Direction numbers of Joe and Kuo (2008) end at 21201 dimensions; a factor takes two.
SOBOL_FACTORS_MAX = 10_600


def sobol_sample(
    count: int, factors_k: int, seed: int, second_order: bool = False
) -> np.ndarray:
    """Saltelli's scheme over a scrambled Sobol sequence.

    Parameters
    ----------
    count : int
        Base rows; a power of two, at least 2.
    factors_k : int
        Factors, 1 to 10600.
    seed : int
        From 0; of the scrambling.
    second_order : bool
        Whether pairs of factors are wanted too.

    Returns
    -------
    array (rows, k), in [0, 1)
        ``count * (k + 2)`` rows, or ``count * (2k + 2)`` with pairs: for each base row its A, its
        AB of each factor, its BA of each factor (pairs only), its B. The analysis reads this order.

    Raises
    ------
    InputError
        A number is outside its limits, or SALib is not installed.

    References
    ----------
    Saltelli et al. (2010), Computer Physics Communications 181(2), 259-270. Powers of two:
    Owen (2020), On dropping the first Sobol' point, arXiv:2008.08051.
    """
    if count < 2 or count & (count - 1):
        raise InputError(
            f"sobol_sample: count = {count} is not a power of two from 2, and the sequence is "
            f"balanced at these only. Give {_power_below(count)} or {2 * _power_below(count)}."
        )
    _checked("sobol_sample", factors_k, seed, SOBOL_FACTORS_MAX)
    points = salib("sample.sobol").sample(
        _unit_cube(factors_k), count, calc_second_order=second_order, seed=seed
    )
    return np.asarray(points, dtype=float)


def morris_sample(trajectories: int, factors_k: int, levels: int, seed: int) -> np.ndarray:
    """Morris's trajectories: from a random point, each factor is moved once, in random order.

    Parameters
    ----------
    trajectories : int
        At least 2.
    factors_k : int
        Factors, at least 1.
    levels : int
        Levels of each factor; even, at least 2. A step is ``levels / (2 (levels - 1))``.
    seed : int
        From 0.

    Returns
    -------
    array (rows, k), in [0, 1]
        ``trajectories * (k + 1)`` rows, a trajectory after the other.

    Raises
    ------
    InputError
        A number is outside its limits, or SALib is not installed.

    References
    ----------
    Morris (1991), Technometrics 33(2), 161-174.
    """
    if trajectories < 2:
        raise InputError(
            f"morris_sample: trajectories = {trajectories} is below 2, the fewest with a spread. "
            "Give 10 or more."
        )
    if levels < 2 or levels % 2:
        raise InputError(
            f"morris_sample: levels = {levels} is not an even number from 2, and only these are "
            "visited equally often. Give 4 or 6."
        )
    _checked("morris_sample", factors_k, seed)
    points = salib("sample.morris").sample(
        _unit_cube(factors_k), trajectories, num_levels=levels, seed=seed
    )
    # Sums of steps may leave the cube by a rounding error, and bounds are checked further on.
    return np.clip(points, 0.0, 1.0)


def latin_hypercube(count: int, k: int, seed: int) -> np.ndarray:
    """Points spread so that each of ``count`` equal slices of each factor holds one.

    Parameters
    ----------
    count : int
        Points, at least 1.
    k : int
        Factors, at least 1.
    seed : int
        From 0.

    Returns
    -------
    array (count, k), in [0, 1)

    Raises
    ------
    InputError
        A number is outside its limits.

    References
    ----------
    McKay, Beckman and Conover (1979), Technometrics 21(2), 239-245.
    """
    from scipy.stats import qmc

    if count < 1:
        raise InputError(f"latin_hypercube: count = {count} is below 1. Give at least one point.")
    _checked("latin_hypercube", k, seed)
    return qmc.LatinHypercube(d=k, seed=np.random.default_rng(seed)).random(count)


def _unit_cube(factors_k: int) -> dict[str, object]:
    """Problem of SALib: as many factors, each from 0 to 1."""
    names = [f"factor_{each}" for each in range(factors_k)]
    return {"num_vars": factors_k, "names": names, "bounds": [[0.0, 1.0]] * factors_k}


def _power_below(count: int) -> int:
    """Largest power of two not above count, at least 2."""
    return 1 << max(int(count).bit_length() - 1, 1)


def _checked(where: str, factors_k: int, seed: int, most: int | None = None) -> None:
    """Raise InputError if factors or seed are outside their limits."""
    if factors_k < 1:
        raise InputError(f"{where}: {factors_k} factors are below 1. Name at least one factor.")
    if most is not None and factors_k > most:
        raise InputError(
            f"{where}: {factors_k} factors are above {most}. Screen them with morris_sample first."
        )
    if seed < 0:
        raise InputError(f"{where}: seed = {seed} is below 0. Give a whole number from 0.")
