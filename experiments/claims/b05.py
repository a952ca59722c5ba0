"""B5: permits cost least and have one price, however they were given away (Montgomery 1972)."""

import numpy as np

from experiments.claims.allowance_setups import (
    montgomery,
    percent_off,
    period,
    random_allocation,
)
from experiments.claims.claim import Claim, inside, near
from simulation.allowances import Compliance, Rounds, permits_held
from simulation.allowances.continuous import DeskRules, marginal_costs, trade_continuously
from simulation.theory.abatement import abatement_cost_yuan, linear_mac
from simulation.theory.permits import permit_market, taxed_emissions_t, uniform_standard_t

__all__ = ["FIRMS", "agent_claims", "claims", "solver_claims"]

SOURCE = "Montgomery (1972), J. Economic Theory 5:395; worked from MAC i (2000 - e), i from 1 to 6"

FIRMS = tuple(linear_mac(2000.0 * number, float(number)) for number in range(1, 7))
# Sum of 1 / i over all firms, and over those that still emit under the lower cap.
ALL, EMITTING = 2.45, 1.45
# Cap, price, cost of the permits and of the uniform standard. Under the lower cap the first firm
# emits nothing, which costs it 2000 squared by 2.
CASES = (
    (9000.0, 3000 / ALL, 3000**2 / ALL / 2, 2_625_000.0),
    (6000.0, 4000 / EMITTING, 2000**2 / 2 + 4000**2 / EMITTING / 2, 10_500_000.0),
)
ALLOCATIONS = 20
# A lot of the order book; the steepest firm values two tonnes 12 yuan/t apart.
LOT_T = 2


def solver_claims() -> list[Claim]:
    """Two caps, the corner, a tax, and twenty allocations."""
    found = []
    for cap, price, cost, standard in CASES:
        solved = permit_market(FIRMS, cap)
        uniform = sum(
            abatement_cost_yuan(firm, tonnes)
            for firm, tonnes in zip(FIRMS, uniform_standard_t(FIRMS, cap), strict=True)
        )
        fewest, most = taxed_emissions_t(FIRMS, solved.price)
        lines = (
            ("price", "Price, yuan/t", price, solved.price),
            ("cost", "Cost of abatement, yuan", cost, solved.total_cost_yuan),
            ("standard", "Cost under a uniform standard, yuan", standard, uniform),
            ("saving", "Saving against the standard, percent", 100 * (1 - cost / standard),
             100 * (1 - solved.total_cost_yuan / uniform)),
            ("tax", "Greatest difference to emissions under a tax of that price, t", 0.0,
             float(np.max(np.abs([fewest - solved.emissions_t, most - solved.emissions_t])))),
        )
        found += [
            near(f"B5.solver.{name}.{cap:.0f}", f"{statement}, cap {cap:.0f}", SOURCE, expected,
                 measured, 1e-6)
            for name, statement, expected, measured in lines
        ]
    cap, price, *_ = CASES[1]
    corner = permit_market(FIRMS, cap).emissions_t
    found += [
        near(f"B5.solver.emissions.{number}", f"Emissions of firm {number}, cap 6000, t", SOURCE,
             max(2000 - price / number, 0.0), float(corner[number - 1]), 1e-6)
        for number in range(1, 7)
    ]
    rng = np.random.default_rng(1)
    prices = [
        permit_market(FIRMS, 9000.0, 9000.0 * parts / parts.sum()).price
        for parts in rng.random((ALLOCATIONS, len(FIRMS)))
    ]
    found.append(near(
        "B5.solver.allocations", "Spread of the price over 20 random allocations, yuan/t", SOURCE,
        0.0, float(np.ptp(prices)), 0.0,
    ))
    return found


def _in_rounds(cap: int) -> list[tuple[Rounds, Compliance]]:
    return [
        period(montgomery(random_allocation(cap, seed)), seed=seed)
        for seed in range(1, ALLOCATIONS + 1)
    ]


def _by_desks(cap: int, price: float) -> tuple[np.ndarray, float]:
    """Price of the last five sessions, one an allocation, and spread of MACs in percent."""
    rules, prices, spread = DeskRules(lot_t=LOT_T), [], 0.0
    for seed in range(1, ALLOCATIONS + 1):
        market = montgomery(random_allocation(cap, seed))
        prices.append(trade_continuously(market, rules, seed=seed).last_price(5))
        # Who emits nothing has a lower marginal cost.
        costs = marginal_costs(market)[permits_held(market) > LOT_T]
        spread = max(spread, float(100.0 * np.ptp(costs) / price))
    return np.array(prices), spread


def agent_claims() -> list[Claim]:
    """Twenty allocations of either cap, in call auctions and by ZIP on the order book."""
    found = []
    for cap, price, cost, _ in CASES:
        words = f"cap {cap:.0f}, {ALLOCATIONS} allocations"
        runs = _in_rounds(int(cap))
        prices = np.array([traded.price for traded, _ in runs])
        costs = np.array([ended.firms.cost_yuan.sum() for _, ended in runs])
        by_desks, spread = _by_desks(int(cap), price)
        lines = (
            ("call.price", "Call auctions, greatest distance from the price, percent", 1.0,
             percent_off(prices, price)),
            ("call.spread", "Call auctions, spread of the price over allocations, percent of its "
             "mean", 3.0, float(100.0 * np.ptp(prices) / prices.mean())),
            ("call.cost", "Call auctions, greatest distance from the least cost, percent", 1.0,
             percent_off(costs, cost)),
            ("call.rounds", "Call auctions, most rounds", 20,
             max(len(traded.price_by_round) for traded, _ in runs)),
            ("call.residual", "Call auctions, tonnes held that are not those wanted, greatest "
             "share, percent", 1.0, 100.0 * max(traded.residual_share for traded, _ in runs)),
            ("zip.mean", "ZIP, mean over allocations of the last five sessions, distance from the "
             "price, percent", 5.0, percent_off(by_desks.mean(), price)),
            ("zip.worst", "ZIP, last five sessions, greatest distance from the price, percent",
             5.0, percent_off(by_desks, price)),
            ("zip.spread", "ZIP, greatest spread of marginal costs of firms that emit, percent of "
             "the price", 5.0, spread),
        )
        found += [
            inside(f"B5.agent.{name}.{cap:.0f}", f"{statement}, {words}", SOURCE, -np.inf, limit,
                   measured)
            for name, statement, limit, measured in lines
        ]
    return found


def claims() -> list[Claim]:
    """By the solver, then by agents."""
    return solver_claims() + agent_claims()
