"""Fit the plant growth of the reference site to the one trade with known area and period.

``python -m experiments.fit_growth`` prints the value that `GrowthParameters` ships.
"""

from scipy.optimize import brentq

from simulation.groups import MeasureShares
from simulation.reference_data import first_month_of, trade
from simulation.scenario import load
from simulation.world import World

__all__ = ["fitted_plant_scale", "main"]

TRADE = "JX-2024-01"


def _removed(scale: float) -> float:
    world = World(load("ziyang", {"growth.plant_scale": scale}), seed=1)
    months = first_month_of(trade(TRADE).accrual_end + 1) - world.scenario.start
    world.run(months)
    return float(world.state.monthly.removed_t.sum())


def fitted_plant_scale() -> float:
    """Scale at which the default mix stores what was verified for Ziyang.

    Returns
    -------
    float
        Rounded to four digits.
    """
    verified = trade(TRADE).verified_t
    return round(brentq(lambda scale: _removed(scale) - verified, 0.1, 5.0, xtol=1e-9), 4)


def main() -> None:
    """Print the fitted value and what it stands on."""
    mix = {name: share for name, share in MeasureShares().model_dump().items() if share > 0}
    print(f"plant_scale = {fitted_plant_scale()}  (trade {TRADE}, mix {mix})")


if __name__ == "__main__":
    main()
