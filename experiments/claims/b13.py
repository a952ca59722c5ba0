"""B13: one credit with two demands has four price regimes."""

from experiments.claims.claim import Check, Claim, near
from simulation.theory.curves import linear_demand, linear_supply
from simulation.theory.regimes import Regime, two_demands

__all__ = ["CLAIMS"]

# V, L, A; price, voluntary, compliance, regime.
CASES = (
    (40, 0, 60, 24.0, 28.0, 0.0, Regime.VOLUNTARY_ONLY),
    (40, 30, 60, 36.0, 22.0, 30.0, Regime.LIMIT_BINDS),
    (40, 30, 30, 30.0, 25.0, 15.0, Regime.ALLOWANCE_SETS_PRICE),
    (100, 30, 30, 48.0, 76.0, 0.0, Regime.VOLUNTARY_ABOVE_ALLOWANCE),
)


def _measure() -> list[Check]:
    checks = []
    for demand, room, allowance, price, voluntary, compliance, regime in CASES:
        found = two_demands(
            linear_supply(-20, 2), linear_demand(demand, -0.5), room, allowance
        )
        case = f"V {demand}, L {room}, A {allowance}"
        checks += [
            near(f"{case}: price, yuan/t", found.price, price, 1e-6),
            near(f"{case}: voluntary, t", found.voluntary_t, voluntary, 1e-6),
            near(f"{case}: compliance, t", found.compliance_t, compliance, 1e-6),
            near(f"{case}: regime, code", found.regime, int(regime), 0),
        ]
    return checks


CLAIMS = (
    Claim(
        "B13.solver",
        "A credit that serves volunteers and compliance has four price regimes; eligibility "
        "displaces volunteers.",
        "同时面向自愿与履约需求的信用有四种价格区间；可用于履约会挤出自愿买方。",
        "worked from supply 2 (p - 10) and voluntary demand V - p / 2; solver, 1e-6",
        "four cases of voluntary demand V, room L and allowance price A",
        _measure,
    ),
)
