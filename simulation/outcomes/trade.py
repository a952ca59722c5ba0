"""Outcomes of trade: how much, by whom, how soon."""

import numpy as np

from agents.vocabulary import Motive
from simulation.outcomes.outcome import Outcome, column, deals_of, finished_months
from simulation.state import Clock, State

__all__ = ["TRADE_OUTCOMES"]


def _months_with_trade(state: State) -> float | None:
    months = finished_months(state)
    return float((months.deals > 0).mean()) if len(months) else None


def _buyers(state: State) -> int:
    deals = deals_of(state)
    return len(np.unique(deals.buyer_id[deals.motive != Motive.PUBLIC]))


def _months_to_sale(state: State) -> float | None:
    ids = state.projects.agent_id
    deals = deals_of(state)
    deals = deals[np.isin(deals.seller_id, ids)]
    lots = state.verifications[: state.clock[Clock.VERIFICATIONS]]
    lots = lots[lots.issued_month > 0]
    lots = lots[np.lexsort((lots.issued_month, lots.project_id))]
    sold, project = np.zeros(len(ids), dtype=np.int64), np.searchsorted(ids, lots.project_id)
    np.add.at(sold, np.searchsorted(ids, deals.seller_id), deals.tonnes)
    # First in, first out: what was sold is the first of what was issued.
    tonnes = lots.credited_t - lots.buffer_t - lots.levied_t
    before = np.cumsum(tonnes) - tonnes
    before -= before[np.searchsorted(project, project)]
    left = np.clip(sold[project] - before, 0, tonnes)
    waited = int((deals.tonnes * deals.month).sum()) - int((left * lots.issued_month).sum())
    return waited / int(sold.sum()) if len(deals) else None


TRADE_OUTCOMES = (
    Outcome("volume_t", "t", "Traded", "成交量", "credits traded",
            "成交的碳信用量", column("volume_t")),
    Outcome("voluntary_t", "t", "Traded, voluntary", "自愿成交量",
            "credits traded with a voluntary motive",
            "出于自愿动机成交的碳信用量", column("voluntary_t")),
    Outcome("green_reserve_t", "t", "Traded, green reserve", "绿色储备成交量",
            "of these, bought by covered firms in case credits come to count",
            "其中重点排放单位为将来可用于履约而购入的部分", column("green_reserve_t")),
    Outcome("compliance_t", "t", "Traded, compliance", "履约成交量",
            "credits traded with a compliance motive",
            "出于履约动机成交的碳信用量", column("compliance_t")),
    Outcome("quota_t", "t", "Traded, quota", "强制购买成交量",
            "credits traded to meet a purchase quota",
            "为完成强制购买而成交的碳信用量", column("quota_t")),
    Outcome("public_t", "t", "Traded, public", "政府采购量",
            "credits bought by the government, which cancels them",
            "政府购买并取消的碳信用量", column("public_t")),
    Outcome("deals", "deals", "Deals", "成交笔数", "number of deals",
            "成交的笔数", column("deals")),
    Outcome("months_with_trade_share", "1", "Months with trade", "有成交月份占比",
            "share of months in which at least one deal was struck",
            "至少有一笔成交的月份所占比例",
            _months_with_trade),
    Outcome("buyers", "firms", "Buyers", "买方数", "firms that bought at least once",
            "至少购买过一次的企业数", _buyers),
    Outcome("months_to_sale", "months", "Time to sale", "售出所需时间",
            "mean wait between issue and sale over the tonnes sold, first in, first out; what is "
            "never sold has no say",
            "已售碳信用从签发到售出的平均时间（按数量加权，先进先出）；未售出的不计",
            _months_to_sale),
    Outcome("reserve_sold_t", "t", "Sold from the reserve", "储备投放量",
            "credits that the government sold from its reserve at the soft ceiling",
            "政府按软上限价从储备中售出的碳信用量", column("reserve_sold_t")),
    Outcome("refused_t", "t", "Orders refused", "无效报单量",
            "credits in orders outside the price limits or below a lot, summed over months",
            "超出限价或不足一个交易单位的报单量，各月合计", column("refused_t")),
)
