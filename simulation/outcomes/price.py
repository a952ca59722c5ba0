"""Outcomes of price: level and dispersion, over all deals and by motive."""

from collections.abc import Callable

import numpy as np

from agents.vocabulary import Motive
from simulation.outcomes.outcome import Outcome, deals_of
from simulation.reference_data import record_months
from simulation.state import Clock, State

__all__ = ["PRICE_OUTCOMES"]


def _mean_price(state: State, motive: Motive | None = None) -> float | None:
    deals = deals_of(state)
    if motive is not None:
        deals = deals[deals.motive == motive]
    tonnes = int(deals.tonnes.sum())
    return int((deals.tonnes * deals.price_fen).sum()) / tonnes / 100.0 if tonnes else None


def _deviation(motive: Motive) -> Callable[[State], float | None]:
    def of(state: State) -> float | None:
        deals = deals_of(state)
        deals = deals[deals.motive == motive]
        if not len(deals):
            return None
        mean = np.average(deals.price_fen, weights=deals.tonnes)
        square = np.average((deals.price_fen - mean) ** 2, weights=deals.tonnes)
        return float(np.sqrt(square)) / 100.0

    return of


def _median_price(state: State) -> float | None:
    deals = deals_of(state)
    return float(np.median(deals.price_fen)) / 100.0 if len(deals) else None


def _early_median_price(state: State) -> float | None:
    deals = deals_of(state)
    early = deals.month < state.clock[Clock.FIRST] + record_months()
    return float(np.median(deals.price_fen[early])) / 100.0 if early.any() else None


PRICE_OUTCOMES = (
    Outcome("price_yuan_per_t", "yuan/t", "Price", "成交均价",
            "volume-weighted mean over all deals; none where there was no deal",
            "全部成交按数量加权的均价；无成交则无", _mean_price),
    Outcome("voluntary_price_yuan_per_t", "yuan/t", "Price, voluntary", "自愿成交均价",
            "volume-weighted mean over voluntary deals",
            "自愿成交按数量加权的均价",
            lambda state: _mean_price(state, Motive.VOLUNTARY)),
    Outcome("compliance_price_yuan_per_t", "yuan/t", "Price, compliance", "履约成交均价",
            "volume-weighted mean over compliance deals",
            "履约成交按数量加权的均价",
            lambda state: _mean_price(state, Motive.COMPLIANCE)),
    Outcome("quota_price_yuan_per_t", "yuan/t", "Price, quota", "强制购买成交均价",
            "volume-weighted mean over deals that meet a purchase quota",
            "强制购买成交按数量加权的均价",
            lambda state: _mean_price(state, Motive.QUOTA)),
    Outcome("price_median_yuan_per_t", "yuan/t", "Median price", "成交价中位数",
            "median over deals, whatever their size",
            "各笔成交价的中位数，不论数量", _median_price),
    Outcome("early_price_median_yuan_per_t", "yuan/t", "Median price, first months",
            "初期成交价中位数",
            "median over the deals of the first months, as many as the record of real trades spans",
            "最初若干月成交价的中位数，月数与真实交易记录的跨度相同",
            _early_median_price),
    Outcome("voluntary_price_deviation_yuan_per_t", "yuan/t", "Price dispersion, voluntary",
            "自愿成交价离散度", "volume-weighted standard deviation over voluntary deals",
            "自愿成交价按数量加权的标准差",
            _deviation(Motive.VOLUNTARY)),
    Outcome("compliance_price_deviation_yuan_per_t", "yuan/t", "Price dispersion, compliance",
            "履约成交价离散度", "volume-weighted standard deviation over compliance deals",
            "履约成交价按数量加权的标准差",
            _deviation(Motive.COMPLIANCE)),
    Outcome("quota_price_deviation_yuan_per_t", "yuan/t", "Price dispersion, quota",
            "强制购买成交价离散度", "volume-weighted standard deviation over quota deals",
            "强制购买成交价按数量加权的标准差",
            _deviation(Motive.QUOTA)),
)
