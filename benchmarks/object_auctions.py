"""Auctions and administered prices of the object version, written from docs/model.md."""

from collections.abc import Callable

from agents.vocabulary import Motive
from benchmarks.object_market import (
    Match,
    Order,
    clear_call_auction,
    clear_listing,
    crossing,
    paired,
)

__all__ = [
    "clear_administered", "clear_mcafee", "clear_one_way_auction", "clear_pay_as_bid",
    "clear_reverse_auction",
]


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


def _holder(orders: list[Order], unit: int) -> int:
    """Place of the order that holds a unit, where units are counted from the best price on."""
    last = 0
    for place, order in enumerate(orders):
        last += order.tonnes
        if unit < last:
            return place
    return len(orders)


def _first(orders: list[Order], tonnes: int) -> list[tuple[Order, int]]:
    """So many tonnes from the front."""
    parts = []
    for order in orders:
        if tonnes > 0:
            parts.append((order, min(order.tonnes, tonnes)))
            tonnes -= parts[-1][1]
    return parts


def clear_mcafee(
    bids: list[Order], asks: list[Order], *, candidate: bool, pairing: Callable[[Order], float],
) -> list[Match]:
    """One price from those who stay outside, or the worst pair gives up.

    Parameters
    ----------
    bids, asks : list of Order
    candidate : bool
        Whether a price from those outside is tried.
    pairing : callable
        Draw of an order; sellers and buyers are paired from the smallest.

    Returns
    -------
    list of Match
    """
    bids = sorted(bids, key=lambda bid: (-bid.price_fen, bid.arrival))
    asks = sorted(asks, key=lambda ask: (ask.price_fen, ask.arrival))
    volume, _, _ = crossing(bids, asks)
    if volume == 0:
        return []
    last_bid, last_ask = _holder(bids, volume - 1), _holder(asks, volume - 1)
    highest, lowest = bids[last_bid].price_fen, asks[last_ask].price_fen
    # What is left of an order that trades in part is not outside.
    outside_bids, outside_asks = bids[last_bid + 1 :], asks[last_ask + 1 :]
    if candidate and outside_bids and outside_asks:
        price = (outside_bids[0].price_fen + outside_asks[0].price_fen) // 2
        if lowest <= price <= highest:
            return paired(_first(bids, volume), _first(asks, volume), (price, price), pairing)
    better_bids, better_asks = bids[:last_bid], asks[:last_ask]
    volume = min(
        sum(bid.tonnes for bid in better_bids), sum(ask.tonnes for ask in better_asks)
    )
    return paired(
        _first(better_bids, volume), _first(better_asks, volume), (highest, lowest), pairing
    )


def _auctioned(
    lot: Order, wanted: list[tuple[Order, int]], style: str, increment_fen: int
) -> list[Match]:
    """One lot; `wanted` are bids that reach its reserve and what they still want."""
    reserve = lot.price_fen
    wanted = sorted(wanted, key=lambda part: (-part[0].price_fen, part[0].arrival))
    demand = sum(tonnes for _, tonnes in wanted)
    price = reserve
    if demand > lot.tonnes and style == "second_price":
        served = 0
        for bid, tonnes in wanted:
            served += tonnes
            if served > lot.tonnes:
                price = bid.price_fen
                break
    if demand > lot.tonnes and style == "ascending":
        limits = sorted({bid.price_fen for bid, _ in wanted}, reverse=True)
        # More is wanted than there is at and below the highest of these limits.
        crowded = next(
            limit for limit in limits
            if sum(tonnes for bid, tonnes in wanted if bid.price_fen >= limit) > lot.tonnes
        )
        price = crowded - (crowded - reserve) % increment_fen
        stayed = [part for part in wanted if part[0].price_fen >= price + increment_fen]
        left_last = [part for part in wanted if price <= part[0].price_fen < price + increment_fen]
        wanted = stayed + sorted(left_last, key=lambda part: part[0].arrival)
    matches, left = [], lot.tonnes
    for bid, tonnes in wanted:
        taken = min(tonnes, left)
        if taken > 0:
            paid = bid.price_fen if style == "first_price" else price
            matches.append(Match(bid, lot, taken, paid, paid))
            left -= taken
    return matches


def clear_one_way_auction(
    bids: list[Order], asks: list[Order], *, style: str, increment_fen: int
) -> list[Match]:
    """Lot after lot, each in an auction of its own.

    Parameters
    ----------
    bids, asks : list of Order
    style : {"first_price", "second_price", "ascending"}
        Format of a lot's auction.
    increment_fen : int
        Step of the ascending clock.

    Returns
    -------
    list of Match
    """
    matches = []
    open_tonnes = {bid: bid.tonnes for bid in bids}
    for lot in sorted(asks, key=lambda ask: ask.arrival):
        wanted = [
            (bid, tonnes) for bid, tonnes in open_tonnes.items()
            if tonnes > 0 and bid.price_fen >= lot.price_fen
        ]
        for match in _auctioned(lot, wanted, style, increment_fen):
            open_tonnes[match.bid] -= match.tonnes
            matches.append(match)
    return matches


