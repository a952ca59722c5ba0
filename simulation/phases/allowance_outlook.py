"""What all covered firms look at alike when they trade allowances: months, costs, the authority."""

import math
from typing import NamedTuple

from agents.buyers.banking import year_of_period
from agents.buyers.penalty import cost_of_making_good, penalty_price
from agents.buyers.regime import carbon_price, free_allocation, has_allowances, regime_limit
from agents.compiled import kernel
from agents.expectations import worth_later
from agents.quantities import to_fen, to_tonnes
from agents.vocabulary import Banking, Eligibility, Motive, PathKind, PenaltyForm, Regime
from simulation.markets.protocol import LARGEST_PRICE_FEN
from simulation.phases.abating import dearest_abatement
from simulation.state import Authority, Clock

__all__ = [
    "Outlook",
    "allocation_of",
    "firms_trade",
    "lowest_ask_that_counts",
    "outlook_of",
    "own_allowances",
    "total_activity",
    "worth_of_tonne",
]


class Outlook(NamedTuple):
    """What all firms look at alike this month.

    Attributes
    ----------
    months_left : int
        Of the compliance period, this one included.
    later_years : int
        Whole years of the period after this one.
    horizon_years : int
        Years after the period for which a bank is planned.
    limit : float
        Share of the obligation that credits may cover.
    worth : float
        Of a later yuan, see `agents.expectations.worth_later`.
    on_offer_t, to_come_t : int
        Auctioned this month; later in the period.
    activity_t : float
        Of all covered firms, t/year.
    floor_fen, highest_fen : int
        Lowest price of the auction; highest that anybody would pay.
    credit_fen : int
        For which a credit that counts can be had, fen/t; 0 where none is offered.
    apart : bool
        Whether the rules tell credits apart.
    local_share : float
        Share of the offset limit that only local credits can fill.
    coming_years : int
        From this one to the first year in which an announced rule holds; 0 where none is near.
    """

    months_left: int
    later_years: int
    horizon_years: int
    limit: float
    worth: float
    on_offer_t: int
    to_come_t: int
    activity_t: float
    floor_fen: int
    highest_fen: int
    credit_fen: int
    apart: bool
    local_share: float
    coming_years: int


@kernel
def firms_trade(clock, allowance_price, regime):
    """Whether covered firms trade allowances among themselves this month.

    Parameters
    ----------
    clock, allowance_price, regime : see `State`

    Returns
    -------
    bool; from the first January, as nothing is owed before it
    """
    return (
        allowance_price.path == PathKind.ENDOGENOUS and has_allowances(regime.kind)
        and clock[Clock.MONTH] >= (clock[Clock.FIRST] + 11) // 12 * 12
    )


@kernel
def own_allowances(firm):
    """Allowances that a firm holds, t."""
    return firm.allocation_t + firm.bank_t + firm.traded_t


@kernel
def total_activity(firms):
    """Activity of all covered firms, t/year; a trace where there is none, as it is divided by."""
    total = 0.0
    for index in range(len(firms)):
        if firms[index].covered:
            total += firms[index].activity_t
    return max(total, 1e-9)


@kernel
def allocation_of(firm, regime, years):
    """Allowances for a firm some years ahead, auctioned ones included.

    Parameters
    ----------
    firm : row of the firms
    regime : see `Rules`
    years : from this one

    Returns
    -------
    t, not rounded; activity is believed to stay as it is
    """
    frozen = firm.frozen_activity_t
    if frozen < 0.0:
        # A cap that is announced to become absolute will freeze what is emitted then.
        frozen = firm.activity_t
    if regime.kind == Regime.ABSOLUTE:
        frozen *= math.pow(1.0 - regime.cap_decline_per_year, years)
    return free_allocation(regime.kind, firm.free_share, firm.activity_t, frozen)


