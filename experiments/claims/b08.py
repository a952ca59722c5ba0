"""B8: violations follow from price and enforcement, not from a firm's own cost of abatement."""

import numpy as np

from experiments.claims.claim import Claim, near
from simulation.theory.abatement import linear_mac
from simulation.theory.enforcement import enforced_market
from simulation.theory.permits import permit_market

__all__ = ["claims", "solver_claims"]

SOURCE = (
    "Malik (1990), JEEM 18:97; Stranlund and Dhanda (1999), JEEM 38:267; MAC 100 - e, 60 permits, "
    "marginal fine 20 + 2 v"
)
FINE = {"fine": 20.0, "fine_rise": 2.0}
AUDITS = (0.3, 0.5, 0.8)


def solver_claims() -> list[Claim]:
    """Three audit probabilities, full compliance, and unlike firms at one price."""
    firm = linear_mac(100.0, 1.0)
    found = []
    for audit in AUDITS:
        solved = enforced_market(firm, 60.0, audit_probability=audit, **FINE)
        # P = a (20 + 2 v) and v = 40 - P.
        price = 100 * audit / (1 + 2 * audit)
        lines = (
            ("price", "Price, yuan/t", price, solved.price),
            ("emissions", "Emissions, t", 100 - price, float(solved.emissions_t[0])),
            ("violation", "Violation, t", 40 - price, float(solved.violation_t[0])),
        )
        found += [
            near(f"B8.solver.{name}.{audit}", f"{statement}, audit probability {audit}", SOURCE,
                 expected, measured, 1e-6)
            for name, statement, expected, measured in lines
        ]
    unlike = [linear_mac(100.0, 1.0), linear_mac(80.0, 0.5), linear_mac(300.0, 4.0)]
    spread = np.ptp(enforced_market(unlike, 200.0, audit_probability=0.5, **FINE).violation_t)
    found += [
        near("B8.solver.compliance", "Price under full compliance, yuan/t", SOURCE, 40.0,
             permit_market(firm, 60.0).price, 1e-6),
        near("B8.solver.unlike", "Spread of violations among firms with unlike costs, t", SOURCE,
             0.0, float(spread), 1e-6),
    ]
    return found


def claims() -> list[Claim]:
    """By the solver."""
    return solver_claims()
