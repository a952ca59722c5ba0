"""What covered firms want to hold of allowances at a price, and the price at which that adds up."""

import math
from typing import NamedTuple

import numpy as np

from agents.buyers.allowances import (
    allowances_wanted,
    bank_share,
    credits_expected,
    emissions_planned,
    next_credit_belief,
    share_in_use,
)
from agents.buyers.banking import borrowed_tonnes, year_of_period
from agents.buyers.compliance import emissions_covered, offset_room, rivals_bought
from agents.buyers.enforcement import hidden_tonnes
from agents.buyers.penalty import cost_of_making_good, penalty_price, prefers_penalty
from agents.buyers.regime import (
    carbon_price,
    free_allocation,
    has_allowances,
    price_of_emitting,
    regime_limit,
)
from agents.compiled import allocating_kernel, kernel
from agents.expectations import worth_later
from agents.quantities import to_fen, to_tonnes
from agents.vocabulary import Banking, Motive, PathKind, PenaltyForm, Regime
from simulation.markets.protocol import LARGEST_ORDER_T, LARGEST_PRICE_FEN
from simulation.phases.abating import dearest_abatement, share_abated
from simulation.phases.carbon_value import credit_value
from simulation.state import Authority, Clock

__all__ = [
    "Outlook",
    "allocation_of",
    "firms_trade",
    "learn_of_credits",
    "outlook_of",
    "own_allowances",
    "planned_t",
    "price_that_clears",
    "rivals_wanted",
    "supply_at",
    "total_activity",
    "wishes_at",
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
    lowest_fen, highest_fen : int
        Prices between which the market looks for one.
    credit_fen : int
        For which a credit can be had, fen/t; 0 where none is offered.
    """

    months_left: int
    later_years: int
    horizon_years: int
    limit: float
    worth: float
    on_offer_t: int
    to_come_t: int
    activity_t: float
    lowest_fen: int
    highest_fen: int
    credit_fen: int


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


@allocating_kernel
def learn_of_credits(firms, orders, filled, beliefs, rate):
    """Firms learn which share of their orders for credits is filled.

    Parameters
    ----------
    firms : see `State`; those that are covered learn
    orders : recarray of orders for credits
    filled : int64 array, t of each order
    beliefs : float64 array, shape (firms,), changed in place
    rate : of learning, 0 to 1

    Notes
    -----
    Who ordered nothing learns from what all who did got together.
    """
    ordered = np.zeros(len(beliefs), dtype=np.int64)
    got = np.zeros(len(beliefs), dtype=np.int64)
    for place in range(len(orders)):
        if orders[place].motive == Motive.COMPLIANCE:
            ordered[orders[place].row] += orders[place].wanted_t
            got[orders[place].row] += filled[place]
    total, total_got = ordered.sum(), got.sum()
    for index in range(len(beliefs)):
        if not firms[index].covered:
            continue
        if ordered[index] > 0:
            beliefs[index] = next_credit_belief(
                beliefs[index], ordered[index], got[index], rate
            )
        else:
            beliefs[index] = next_credit_belief(beliefs[index], total, total_got, rate)


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
def outlook_of(clock, firms, authority, emissions, compliance, regime, penalty, banking,
               expectation, market, credit_fen):
    """What all firms look at alike.

    Parameters
    ----------
    clock, firms, authority, emissions, compliance, regime, penalty, banking, expectation,
    market : see `State`
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
        min(max(to_fen(market.floor_yuan_per_t), 1), highest), highest, credit_fen,
    )


@kernel
def _share_at(firm, emissions, compliance, regime, penalty, worth, price):
    carbon, _, _ = worth_of_tonne(compliance, regime, penalty, worth, price)
    return share_abated(
        firm, emissions, price_of_emitting(regime.kind, carbon, regime.neutral_share)
    )


@kernel
def planned_t(firm, emissions, compliance, regime, penalty, outlook, price):
    """What a firm will owe at the deadline if the price stays as it is.

    Parameters
    ----------
    firm : row of the firms
    emissions, compliance, regime, penalty : see `Rules`
    outlook : Outlook
    price : yuan/t

    Returns
    -------
    t, whole
    """
    share = _share_at(firm, emissions, compliance, regime, penalty, outlook.worth, price)
    return firm.past_years_t + to_tonnes(
        emissions_planned(firm.emitted_t, firm.activity_t, share, outlook.months_left)
    )


