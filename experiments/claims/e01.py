"""E1: screening raises the integrity of credits, not the tonnes."""

import math

from experiments.claims.claim import Claim, near
from simulation.participation import Landholders, participants
from simulation.theory.adverse_selection import Sellers, selection

__all__ = ["claims", "solver_claims"]

SOURCE = (
    "Akerlof (1970), QJE 84:488, for landholders: 30 % without cost, the others 0 to 50, "
    "verification 5, price 20"
)

SELLERS = Sellers(
    non_additional_share=0.3, lowest_cost=0.0, highest_cost=50.0, verification_cost=5.0
)
PRICE, DETECTION = 20.0, 0.8
LANDHOLDERS, SEED = 100_000, 1
STANDARD_ERRORS = 4.0


def solver_claims() -> list[Claim]:
    """Shares of landholders, and of what is issued, with and without screening."""
    free, screened = selection(SELLERS, PRICE), selection(SELLERS, PRICE, DETECTION)
    lines = (
        ("issued", "Share of landholders that sell, solver", 0.51, free.issued, 1e-9),
        ("share", "Non-additional share of what is issued, solver", 0.588,
         free.non_additional_share, 0.0005),
        ("real", "Share of landholders with real tonnes, solver", 0.21, free.real, 1e-9),
        ("screened.share", "Non-additional share, 80 % found out, solver", 0.222,
         screened.non_additional_share, 0.0005),
        ("screened.real", "Share with real tonnes, 80 % found out, solver", 0.21, screened.real,
         1e-9),
    )
    return [
        near(f"E1.solver.{name}", statement, SOURCE, expected, measured, tolerance)
        for name, statement, expected, measured, tolerance in lines
    ]


def _tolerance(share: float, among: float) -> float:
    # From theory and the number of landholders alone, so it is fixed before anybody is asked.
    return round(STANDARD_ERRORS * math.sqrt(share * (1.0 - share) / among), 5)


def _agent_claims() -> list[Claim]:
    found, counted = [], {}
    for name, words, detection in (("", "", 0.0), ("screened.", ", 80 % found out", DETECTION)):
        expected = selection(SELLERS, PRICE, detection)
        people = participants(Landholders(*SELLERS, PRICE, detection), LANDHOLDERS, SEED)
        issued = people.real + people.non_additional
        counted[name] = people.real
        for what, statement, theory, measured, among in (
            ("issued", "Share of landholders that sell", expected.issued, issued / LANDHOLDERS,
             LANDHOLDERS),
            ("share", "Non-additional share of what is issued", expected.non_additional_share,
             people.non_additional / issued, expected.issued * LANDHOLDERS),
            ("real", "Share of landholders with real tonnes", expected.real,
             people.real / LANDHOLDERS, LANDHOLDERS),
        ):
            found.append(near(
                f"E1.agent.{name}{what}", f"{statement}{words}, agents", SOURCE, theory, measured,
                _tolerance(theory, among),
            ))
    gained = counted["screened."] - counted[""]
    found.append(near("E1.agent.gained", "Real tonnes that screening adds, agents", SOURCE, 0,
                      gained, 0))
    return found


def claims() -> list[Claim]:
    """The solver, and 100,000 landholders who decide one by one."""
    return solver_claims() + _agent_claims()
