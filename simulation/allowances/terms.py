"""Rules of an allowance market: what firms owe, and how they trade."""

from typing import Literal

from agents.parameters import Parameters, param

__all__ = ["RoundRules", "Terms"]


class Terms(Parameters):
    """What firms owe, what it costs to owe it, and how far they plan."""

    penalty_yuan_per_t: float = param(
        0.0, unit="yuan/t, 0 for none", low=0, high=1_000_000, role="lever",
        source="design, section 5; EU 100 euro/t", label="Penalty for a missing tonne",
        label_zh="未清缴罚款",
    )
    make_good: bool = param(
        False, unit="1", role="lever", source="Directive 2003/87/EC, article 16(3)",
        label="Missing tonnes must be made good in the next period", label_zh="欠缴须下期补足",
    )
    believed_next_price_yuan_per_t: float = param(
        0.0, unit="yuan/t", low=0, high=1_000_000, role="uncertainty", source="assumption A34",
        label="Believed price of the next period, where missing tonnes are made good",
        label_zh="下期价格预期（用于补缴）",
    )
    interest_per_period: float = param(
        0.05, unit="1 a period", low=0, high=10, role="uncertainty", source="assumption A33",
        label="Interest of firms", label_zh="企业利率",
    )
    audit_probability: float = param(
        1.0, unit="1", low=0, high=1, role="lever", source="Malik (1990), JEEM 18:97",
        label="Chance that a firm is audited", label_zh="核查概率",
    )
    fine_yuan_per_t: float = param(
        0.0, unit="yuan/t", low=0, high=1_000_000, role="lever",
        source="Stranlund and Dhanda (1999), JEEM 38:267",
        label="Marginal fine for the first tonne in violation, 0 with a rise of 0 for none",
        label_zh="首吨违规的边际罚金",
    )
    fine_rise_yuan_per_t2: float = param(
        0.0, unit="yuan/t per t", low=0, high=1_000_000, role="lever",
        source="Stranlund and Dhanda (1999), JEEM 38:267",
        label="Rise of the marginal fine", label_zh="边际罚金增幅",
    )
    horizon: int = param(
        1, unit="periods", low=1, high=1000, role="uncertainty",
        source="assumption A33; 1 is myopic", label="Periods that a firm plans for, with this one",
        label_zh="企业规划期数（含本期）",
    )
    knows_curves: bool = param(
        False, unit="1", role="uncertainty",
        source="assumption A33; else a firm believes others to be like itself",
        label="Firms plan with the abatement curves of all firms",
        label_zh="企业按全体企业的减排成本曲线规划",
    )
    banking: bool = param(
        True, unit="1", role="lever", source="design, section 5",
        label="Allowances left over are kept for the next period", label_zh="允许配额结转",
    )
    borrow_share: float = param(
        0.0, unit="1", low=0, high=1, role="lever", source="design, section 5",
        label="Share of the next allocation that may be borrowed", label_zh="可预借下期配额比例",
    )


class RoundRules(Parameters):
    """How firms find a price in repeated call auctions."""

    rounds: int = param(
        20, unit="rounds", low=1, high=60, role="lever", source="benchmark B5: at most 20",
        label="Most rounds a period", label_zh="每期最多轮数",
    )
    prices: int = param(
        33, unit="prices", low=3, high=2000, role="uncertainty", source="assumption A35",
        label="Prices for which a firm says what it wants", label_zh="报价点数",
    )
    first_width: float = param(
        0.5, unit="1", low=0.001, high=1, role="uncertainty", source="assumption A35",
        label="Distance of these prices from the last one in the second round, share of it",
        label_zh="第二轮报价区间半宽（占上轮价格）",
    )
    narrowing: float = param(
        0.3, unit="1", low=0.01, high=1, role="uncertainty", source="assumption A35",
        label="Distance of the next round, share of that of the last",
        label_zh="报价区间逐轮收窄系数",
    )
    tolerance: float = param(
        1e-4, unit="1", low=0, high=1, role="design", source="assumption A35",
        label="Residual at which rounds end, share of all allowances", label_zh="停止轮次的残差",
    )
    settles: Literal["each_round", "last_round"] = param(
        "each_round", unit="name", role="lever", source="assumption A35",
        label="Rounds whose deals bind", label_zh="哪些轮次的成交有效",
    )
    cost_yuan_per_t: float = param(
        0.0, unit="yuan/t", low=0, high=100_000, role="uncertainty",
        source="Stavins (1995), JEEM 29:133", label="Buyer's transaction cost",
        label_zh="买方交易成本",
    )
    cost_yuan_per_deal: float = param(
        0.0, unit="yuan", low=0, high=1_000_000_000, role="uncertainty",
        source="Stavins (1995), JEEM 29:133",
        label="Buyer's cost of dealing at all in an auction", label_zh="买方每次成交的固定成本",
    )
