"""B3: the convergence coefficient falls with repetition (Smith 1962), if traders learn."""

import numpy as np

from experiments.claims.claim import Claim, inside
from simulation.laboratory import SessionRules, run_session

__all__ = ["alpha_percent_by_day", "claims"]

SOURCE = "Smith (1962), J. Political Economy 70:111, test 1, with machines for people"
SEEDS = range(1, 51)


def alpha_percent_by_day(strategy: str) -> np.ndarray:
    """Smith's coefficient on each of ten days, mean of fifty sessions.

    Parameters
    ----------
    strategy : {"zip", "zi_c"}

    Returns
    -------
    float array, shape (10,)
        Percent of the equilibrium price.
    """
    rules = SessionRules(
        institution="random_acceptance", buyers=strategy, sellers=strategy, days=10,
        shouts=100_000, failures=100,
    )
    days = [run_session("smith-1962", rules, seed).alpha_percent_by_day for seed in SEEDS]
    return np.nanmean(days, axis=0)


def claims() -> list[Claim]:
    """ZIP converges, ZI-C does not."""
    learning, constrained = alpha_percent_by_day("zip"), alpha_percent_by_day("zi_c")
    return [
        inside("B3.zip.day_10", "Alpha of ZIP on day 10, percent", SOURCE, -np.inf, 5.0,
               float(learning[9])),
        inside("B3.zip.fall", "Alpha of ZIP, day 10 by day 1", SOURCE, -np.inf, 0.25,
               float(learning[9] / learning[0])),
        inside("B3.zi_c.ratio", "Alpha of ZI-C, day 10 by day 1", SOURCE, 0.9, 1.1,
               float(constrained[9] / constrained[0])),
    ]
