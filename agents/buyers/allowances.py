"""How many allowances a covered firm wants to hold at a price, where firms set it by trading."""

import math

from agents.compiled import rule
from agents.vocabulary import Banking

__all__ = [
    "allowances_wanted",
    "bank_share",
    "credits_expected",
    "emissions_planned",
    "last_effort",
    "next_credit_belief",
    "share_in_use",
]


@rule
def emissions_planned(so_far, activity, share, months_left):
    """Emissions of a compliance period, as a firm plans them.

    Parameters
    ----------
    so_far : t emitted in the period
    activity : t/year before abatement
    share : abated from now on, 0 to 1
    months_left : of the period, this one included

    Returns
    -------
    t: activity and price are believed to stay as they are, assumption A46
    """
    return so_far + activity * (1.0 - share) * months_left / 12.0


@rule
def credits_expected(room, held, share):
    """Credits that a firm reckons to have at the deadline.

    Parameters
    ----------
    room : t of credits that the offset limit allows
    held : t for compliance
    share : of the room that is left, which it wants and believes to get, 0 to 1

    Returns
    -------
    t, at most the room
    """
    sure = min(held, room)
    return sure + math.floor(share * (room - sure))


@rule
def share_in_use(without, with_all):
    """Share of their room for which firms want credits, where they do not mind credits or not.

    Parameters
    ----------
    without, with_all : t of allowances that all firms lack at the price, with no more credits and
        with all they could get; the first is not the smaller one

    Returns
    -------
    0 to 1: all of them where credits are cheaper than allowances, and where both cost the same as
    many as leave the allowance market even

    Notes
    -----
    Each firm would as soon have the one as the other; that all of them buy the same share is
    assumption A46.
    """
    if without <= 0:
        return 0.0
    if with_all >= 0:
        return 1.0
    return without / (without - with_all)


@rule
def next_credit_belief(belief, ordered, filled, rate):
    """Share of its orders for credits that a firm believes to be filled, after a month.

    Parameters
    ----------
    belief : of the month before, 0 to 1
    ordered, filled : t; who ordered nothing learns nothing
    rate : of learning, 0 to 1

    Returns
    -------
    0 to 1: assumption A46
    """
    if ordered <= 0:
        return belief
    return belief + rate * (filled / ordered - belief)


@rule
def bank_share(banking, lack, weight, spare, free, multiple):
    """Allowances that a firm wants to carry over the deadline.

    Parameters
    ----------
    banking : Banking
    lack : t that all covered firms together will lack within the horizon, at prices that rise at
        the rate of discount; the largest of the sums up to each deadline
    weight : part of it that the firm looks after: its part of all activity
    spare : t beyond its own need that it has, and has sold since the last deadline
    free, multiple : of the national rule, t and tonnes for each tonne of net sales

    Returns
    -------
    t, not negative

    References
    ----------
    Rubin (1996), J. Environmental Economics and Management 31:269: allowances are banked as long as
    the price would otherwise rise faster than at interest. That a firm knows what all will lack,
    and carries its part, is assumption A47.
    """
    if banking == Banking.NONE or lack <= 0.0:
        return 0.0
    wanted = lack * weight
    if banking == Banking.NATIONAL:
        # What it keeps, K, is at most free + multiple (spare - K).
        return min(wanted, (free + multiple * max(spare, 0.0)) / (1.0 + multiple))
    return wanted


@rule
def allowances_wanted(need, later):
    """Allowances that a firm wants to hold now.

    Parameters
    ----------
    need : t that it wants to have in the end, its bank included
    later : t of them that it reckons to buy of the authority later

    Returns
    -------
    whole t, not negative; half a tonne is rounded up
    """
    return max(math.floor(need - later + 0.5), 0)


@rule
def last_effort(emissions, least, lacking):
    """Emissions of the last month of a period, for a firm that lacks allowances.

    Parameters
    ----------
    emissions : t of the month, as planned
    least : t of the month, with all abatement that is cheaper than being without an allowance
    lacking : t, not negative

    Returns
    -------
    t
    """
    return max(emissions - lacking, min(least, emissions))
