"""Phases ``bid_quota`` and ``meet_quota``: credits that firms must retire, whatever they emit."""

from agents.buyers.compliance import compliance_order, wanted_by_now
from agents.buyers.quota import quota_limit
from agents.compiled import allocating_kernel, kernel
from agents.quantities import to_fen, worth_fen
from agents.registry.ledger import pay
from agents.vocabulary import Account, Eligibility, Entry, Motive, Purpose, Side
from simulation.draws import ORDER_ARRIVAL, uniform_column
from simulation.phases.paying import fund_account
from simulation.phases.sending import send_order
from simulation.phases.using import look_at_holdings, retire_credits
from simulation.state import Clock

__all__ = ["bid_quota", "meet_quota"]


@allocating_kernel
def bid_quota(clock, quota, compliance, firms, orders, monthly):
    """Firms under a purchase quota order what they still lack.

    Parameters
    ----------
    clock, quota, compliance, firms, orders, monthly : see `State`
    """
    if quota.share <= 0.0:
        return
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    limit = to_fen(quota_limit(quota.penalty_yuan_per_t, compliance.transaction_cost_yuan_per_t))
    arrival = uniform_column(clock[Clock.SEED], ORDER_ARRIVAL, month, firms, Motive.QUOTA.value)
    for index in range(len(firms)):
        firm = firms[index]
        if firm.quota_owed_t <= 0 or limit <= 0:
            continue
        by_now = wanted_by_now(
            firm.quota_owed_t, month % 12 + 1, quota.deadline_month, firm.pace
        )
        wanted = compliance_order(by_now, firm.for_quota_t)
        if wanted <= 0:
            continue
        send_order(
            clock, orders, firm.agent_id, firm.province, index, Side.BUY.value,
            Motive.QUOTA.value, limit, wanted, arrival[index], Eligibility.ANY.value,
        )
        row.bid_quota_t += wanted
        row.best_bid_fen = max(row.best_bid_fen, limit)


@kernel
def meet_quota(clock, quota, firms, ledger, monthly):
    """At the quota's deadline: retire what was bought for it, pay the charge for the rest.

    Parameters
    ----------
    clock, quota, firms, ledger, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    if quota.share <= 0.0 or month % 12 + 1 != quota.deadline_month:
        return
    row = monthly[month - clock[Clock.FIRST]]
    charge = to_fen(quota.penalty_yuan_per_t)
    for index in range(len(firms)):
        firm = firms[index]
        if firm.quota_owed_t <= 0:
            continue
        credits = min(firm.for_quota_t, firm.quota_owed_t)
        if credits > 0:
            retire_credits(
                ledger, firm.account, credits, Purpose.QUOTA.value, month,
                clock[Clock.SORTED] != 0, firm.province,
            )
            firm.for_quota_t -= credits
            firm.quota_met_t += credits
            row.retired_quota_t += credits
        lacking = firm.quota_owed_t - credits
        to_pay = worth_fen(lacking, charge)
        if to_pay > 0:
            fund_account(ledger, firm.account, to_pay, month)
            pay(
                ledger, firm.account, Account.TREASURY.value, to_pay, Entry.PENALTY.value, month
            )
            row.penalties_fen += to_pay
        firm.quota_lacking_t += lacking
        row.quota_lacking_t += lacking
        firm.quota_owed_t = 0
    look_at_holdings(clock, firms, ledger)
