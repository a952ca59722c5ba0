"""The voluntary motive: occasions, their size and what the firm would pay."""

import math
from typing import Self

from pydantic import model_validator

from agents.compiled import rule
from agents.parameters import Parameters, param
from agents.vocabulary import Occasion

__all__ = [
    "VoluntaryParameters",
    "affordable_tonnes",
    "occasion_arises",
    "occasion_kind",
    "occasion_tonnes",
    "voluntary_limit",
    "willingness_to_pay",
]


class VoluntaryParameters(Parameters):
    """Voluntary demand of all firms."""

    demand_scale: float = param(
        1.0, unit="1", low=0, high=1000, role="uncertainty", source="assumption A11",
        label="Scale of the rate of voluntary occasions", label_zh="自愿购买频率系数",
    )
    willingness_scale: float = param(
        1.0, unit="1", low=0, high=100, role="uncertainty", source="assumption A11",
        label="Scale of willingness to pay", label_zh="支付意愿系数",
    )
    neutrality_weight: float = param(
        0.4, unit="1", low=0, high=100, role="uncertainty", source="assumption A11",
        label="Weight: neutral events and products", label_zh="权重：活动与产品中和",
    )
    footprint_weight: float = param(
        0.3, unit="1", low=0, high=100, role="uncertainty",
        source="export customers asking for footprints (Yunnan deal); weight is assumption A11",
        label="Weight: export footprint", label_zh="权重：出口碳足迹",
    )
    local_weight: float = param(
        0.2, unit="1", low=0, high=100, role="uncertainty",
        source="local support (Xichuan deal); weight is assumption A11",
        label="Weight: local support", label_zh="权重：支持本地",
    )
    collateral_weight: float = param(
        0.1, unit="1", low=0, high=100, role="uncertainty",
        source="credits pledged for green loans (Jinzhai deal); weight is assumption A11",
        label="Weight: loan collateral", label_zh="权重：质押融资",
    )
    green_reserve_weight: float = param(
        0.0, unit="1", low=0, high=100, role="uncertainty",
        source="a purchase named a green reserve (Xichuan deal); weight is assumption A54",
        label="Weight: green reserve of covered firms, while credits do not count",
        label_zh="权重：重点排放单位的绿色储备（尚不可履约时）",
    )
    green_reserve_months: int = param(
        60, unit="months", low=1, high=600, role="uncertainty", source="assumption A54",
        label="Months a green reserve is kept for eligibility", label_zh="绿色储备保留月数",
    )
    collateral_premium: float = param(
        1.0, unit="1", low=-1, high=20, role="uncertainty",
        source="81 yuan against about 38 elsewhere (deal AH-2024-01); A11",
        label="Premium for collateral", label_zh="质押溢价",
    )
    local_premium: float = param(
        0.0, unit="1", low=-1, high=20, role="uncertainty", source="assumption A11",
        label="Premium for local support", label_zh="支持本地溢价",
    )
    willingness_deviation: float = param(
        0.35, unit="1", low=0, high=3, role="uncertainty", source="assumption A11",
        label="Spread of willingness to pay between occasions", label_zh="各次购买意愿离散度",
    )
    size_deviation: float = param(
        0.8, unit="1", low=0, high=3, role="uncertainty", source="assumption A11",
        label="Spread of occasion sizes", label_zh="购买规模离散度",
    )
    occasion_months: int = param(
        6, unit="months", low=1, high=120, role="uncertainty", source="assumption A11",
        label="Months an occasion stays open", label_zh="购买意向持续月数",
    )
    loan_months: int = param(
        24, unit="months", low=1, high=360, role="uncertainty", source="assumption A11",
        label="Months of a loan on collateral", label_zh="质押贷款月数",
    )
    peer_weight: float = param(
        0.3, unit="1", low=0, high=10, role="uncertainty", source="assumption A12",
        label="Peer influence on willingness to pay", label_zh="同行影响强度",
    )
    peer_months: int = param(
        12, unit="months", low=1, high=120, role="uncertainty", source="assumption A12",
        label="Months a peer's purchase is remembered", label_zh="同行购买记忆月数",
    )
    budget_yuan_per_t: float = param(
        3.0, unit="yuan per t emitted", low=0, high=10_000, role="uncertainty",
        source="assumption A13",
        label="Yearly voluntary budget", label_zh="年度自愿购买预算",
    )
    subsidy_yuan_per_t: float = param(
        0.0, unit="yuan/t", low=0, high=1000, role="lever",
        source="none found for these credits (facts, section 6)",
        label="Subsidy to voluntary buyers", label_zh="自愿购买补贴",
    )

    @model_validator(mode="after")
    def _some_kind(self) -> Self:
        # Not the green reserve: only some firms have it, and only for a time.
        kinds = ("neutrality_weight", "footprint_weight", "local_weight", "collateral_weight")
        if not any(getattr(self, name) for name in kinds):
            raise ValueError(f"{', '.join(kinds)} are all 0; give one kind of occasion a weight")
        return self


