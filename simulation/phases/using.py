"""Phases ``retire`` and ``reinvest``: what credits and their money are used for."""

from agents.compiled import kernel
from agents.quantities import to_fen
from agents.registry.choosing import move_least_useful, tonnes_chosen
from agents.registry.ledger import move, pay
from agents.sellers.reinvestment import new_area
from agents.vocabulary import Account, CreditState, Entry, Occasion, Purpose, Standing
from simulation.state import Clock

__all__ = ["look_at_holdings", "reinvest", "retire", "retire_credits"]


@kernel
def look_at_holdings(clock, firms, ledger):
    """Firms count what they hold of credits that can be surrendered, where the rules differ.

    Parameters
    ----------
    clock, firms, ledger : see `State`
    """
    if not clock[Clock.APART]:
        return
    held = CreditState.HELD.value
    elsewhere, local = Standing.ELSEWHERE.value, Standing.LOCAL.value
    for index in range(len(firms)):
        firm = firms[index]
        if firm.for_compliance_t > 0:
            firm.local_t = tonnes_chosen(
                ledger, firm.account, held, firm.province, local, local
            )
            firm.elsewhere_t = tonnes_chosen(
                ledger, firm.account, held, firm.province, elsewhere, elsewhere
            )
        else:
            firm.local_t = firm.elsewhere_t = 0


@kernel
def _use(ledger, account, after, tonnes, entry, purpose, month, told_apart, province):
    # For a use that takes any credits; where the rules tell them apart, the least useful first.
    held = CreditState.HELD.value
    if told_apart:
        return move_least_useful(
            ledger, account, held, account, after, tonnes, entry, purpose, month, province
        )
    return move(ledger, account, held, account, after, tonnes, entry, purpose, month)


@kernel
def retire_credits(ledger, account, tonnes, purpose, month, told_apart, province):
    """Retire credits that an account holds, for a use that takes any.

    Parameters
    ----------
    ledger : Ledger, changed in place
    account : id
    tonnes : t
    purpose : Purpose
    month : month number
    told_apart : whether the rules tell credits apart; then the least useful leave first
    province : of the owner

    Returns
    -------
    Refusal
    """
    return _use(
        ledger, account, CreditState.RETIRED.value, tonnes, Entry.RETIRE.value, purpose, month,
        told_apart, province,
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
    told_apart = clock[Clock.SORTED] != 0
    reserved = 0
    for index in range(len(firms)):
        firm = firms[index]
        if firm.pledged_until == month:
            pledged = ledger.tonnes[firm.account, CreditState.PLEDGED]
            move(
                ledger, firm.account, CreditState.PLEDGED.value, firm.account,
                CreditState.HELD.value, pledged, Entry.RELEASE.value, 0, month,
            )
            retire_credits(
                ledger, firm.account, pledged, Purpose.OWN_EMISSIONS.value, month, told_apart,
                firm.province,
            )
            row.retired_voluntary_t += pledged
            firm.pledged_until = 0
        bought = firm.to_retire_t
        if bought > 0:
            if firm.occasion == Occasion.COLLATERAL:
                _use(
                    ledger, firm.account, CreditState.PLEDGED.value, bought, Entry.PLEDGE.value, 0,
                    month, told_apart, firm.province,
                )
                firm.pledged_until = month + voluntary.loan_months
            else:
                purpose = Purpose.OWN_EMISSIONS.value
                if firm.occasion == Occasion.LOCAL_SUPPORT:
                    purpose = Purpose.LOCAL_SUPPORT.value
                retire_credits(
                    ledger, firm.account, bought, purpose, month, told_apart, firm.province
                )
                row.retired_voluntary_t += bought
            firm.to_retire_t = 0
        if firm.reserve_t > 0 and month >= firm.reserve_until:
            # It never counted in time: used for the firm's own emissions after all.
            retire_credits(
                ledger, firm.account, firm.reserve_t, Purpose.OWN_EMISSIONS.value, month,
                told_apart, firm.province,
            )
            row.retired_voluntary_t += firm.reserve_t
            firm.reserve_t = firm.reserve_until = 0
        reserved += firm.reserve_t
        if firm.occasion_t == 0:
            firm.occasion = Occasion.NONE.value
    row.green_held_t = reserved
    look_at_holdings(clock, firms, ledger)


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
        # Watershed money is credit revenue: without it nothing would be planted here.
        stand.area_without_ha = 0.0
        clock[Clock.STANDS] += 1
        project.treatable_ha -= area
        project.treatment_fen += own
        row.treatment_fen += own
        row.new_area_ha += area
