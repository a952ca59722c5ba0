"""Supply and demand curves, linear or stepped, and the prices at which they meet.

A curve is a list of *kinks*, prices at which it bends or jumps, with the tonnes just below and just
above each; between two kinks it is straight. Both the straight lines of a textbook and the steps
of a list of orders are of this kind, so one exact solver serves both and nothing is iterated.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from simulation.errors import InputError

__all__ = [
    "Curve",
    "clearing_interval",
    "linear_demand",
    "linear_supply",
    "middle",
    "prices_at",
    "step_demand",
    "step_supply",
    "total",
]


@dataclass(frozen=True, eq=False)
class Curve:
    """Tonnes as a function of the price. Make one with the functions of this module.

    At a kink any quantity between `below` and `above` will do: the seller or buyer whose cost or
    value it is does not mind.

    Attributes
    ----------
    prices : float64 array, shape (kinks,)
        yuan/t, rising, the first is 0.
    below, above : float64 array, shape (kinks,)
        t, just below and just above each kink. Supply never falls, demand never rises.
    slope : float
        t per yuan/t beyond the last kink.
    """

    prices: np.ndarray
    below: np.ndarray
    above: np.ndarray
    slope: float

    def scaled(self, factor: float) -> "Curve":
        """Curve of `factor` times as many people of the same kind."""
        return Curve(
            self.prices, factor * self.below, factor * self.above, factor * self.slope
        )

    def around(self, prices: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """Tonnes just below and just above some prices.

        Parameters
        ----------
        prices : array
            yuan/t, not negative.

        Returns
        -------
        below, above : float64 array
            t; equal except at a jump.
        """
        at = np.asarray(prices, dtype=np.float64)
        last = len(self.prices) - 1
        left = np.searchsorted(self.prices, at, side="right") - 1
        right = np.minimum(left + 1, last)
        since = at - self.prices[left]
        # Steps are level between kinks: the product is then an exact zero.
        width = np.where(left < last, self.prices[right] - self.prices[left], 1.0)
        rise = np.where(left < last, self.below[right] - self.above[left], self.slope)
        above = self.above[left] + since / width * rise
        return np.where(since == 0.0, self.below[left], above), above

    def at(self, price: float) -> tuple[float, float]:
        """Fewest and most tonnes at one price."""
        below, above = self.around(price)
        return float(min(below, above)), float(max(below, above))


def _finite(**numbers: float) -> None:
    for name, number in numbers.items():
        if not math.isfinite(number):
            raise InputError(f"{name} = {number} is not a number. Give a finite one.")


def linear_supply(at_zero_t: float, slope: float) -> Curve:
    """Supply ``max(0, at_zero_t + slope * price)``.

    Parameters
    ----------
    at_zero_t : float
        t at price 0; negative where sellers start at a positive price, -20 for 2 (p - 10). Where
        it is positive, a part may stay unsold at price 0 and nowhere else.
    slope : float
        t per yuan/t, not negative; 0 for a fixed supply.

    Returns
    -------
    Curve

    Raises
    ------
    InputError
        When supply would fall with the price.
    """
    _finite(at_zero_t=at_zero_t, slope=slope)
    if slope < 0:
        raise InputError(f"supply: slope = {slope} is below 0. Supply cannot fall with the price.")
    if at_zero_t >= 0 or slope == 0:
        return Curve(
            np.zeros(1), np.zeros(1), np.array([max(at_zero_t, 0.0)]), float(slope)
        )
    return Curve(np.array([0.0, -at_zero_t / slope]), np.zeros(2), np.zeros(2), float(slope))


def linear_demand(at_zero_t: float, slope: float) -> Curve:
    """Demand ``max(0, at_zero_t + slope * price)``.

    Parameters
    ----------
    at_zero_t : float
        t at price 0; nobody buys where it is not positive.
    slope : float
        t per yuan/t, negative: a demand without a limit has no price.

    Returns
    -------
    Curve

    Raises
    ------
    InputError
        When demand would not fall with the price.
    """
    _finite(at_zero_t=at_zero_t, slope=slope)
    if at_zero_t <= 0 and slope <= 0:
        return Curve(np.zeros(1), np.zeros(1), np.zeros(1), 0.0)
    if slope >= 0:
        raise InputError(
            f"demand: slope = {slope} is not below 0. Demand must end at some price; give what "
            "people would pay as steps if it does not fall in between."
        )
    ends = np.array([float(at_zero_t), 0.0])
    return Curve(np.array([0.0, -at_zero_t / slope]), ends, ends, 0.0)


def _step_curve(side: str, prices: ArrayLike, tonnes: ArrayLike, direction: int) -> Curve:
    price = np.atleast_1d(np.asarray(prices, dtype=np.float64))
    quantity = np.atleast_1d(np.asarray(tonnes, dtype=np.float64))
    if price.shape != quantity.shape or price.ndim != 1:
        raise InputError(f"{side}: {price.size} prices for {quantity.size} quantities.")
    for name, array in (("price", price), ("tonnes", quantity)):
        wrong = np.flatnonzero(~np.isfinite(array) | (array < 0))
        if wrong.size:
            raise InputError(
                f"{side}: {name} = {array[wrong[0]]} in step {wrong[0]}. Give a finite number "
                "that is not negative."
            )
    kinks, places = np.unique(np.concatenate(([0.0], price)), return_inverse=True)
    steps = np.bincount(places[1:], weights=quantity, minlength=len(kinks))
    # Summed from the cheapest seller up, or from the highest value down, so that what is 0 beyond
    # the last of them is an exact 0.
    after = np.cumsum(steps[::direction])
    before = np.concatenate(([0.0], after[:-1]))
    below, above = (before, after) if direction > 0 else (after[::-1], before[::-1])
    return Curve(kinks, below, above, 0.0)


def step_supply(costs: ArrayLike, tonnes: ArrayLike) -> Curve:
    """Supply of sellers with given costs.

    Parameters
    ----------
    costs : array, shape (steps,)
        yuan/t, not negative, in any order.
    tonnes : array, shape (steps,)
        t, not negative.

    Returns
    -------
    Curve

    Raises
    ------
    InputError
        When a number is negative or not finite, or the arrays differ in length.
    """
    return _step_curve("supply", costs, tonnes, 1)


def step_demand(values: ArrayLike, tonnes: ArrayLike) -> Curve:
    """Demand of buyers with given values; its arguments are those of `step_supply`.

    Parameters
    ----------
    values : array, shape (steps,)
        yuan/t.
    tonnes : array, shape (steps,)
        t.

    Returns
    -------
    Curve

    Raises
    ------
    InputError
        As in `step_supply`.
    """
    return _step_curve("demand", values, tonnes, -1)


def total(*curves: Curve, less: Sequence[Curve] = ()) -> Curve:
    """Sum of curves, less some others.

    Parameters
    ----------
    *curves : Curve
        At least one.
    less : sequence of Curve

    Returns
    -------
    Curve
        Supply less demand is excess supply, which never falls.
    """
    parts = [*curves, *(curve.scaled(-1.0) for curve in less)]
    prices = np.unique(np.concatenate([curve.prices for curve in parts]))
    below, above = (np.sum(side, axis=0) for side in zip(
        *(curve.around(prices) for curve in parts), strict=True
    ))
    return Curve(prices, below, above, sum(curve.slope for curve in parts))


def prices_at(rising: Curve, tonnes: float) -> tuple[float, float]:
    """Prices at which a curve that never falls takes a value.

    Parameters
    ----------
    rising : Curve
    tonnes : float
        t, may be infinite.

    Returns
    -------
    low, high : float
        yuan/t; equal unless the curve is level there. Where it is above `tonnes` already at price
        0, both are 0: the rest is left over. `low` is infinite where the curve ends below.
    """
    def crossing(left: int) -> float:
        # In a straight line from below the value to above it.
        start = float(rising.prices[left])
        missing = tonnes - rising.above[left]
        if left == last:
            return start + float(missing / rising.slope) if rising.slope > 0 else math.inf
        rise = rising.below[left + 1] - rising.above[left]
        return start + float(missing / rise * (rising.prices[left + 1] - start))

    last = len(rising.prices) - 1
    # Neither `below` nor `above` ever falls.
    first = int(np.count_nonzero(rising.above < tonnes))
    if first > 0 and (first > last or rising.below[first] > tonnes):
        low = crossing(first - 1)
    else:
        low = float(rising.prices[first])
    end = int(np.count_nonzero(rising.below <= tonnes)) - 1
    if end < 0:
        return 0.0, 0.0
    if rising.above[end] < tonnes or (end == last and rising.above[end] == tonnes
                                      and rising.slope == 0):
        return low, crossing(end)
    return low, float(rising.prices[end])


def clearing_interval(supply: Curve, *demands: Curve) -> tuple[float, float]:
    """Prices at which supply can meet the sum of demands.

    Parameters
    ----------
    supply : Curve
    *demands : Curve

    Returns
    -------
    low, high : float
        yuan/t, not negative; equal unless both curves are level at the same tonnes. At price 0
        supply may be left over. `high` is infinite where there is no supply at all.
    """
    return prices_at(total(supply, less=demands), 0.0)


def middle(low: float, high: float) -> float:
    """Price taken from an interval of clearing prices: the middle, or the end that is finite."""
    return (low + high) / 2 if math.isfinite(high) else low
