"""B2: ZI-C prices are biased where schedules are asymmetric, and ZIP corrects (Cliff 1997)."""

from functools import cache

import numpy as np

from experiments.claims.claim import Claim, inside, reported
from simulation.laboratory import Outcome, SessionRules, run_session

__all__ = ["MARKETS", "claims", "last_day_price", "mean_price", "sessions"]

SOURCE = "Cliff (1997), HP Laboratories report HPL-97-91; bounds from independent replications"
SEEDS = range(1, 51)
DAYS = 10
# Enough that no day ends for want of shouts.
SHOUTS = 100_000
EQUILIBRIUM = 200
ZI_C_BOUNDS = {
    "symmetric": (195, 208), "flat-supply": (228, 240), "excess-demand": (128, 142),
    "excess-supply": (243, 258),
}
ZIP_BOUNDS = {
    "symmetric": (190, 206), "flat-supply": (197, 205), "excess-demand": (140, 160),
    "excess-supply": (210, 230),
}
MARKETS = tuple(ZI_C_BOUNDS)
ASYMMETRIC = MARKETS[1:]


@cache
def sessions(
    market: str, strategy: str, institution: str = "random_acceptance", *,
    ends_with_a_side: bool = False,
) -> tuple[Outcome, ...]:
    """Fifty sessions of ten days.

    Parameters
    ----------
    market : str
        One of `MARKETS`.
    strategy : {"zi_c", "zip"}
    institution : {"random_acceptance", "standing_book"}
    ends_with_a_side : bool
        Whether a day ends once a side has nothing left; the set-up knows only failures.

    Returns
    -------
    tuple of Outcome
    """
    rules = SessionRules(
        institution=institution, buyers=strategy, sellers=strategy, days=DAYS,
        shouts=SHOUTS if institution == "random_acceptance" else 2000, failures=100,
        ends_with_a_side=ends_with_a_side,
    )
    return tuple(run_session(f"cliff-{market}", rules, seed) for seed in SEEDS)


def mean_price(found: tuple[Outcome, ...]) -> float:
    """Mean price of all deals of all sessions."""
    return float(np.concatenate([outcome.deals.price for outcome in found]).mean())


def last_day_price(found: tuple[Outcome, ...]) -> float:
    """Mean price of the last day, mean over sessions."""
    return float(np.nanmean([outcome.price_by_day[-1] for outcome in found]))


def claims() -> list[Claim]:
    """Prices of ZI-C, of ZIP on the tenth day, who is closer, and the rule of the standing book."""
    found = []
    for market in MARKETS:
        constrained, learning = sessions(market, "zi_c"), sessions(market, "zip")
        price = mean_price(constrained)
        low, high = ZI_C_BOUNDS[market]
        found.append(inside(
            f"B2.zi_c.{market}", f"Mean price of ZI-C, {market}", SOURCE, low, high, price
        ))
        low, high = ZIP_BOUNDS[market]
        found.append(inside(
            f"B2.zip.{market}", f"Mean price of ZIP on day 10, {market}", SOURCE, low, high,
            last_day_price(learning),
        ))
        if market == "symmetric":
            continue
        closer = abs(price - EQUILIBRIUM) - abs(last_day_price(learning) - EQUILIBRIUM)
        found.append(Claim(
            f"B2.closer.{market}",
            f"By how much ZIP is closer to 200 than ZI-C, {market}", SOURCE, "above 0", closer,
            "above 0", closer > 0,
        ))
        standing = mean_price(sessions(market, "zi_c", "standing_book"))
        found.append(reported(
            f"B2.standing_book.{market}",
            f"Bias of ZI-C with the standing book, share of that with random acceptance, {market}",
            SOURCE, "about half", (standing - EQUILIBRIUM) / (price - EQUILIBRIUM),
        ))
        found.append(reported(
            f"B2.zip_ends_with_a_side.{market}",
            f"Mean price of ZIP on day 10, {market}, if a day ends once a side has nothing left",
            SOURCE, f"from {low} to {high}",
            last_day_price(sessions(market, "zip", ends_with_a_side=True)),
        ))
    return found
