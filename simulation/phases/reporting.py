"""Phases ``move_allowance_price`` and ``report_emissions``: the world outside, and the new year."""

from agents.buyers.compliance import offset_room
from agents.buyers.emissions import next_activity
from agents.buyers.quota import quota_owed
from agents.buyers.regime import (
    emissions_owed,
    free_allocation,
    frozen_activity,
    price_of_emitting,
    regime_limit,
)
from agents.compiled import kernel
from agents.quantities import to_fen, to_tonnes
from agents.vocabulary import Regime
from simulation.allowance_price import next_allowance_price
from simulation.draws import ALLOWANCE_PRICE, EMISSIONS, normal_quantile, uniform
from simulation.phases.abating import cost_of_abating, share_abated
from simulation.phases.allowance_outlook import firms_trade
from simulation.phases.carbon_value import carbon_at, credit_value
from simulation.phases.looking_ahead import look_ahead
from simulation.state import Clock, Prices

__all__ = ["move_allowance_price", "reckon_carbon", "report_emissions"]


@kernel
def reckon_carbon(compliance, regime, penalty, expectation, banking, prices):
    """What a tonne that no credit covers costs, and what a credit is worth to who complies.

    Parameters
    ----------
    compliance, regime, penalty, expectation, banking : see `State`
    prices : of this month, changed in place
    """
    carbon = carbon_at(
        compliance, regime, penalty, expectation, banking, prices[Prices.ALLOWANCE]
    )
    prices[Prices.CARBON] = carbon
    prices[Prices.CREDIT] = credit_value(compliance, regime, carbon)


@kernel
def move_allowance_price(clock, allowance_price, compliance, regime, penalty, expectation, banking,
                         historical_price, news, prices, monthly):
    """The allowance price moves, and with it what covered firms save by a credit.

    Parameters
    ----------
    clock, allowance_price, compliance, regime, penalty, expectation, banking, historical_price,
    news, prices, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    place = month - clock[Clock.FIRST]
    luck = normal_quantile(uniform(clock[Clock.SEED], ALLOWANCE_PRICE, month, 0, 0))
    prices[Prices.ALLOWANCE] = next_allowance_price(
        allowance_price.path, prices[Prices.ALLOWANCE], allowance_price.price_yuan_per_t,
        historical_price[place], allowance_price.growth_per_year, place / 12.0,
        allowance_price.reversion_per_year, allowance_price.volatility_per_year, luck,
    )
    reckon_carbon(compliance, regime, penalty, expectation, banking, prices)
    look_ahead(clock, compliance, regime, penalty, expectation, banking, news, prices)
    monthly[place].allowance_price = prices[Prices.ALLOWANCE]
    monthly[place].carbon_price = prices[Prices.CARBON]
    monthly[place].eligible = compliance.eligible


@kernel
def _owe(firm, emissions, compliance, regime, price):
    # The closing year of a covered firm.
    share = share_abated(
        firm, emissions, price_of_emitting(regime.kind, price, regime.neutral_share)
    )
    firm.abated_t = firm.activity_t * share
    firm.abatement_cost += cost_of_abating(firm, share)
    firm.emissions_t = to_tonnes(firm.activity_t * (1.0 - share))
    firm.frozen_activity_t = frozen_activity(
        regime.kind, firm.frozen_activity_t, firm.activity_t, regime.cap_decline_per_year
    )
    if regime.kind == Regime.NONE:
        # What a lifted regime asked for is no longer owed, and what it gave is taken back.
        firm.allocated_t -= firm.allocation_t
        firm.obligation_t = firm.owed_again_t = firm.allocation_t = 0
        firm.room_t = 0
        return
    given = to_tonnes(
        free_allocation(regime.kind, firm.free_share, firm.activity_t, firm.frozen_activity_t)
    )
    # What was borrowed is given back as far as there is something to give.
    returned = min(firm.borrowed_t, given)
    firm.borrowed_t -= returned
    firm.allocation_t += given - returned
    firm.allocated_t += given
    # Added, not set: where the deadline was moved, last year's obligation is still open.
    firm.obligation_t += emissions_owed(regime.kind, firm.emissions_t, regime.neutral_share)
    firm.obligation_t += firm.owed_again_t
    firm.owed_anew_t += firm.owed_again_t
    firm.owed_again_t = 0
    firm.room_t = offset_room(
        firm.obligation_t,
        regime_limit(regime.kind, compliance.offset_limit * compliance.room_share),
        compliance.discount_ratio,
    )


@kernel
def report_emissions(clock, emissions, voluntary, compliance, regime, quota, allowance_price,
                     prices, firms):
    """In January: last year's verified emissions, this year's obligation and budget.

    Parameters
    ----------
    clock, emissions, voluntary, compliance, regime, quota, allowance_price, prices, firms : see
    `State`

    Notes
    -----
    Where firms trade allowances, what they emit is owed as it is emitted, and phase
    ``give_allowances`` opens the year.
    """
    month = clock[Clock.MONTH]
    if month % 12 != 0:
        return
    traded = firms_trade(clock, allowance_price, regime)
    for index in range(len(firms)):
        firm = firms[index]
        if firm.covered and not traded:
            _owe(firm, emissions, compliance, regime, prices[Prices.CARBON])
        elif firm.covered and firm.emitted_t > 0.0:
            firm.emissions_t = to_tonnes(firm.emitted_t)
            firm.abated_t = firm.activity_t - firm.emitted_t
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
