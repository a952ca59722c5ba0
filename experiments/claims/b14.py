"""B14: prices beat quantities where marginal cost is steeper than marginal benefit."""

import math

import numpy as np

from experiments.claims.allowance_setups import THOUSAND, period, sector
from experiments.claims.claim import Claim, near
from simulation.allowances import Supply, supply_of
from simulation.theory.weitzman import (
    UncertainCost,
    advantage_of_price,
    best_collar,
    expected_loss,
    simulated_advantage,
)

__all__ = ["ADVANTAGE", "agent_claims", "claims", "solver_claims", "world"]

SOURCE = "Weitzman (1974), RES 41:477; cost 20 + theta + q, sd 10, benefit 100 - B q"

# Slope of benefit: advantage of the price.
ADVANTAGE = {0.5: 25.0, 1.0: 0.0, 2.0: -50.0}
DRAWS, SEED = 500_000, 1
# What is emitted where nothing is abated, thousand t, and worlds in which agents trade.
FREE_T, WORLDS = 200.0, 100


def world(benefit_slope: float) -> UncertainCost:
    """The set-up with one slope of benefit.

    Parameters
    ----------
    benefit_slope : float
        yuan/t per t.

    Returns
    -------
    UncertainCost
    """
    return UncertainCost(
        cost_intercept=20.0, cost_slope=1.0, benefit_intercept=100.0, benefit_slope=benefit_slope,
        shock_sd=10.0,
    )


def solver_claims() -> list[Claim]:
    """The formula, drawn worlds, and a collar beside both."""
    found = []
    for slope, advantage in ADVANTAGE.items():
        case = world(slope)
        drawn = simulated_advantage(case, 0.0, DRAWS, SEED)
        tax, cap = expected_loss(case, 0.0), expected_loss(case, math.inf)
        gain = min(tax, cap) - expected_loss(case, best_collar(case))
        found += [
            near(f"B14.solver.formula.{slope}", f"Advantage of the price, B {slope}, yuan", SOURCE,
                 advantage, advantage_of_price(case), 1e-9),
            near(f"B14.solver.drawn.{slope}",
                 f"The same in {DRAWS} drawn worlds, B {slope}, yuan (4 standard errors)", SOURCE,
                 advantage, drawn.mean, 4 * drawn.standard_error + 1e-9),
            Claim(
                f"B14.solver.collar.{slope}",
                f"Gain of the best collar over the better of the two, B {slope}, yuan", SOURCE,
                "at least 0", gain, "at least 0", gain >= 0.0,
            ),
        ]
    return found


def _supply(case: UncertainCost, half_width: float) -> Supply:
    cap = round((FREE_T - case.best_quantity_t) * THOUSAND)
    if half_width == math.inf:
        return supply_of(cap)
    return supply_of(
        cap, floor=case.best_price - half_width, ceiling=case.best_price + half_width,
        most_t=1000.0 * THOUSAND,
    )


def _net_benefit(case: UncertainCost, half_width: float, shocks: np.ndarray) -> np.ndarray:
    """What agents make of a collar in each world, thousand yuan, up to a constant of that world."""
    supply, found = _supply(case, half_width), np.empty(len(shocks))
    for world, shock in enumerate(shocks):
        # Marginal cost is 20 and the shock where nothing is abated.
        market = sector(case.cost_intercept + shock + case.cost_slope * FREE_T, case.cost_slope)
        _, ended = period(market, supply=supply)
        abated = FREE_T - ended.emissions_t / THOUSAND
        benefit = (case.benefit_intercept - case.benefit_slope * abated / 2.0) * abated
        found[world] = benefit - ended.firms.cost_yuan.sum() / THOUSAND
    return found


def agent_claims() -> list[Claim]:
    """Ten firms under a tax, an auctioned cap and a collar, the same shocks for each."""
    shocks = 10.0 * np.random.default_rng(1).standard_normal(WORLDS)
    found, gains = [], []
    for slope, advantage in ADVANTAGE.items():
        case = world(slope)
        tax, cap, collar = (
            _net_benefit(case, width, shocks) for width in (0.0, math.inf, best_collar(case))
        )
        gains.append(float((tax - cap).mean()))
        # Of these worlds: the advantage goes with the square of the shock.
        exact = advantage * float((shocks**2).mean()) / case.shock_sd**2
        found.append(near(
            f"B14.agent.advantage.{slope}", f"Advantage of the tax over the cap, B {slope}, "
            f"thousand yuan, {WORLDS} drawn worlds", SOURCE, exact, gains[-1], 2.5,
        ))
        gain = float(collar.mean() - max(tax.mean(), cap.mean()))
        found.append(Claim(
            f"B14.agent.collar.{slope}", "Gain of the best collar over the better of the two, "
            f"B {slope}, thousand yuan", SOURCE, "at least 0", gain, "at least 0", gain >= 0.0,
        ))
    ranked = min(gains[0] - gains[1], gains[1] - gains[2])
    found.append(Claim(
        "B14.agent.rank", "Least fall of the advantage from one slope of benefit to the next, "
        "thousand yuan", SOURCE, "above 0", ranked, "above 0", ranked > 0,
    ))
    found.append(Claim(
        "B14.agent.sign", "The lesser of the tax's advantage at B 0.5 and the cap's at B 2, "
        "thousand yuan", SOURCE, "above 0", min(gains[0], -gains[2]), "above 0",
        gains[0] > 0 > gains[2],
    ))
    return found


def claims() -> list[Claim]:
    """By the solver, then by agents."""
    return solver_claims() + agent_claims()
