"""What a laboratory session is judged by, and where its surplus went."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulation.laboratory.scenario import LaboratoryScenario
from simulation.laboratory.schedules import Schedule
from simulation.laboratory.session import Outcome, run_session
from simulation.theory.equilibrium import Equilibrium, efficiency_of

if TYPE_CHECKING:
    import pandas

__all__ = ["SESSION_OUTCOMES", "LaboratoryRun", "SessionOutcome", "simulate_laboratory"]


class LaboratoryRun(NamedTuple):
    """A session and what came of it.

    Attributes
    ----------
    scenario : LaboratoryScenario
    seed : int
    outcome : simulation.laboratory.session.Outcome
    equilibrium : Equilibrium
        Of the true values and costs of a day.
    shares : float array, shape (days, 3)
        Percent of the maximum surplus of each day: realised, lost for want of trades, lost because
        the wrong people traded. They add up to 100; not a number where nothing can be gained.
    """

    scenario: LaboratoryScenario
    seed: int
    outcome: Outcome
    equilibrium: Equilibrium
    shares: np.ndarray

    @property
    def outcomes(self) -> dict[str, float | None]:
        """Every outcome by name; None where it does not exist, as the price of no deals."""
        return {outcome.name: _known(outcome.of(self)) for outcome in SESSION_OUTCOMES}

    @property
    def daily(self) -> "pandas.DataFrame":
        """One row a day, from 1: deals, mean price, alpha, and the three shares of the surplus."""
        import pandas

        found = self.outcome
        realised, not_made, wrong_people = self.shares.T
        return pandas.DataFrame({
            "day": np.arange(1, len(found.volume_by_day) + 1),
            "deals": found.volume_by_day,
            "mean_price": found.price_by_day,
            "alpha_percent": found.alpha_percent_by_day,
            "efficiency_percent": realised,
            "not_made_percent": not_made,
            "wrong_people_percent": wrong_people,
        })

    @property
    def deals(self) -> "pandas.DataFrame":
        """One row a deal; days and traders from 1, buyers and sellers each."""
        import pandas

        found = pandas.DataFrame({
            name: self.outcome.deals[name] for name in self.outcome.deals.dtype.names
        })
        found["day"] += 1
        found["buyer"] += 1
        found["seller"] += 1 - len(self.scenario.schedule.buyers)
        # Which order a deal belongs to serves only to find value and cost.
        return found.drop(columns=["buy", "sell"])

    def summary(self) -> dict[str, Any]:
        """Everything but the single deals, ready for JSON."""
        from importlib.metadata import version

        found = self.outcome
        realised, not_made, wrong_people = self.shares.T
        by_day = {
            "deals": found.volume_by_day, "mean_price": found.price_by_day,
            "alpha_percent": found.alpha_percent_by_day, "efficiency_percent": realised,
            "not_made_percent": not_made, "wrong_people_percent": wrong_people,
        }
        return {
            "version": version("swcmarket"),
            "scenario": self.scenario.name,
            "scenario_hash": self.scenario.fingerprint,
            "seed": self.seed,
            "equilibrium": {
                name: _known(value) for name, value in self.equilibrium._asdict().items()
            },
            "outcomes": self.outcomes,
            "by_day": {
                name: [_known(value) for value in values.tolist()]
                for name, values in by_day.items()
            },
        }


class SessionOutcome(NamedTuple):
    """One number that a session is judged by.

    Attributes
    ----------
    name : str
        Key in JSON and tables.
    unit : str
    label, label_zh : str
        What people read.
    meaning, meaning_zh : str
        How it is computed.
    of : callable
        Run to a number, not a number where it does not exist.
    """

    name: str
    unit: str
    label: str
    label_zh: str
    meaning: str
    meaning_zh: str
    of: Callable[[LaboratoryRun], float]


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _mean(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else np.nan


def _distance(run: LaboratoryRun) -> float:
    # Above the interval positive, below it negative, inside it nothing.
    price = run.outcome.mean_price
    return price - min(max(price, run.equilibrium.price_low), run.equilibrium.price_high)


SESSION_OUTCOMES: tuple[SessionOutcome, ...] = (
    SessionOutcome(
        "efficiency_percent", "percent", "Efficiency", "效率",
        "surplus of all deals, of the maximum of all days", "全部成交实现的剩余占最大剩余之比",
        lambda run: _mean(run.shares[:, 0]),
    ),
    SessionOutcome(
        "not_made_percent", "percent", "Lost: trades not made", "损失：应成未成",
        "surplus out of reach with so few deals, of the maximum",
        "成交量不足而无法实现的剩余占最大剩余之比", lambda run: _mean(run.shares[:, 1]),
    ),
    SessionOutcome(
        "wrong_people_percent", "percent", "Lost: wrong trades", "损失：错配成交",
        "surplus that the best traders would have made of the same number of deals, less what was "
        "made, of the maximum", "同样成交量由最优交易者完成时多得的剩余占最大剩余之比",
        lambda run: _mean(run.shares[:, 2]),
    ),
    SessionOutcome(
        "mean_price", "price steps", "Mean price", "平均成交价",
        "of all deals, as buyers pay it", "全部成交的平均价（买方支付）",
        lambda run: run.outcome.mean_price,
    ),
    SessionOutcome(
        "price_distance", "price steps", "Distance from equilibrium", "偏离均衡区间",
        "mean price less the nearer end of the equilibrium interval, 0 inside it",
        "平均价与均衡价格区间较近端之差，区间内为零", _distance,
    ),
    SessionOutcome(
        "alpha_percent", "percent", "Smith's alpha", "史密斯α",
        "root mean square deviation of prices from equilibrium, mean over days with deals",
        "价格对均衡价的均方根偏差占均衡价之比，有成交日的均值",
        lambda run: _mean(run.outcome.alpha_percent_by_day),
    ),
    SessionOutcome(
        "alpha_first_day_percent", "percent", "Alpha, first day", "α，首日",
        "of the first day", "首日的α", lambda run: run.outcome.alpha_percent_by_day[0].item(),
    ),
    SessionOutcome(
        "alpha_last_day_percent", "percent", "Alpha, last day", "α，末日",
        "of the last day", "末日的α", lambda run: run.outcome.alpha_percent_by_day[-1].item(),
    ),
    SessionOutcome(
        "deals_per_day", "deals", "Deals a day", "日均成交笔数",
        "mean over all days", "全部交易日的均值",
        lambda run: float(run.outcome.volume_by_day.mean()),
    ),
)


def _shares(market: Schedule, outcome: Outcome) -> np.ndarray:
    values = [value for units in market.buyers for value in units]
    costs = [cost for units in market.sellers for cost in units]
    ones = [np.ones(len(side), dtype=np.int64) for side in (values, costs)]
    shares = np.full((len(outcome.volume_by_day), 3), np.nan)
    for day in range(len(shares)):
        deals = outcome.deals[outcome.deals.day == day]
        # Orders of sellers follow those of buyers.
        traded = (deals.buy, deals.sell - len(values), np.ones(len(deals), dtype=np.int64))
        found = efficiency_of(values, ones[0], costs, ones[1], traded)
        if found.maximum_surplus:
            parts = np.array([found.realised, found.not_made, found.wrong_people])
            shares[day] = 100.0 * parts / found.maximum_surplus
    return shares


def simulate_laboratory(scenario: LaboratoryScenario, seed: int = 1) -> LaboratoryRun:
    """Run a session of a laboratory scenario.

    Parameters
    ----------
    scenario : LaboratoryScenario
    seed : int
        The same seed gives the same session.

    Returns
    -------
    LaboratoryRun
    """
    market = scenario.market()
    outcome = run_session(market, scenario.laboratory, seed)
    return LaboratoryRun(scenario, seed, outcome, market.competitive(), _shares(market, outcome))
