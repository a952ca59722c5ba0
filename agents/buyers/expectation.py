"""What firms expect of the price of carbon until the next deadline."""

import math

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = ["ExpectationParameters", "worth_later"]


class ExpectationParameters(Parameters):
    """Expectations of covered firms."""

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
