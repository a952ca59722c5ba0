"""ZIP, zero intelligence plus: a profit margin that learns from every shout it hears.

Widrow-Hoff learning with momentum, after Cliff (1997), Minimal-intelligence agents for bargaining
behaviors in market-based environments, HP Laboratories report HPL-97-91.
"""

import math

from agents.compiled import rule
from agents.vocabulary import Side

__all__ = ["next_margin", "target_price", "wants_change", "zip_quote"]

RAISE = 1
LOWER = -1
KEEP = 0


@rule
def zip_quote(side, limit, margin, low, high):
    """Price of a ZIP trader.

    Parameters
    ----------
    side : Side code
    limit : value of a buyer's or cost of a seller's unit, price steps
    margin : fraction of the limit; not negative for a seller, from -1 to 0 for a buyer
    low, high : price steps, the prices that the session allows

    Returns
    -------
    price, whole, never a loss; outside low and high where the limit is

    Notes
    -----
    Cliff's prices are real numbers; the session's are whole, so the quote is rounded.
    """
    price = math.floor(limit * (1.0 + margin) + 0.5)
    if side == Side.BUY:
        return min(max(price, low), limit)
    return max(min(price, high), limit)


@rule
def wants_change(side, active, price, shout, shout_is_bid, accepted):
    """Whether a shout makes a trader want more profit, or less.

    Parameters
    ----------
    side : Side code
    active : bool, units are left
    price : what the trader would shout, rounded as it would be
    shout : price that was shouted, or at which the deal was struck
    shout_is_bid, accepted : bool

    Returns
    -------
    1 raise the margin, -1 lower it, 0 keep it

    References
    ----------
    Cliff (1997), figures 26 and 27.
    """
    is_buyer = side == Side.BUY
    # Could have had at least this price.
    content = price >= shout if is_buyer else price <= shout
    # Would not have got this deal, or was undercut.
    beaten = price <= shout if is_buyer else price >= shout
    if accepted:
        if content:
            return RAISE
        if active and beaten and shout_is_bid != is_buyer:
            return LOWER
    elif active and beaten and shout_is_bid == is_buyer:
        return LOWER
    return KEEP


@rule
def target_price(shout, upwards, relative, absolute, draw_relative, draw_absolute):
    """Price towards which a margin moves: a little beyond the shout.

    Parameters
    ----------
    shout : price steps
    upwards : bool
    relative : largest relative distance
    absolute : largest absolute distance, price steps
    draw_relative, draw_absolute : inside (0, 1)

    Returns
    -------
    price steps

    References
    ----------
    Cliff (1997), equation 15: R is uniform on 1 to 1.05 or 0.95 to 1, A on 0 to 0.05 or -0.05 to
    0 of the money in which his prices are a few units.
    """
    if upwards:
        return shout * (1.0 + relative * draw_relative) + absolute * draw_absolute
    return shout * (1.0 - relative * draw_relative) - absolute * draw_absolute


@rule
def next_margin(side, limit, price, target, change, learning_rate, momentum):
    """Margin and change of price after one step of learning.

    Parameters
    ----------
    side : Side code
    limit : price steps, positive
    price : what the trader would shout, before it is rounded
    target : price steps
    change : of the price at the last step
    learning_rate, momentum : 0 to 1

    Returns
    -------
    margin, change

    References
    ----------
    Cliff (1997), equations 10 to 14.
    """
    change = momentum * change + (1.0 - momentum) * learning_rate * (target - price)
    margin = (price + change) / limit - 1.0
    margin = min(max(margin, -1.0), 0.0) if side == Side.BUY else max(margin, 0.0)
    return margin, change
