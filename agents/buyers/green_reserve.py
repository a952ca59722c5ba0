"""The green reserve: credits bought in case they will count for compliance, and held till then."""

import math

from agents.compiled import rule
from agents.expectations import discounted

__all__ = ["reserve_limit", "reserve_wanted"]


@rule
def reserve_limit(chance, value_then, outside, discount, holding_cost, months):
    """Highest price at which a credit for the reserve is worth buying now.

    Parameters
    ----------
    chance : believed, that the credit counts in the later month, 0 to 1
    value_then : of a credit to who complies then, yuan/t
    outside : of a credit that never counts, yuan/t: the firm's own voluntary use
    discount : 1/year
    holding_cost : yuan/t a year
    months : until then

    Returns
    -------
    yuan/t, not negative

    Notes
    -----
    A credit that counts is worth its better use; one that does not keeps its outside value. Both
    come at the later month: assumption A54.
    """
    years = months / 12.0
    later = chance * max(value_then, outside) + (1.0 - chance) * outside
    return max(discounted(later, discount, years) - holding_cost * years, 0.0)


@rule
def reserve_wanted(size, room, held):
    """Credits that a firm still wants in its reserve.

    Parameters
    ----------
    size : t that the occasion asks for
    room : t that the firm expects to be able to surrender at one deadline
    held : t in the reserve, or for compliance, already

    Returns
    -------
    t, whole, not negative

    Notes
    -----
    Beyond the room of one deadline a credit would wait for another year: assumption A54.
    """
    return max(min(size, math.floor(room) - held), 0)
