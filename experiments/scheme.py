"""A scheme year by year: what the firms of a world did, beside what theory would have them do."""

import math
from typing import NamedTuple

import numpy as np

from agents.vocabulary import Motive
from experiments.scheme_theory import theory_of_year
from simulation.errors import InputError
from simulation.phases.allowance_outlook import own_allowances
from simulation.scenario import Scenario
from simulation.state import Authority, State
from simulation.theory.scheme import SchemeMarket
from simulation.world import World

__all__ = ["SchemeYear", "scheme_years", "summary"]

FEN_PER_YUAN = 100.0

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
        Of covered firms; what credits cover, rival ones among them; newly left uncovered, below
        zero where earlier shortfall was made good.
    rivals_t, sold_t, borrowed_t : int
        Of the credits, rival ones; allowances sold by the authority, from its auction, its tiers
        and at its ceiling; allowances of the next year that were used, less those given back.
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
    rivals_t: int
    shortfall_t: int
    sold_t: int
    borrowed_t: int
    starved_months: int
    residual_share: float
    theory: SchemeMarket
    theory_credit_price: float | None


class _Opening(NamedTuple):
    """Levels at the end of a year, from which the next one is counted."""

    bank_t: int
    allocated_t: int
    credits_t: int
    rivals_t: int
    shortfall_t: int
    settled_t: int
    held_credits_t: int
    borrowed_t: int
    debt_t: int


def _levels(state: State) -> _Opening:
    firms = state.firms[state.firms.covered]
    return _Opening(
        int(sum(own_allowances.py_func(firm) for firm in firms)), int(firms.allocated_t.sum()),
        int(firms.credited_t.sum() + firms.rivals_t.sum()), int(firms.rivals_t.sum()),
        int(firms.shortfall_t.sum()), int(firms.settled_emissions_t.sum()),
        int(firms.for_compliance_t.sum()), int(firms.borrowed_t.sum()),
        int(firms.owed_again_t.sum()),
    )


def _credits_for_sale(state: State, months: np.recarray, held: int) -> int:
    """Credits that could serve compliance in a year: all there were, less what others bought."""
    others = int((months.volume_t - months.compliance_t).sum())
    first = int(months.stock_t[0])
    # Issues after January; what was issued in it is in its stock.
    later = int(months.issued_t[1:].sum())
    buffer = float(state.rules.verification.buffer_share[0])
    return max(first + math.floor(later * (1.0 - buffer)) - others, 0) + held


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
    Theory is given what agents banked and borrowed at both ends of a year, what others than
    compliance buyers bought, and the cost of a credit to its seller; it decides the price, who
    abates, and how many credits are used, the whole offset limit being open to them. It does not
    know the agents' rules. Years before the first January, and compliance periods of several years,
    are not judged year by year.
    """
    if scenario.allowance_price.path != "endogenous":
        raise InputError(
            f"{scenario.name}: allowance_price.path = {scenario.allowance_price.path!r}, so firms "
            "do not set the allowance price. Set it to 'endogenous', or choose another scenario."
        )
    for month in (scenario.start, *(event.effective for event in scenario.events)):
        years = scenario.at(month).banking.period_years
        if years != 1:
            raise InputError(
                f"{scenario.name}: banking.period_years = {years}: years are judged one by one. "
                "Set it to 1, in events as well."
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
    # What is owed again for earlier years takes allowances like what is carried over.
    supply = given + before.bank_t - after.bank_t + after.borrowed_t - before.borrowed_t
    theory = theory_of_year(
        state, scenario, (supply - before.debt_t, on_offer, tiers),
        _credits_for_sale(state, months, before.held_credits_t), before.debt_t,
    )
    deals = state.deals[(state.deals.month >= january) & (state.deals.month < january + 12)]
    deals = deals[deals.motive == Motive.COMPLIANCE]
    bought = int(deals.tonnes.sum())
    return SchemeYear(
        january // 12, given + on_offer, after.bank_t, before.bank_t,
        float(months.allowance_price.mean()),
        float((deals.tonnes * deals.price_fen).sum() / bought / FEN_PER_YUAN)
        if bought else math.nan,
        after.settled_t - before.settled_t - before.debt_t,
        after.credits_t - before.credits_t, after.rivals_t - before.rivals_t,
        after.shortfall_t - before.shortfall_t - before.debt_t,
        int(months.allowance_auctioned_t.sum()), after.borrowed_t - before.borrowed_t,
        int((months.eligible & (
            (months.offered_t == 0) | (months.compliance_t < months.bid_compliance_t)
        )).sum()),
        float(months.market_residual_share.max()), theory,
        # Where only rival credits count, their price is nobody's here.
        None if theory.credit_price is None or not months.eligible.any() else theory.credit_price
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
            "bank_t": one.bank_t, "sold_by_authority_t": one.sold_t, "borrowed_t": one.borrowed_t,
            "rival_credits_t": one.rivals_t, "starved_months": one.starved_months,
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
