"""Price theories of sellers, each simulated in the months of the record and held against it.

Only the level of the focal theory is fitted to the record (`experiments.fit_guide_price`, under
bilateral agreement); the others come as their assumptions have them.
"""

import statistics
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from agents.vocabulary import Motive
from experiments.intervals import Interval, interval_of
from experiments.patterns import USUAL
from experiments.seeds import replicate_seed
from experiments.workers import Workers, workers
from simulation.reference_data import priced_trades, record_months
from simulation.results import simulate
from simulation.scenario import Scenario
from simulation.state import Clock

__all__ = [
    "FITTED", "MEASURES", "MECHANISMS", "THEORIES", "Deals", "Measured", "TheoryCase", "held",
    "kolmogorov_distance", "price_theories", "record", "runs", "usual_price",
    "wasserstein_distance",
]

# The reference, which claims nothing about real sellers, comes last.
THEORIES = ("focal", "bargaining", "storage", "truthful")
MECHANISMS = ("bilateral", "listing")
# Pricing rule and theory whose level was fitted.
FITTED = ("bilateral", "focal")
FEN_PER_YUAN = 100.0


class Deals(NamedTuple):
    """Deals of one run, or of the record.

    Attributes
    ----------
    price_yuan_per_t : float array, shape (n,)
    tonnes : float array, shape (n,)
    """

    price_yuan_per_t: np.ndarray
    tonnes: np.ndarray


class TheoryCase(NamedTuple):
    """One price theory under one pricing rule.

    Attributes
    ----------
    mechanism, theory : str
    scenario : Scenario
        As it was run.
    runs : list of Deals
        Voluntary deals of each replicate.
    """

    mechanism: str
    theory: str
    scenario: Scenario
    runs: list[Deals]

    @property
    def prices(self) -> np.ndarray:
        """Prices of all runs together, yuan/t."""
        return np.concatenate([run.price_yuan_per_t for run in self.runs])


class Measured(NamedTuple):
    """A case held against the record.

    Attributes
    ----------
    case : TheoryCase
    values : dict
        Name in `MEASURES` to its values, one a replicate; None where nothing was sold.
    """

    case: TheoryCase
    values: dict[str, list[float | None]]

    def interval(self, name: str) -> Interval:
        """Mean of a measure over replicates."""
        return interval_of(self.values[name])


def record() -> Deals:
    """The real deals with a price.

    Returns
    -------
    Deals
    """
    rows = priced_trades()
    return Deals(
        np.array([row.price_fen / FEN_PER_YUAN for row in rows]),
        np.array([row.traded_t for row in rows], dtype=float),
    )


def usual_price() -> float:
    """Most frequent price of the record, yuan/t."""
    return statistics.mode(row.price_fen for row in priced_trades()) / FEN_PER_YUAN


def _quantile(share: float) -> Callable[[Deals, Deals], float]:
    return lambda deals, _: float(np.quantile(deals.price_yuan_per_t, share))


def _usual_share(deals: Deals, _: Deals) -> float:
    prices = deals.price_yuan_per_t
    return float(((prices >= USUAL[0]) & (prices <= USUAL[1])).mean())


def _exact_share(deals: Deals, _: Deals) -> float:
    return float((deals.price_yuan_per_t == usual_price()).mean())


