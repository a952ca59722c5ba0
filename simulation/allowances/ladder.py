"""Truthful stepped orders: what a firm wants at each of several prices, less what it holds."""

import math

from agents.compiled import kernel, rule
from agents.vocabulary import Motive, Side
from simulation.allowances.wishes import permits_wanted, price_cap
from simulation.markets.protocol import LARGEST_PRICE_FEN

__all__ = ["gap_of", "ladder_price", "residual", "send_ladders"]


@rule
def ladder_price(low, high, place, count):
    """Price number `place` of `count`, evenly from low to high, whole fen."""
    return low + ((high - low) * place) // max(count - 1, 1)


@kernel
def _wants(firms, measures, terms, caps_ahead, index, price_fen):
    return permits_wanted(firms, measures, terms, caps_ahead, index, price_fen / 100.0)


@kernel
def _write(orders, found, party, row, side, price, tonnes):
    order = orders[found]
    order.agent_id = party.agent_id
    order.row = row
    order.side = side
    order.motive = Motive.COMPLIANCE if side == Side.BUY else Motive.SUPPLY
    order.price_fen = order.limit_fen = price
    order.quantity_t = order.wanted_t = tonnes
    order.arrival = 0.5
    return found + 1


@kernel
def send_ladders(firms, measures, parties, terms, caps_ahead, low, high, cost_fen, grid, orders):
    """Orders of all firms.

    Parameters
    ----------
    firms, measures, parties : see `AllowanceMarket`
    terms : record of `Terms`
    caps_ahead : float64 array, t
    low, high : fen/t, ends of the prices for which firms say what they want
    cost_fen : fen/t that a buyer pays on top
    grid : int64 array, shape (prices + 2,); scratch
    orders : recarray with room for 2 x firms x (prices + 2), filled in

    Returns
    -------
    number of orders

    Notes
    -----
    A bid at a price is for what the firm wants there (the transaction cost paid on top) beyond what
    it holds and what its higher bids are for; an ask is for what it does not want at that price
    beyond what its lower asks offer. So no firm meets itself.
    """
    count = len(grid) - 2
    cap = price_cap(
        terms.penalty_yuan_per_t, terms.make_good, terms.believed_next_price_yuan_per_t,
        terms.interest_per_period,
    )
    for place in range(count):
        grid[place] = ladder_price(low, high, place, count)
    used = count
    if cap < LARGEST_PRICE_FEN / 100.0:
        # Where the wish jumps, on both sides of the jump: else prices would miss it by a step.
        for jump in (math.floor(cap * 100.0 + 1e-6) - cost_fen,
                     math.floor(cap * 100.0 + 1e-6) + 1):
            if low < jump < high:
                place = used
                while grid[place - 1] > jump:
                    grid[place] = grid[place - 1]
                    place -= 1
                grid[place] = jump
                used += 1
    found = 0
    for index in range(len(firms)):
        party = parties[index]
        held = party.permits_t
        claimed = held
        for place in range(used - 1, -1, -1):
            wanted = _wants(
                firms, measures, terms, caps_ahead, index, grid[place] + cost_fen
            )
            if wanted > claimed:
                found = _write(
                    orders, found, party, index, Side.BUY.value, grid[place], wanted - claimed
                )
                claimed = wanted
        kept = held
        for place in range(used):
            wanted = _wants(firms, measures, terms, caps_ahead, index, grid[place])
            if wanted < kept:
                found = _write(
                    orders, found, party, index, Side.SELL.value, grid[place], kept - wanted
                )
                kept = wanted
    return found


@kernel
def gap_of(firms, measures, parties, terms, caps_ahead, index, price_fen, cost_fen):
    """Tonnes by which a firm would still rather hold more, or less, at a price.

    Parameters
    ----------
    firms, measures, parties, terms, caps_ahead, cost_fen : see `send_ladders`
    index : row of the firm
    price_fen : fen/t

    Returns
    -------
    t; below zero where it would rather sell. A fen to either side is no reason to trade, so who
    does not mind has no gap
    """
    held = parties[index].permits_t
    more = _wants(firms, measures, terms, caps_ahead, index, price_fen + 1 + cost_fen) - held
    if more > 0:
        return more
    return min(_wants(firms, measures, terms, caps_ahead, index, max(price_fen - 1, 0)) - held, 0)


@kernel
def residual(firms, measures, parties, terms, caps_ahead, price_fen, cost_fen):
    """Tonnes by which holdings miss what firms want at a price, added up over firms.

    Parameters
    ----------
    firms, measures, parties, terms, caps_ahead, price_fen, cost_fen : see `gap_of`

    Returns
    -------
    t
    """
    missing = 0
    for index in range(len(firms)):
        missing += abs(gap_of(
            firms, measures, parties, terms, caps_ahead, index, price_fen, cost_fen
        ))
    return missing
