"""Phase ``inspect``: spot audits, and what becomes public of them and of reversals."""

from agents.buyers.trust import scandal_tonnes, trust_regained, trust_shaken
from agents.compiled import kernel
from agents.quantities import to_fen, to_tonnes
from agents.registry.cancelling import cancel_up_to
from agents.registry.ledger import ISSUED, pay
from agents.registry.spot_audit import audited_tonnes, credits_too_many
from agents.vocabulary import Account, CreditState, Entry, Purpose
from simulation.draws import SPOT_AUDIT, normal_quantile, uniform
from simulation.phases.reversing import outstanding_credits
from simulation.state import Clock, Prices

__all__ = ["inspect"]

FOUND = Purpose.OVER_CREDITING.value


@kernel
def _found_too_many(clock, spot_audit, project, asked):
    # Credits of the issue that the audit would not have given, by the rules under which it was.
    luck = normal_quantile(
        uniform(clock[Clock.SEED], SPOT_AUDIT, clock[Clock.MONTH], project.agent_id, 1)
    )
    justified = to_tonnes(
        audited_tonnes(asked.removed_t, spot_audit.error, luck) * asked.credited_share
    )
    return credits_too_many(asked.credited_t, justified, spot_audit.tolerance)


@kernel
def _take_back(project, ledger, tonnes, month):
    # The seller's unsold credits are cancelled; what is missing it owes from later issues.
    left = tonnes
    for state in (CreditState.HELD.value, CreditState.ESCROW.value):
        left -= cancel_up_to(ledger, project.account, state, left, FOUND, month)
    project.owed_t += left


@kernel
def inspect(clock, spot_audit, trust, prices, projects, ledger, verifications, monthly):
    """Audits that are due; bad news shakes the trust of voluntary buyers, time restores it.

    Parameters
    ----------
    clock, spot_audit, trust, prices, projects, ledger, verifications, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    uncovered = 0
    for index in range(len(projects)):
        project = projects[index]
        if project.audit_month > 0 and project.audit_month <= month:
            cost = to_fen(spot_audit.cost_yuan)
            if cost > 0:
                pay(
                    ledger, Account.TREASURY.value, Account.VERIFIER.value, cost,
                    Entry.SPOT_AUDIT.value, month,
                )
            asked = verifications[project.audited]
            # What was lost since is no over-crediting, and is made good for already.
            tonnes = min(
                _found_too_many(clock, spot_audit, project, asked),
                outstanding_credits(project),
            )
            if tonnes > 0:
                _take_back(project, ledger, tonnes, month)
            project.found_t += tonnes
            project.audit_month = 0
            asked.audited_month = month
            asked.found_t = tonnes
            row.spot_audits += 1
            row.spot_audit_fen += cost
            row.found_t += tonnes
        uncovered += project.uncovered_t + project.owed_t
    row.uncovered_t = uncovered
    scandal = scandal_tonnes(row.found_t, row.reversed_t, row.covered_t, trust.covered_weight)
    prices[Prices.TRUST] = trust_shaken(
        trust_regained(prices[Prices.TRUST], trust.recovery_months), trust.sensitivity, scandal,
        ledger.counters[ISSUED],
    )
    row.trust = prices[Prices.TRUST]
