"""B7: where a cap cannot be kept the price is the penalty, unless the tonnes must be made good."""

from experiments.claims.claim import Claim, near
from simulation.theory.abatement import linear_mac
from simulation.theory.penalty import penalty_market

__all__ = ["claims", "solver_claims"]

SOURCE = "worked from MAC 100 - E, cap 30, penalty 50; make-good at a next price of 60 and 5 %"


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


def claims() -> list[Claim]:
    """By the solver."""
    return solver_claims()
