"""B14: prices beat quantities where marginal cost is steeper than marginal benefit."""

import math

from experiments.claims.claim import Claim, near
from simulation.theory.weitzman import (
    UncertainCost,
    advantage_of_price,
    best_collar,
    expected_loss,
    simulated_advantage,
)

__all__ = ["ADVANTAGE", "claims", "solver_claims", "world"]

SOURCE = "Weitzman (1974), RES 41:477; cost 20 + theta + q, sd 10, benefit 100 - B q"

# Slope of benefit: advantage of the price.
ADVANTAGE = {0.5: 25.0, 1.0: 0.0, 2.0: -50.0}
DRAWS, SEED = 500_000, 1


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


def claims() -> list[Claim]:
    """By the solver."""
    return solver_claims()