def _rationed(
    orders: list[Order], volume: int, rationing: str, lottery: Callable[[Order], float]
) -> list[tuple[Order, int]]:
    """What each order of the long side gets; the short side gets all it wants."""
    queue = sorted(orders, key=lambda order: order.arrival)
    total = sum(order.tonnes for order in queue)
    if total <= volume or rationing == "queue":
        return _first(queue, volume)
    if rationing == "lottery":
        return _first(sorted(queue, key=lottery), volume)
    parts = [order.tonnes * volume // total for order in queue]
    # The sort is stable: equal remainders stay in the order of arrival.
    places = sorted(range(len(queue)), key=lambda place: -(queue[place].tonnes * volume % total))
    for place in places[: volume - sum(parts)]:
        parts[place] += 1
    return [(order, part) for order, part in zip(queue, parts, strict=True) if part > 0]


def clear_administered(
    bids: list[Order], asks: list[Order], *, price_fen: int, rationing: str,
    lottery: Callable[[Order], float], pairing: Callable[[Order], float],
) -> list[Match]:
    """Who is willing at the guide price trades at it; the long side is rationed.

    Parameters
    ----------
    bids, asks : list of Order
    price_fen : int
    rationing : {"pro_rata", "queue", "lottery"}
    lottery, pairing : callable
        Draws of an order.

    Returns
    -------
    list of Match
    """
    bids = [bid for bid in bids if bid.price_fen >= price_fen]
    asks = [ask for ask in asks if ask.price_fen <= price_fen]
    volume = min(sum(bid.tonnes for bid in bids), sum(ask.tonnes for ask in asks))
    return paired(
        _rationed(bids, volume, rationing, lottery), _rationed(asks, volume, rationing, lottery),
        (price_fen, price_fen), pairing,
    )


def _procured(
    bid: Order, shelf: list[Order], left: dict[Order, int], budget_fen: int, *, uniform: bool
) -> list[Match]:
    """What one public order buys; the cheapest lots come first on the shelf."""
    bought: list[tuple[Order, int]] = []
    for ask in shelf:
        if left[ask] == 0:
            continue
        if ask.price_fen > bid.price_fen:
            break
        so_far = sum(tonnes for _, tonnes in bought)
        paid = ask.price_fen * so_far if uniform else sum(
            lot.price_fen * tonnes for lot, tonnes in bought
        )
        tonnes = min(left[ask], bid.tonnes - so_far)
        if ask.price_fen > 0:
            tonnes = min(tonnes, (budget_fen - paid) // ask.price_fen)
        if tonnes <= 0:
            break
        bought.append((ask, tonnes))
    highest = bought[-1][0].price_fen if bought else 0
    return [
        Match(bid, ask, tonnes, *[highest if uniform else ask.price_fen] * 2)
        for ask, tonnes in bought
    ]


def clear_reverse_auction(
    bids: list[Order], asks: list[Order], *, budget_fen: int, payment: str, private_demand: str
) -> list[Match]:
    """A public buyer buys from the lowest asks, then private buyers from what is left.

    Parameters
    ----------
    bids, asks : list of Order
    budget_fen : int
        Of the month.
    payment : {"uniform", "pay_as_bid"}
    private_demand : {"listing", "out"}

    Returns
    -------
    list of Match
    """
    matches = []
    shelf = sorted(asks, key=lambda ask: (ask.price_fen, ask.arrival))
    left = {ask: ask.tonnes for ask in asks}
    public = [bid for bid in bids if bid.motive is Motive.PUBLIC]
    for bid in sorted(public, key=lambda bid: bid.arrival):
        for match in _procured(bid, shelf, left, budget_fen, uniform=payment == "uniform"):
            matches.append(match)
            left[match.ask] -= match.tonnes
            budget_fen -= match.tonnes * match.price_fen
    if private_demand == "out":
        return matches
    # A copy of what is left, listed as in the listing; its lots stand for the whole ones.
    rest = {
        Order(ask.sender, ask.motive, ask.price_fen, left[ask], ask.arrival): ask
        for ask in asks if left[ask] > 0
    }
    private = [bid for bid in bids if bid.motive is not Motive.PUBLIC]
    listed = clear_listing(
        private, list(rest), partial_lots=True, lots_seen=0, sight=lambda bid, ask: 0.0
    )
    return matches + [match._replace(ask=rest[match.ask]) for match in listed]
