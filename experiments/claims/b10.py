"""B10: a price collar binds when it should, and a finite reserve can run out."""

from experiments.claims.claim import Claim, near
from simulation.theory.abatement import linear_mac
from simulation.theory.collar import collar_market

__all__ = ["CAP_T", "CEILING", "FLOOR", "claims", "solver_claims"]

SOURCE = "worked from MAC 100 + shock - E, cap 60, floor 30, ceiling 50"

CAP_T, FLOOR, CEILING = 60.0, 30.0, 50.0
# Shock, price, emissions, withheld, sold beyond the cap.
CASES = ((-20, 30.0, 50.0, 10.0, 0.0), (0, 40.0, 60.0, 0.0, 0.0), (20, 50.0, 70.0, 0.0, 10.0))


def solver_claims() -> list[Claim]:
    """Three shocks under a hard ceiling, one under a reserve of 5 t."""
    found = []
    for shock, *expected in CASES:
        solved = collar_market(linear_mac(100.0 + shock, 1.0), CAP_T, floor=FLOOR, ceiling=CEILING)
        measured = (
            solved.price, float(solved.emissions_t.sum()), solved.withheld_t, solved.sold_extra_t
        )
        names = ("price", "emissions", "withheld", "sold_extra")
        words = ("Price, yuan/t", "Emissions, t", "Withheld, t", "Sold beyond the cap, t")
        found += [
            near(f"B10.solver.{name}.{shock}", f"{word}, shock {shock}", SOURCE, wanted, number,
                 1e-6)
            for name, word, wanted, number in zip(names, words, expected, measured, strict=True)
        ]
    soft = collar_market(linear_mac(120.0, 1.0), CAP_T, floor=FLOOR, tiers=[(CEILING, 5.0)])
    found.append(near(
        "B10.solver.soft", "Price with a reserve of 5 t at the ceiling, shock 20, yuan/t", SOURCE,
        55.0, soft.price, 1e-6,
    ))
    return found


def claims() -> list[Claim]:
    """By the solver."""
    return solver_claims()
