"""B13: one credit with two demands has four price regimes."""

from experiments.claims.b13_agents import agents_claims
from experiments.claims.claim import Claim, near
from simulation.theory.curves import linear_demand, linear_supply
from simulation.theory.regimes import Regime, two_demands

__all__ = ["claims", "solver_claims"]

SOURCE = "worked from supply 2 (p - 10) and voluntary demand V - p / 2"

# V, L, A; price, voluntary, compliance, regime.
CASES = (
    (40, 0, 60, 24.0, 28.0, 0.0, Regime.VOLUNTARY_ONLY),
    (40, 30, 60, 36.0, 22.0, 30.0, Regime.LIMIT_BINDS),
    (40, 30, 30, 30.0, 25.0, 15.0, Regime.ALLOWANCE_SETS_PRICE),
    (100, 30, 30, 48.0, 76.0, 0.0, Regime.VOLUNTARY_ABOVE_ALLOWANCE),
)


def claims() -> list[Claim]:
    """The solver's four cases, and agents over a grid."""
    return [*solver_claims(), *agents_claims()]


def solver_claims() -> list[Claim]:
    """Price, volume by motive and regime of four cases, by the solver."""
    found = []
    for number, case in enumerate(CASES, start=1):
        demand, room, allowance, price, voluntary, compliance, regime = case
        solved = two_demands(
            linear_supply(-20, 2), linear_demand(demand, -0.5), room, allowance
        )
        where = f"V {demand}, L {room}, A {allowance}"
        found += [
            near(f"B13.price.{number}", f"Price with {where}, yuan/t", SOURCE, price,
                 solved.price, 1e-6),
            near(f"B13.voluntary.{number}", f"Voluntary purchases with {where}, t", SOURCE,
                 voluntary, solved.voluntary_t, 1e-6),
            near(f"B13.compliance.{number}", f"Compliance purchases with {where}, t", SOURCE,
                 compliance, solved.compliance_t, 1e-6),
            near(f"B13.regime.{number}", f"Regime with {where}, code", SOURCE, int(regime),
                 int(solved.regime), 0),
        ]
    return found
