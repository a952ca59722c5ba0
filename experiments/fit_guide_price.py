"""Fit the guide price of the county world to the median price of the real trades.

``python -m experiments.fit_guide_price`` prints the value that the scenario ships, and why it is
the guide price that is fitted: agreements lie between the seller's ask and the buyer's limit, so
with asks at 30 no willingness to pay brings the median down to 30.
"""

import statistics
from collections.abc import Mapping

from scipy.optimize import brentq

from experiments.intervals import interval_of
from experiments.seeds import replicate_seed
from simulation.reference_data import priced_trades, record_months
from simulation.results import simulate
from simulation.scenario import load

__all__ = ["early_median", "fitted_guide_price", "main", "median_price"]

SCENARIO = "china-counties"
REPLICATES = 30
BASE_SEED = 1
GUIDE_PRICE = "quote.guide_price_yuan_per_t"
WILLINGNESS = "voluntary.willingness_scale"


def median_price() -> float:
    """Median price of the real trades, yuan/t."""
    return statistics.median(row.price_fen for row in priced_trades()) / 100.0


def early_median(changes: Mapping[str, object], replicates: int = REPLICATES) -> float:
    """Mean over replicates of the median price in the months of the record.

    Parameters
    ----------
    changes : mapping
        Dotted key to value.
    replicates : int
        The first ones of a comparison with the same base seed.

    Returns
    -------
    float
        yuan/t.
    """
    scenario = load(SCENARIO, {**changes, "months": record_months()})
    seeds = [replicate_seed(BASE_SEED, replicate) for replicate in range(replicates)]
    name = "early_price_median_yuan_per_t"
    return interval_of([simulate(scenario, seed).outcomes[name] for seed in seeds]).mean


def fitted_guide_price(replicates: int = REPLICATES) -> float:
    """Guide price at which the voluntary world's median price is that of the real trades.

    Parameters
    ----------
    replicates : int

    Returns
    -------
    float
        yuan/t, rounded to the fen.
    """
    def gap(price: float) -> float:
        return early_median({GUIDE_PRICE: price}, replicates) - median_price()

    return round(brentq(gap, 10.0, 40.0, xtol=1e-3), 2)


def main() -> None:
    """Print the fitted value, what it stands on, and what willingness would do instead."""
    price = fitted_guide_price()
    print(
        f"guide_price_yuan_per_t = {price}  ({SCENARIO}, {REPLICATES} replicates: median price "
        f"{early_median({GUIDE_PRICE: price}):.2f} over the first {record_months()} months; "
        f"{len(priced_trades())} real trades: {median_price():.2f})"
    )
    for scale in (0.7, 1.0, 1.3):
        found = early_median({GUIDE_PRICE: median_price(), WILLINGNESS: scale})
        print(
            f"with a guide price of {median_price():.2f} and willingness to pay times {scale}: "
            f"{found:.2f}"
        )


if __name__ == "__main__":
    main()
