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

from agents.compiled import allocating_kernel, kernel
from agents.vocabulary import Eligibility
from simulation.theory.pools import (
    COUNTING_BELOW,
    COUNTING_REACHING,
    LOCAL,
    USES,
    room_for,
    take,
)

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


@kernel
def _interval(values, order, served, accepts, wanted, kind, cost_fen, bound):
    # Prices at which nobody of a kind wants to trade more or less: between the best value that goes
    # unserved and the worst that is served; cost where nothing binds. Below 0 a kind is everybody.
    low = high = cost_fen
    if not bound:
        return low, high
    for place in order:
        if values[place] < cost_fen or (kind >= 0 and accepts[place] != kind):
            continue
        if served[place] > 0:
            high = values[place]
        if served[place] < wanted[place]:
            low = max(low, values[place])
    return low, max(high, low)


@kernel
def _prices(values, order, served, accepts, wanted, cost_fen, pools, used, volume):
    # Of credits that count, where some bids accept no others and these are short; else of all.
    if volume == 0:
        return 0, 0
    all_gone = used.sum() == (
        pools.counting + pools.other + pools.reserve_counting + pools.reserve_other
    )
    low, high = _interval(values, order, served, accepts, wanted, -1, cost_fen, all_gone)
    counting = used[LOCAL] + used[COUNTING_BELOW] + used[COUNTING_REACHING]
    if counting > 0 and counting == pools.counting + pools.reserve_counting:
        any_low, _ = _interval(
            values, order, served, accepts, wanted, Eligibility.ANY.value, cost_fen, all_gone
        )
        low, high = _interval(
            values, order, served, accepts, wanted, Eligibility.ELIGIBLE.value, cost_fen, True
        )
        low = max(low, any_low)
        high = max(low, high)
    return low, high


@allocating_kernel
def beside(
    values, wanted, bids, admitted, filled, accepts, homes, pools, local_stock, cost, least,
    soft_ceiling
):
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
    accepts, homes : int64 array, shape (bids,)
        `Eligibility` of the credits that each accepts, and its province.
    pools : Pools
        What sellers and the government hold.
    local_stock : int64 array, shape (provinces,)
        Credits that count of the sellers of each province, t.
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
    used = np.zeros(USES, dtype=np.int64)
    local_used = np.zeros(len(local_stock), dtype=np.int64)
    served = np.zeros(len(values), dtype=np.int64)
    volume = 0
    traded = 0
    # Nobody sells at a part of a fen below cost.
    cost_fen = math.ceil(cost * (1.0 - 1e-15))
    maximum = 0.0
    realised = 0.0
    for place in order:
        gain = values[place] - cost
        traded += filled[place]
        realised += float(filled[place]) * gain
        if gain < 0:
            continue
        tonnes = min(
            wanted[place],
            room_for(
                accepts[place], True, homes[place], pools, used, local_stock, local_used
            ),
        )
        take(accepts[place], True, homes[place], tonnes, used, local_used)
        served[place] = tonnes
        maximum += float(tonnes) * gain
        if gain > 0:
            volume += tonnes
    price_low, price_high = _prices(
        values, order, served, accepts, wanted, cost_fen, pools, used, volume
    )
    # Where the rules stand: the reserve only from its ceiling, sellers only from the least price.
    # Who reaches the ceiling can take from both, so the best come first wherever there is room.
    used[:] = 0
    local_used[:] = 0
    passed = 0
    admissible = 0.0
    reachable = 0.0
    for place in order:
        if bids[place] < least or values[place] < cost:
            continue
        gain = values[place] - cost
        reaches = 0 < soft_ceiling <= bids[place]
        tonnes = min(
            admitted[place],
            room_for(
                accepts[place], reaches, homes[place], pools, used, local_stock, local_used
            ),
        )
        take(accepts[place], reaches, homes[place], tonnes, used, local_used)
        admissible += float(tonnes) * gain
        reachable += float(min(tonnes, max(traded - passed, 0))) * gain
        passed += tonnes
    return Beside(
        price_low, price_high, volume, maximum, admissible, reachable, realised
    )
