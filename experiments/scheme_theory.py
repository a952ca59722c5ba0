"""Theory beside the year of a scheme: the same firms, allowances and rules, none of the agents'."""

import math

import numpy as np

from agents.vocabulary import PenaltyForm
from simulation.phases.abating import dearest_abatement
from simulation.scenario import Scenario
from simulation.state import State
from simulation.theory.abatement import linear_mac, step_mac
from simulation.theory.combine import clipped, constant
from simulation.theory.curves import Curve, step_supply
from simulation.theory.scheme import SchemeMarket, scheme_market

__all__ = ["firm_curves", "rules_left_out", "theory_of_year"]

# More than anybody could use.
PLENTY_T = 1e12


def firm_curves(state: State) -> list[Curve]:
    """Emissions of each covered firm by price, this year.

    Parameters
    ----------
    state : State

    Returns
    -------
    list of Curve
        The firm's marginal abatement cost, a line or in steps, down to what it can abate at most.
    """
    limit = float(state.rules.emissions.abatement_limit[0])
    curves = []
    for firm in state.firms[state.firms.covered]:
        # What a retrofit abates is gone whatever the price.
        left = float(firm.activity_t * (1.0 - firm.built_share))
        slope = float(firm.abatement_slope)
        if left <= 0.0:
            curves.append(constant(0.0))
            continue
        if firm.step_share_1 > 0:
            shares = np.array([firm[f"step_share_{place}"] for place in range(1, 5)])
            costs = [float(firm[f"step_cost_{place}"]) for place in range(1, 5)]
            curves.append(step_mac(costs, left * shares, left * (1.0 - float(shares.sum()))))
        else:
            curves.append(clipped(linear_mac(slope, slope / left), left * (1.0 - limit), np.inf))
    return curves


def _dearest(state: State, scenario: Scenario) -> float:
    # What being without an allowance costs; a penalty that follows the price has no end of its own.
    firms = state.firms[state.firms.covered]
    emissions = state.rules.emissions[0]
    end = max(float(dearest_abatement.py_func(firm, emissions)) for firm in firms)
    penalty = scenario.penalty
    beliefs = scenario.expectations
    worth = ((1.0 + beliefs.price_growth_per_year) / (1.0 + beliefs.discount_rate_per_year)) ** (
        scenario.banking.period_years
    )
    if PenaltyForm[penalty.form.upper()] is PenaltyForm.MULTIPLE:
        # Nobody buys where being without costs a part of the price, whatever the price.
        times = scenario.compliance.penalty_multiple + (worth if penalty.make_good else 0.0)
        return end if times >= 1.0 else 0.0
    if not penalty.make_good:
        return penalty.fixed_yuan_per_t
    return penalty.fixed_yuan_per_t / (1.0 - worth) if worth < 1.0 else end


def theory_of_year(
    state: State, scenario: Scenario, supply: tuple[int, int, tuple[int, int]], credits_t: int,
    debt_t: int,
) -> SchemeMarket:
    """Equilibrium of a year.

    Parameters
    ----------
    state : State
        At the end of the year.
    scenario : Scenario
        With the rules of its January.
    supply : (int, int, (int, int))
        t given, less what was carried over on balance and what was owed again, which may come out
        below zero; t auctioned; t of each tier.
    credits_t : int
        t that could serve compliance.
    debt_t : int
        Of the supply, t that was owed again for earlier years.

    Returns
    -------
    SchemeMarket
        What is missing is new shortfall: below zero where the debt is made good on balance.
    """
    given, auctioned, tiers = supply
    market, compliance = scenario.allowance_market, scenario.compliance
    steps = [(0.0, float(max(given, 0))), (market.floor_yuan_per_t, float(auctioned))]
    for price, tonnes in zip((market.tier_1_yuan_per_t, market.tier_2_yuan_per_t), tiers,
                             strict=True):
        if price > 0:
            steps.append((price, float(tonnes)))
    ceiling = market.ceiling_yuan_per_t or math.inf
    steps, lacking = _less(steps, float(max(-given, 0)))
    if math.isfinite(ceiling):
        lacking = 0.0
    cost = scenario.verification.cost_yuan_per_t / (1.0 - scenario.market.exchange_fee_share)
    ratio = compliance.discount_ratio
    extra = compliance.transaction_cost_yuan_per_t
    # Tonnes that credits could cover, and what covering one costs: these credits, and rivals.
    offers = [(0.0, 0.0)]
    if compliance.eligible:
        offers.append(((cost + extra) / ratio, credits_t * ratio))
    if compliance.rivals_open and compliance.system_limit >= 1.0:
        offers.append((compliance.rival_price_yuan_per_t + extra, PLENTY_T))
    credit = step_supply(*zip(*offers, strict=True))
    penalty = _dearest(state, scenario)
    found = scheme_market(
        firm_curves(state), steps[0][1],
        tiers=[(min(price, ceiling), tonnes) for price, tonnes in steps[1:]],
        ceiling=ceiling, penalty=penalty,
        credit_supply=credit, limit_share=_limit(scenario),
    )
    return found._replace(shortfall_t=found.shortfall_t + lacking - debt_t)


def _less(
    steps: list[tuple[float, float]], taken: float
) -> tuple[list[tuple[float, float]], float]:
    """What is left of a supply when so much of it, the cheapest first, is gone; and what lacks."""
    left = []
    for price, tonnes in steps:
        part = min(taken, tonnes)
        taken -= part
        left.append((price, tonnes - part))
    return left, taken


def _limit(scenario: Scenario) -> float:
    """Share of emissions that credits may cover, rival ones included where they may be bought."""
    compliance = scenario.compliance
    if compliance.rivals_open and compliance.system_limit >= 1.0:
        return compliance.offset_limit
    return min(compliance.offset_limit * compliance.room_share, compliance.system_limit)


def rules_left_out(scenario: Scenario) -> list[str]:
    """Rules in force at some time of which the theory beside a scheme knows nothing.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    list of str
        Keys, in the order of the scenario; `at_midyear` is the last where a lever moves within a
        year, which theory judges by the rules of January.
    """
    found = {}
    months = sorted({scenario.start, *(event.effective for event in scenario.events)})
    for now in map(scenario.at, months):
        compliance, rules = now.compliance, now.eligibility
        found |= {key: None for key, in_force in (
            ("compliance.room_share", compliance.room_share < 1.0 and compliance.rivals_open
             and compliance.system_limit >= 1.0),
            ("eligibility", rules != type(rules)()),
            ("enforcement.audit_probability", now.enforcement.audit_probability < 1.0),
        ) if in_force}
    if any(event.effective % 12 and event.effective > scenario.start for event in scenario.events):
        found["at_midyear"] = None
    return list(found)
