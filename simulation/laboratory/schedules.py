"""Induced-value schedules: what each trader's units are worth to it or cost it."""

from typing import NamedTuple

import numpy as np

from simulation.errors import InputError
from simulation.theory.equilibrium import Equilibrium, competitive_equilibrium

__all__ = ["LARGEST_STEP", "Schedule", "checked"]

# Beliefs are counted by price, so the prices of a session must be countable.
LARGEST_STEP = 100_000
# A sealed order has an address of its own: that of its trader, then the unit.
MOST_UNITS = 1000


class Schedule(NamedTuple):
    """A laboratory market.

    Attributes
    ----------
    name, title, title_zh, source : str
    buyers, sellers : tuple of tuple of int
        One tuple a trader: value or cost of its units, price steps, in the order in which they
        trade.
    lowest, highest : int
        Prices that may be shouted.
    equilibrium : float
        Theoretical price P0, against which Smith's alpha is measured.
    """

    name: str
    title: str
    title_zh: str
    source: str
    buyers: tuple[tuple[int, ...], ...]
    sellers: tuple[tuple[int, ...], ...]
    lowest: int
    highest: int
    equilibrium: float

    def competitive(self) -> Equilibrium:
        """Competitive equilibrium of the true values and costs, by exact theory."""
        values = [value for units in self.buyers for value in units]
        costs = [cost for units in self.sellers for cost in units]
        return competitive_equilibrium(
            values, np.ones(len(values), dtype=np.int64), costs, np.ones(len(costs), dtype=np.int64)
        )


def checked(found: Schedule) -> Schedule:
    """Schedule that a session can run.

    Parameters
    ----------
    found : Schedule

    Returns
    -------
    Schedule
        The same one.

    Raises
    ------
    InputError
        When a side has no trader, a trader no unit or too many, a limit is outside 1 and the
        largest step, or a trader's second unit is better than its first.
    """
    for side in ("buyers", "sellers"):
        traders = getattr(found, side)
        if not traders or not all(traders):
            raise InputError(f"{found.name}: {side} lack a trader or a unit. Give them one.")
        for row, units in enumerate(traders):
            for limit in units:
                if not 1 <= limit <= LARGEST_STEP:
                    raise InputError(
                        f"{found.name}: {side}.{row} has the limit {limit}, which is not within 1 "
                        f"and {LARGEST_STEP}. Count in larger steps."
                    )
            # Units of a trader are traded in this order.
            if list(units) != sorted(units, reverse=side == "buyers"):
                way = "fall" if side == "buyers" else "rise"
                raise InputError(
                    f"{found.name}: {side}.{row} has limits that do not {way}. Give the best unit "
                    "first."
                )
            if len(units) > MOST_UNITS:
                raise InputError(
                    f"{found.name}: {side}.{row} has more than {MOST_UNITS} units. Spread them "
                    "over more traders."
                )
    if not 1 <= found.lowest <= found.highest <= LARGEST_STEP:
        raise InputError(
            f"{found.name}: prices from {found.lowest} to {found.highest} are not within 1 and "
            f"{LARGEST_STEP}. Give the lowest first."
        )
    return found
