"""Phases ``join``, ``ask_verification`` and ``issue``: pending tonnes become credits."""

from agents.compiled import kernel
from agents.quantities import to_fen, to_tonnes
from agents.registry.eligibility import vintage_counts
from agents.registry.ledger import issue as issue_credits
from agents.registry.ledger import pay
from agents.sellers.joining import joins
from agents.sellers.verification import asks_for_verification, measured_tonnes
from agents.vocabulary import Account, CreditState, Entry, Refusal
from simulation.draws import JOIN, MEASUREMENT, normal_quantile, uniform
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
def ask_verification(clock, verification, registry, projects, ledger, verifications):
    """Sellers ask for verification of what has grown, and pay for it.

    Parameters
    ----------
    clock, verification, registry, projects, ledger, verifications : see `State`
    """
    month = clock[Clock.MONTH]
    if month < registry.opens:
        return
    for index in range(len(projects)):
        project = projects[index]
        if not project.joined or project.due_month > 0:
            continue
        pending = project.plant_t + project.soil_t - project.measured_t
        if not asks_for_verification(
            pending, project.growth_t_per_year, project.believed_price,
            verification.cost_yuan_per_t, verification.fixed_cost_yuan,
            verification.discount_rate_per_year,
        ):
            continue
        cost = to_fen(verification.fixed_cost_yuan + verification.cost_yuan_per_t * pending)
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
        place = clock[Clock.VERIFICATIONS]
        asked = verifications[place]
        asked.project_id = project.agent_id
        asked.asked_month = month
        asked.vintage_start = project.period_start
        asked.vintage_end = month
        asked.removed_t = pending
        asked.soil_t = project.soil_t - project.measured_soil_t
        asked.fee_fen = cost
        clock[Clock.VERIFICATIONS] = place + 1
        project.verification = place
        project.measured_t += pending
        project.measured_soil_t = project.soil_t
        project.period_start = month + 1
        project.due_month = month + verification.delay_months


@kernel
def issue(clock, verification, reserve, eligibility, projects, ledger, verifications, monthly):
    """Verifications that end this month: measure, deduct, issue, hold back buffer and levy.

    Parameters
    ----------
    clock, verification, reserve, eligibility, projects, ledger, verifications, monthly : see
    `State`
    """
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    for index in range(len(projects)):
        project = projects[index]
        if project.due_month == 0 or project.due_month > month:
            continue
        asked = verifications[project.verification]
        luck = normal_quantile(
            uniform(clock[Clock.SEED], MEASUREMENT, month, project.agent_id, 0)
        )
        measured = measured_tonnes(
            asked.removed_t, verification.baseline_inflation, verification.measurement_error,
            luck,
        )
        verified = to_tonnes(measured)
        credited = to_tonnes(measured * (1.0 - verification.conservativeness_deduction))
        buffered = to_tonnes(credited * verification.buffer_share)
        levied = to_tonnes((credited - buffered) * reserve.levy_share)
        own = credited - buffered - levied
        counts = project.counts and vintage_counts(
            asked.vintage_start, asked.vintage_end, eligibility.first_vintage_year,
            eligibility.last_vintage_year,
        )
        if own > 0:
            issue_credits(
                ledger, project.account, project.agent_id, own,
                CreditState.HELD.value, asked.vintage_start, asked.vintage_end, month,
                project.province, counts,
            )
        if buffered > 0:
            issue_credits(
                ledger, Account.BUFFER_POOL.value, project.agent_id, buffered,
                CreditState.BUFFER.value, asked.vintage_start, asked.vintage_end, month,
                project.province, counts,
            )
        if levied > 0:
            issue_credits(
                ledger, Account.RESERVE.value, project.agent_id, levied,
                CreditState.HELD.value, asked.vintage_start, asked.vintage_end, month,
                project.province, counts,
            )
        project.verified_t += verified
        project.issued_t += credited
        row.verified_t += verified
        row.issued_t += credited
        asked.issued_month = month
        asked.measured_t = measured
        asked.credited_t = credited
        asked.buffer_t = buffered
        asked.levied_t = levied
        project.due_month = 0
