"""A scheme year by year: what the firms of a world did, beside what theory would have them do."""

import math
from typing import NamedTuple

import numpy as np

from agents.vocabulary import Motive, PenaltyForm
from simulation.errors import InputError
from simulation.phases.abating import dearest_abatement
from simulation.phases.allowance_outlook import own_allowances
from simulation.scenario import Scenario
from simulation.state import Authority, State
from simulation.theory.abatement import linear_mac, step_mac
from simulation.theory.combine import clipped, constant
from simulation.theory.curves import Curve, step_supply
from simulation.theory.scheme import SchemeMarket, scheme_market
from simulation.world import World

__all__ = ["SchemeYear", "firm_curves", "scheme_years", "summary"]

FEN_PER_YUAN = 100.0
# More than anybody could use.
PLENTY_T = 1e12


class SchemeYear(NamedTuple):
    """One year of a scheme.

    Attributes
    ----------
    year : int
    cap_t : int
        Allowances given and put up for auction.
    bank_t, bank_before_t : int
        Carried over at the end of the year, and into it.
    allowance_price, credit_price : float
        yuan/t, means of the agents' deals; the second is not a number without one.
    emissions_t, credits_t, shortfall_t : int
        Of covered firms; what credits cover, rival ones among them.
    starved_months : int
        Months in which credits count and orders for them were not filled, or none were offered.
    residual_share : float
        Largest distance, in a month, of the allowance price from the one by which credits were
        bid for.
    theory : SchemeMarket
        For the same firms, the same allowances and the same bank.
    theory_credit_price : float or None
        yuan/t that a seller gets: what a credit saves in theory, less the buyer's transaction cost.
    """

    year: int
    cap_t: int
    bank_t: int
    bank_before_t: int
    allowance_price: float
    credit_price: float
    emissions_t: int
    credits_t: int
    shortfall_t: int
    starved_months: int
    residual_share: float
    theory: SchemeMarket
    theory_credit_price: float | None


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
    if PenaltyForm[penalty.form.upper()] is PenaltyForm.MULTIPLE:
        return end
    if not penalty.make_good:
        return penalty.fixed_yuan_per_t
    beliefs = scenario.expectations
    worth = ((1.0 + beliefs.price_growth_per_year) / (1.0 + beliefs.discount_rate_per_year)) ** (
        scenario.banking.period_years
    )
    return penalty.fixed_yuan_per_t / (1.0 - worth) if worth < 1.0 else end


class _Opening(NamedTuple):
    """Levels at the end of a year, from which the next one is counted."""

    bank_t: int
    allocated_t: int
    credits_t: int
    shortfall_t: int
    settled_t: int
    held_credits_t: int
    borrowed_t: int


def _levels(state: State) -> _Opening:
    firms = state.firms[state.firms.covered]
    return _Opening(
        int(sum(own_allowances.py_func(firm) for firm in firms)), int(firms.allocated_t.sum()),
        int(firms.credited_t.sum() + firms.rivals_t.sum()), int(firms.shortfall_t.sum()),
        int(firms.settled_emissions_t.sum()), int(firms.for_compliance_t.sum()),
        int(firms.borrowed_t.sum()),
    )


def _credits_for_sale(state: State, months: np.recarray, held: int) -> int:
    """Credits that could serve compliance in a year: all there were, less what others bought."""
    others = int((months.volume_t - months.compliance_t).sum())
    first = int(months.stock_t[0])
    # Issues after January; what was issued in it is in its stock.
    later = int(months.issued_t[1:].sum())
    buffer = float(state.rules.verification.buffer_share[0])
    return max(first + math.floor(later * (1.0 - buffer)) - others, 0) + held


def _theory(
    world: World, scenario: Scenario, supply: tuple[int, int, tuple[int, int]], credits_t: int
) -> SchemeMarket:
    given, auctioned, tiers = supply
    market, compliance = scenario.allowance_market, scenario.compliance
    steps = [(market.floor_yuan_per_t, float(auctioned))]
    for price, tonnes in zip((market.tier_1_yuan_per_t, market.tier_2_yuan_per_t), tiers,
                             strict=True):
        if price > 0:
            steps.append((price, float(tonnes)))
    ceiling = market.ceiling_yuan_per_t or math.inf
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
    penalty = _dearest(world.state, scenario)
    return scheme_market(
        firm_curves(world.state), float(given),
        tiers=[(min(price, ceiling), tonnes) for price, tonnes in steps],
        ceiling=ceiling, penalty=penalty,
        credit_supply=credit, limit_share=compliance.offset_limit,
    )


