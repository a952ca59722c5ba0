"""Who can be served from what: credits of sellers and of the reserve, those that count and others.

Buyers differ in what they accept and in whether they reach the price at which the reserve is sold.
All credits cost the same, so most surplus means serving the best buyers first, each as far as no
set of buyers needs more than what all of it can be served from (Hall 1935, Edmonds 1971: what can
be matched is a matroid, on which the greedy order is best).
"""

from typing import NamedTuple

from agents.compiled import kernel
from agents.vocabulary import Eligibility

__all__ = [
    "COUNTING_BELOW",
    "COUNTING_REACHING",
    "LOCAL",
    "USES",
    "Pools",
    "room_for",
    "take",
]

# Places in the tally of what is used: local bids, bids for credits that count and for any, each of
# the latter two below and at the price of the reserve.
LOCAL = 0
COUNTING_BELOW = 1
COUNTING_REACHING = 2
ANY_BELOW = 3
ANY_REACHING = 4
USES = 5


class Pools(NamedTuple):
    """Tonnes of four kinds.

    Attributes
    ----------
    counting, other : int
        Of sellers: credits that count for compliance, and others; where the rules tell none apart,
        all are others.
    reserve_counting, reserve_other : int
        The same of the government's reserve.
    """

    counting: int
    other: int
    reserve_counting: int
    reserve_other: int


@kernel
def room_for(accepts, reaches, home, pools, used, local_stock, local_used):
    """Tonnes that one more buyer can get beside those that are served already.

    Parameters
    ----------
    accepts : Eligibility
    reaches : whether it can also take from the reserve
    home : province of a buyer of local credits
    pools : Pools
    used : int64 array, shape (USES,), t served so far
    local_stock, local_used : int64 array, shape (provinces,)
        Of sellers' credits that count; t served to buyers of local credits.

    Returns
    -------
    t
    """
    stock = pools.counting + pools.other
    counting = used[LOCAL] + used[COUNTING_BELOW]
    room = stock + pools.reserve_counting + pools.reserve_other - (
        counting + used[COUNTING_REACHING] + used[ANY_BELOW] + used[ANY_REACHING]
    )
    if accepts == Eligibility.ANY and reaches:
        return room
    room = min(
        room,
        stock + pools.reserve_counting
        - (counting + used[COUNTING_REACHING] + used[ANY_BELOW]),
    )
    # The reserve has no local credits to offer.
    below = accepts == Eligibility.LOCAL or not reaches
    if below:
        room = min(room, stock - (counting + used[ANY_BELOW]))
    if accepts == Eligibility.ANY:
        return room
    room = min(
        room, pools.counting + pools.reserve_counting - (counting + used[COUNTING_REACHING])
    )
    if below:
        room = min(room, pools.counting - counting)
    if accepts == Eligibility.LOCAL:
        room = min(room, local_stock[home] - local_used[home])
    return room


@kernel
def take(accepts, reaches, home, tonnes, used, local_used):
    """Note what a buyer gets.

    Parameters
    ----------
    accepts, reaches, home : see `room_for`
    tonnes : t
    used, local_used : see `room_for`, changed in place
    """
    if accepts == Eligibility.LOCAL:
        used[LOCAL] += tonnes
        local_used[home] += tonnes
    elif accepts == Eligibility.ELIGIBLE:
        used[COUNTING_REACHING if reaches else COUNTING_BELOW] += tonnes
    else:
        used[ANY_REACHING if reaches else ANY_BELOW] += tonnes
