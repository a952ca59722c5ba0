"""Money back into the watershed: the earmarked account and new treatment."""

import math

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = ["ReinvestmentParameters", "earmarked", "new_area"]


class ReinvestmentParameters(Parameters):
    """Earmarking of proceeds and new treatment."""

    earmarked_share: float = param(
        0.5, unit="1", low=0, high=1, role="lever", source="assumption A9",
        label="Share of proceeds for the watershed", label_zh="收益返还流域比例",
    )
    treatment_cost_yuan_per_ha: float = param(
        8800.0, unit="yuan/ha", low=1, high=1e7, role="uncertainty",
        source="0.88 million yuan/km2, a Fujian county (bbs.zajihe.com/thread-14610-1-1.html)",
        label="Cost of treatment", label_zh="治理成本",
    )
    public_share: float = param(
        0.0, unit="1", low=0, high=0.99, role="lever", source="assumption A9",
        label="Share of treatment paid by public money", label_zh="财政补助比例",
    )
    smallest_area_ha: float = param(
        10.0, unit="ha", low=0.1, high=1e6, role="uncertainty", source="assumption A9",
        label="Smallest area treated at once", label_zh="最小治理面积",
    )
    planting_month: int = param(
        3, unit="month of the year", low=1, high=12, role="design", source="assumption A9",
        label="Planting month", label_zh="造林月份",
    )


@rule
def earmarked(proceeds, share):
    """Part of the proceeds that goes to the watershed account.

    Parameters
    ----------
    proceeds : fen
    share : 0 to 1

    Returns
    -------
    fen, rounded down
    """
    return math.floor(proceeds * share)


@rule
def new_area(fund, treatable, cost, public_share, smallest):
    """Area treated with the money of the watershed account.

    Parameters
    ----------
    fund : yuan on the account
    treatable : ha left to treat
    cost : yuan/ha
    public_share : share of the cost that public money pays
    smallest : ha, below which no work starts

    Returns
    -------
    ha; 0 where money or land does not reach the smallest area
    """
    area = min(fund / (cost * (1.0 - public_share)), treatable)
    if area < smallest:
        return 0.0
    return area
