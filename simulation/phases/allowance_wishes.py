"""What covered firms want to hold of allowances at a price."""

import math

import numpy as np

from agents.buyers.allowances import (
    allowances_wanted,
    bank_share,
    credits_expected,
    emissions_planned,
    next_credit_belief,
)
from agents.buyers.banking import borrowed_tonnes
from agents.buyers.compliance import (
    emissions_covered,
    held_usable,
    offset_room,
    rivals_bought,
)
from agents.buyers.enforcement import hidden_tonnes
from agents.buyers.penalty import prefers_penalty
from agents.buyers.regime import has_allowances, price_of_emitting, regime_limit
from agents.compiled import allocating_kernel, kernel
from agents.quantities import to_fen, to_tonnes
from agents.vocabulary import Motive
from simulation.markets.protocol import LARGEST_ORDER_T
from simulation.phases.abating import share_abated
from simulation.phases.allowance_outlook import (
    allocation_of,
    own_allowances,
    worth_of_tonne,
)
from simulation.phases.carbon_value import credit_value

__all__ = ["credits_pay", "learn_of_credits", "planned_t", "rivals_wanted", "wishes_at"]


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
def credits_pay(compliance, regime, outlook, carbon):
    """Whether a credit costs no more than what it saves.

    Parameters
    ----------
    compliance, regime : see `Rules`
    outlook : Outlook
    carbon : of a tonne that no credit covers, yuan/t

    Returns
    -------
    bool; false where credits do not count or none is offered
    """
    if not compliance.eligible or outlook.credit_fen <= 0:
        return False
    value = credit_value(compliance, regime, carbon)
    return to_fen(value) >= outlook.credit_fen


@kernel
def rivals_wanted(compliance, outlook, owed, need, covered, carbon):
    """Rival credits that a firm reckons to buy at the deadline, where firms trade allowances.

    Parameters
    ----------
    compliance : see `Rules`
    outlook : Outlook
    owed, need : t of the obligation, and of it what credits do not cover
    covered : t that they do
    carbon : of a tonne that no credit covers, yuan/t

    Returns
    -------
    t
    """
    if not compliance.rivals_open or compliance.system_limit < 1.0:
        return 0
    # Reckoned as if local credits filled first what only they can fill.
    elsewhere = covered
    if outlook.local_share > 0.0:
        elsewhere = max(covered - math.floor(owed * compliance.offset_limit * outlook.local_share),
                        0)
    return rivals_bought(
        need, owed, compliance.offset_limit, covered, elsewhere, outlook.local_share, carbon,
        compliance.rival_price_yuan_per_t, compliance.transaction_cost_yuan_per_t,
    )


@kernel
def _lack_of_year(firms, emissions, compliance, regime, penalty, outlook, limit, years, later):
    # Tonnes that all firms will lack in a year, some years ahead, under some rules at a price.
    if not has_allowances(regime.kind):
        return 0.0
    carbon, _, _ = worth_of_tonne(compliance, regime, penalty, outlook.worth, later)
    pays = credits_pay(compliance, regime, outlook, carbon)
    rivals = rivals_wanted(
        compliance, outlook, LARGEST_ORDER_T, LARGEST_ORDER_T, 0, carbon
    ) > 0
    lack = 0.0
    for index in range(len(firms)):
        firm = firms[index]
        if not firm.covered:
            continue
        share = _share_at(firm, emissions, compliance, regime, penalty, outlook.worth, later)
        owed = firm.activity_t * (1.0 - share)
        if rivals:
            owed *= 1.0 - compliance.offset_limit * (1.0 - outlook.local_share)
        elif pays:
            owed *= 1.0 - limit * firm.credit_belief
        lack += owed - allocation_of(firm, regime, years)
    return lack


@kernel
def _lack_ahead(firms, emissions, compliance, regime, penalty, expectation, coming, outlook,
                price):
    # Largest of the sums that all firms will lack up to a deadline within the horizon. From the
    # year of an announced change on, its rules hold with the chance that it is believed.
    most = 0.0
    lack = 0.0
    rise = 1.0 + expectation.discount_rate_per_year
    later = price * math.pow(rise, outlook.later_years)
    for year in range(1, outlook.horizon_years + 1):
        later *= rise
        years = outlook.later_years + year
        of_year = _lack_of_year(
            firms, emissions, compliance, regime, penalty, outlook, outlook.limit, years, later
        )
        if 0 < outlook.coming_years <= years:
            then, other = coming.compliance[0], coming.regime[0]
            limit = regime_limit(other.kind, then.offset_limit * then.room_share)
            of_then = _lack_of_year(
                firms, emissions, then, other, coming.penalty[0], outlook, limit, years, later
            )
            chance = expectation.credibility
            of_year = chance * of_then + (1.0 - chance) * of_year
        lack += of_year
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
        if not credits_pay(compliance, regime, outlook, carbon):
            share = 0.0
        held = held_usable(
            firm.for_compliance_t, outlook.apart, firm.local_t, firm.elsewhere_t, room,
            outlook.local_share,
        )
        credits = credits_expected(room, held, share)
        covered = min(emissions_covered(credits, compliance.discount_ratio), owed)
    need = owed - covered
    need -= hidden_tonnes(
        need, carbon, enforcement.audit_probability, enforcement.fine_yuan_per_t + later,
        enforcement.fine_rise_yuan_per_t_per_t,
    )
    need -= rivals_wanted(compliance, outlook, owed, need, covered, carbon)
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
              coming, market, outlook, beliefs, use, price_fen, needs):
    """Allowances that each firm wants to hold at a price.

    Parameters
    ----------
    firms, emissions, compliance, regime, penalty, banking, enforcement, expectation, coming,
    market : see `State`
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
            firms, emissions, compliance, regime, penalty, expectation, coming, outlook, price
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
    if lacking > 0.0 and price_fen >= outlook.floor_fen:
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
