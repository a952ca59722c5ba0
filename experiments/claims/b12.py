"""B12: a limit on credits that binds splits the price."""

from experiments.claims.b05 import ALL, EMITTING, FIRMS
from experiments.claims.claim import Claim, near
from simulation.theory.curves import linear_supply
from simulation.theory.offset_wedge import offset_market, uncertain_offsets

__all__ = ["CAP_T", "CREDIT_SUPPLY", "claims", "solver_claims"]

SOURCE = "worked from the firms of B5, cap 6000, marginal cost of credits 100 + q / 2"
UNCERTAIN = "Gronwald and Hintermann (2016), Climate Change Economics; the firms and credits of B12"

CAP_T = 6000.0
CREDIT_SUPPLY = linear_supply(-200.0, 2.0)
TOLERANCE = 1e-3
OUTSIDE = 30.0


def _cases() -> list[tuple[float, float, float, float]]:
    # Limit, allowance price, credits, credit price. While the limit binds, emissions are the cap
    # by one less the limit, and the first firm emits nothing above 2000 yuan/t.
    bound = [
        (limit, (10_000 - CAP_T / (1 - limit)) / EMITTING, limit * CAP_T / (1 - limit))
        for limit in (0.05, 0.10)
    ]
    one = (12_000 - CAP_T + 200) / (ALL + 2)
    return [
        *((limit, price, used, 100 + used / 2) for limit, price, used in bound),
        (0.50, one, 2 * (one - 100), one),
    ]


def solver_claims() -> list[Claim]:
    """Limits of 5, 10 and 50 percent, and one that is drawn."""
    found = []
    for limit, allowance, used, credit in _cases():
        solved = offset_market(FIRMS, CAP_T, CREDIT_SUPPLY, limit_share=limit)
        lines = (
            ("allowance", "Allowance price, yuan/t", allowance, solved.allowance_price),
            ("used", "Credits used, t", used, solved.credits_t),
            ("credit", "Credit price, yuan/t", credit, solved.credit_price),
            ("wedge", "Wedge, yuan/t", allowance - credit, solved.wedge),
        )
        found += [
            near(f"B12.solver.{name}.{limit:.2f}", f"{statement}, limit {100 * limit:.0f} percent",
                 SOURCE, expected, measured, TOLERANCE)
            for name, statement, expected, measured in lines
        ]
    # Of q credits the last costs 100 + q / 2 and is worth half the allowance price (all firms
    # emit, for it is below 2000) and half of what it fetches outside.
    made = ((12_000 - CAP_T) / ALL / 2 + OUTSIDE / 2 - 100) / (0.5 + 0.5 / ALL)
    drawn = uncertain_offsets(
        FIRMS, CAP_T, CREDIT_SUPPLY, limit_shares=(0.05, 0.50), probabilities=(0.5, 0.5),
        outside_value=OUTSIDE,
    )
    words = "limit of 5 or 50 percent at even odds"
    found += [
        near("B12.solver.drawn.made", f"Credits made, {words}, t", UNCERTAIN, made,
             drawn.credits_t, TOLERANCE),
        near("B12.solver.drawn.price", f"Credit price, {words}, yuan/t", UNCERTAIN, 100 + made / 2,
             drawn.credit_price, TOLERANCE),
        near("B12.solver.drawn.mean", "Credit price less the mean of allowance price and outside "
             "value, yuan/t", UNCERTAIN, 0.0,
             drawn.credit_price - (drawn.allowance_price[1] + OUTSIDE) / 2, TOLERANCE),
    ]
    return found


def claims() -> list[Claim]:
    """By the solver."""
    return solver_claims()
