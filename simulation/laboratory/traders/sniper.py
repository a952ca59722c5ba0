"""Sniper: waits in the background, then takes the standing offer.

After Kaplan's programme, which won the Santa Fe tournament: Rust, Miller and Palmer (1994),
Characterizing effective trading strategies, J. Economic Dynamics and Control 18:61.
"""

from agents.compiled import rule
from agents.vocabulary import Side
from simulation.laboratory.traders import SILENT

__all__ = ["sniper_quote"]


@rule
def sniper_quote(side, limit, best_bid, best_ask, best_price_before, share_left, spread, hurry):
    """Price of a sniper.

    Parameters
    ----------
    side : Side code
    limit : value of a buyer's or cost of a seller's unit
    best_bid, best_ask : standing quotes; below 0 where there is none
    best_price_before : lowest (for a buyer) or highest (for a seller) price of the day before;
        below 0 where nothing was traded
    share_left : of the day, 0 to 1
    spread : share of the ask below which the distance of bid and ask counts as small
    hurry : share of the day that is its end

    Returns
    -------
    the standing price of the other side where one of three reasons holds and it is no loss: it is
    at least as good as the best of the day before, the spread is small, or time runs out; else
    `SILENT`
    """
    standing = best_ask if side == Side.BUY else best_bid
    if standing < 0:
        return SILENT
    if side == Side.BUY:
        if standing > limit:
            return SILENT
        juicy = best_price_before >= 0 and standing <= best_price_before
    else:
        if standing < limit:
            return SILENT
        juicy = best_price_before >= 0 and standing >= best_price_before
    small = best_bid >= 0 and best_ask >= 0 and best_ask - best_bid < spread * best_ask
    return standing if juicy or small or share_left < hurry else SILENT
