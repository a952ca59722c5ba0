"""B8: violations follow from price and enforcement, not from a firm's own cost of abatement."""

import numpy as np

from experiments.claims.allowance_setups import (
    FIRMS,
    THOUSAND,
    percent_off,
    period,
    sector,
    uneven,
)
from experiments.claims.claim import Claim, inside, near
from simulation.allowances import Terms, allocate, linear_firms
from simulation.theory.abatement import linear_mac
from simulation.theory.enforcement import enforced_market
from simulation.theory.permits import permit_market

__all__ = ["agent_claims", "claims", "solver_claims"]

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


def agent_claims() -> list[Claim]:
    """Ten like firms with unlike allocations in call auctions, and three unlike ones."""
    found = []
    for audit in AUDITS:
        # Ten firms with MAC 100 - e each add up to 100 - E / 10.
        market = sector(100.0, 1.0 / FIRMS)
        allocate(market, uneven(60.0 * THOUSAND * FIRMS))
        terms = _enforced(audit)
        traded, ended = period(market, terms)
        price = 100 * audit / (1 + 2 * audit)
        lines = (
            ("price", "Price", traded.price, price),
            ("emissions", "Emissions of a firm", ended.firms.emissions_t / THOUSAND, 100 - price),
            ("violation", "Violation of a firm", ended.firms.shortfall_t / THOUSAND, 40 - price),
        )
        found += [
            inside(f"B8.agent.{name}.{audit}", f"{statement}, greatest distance from "
                   f"{expected:.2f}, percent, audit probability {audit}", SOURCE, -np.inf, 3.0,
                   percent_off(measured, expected))
            for name, statement, measured, expected in lines
        ]
    unlike = linear_firms([100.0, 80.0, 300.0], np.array([1.0, 0.5, 4.0]) / THOUSAND)
    allocate(unlike, uneven(200.0 * THOUSAND, 3))
    missing = period(unlike, _enforced(0.5))[1].firms.shortfall_t
    found.append(inside(
        "B8.agent.unlike", "Spread of violations among firms with unlike costs, percent of their "
        "mean", SOURCE, -np.inf, 3.0, float(100.0 * np.ptp(missing) / missing.mean()),
    ))
    return found


def _enforced(audit: float) -> Terms:
    return Terms(
        audit_probability=audit, fine_yuan_per_t=FINE["fine"],
        fine_rise_yuan_per_t2=FINE["fine_rise"] / THOUSAND,
    )


def claims() -> list[Claim]:
    """By the solver, then by agents."""
    return solver_claims() + agent_claims()
