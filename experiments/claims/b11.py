"""B11: controls that do not bind move a double auction, but not a call auction."""

import math

import numpy as np

from experiments.claims.claim import Claim, inside, near
from simulation.laboratory import SessionRules, run_session

__all__ = ["CONTROLS", "claims", "prices"]

SOURCE = "Gode and Sunder (2004), J. Economic Dynamics and Control 28:1707; levels computed"
SEEDS = range(1, 61)
MARKET = "gode-sunder-1"
FREE = 77.5
# Name: floor, ceiling, expected mean price. The equilibrium is 82: none of them binds.
CONTROLS = {
    "ceiling_100": (0, 100, 71.2), "ceiling_90": (0, 90, 69.0), "ceiling_84": (0, 84, 67.3),
    "floor_60": (60, 0, 84.9), "floor_78": (78, 0, 89.4),
}


def prices(
    floor: int = 0, ceiling: int = 0, *, institution: str = "standing_book",
    strategy: str = "zi_c",
) -> np.ndarray:
    """Mean price of each of sixty sessions of six periods.

    Parameters
    ----------
    floor, ceiling : int
        Price steps, 0 for none.
    institution, strategy : str
        See `SessionRules`.

    Returns
    -------
    float array, shape (60,)
    """
    rules = SessionRules(
        institution=institution, buyers=strategy, sellers=strategy, days=6, shouts=2000,
        floor=floor, ceiling=ceiling,
    )
    return np.array([run_session(MARKET, rules, seed).mean_price for seed in SEEDS])


def claims() -> list[Claim]:
    """Levels, signs in standard errors, and a call auction that nothing moves."""
    free = prices()
    found = [near("B11.free", "Mean price without a control", SOURCE, FREE, float(free.mean()),
                  2.0)]
    uncontrolled = prices(institution="call_auction", strategy="truthful")
    for name, (floor, ceiling, expected) in CONTROLS.items():
        controlled = prices(floor, ceiling)
        found.append(near(f"B11.{name}", f"Mean price with {name.replace('_', ' ')}", SOURCE,
                          expected, float(controlled.mean()), 2.0))
        error = math.sqrt((controlled.var(ddof=1) + free.var(ddof=1)) / len(free))
        sign = -1.0 if ceiling else 1.0
        found.append(inside(
            f"B11.{name}.sign",
            f"Change of the mean price towards the {'lower' if ceiling else 'upper'} side, in "
            "standard errors",
            SOURCE, 5.0, np.inf, sign * float(controlled.mean() - free.mean()) / error,
        ))
        moved = prices(floor, ceiling, institution="call_auction", strategy="truthful")
        found.append(near(
            f"B11.{name}.call_auction", "Change of the price of a call auction, truthful bids",
            SOURCE, 0.0, float(np.abs(moved - uncontrolled).max()), 0.0,
        ))
    return found
