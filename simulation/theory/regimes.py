"""One credit, two demands: which price, which volume, and who gets the tonnes.

Voluntary buyers have a demand curve of their own. Compliance buyers take up to a *room* (the limit
on credits, in tonnes) at any price below the allowance price, whatever their number: to them a
credit is an allowance that costs less. Four regimes follow; `regime_map` draws them.
"""

import math
from enum import IntEnum, unique
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from simulation.errors import InputError
from simulation.theory.curves import Curve, clearing_interval, middle, step_demand

__all__ = ["Boundary", "Outcome", "Regime", "RegimeMap", "regime_map", "two_demands"]


@unique
class Regime(IntEnum):
    """What sets the price of the credit."""

    VOLUNTARY_ONLY = 0
    """No compliance room."""
    LIMIT_BINDS = 1
    """The room is used up; the credit is at or below the allowance price."""
    ALLOWANCE_SETS_PRICE = 2
    """The credit costs as much as the allowance, and room is left."""
    VOLUNTARY_ABOVE_ALLOWANCE = 3
    """Voluntary buyers alone lift the credit above the allowance price."""
    NO_TRADE = 4
    """Not one tonne trades: there is no price."""


class Outcome(NamedTuple):
    """Equilibrium of one credit with two demands.

    Attributes
    ----------
    price : float or None
        yuan/t, middle of the interval of clearing prices; None where nothing trades.
    price_low, price_high : float
        yuan/t, the interval. They are equal except where steps leave a gap.
    voluntary_t, compliance_t : float
        t bought for each motive.
    displaced_t : float
        t, voluntary purchases without compliance room less those with it; never negative.
    regime : Regime
    """

    price: float | None
    price_low: float
    price_high: float
    voluntary_t: float
    compliance_t: float
    displaced_t: float
    regime: Regime


class _Sales(NamedTuple):
    low: float
    high: float
    price: float
    voluntary: float
    compliance: float


def _sales(supply: Curve, voluntary: Curve, room: float, allowance_price: float) -> _Sales:
    low, high = clearing_interval(supply, voluntary, step_demand([allowance_price], [room]))
    price = middle(low, high)
    _, offered = supply.at(price)
    _, wanted = voluntary.at(price)
    if price > allowance_price:
        return _Sales(low, high, price, min(offered, wanted), 0.0)
    if price < allowance_price:
        # Each tonne of room is a gain, so none is left.
        return _Sales(low, high, price, max(min(wanted, offered - room), 0.0), room)
    compliance = min(room, max(offered - wanted, 0.0))
    return _Sales(low, high, price, min(wanted, offered), compliance)


def _check(**numbers: float) -> None:
    for name, number in numbers.items():
        if not (math.isfinite(number) and number >= 0):
            raise InputError(f"{name} = {number} is not 0 or more. Give a finite number.")


def _outcome(
    supply: Curve, voluntary: Curve, room: float, allowance_price: float, without: _Sales
) -> Outcome:
    found = _sales(supply, voluntary, float(room), allowance_price) if room else without
    if found.voluntary + found.compliance == 0.0:
        regime = Regime.NO_TRADE
    elif room == 0:
        regime = Regime.VOLUNTARY_ONLY
    elif found.price > allowance_price:
        regime = Regime.VOLUNTARY_ABOVE_ALLOWANCE
    elif found.compliance == room:
        regime = Regime.LIMIT_BINDS
    else:
        regime = Regime.ALLOWANCE_SETS_PRICE
    return Outcome(
        price=None if regime == Regime.NO_TRADE else found.price,
        price_low=found.low,
        price_high=found.high,
        voluntary_t=found.voluntary,
        compliance_t=found.compliance,
        # A difference of equal quantities may round to just below zero.
        displaced_t=max(without.voluntary - found.voluntary, 0.0),
        regime=regime,
    )


