"""Outcomes of a run: what is reported, in which unit, and what it means."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from agents.registry.ledger import ISSUED, REFUSED, final_tonnes
from agents.vocabulary import Account, CreditState, Motive, Purpose
from simulation.reference_data import record_months
from simulation.state import Clock, State

__all__ = ["OUTCOMES", "Outcome", "finished_months", "measure"]


class Outcome(NamedTuple):
    """One number that a run is judged by.

    Attributes
    ----------
    name : str
        Key in JSON and tables; units last.
    unit : str
    label, label_zh : str
        What people read.
    meaning, meaning_zh : str
        How it is computed.
    of : callable
        State to a number; ``None`` where it does not exist, as the price of a run without trade.
    """

    name: str
    unit: str
    label: str
    label_zh: str
    meaning: str
    meaning_zh: str
    of: Callable[[State], float | int | None]


def finished_months(state: State) -> np.recarray:
    """Rows of the months that have ended.

    Parameters
    ----------
    state : State

    Returns
    -------
    numpy.recarray
    """
    return state.monthly[: state.clock[Clock.MONTH] - state.clock[Clock.FIRST]]


def _months_with_trade(state: State) -> float | None:
    months = finished_months(state)
    return float((months.deals > 0).mean()) if len(months) else None


def _deals(state: State) -> np.recarray:
    return state.deals[: state.clock[Clock.DEALS]]


def _yuan(fen: int) -> float:
    return int(fen) / 100.0


def _mean_price(state: State, motive: Motive | None = None) -> float | None:
    deals = _deals(state)
    if motive is not None:
        deals = deals[deals.motive == motive]
    tonnes = int(deals.tonnes.sum())
    return int((deals.tonnes * deals.price_fen).sum()) / tonnes / 100.0 if tonnes else None


def _deviation(motive: Motive) -> Callable[[State], float | None]:
    def of(state: State) -> float | None:
        deals = _deals(state)
        deals = deals[deals.motive == motive]
        if not len(deals):
            return None
        mean = np.average(deals.price_fen, weights=deals.tonnes)
        square = np.average((deals.price_fen - mean) ** 2, weights=deals.tonnes)
        return float(np.sqrt(square)) / 100.0

    return of


def _buyer_surplus(motive: Motive) -> Callable[[State], float]:
    def of(state: State) -> float:
        deals = _deals(state)
        deals = deals[deals.motive == motive]
        return _yuan(((deals.bid_fen - deals.price_fen) * deals.tonnes).sum())

    return of


def _proceeds(state: State) -> float:
    monthly = state.monthly
    return _yuan(monthly.value_fen.sum() - monthly.price_difference_fen.sum())


def _seller_surplus(state: State) -> float:
    rules = state.rules
    paid = _yuan(state.monthly.value_fen.sum())
    # Fees, and what buyers paid beyond the sellers' price.
    kept = _yuan(state.ledger.fen[Account.EXCHANGE])
    volume = int(state.monthly.volume_t.sum())
    return paid - kept - float(rules.verification.cost_yuan_per_t[0]) * volume


def _per_km2(state: State) -> float | None:
    area = float(state.stands.area_ha[: state.clock[Clock.STANDS]].sum()) / 100.0
    return _proceeds(state) / area if area > 0 else None


def _median_price(state: State) -> float | None:
    deals = _deals(state)
    return float(np.median(deals.price_fen)) / 100.0 if len(deals) else None


def _early_median_price(state: State) -> float | None:
    deals = _deals(state)
    early = deals.month < state.clock[Clock.FIRST] + record_months()
    return float(np.median(deals.price_fen[early])) / 100.0 if early.any() else None


def _soil_share(state: State) -> float | None:
    measured = float(state.projects.measured_t.sum())
    return float(state.projects.measured_soil_t.sum()) / measured if measured > 0 else None


def _in_state(state: State, credit_state: CreditState) -> int:
    return int(state.ledger.tonnes[:, credit_state].sum())


def _buyers(state: State) -> int:
    deals = _deals(state)
    return len(np.unique(deals.buyer_id[deals.motive != Motive.PUBLIC]))


def _retired(purpose: Purpose) -> Callable[[State], int]:
    return lambda state: final_tonnes(state.ledger, CreditState.RETIRED, purpose)


def _column(name: str, kind: type = int) -> Callable[[State], float | int]:
    return lambda state: kind(state.monthly[name].sum())


def _fund_balance(state: State) -> float:
    return _yuan(state.ledger.fen[state.projects.fund_account].sum())


OUTCOMES = (
    Outcome("removed_t", "t", "Removed", "实际碳汇量",
            "stored in plants and soil during the run, against no treatment",
            "运行期内林草与土壤相对于不治理所多储存的碳",
            _column("removed_t", float)),
    Outcome("verified_t", "t", "Verified", "核查量", "measured by finished verifications",
            "已完成核查的测量量",
            _column("verified_t")),
    Outcome("issued_t", "t", "Issued", "签发量", "credits issued, buffer included",
            "签发的信用量，含缓冲池",
            lambda state: int(state.ledger.counters[ISSUED])),
    Outcome("soil_share", "1", "Soil share", "土壤占比",
            "soil part of the removal covered by verification",
            "核查所涵盖的碳汇中土壤所占比例", _soil_share),
    Outcome("volume_t", "t", "Traded", "成交量", "credits traded",
            "成交的信用量", _column("volume_t")),
    Outcome("voluntary_t", "t", "Traded, voluntary", "自愿成交量",
            "credits traded with a voluntary motive",
            "出于自愿动机成交的信用量", _column("voluntary_t")),
    Outcome("compliance_t", "t", "Traded, compliance", "履约成交量",
            "credits traded with a compliance motive",
            "出于履约动机成交的信用量", _column("compliance_t")),
    Outcome("quota_t", "t", "Traded, quota", "强制购买成交量",
            "credits traded to meet a purchase quota",
            "为完成强制购买而成交的信用量", _column("quota_t")),
    Outcome("public_t", "t", "Traded, public", "政府采购量",
            "credits bought by the government, which cancels them",
            "政府购买并取消的信用量", _column("public_t")),
    Outcome("deals", "deals", "Deals", "成交笔数", "number of deals",
            "成交的笔数", _column("deals")),
    Outcome("months_with_trade_share", "1", "Months with trade", "有成交月份占比",
            "share of months in which at least one deal was struck",
            "至少有一笔成交的月份所占比例",
            _months_with_trade),
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
    Outcome("proceeds_yuan", "yuan", "Proceeds", "销售收入", "money that sellers get for credits",
            "卖方出售信用所得的金额", _proceeds),
    Outcome("proceeds_yuan_per_km2", "yuan/km2", "Proceeds per area", "单位面积收入",
            "money that sellers get for credits, for each square kilometre treated by the end",
            "卖方出售信用所得的金额，除以期末治理面积（平方公里）", _per_km2),
    Outcome("price_difference_yuan", "yuan", "Price difference", "买卖价差",
            "kept by the exchange where a buyer pays more than the seller gets",
            "买方付款高于卖方所得时由交易所保留的差额",
            lambda state: _yuan(state.monthly.price_difference_fen.sum())),
    Outcome("seller_surplus_yuan", "yuan", "Seller surplus", "卖方剩余",
            "proceeds less fees and the verification cost of the tonnes sold",
            "销售收入减去手续费和所售吨数的核查成本", _seller_surplus),
    Outcome("voluntary_surplus_yuan", "yuan", "Buyer surplus, voluntary", "自愿买方剩余",
            "limit price less price, over voluntary deals",
            "自愿成交中限价与成交价之差", _buyer_surplus(Motive.VOLUNTARY)),
    Outcome("compliance_surplus_yuan", "yuan", "Buyer surplus, compliance", "履约买方剩余",
            "limit price less price, over compliance deals: cost of compliance saved",
            "履约成交中限价与成交价之差，即节省的履约成本",
            _buyer_surplus(Motive.COMPLIANCE)),
    Outcome("quota_surplus_yuan", "yuan", "Buyer surplus, quota", "强制购买买方剩余",
            "limit price less price, over quota deals: charge saved",
            "强制购买成交中限价与成交价之差，即节省的费用",
            _buyer_surplus(Motive.QUOTA)),
    Outcome("penalties_yuan", "yuan", "Penalties and charges", "罚款与费用",
            "paid to the treasury for emissions not covered and quota not bought",
            "因排放未覆盖和强制购买未完成而向财政缴纳的金额",
            lambda state: _yuan(state.monthly.penalties_fen.sum())),
    Outcome("government_balance_yuan", "yuan", "Government balance", "财政收支",
            "penalties less subsidies, public purchases and the public share of treatment",
            "罚款收入减去补贴、政府采购和治理的财政分担",
            lambda state: _yuan(state.ledger.fen[Account.TREASURY])),
    Outcome("public_spending_yuan", "yuan", "Public purchases", "政府采购支出",
            "paid by the government for credits", "政府购买信用的支出",
            lambda state: _yuan(state.monthly.public_value_fen.sum())),
    Outcome("subsidies_yuan", "yuan", "Subsidies", "补贴", "paid to voluntary buyers",
            "付给自愿买方的补贴", lambda state: _yuan(state.monthly.subsidies_fen.sum())),
    Outcome("licensed_t", "t", "Emissions licensed", "允许的排放",
            "emissions that surrendered credits covered in the place of allowances",
            "清缴信用代替配额所覆盖的排放",
            lambda state: int(state.firms.credited_t.sum())),
    Outcome("buyers", "firms", "Buyers", "买方数", "firms that bought at least once",
            "至少购买过一次的企业数", _buyers),
    Outcome("retired_own_emissions_t", "t", "Retired for own emissions", "注销：抵销自身排放",
            "retired by voluntary buyers for their own emissions",
            "自愿买方为抵销自身排放而注销",
            _retired(Purpose.OWN_EMISSIONS)),
    Outcome("retired_local_support_t", "t", "Retired in local support", "注销：支持本地",
            "retired by voluntary buyers in support of the place",
            "自愿买方为支持当地而注销",
            _retired(Purpose.LOCAL_SUPPORT)),
    Outcome("retired_compliance_t", "t", "Retired for compliance", "注销：履约",
            "surrendered against an obligation",
            "用于清缴履约义务", _retired(Purpose.COMPLIANCE)),
    Outcome("retired_quota_t", "t", "Retired for a quota", "注销：强制购买",
            "retired to meet a purchase quota; licenses no emissions",
            "为完成强制购买而注销，不允许任何排放", _retired(Purpose.QUOTA)),
    Outcome("quota_lacking_t", "t", "Quota not bought", "未完成的强制购买量",
            "tonnes of quota for which the charge was paid",
            "已为之缴费的强制购买缺口", _column("quota_lacking_t")),
    Outcome("held_t", "t", "Held", "持有量", "held at the end of the run",
            "期末持有量",
            lambda state: _in_state(state, CreditState.HELD)),
    Outcome("escrow_t", "t", "In escrow", "挂牌冻结量", "offered and not sold at the end",
            "期末已挂出而未售出的量",
            lambda state: _in_state(state, CreditState.ESCROW)),
    Outcome("pledged_t", "t", "Pledged", "质押量", "collateral at the end of the run",
            "期末作为质押物的量",
            lambda state: _in_state(state, CreditState.PLEDGED)),
    Outcome("buffer_t", "t", "Buffer pool", "缓冲池", "in the buffer pool at the end",
            "期末在缓冲池中的量",
            lambda state: _in_state(state, CreditState.BUFFER)),
    Outcome("cancelled_t", "t", "Cancelled", "取消量", "cancelled during the run",
            "运行期内取消的量",
            lambda state: _in_state(state, CreditState.CANCELLED)),
    Outcome("watershed_received_yuan", "yuan", "Watershed received", "流域账户收入",
            "proceeds paid into the watershed accounts",
            "从销售收入划入流域账户的金额",
            lambda state: _yuan(state.projects.earmarked_fen.sum())),
    Outcome("watershed_spent_yuan", "yuan", "Watershed spent", "流域治理支出",
            "watershed money spent on new treatment",
            "流域账户用于新增治理的支出",
            lambda state: _yuan(state.projects.treatment_fen.sum())),
    Outcome("watershed_balance_yuan", "yuan", "Watershed balance", "流域账户余额",
            "left on the watershed accounts at the end",
            "期末流域账户余额", _fund_balance),
    Outcome("new_area_ha", "ha", "Newly treated", "新增治理面积",
            "land treated with watershed money",
            "由流域账户出资治理的土地", _column("new_area_ha", float)),
    Outcome("shortfall_t", "t", "Shortfall", "履约缺口", "emissions left uncovered",
            "未覆盖的排放",
            _column("shortfall_t")),
    Outcome("refusals", "1", "Refusals", "登记机构拒绝次数", "requests the registry refused",
            "登记机构拒绝的请求次数",
            lambda state: int(state.ledger.counters[REFUSED:].sum())),
)


def measure(state: State) -> dict[str, float | int | None]:
    """Every outcome of a run.

    Parameters
    ----------
    state : State

    Returns
    -------
    dict
        Name to number, in the order of `OUTCOMES`.
    """
    return {outcome.name: outcome.of(state) for outcome in OUTCOMES}
