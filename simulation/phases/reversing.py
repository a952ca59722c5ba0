"""Phases ``maintain`` and ``reverse``: upkeep, and stored carbon that is lost again."""

import numpy as np

from agents.compiled import allocating_kernel, kernel
from agents.quantities import to_fen
from agents.registry.cancelling import cancel_of_project, cancel_up_to
from agents.registry.ledger import pay
from agents.registry.permanence import (
    credits_reversed,
    hazard_of,
    is_struck,
    monthly_chance,
    strongest_hazard,
)
from agents.sellers.quote import marginal_cost
from agents.sellers.upkeep import keeps_up, stake_yuan
from agents.vocabulary import Account, CreditState, Entry, Liability, Purpose
from simulation.draws import REVERSAL, uniform_blocks
from simulation.phases.using import look_at_holdings
from simulation.state import Clock

__all__ = ["maintain", "outstanding_credits", "reverse"]

HELD, ESCROW = CreditState.HELD.value, CreditState.ESCROW.value
PLEDGED, BUFFER = CreditState.PLEDGED.value, CreditState.BUFFER.value
REVERSED = Purpose.REVERSAL.value


@kernel
def outstanding_credits(project):
    """Credits of a project that have neither been reversed nor found wanting.

    Parameters
    ----------
    project : row of projects

    Returns
    -------
    t
    """
    return project.issued_t - project.reversed_t - project.found_t


@allocating_kernel
def _areas_and_hazards(permanence, stands, used, projects):
    # Treated area of each project, and its mean hazard with upkeep.
    area, hazard = np.zeros(projects), np.zeros(projects)
    for place in range(used):
        stand = stands[place]
        area[stand.project] += stand.area_ha
        hazard[stand.project] += stand.area_ha * hazard_of(permanence, stand.measure)
    for index in range(projects):
        if area[index] > 0.0:
            hazard[index] /= area[index]
    return area, hazard


