"""Outcomes of money: what sellers, watersheds and the treasury get."""

from agents.vocabulary import Account
from simulation.outcomes.outcome import Outcome, column, yuan
from simulation.state import Clock, State

__all__ = ["MONEY_OUTCOMES", "proceeds"]


def proceeds(state: State) -> float:
    """Money that sellers get for credits, yuan."""
    monthly = state.monthly
    return yuan(
        monthly.value_fen.sum() - monthly.price_difference_fen.sum()
        - monthly.reserve_value_fen.sum()
    )


def _per_km2(state: State) -> float | None:
    area = float(state.stands.area_ha[: state.clock[Clock.STANDS]].sum()) / 100.0
    return proceeds(state) / area if area > 0 else None


def _fund_balance(state: State) -> float:
    return yuan(state.ledger.fen[state.projects.fund_account].sum())


MONEY_OUTCOMES = (
    Outcome("proceeds_yuan", "yuan", "Proceeds", "销售收入", "money that sellers get for credits",
            "卖方出售碳信用所得的金额", proceeds),
    Outcome("proceeds_yuan_per_km2", "yuan/km2", "Proceeds per area", "单位面积收入",
            "money that sellers get for credits, for each square kilometre treated by the end",
            "卖方出售碳信用所得的金额，除以期末治理面积（平方公里）", _per_km2),
    Outcome("price_difference_yuan", "yuan", "Price difference", "买卖价差",
            "kept by the exchange where a buyer pays more than the seller gets",
            "买方付款高于卖方所得时由交易所保留的差额",
            lambda state: yuan(state.monthly.price_difference_fen.sum())),
    Outcome("penalties_yuan", "yuan", "Penalties and charges", "罚款与费用",
            "paid to the treasury for emissions not covered and quota not bought",
            "因排放未覆盖和强制购买未完成而向财政缴纳的金额",
            lambda state: yuan(state.monthly.penalties_fen.sum())),
    Outcome("government_balance_yuan", "yuan", "Government balance", "财政收支",
            "penalties, fines, carbon tax, transaction tax and sales from the reserve, less "
            "subsidies, public purchases and the public share of treatment",
            "罚款（含违规罚款）、碳税、交易税与储备投放收入减去补贴、政府采购和治理的财政分担",
            lambda state: yuan(state.ledger.fen[Account.TREASURY])),
    Outcome("public_spending_yuan", "yuan", "Public purchases", "政府采购支出",
            "paid by the government for credits", "政府购买碳信用的支出",
            lambda state: yuan(state.monthly.public_value_fen.sum())),
    Outcome("subsidies_yuan", "yuan", "Subsidies", "补贴", "paid to voluntary buyers",
            "付给自愿买方的补贴", lambda state: yuan(state.monthly.subsidies_fen.sum())),
    Outcome("watershed_received_yuan", "yuan", "Watershed received", "流域账户收入",
            "proceeds paid into the watershed accounts",
            "从销售收入划入流域账户的金额",
            lambda state: yuan(state.projects.earmarked_fen.sum())),
    Outcome("watershed_spent_yuan", "yuan", "Watershed spent", "流域治理支出",
            "watershed money spent on new treatment",
            "流域账户用于新增治理的支出",
            lambda state: yuan(state.projects.treatment_fen.sum())),
    Outcome("watershed_balance_yuan", "yuan", "Watershed balance", "流域账户余额",
            "left on the watershed accounts at the end",
            "期末流域账户余额", _fund_balance),
    Outcome("new_area_ha", "ha", "Newly treated", "新增治理面积",
            "land treated with watershed money",
            "由流域账户出资治理的土地", column("new_area_ha", float)),
    Outcome("quota_lacking_t", "t", "Quota not bought", "未完成的强制购买量",
            "tonnes of quota for which the charge was paid",
            "已为之缴费的强制购买缺口", column("quota_lacking_t")),
    Outcome("shortfall_t", "t", "Shortfall", "履约缺口",
            "emissions left uncovered, in truth, and not made good later",
            "未覆盖且未补足的排放（真实值）",
            lambda state: int((state.firms.shortfall_t - state.firms.owed_anew_t).sum())),
    Outcome("transaction_tax_yuan", "yuan", "Transaction tax", "交易税",
            "paid to the treasury on deals, by buyers", "买方因成交向财政缴纳的税",
            lambda state: yuan(state.monthly.transaction_tax_fen.sum())),
)
