"""Gjerstad-Dickhaut: the price with the largest expected gain, by what was accepted lately.

Gjerstad and Dickhaut (1998), Price formation in double auctions, Games and Economic Behavior 22:1.
"""

from agents.compiled import kernel, rule
from agents.vocabulary import Side
from simulation.laboratory.traders import SILENT

__all__ = ["belief", "best_quote", "count_history", "joined_belief"]

# Rows of the counts by price.
TAKEN = 0  # own side's shouts that were accepted
REFUSED = 1  # own side's shouts that were not
OTHERS = 2  # the other side's shouts


@rule
def belief(taken, others, refused):
    """Chance that a shout is accepted.

    Parameters
    ----------
    taken : accepted shouts of the own side at this price or a better one for the shouter
    others : shouts of the other side that this price would meet
    refused : shouts of the own side that were refused though they offered as much or more

    Returns
    -------
    0 to 1; 0 where nothing is known

    References
    ----------
    Gjerstad and Dickhaut (1998), definitions 9 and 10.
    """
    known = taken + others + refused
    return (taken + others) / known if known > 0 else 0.0


@kernel
def count_history(history, count, side, memory, counts):
    """Count the remembered shouts by price.

    Parameters
    ----------
    history : recarray of shouts, a ring
    count : shouts so far
    side : Side code of who remembers
    memory : deals that are remembered, with all shouts since the oldest of them
    counts : int64 array, shape (3, prices), filled in

    Returns
    -------
    number of shouts that were counted
    """
    counts[:, :] = 0
    deals = 0
    seen = 0
    for back in range(min(count, len(history))):
        shout = history[(count - 1 - back) % len(history)]
        deals += shout.accepted
        if deals > memory:
            break
        seen += 1
        if shout.side != side:
            counts[OTHERS, shout.price] += 1
        elif shout.accepted:
            counts[TAKEN, shout.price] += 1
        else:
            counts[REFUSED, shout.price] += 1
    return seen


@rule
def joined_belief(before, after, share):
    """Belief between two prices of which something is known.

    Parameters
    ----------
    before, after : beliefs at the two prices
    share : of the way from one to the other, 0 to 1

    Returns
    -------
    0 to 1

    References
    ----------
    Gjerstad and Dickhaut (1998), section 3: the cubic with these ends and no slope at either.
    """
    return before + (after - before) * share * share * (3.0 - 2.0 * share)


@kernel
def best_quote(side, limit, low, high, counts):
    """Price with the largest belief times gain.

    Parameters
    ----------
    side : Side code
    limit : value of a buyer's or cost of a seller's unit
    low, high : price steps, the prices that the trader may shout
    counts : of the remembered shouts, see `count_history`

    Returns
    -------
    price, or `SILENT` where none promises a gain

    Notes
    -----
    Nobody is believed to accept the price at the far end, everybody the one at the generous end.
    """
    buying = side == Side.BUY
    prices = counts.shape[1]
    taken = others = refused = 0
    for price in range(prices):
        refused += counts[REFUSED, price]
    best, best_gain = SILENT, 0.0
    # Walk from the price that nobody accepts towards the most generous one, from one price of which
    # something is known to the next.
    known, known_belief = 0, 0.0
    for step in range(1, prices):
        price = step if buying else prices - 1 - step
        heard = counts[TAKEN, price] + counts[OTHERS, price] + counts[REFUSED, price]
        if heard == 0 and step < prices - 1:
            continue
        taken += counts[TAKEN, price]
        others += counts[OTHERS, price]
        chance = 1.0 if step == prices - 1 else belief(taken, others, refused)
        for between in range(known + 1, step + 1):
            candidate = between if buying else prices - 1 - between
            if low <= candidate <= high:
                share = (between - known) / (step - known)
                gain = limit - candidate if buying else candidate - limit
                gain *= joined_belief(known_belief, chance, share)
                if gain > best_gain:
                    best, best_gain = candidate, gain
        known, known_belief = step, chance
        # What was refused at this price offered less than the next one does.
        refused -= counts[REFUSED, price]
    return best
