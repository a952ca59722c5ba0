"""Order book and pricing rules of the object version, written from docs/model.md."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from agents.vocabulary import Eligibility, Motive
from simulation.markets.protocol import LARGEST_PRICE_FEN

__all__ = [
    "Match", "Order", "clear_bilateral", "clear_call_auction", "clear_continuous",
    "clear_listing", "crossing", "paired",
]


@dataclass(slots=True, eq=False)
class Order:
    """A bid or an ask, by the list that it is in."""

    sender: Any
    motive: Motive
    price_fen: int
    tonnes: int
    arrival: float
    limit_fen: int | None = None
    accepts: Eligibility = Eligibility.ANY

    def __post_init__(self) -> None:
        if self.limit_fen is None:
            self.limit_fen = self.price_fen

    def in_lots(self, lot_t: int) -> "Order":
        """The same order, counted in lots."""
        return replace(self, tonnes=self.tonnes // lot_t)


class Match(NamedTuple):
    """What one bid takes from one ask."""

    bid: Order
    ask: Order
    tonnes: int
    price_fen: int
    seller_price_fen: int


def _by_arrival(order: Order) -> float:
    return order.arrival


def clear_listing(
    bids: list[Order], asks: list[Order], *, partial_lots: bool, lots_seen: int,
    sight: Callable[[Order, Order], float],
) -> list[Match]:
    """Buyers come in the order of arrival and take the cheapest lots at their posted price.

    Parameters
    ----------
    bids, asks : list of Order
    partial_lots : bool
        Whether a lot may be bought in parts.
    lots_seen : int
        Lots that a buyer sees, 0 for all of them.
    sight : callable
        Draw of a buyer for a lot; the smallest are seen.

    Returns
    -------
    list of Match
    """
    matches = []
    left = {ask: ask.tonnes for ask in asks}
    shelf = sorted(asks, key=lambda ask: (ask.price_fen, ask.arrival))
    for bid in sorted(bids, key=_by_arrival):
        seen = shelf
        if 0 < lots_seen < len(asks):
            nearest = sorted(asks, key=lambda ask: sight(bid, ask))[:lots_seen]
            seen = [ask for ask in shelf if ask in nearest]
        wanted = bid.tonnes
        sold_out = []
        for ask in seen:
            if wanted == 0 or ask.price_fen > bid.price_fen:
                break
            if left[ask] > wanted and not partial_lots:
                continue
            taken = min(wanted, left[ask])
            matches.append(Match(bid, ask, taken, ask.price_fen, ask.price_fen))
            wanted -= taken
            left[ask] -= taken
            if left[ask] == 0:
                sold_out.append(ask)
        for ask in sold_out:
            shelf.remove(ask)
    return matches


def crossing(bids: list[Order], asks: list[Order]) -> tuple[int, int, int]:
    """Volume, and both ends of the interval of clearing prices, of two sorted sides."""
    volume = 0
    bid_place = ask_place = 0
    bid_left = bids[0].tonnes if bids else 0
    ask_left = asks[0].tonnes if asks else 0
    worst_bid = worst_ask = 0
    while (
        bid_place < len(bids) and ask_place < len(asks)
        and bids[bid_place].price_fen >= asks[ask_place].price_fen
    ):
        worst_bid, worst_ask = bids[bid_place].price_fen, asks[ask_place].price_fen
        traded = min(bid_left, ask_left)
        volume += traded
        bid_left -= traded
        ask_left -= traded
        if bid_left == 0:
            bid_place += 1
            bid_left = bids[bid_place].tonnes if bid_place < len(bids) else 0
        if ask_left == 0:
            ask_place += 1
            ask_left = asks[ask_place].tonnes if ask_place < len(asks) else 0
    # What is left of an order that trades in part is among the best that do not trade.
    low, high = worst_ask, worst_bid
    if bid_place < len(bids):
        low = max(low, bids[bid_place].price_fen)
    if ask_place < len(asks):
        high = min(high, asks[ask_place].price_fen)
    return volume, low, high


def _rationed(
    better: list[Order], marginal: list[Order], volume: int, by_time: bool
) -> list[tuple[Order, int]]:
    """Tonnes of every order that trades; those at the price share what the better ones leave."""
    filled = [(order, order.tonnes) for order in better]
    left = volume - sum(order.tonnes for order in better)
    total = sum(order.tonnes for order in marginal)
    marginal = sorted(marginal, key=_by_arrival)
    if by_time:
        for order in marginal:
            part = min(order.tonnes, left)
            left -= part
            filled.append((order, part))
    elif total > 0:
        share = left
        parts = {order: order.tonnes * share // total for order in marginal}
        # The sort is stable: equal remainders stay in the order of arrival.
        remainders = sorted(marginal, key=lambda order: -(order.tonnes * share % total))
        for order in remainders[: share - sum(parts.values())]:
            parts[order] += 1
        filled += parts.items()
    return [(order, part) for order, part in filled if part > 0]


def paired(
    buying: list[tuple[Order, int]], selling: list[tuple[Order, int]], prices: tuple[int, int],
    pairing: Callable[[Order], float],
) -> list[Match]:
    """Buyers and sellers who trade as much, each side in a drawn order, paired from the top.

    Parameters
    ----------
    buying, selling : list of (Order, tonnes)
    prices : tuple of int
        What buyers pay and sellers get.
    pairing : callable
        Draw of an order.

    Returns
    -------
    list of Match
    """
    matches = []
    sellers = iter(sorted(selling, key=lambda part: pairing(part[0])))
    ask, ask_left = next(sellers, (None, 0))
    for bid, wanted in sorted(buying, key=lambda part: pairing(part[0])):
        while wanted > 0:
            if ask_left == 0:
                ask, ask_left = next(sellers)
            taken = min(wanted, ask_left)
            matches.append(Match(bid, ask, taken, *prices))
            wanted -= taken
            ask_left -= taken
    return matches


def clear_call_auction(
    bids: list[Order], asks: list[Order], *, k: float, by_time: bool,
    pairing: Callable[[Order], float],
) -> list[Match]:
    """One price for the month, at which the largest volume trades.

    Parameters
    ----------
    bids, asks : list of Order
    k : float
        Point of the interval of clearing prices.
    by_time : bool
        Whether orders at the margin are served in the order of arrival, or pro rata.
    pairing : callable
        Draw of an order; sellers and buyers are paired from the smallest.

    Returns
    -------
    list of Match
    """
    bids = sorted(bids, key=lambda bid: (-bid.price_fen, bid.arrival))
    asks = sorted(asks, key=lambda ask: (ask.price_fen, ask.arrival))
    volume, low, high = crossing(bids, asks)
    if volume == 0:
        return []
    price = low + math.floor(k * (high - low))
    buying = _rationed(
        [bid for bid in bids if bid.price_fen > price],
        [bid for bid in bids if bid.price_fen == price], volume, by_time,
    )
    selling = _rationed(
        [ask for ask in asks if ask.price_fen < price],
        [ask for ask in asks if ask.price_fen == price], volume, by_time,
    )
    return paired(buying, selling, (price, price), pairing)


def clear_bilateral(
    bids: list[Order], asks: list[Order], *, seller_power: float, search_cost_yuan: float,
    smallest_block_t: int, knows: Callable[[Order, Order], bool],
) -> list[Match]:
    """Buyers negotiate in the order of arrival, each with its contacts, the cheapest first.

    Parameters
    ----------
    bids, asks : list of Order
    seller_power : float
        Part of the gain that goes to the seller.
    search_cost_yuan : float
        What a deal costs the buyer besides its price.
    smallest_block_t : int
        Fewest tonnes of a deal.
    knows : callable
        Whether the buyer of a bid knows the seller of an ask.

    Returns
    -------
    list of Match
    """
    matches = []
    left = {ask: ask.tonnes for ask in asks}
    cheapest_first = sorted(asks, key=lambda ask: (ask.price_fen, ask.arrival))
    for bid in sorted(bids, key=_by_arrival):
        wanted = bid.tonnes
        contacts = [
            ask for ask in cheapest_first if left[ask] >= smallest_block_t and knows(bid, ask)
        ]
        for place, ask in enumerate(contacts, start=1):
            taken = min(wanted, left[ask])
            if taken < smallest_block_t:
                break
            ceiling = bid.price_fen - math.ceil(search_cost_yuan * 100.0 / taken)
            if ceiling < ask.price_fen:
                continue
            if place < len(contacts):
                # Nobody pays more than what the next contact asks.
                ceiling = min(ceiling, contacts[place].price_fen)
            price = ask.price_fen + math.floor(seller_power * (ceiling - ask.price_fen))
            matches.append(Match(bid, ask, taken, price, price))
            wanted -= taken
            left[ask] -= taken
    return matches


def clear_continuous(
    bids: list[Order], asks: list[Order], *, rounds: int, opening_distance: float,
    shout: Callable[[Order, int], float],
) -> list[Match]:
    """Orders arrive one after the other; who meets the other side trades at the standing price.

    Parameters
    ----------
    bids, asks : list of Order
    rounds : int
        How many times a month every order is shouted.
    opening_distance : float
        Share of its limit by which an order is held back in the first of several rounds.
    shout : callable
        Moment at which an order is shouted in a later round.

    Returns
    -------
    list of Match
    """
    matches = []
    left = {order: order.tonnes for order in [*bids, *asks] if order.tonnes > 0}
    # Price and turn of what rests; the turn decides between equal prices.
    standing: dict[Order, tuple[int, int]] = {}
    turn = 0
    selling = set(asks)
    for number in range(rounds):
        moment = {
            order: shout(order, number) if number else order.arrival for order in left
        }
        for order in sorted(moment, key=moment.get):
            if left[order] == 0:
                continue
            buying = order not in selling
            back = math.floor(
                order.price_fen * opening_distance * (rounds - 1 - number) / max(rounds - 1, 1)
            )
            price = order.price_fen - back if buying else order.price_fen + back
            price = min(price, LARGEST_PRICE_FEN)
            if order in standing and standing[order][0] == price:
                continue
            standing.pop(order, None)
            turn += 1
            others = [other for other in standing if other in (asks if buying else bids)]
            others.sort(key=lambda other: (
                standing[other][0] if other in selling else -standing[other][0],
                standing[other][1],
            ))
            for other in others:
                agreed = standing[other][0]
                if left[order] == 0 or (agreed > price if buying else agreed < price):
                    break
                taken = min(left[order], left[other])
                bid, ask = (order, other) if buying else (other, order)
                matches.append(Match(bid, ask, taken, agreed, agreed))
                left[order] -= taken
                left[other] -= taken
                if left[other] == 0:
                    del standing[other]
            if left[order] > 0:
                standing[order] = (price, turn)
    return matches
