"""Phases ``join``, ``ask_verification`` and ``issue``: pending tonnes become credits."""

from agents.compiled import kernel
from agents.quantities import to_fen, to_tonnes
from agents.registry.eligibility import vintage_counts
from agents.registry.ledger import issue as issue_credits
from agents.registry.ledger import move, pay
from agents.registry.spot_audit import lenience_left
from agents.sellers.joining import joins
from agents.sellers.verification import (
    asks_for_verification,
    credited_share,
    measured_tonnes,
    next_slot,
    sampled_error,
    sampling_cost_factor,
)
from agents.vocabulary import Account, CreditState, Entry, Liability, Purpose, Refusal
from simulation.draws import (
    JOIN,
    MEASUREMENT,
    SPOT_AUDIT,
    VERIFICATION_QUEUE,
    normal_quantile,
    uniform,
)
from simulation.state import Clock

__all__ = ["ask_verification", "issue", "join"]


@kernel
def join(clock, joining, registry, projects):
    """Projects outside the scheme may join it, the likelier the more have joined.

    Parameters
    ----------
    clock, joining, registry, projects : see `State`
    """
    month = clock[Clock.MONTH]
    if month < registry.opens:
        return
    inside = 0
    for index in range(len(projects)):
        inside += projects[index].joined
    # The share at the start of the month: nobody's luck depends on the order of the rows.
    share = inside / max(len(projects), 1)
    for index in range(len(projects)):
        project = projects[index]
        if not project.joined:
            luck = uniform(clock[Clock.SEED], JOIN, month, project.agent_id, 0)
            project.joined = joins(
                joining.innovation_per_year, joining.imitation_per_year, share, luck
            )


@kernel
def _ask(clock, project, pending, cost, ends, verifications):
    # A line in the verifier's book: what the period was worth in truth, known to nobody.
    month = clock[Clock.MONTH]
    place = clock[Clock.VERIFICATIONS]
    without = project.plant_without_t + project.soil_without_t
    asked = verifications[place]
    asked.project_id = project.agent_id
    asked.previous = project.verification
    asked.asked_month = month
    asked.vintage_start = project.period_start
    asked.vintage_end = month
    asked.removed_t = asked.real_t = pending
    asked.without_t = without - project.measured_without_t
    asked.soil_t = project.soil_t - project.measured_soil_t
    asked.fee_fen = cost
    clock[Clock.VERIFICATIONS] = place + 1
    project.verification = place
    project.measured_t += pending
    project.measured_soil_t = project.soil_t
    project.measured_without_t = without
    project.period_start = month + 1
    project.due_month = ends