@rule
def occasion_arises(rate, uniform):
    """Whether a voluntary occasion arises this month.

    Parameters
    ----------
    rate : occasions a year
    uniform : draw, 0 to 1

    Returns
    -------
    bool, true with the probability that a Poisson process has at least one arrival in a month
    """
    expected = rate / 12.0
    # The chance is never above the expected number: most draws need no exponential.
    return uniform < expected and uniform < 1.0 - math.exp(-expected)


@rule
def occasion_kind(neutrality, footprint, local, collateral, green_reserve, uniform):
    """Kind of an occasion.

    Parameters
    ----------
    neutrality, footprint, local, collateral, green_reserve : weights, not all 0
    uniform : draw, 0 to 1

    Returns
    -------
    Occasion code
    """
    point = uniform * (neutrality + footprint + local + collateral + green_reserve)
    if point < neutrality:
        return Occasion.NEUTRALITY.value
    if point < neutrality + footprint:
        return Occasion.FOOTPRINT.value
    if point < neutrality + footprint + local:
        return Occasion.LOCAL_SUPPORT.value
    if green_reserve <= 0.0 or point < neutrality + footprint + local + collateral:
        return Occasion.COLLATERAL.value
    return Occasion.GREEN_RESERVE.value


@rule
def occasion_tonnes(median, deviation, normal):
    """Size of an occasion.

    Parameters
    ----------
    median : t
    deviation : standard deviation of the logarithm
    normal : standard normal draw

    Returns
    -------
    t, lognormal
    """
    return median * math.exp(deviation * normal)


@rule
def willingness_to_pay(median, premium, deviation, normal):
    """What a firm would pay for a tonne on this occasion.

    Parameters
    ----------
    median : of the firm, yuan/t
    premium : of the kind of occasion
    deviation : standard deviation of the logarithm
    normal : standard normal draw

    Returns
    -------
    yuan/t, lognormal around the median with its premium
    """
    return median * (1.0 + premium) * math.exp(deviation * normal)


@rule
def voluntary_limit(willingness, peer_share, peer_weight, subsidy):
    """Limit price of a voluntary order.

    Parameters
    ----------
    willingness : drawn for the occasion, yuan/t
    peer_share : share of linked firms that bought lately, 0 to 1
    peer_weight : effect when all of them did
    subsidy : paid to the buyer, yuan/t

    Returns
    -------
    yuan/t
    """
    return willingness * (1.0 + peer_weight * peer_share) + subsidy


@rule
def affordable_tonnes(wanted, budget, limit):
    """Tonnes that the appropriation left this year pays for at the limit price.

    Parameters
    ----------
    wanted : t
    budget : fen
    limit : fen/t

    Returns
    -------
    t, at most what is wanted
    """
    if limit <= 0:
        return 0
    return min(wanted, budget // limit)
