"""B12: a limit on credits that binds splits the price."""

import numpy as np

from experiments.claims.allowance_setups import montgomery, percent_off, uneven
from experiments.claims.b05 import ALL, EMITTING, FIRMS
from experiments.claims.claim import Claim, inside, near
from simulation.allowances import comply
from simulation.allowances.offsets import CreditRules, trade_with_credits
from simulation.theory.curves import linear_supply
from simulation.theory.offset_wedge import offset_market, uncertain_offsets

__all__ = ["CAP_T", "CREDIT_SUPPLY", "agent_claims", "claims", "solver_claims"]

SOURCE = "worked from the firms of B5, cap 6000, marginal cost of credits 100 + q / 2"
UNCERTAIN = "Gronwald and Hintermann (2016), Climate Change Economics; the firms and credits of B12"

CAP_T = 6000.0
CREDIT_SUPPLY = linear_supply(-200.0, 2.0)
TOLERANCE = 1e-3
OUTSIDE = 30.0
DEVELOPERS = 10


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


def agent_claims() -> list[Claim]:
    """Six firms and ten developers of credits; the credit market clears first in each round."""
    found = []
    for limit, allowance, used, credit in _cases():
        market = montgomery(uneven(CAP_T, len(FIRMS)), DEVELOPERS)
        # Each developer supplies a tenth: its cost rises ten times as fast.
        both = trade_with_credits(
            market, 100.0, 0.5 * DEVELOPERS, credit_rules=CreditRules(limit_share=limit)
        )
        ended = comply(market, price=both.allowances.price, credit_share=limit).firms
        words = f"limit {100 * limit:.0f} percent"
        wedge = both.allowances.price - both.credit_price
        over = ended.credits_t - limit * ended.emissions_t
        lines = (
            ("allowance", "Allowance price, distance from theory in percent", 5.0,
             percent_off(both.allowances.price, allowance)),
            ("credit", "Credit price, distance from theory in percent", 5.0,
             percent_off(both.credit_price, credit)),
            ("used", "Credits surrendered, distance from theory in percent", 5.0,
             percent_off(float(ended.credits_t.sum()), used)),
            ("limit", "Credits beyond the limit, the firm with the most, t", 0.0,
             float(over.max())),
            ("residual", "Allowance price less the one believed when credits were bought, percent",
             1.0, 100.0 * both.residual_share),
        )
        found += [
            inside(f"B12.agent.{name}.{limit:.2f}", f"{statement}, {words}", SOURCE, -np.inf, most,
                   measured)
            for name, statement, most, measured in lines
        ]
        if allowance > credit:
            right, wanted = wedge > 0.05 * allowance, "above 5 % of the allowance price"
        else:
            right, wanted = abs(wedge) <= 0.05 * allowance, "within 5 % of the allowance price"
        found.append(Claim(
            f"B12.agent.wedge.{limit:.2f}", f"Wedge, yuan/t, {words}", SOURCE, wanted, wedge,
            wanted, bool(right),
        ))
    return found


def claims() -> list[Claim]:
    """By the solver, then by agents."""
    return solver_claims() + agent_claims()