@kernel
def _credits_pay(compliance, regime, outlook, carbon):
    # Whether a credit costs no more than what it saves.
    if not compliance.eligible or outlook.credit_fen <= 0:
        return False
    value = credit_value(compliance, regime, carbon)
    return to_fen(value) >= outlook.credit_fen


@kernel
def rivals_wanted(compliance, owed, need, covered, carbon):
    """Rival credits that a firm reckons to buy at the deadline, where firms trade allowances.

    Parameters
    ----------
    compliance : see `Rules`
    owed, need : t of the obligation, and of it what credits do not cover
    covered : t that they do
    carbon : of a tonne that no credit covers, yuan/t

    Returns
    -------
    t
    """
    if not compliance.rivals_open or compliance.system_limit < 1.0:
        return 0
    return rivals_bought(
        need, owed, compliance.offset_limit, covered, carbon, compliance.rival_price_yuan_per_t,
        compliance.transaction_cost_yuan_per_t,
    )


@kernel
def _lack_ahead(firms, emissions, compliance, regime, penalty, expectation, outlook, price):
    # Largest of the sums that all firms will lack up to a deadline within the horizon.
    most = 0.0
    lack = 0.0
    rise = 1.0 + expectation.discount_rate_per_year
    later = price * math.pow(rise, outlook.later_years)
    for year in range(1, outlook.horizon_years + 1):
        later *= rise
        carbon, _, _ = worth_of_tonne(compliance, regime, penalty, outlook.worth, later)
        pays = _credits_pay(compliance, regime, outlook, carbon)
        rivals = rivals_wanted(compliance, LARGEST_ORDER_T, LARGEST_ORDER_T, 0, carbon) > 0
        for index in range(len(firms)):
            firm = firms[index]
            if not firm.covered:
                continue
            share = _share_at(firm, emissions, compliance, regime, penalty, outlook.worth, later)
            owed = firm.activity_t * (1.0 - share)
            if rivals:
                owed *= 1.0 - compliance.offset_limit
            elif pays:
                owed *= 1.0 - outlook.limit * firm.credit_belief
            lack += owed - allocation_of(firm, regime, outlook.later_years + year)
        most = max(most, lack)
    return most


@kernel
def _need_at(firm, emissions, compliance, regime, penalty, banking, enforcement, market, outlook,
             share, lack, price):
    # Tonnes that a firm wants to have by the deadline and beyond, before what it can buy of the
    # authority until then; not a number where being without is cheaper.
    carbon, charge, later = worth_of_tonne(compliance, regime, penalty, outlook.worth, price)
    if prefers_penalty(price, charge, later):
        return math.nan
    owed = planned_t(firm, emissions, compliance, regime, penalty, outlook, price)
    covered = 0
    if compliance.eligible:
        room = offset_room(owed, outlook.limit, compliance.discount_ratio)
        if not _credits_pay(compliance, regime, outlook, carbon):
            share = 0.0
        credits = credits_expected(room, firm.for_compliance_t, share)
        covered = min(emissions_covered(credits, compliance.discount_ratio), owed)
    need = owed - covered
    need -= hidden_tonnes(
        need, carbon, enforcement.audit_probability, enforcement.fine_yuan_per_t + later,
        enforcement.fine_rise_yuan_per_t_per_t,
    )
    need -= rivals_wanted(compliance, owed, need, covered, carbon)
    own = own_allowances(firm)
    if banking.borrowing_share > 0.0:
        need -= borrowed_tonnes(
            max(need - own, 0), banking.borrowing_share,
            (1.0 - market.auction_share) * allocation_of(firm, regime, outlook.later_years + 1),
            firm.borrowed_t, carbon, price * outlook.worth,
        )
    coming = 0.0
    for year in range(1, outlook.later_years + 1):
        coming += (1.0 - market.auction_share) * allocation_of(firm, regime, year)
    bank = bank_share(
        banking.rule, lack, firm.activity_t / outlook.activity_t,
        # Before what it has sold this year, on which the national rule counts.
        firm.allocation_t + firm.bank_t - need,
        banking.free_carry_over_t, banking.net_sales_multiple,
    )
    return need - coming + bank


