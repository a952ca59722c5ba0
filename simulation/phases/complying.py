"""Phase ``comply``: obligations are settled at the deadline."""

from agents.buyers.compliance import emissions_covered, offset_room
from agents.buyers.expectation import worth_later
from agents.buyers.penalty import cost_of_making_good, penalty_price, prefers_penalty
from agents.buyers.regime import has_allowances, regime_limit
from agents.compiled import kernel
from agents.quantities import to_fen, worth_fen
from agents.registry.ledger import pay
from agents.vocabulary import Account, Entry, Purpose, Regime
from simulation.phases.paying import fund_account
from simulation.phases.using import retire_credits
from simulation.state import Clock, Prices

__all__ = ["comply"]


@kernel
def _pay_to(ledger, firm, receiver, fen, entry, month):
    fund_account(ledger, firm.account, fen, month)
    if fen > 0:
        pay(ledger, firm.account, receiver, fen, entry, month)


@kernel
def _surrender_credits(ledger, firm, credits, compliance, regime, month):
    # Emissions that they cover.
    if credits <= 0:
        return 0
    covered = emissions_covered(credits, compliance.discount_ratio)
    retire_credits(ledger, firm.account, credits, Purpose.COMPLIANCE.value, month)
    firm.for_compliance_t -= credits
    firm.surrendered_credits_t += credits
    firm.credited_t += covered
    if has_allowances(regime.kind):
        firm.licensed_t += covered
    return covered


@kernel
def _cover_the_rest(ledger, firm, lacking, regime, penalty, price, charge, later, month, row):
    # What neither credits nor own allowances cover: tax, market or penalty.
    if lacking <= 0:
        return
    if regime.kind == Regime.TAX:
        tax = worth_fen(lacking, to_fen(regime.tax_yuan_per_t))
        _pay_to(ledger, firm, Account.TREASURY.value, tax, Entry.CARBON_TAX.value, month)
        firm.taxed_t += lacking
        row.carbon_tax_fen += tax
    elif regime.kind == Regime.NEUTRALISATION or prefers_penalty(price, charge, later):
        fine = worth_fen(lacking, to_fen(charge))
        _pay_to(ledger, firm, Account.TREASURY.value, fine, Entry.PENALTY.value, month)
        firm.shortfall_t += lacking
        row.shortfall_t += lacking
        row.penalties_fen += fine
        if penalty.make_good:
            firm.owed_again_t += lacking
    else:
        bill = worth_fen(lacking, to_fen(price))
        _pay_to(
            ledger, firm, Account.ALLOWANCE_MARKET.value, bill, Entry.ALLOWANCES.value, month
        )
        firm.surrendered_allowances_t += lacking
        firm.allowances_bought_t += lacking
        row.allowances_bought_t += lacking


@kernel
def comply(clock, compliance, regime, penalty, expectation, prices, firms, ledger, monthly):
    """At the deadline: surrender credits up to the limit, allowances or money for the rest.

    Parameters
    ----------
    clock, compliance, regime, penalty, expectation, prices, firms, ledger, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    if month % 12 + 1 != compliance.deadline_month or regime.kind == Regime.NONE:
        return
    row = monthly[month - clock[Clock.FIRST]]
    price = prices[Prices.ALLOWANCE]
    charge = penalty_price(
        penalty.form, compliance.penalty_multiple, penalty.fixed_yuan_per_t, price
    )
    worth = worth_later(
        expectation.price_growth_per_year, expectation.discount_rate_per_year, 1.0
    )
    later = cost_of_making_good(regime.kind, penalty.make_good, price, charge, worth)
    limit = regime_limit(regime.kind, compliance.offset_limit * compliance.room_share)
    for index in range(len(firms)):
        firm = firms[index]
        if firm.obligation_t <= 0:
            continue
        credits = 0
        if compliance.eligible:
            room = offset_room(firm.obligation_t, limit, compliance.discount_ratio)
            credits = min(firm.for_compliance_t, room)
        covered = _surrender_credits(ledger, firm, credits, compliance, regime, month)
        row.retired_compliance_t += credits
        need = firm.obligation_t - covered
        # The free allocation first, then allowances from the market; what is left over is sold.
        used = min(firm.allocation_t, need)
        firm.surrendered_allowances_t += used
        spare = firm.allocation_t - used
        firm.allowances_sold_t += spare
        row.allowances_sold_t += spare
        revenue = worth_fen(spare, to_fen(price))
        if revenue > 0:
            pay(
                ledger, Account.ALLOWANCE_MARKET.value, firm.account, revenue,
                Entry.ALLOWANCES.value, month,
            )
        _cover_the_rest(
            ledger, firm, need - used, regime, penalty, price, charge, later, month, row
        )
        firm.settled_emissions_t += firm.obligation_t
        firm.obligation_t = 0
        firm.allocation_t = 0
        firm.room_t = 0
