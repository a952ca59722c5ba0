"""Patterns of the real trades, held against the voluntary world in the months of their record."""

import statistics
from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np

from experiments.intervals import Interval, interval_of
from experiments.seeds import replicate_seed
from simulation.reference_data import priced_trades, record_months
from simulation.results import Run, simulate
from simulation.scenario import Scenario
from simulation.state import Clock

__all__ = ["PATTERNS", "Pattern", "Verdict", "judged", "patterns", "verdict_of"]

Verdict = Literal["met", "partly", "missed", "none"]
PARTLY = 0.25
# Treatment of small watersheds: a county notice (Fujian; reference facts, section 5).
COST_YUAN_PER_KM2 = 880_000.0
FEN_PER_YUAN = 100.0


class Pattern(NamedTuple):
    """One pattern: what the record says, and how a run is read.

    Attributes
    ----------
    name : str
        Of its words in the report; units last.
    real : callable
        The number of the record, from data/trades.csv; None where it is a statement only.
    band : callable
        Real number to lowest and highest value that count as met.
    of : callable
        A run to its number; None where the run has none.
    fitted : bool
        Whether a parameter was set so that it comes out.
    """

    name: str
    real: Callable[[], float | None]
    band: Callable[[float | None], tuple[float, float]]
    of: Callable[[Run], float | None]
    fitted: bool = False


class Judged(NamedTuple):
    """A pattern with what was found.

    Attributes
    ----------
    pattern : Pattern
    real : float or None
    low, high : float
        The band.
    found : Interval
        Over replicates.
    inside : float
        Share of the replicates inside the band.
    verdict : {"met", "partly", "missed", "none"}
    """

    pattern: Pattern
    real: float | None
    low: float
    high: float
    found: Interval
    inside: float
    verdict: Verdict


def verdict_of(values: list[float | None], low: float, high: float) -> tuple[Verdict, float]:
    """Verdict on a pattern, and the share of runs inside its band.

    Parameters
    ----------
    values : list of float or None
        One a replicate; those without a number do not count.
    low, high : float
        The band, ends included.

    Returns
    -------
    verdict, inside : str, float

    Notes
    -----
    Fixed before anything was measured. *Met*: the mean over replicates lies inside the band.
    *Partly met*: it does not, but at least a quarter of the replicates do. *Missed*: otherwise.

    The bands, fixed in the same way: a median within a tenth of the real one for the price and
    between half and twice the real one for the size of deals; more than half where the record says
    *most*; nine tenths where the record knows no exception; a quarter to either side of the share
    of heavy industry; and for the others the range of the record itself.
    """
    known = [value for value in values if value is not None]
    if not known:
        return "none", 0.0
    inside = sum(low <= value <= high for value in known) / len(known)
    if low <= statistics.fmean(known) <= high:
        return "met", inside
    return ("partly" if inside >= PARTLY else "missed"), inside


def _deals(run: Run) -> np.recarray:
    state = run.world.state
    return state.deals[: state.clock[Clock.DEALS]]


def _share(inside: np.ndarray) -> float | None:
    return float(inside.mean()) if len(inside) else None


def _median(values: np.ndarray) -> float | None:
    return float(np.median(values)) if len(values) else None


def _rows(deals: np.recarray, run: Run) -> tuple[np.recarray, np.recarray]:
    """Seller and buyer of each deal."""
    state, found = run.world.state, []
    for rows, ids in ((state.projects, deals.seller_id), (state.firms, deals.buyer_id)):
        order = np.argsort(rows.agent_id)
        found.append(rows[order[np.searchsorted(rows.agent_id, ids, sorter=order)]])
    return found[0], found[1]


def _usual_share(run: Run) -> float | None:
    prices = _deals(run).price_fen / FEN_PER_YUAN
    return _share((prices >= USUAL[0]) & (prices <= USUAL[1]))


def _size_share(run: Run) -> float | None:
    sizes = [row.traded_t for row in priced_trades()]
    tonnes = _deals(run).tonnes
    return _share((tonnes >= min(sizes)) & (tonnes <= max(sizes)))


def _first_share(run: Run) -> float | None:
    deals = _deals(run)
    _, first = np.unique(deals.seller_id, return_index=True)
    sellers, _ = _rows(deals[first], run)
    return _median(deals.tonnes[first] / np.maximum(sellers.verified_t, 1))


def _allowance_share(run: Run) -> float | None:
    deals, state = _deals(run), run.world.state
    allowance = state.monthly.allowance_price[deals.month - state.clock[Clock.FIRST]]
    return _median(deals.price_fen / FEN_PER_YUAN / allowance)


