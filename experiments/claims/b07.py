"""B7: where a cap cannot be kept the price is the penalty, unless the tonnes must be made good."""

import numpy as np

from experiments.claims.allowance_setups import FIRMS, THOUSAND, period, sector
from experiments.claims.claim import Claim, inside, near
from simulation.allowances import Compliance, Rounds, Terms, allocate
from simulation.theory.abatement import linear_mac
from simulation.theory.penalty import penalty_market

__all__ = ["agent_claims", "claims", "solver_claims"]

SOURCE = "worked from MAC 100 - E, cap 30, penalty 50; make-good at a next price of 60 and 5 %"

# Rising evenly, 30 thousand t in all: firms that are all short of what they would emit at the
# penalty have no reason to trade.
ALLOCATION_T = 3 * THOUSAND * (2 * np.arange(FIRMS) + 1) // FIRMS


def solver_claims() -> list[Claim]:
    """Price, emissions, shortfall and revenue; ceiling and price with make-good."""
    sector = linear_mac(100.0, 1.0)
    plain = penalty_market(sector, 30.0, 50.0)
    good = penalty_market(sector, 30.0, 50.0, next_price=60.0, interest_per_period=0.05)
    lines = (
        ("price", "Price, yuan/t", 50.0, plain.price),
        ("emissions", "Emissions, t", 50.0, float(plain.emissions_t.sum())),
        ("shortfall", "Tonnes without an allowance", 20.0, plain.shortfall_t),
        ("revenue", "Penalties, yuan", 1000.0, plain.penalty_yuan),
        ("make_good.ceiling", "Ceiling with make-good, yuan/t", 50 + 60 / 1.05, good.ceiling),
        ("make_good.price", "Price with make-good, yuan/t", 70.0, good.price),
        ("make_good.shortfall", "Tonnes without an allowance, make-good", 0.0, good.shortfall_t),
    )
    return [
        near(f"B7.solver.{name}", statement, SOURCE, expected, measured, 1e-6)
        for name, statement, expected, measured in lines
    ]


def _period(terms: Terms) -> tuple[Rounds, Compliance]:
    market = sector(100.0)
    allocate(market, ALLOCATION_T)
    return period(market, terms)


def agent_claims() -> list[Claim]:
    """Ten like firms with unlike allocations in call auctions, thousand tonnes."""
    plain, ended = _period(Terms(penalty_yuan_per_t=50.0))
    good, made = _period(Terms(
        penalty_yuan_per_t=50.0, make_good=True, believed_next_price_yuan_per_t=60.0,
        interest_per_period=0.05,
    ))
    shortfall, missing = (one.firms.shortfall_t.sum() / THOUSAND for one in (ended, made))
    revenue = ended.firms.penalty_fen.sum() / 100 / THOUSAND
    return [
        inside("B7.agent.price", "Price, yuan/t", SOURCE, 50 * 0.97, 50.01, plain.price),
        inside("B7.agent.highest", "Highest price of a deal, yuan/t", SOURCE, 0.0, 50.01,
               plain.highest_price),
        near("B7.agent.emissions", "Emissions, thousand t", SOURCE, 50.0,
             ended.emissions_t / THOUSAND, 1.5),
        near("B7.agent.shortfall", "Thousand tonnes without an allowance", SOURCE, 20.0,
             shortfall, 0.6),
        near("B7.agent.revenue", "Penalties, thousand yuan", SOURCE, 1000.0, revenue, 30.0),
        near("B7.agent.make_good.price", "Price with make-good, yuan/t", SOURCE, 70.0, good.price,
             2.1),
        near("B7.agent.make_good.shortfall", "Thousand tonnes without an allowance, make-good",
             SOURCE, 0.0, missing, 0.6),
    ]


def claims() -> list[Claim]:
    """By the solver, then by agents."""
    return solver_claims() + agent_claims()
