"""What a credit is expected to be worth to who complies, in the later month that agents look at."""

import math

from agents.compiled import kernel
from agents.expectations import months_to_wait
from simulation.phases.carbon_value import carbon_at, credit_value
from simulation.state import Clock, Prices

__all__ = ["look_ahead", "news_near"]


@kernel
def news_near(clock, expectation):
    """Whether an announced rule that changes the worth of a credit lies within the horizon.

    Parameters
    ----------
    clock : see `State`
    expectation : record of `ExpectationParameters`

    Returns
    -------
    bool
    """
    months = clock[Clock.NEWS_FROM] - clock[Clock.MONTH]
    return 0 < months <= expectation.horizon_months


@kernel
def look_ahead(clock, compliance, regime, penalty, expectation, banking, news, prices):
    """Value of a credit in the later month: of the announced rules, or of today's, did it count.

    Parameters
    ----------
    clock, compliance, regime, penalty, expectation, banking : see `State`
    news : rules of the next announced change, see `State`
    prices : of this month, changed in place

    Notes
    -----
    At today's allowance price, grown at the expected rate.
    """
    wait = months_to_wait(
        clock[Clock.MONTH], clock[Clock.NEWS_FROM], expectation.horizon_months
    )
    allowance = prices[Prices.ALLOWANCE] * math.pow(
        1.0 + expectation.price_growth_per_year, wait / 12.0
    )
    if not news_near(clock, expectation):
        carbon = carbon_at(compliance, regime, penalty, expectation, banking, allowance)
        prices[Prices.CREDIT_THEN] = credit_value(compliance, regime, carbon)
        return
    then, other_regime = news.compliance[0], news.regime[0]
    carbon = carbon_at(
        then, other_regime, news.penalty[0], expectation, news.banking[0], allowance
    )
    prices[Prices.CREDIT_THEN] = 0.0
    if then.eligible:
        prices[Prices.CREDIT_THEN] = credit_value(then, other_regime, carbon)
