"""B6: transaction costs open a wedge and shrink the volume (Stavins 1995)."""

from experiments.claims.claim import Claim, near
from simulation.theory.abatement import linear_mac
from simulation.theory.transaction_cost import costly_trade, single_deal

__all__ = ["ALLOCATION_T", "FIRMS", "claims", "solver_claims"]

SOURCE = "Stavins (1995), JEEM 29:133; MAC q and 3 q, 50 t each"

# Abatement q starts from 200 t, of which 150 t may be emitted.
FIRMS = (linear_mac(200.0, 1.0), linear_mac(600.0, 3.0))
ALLOCATION_T = (150.0, 150.0)
COSTS = (0, 20, 40, 80, 100)
TOLERANCE = 1e-6


def solver_claims() -> list[Claim]:
    """Units traded, (100 - t) / 4, the marginal costs they leave, and a cost per deal."""
    found = []
    for cost in COSTS:
        solved = costly_trade(FIRMS, ALLOCATION_T, cost)
        traded = (100 - cost) / 4
        lines = (
            ("traded", "Units traded", traded, solved.traded_t),
            ("seller", "Marginal cost of the seller", 50 + traded, solved.marginal_cost_low[0]),
            ("buyer", "Marginal cost of the buyer", 150 - 3 * traded,
             solved.marginal_cost_low[1]),
        )
        found += [
            near(f"B6.solver.{name}.{cost}", f"{statement}, cost {cost} a permit", SOURCE, expected,
                 float(measured), TOLERANCE)
            for name, statement, expected, measured in lines
        ]
    # Trade of x units gains 2 x squared; 400 a deal are worth it for 20 units and not for 10.
    far, close = (single_deal(FIRMS, held, 20.0, 400.0) for held in ((150, 150), (140, 160)))
    found += [
        near("B6.solver.deal.far", "Final emissions of the seller, cost 20 a permit and 400 a "
             "deal, allocation 150 and 150", SOURCE, 130.0, float(far.emissions_t[0]), TOLERANCE),
        near("B6.solver.deal.close", "The same, allocation 140 and 160", SOURCE, 140.0,
             float(close.emissions_t[0]), TOLERANCE),
    ]
    return found


def claims() -> list[Claim]:
    """By the solver."""
    return solver_claims()
