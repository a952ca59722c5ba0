"""Months of compared scenarios: what replicates have in common, and how far they spread."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from agents.parameters import month_text
from experiments.comparing import Comparison, Values, Variant
from experiments.seeds import replicate_seed
from simulation.errors import InputError
from simulation.outcomes import OUTCOMES, finished_months
from simulation.results import Run, simulate
from simulation.scenario import Scenario

__all__ = [
    "QUANTILES", "SERIES", "Fan", "Replicate", "RunSeries", "Series", "Span", "by_quantile",
    "comparison_of", "fan", "replicate_runs", "series_of", "span_of",
]

By = Literal["month", "year"]
# Ends of the 90 % band, of the 50 % band within, and the median.
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
MONTHS_A_YEAR = 12


class Series(NamedTuple):
    """Something that is followed month by month.

    Attributes
    ----------
    name : str
        Units last.
    unit : str
    label, label_zh : str
    """

    name: str
    unit: str
    label: str
    label_zh: str


SERIES = (
    Series("price_yuan_per_t", "yuan/t", "Price", "均价"),
    Series("volume_t", "t", "Traded", "成交量"),
    Series("retired_t", "t", "Retired so far", "累计注销量"),
    Series("additional_t", "t", "Additional so far", "累计额外碳汇量"),
)


class RunSeries(NamedTuple):
    """Months of one run.

    Attributes
    ----------
    start : int
        Number of the first month.
    value_yuan, volume_t : array, shape (months,)
        Money paid and credits traded in each month.
    retired_t, additional_t : array, shape (months,)
        Since the start.
    """

    start: int
    value_yuan: np.ndarray
    volume_t: np.ndarray
    retired_t: np.ndarray
    additional_t: np.ndarray


class Replicate(NamedTuple):
    """One run of one scenario, as far as a comparison needs it."""

    outcomes: Values
    series: RunSeries


class Span(NamedTuple):
    """Months that several scenarios cover together: the first, and the one after the last."""

    start: int
    stop: int


class Fan(NamedTuple):
    """Spread of a series over replicates.

    Attributes
    ----------
    periods : list of str
        ``YYYY-MM``, or ``YYYY`` for whole years.
    quantiles : array, shape (len(QUANTILES), periods)
        NaN where no replicate has a value: a price without trade, a month outside the scenario.
    share : array, shape (periods,)
        Replicates with a value; of a price, those that trade. NaN outside the scenario.
    """

    periods: list[str]
    quantiles: np.ndarray
    share: np.ndarray


def series_of(run: Run) -> RunSeries:
    """Months of a run.

    Parameters
    ----------
    run : Run

    Returns
    -------
    RunSeries
    """
    months = finished_months(run.world.state)
    return RunSeries(
        run.scenario.start, months.value_fen / 100, months.volume_t.astype(float),
        months.retired_t.astype(float), np.cumsum(months.additional_t),
    )


def replicate_runs(scenario: Scenario, base_seed: int, number: int) -> Replicate:
    """Run a scenario with the luck of a replicate, as `experiments.comparing.compare` does.

    Parameters
    ----------
    scenario : Scenario
    base_seed : int
    number : int
        From 0.

    Returns
    -------
    Replicate
    """
    run = simulate(scenario, replicate_seed(base_seed, number))
    return Replicate(run.outcomes, series_of(run))


def comparison_of(
    scenarios: Sequence[Scenario], rows: Sequence[Sequence[Replicate]], base_seed: int
) -> Comparison:
    """Comparison of the replicates that have been run.

    Parameters
    ----------
    scenarios : sequence of Scenario
    rows : sequence of sequence of Replicate
        One row a replicate, in it one run a scenario.
    base_seed : int

    Returns
    -------
    Comparison
        Equal to that of `experiments.comparing.compare` with as many replicates.
    """
    variants = [
        Variant(scenario, {o.name: [row[place].outcomes[o.name] for row in rows] for o in OUTCOMES})
        for place, scenario in enumerate(scenarios)
    ]
    return Comparison(variants, base_seed, len(rows))


def span_of(scenarios: Sequence[Scenario]) -> Span:
    """Months that scenarios cover together."""
    return Span(
        min(scenario.start for scenario in scenarios),
        max(scenario.start + scenario.months for scenario in scenarios),
    )


def fan(runs: Sequence[RunSeries], name: str, span: Span, by: By = "month") -> Fan:
    """Spread of a series over the runs of one scenario.

    Parameters
    ----------
    runs : sequence of RunSeries
        Replicates.
    name : str
        Of one of `SERIES`.
    span : Span
        Of all scenarios that are compared, so that their months stand in the same place.
    by : {"month", "year"}
        Whole calendar years: the price weighted by volume, the volume summed, the others at the
        end of December. A year that a scenario covers in part has no value.

    Returns
    -------
    Fan

    Raises
    ------
    InputError
        When no series has that name.
    """
    if name not in [series.name for series in SERIES]:
        known = ", ".join(series.name for series in SERIES)
        raise InputError(f"series {name!r} is unknown. Give one of {known}.")
    periods, (within, columns) = _periods(span, by), _columns(runs, name, span, by)
    if name == "price_yuan_per_t":
        value, volume = columns
        rows = np.full(volume.shape, np.nan)
        np.divide(value, volume, out=rows, where=volume > 0)
    else:
        (rows,) = columns
    share = np.where(within, np.isfinite(rows).mean(axis=0), np.nan)
    return Fan(periods, by_quantile(rows, QUANTILES), share)


def by_quantile(rows: np.ndarray, shares: Sequence[float]) -> np.ndarray:
    """Quantiles of each column over the values that exist, interpolated linearly.

    Parameters
    ----------
    rows : array, shape (replicates, periods)
        NaN where there is no value.
    shares : sequence of float
        0 to 1.

    Returns
    -------
    array, shape (len(shares), periods)
        NaN where a column has no value. As `numpy.nanquantile`, which goes column by column.
    """
    ordered = np.sort(rows, axis=0)  # NaN last
    last = np.isfinite(rows).sum(axis=0) - 1
    place = np.multiply.outer(np.asarray(shares), np.maximum(last, 0))
    below = np.floor(place).astype(np.int64)
    columns = np.arange(rows.shape[1])
    low = ordered[below, columns]
    high = ordered[np.minimum(below + 1, np.maximum(last, 0)), columns]
    return low + (place - below) * (high - low)


def _first_year(span: Span) -> int:
    return -(-span.start // MONTHS_A_YEAR)


def _periods(span: Span, by: By) -> list[str]:
    if by == "month":
        return [month_text(month) for month in range(span.start, span.stop)]
    return [f"{year:04d}" for year in range(_first_year(span), span.stop // MONTHS_A_YEAR)]


def _columns(
    runs: Sequence[RunSeries], name: str, span: Span, by: By
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Periods within the scenario; then the columns that a series is made of, a row a run."""
    names = ["value_yuan", "volume_t"] if name == "price_yuan_per_t" else [name]
    sums = name in ("price_yuan_per_t", "volume_t")
    columns = []
    for each in names:
        rows = np.full((len(runs), span.stop - span.start), np.nan)
        for row, run in zip(rows, runs, strict=True):
            values = getattr(run, each)
            row[run.start - span.start : run.start - span.start + len(values)] = values
        columns.append(rows if by == "month" else _years(rows, span, sums=sums))
    return np.isfinite(columns[0]).any(axis=0), columns


def _years(rows: np.ndarray, span: Span, *, sums: bool) -> np.ndarray:
    first = _first_year(span) * MONTHS_A_YEAR - span.start
    years = max(rows.shape[1] - first, 0) // MONTHS_A_YEAR
    months = rows[:, first : first + years * MONTHS_A_YEAR].reshape(-1, years, MONTHS_A_YEAR)
    # A year that is there in part is NaN in some month, and so is its sum.
    return months.sum(axis=2) if sums else months[:, :, -1]
