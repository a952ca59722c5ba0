"""Perfect foresight: the allowance price and the worth of a credit in every month to come."""

from typing import TYPE_CHECKING

import numpy as np

from agents.parameters import record_of
from simulation.allowance_price import next_allowance_price
from simulation.draws import ALLOWANCE_PRICE, normal_quantile, uniform
from simulation.phases.reporting import reckon_carbon
from simulation.state import Foreseen, Prices

if TYPE_CHECKING:
    from simulation.scenario import Scenario

__all__ = ["foreseen_paths"]

SECTIONS = ("compliance", "regime", "penalty", "expectations", "banking")


def foreseen_paths(scenario: "Scenario", seed: int, historical: np.ndarray) -> np.ndarray:
    """What those who know the timeline and the price path foresee.

    Parameters
    ----------
    scenario : Scenario
        With an allowance price from outside.
    seed : int
    historical : float64 array, shape (months,)
        Annual mean allowance price, as in `State.historical_price`.

    Returns
    -------
    float64 array, shape (Foreseen, months)
        yuan/t; a credit is worth nothing where it does not count. Without perfect foresight no
        number anywhere.

    Notes
    -----
    Draws are addressed, so the path of a price that nobody in the model moves is known beforehand.
    """
    found = np.full((len(Foreseen), scenario.months), np.nan)
    if scenario.expectations.foresight != "perfect":
        return found
    path = record_of(scenario.allowance_price)[0]
    moves = {event.effective for event in scenario.events}
    prices = np.zeros(len(Prices))
    prices[Prices.ALLOWANCE] = path.price_yuan_per_t
    records = {}
    for place in range(scenario.months):
        month = scenario.start + place
        if not records or month in moves:
            now = scenario.at(month)
            records = {name: record_of(getattr(now, name))[0] for name in SECTIONS}
        luck = normal_quantile(uniform(seed, ALLOWANCE_PRICE, month, 0, 0))
        prices[Prices.ALLOWANCE] = next_allowance_price(
            path.path, prices[Prices.ALLOWANCE], path.price_yuan_per_t, historical[place],
            path.growth_per_year, place / 12.0, path.reversion_per_year,
            path.volatility_per_year, luck,
        )
        reckon_carbon(*records.values(), prices)
        found[Foreseen.ALLOWANCE, place] = prices[Prices.ALLOWANCE]
        found[Foreseen.CREDIT, place] = (
            prices[Prices.CREDIT] if records["compliance"].eligible else 0.0
        )
    return found