@allocating_kernel
def maintain(clock, permanence, verification, market, projects, stands, ledger, monthly):
    """In January, and in the first month: sellers pay for the year's upkeep where it is worth it.

    Parameters
    ----------
    clock, permanence, verification, market, projects, stands, ledger, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    cost_per_ha = permanence.upkeep_yuan_per_ha_per_year
    first = month == clock[Clock.FIRST]
    if (month % 12 != 0 and not first) or permanence.hazard_scale <= 0.0:
        return
    # Of a year that has begun, what is left.
    share = (12 - month % 12) / 12.0
    row = monthly[month - clock[Clock.FIRST]]
    if cost_per_ha <= 0.0:
        for index in range(len(projects)):
            projects[index].kept_up = True
        return
    areas, hazards = _areas_and_hazards(permanence, stands, clock[Clock.STANDS], len(projects))
    for index in range(len(projects)):
        project = projects[index]
        price = project.believed_price
        margin = price - marginal_cost(verification.cost_yuan_per_t, market.exchange_fee_share)
        stake = stake_yuan(
            project.plant_t + project.soil_t - project.measured_t, project.growth_t_per_year,
            verification.discount_rate_per_year, margin, outstanding_credits(project), price,
            permanence.liability == Liability.SELLER,
        )
        cost = to_fen(cost_per_ha * areas[index] * share)
        project.kept_up = project.joined and keeps_up(
            cost / 100.0, ledger.fen[project.account] / 100.0, hazards[index],
            permanence.neglect_factor, permanence.loss_share, stake * share,
        )
        if project.kept_up and cost > 0:
            pay(
                ledger, project.account, Account.CONTRACTORS.value, cost, Entry.UPKEEP.value,
                month,
            )
            row.upkeep_fen += cost


@kernel
def _lose(stand, share):
    # Carbon and area that are gone, in truth.
    plant, soil = stand.plant_t * share, stand.soil_t * share
    area = stand.area_ha * share
    stand.plant_t -= plant
    stand.soil_t -= soil
    stand.area_ha -= area
    return plant, soil, area


@kernel
def _lose_without(stand, share):
    # The same in the world without credit revenue.
    plant, soil = stand.plant_without_t * share, stand.soil_without_t * share
    stand.plant_without_t -= plant
    stand.soil_without_t -= soil
    stand.area_without_ha -= stand.area_without_ha * share
    return plant, soil


@kernel
def _scale_periods(project, verifications, kept, kept_without):
    # What is left of every period, whoever holds its credits by now.
    place = project.verification
    while place >= 0:
        period = verifications[place]
        period.real_t *= kept
        period.without_t *= kept_without
        place = period.previous


@kernel
def _cancel_with_firm(ledger, firm, project_id, tonnes, month):
    # A firm's own notes of what its holdings are for must not promise what is gone.
    held = cancel_of_project(ledger, firm.account, HELD, project_id, tonnes, REVERSED, month)
    missing = held
    taken = min(missing, firm.reserve_t)
    firm.reserve_t -= taken
    missing -= taken
    if firm.reserve_t == 0:
        firm.reserve_until = 0
    taken = min(missing, firm.for_quota_t)
    firm.for_quota_t -= taken
    missing -= taken
    firm.for_compliance_t -= min(missing, firm.for_compliance_t)
    pledged = cancel_of_project(
        ledger, firm.account, PLEDGED, project_id, tonnes - held, REVERSED, month
    )
    if pledged > 0 and ledger.tonnes[firm.account, PLEDGED] == 0:
        firm.pledged_until = 0
    return held + pledged


@kernel
def _cancel_everywhere(ledger, project, firms, tonnes, month):
    # Unsold ones first, then those of the government's reserve and of firms, in their order.
    left = tonnes
    for state in (HELD, ESCROW):
        left -= cancel_of_project(
            ledger, project.account, state, project.agent_id, left, REVERSED, month
        )
    for state in (HELD, ESCROW):
        left -= cancel_of_project(
            ledger, Account.RESERVE.value, state, project.agent_id, left, REVERSED, month
        )
    for index in range(len(firms)):
        if left <= 0:
            break
        left -= _cancel_with_firm(ledger, firms[index], project.agent_id, left, month)
    return tonnes - left


@kernel
def _make_good(permanence, project, firms, ledger, tonnes, month):
    # Credits cancelled for a reversal, by whoever is liable.
    if permanence.liability == Liability.POOL:
        given = cancel_up_to(
            ledger, Account.BUFFER_POOL.value, BUFFER, tonnes, REVERSED, month
        )
        project.owed_to_pool_t += given
        return given
    if permanence.liability == Liability.SELLER:
        given = cancel_up_to(ledger, project.account, HELD, tonnes, REVERSED, month)
        return given + cancel_up_to(
            ledger, project.account, ESCROW, tonnes - given, REVERSED, month
        )
    if permanence.liability == Liability.BUYER:
        return _cancel_everywhere(ledger, project, firms, tonnes, month)
    return 0


@kernel
def _pay_arrears(permanence, projects, ledger, month):
    # The pool makes good later what it could not when it was empty.
    for index in range(len(projects)):
        project = projects[index]
        if project.uncovered_t > 0:
            given = cancel_up_to(
                ledger, Account.BUFFER_POOL.value, BUFFER, project.uncovered_t, REVERSED, month
            )
            project.uncovered_t -= given
            project.owed_to_pool_t += given


@allocating_kernel
def _struck_stands(clock, permanence, projects, stands, losses):
    # Losses: plants, soil, area; plants and soil without credit revenue; by project.
    month = clock[Clock.MONTH]
    common = uniform_blocks(clock[Clock.SEED], REVERSAL, month, projects.cluster)[0]
    own = uniform_blocks(clock[Clock.SEED], REVERSAL, month, projects.agent_id)[1]
    most = strongest_hazard(permanence) * permanence.neglect_factor
    share = permanence.cluster_share
    near_common, near_own = monthly_chance(most, share), monthly_chance(most, 1.0 - share)
    near = False
    for index in range(len(projects)):
        near = near or common[index] < near_common or own[index] < near_own
    if not near:
        # In most months nobody is near a loss, and no stand is looked at.
        return False
    cared_for = permanence.upkeep_yuan_per_ha_per_year <= 0.0
    without_factor = 1.0 if cared_for else permanence.neglect_factor
    struck = False
    for place in range(clock[Clock.STANDS]):
        stand = stands[place]
        index = stand.project
        if stand.treated_month > month or not (
            common[index] < near_common or own[index] < near_own
        ):
            continue
        hazard = hazard_of(permanence, stand.measure)
        factor = 1.0 if projects[index].kept_up else permanence.neglect_factor
        if is_struck(hazard * factor, share, common[index], own[index]):
            plant, soil, area = _lose(stand, permanence.loss_share)
            losses[index, 0] += plant
            losses[index, 1] += soil
            losses[index, 2] += area
            struck = True
        if is_struck(hazard * without_factor, share, common[index], own[index]):
            plant, soil = _lose_without(stand, permanence.loss_share)
            losses[index, 3] += plant
            losses[index, 4] += soil
            struck = True
    return struck


@kernel
def _write_down(project, verifications, losses):
    # Stocks of the project, and of each period that was verified; share of the carbon lost.
    stored = project.plant_t + project.soil_t
    lost = losses[0] + losses[1]
    stored_without = project.plant_without_t + project.soil_without_t
    lost_without = losses[3] + losses[4]
    # Sums over stands miss those of the project by last bits, and nothing is stored below zero.
    kept = max(0.0, 1.0 - lost / stored) if stored > 0.0 else 1.0
    kept_without = max(0.0, 1.0 - lost_without / stored_without) if stored_without > 0.0 else 1.0
    if project.soil_t > 0.0:
        project.measured_soil_t *= max(0.0, 1.0 - losses[1] / project.soil_t)
    project.plant_t = max(0.0, project.plant_t - losses[0])
    project.soil_t = max(0.0, project.soil_t - losses[1])
    project.plant_without_t = max(0.0, project.plant_without_t - losses[3])
    project.soil_without_t = max(0.0, project.soil_without_t - losses[4])
    project.measured_t *= kept
    project.measured_without_t *= kept_without
    project.treatable_ha += losses[2]
    _scale_periods(project, verifications, kept, kept_without)
    return lost, stored, lost_without


@allocating_kernel
def reverse(
    clock, permanence, projects, stands, firms, ledger, verifications, monthly
):
    """Fire, flood and neglect: stands are lost, and credits are made good for by who is liable.

    Parameters
    ----------
    clock, permanence, projects, stands, firms, ledger, verifications, monthly : see `State`
    """
    month = clock[Clock.MONTH]
    row = monthly[month - clock[Clock.FIRST]]
    if permanence.liability == Liability.POOL:
        _pay_arrears(permanence, projects, ledger, month)
    if permanence.hazard_scale <= 0.0 or len(projects) == 0:
        return
    losses = np.zeros((len(projects), 5))
    if not _struck_stands(clock, permanence, projects, stands, losses):
        return
    covered = 0
    for index in range(len(projects)):
        mine = losses[index]
        if mine[0] + mine[1] + mine[2] + mine[3] + mine[4] == 0.0:
            continue
        project = projects[index]
        lost, stored, lost_without = _write_down(project, verifications, mine)
        row.lost_t += lost
        row.removed_t -= lost
        row.additional_t -= lost - lost_without
        tonnes = credits_reversed(outstanding_credits(project), lost, stored)
        if tonnes == 0:
            continue
        given = _make_good(permanence, project, firms, ledger, tonnes, month)
        project.reversed_t += tonnes
        project.uncovered_t += tonnes - given
        row.reversed_t += tonnes
        covered += given
    row.covered_t = covered
    if permanence.liability == Liability.BUYER:
        look_at_holdings(clock, firms, ledger)