def _gaps(prices: np.ndarray, real: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Gap between the shares at or below each price that occurs, and the steps between these."""
    at = np.sort(np.concatenate([prices, real]))
    shares = [
        np.searchsorted(np.sort(each), at, side="right") / len(each) for each in (prices, real)
    ]
    return shares[0] - shares[1], np.diff(at)


def kolmogorov_distance(prices: np.ndarray, real: np.ndarray) -> float:
    """Largest gap between the shares of deals at or below a price.

    Parameters
    ----------
    prices, real : float array, shape (n,) and (m,)
        yuan/t.

    Returns
    -------
    float
        0 to 1. No p-value goes with it: that would count every simulated deal as an observation.
    """
    return float(np.abs(_gaps(prices, real)[0]).max())


def wasserstein_distance(prices: np.ndarray, real: np.ndarray) -> float:
    """Area between the two curves: how far a price would have to be moved on average.

    Parameters
    ----------
    prices, real : float array, shape (n,) and (m,)
        yuan/t.

    Returns
    -------
    float
        yuan/t.
    """
    gaps, steps = _gaps(prices, real)
    return float(np.abs(gaps[:-1]) @ steps)


def _shape(deals: Deals, real: Deals) -> float:
    """Wasserstein distance after all simulated prices are moved alike, to the record's median."""
    prices = deals.price_yuan_per_t
    moved = prices + float(np.median(real.price_yuan_per_t)) - float(np.median(prices))
    return wasserstein_distance(moved, real.price_yuan_per_t)


def _between(of: Callable[[np.ndarray, np.ndarray], float]) -> Callable[[Deals, Deals], float]:
    return lambda deals, real: of(deals.price_yuan_per_t, real.price_yuan_per_t)


# Name, with the unit last, to what it is of deals and of the record.
MEASURES: dict[str, Callable[[Deals, Deals], float]] = {
    "deals": lambda deals, _: float(len(deals.tonnes)),
    "price_lower_quartile_yuan_per_t": _quantile(0.25),
    "price_median_yuan_per_t": _quantile(0.5),
    "price_upper_quartile_yuan_per_t": _quantile(0.75),
    "usual_price_share": _usual_share,
    "exact_price_share": _exact_share,
    "size_median_t": lambda deals, _: float(np.median(deals.tonnes)),
    "kolmogorov_distance_share": _between(kolmogorov_distance),
    "wasserstein_distance_yuan_per_t": _between(wasserstein_distance),
    "shape_distance_yuan_per_t": _shape,
}


def held(case: TheoryCase) -> Measured:
    """Measure a case, replicate by replicate.

    Parameters
    ----------
    case : TheoryCase

    Returns
    -------
    Measured

    Notes
    -----
    *Shape* is the Wasserstein distance once both medians are alike, so that a theory is not blamed
    for a level that was not fitted.
    """
    real = record()
    return Measured(case, {
        name: [of(run, real) if len(run.tonnes) else None for run in case.runs]
        for name, of in MEASURES.items()
    })


def _voluntary(scenario: Scenario, seed: int) -> Deals:
    state = simulate(scenario, seed).world.state
    deals = state.deals[: state.clock[Clock.DEALS]]
    deals = deals[deals.motive == Motive.VOLUNTARY]
    return Deals(deals.price_fen / FEN_PER_YUAN, deals.tonnes.astype(float))


def runs(replicates: int) -> int:
    """Number of runs that `price_theories` makes."""
    return len(MECHANISMS) * len(THEORIES) * replicates


def price_theories(
    scenario: Scenario,
    replicates: int,
    base_seed: int,
    *,
    advance: Callable[[], None] = lambda: None,
    spread: Workers | None = None,
) -> list[TheoryCase]:
    """Run every price theory under every pricing rule, in as many months as the record spans.

    Parameters
    ----------
    scenario : Scenario
        Of which pricing rule, price theory and number of months are changed.
    replicates : int
        With the seeds of a comparison, the same for all.
    base_seed : int
    advance : callable
        Called after every run.
    spread : callable, optional
        Processes of `experiments.workers.workers`; this one where not given.

    Returns
    -------
    list of TheoryCase
        For each pricing rule, every theory.
    """
    cases = [
        (mechanism, theory, _altered(scenario, mechanism, theory))
        for mechanism in MECHANISMS for theory in THEORIES
    ]
    seeds = [replicate_seed(base_seed, replicate) for replicate in range(replicates)]
    tasks = [(altered, seed) for *_, altered in cases for seed in seeds]
    with workers(1) as here:
        runs = (spread or here)(_voluntary, tasks, advance)
    return [
        TheoryCase(*case, runs[place * replicates : (place + 1) * replicates])
        for place, case in enumerate(cases)
    ]


def _altered(scenario: Scenario, mechanism: str, theory: str) -> Scenario:
    market = scenario.market.model_copy(update={"mechanism": mechanism})
    quote = scenario.quote.model_copy(update={"strategy": theory})
    return scenario.model_copy(
        update={"market": market, "quote": quote, "months": record_months()}
    )
