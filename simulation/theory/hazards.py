"""Chances of being lost over the years, and what a pool covers: what solvers of pools share."""

import math

from simulation.theory.checks import number

__all__ = ["covered_units", "log_survival", "lost_chance"]

# What floats miss by their last bits is still a whole unit: 100 x 0.29 is 28.999999999999996.
_LAST_BITS = 1.0 + 1e-12


def log_survival(hazard: float, years: float) -> float:
    """Logarithm of the probability that a project is never lost.

    Parameters
    ----------
    hazard : float
        1/year, 0 to 1.
    years : float

    Returns
    -------
    float
        At most 0; a logarithm, so that small hazards keep their digits.

    Raises
    ------
    InputError
        When the hazard is no probability.
    """
    hazard = number("hazard", hazard, 0.0, 1.0)
    if hazard == 0.0 or years == 0.0:
        return 0.0
    return -math.inf if hazard == 1.0 else years * math.log1p(-hazard)


def lost_chance(survival: float, share: float) -> float:
    """Probability that a part of the hazard takes a project.

    Parameters
    ----------
    survival : float
        Of `log_survival`, under the whole hazard.
    share : float
        Part of the hazard, 0 to 1.

    Returns
    -------
    float
        0 to 1. A part that is not there takes nothing, even if the whole takes everything.
    """
    return 0.0 if share == 0.0 else -math.expm1(share * survival)


def covered_units(units: int, buffer_share: float, loss_share: float) -> int:
    """Most units whose loss a pool makes good.

    Parameters
    ----------
    units : int
        In all, projects or tonnes.
    buffer_share : float
        Of all credits, 0 to 1.
    loss_share : float
        Of a unit's credits that are lost with it, 0 to 1.

    Returns
    -------
    int
        At most `units`.

    Raises
    ------
    InputError
        When a share is not between 0 and 1.
    """
    held = units * number("buffer_share", buffer_share, 0.0, 1.0)
    loss_share = number("loss_share", loss_share, 0.0, 1.0)
    if held >= units * loss_share:
        return units
    return math.floor(held / loss_share * _LAST_BITS)