def two_demands(
    supply: Curve, voluntary: Curve, room_t: float, allowance_price: float
) -> Outcome:
    """Equilibrium of one credit with voluntary and compliance demand.

    Parameters
    ----------
    supply, voluntary : Curve
        From `simulation.theory.curves`: straight lines, or steps of true costs and values.
    room_t : float
        t, most that compliance buyers may use; not negative.
    allowance_price : float
        yuan/t, what compliance buyers pay otherwise: the lesser of the allowance price and the
        price of rival credits; not negative.

    Returns
    -------
    Outcome

    Raises
    ------
    InputError
        When the room or the allowance price is negative or not finite.

    Notes
    -----
    Where several equilibria exist, these are the conventions (assumption; the surplus is the same):
    the price is the middle of the interval; those who do not mind do trade; at the allowance price
    voluntary buyers come first, compliance takes what is left, up to its room. Hence, at a price of
    exactly the allowance, the regime is `LIMIT_BINDS` if the room is used up and
    `ALLOWANCE_SETS_PRICE` if not, even if compliance then buys nothing. Without room it is
    `VOLUNTARY_ONLY`; without supply, or with the best buyer below the cheapest seller, `NO_TRADE`.
    An allowance below the cheapest seller keeps compliance out. A room larger than what is supplied
    at the allowance price never binds.

    References
    ----------
    The four regimes are case B13 of the benchmark list; the kinked demand is that of an offset
    limit, here with a given allowance price (assumption A17, docs/model.md).
    """
    _check(room_t=room_t, allowance_price=allowance_price)
    without = _sales(supply, voluntary, 0.0, allowance_price)
    return _outcome(supply, voluntary, room_t, allowance_price, without)


class Boundary(NamedTuple):
    """Straight line between two regimes.

    Attributes
    ----------
    regimes : (Regime, Regime)
        On the lower or left side first. The lowest line, at room 0, is the regime without room.
    line : float64 array, shape (2, 2)
        Its two ends, each (voluntary demand, room), on the axes of the map.
    """

    regimes: tuple[Regime, Regime]
    line: np.ndarray


class RegimeMap(NamedTuple):
    """Equilibria over the strength of voluntary demand and the compliance room.

    Attributes
    ----------
    voluntary_axis : float64 array, shape (columns,)
        Voluntary demand at the reference price, in units of annual issuance.
    room_axis : float64 array, shape (rows,)
        Compliance room, in units of annual issuance.
    price : float64 array, shape (rows, columns)
        yuan/t; NaN where nothing trades.
    voluntary_t, compliance_t, displaced_t : float64 array, shape (rows, columns)
    regime : int8 array, shape (rows, columns)
        Codes of `Regime`.
    boundaries : tuple of Boundary
        The lines on which the regime changes, from formulas and not from the grid.
    """

    voluntary_axis: np.ndarray
    room_axis: np.ndarray
    price: np.ndarray
    voluntary_t: np.ndarray
    compliance_t: np.ndarray
    displaced_t: np.ndarray
    regime: np.ndarray
    boundaries: tuple[Boundary, ...]


def _axis(name: str, numbers: ArrayLike) -> np.ndarray:
    axis = np.atleast_1d(np.asarray(numbers, dtype=np.float64))
    if axis.ndim != 1 or axis.size == 0 or not np.all(np.isfinite(axis) & (axis >= 0)):
        raise InputError(f"{name}: give finite numbers that are not negative.")
    return axis