@kernel
def ask_verification(clock, verification, registry, projects, ledger, verifications, monthly):
    """Sellers ask for verification of what has grown, and pay for it.

    Parameters
    ----------
    clock, verification, registry, projects, ledger, verifications, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    if month < registry.opens:
        return
    row = monthly[month - clock[Clock.FIRST]]
    fixed_cost = verification.fixed_cost_yuan * sampling_cost_factor(
        verification.sampling_effort, verification.sampling_cost_share
    )
    capacity = verification.capacity_per_month
    first = 0
    if capacity > 0 and len(projects) > 0:
        # Where there is a queue, nobody stands first in it every month.
        luck = uniform(clock[Clock.SEED], VERIFICATION_QUEUE, month, 0, 0)
        first = int(luck * len(projects))
    for turn in range(len(projects)):
        project = projects[(first + turn) % len(projects)]
        if not project.joined or project.due_month > 0:
            continue
        pending = project.plant_t + project.soil_t - project.measured_t
        if not asks_for_verification(
            pending, project.growth_t_per_year, project.believed_price,
            verification.cost_yuan_per_t, fixed_cost, verification.discount_rate_per_year,
        ):
            continue
        cost = to_fen(fixed_cost + verification.cost_yuan_per_t * pending)
        # A seller who cannot pay does not ask; that is no refusal of the registry.
        if cost > 0:
            if ledger.fen[project.account] < cost:
                continue
            refusal = pay(
                ledger, project.account, Account.VERIFIER.value, cost,
                Entry.VERIFICATION_FEE.value, month,
            )
            if refusal != Refusal.NONE:
                continue
            row.verification_fees_fen += cost
        ends, taken = next_slot(
            month + verification.delay_months, clock[Clock.QUEUE_MONTH], clock[Clock.QUEUE_TAKEN],
            capacity,
        )
        clock[Clock.QUEUE_MONTH] = ends
        clock[Clock.QUEUE_TAKEN] = taken
        _ask(clock, project, pending, cost, ends, verifications)


@kernel
def _measure(clock, verification, spot_audit, project, asked):
    # Tonnes that the verifier finds, and the share of them that the registry credits.
    month = clock[Clock.MONTH]
    luck = normal_quantile(uniform(clock[Clock.SEED], MEASUREMENT, month, project.agent_id, 0))
    inflation = (
        verification.baseline_inflation + verification.inflation_deviation * project.inflation_draw
    )
    lenience = lenience_left(
        verification.leniency, spot_audit.probability, spot_audit.deterrence
    )
    error = sampled_error(verification.measurement_error, verification.sampling_effort)
    # What burned while the verifier was on the way is not measured.
    asked.removed_t = asked.real_t
    measured = measured_tonnes(asked.removed_t, inflation, lenience, error, luck)
    share = credited_share(
        verification.conservativeness_deduction, verification.uncertainty_deduction, error,
        verification.additionality_screening, asked.without_t / max(asked.removed_t, 1.0),
    )
    return measured, share


@kernel
def _settle_debts(permanence, project, ledger, own, month):
    # New credits first make good what the seller owes, then repay the pool.
    held, account = CreditState.HELD.value, project.account
    owed = min(own, project.owed_t)
    if owed > 0:
        move(
            ledger, account, held, account, CreditState.CANCELLED.value, owed, Entry.CANCEL.value,
            Purpose.OVER_CREDITING.value, month,
        )
        project.owed_t -= owed
        own -= owed
    if permanence.liability == Liability.SELLER:
        owed = min(own, project.uncovered_t)
        if owed > 0:
            move(
                ledger, account, held, account, CreditState.CANCELLED.value, owed,
                Entry.CANCEL.value, Purpose.REVERSAL.value, month,
            )
            project.uncovered_t -= owed
            own -= owed
    repaid = min(to_tonnes(own * permanence.replenishment_share), project.owed_to_pool_t)
    if repaid > 0:
        move(
            ledger, account, held, Account.BUFFER_POOL.value, CreditState.BUFFER.value, repaid,
            Entry.REPLENISH.value, 0, month,
        )
        project.owed_to_pool_t -= repaid
    return repaid


@kernel
def _issue_parts(ledger, project, asked, own, buffered, levied, counts, month):
    for part in range(3):
        tonnes, account, state = own, project.account, CreditState.HELD.value
        if part == 1:
            tonnes, account = buffered, Account.BUFFER_POOL.value
            state = CreditState.BUFFER.value
        elif part == 2:
            tonnes, account = levied, Account.RESERVE.value
        if tonnes > 0:
            issue_credits(
                ledger, account, project.agent_id, tonnes, state, asked.vintage_start,
                asked.vintage_end, month, project.province, counts, project.verification,
            )


@kernel
def _draw_audit(clock, spot_audit, project):
    # One audit of a project at a time.
    month = clock[Clock.MONTH]
    if spot_audit.probability <= 0.0 or project.audit_month > 0:
        return
    luck = uniform(clock[Clock.SEED], SPOT_AUDIT, month, project.agent_id, 0)
    if luck < spot_audit.probability:
        project.audit_month = month + spot_audit.delay_months
        project.audited = project.verification


@kernel
def issue(
    clock, verification, permanence, spot_audit, reserve, eligibility, projects, ledger,
    verifications, monthly
):
    """Verifications that end this month: measure, deduct, issue, hold back buffer and levy.

    Parameters
    ----------
    clock, verification, permanence, spot_audit, reserve, eligibility, projects, ledger,
    verifications, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    for index in range(len(projects)):
        project = projects[index]
        if project.due_month == 0:
            continue
        if project.due_month > month:
            row.waiting += 1
            continue
        asked = verifications[project.verification]
        measured, share = _measure(clock, verification, spot_audit, project, asked)
        verified = to_tonnes(measured)
        credited = to_tonnes(measured * share)
        buffered = to_tonnes(credited * verification.buffer_share)
        levied = to_tonnes((credited - buffered) * reserve.levy_share)
        own = credited - buffered - levied
        counts = project.counts and vintage_counts(
            asked.vintage_start, asked.vintage_end, eligibility.first_vintage_year,
            eligibility.last_vintage_year,
        )
        _issue_parts(ledger, project, asked, own, buffered, levied, counts, month)
        row.replenished_t += _settle_debts(permanence, project, ledger, own, month)
        _draw_audit(clock, spot_audit, project)
        project.verified_t += verified
        project.issued_t += credited
        row.verifications += 1
        row.verified_t += verified
        row.issued_t += credited
        asked.issued_month = month
        asked.measured_t = measured
        asked.credited_t = credited
        asked.credited_share = share
        asked.buffer_t = buffered
        asked.levied_t = levied
        project.due_month = 0
