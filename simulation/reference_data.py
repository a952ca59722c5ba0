"""Real trades and prices that ship with the project, read where a scenario names them."""

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from agents.parameters import month_number
from simulation.errors import InputError

__all__ = [
    "DATA",
    "Trade",
    "UnknownTradeError",
    "annual_allowance_prices",
    "first_month_of",
    "priced_trades",
    "record_months",
    "trade",
]

DATA = Path(__file__).resolve().parent.parent / "data"


class UnknownTradeError(InputError):
    """No real trade has this id."""


class Trade(NamedTuple):
    """One real trade.

    Attributes
    ----------
    trade_id : str
    month : int or None
        Month of the deal.
    province, project, seller, buyer : str
    watershed_km2 : float or None
    accrual_start, accrual_end : int or None
        Years of the crediting period.
    verified_t, traded_t : int or None
        t.
    price_fen : int or None
        fen/t.
    source : str
    """

    trade_id: str
    month: int | None
    province: str
    project: str
    seller: str
    buyer: str
    watershed_km2: float | None
    accrual_start: int | None
    accrual_end: int | None
    verified_t: int | None
    traded_t: int | None
    price_fen: int | None
    source: str


def _rows(name: str, data: Path) -> list[dict[str, str]]:
    path = data / name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8 text"
        raise InputError(
            f"data/{name}: {reason}. Restore it with `git checkout data/{name}`."
        ) from None


@cache
def _trades(data: Path = DATA) -> dict[str, Trade]:
    found = {}
    for row in _rows("trades.csv", data):
        price = row["price_CNY_per_tCO2e"]
        found[row["trade_id"]] = Trade(
            trade_id=row["trade_id"],
            month=month_number(row["date"][:7]) if row["date"] else None,
            province=row["province"],
            project=row["project"],
            seller=row["seller"],
            buyer=row["buyer"],
            watershed_km2=float(row["watershed_area_km2"]) if row["watershed_area_km2"] else None,
            accrual_start=int(row["accrual_start_year"]) if row["accrual_start_year"] else None,
            accrual_end=int(row["accrual_end_year"]) if row["accrual_end_year"] else None,
            verified_t=int(row["verified_tCO2e"]) if row["verified_tCO2e"] else None,
            traded_t=int(row["traded_tCO2e"]) if row["traded_tCO2e"] else None,
            price_fen=round(float(price) * 100) if price else None,
            source=row["source"],
        )
    return found


def trade(trade_id: str) -> Trade:
    """A real trade by its id.

    Parameters
    ----------
    trade_id : str

    Returns
    -------
    Trade

    Raises
    ------
    UnknownTradeError
        When there is no such trade.
    """
    trades = _trades()
    if trade_id not in trades:
        raise UnknownTradeError(
            f"{trade_id!r} is not in data/trades.csv. Give one of: {', '.join(trades)}."
        )
    return trades[trade_id]


def priced_trades() -> list[Trade]:
    """Real trades with a price.

    Returns
    -------
    list of Trade
    """
    return [row for row in _trades().values() if row.price_fen is not None]


@cache
def record_months() -> int:
    """Months from the first to the last dated trade with a price, both included.

    Returns
    -------
    int
    """
    months = [row.month for row in priced_trades() if row.month is not None]
    return max(months) - min(months) + 1


@cache
def annual_allowance_prices() -> dict[int, float]:
    """Volume-weighted mean price of national allowances by year.

    Returns
    -------
    dict
        Year to yuan/t, from data/prices.csv.
    """
    prices = {}
    for row in _rows("prices.csv", DATA):
        named = row["market"] == "China national ETS (CEA)"
        if named and "volume-weighted mean" in row["statistic"] and re.fullmatch(
            r"\d{4}", row["period"]
        ):
            prices[int(row["period"])] = float(row["price"])
    return prices


def first_month_of(year: int) -> int:
    """Month number of January of a year."""
    return month_number(f"{year:04d}-01")