def _boundaries(
    supply: Curve, unit_demand: Curve, issuance: float, allowance_price: float,
    ends: tuple[float, float],
) -> tuple[Boundary, ...]:
    # At the allowance price A and strength x, compliance finds S(A) - x D(A) tonnes. If that is
    # less than the room, the allowance sets the price; if x D(A) exceeds S(A), voluntary demand
    # does. Where people do not mind at A, D has a least and a most value.
    right, top = ends
    _, offered = supply.at(allowance_price)
    least, most = unit_demand.at(allowance_price)
    without = two_demands(supply, unit_demand, 0.0, allowance_price).regime
    lines = []

    def add(
        lower: Regime, upper: Regime, start: tuple[float, float], end: tuple[float, float]
    ) -> None:
        if start[0] <= right and start[1] <= top and start != end:
            lines.append(Boundary((lower, upper), np.array([start, end])))

    # Strength from which compliance gets nothing, and from which the price leaves the allowance.
    closed = offered / most if most > 0 else math.inf
    lifted = offered / least if least > 0 else math.inf
    if offered > 0:
        share = offered / issuance
        start, end = (0.0, share), (closed, 0.0)
        if share > top:
            start = (closed * (1 - top / share), top)
        if closed > right:
            end = (right, share * (1 - right / closed))
        add(Regime.LIMIT_BINDS, Regime.ALLOWANCE_SETS_PRICE, start, end)
        add(
            Regime.ALLOWANCE_SETS_PRICE, Regime.VOLUNTARY_ABOVE_ALLOWANCE,
            (lifted, 0.0), (lifted, top),
        )
        add(without, Regime.LIMIT_BINDS, (0.0, 0.0), (min(closed, right), 0.0))
        add(without, Regime.ALLOWANCE_SETS_PRICE, (closed, 0.0), (min(lifted, right), 0.0))
    if without != Regime.NO_TRADE:
        add(without, Regime.VOLUNTARY_ABOVE_ALLOWANCE, (lifted, 0.0), (right, 0.0))
    return tuple(lines)


def regime_map(
    supply: Curve,
    voluntary: Curve,
    allowance_price: float,
    voluntary_axis: ArrayLike,
    room_axis: ArrayLike,
    *,
    issuance_t: float,
    reference_price: float,
) -> RegimeMap:
    """Equilibria over voluntary demand and compliance room, each in units of annual issuance.

    Parameters
    ----------
    supply : Curve
        t a year.
    voluntary : Curve
        Shape of voluntary demand. A stronger demand is more buyers of the same kind: every quantity
        grows by one factor and every value stays (assumption).
    allowance_price : float
        yuan/t.
    voluntary_axis : array, shape (columns,)
        Voluntary demand at the reference price divided by annual issuance, not negative.
    room_axis : array, shape (rows,)
        Compliance room divided by annual issuance, not negative.
    issuance_t : float
        t issued a year, positive.
    reference_price : float
        yuan/t at which the strength of voluntary demand is measured.

    Returns
    -------
    RegimeMap

    Raises
    ------
    InputError
        When an axis is not usable, or nobody buys at the reference price.
    """
    columns, rows = _axis("voluntary_axis", voluntary_axis), _axis("room_axis", room_axis)
    if not (math.isfinite(issuance_t) and issuance_t > 0):
        raise InputError(f"issuance_t = {issuance_t} is not above 0. Give tonnes a year.")
    _check(allowance_price=allowance_price, reference_price=reference_price)
    _, measured = voluntary.at(reference_price)
    if measured <= 0:
        raise InputError(
            f"reference_price = {reference_price}: no voluntary buyer pays that. Give a lower one."
        )
    # Demand that buys one year's issuance at the reference price.
    unit_demand = voluntary.scaled(issuance_t / measured)
    shape = (len(rows), len(columns))
    tables = np.full((4, *shape), np.nan)
    regime = np.zeros(shape, dtype=np.int8)
    for column, strength in enumerate(columns):
        demand = unit_demand.scaled(float(strength))
        without = _sales(supply, demand, 0.0, allowance_price)
        for row, room in enumerate(rows):
            found = _outcome(supply, demand, float(room) * issuance_t, allowance_price, without)
            price = math.nan if found.price is None else found.price
            tables[:, row, column] = (
                price, found.voluntary_t, found.compliance_t, found.displaced_t
            )
            regime[row, column] = found.regime
    ends = (float(columns.max()), float(rows.max()))
    lines = _boundaries(supply, unit_demand, issuance_t, allowance_price, ends)
    return RegimeMap(columns, rows, *tables, regime, lines)