def scheme_years(scenario: Scenario, seed: int = 1) -> list[SchemeYear]:
    """Run a scenario whose firms trade allowances, and judge every whole year by theory.

    Parameters
    ----------
    scenario : Scenario
    seed : int

    Returns
    -------
    list of SchemeYear

    Raises
    ------
    InputError
        When the allowance price comes from outside, or no whole year is run.

    Notes
    -----
    Theory is given what agents banked at both ends of a year, what others than compliance buyers
    bought, and the cost of a credit to its seller; it decides the price, who abates, and how many
    credits are used, the whole offset limit being open to them. It does not know the agents' rules.
    Years before the first January, and compliance periods of several years, are not judged year by
    year.
    """
    if scenario.allowance_price.path != "endogenous":
        raise InputError(
            f"{scenario.name}: allowance_price.path = {scenario.allowance_price.path!r}, so firms "
            "do not set the allowance price. Set it to 'endogenous', or choose another scenario."
        )
    if scenario.banking.period_years != 1:
        raise InputError(
            f"{scenario.name}: banking.period_years = {scenario.banking.period_years}: years are "
            "judged one by one. Set it to 1."
        )
    if not any(group.covered for group in scenario.firms):
        raise InputError(
            f"{scenario.name}: no firm is covered, so nobody needs an allowance. Give a group of "
            "firms `covered = true`."
        )
    world = World(scenario, seed)
    first = -(-scenario.start // 12) * 12
    if scenario.stop - first < 12:
        raise InputError(f"{scenario.name}: no whole calendar year is run. Give it more months.")
    world.run(first - scenario.start)
    years = []
    for january in range(first, scenario.stop - 11, 12):
        before = _levels(world.state)
        while world.next_phase.name != "quote":
            world.run_phase()
        on_offer, *tiers = (
            int(world.state.authority[place])
            for place in (Authority.TO_AUCTION, Authority.TIER_1, Authority.TIER_2)
        )
        world.run(11)
        years.append(
            _year(world, scenario.at(january), january, before, on_offer, tuple(tiers))
        )
    world.check_books()
    return years


def _year(
    world: World, scenario: Scenario, january: int, before: _Opening, on_offer: int,
    tiers: tuple[int, int],
) -> SchemeYear:
    state, after = world.state, _levels(world.state)
    start = january - scenario.start
    months = state.monthly[start : start + 12]
    given = after.allocated_t - before.allocated_t
    supply = given + before.bank_t - after.bank_t + after.borrowed_t - before.borrowed_t
    theory = _theory(
        world, scenario, (max(supply, 0), on_offer, tiers),
        _credits_for_sale(state, months, before.held_credits_t),
    )
    deals = state.deals[(state.deals.month >= january) & (state.deals.month < january + 12)]
    deals = deals[deals.motive == Motive.COMPLIANCE]
    bought = int(deals.tonnes.sum())
    return SchemeYear(
        january // 12, given + on_offer, after.bank_t, before.bank_t,
        float(months.allowance_price.mean()),
        float((deals.tonnes * deals.price_fen).sum() / bought / FEN_PER_YUAN)
        if bought else math.nan,
        after.settled_t - before.settled_t, after.credits_t - before.credits_t,
        after.shortfall_t - before.shortfall_t,
        int((months.eligible & (
            (months.offered_t == 0) | (months.compliance_t < months.bid_compliance_t)
        )).sum()),
        float(months.market_residual_share.max()), theory,
        None if theory.credit_price is None else theory.credit_price
        * scenario.compliance.discount_ratio - scenario.compliance.transaction_cost_yuan_per_t,
    )


def summary(years: list[SchemeYear]) -> list[dict[str, object]]:
    """Years as plain numbers, ready for JSON.

    Parameters
    ----------
    years : list of SchemeYear

    Returns
    -------
    list of dict
        `agents` and `theory` hold the same keys; a price that does not exist is None.
    """
    def known(value: float | None) -> float | None:
        return None if value is None or not math.isfinite(value) else value

    return [
        {
            "year": one.year, "cap_t": one.cap_t, "bank_before_t": one.bank_before_t,
            "bank_t": one.bank_t, "starved_months": one.starved_months,
            "residual_share": one.residual_share,
            "agents": {
                "allowance_price_yuan_per_t": one.allowance_price,
                "credit_price_yuan_per_t": known(one.credit_price),
                "emissions_t": one.emissions_t, "credits_t": one.credits_t,
                "shortfall_t": one.shortfall_t,
            },
            "theory": {
                "allowance_price_yuan_per_t": one.theory.allowance_price,
                "credit_price_yuan_per_t": known(one.theory_credit_price),
                "emissions_t": float(one.theory.emissions_t.sum()),
                "credits_t": one.theory.credits_t, "shortfall_t": one.theory.shortfall_t,
            },
        }
        for one in years
    ]
