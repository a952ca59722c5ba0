"""Phases ``retire``, ``comply`` and ``reinvest``: what credits and their money are used for."""

from agents.buyers.compliance import emissions_covered, offset_room, prefers_penalty
from agents.compiled import kernel
from agents.quantities import to_fen, worth_fen
from agents.registry.ledger import move, pay
from agents.sellers.reinvestment import new_area
from agents.vocabulary import Account, CreditState, Entry, Occasion, Purpose
from simulation.phases.paying import fund_account
from simulation.state import Clock, Prices

__all__ = ["comply", "reinvest", "retire", "retire_credits"]


@kernel
def retire_credits(ledger, account, tonnes, purpose, month):
    """Retire credits that an account holds.

    Parameters
    ----------
    ledger : Ledger, changed in place
    account : id
    tonnes : t
    purpose : Purpose
    month : month number

    Returns
    -------
    Refusal
    """
    return move(
        ledger, account, CreditState.HELD.value, account, CreditState.RETIRED.value, tonnes,
        Entry.RETIRE.value, purpose, month,
    )


@kernel
def retire(clock, voluntary, firms, ledger, monthly):
    """Voluntary buyers retire what they bought, or pledge it for a loan.

    Parameters
    ----------
    clock, voluntary, firms, ledger, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    for index in range(len(firms)):
        firm = firms[index]
        if firm.pledged_until == month:
            pledged = ledger.tonnes[firm.account, CreditState.PLEDGED]
            move(
                ledger, firm.account, CreditState.PLEDGED.value, firm.account,
                CreditState.HELD.value, pledged, Entry.RELEASE.value, 0, month,
            )
            retire_credits(ledger, firm.account, pledged, Purpose.OWN_EMISSIONS.value, month)
            row.retired_voluntary_t += pledged
            firm.pledged_until = 0
        bought = firm.to_retire_t
        if bought > 0:
            if firm.occasion == Occasion.COLLATERAL:
                move(
                    ledger, firm.account, CreditState.HELD.value, firm.account,
                    CreditState.PLEDGED.value, bought, Entry.PLEDGE.value, 0, month,
                )
                firm.pledged_until = month + voluntary.loan_months
            else:
                purpose = Purpose.OWN_EMISSIONS.value
                if firm.occasion == Occasion.LOCAL_SUPPORT:
                    purpose = Purpose.LOCAL_SUPPORT.value
                retire_credits(ledger, firm.account, bought, purpose, month)
                row.retired_voluntary_t += bought
            firm.to_retire_t = 0
        if firm.occasion_t == 0:
            firm.occasion = Occasion.NONE.value


@kernel
def _cover(ledger, firm, need, price, penalty_multiple, month):
    # The free allocation first, then allowances from the market; what is left over is sold.
    used = min(firm.allocation_t, need)
    lacking = need - used
    spare = firm.allocation_t - used
    revenue = worth_fen(spare, to_fen(price))
    if revenue > 0:
        pay(
            ledger, Account.ALLOWANCE_MARKET.value, firm.account,
            revenue, Entry.ALLOWANCES.value, month,
        )
    shortfall = 0
    penalty = 0
    if lacking > 0:
        to_pay = worth_fen(lacking, to_fen(price))
        receiver = Account.ALLOWANCE_MARKET.value
        entry = Entry.ALLOWANCES.value
        if prefers_penalty(price, penalty_multiple):
            shortfall = lacking
            to_pay = worth_fen(lacking, to_fen(price * penalty_multiple))
            receiver = Account.TREASURY.value
            entry = Entry.PENALTY.value
            penalty = to_pay
        else:
            used += lacking
        fund_account(ledger, firm.account, to_pay, month)
        if to_pay > 0:
            pay(ledger, firm.account, receiver, to_pay, entry, month)
    firm.surrendered_allowances_t += used
    firm.shortfall_t += shortfall
    return shortfall, penalty


@kernel
def comply(clock, compliance, prices, firms, ledger, monthly):
    """At the deadline: surrender credits up to the limit, allowances for the rest.

    Parameters
    ----------
    clock, compliance, prices, firms, ledger, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    if month % 12 + 1 != compliance.deadline_month:
        return
    row = monthly[month - clock[Clock.FIRST]]
    for index in range(len(firms)):
        firm = firms[index]
        if firm.obligation_t <= 0:
            continue
        credits = 0
        if compliance.eligible:
            room = offset_room(
                firm.obligation_t, compliance.offset_limit * compliance.room_share,
                compliance.discount_ratio,
            )
            credits = min(firm.for_compliance_t, room)
        covered = 0
        if credits > 0:
            covered = emissions_covered(credits, compliance.discount_ratio)
            retire_credits(ledger, firm.account, credits, Purpose.COMPLIANCE.value, month)
            firm.for_compliance_t -= credits
            firm.surrendered_credits_t += credits
            firm.credited_t += covered
            row.retired_compliance_t += credits
        shortfall, penalty = _cover(
            ledger, firm, firm.obligation_t - covered, prices[Prices.ALLOWANCE],
            compliance.penalty_multiple, month,
        )
        row.shortfall_t += shortfall
        row.penalties_fen += penalty
        firm.settled_emissions_t += firm.obligation_t
        firm.obligation_t = 0
        firm.allocation_t = 0
        firm.room_t = 0


@kernel
def reinvest(clock, reinvestment, projects, stands, ledger, monthly):
    """In the planting month: watershed accounts pay for new treatment.

    Parameters
    ----------
    clock, reinvestment, projects, stands, ledger, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    if month % 12 + 1 != reinvestment.planting_month:
        return
    row = monthly[month - clock[Clock.FIRST]]
    for index in range(len(projects)):
        project = projects[index]
        fund = ledger.fen[project.fund_account]
        cost = reinvestment.treatment_cost_yuan_per_ha
        area = new_area(
            fund / 100.0, project.treatable_ha, cost, reinvestment.public_share,
            reinvestment.smallest_area_ha,
        )
        if area <= 0.0:
            continue
        total = to_fen(area * cost)
        own = min(to_fen(area * cost * (1.0 - reinvestment.public_share)), fund)
        pay(
            ledger, project.fund_account, Account.CONTRACTORS.value, own, Entry.TREATMENT.value,
            month,
        )
        if total > own:
            pay(
                ledger, Account.TREASURY.value, Account.CONTRACTORS.value, total - own,
                Entry.PUBLIC_SHARE.value, month,
            )
        stand = stands[clock[Clock.STANDS]]
        stand.project = index
        stand.measure = project.new_measure
        stand.area_ha = area
        stand.treated_month = month + 1
        clock[Clock.STANDS] += 1
        project.treatable_ha -= area
        project.treatment_fen += own
        row.treatment_fen += own
        row.new_area_ha += area
