"""Prices against quantities (Weitzman 1974), and the collar between them.

The regulator fixes a tax, a cap, or a cap with a floor and a ceiling before the cost is known. A
tax lets abatement follow the cost too much, a cap not at all.
"""

import math
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from simulation.errors import InputError
from simulation.theory.checks import number

__all__ = [
    "Estimate",
    "UncertainCost",
    "advantage_of_price",
    "best_collar",
    "expected_loss",
    "simulated_advantage",
]


@dataclass(frozen=True, kw_only=True)
class UncertainCost:
    """Abatement with a cost that the regulator does not know.

    Marginal cost is ``cost_intercept + shock + cost_slope q``, marginal benefit is
    ``benefit_intercept - benefit_slope q``; the shock is normal with mean 0.

    Attributes
    ----------
    cost_intercept, benefit_intercept : float
        yuan/t.
    cost_slope, benefit_slope : float
        yuan/t per t; the first positive, the second not negative.
    shock_sd : float
        yuan/t.
    """

    cost_intercept: float
    cost_slope: float
    benefit_intercept: float
    benefit_slope: float
    shock_sd: float

    def __post_init__(self) -> None:
        for field in fields(self):
            low = -math.inf if field.name.endswith("intercept") else 0.0
            number(field.name, getattr(self, field.name), low)
        if self.cost_slope == 0:
            raise InputError("cost_slope = 0: give a positive one, or a tax has no answer.")

    @property
    def best_quantity_t(self) -> float:
        """Abatement at which expected marginal benefit and cost are equal; the best cap, in t."""
        gap = self.benefit_intercept - self.cost_intercept
        return gap / (self.benefit_slope + self.cost_slope)

    @property
    def best_price(self) -> float:
        """Expected marginal cost there; the best tax, in yuan/t."""
        return self.cost_intercept + self.cost_slope * self.best_quantity_t


class Estimate(NamedTuple):
    """Mean over draws and its standard error.

    Attributes
    ----------
    mean, standard_error : float
        yuan.
    """

    mean: float
    standard_error: float


def advantage_of_price(case: UncertainCost) -> float:
    """Expected net benefit of the best tax less that of the best cap.

    Parameters
    ----------
    case : UncertainCost

    Returns
    -------
    float
        yuan: ``variance (C - B) / (2 C**2)`` with the slopes C of cost and B of benefit.

    References
    ----------
    Weitzman (1974), Rev. Economic Studies 41:477. Straight lines, a shock of the cost alone, and
    abatement that stays positive are assumptions.
    """
    gap = case.cost_slope - case.benefit_slope
    return case.shock_sd**2 * gap / (2.0 * case.cost_slope**2)


def _upper_tail(x: float) -> tuple[float, float]:
    # Probability and density of a standard normal beyond and at x.
    return math.erfc(x / math.sqrt(2.0)) / 2.0, math.exp(-x * x / 2.0) / math.sqrt(2.0 * math.pi)


def expected_loss(case: UncertainCost, half_width: float) -> float:
    """Expected net benefit that the best cap with a symmetric collar leaves on the table.

    Parameters
    ----------
    case : UncertainCost
    half_width : float
        yuan/t from `best_price` to the floor and to the ceiling: 0 is the tax, infinity the cap.

    Returns
    -------
    float
        yuan, against a regulator who knows the cost.

    Notes
    -----
    Abatement is off its best by ``theta / (B + C)`` while the cap holds, and by
    ``h / C - theta B / (C (B + C))`` where theta is beyond the half width h; the loss is
    ``(B + C) / 2`` times the expected square, here from the moments of a normal cut at h.
    """
    number("half_width", half_width, finite=False)
    benefit, cost, sd = case.benefit_slope, case.cost_slope, case.shock_sd
    both = benefit + cost
    of_cap = sd**2 / (2.0 * both)
    if sd == 0 or half_width == math.inf:
        return of_cap
    x = half_width / sd
    tail, density = _upper_tail(x)
    square = tail + x * density
    follow = benefit / (cost * both)
    beyond = sd**2 * (
        follow**2 * square - 2.0 * follow / cost * x * density + (x / cost) ** 2 * tail
    )
    return of_cap * (1.0 - 2.0 * square) + both * beyond


def best_collar(case: UncertainCost) -> float:
    """Half width of the symmetric collar with the least expected loss.

    Parameters
    ----------
    case : UncertainCost

    Returns
    -------
    float
        yuan/t; 0 where benefit is level: then the tax is best.

    Notes
    -----
    Where the ceiling binds, expected marginal benefit is expected marginal cost there:
    ``h = B / (B + C) E[theta | theta > h]``. Bisected to the last digit.
    """
    share = case.benefit_slope / (case.benefit_slope + case.cost_slope)
    # Beyond this the normal has no weight left in floating point.
    low, high = 0.0, 37.0
    while (mid := (low + high) / 2.0) not in (low, high):
        tail, density = _upper_tail(mid)
        low, high = (mid, high) if mid * tail < share * density else (low, mid)
    return case.shock_sd * high if share > 0 else 0.0


def simulated_advantage(
    case: UncertainCost, half_width: float, draws: int, seed: int
) -> Estimate:
    """Net benefit of a collar less that of the best cap, in drawn worlds.

    Parameters
    ----------
    case : UncertainCost
    half_width : float
        yuan/t, as in `expected_loss`; 0 for the tax.
    draws : int
        At least 2.
    seed : int

    Returns
    -------
    Estimate
    """
    number("half_width", half_width, finite=False)
    number("draws", draws, 2)
    rng = np.random.Generator(np.random.Philox(seed))
    intercept = case.cost_intercept + case.shock_sd * rng.standard_normal(int(draws))
    cap = case.best_quantity_t
    price = np.clip(
        intercept + case.cost_slope * cap, case.best_price - half_width,
        case.best_price + half_width,
    )
    # Firms abate until their marginal cost is the price.
    abated = (price - intercept) / case.cost_slope

    def net(quantity: np.ndarray | float) -> np.ndarray:
        curvature = (case.benefit_slope + case.cost_slope) / 2.0
        return (case.benefit_intercept - intercept - curvature * quantity) * quantity

    gain = net(abated) - net(cap)
    return Estimate(float(gain.mean()), float(gain.std(ddof=1)) / math.sqrt(int(draws)))
