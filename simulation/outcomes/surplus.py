"""Outcomes of surplus: who gains from trade, and what of it was lost."""

from collections.abc import Callable

from agents.vocabulary import Account, Motive
from simulation.outcomes.money import proceeds
from simulation.outcomes.outcome import Outcome, deals_of, finished_months, yuan
from simulation.state import State

__all__ = ["SURPLUS_OUTCOMES"]


def _buyer_surplus(motive: Motive) -> Callable[[State], float]:
    def of(state: State) -> float:
        deals = deals_of(state)
        deals = deals[deals.motive == motive]
        paid = (deals.price_fen * deals.tonnes + deals.tax_fen).sum()
        return yuan((deals.bid_fen * deals.tonnes).sum() - paid)

    return of


def _seller_surplus(state: State) -> float:
    cost = float(state.rules.verification.cost_yuan_per_t[0])
    # The exchange keeps fees, and differences of price that are no proceeds in the first place.
    fees = state.ledger.fen[Account.EXCHANGE] - state.monthly.price_difference_fen.sum()
    return proceeds(state) - yuan(fees) - cost * int(state.projects.sold_t.sum())


def _efficiency(state: State) -> float | None:
    months = finished_months(state)
    most = float(months.theory_surplus_fen.sum())
    return float(months.surplus_fen.sum()) / most if most > 0.0 else None


def _money(name: str) -> Callable[[State], float]:
    return lambda state: yuan(finished_months(state)[name].sum())


SURPLUS_OUTCOMES = (
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
    Outcome("surplus_yuan", "yuan", "Surplus", "总剩余",
            "true value less true cost of what was traded, less the cost of search and agreement; "
            "who gets it does not matter",
            "成交量的真实价值减去真实成本，再减去搜寻与签约成本；不论归谁所有",
            _money("surplus_fen")),
    Outcome("efficiency_share", "1", "Efficiency", "市场效率",
            "surplus divided by the most that each month's stock and demand allowed; what waits "
            "counts in every month in which it waits",
            "总剩余除以各月存量与需求所允许的最大剩余；等待中的需求在其等待的每个月都计入",
            _efficiency),
    Outcome("transaction_cost_yuan", "yuan", "Cost of search and agreement", "搜寻与签约成本",
            "of the deals that were made", "已成交部分的搜寻与签约成本",
            _money("transaction_cost_fen")),
    Outcome("lost_not_made_yuan", "yuan", "Lost: trades not made", "损失：未达成的交易",
            "surplus out of reach with as few tonnes as were traded, month by month",
            "因成交量不足而未能实现的剩余，按月计",
            _money("lost_not_made_fen")),
    Outcome("lost_wrong_people_yuan", "yuan", "Lost: wrong people", "损失：交易对象错配",
            "surplus that the best buyers would have made of the tonnes traded, less what was made",
            "同样的成交量若归出价最高的买方所能实现的剩余与实际之差",
            _money("lost_wrong_people_fen")),
    Outcome("lost_policy_yuan", "yuan", "Lost: policy", "损失：政策限制",
            "surplus that true values and costs cannot reach under price limits, ticks, lots, "
            "taxes, fees and a reserve held back; what traders do about such a rule counts as "
            "trades not made",
            "按真实价值与成本，因限价、变动价位、交易单位、税费及未投放储备而无法实现的剩余；交易者"
            "对规则作出的反应计入未达成的交易",
            _money("lost_policy_fen")),
)