@kernel
def worth_of_tonne(compliance, regime, penalty, worth, price):
    """What a tonne that no credit covers costs, and the two parts of being without an allowance.

    Parameters
    ----------
    compliance, regime, penalty : see `Rules`
    worth : see `Outlook`
    price : yuan/t

    Returns
    -------
    carbon price, penalty, cost of making good, yuan/t
    """
    charge = penalty_price(
        penalty.form, compliance.penalty_multiple, penalty.fixed_yuan_per_t, price
    )
    later = cost_of_making_good(regime.kind, penalty.make_good, price, charge, worth)
    return carbon_price(regime.kind, price, regime.tax_yuan_per_t, charge, later), charge, later


@kernel
def _highest_fen(firms, emissions, penalty, market, worth):
    # Nobody pays more: at the ceiling there is any amount, beyond a fixed penalty nobody buys, and
    # where the penalty follows the price, nobody can abate beyond the dearest measure (A46).
    dearest = 0.0
    for index in range(len(firms)):
        if firms[index].covered:
            dearest = max(dearest, dearest_abatement(firms[index], emissions))
    highest = to_fen(dearest) + 1
    if penalty.form == PenaltyForm.FIXED:
        bound = penalty.fixed_yuan_per_t
        if penalty.make_good and worth < 1.0:
            bound /= 1.0 - worth
        if not penalty.make_good or worth < 1.0:
            highest = to_fen(bound)
    if market.ceiling_yuan_per_t > 0.0:
        highest = min(highest, to_fen(market.ceiling_yuan_per_t))
    return min(max(highest, 1), LARGEST_PRICE_FEN)


@kernel
def _years_to_come(clock, expectation):
    # A year is settled by the rules of its December.
    month, date = clock[Clock.MONTH], clock[Clock.COMING_FROM]
    if not 0 < date - month <= expectation.horizon_months:
        return 0
    return max(date // 12 - month // 12, 1)


@kernel
def lowest_ask_that_counts(clock, orders, lowest):
    """Price for which a credit can be had that counts for compliance.

    Parameters
    ----------
    clock : see `State`
    orders : recarray of orders for credits
    lowest : lowest ask of all sellers, fen/t

    Returns
    -------
    fen/t; 0 where none is offered
    """
    if not clock[Clock.APART]:
        return lowest
    found = 0
    for place in range(len(orders)):
        order = orders[place]
        if order.motive == Motive.SUPPLY and order.eligibility != Eligibility.ANY and (
            found == 0 or order.limit_fen < found
        ):
            found = order.limit_fen
    return found


@kernel
def outlook_of(clock, firms, authority, emissions, compliance, eligibility, regime, penalty,
               banking, expectation, market, credit_fen):
    """What all firms look at alike.

    Parameters
    ----------
    clock, firms, authority, emissions, compliance, eligibility, regime, penalty, banking,
    expectation, market : see `State`
    credit_fen : see `Outlook`

    Returns
    -------
    Outlook
    """
    month = clock[Clock.MONTH]
    later_years = banking.period_years - 1 - year_of_period(
        month, clock[Clock.FIRST], banking.period_years
    )
    months = 12 - month % 12
    left = authority[Authority.TO_AUCTION]
    on_offer = left // months
    to_come = float(left - on_offer)
    if market.auction_share > 0.0:
        for year in range(1, later_years + 1):
            for index in range(len(firms)):
                if firms[index].covered:
                    to_come += market.auction_share * allocation_of(firms[index], regime, year)
    worth = worth_later(
        expectation.price_growth_per_year, expectation.discount_rate_per_year,
        float(banking.period_years),
    )
    highest = _highest_fen(firms, emissions, penalty, market, worth)
    horizon = 0
    if banking.rule != Banking.NONE:
        horizon = expectation.horizon_months // 12
    return Outlook(
        months + 12 * later_years, later_years, horizon,
        regime_limit(regime.kind, compliance.offset_limit * compliance.room_share),
        worth, on_offer, to_tonnes(to_come), total_activity(firms),
        to_fen(market.floor_yuan_per_t), highest, credit_fen,
        clock[Clock.APART] != 0, eligibility.local_share, _years_to_come(clock, expectation),
    )
