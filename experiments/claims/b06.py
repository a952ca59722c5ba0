"""B6: transaction costs open a wedge and shrink the volume (Stavins 1995)."""

from experiments.claims.claim import Claim, near
from simulation.allowances import (
    AllowanceMarket,
    RoundRules,
    Rounds,
    allocate,
    linear_firms,
    permits_held,
    trade_in_rounds,
)
from simulation.allowances.continuous import marginal_costs
from simulation.theory.abatement import linear_mac
from simulation.theory.transaction_cost import costly_trade, single_deal

__all__ = ["ALLOCATION_T", "FIRMS", "agent_claims", "claims", "solver_claims"]

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


def _traded(
    allocation_t: tuple[int, int], rules: RoundRules
) -> tuple[AllowanceMarket, Rounds]:
    market = linear_firms([200.0, 600.0], [1.0, 3.0])
    allocate(market, allocation_t)
    return market, trade_in_rounds(market, rules=rules)


def agent_claims() -> list[Claim]:
    """Price takers in call auctions, whole tonnes; a tonne is the lot."""
    found = []
    for cost in COSTS:
        market, traded = _traded((150, 150), RoundRules(cost_yuan_per_t=float(cost)))
        units = (100 - cost) / 4
        seller, buyer = marginal_costs(market)
        # A lot is a yuan of the seller's marginal cost and three of the buyer's.
        lines = (
            ("traded", "Units traded in call auctions", units, traded.traded_t, 1.0),
            ("seller", "Marginal cost of the seller", 50 + units, seller, 1.0),
            ("buyer", "Marginal cost of the buyer", 150 - 3 * units, buyer, 3.0),
        )
        found += [
            near(f"B6.agent.{name}.{cost}", f"{statement}, cost {cost} a permit", SOURCE, expected,
                 float(measured), tolerance)
            for name, statement, expected, measured, tolerance in lines
        ]
    rules = RoundRules(cost_yuan_per_t=20.0, cost_yuan_per_deal=400.0, settles="last_round")
    far, close = (
        permits_held(_traded(held, rules)[0])[0] for held in ((150, 150), (140, 160))
    )
    found += [
        near("B6.agent.deal.far", "Final allowances of the seller, cost 20 a permit and 400 a "
             "deal, allocation 150 and 150", SOURCE, 130.0, float(far), 1.0),
        near("B6.agent.deal.close", "The same, allocation 140 and 160", SOURCE, 140.0,
             float(close), 1.0),
    ]
    return found


def claims() -> list[Claim]:
    """By the solver, then by agents."""
    return solver_claims() + agent_claims()
