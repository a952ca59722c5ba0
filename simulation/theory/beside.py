"""What theory gives for the book of a month, beside what the market made of it.

The same primitives as in `equilibrium`, compiled, because every month of every run asks. Buyers are
worth their limit for every tonne they want; sellers have one marginal cost. Neither asks nor any
other word of an agent has a place here.

The most surplus of all is split into what was realised and four losses, none of them negative:

1. *policy*: what price limits, ticks, lots, taxes, fees and a reserve held back put out of reach;
2. *not made*: of the rest, what is out of reach with as few tonnes as were traded;
3. *wrong people*: what the best buyers would have made of the tonnes that were traded, less what
   was made of them;
4. *transaction cost*: what search and agreement took of what was realised.

The order in which losses are charged is assumption A32: policy, quantity, people.
"""

import math
from typing import NamedTuple

import numpy as np

from agents.compiled import allocating_kernel

__all__ = ["Beside", "beside"]


class Beside(NamedTuple):
    """Theory beside a month.

    Attributes
    ----------
    price_low, price_high : fen/t
        Prices that clear true values and costs where nothing stands in their way; both 0 where
        nothing is to be gained.
    volume : t
        Tonnes that have a gain.
    maximum, admissible, reachable, realised : fen, float
        Most surplus; of what policy lets through; of as many tonnes as were traded; of the trades.
    """

    price_low: int
    price_high: int
    volume: int
    maximum: float
    admissible: float
    reachable: float
    realised: float


@allocating_kernel
def beside(values, wanted, bids, admitted, filled, stock, reserve, cost, least, soft_ceiling):
    """Equilibrium and surplus of a month's book.

    Parameters
    ----------
    values : int64 array, shape (bids,)
        What a tonne is worth to each buyer, fen/t.
    wanted : int64 array, shape (bids,)
        t.
    bids : int64 array, shape (bids,)
        What each can bid under the rules, fen/t; a subsidy may lift it above the value.
    admitted : int64 array, shape (bids,)
        t that the rules let each order.
    filled : int64 array, shape (bids,)
        t that each got.
    stock : int
        t that sellers hold.
    reserve : int
        t that the government holds.
    cost : float
        Marginal cost of sellers, fen/t.
    least : int
        Lowest price at which the rules let sellers sell, fen/t.
    soft_ceiling : int
        Lowest price at which the reserve is sold, fen/t; 0 for never.

    Returns
    -------
    Beside
    """
    order = np.argsort(-values, kind="mergesort")
    supply = stock + reserve
    volume = 0
    traded = 0
    price_high = 0
    # Nobody sells at a part of a fen below cost.
    cost_fen = math.ceil(cost * (1.0 - 1e-15))
    price_low = cost_fen
    all_served = True
    maximum = 0.0
    realised = 0.0
    for place in order:
        gain = values[place] - cost
        traded += filled[place]
        realised += float(filled[place]) * gain
        if gain < 0:
            continue
        tonnes = min(wanted[place], supply - volume)
        if tonnes > 0:
            maximum += float(tonnes) * gain
            price_high = values[place]
            if gain > 0:
                volume += tonnes
        if tonnes < wanted[place] and all_served:
            # The best value that goes unserved keeps the price up.
            price_low = values[place]
            all_served = False
    if volume == 0:
        price_low = price_high = 0
    elif volume < supply:
        # Sellers who keep some compete the price down to their cost.
        price_low = price_high = cost_fen
    # Where the rules stand: the reserve only from its ceiling, sellers only from the least price.
    # Who reaches the ceiling can take from both, so the best come first wherever there is room.
    passed = 0
    from_stock_alone = 0
    admissible = 0.0
    reachable = 0.0
    for place in order:
        if bids[place] < least or values[place] < cost:
            continue
        gain = values[place] - cost
        if 0 < soft_ceiling <= bids[place]:
            tonnes = min(admitted[place], supply - passed)
        else:
            left = min(stock - from_stock_alone, supply - passed)
            tonnes = min(admitted[place], left)
            from_stock_alone += tonnes
        admissible += float(tonnes) * gain
        reachable += float(min(tonnes, max(traded - passed, 0))) * gain
        passed += tonnes
    return Beside(
        price_low, price_high, volume, maximum, admissible, reachable, realised
    )
