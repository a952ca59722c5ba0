"""B1: budget constraint, not intelligence, gives efficiency (Gode and Sunder 1993)."""

from statistics import fmean

from experiments.claims.claim import Claim, inside, near
from simulation.laboratory import SessionRules, run_session

__all__ = ["SEEDS", "claims", "efficiency_percent"]

SOURCE = "Gode and Sunder (1993), J. Political Economy 101:119, table 2"
COMPUTED = "computed from the schedules of Gode and Sunder (1993)"
SEEDS = range(1, 13)
UNCONSTRAINED = (90.00, 90.00, 76.74, 48.78)
CONSTRAINED = (99.9, 99.2, 99.0, 98.2)
AT_200_SHOUTS = (82.0, 83.0, 95.0, 97.0)


def efficiency_percent(market: int, strategy: str, shouts: int) -> float:
    """Mean efficiency of twelve sessions of six periods.

    Parameters
    ----------
    market : int
        1 to 4.
    strategy : {"zi_u", "zi_c"}
    shouts : int
        A period.

    Returns
    -------
    float
        Percent of the maximum surplus.
    """
    rules = SessionRules(
        institution="standing_book", buyers=strategy, sellers=strategy, days=6, shouts=shouts
    )
    return fmean(
        run_session(f"gode-sunder-{market}", rules, seed).efficiency_percent for seed in SEEDS
    )


def claims() -> list[Claim]:
    """Both kinds of zero intelligence, and what shorter periods do."""
    found = []
    for market in (1, 2, 3, 4):
        place = market - 1
        found += [
            near(f"B1.zi_u.{market}", f"Efficiency of ZI-U, market {market}, percent", COMPUTED,
                 UNCONSTRAINED[place], efficiency_percent(market, "zi_u", 2000), 0.05),
            near(f"B1.zi_c.{market}", f"Efficiency of ZI-C, market {market}, percent", SOURCE,
                 CONSTRAINED[place], efficiency_percent(market, "zi_c", 2000), 1.5),
            near(f"B1.shouts_200.{market}",
                 f"Efficiency of ZI-C, market {market}, 200 shouts a period, percent", COMPUTED,
                 AT_200_SHOUTS[place], efficiency_percent(market, "zi_c", 200), 1.5),
            inside(f"B1.shouts_500.{market}",
                   f"Efficiency of ZI-C, market {market}, 500 shouts a period, percent", COMPUTED,
                   98.0, 99.0, efficiency_percent(market, "zi_c", 500)),
        ]
    return found