@kernel
def wishes_at(firms, emissions, compliance, regime, penalty, banking, enforcement, expectation,
              market, outlook, beliefs, use, price_fen, needs):
    """Allowances that each firm wants to hold at a price.

    Parameters
    ----------
    firms, emissions, compliance, regime, penalty, banking, enforcement, expectation, market : see
        `State`
    outlook : Outlook
    beliefs : float64 array, share of its orders for credits that each firm believes to get
    use : share of their room for which firms want credits, as far as they pay
    price_fen : fen/t
    needs : float64 array, shape (firms,); filled in, whole t

    Returns
    -------
    t, of all firms together

    Notes
    -----
    What the authority will auction later in the period each firm reckons to buy in proportion to
    what it lacks (assumption A46).
    """
    price = price_fen / 100.0
    lack = 0.0
    if outlook.horizon_years > 0:
        lack = _lack_ahead(
            firms, emissions, compliance, regime, penalty, expectation, outlook, price
        )
    lacking = 0.0
    for index in range(len(firms)):
        firm = firms[index]
        needs[index] = math.nan
        if firm.covered:
            needs[index] = _need_at(
                firm, emissions, compliance, regime, penalty, banking, enforcement, market,
                outlook, use * beliefs[index], lack, price,
            )
            if needs[index] > own_allowances(firm):
                lacking += needs[index] - own_allowances(firm)
    part = 0.0
    if lacking > 0.0 and price_fen >= outlook.lowest_fen:
        part = min(outlook.to_come_t / lacking, 1.0)
    total = 0
    for index in range(len(firms)):
        wanted = 0
        if not math.isnan(needs[index]):
            own = own_allowances(firms[index])
            later = part * max(needs[index] - own, 0.0)
            wanted = allowances_wanted(needs[index], later)
        needs[index] = wanted
        total += wanted
    return total


@kernel
def supply_at(authority, market, outlook, price_fen):
    """Allowances that the authority sells at a price.

    Parameters
    ----------
    authority : see `State`
    market : see `Rules`
    outlook : Outlook
    price_fen : fen/t

    Returns
    -------
    t
    """
    offered = 0
    if price_fen >= to_fen(market.floor_yuan_per_t):
        offered += outlook.on_offer_t
    if 0 < to_fen(market.tier_1_yuan_per_t) <= price_fen:
        offered += authority[Authority.TIER_1]
    if 0 < to_fen(market.tier_2_yuan_per_t) <= price_fen:
        offered += authority[Authority.TIER_2]
    return offered


@kernel
def _held(firms):
    total = 0
    for index in range(len(firms)):
        if firms[index].covered:
            total += own_allowances(firms[index])
    return total


@allocating_kernel
def price_that_clears(firms, authority, emissions, compliance, regime, penalty, banking,
                      enforcement, expectation, market, outlook, beliefs, use, start_fen):
    """Lowest whole price at which all wishes together are at most what there is.

    Parameters
    ----------
    firms, authority, emissions, compliance, regime, penalty, banking, enforcement, expectation,
    market, outlook : see `wishes_at`
    beliefs : float64 array, share of its orders for credits that each firm believes to get
    use : share of their room for which firms want credits, as far as they pay
    start_fen : price from which to look

    Returns
    -------
    price : fen/t; the highest there is where wishes are more even there
    in_use : share of their room for which firms want credits, see `share_in_use`
    """
    low, high = outlook.lowest_fen, outlook.highest_fen
    held = _held(firms)
    needs = np.zeros(len(firms))
    # From the last price outwards: from month to month it moves little.
    step = max(start_fen // 100, 1)
    middle = min(max(start_fen, low), high)
    while low < high:
        missing = wishes_at(
            firms, emissions, compliance, regime, penalty, banking, enforcement, expectation,
            market, outlook, beliefs, use, middle, needs,
        ) - held - supply_at(authority, market, outlook, middle)
        if missing > 0:
            low = min(middle + 1, high)
        else:
            high = middle
        if step > 0:
            middle = min(middle + step, high - 1) if missing > 0 else max(middle - step, low)
            step *= 4
            if middle <= low or middle >= high - 1:
                step = 0
                middle = (low + high) // 2
        else:
            middle = (low + high) // 2
    # Where a credit is cheaper than an allowance by more than a fen, everybody wants credits.
    below, _, _ = worth_of_tonne(compliance, regime, penalty, outlook.worth, (low - 1) / 100.0)
    if _credits_pay(compliance, regime, outlook, below):
        return low, 1.0
    short = np.zeros(2, dtype=np.int64)
    for place in range(2):
        short[place] = wishes_at(
            firms, emissions, compliance, regime, penalty, banking, enforcement, expectation,
            market, outlook, beliefs, use * place, low, needs,
        ) - held - supply_at(authority, market, outlook, low)
    return low, share_in_use(short[0], short[1])
