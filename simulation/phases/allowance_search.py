"""The price at which the wishes of all firms add up to what there is."""

import numpy as np

from agents.buyers.allowances import share_in_use
from agents.compiled import allocating_kernel, kernel
from agents.quantities import to_fen
from simulation.phases.allowance_outlook import own_allowances, worth_of_tonne
from simulation.phases.allowance_wishes import credits_pay, wishes_at
from simulation.state import Authority

__all__ = ["credits_in_use", "price_that_clears", "supply_at"]

# A few do; more would mean that wishes jump.
MOST_STEPS = 60


@kernel
def supply_at(authority, market, outlook, price_fen):
    """Allowances that the authority sells at a price.

    Parameters
    ----------
    authority : see `State`
    market : see `Rules`
    outlook : Outlook
    price_fen : fen/t

    Returns
    -------
    t
    """
    offered = 0
    if price_fen >= to_fen(market.floor_yuan_per_t):
        offered += outlook.on_offer_t
    if 0 < to_fen(market.tier_1_yuan_per_t) <= price_fen:
        offered += authority[Authority.TIER_1]
    if 0 < to_fen(market.tier_2_yuan_per_t) <= price_fen:
        offered += authority[Authority.TIER_2]
    return offered


@kernel
def _held(firms):
    total = 0
    for index in range(len(firms)):
        if firms[index].covered:
            total += own_allowances(firms[index])
    return total


@allocating_kernel
def price_that_clears(firms, authority, emissions, compliance, regime, penalty, banking,
                      enforcement, expectation, coming, market, outlook, beliefs, use, start_fen):
    """Lowest whole price at which all wishes together are at most what there is.

    Parameters
    ----------
    firms, authority, emissions, compliance, regime, penalty, banking, enforcement, expectation,
    coming, market, outlook : see `wishes_at`
    beliefs : float64 array, share of its orders for credits that each firm believes to get
    use : share of their room for which firms want credits, as far as they pay
    start_fen : price from which to look

    Returns
    -------
    fen/t; the highest there is where wishes are more even there
    """
    low, high = 1, outlook.highest_fen
    held = _held(firms)
    needs = np.zeros(len(firms))
    # From the last price outwards: from month to month it moves little.
    step = max(start_fen // 100, 1)
    middle = min(max(start_fen, low), high)
    while low < high:
        missing = wishes_at(
            firms, emissions, compliance, regime, penalty, banking, enforcement, expectation,
            coming, market, outlook, beliefs, use, middle, needs,
        ) - held - supply_at(authority, market, outlook, middle)
        if missing > 0:
            low = min(middle + 1, high)
        else:
            high = middle
        if step > 0:
            middle = min(middle + step, high - 1) if missing > 0 else max(middle - step, low)
            step *= 4
            if middle <= low or middle >= high - 1:
                step = 0
                middle = (low + high) // 2
        else:
            middle = (low + high) // 2
    return low


@allocating_kernel
def credits_in_use(firms, authority, emissions, compliance, regime, penalty, banking, enforcement,
                   expectation, coming, market, outlook, beliefs, price_fen):
    """Share of their room for which firms want credits at the price at which markets are even.

    Parameters
    ----------
    firms, authority, emissions, compliance, regime, penalty, banking, enforcement, expectation,
    coming, market, outlook, beliefs : see `price_that_clears`
    price_fen : fen/t, found by it with all the credits that firms could want

    Returns
    -------
    0 to 1: all where a credit is cheaper than an allowance by more than a fen; where both cost the
    same, the share that leaves the allowance market even, to a tonne a firm

    Notes
    -----
    Wishes fall with the share, not always in a line: nobody wants less than nothing. So the share
    is looked for between points to either side, first where a line through them is even.
    """
    below, _, _ = worth_of_tonne(
        compliance, regime, penalty, outlook.worth, (price_fen - 1) / 100.0
    )
    if credits_pay(compliance, regime, outlook, below):
        return 1.0
    there = _held(firms) + supply_at(authority, market, outlook, price_fen)
    needs = np.zeros(len(firms))
    short = np.zeros(2)
    for place in range(2):
        short[place] = wishes_at(
            firms, emissions, compliance, regime, penalty, banking, enforcement, expectation,
            coming, market, outlook, beliefs, float(place), price_fen, needs,
        ) - there
    share = share_in_use(short[0], short[1])
    if share <= 0.0 or share >= 1.0:
        return share
    low, high, last = 0.0, 1.0, 0
    for _ in range(MOST_STEPS):
        share = low + (high - low) * share_in_use(short[0], short[1])
        at = float(wishes_at(
            firms, emissions, compliance, regime, penalty, banking, enforcement, expectation,
            coming, market, outlook, beliefs, share, price_fen, needs,
        ) - there)
        if abs(at) <= len(firms):
            break
        # The end that stays twice counts half, or the other would crawl.
        if at > 0.0:
            low, short[0] = share, at
            if last == 1:
                short[1] /= 2.0
            last = 1
        else:
            high, short[1] = share, at
            if last == -1:
                short[0] /= 2.0
            last = -1
    return share
