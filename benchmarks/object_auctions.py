"""Auctions and administered prices of the object version, written from docs/model.md."""

from collections.abc import Callable

from benchmarks.object_market import Match, Order, clear_call_auction

__all__ = ["clear_pay_as_bid"]


def clear_pay_as_bid(
    bids: list[Order], asks: list[Order], *, price: str, by_time: bool,
    pairing: Callable[[Order], float],
) -> list[Match]:
    """The deals of the call auction, each at a price of its own.

    Parameters
    ----------
    bids, asks : list of Order
    price : {"bid", "ask", "midpoint"}
        Price of a pair.
    by_time, pairing
        See `clear_call_auction`.

    Returns
    -------
    list of Match
    """
    matches = []
    for match in clear_call_auction(bids, asks, k=0.5, by_time=by_time, pairing=pairing):
        bid, ask = match.bid.price_fen, match.ask.price_fen
        paid = {"bid": bid, "ask": ask, "midpoint": (bid + ask) // 2}[price]
        matches.append(match._replace(price_fen=paid, seller_price_fen=paid))
    return matches