def _local_share(run: Run) -> float | None:
    sellers, buyers = _rows(_deals(run), run)
    return _share(sellers.province == buyers.province)


def _heavy_share(run: Run) -> float | None:
    people = run.world.people
    sectors = dict(zip(run.world.state.firms.agent_id.tolist(), people.sectors, strict=True))
    return _share(np.array([sectors[buyer] == "materials" for buyer in _deals(run).buyer_id]))


def _cost_share(run: Run) -> float | None:
    state, deals = run.world.state, _deals(run)
    stands = state.stands[: state.clock[Clock.STANDS]]
    shares = []
    for seller in np.unique(deals.seller_id):
        (row,) = np.flatnonzero(state.projects.agent_id == seller)
        mine = deals[deals.seller_id == seller]
        paid = float((mine.tonnes * mine.price_fen).sum()) / FEN_PER_YUAN
        hectares = float(stands.area_ha[stands.project == row].sum())
        shares.append(paid / (hectares * run.scenario.reinvestment.treatment_cost_yuan_per_ha))
    return _median(np.array(shares))


# The record's own clusters and ranges (reference facts, sections 1 and 5).
USUAL = (30.0, 38.1)
ALLOWANCE = (0.19, 0.39)
HEAVY = 7 / 15


def _prices() -> list[float]:
    return [row.price_fen / FEN_PER_YUAN for row in priced_trades()]


def _real_first() -> list[float]:
    """Share of the verified stock in the first deal of each project that tells both."""
    firsts: dict[str, float] = {}
    for row in priced_trades():
        if row.verified_t:
            firsts.setdefault(row.project, row.traded_t / row.verified_t)
    return list(firsts.values())


def _real_cost() -> list[float]:
    """Revenue for the cost of treatment, where area and verified tonnes are known."""
    return [
        row.traded_t * row.price_fen / FEN_PER_YUAN / (row.watershed_km2 * COST_YUAN_PER_KM2)
        for row in priced_trades() if row.watershed_km2 and row.verified_t
    ]


PATTERNS = (
    Pattern("price_median_yuan_per_t", lambda: statistics.median(_prices()),
            lambda real: (0.9 * real, 1.1 * real),
            lambda run: _median(_deals(run).price_fen / FEN_PER_YUAN), fitted=True),
    Pattern("usual_price_share",
            lambda: statistics.fmean(USUAL[0] <= price <= USUAL[1] for price in _prices()),
            lambda _: (0.5, 1.0), _usual_share),
    Pattern("size_median_t", lambda: statistics.median(r.traded_t for r in priced_trades()),
            lambda real: (0.5 * real, 2.0 * real), lambda run: _median(_deals(run).tonnes)),
    Pattern("size_range_share", lambda: 1.0, lambda _: (0.9, 1.0), _size_share),
    Pattern("first_deal_share", lambda: statistics.median(_real_first()),
            lambda _: (min(_real_first()), max(_real_first())), _first_share),
    Pattern("allowance_share", lambda: None, lambda _: ALLOWANCE, _allowance_share),
    Pattern("local_share", lambda: None, lambda _: (0.5, 1.0), _local_share),
    Pattern("heavy_share", lambda: HEAVY, lambda real: (real - 0.25, real + 0.25), _heavy_share),
    Pattern("cost_share", lambda: statistics.fmean(_real_cost()),
            lambda _: (min(_real_cost()), max(_real_cost())), _cost_share),
)


def judged(pattern: Pattern, runs: list[Run]) -> Judged:
    """A pattern held against runs.

    Parameters
    ----------
    pattern : Pattern
    runs : list of Run

    Returns
    -------
    Judged
    """
    real = pattern.real()
    low, high = pattern.band(real)
    values = [pattern.of(run) for run in runs]
    verdict, inside = verdict_of(values, low, high)
    return Judged(pattern, real, low, high, interval_of(values), inside, verdict)


def patterns(scenario: Scenario, replicates: int, base_seed: int) -> list[Judged]:
    """Every pattern, in as many months as the record of real trades spans.

    Parameters
    ----------
    scenario : Scenario
    replicates : int
        With the seeds of a comparison.
    base_seed : int

    Returns
    -------
    list of Judged

    Notes
    -----
    The record is eleven deals with a price: two carry no date, two are of one project, and what was
    offered and not sold cannot be seen.
    """
    early = scenario.model_copy(update={"months": record_months()})
    seeds = (replicate_seed(base_seed, replicate) for replicate in range(replicates))
    runs = [simulate(early, seed) for seed in seeds]
    return [judged(pattern, runs) for pattern in PATTERNS]
