"""Expectations: what agents believe of the future, one object for all who look ahead.

Who holds a credit compares today with one later month. Without news that month is a horizon away
and the chance of eligibility a prior belief; once a rule is announced that changes what a credit is
worth, and its date lies within the horizon, it is the date, and the chance how far the announcement
is believed.
"""

import math
from typing import Literal

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = [
    "ExpectationParameters",
    "chance_by_then",
    "discounted",
    "months_to_wait",
    "worth_later",
]


class ExpectationParameters(Parameters):
    """Beliefs about eligibility and carbon prices, shared by all agents."""

    foresight: Literal["announced", "perfect"] = param(
        "announced", unit="name", role="uncertainty",
        source="assumption A61: what is announced, or everything that will be",
        label="What agents know of the future", label_zh="主体对未来的认知",
    )
    horizon_months: int = param(
        12, unit="months, 0 for myopic", low=0, high=600, role="uncertainty",
        source="assumption A26",
        label="Months that agents look ahead", label_zh="前瞻月数（0为短视）",
    )
    eligibility_probability: float = param(
        0.1, unit="1", low=0, high=1, role="uncertainty", source="assumption A26",
        label="Believed chance that the credit counts for compliance by then, without news",
        label_zh="无消息时认为届时可用于履约的概率",
    )
    credibility: float = param(
        0.8, unit="1", low=0, high=1, role="uncertainty", source="assumption A60",
        label="Believed chance that an announced rule comes as announced",
        label_zh="对已公布规则如期生效的信任度",
    )
    holding_cost_yuan_per_t_per_year: float = param(
        0.2, unit="yuan/t/year", low=0, high=1000, role="uncertainty", source="assumption A26",
        label="Cost of holding a credit", label_zh="持有成本",
    )
    price_growth_per_year: float = param(
        0.0, unit="1/year", low=-0.5, high=1, role="uncertainty",
        source="myopic: as today; assumption A42",
        label="Expected growth of the carbon price", label_zh="预期碳价年增长率",
    )
    discount_rate_per_year: float = param(
        0.05, unit="1/year", low=0, high=1, role="uncertainty", source="assumption A42",
        label="Firms' discount rate", label_zh="企业贴现率",
    )


@rule
def months_to_wait(month, news_from, horizon):
    """Months until the later month with which today is compared.

    Parameters
    ----------
    month : now
    news_from : month from which an announced rule changes the worth of a credit; 0 where none does
    horizon : months that agents look ahead

    Returns
    -------
    months; those to an announced date within the horizon, otherwise the horizon
    """
    if 0 < news_from - month <= horizon:
        return news_from - month
    return horizon


@rule
def chance_by_then(month, news_from, horizon, prior, credibility):
    """Believed chance that in the later month the rules are the ones looked at.

    Parameters
    ----------
    month, news_from, horizon : see `months_to_wait`
    prior : chance without news: that the credit counts then
    credibility : chance that an announced rule comes as announced

    Returns
    -------
    0 to 1
    """
    if 0 < news_from - month <= horizon:
        return credibility
    return prior


@rule
def discounted(price, discount, years):
    """Today's worth of a price that is known for later.

    Parameters
    ----------
    price : yuan/t, then
    discount : 1/year
    years : until then

    Returns
    -------
    yuan/t
    """
    return price / math.pow(1.0 + discount, years)


@rule
def worth_later(growth, discount, years):
    """Today's worth of a yuan's worth of carbon at the next deadline.

    Parameters
    ----------
    growth, discount : 1/year
    years : to the next deadline

    Returns
    -------
    factor on today's price; above 1 where the price is expected to outgrow the discount rate

    References
    ----------
    Rubin (1996), J. Environmental Economics and Management 31:269, by whom allowances are banked
    until the price rises at the rate of discount; here one growth rate is believed: assumption A42.
    """
    return math.pow((1.0 + growth) / (1.0 + discount), years)
