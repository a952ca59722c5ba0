"""Phases ``move_allowance_price`` and ``report_emissions``: the world outside, and the new year."""

from agents.buyers.compliance import offset_room
from agents.buyers.emissions import abated_share, abatement_cost, next_activity
from agents.buyers.quota import quota_owed
from agents.compiled import kernel
from agents.quantities import to_fen, to_tonnes
from simulation.allowance_price import next_allowance_price
from simulation.draws import ALLOWANCE_PRICE, EMISSIONS, normal_quantile, uniform
from simulation.state import Clock, Prices

__all__ = ["move_allowance_price", "report_emissions"]


@kernel
def move_allowance_price(clock, allowance_price, compliance, historical_price, prices, monthly):
    """The allowance price moves.

    Parameters
    ----------
    clock, allowance_price, compliance, historical_price, prices, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    place = month - clock[Clock.FIRST]
    luck = normal_quantile(uniform(clock[Clock.SEED], ALLOWANCE_PRICE, month, 0, 0))
    prices[Prices.ALLOWANCE] = next_allowance_price(
        allowance_price.path, prices[Prices.ALLOWANCE], allowance_price.price_yuan_per_t,
        historical_price[place], allowance_price.growth_per_year, place / 12.0,
        allowance_price.reversion_per_year, allowance_price.volatility_per_year, luck,
    )
    monthly[place].allowance_price = prices[Prices.ALLOWANCE]
    monthly[place].eligible = compliance.eligible


@kernel
def report_emissions(clock, emissions, voluntary, compliance, quota, prices, firms):
    """In January: last year's verified emissions, this year's obligation and budget.

    Parameters
    ----------
    clock, emissions, voluntary, compliance, quota, prices, firms : see `State`
    """
    month = clock[Clock.MONTH]
    if month % 12 != 0:
        return
    for index in range(len(firms)):
        firm = firms[index]
        if firm.covered:
            share = abated_share(
                prices[Prices.ALLOWANCE], firm.abatement_slope, emissions.abatement_limit
            )
            firm.abated_t = firm.activity_t * share
            firm.abatement_cost += abatement_cost(share, firm.abatement_slope, firm.activity_t)
            firm.emissions_t = to_tonnes(firm.activity_t * (1.0 - share))
            firm.allocation_t += to_tonnes(firm.free_share * firm.activity_t)
            # Added, not set: where the deadline was moved, last year's obligation is still open.
            firm.obligation_t += firm.emissions_t
            firm.room_t = offset_room(
                firm.obligation_t, compliance.offset_limit * compliance.room_share,
                compliance.discount_ratio,
            )
        else:
            firm.emissions_t = to_tonnes(firm.activity_t)
        if quota.share <= 0.0:
            # What a lifted quota asked for is no longer owed.
            firm.quota_owed_t = 0
        elif firm.under_quota:
            firm.quota_owed_t += quota_owed(
                firm.emissions_t, quota.share, quota.threshold_t_per_year
            )
        luck = normal_quantile(
            uniform(clock[Clock.SEED], EMISSIONS, month, firm.agent_id, 0)
        )
        firm.activity_t = next_activity(
            firm.activity_t, firm.growth_per_year, emissions.shock_deviation, luck
        )
        firm.budget_fen = to_fen(firm.activity_t * voluntary.budget_yuan_per_t)
