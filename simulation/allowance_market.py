"""The market in which covered firms trade allowances among themselves."""

from typing import Literal

from agents.parameters import Parameters, param

__all__ = ["NOT_FOR_ALLOWANCES", "AllowanceMarketParameters"]

# Pricing rules that rest on a contact network, a lot of its own, a public buyer or the guide price
# of credits.
NOT_FOR_ALLOWANCES = ("bilateral", "one_way_auction", "reverse_auction", "administered")


class AllowanceMarketParameters(Parameters):
    """Allowance market of the firms; read where `allowance_price.path` is ``endogenous``."""

    mechanism: Literal[
        "listing",
        "call_auction",
        "bilateral",
        "pay_as_bid",
        "mcafee",
        "one_way_auction",
        "administered",
        "reverse_auction",
        "continuous",
    ] = param(
        "call_auction", unit="name", role="lever", source="assumption A46",
        label="Pricing rule of the allowance market", label_zh="配额市场定价机制",
    )
    rounds_most: int = param(
        12, unit="rounds", low=1, high=200, role="design", source="assumption A46",
        label="Most rounds of the two markets in a month", label_zh="两市场每月最多轮数",
    )
    tolerance_share: float = param(
        0.001, unit="1", low=0, high=1, role="design", source="assumption A46",
        label="Change of the allowance price at which rounds end",
        label_zh="停止轮次的配额价格变动",
    )
    ladder_share: float = param(
        0.02, unit="1", low=0, high=0.9, role="uncertainty", source="assumption A46",
        label="Distance of the outer steps of an order from the price", label_zh="报价阶梯外侧距离",
    )
    credit_learning: float = param(
        1.0, unit="1", low=0, high=1, role="uncertainty", source="assumption A46",
        label="Speed at which firms learn how many credits they get",
        label_zh="企业对碳信用可得性的学习速度",
    )
    auction_share: float = param(
        0.0, unit="1", low=0, high=1, role="lever",
        source="free allocation in the national market; more paid allocation is planned (facts, "
        "section 3)",
        label="Share of allowances that is auctioned", label_zh="有偿拍卖比例",
    )
    floor_yuan_per_t: float = param(
        0.0, unit="yuan/t", low=0, high=10_000, role="lever",
        source="auction reserve prices abroad (facts, section 4)",
        label="Lowest price of the authority's auction", label_zh="拍卖底价",
    )
    tier_1_yuan_per_t: float = param(
        0.0, unit="yuan/t, 0 for none", low=0, high=10_000, role="lever",
        source="reserve tiers of California (facts, section 4)",
        label="Price of the first reserve tier", label_zh="第一级储备价格",
    )
    tier_1_share: float = param(
        0.0, unit="1", low=0, high=1, role="lever", source="assumption A46",
        label="First reserve tier, share of the year's cap", label_zh="第一级储备占年度总量比例",
    )
    tier_2_yuan_per_t: float = param(
        0.0, unit="yuan/t, 0 for none", low=0, high=10_000, role="lever",
        source="reserve tiers of California (facts, section 4)",
        label="Price of the second reserve tier", label_zh="第二级储备价格",
    )
    tier_2_share: float = param(
        0.0, unit="1", low=0, high=1, role="lever", source="assumption A46",
        label="Second reserve tier, share of the year's cap", label_zh="第二级储备占年度总量比例",
    )
    ceiling_yuan_per_t: float = param(
        0.0, unit="yuan/t, 0 for none", low=0, high=10_000, role="lever",
        source="ceiling of California, cost containment price of Australia (facts, section 4)",
        label="Price at which the authority sells any amount", label_zh="价格上限（无限量出售）",
    )
    reserve_on: bool = param(
        False, unit="1", role="lever", source="market stability reserve (facts, section 4)",
        label="Market stability reserve", label_zh="市场稳定储备",
    )
    reserve_upper_t: float = param(
        1_096_000_000.0, unit="t", low=0, high=1e12, role="lever",
        source="Decision (EU) 2015/1814 as amended by Directive (EU) 2023/959",
        label="Circulation above which a share goes to the reserve",
        label_zh="按比例划入储备的流通量上阈值",
    )
    reserve_middle_t: float = param(
        833_000_000.0, unit="t", low=0, high=1e12, role="lever",
        source="Decision (EU) 2015/1814 as amended by Directive (EU) 2023/959",
        label="Circulation above which the excess goes to the reserve",
        label_zh="超出部分划入储备的流通量阈值",
    )
    reserve_lower_t: float = param(
        400_000_000.0, unit="t", low=0, high=1e12, role="lever",
        source="Decision (EU) 2015/1814 as amended by Directive (EU) 2023/959",
        label="Circulation below which the reserve releases", label_zh="释放储备的流通量下阈值",
    )
    reserve_intake_share: float = param(
        0.24, unit="1", low=0, high=1, role="lever",
        source="Decision (EU) 2015/1814 as amended by Directive (EU) 2023/959",
        label="Share of circulation that goes to the reserve", label_zh="划入储备的流通量比例",
    )
    reserve_release_t: float = param(
        100_000_000.0, unit="t/year", low=0, high=1e12, role="lever",
        source="Decision (EU) 2015/1814 as amended by Directive (EU) 2023/959",
        label="Most that the reserve releases in a year", label_zh="储备每年最多释放量",
    )
    reserve_invalid_above_t: float = param(
        400_000_000.0, unit="t", low=0, high=1e12, role="lever",
        source="held above 400 million is cancelled since 2024 (facts, section 4)",
        label="Reserve above which allowances are cancelled", label_zh="超出即注销的储备量",
    )
