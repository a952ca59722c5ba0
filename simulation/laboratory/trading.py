"""A trading day: who shouts, what, who trades, and what everybody learns from it.

Two session rules on one order book. *Standing book* (Gode and Sunder 1993): a shout that betters
the standing quote of its side takes its place, one that meets the other side trades at the earlier
quote, and a deal clears the book. *Random acceptance* (Cliff 1997): one of those who would deal at
a shout, drawn at random, accepts it.
"""

import math

from agents.compiled import kernel
from agents.vocabulary import Side
from simulation.draws import (
    LABORATORY_ACCEPTANCE,
    LABORATORY_LEARNING,
    LABORATORY_QUOTE,
    LABORATORY_TURN,
    draw_block,
    uniform,
)
from simulation.laboratory.floor import Count
from simulation.laboratory.rules import Strategy
from simulation.laboratory.traders import SILENT
from simulation.laboratory.traders.gjerstad_dickhaut import best_quote, count_history
from simulation.laboratory.traders.sniper import sniper_quote
from simulation.laboratory.traders.truthful import truthful_quote
from simulation.laboratory.traders.zero_intelligence import (
    constrained_quote,
    unconstrained_quote,
)
from simulation.laboratory.traders.zip import next_margin, target_price, wants_change, zip_quote
from simulation.markets.order_book import (
    NOTHING,
    best_ask,
    best_bid,
    cancel,
    empty_book,
    forget_trades,
    submit,
)

__all__ = ["acceptance_day", "limit_of", "quote_of", "standing_day"]


@kernel
def limit_of(floor, index):
    """Value or cost of the unit that a trader would trade next; of its last one where none is left.

    Parameters
    ----------
    floor : Floor
    index : row of the trader

    Returns
    -------
    price steps; of the first unit of an earlier day where the trader has none today
    """
    trader = floor.traders[index]
    return floor.limits[index, max(min(trader.done, trader.units - 1), 0)]


@kernel
def quote_of(floor, index, rules, seed, day, shout, low, high, share_left):
    """Price that a trader would shout now.

    Parameters
    ----------
    floor : Floor
    index : row of the trader
    rules : record of `SessionRules`
    seed, day, shout : address of the draws
    low, high : prices that the session allows
    share_left : of the day

    Returns
    -------
    price, or `SILENT`
    """
    trader = floor.traders[index]
    side = trader.side
    limit = limit_of(floor, index)
    price = SILENT
    if trader.strategy == Strategy.ZI_U or trader.strategy == Strategy.ZI_C:
        draw = uniform(seed, LABORATORY_QUOTE, day, trader.agent_id, shout)
        if trader.strategy == Strategy.ZI_U:
            price = unconstrained_quote(low, high, draw)
        else:
            price = constrained_quote(side, limit, low, high, draw)
    elif trader.strategy == Strategy.ZIP:
        price = zip_quote(side, limit, trader.margin, low, high)
    elif trader.strategy == Strategy.GD:
        count_history(
            floor.history, floor.counts[Count.HISTORY], side, rules.memory, floor.by_price
        )
        price = best_quote(side, limit, low, high, floor.by_price)
    elif trader.strategy == Strategy.SNIPER:
        before = Count.LOWEST_BEFORE if side == Side.BUY else Count.HIGHEST_BEFORE
        price = sniper_quote(
            side, limit, best_bid(floor.book), best_ask(floor.book), floor.counts[before],
            share_left, rules.spread, rules.hurry,
        )
    else:
        price = truthful_quote(side, limit, low, high)
    return price if low <= price <= high else SILENT


@kernel
def _active(floor, side):
    # Traders of a side with units left; of both where the side is below 0.
    count = 0
    for index in range(len(floor.traders)):
        trader = floor.traders[index]
        count += (side < 0 or trader.side == side) and trader.done < trader.units
    return count


@kernel
def _drawn_trader(floor, seed, day, shout):
    # Everybody with units left is as likely as anybody else.
    wanted = math.floor(
        uniform(seed, LABORATORY_TURN, day, 0, shout) * _active(floor, NOTHING)
    )
    for index in range(len(floor.traders)):
        if floor.traders[index].done < floor.traders[index].units:
            if wanted == 0:
                return index
            wanted -= 1
    return NOTHING


@kernel
def _remember(floor, side, price, accepted):
    count = floor.counts[Count.HISTORY]
    shout = floor.history[count % len(floor.history)]
    shout.side = side
    shout.price = price
    shout.accepted = accepted
    floor.counts[Count.HISTORY] = count + 1
    return count


@kernel
def _learn(floor, rules, seed, day, shout, price, is_bid, accepted, low, high):
    # Everybody who can learn hears the shout, even those who have nothing left to trade.
    for index in range(len(floor.traders)):
        trader = floor.traders[index]
        if trader.strategy != Strategy.ZIP:
            continue
        side = trader.side
        limit = limit_of(floor, index)
        own = limit * (1.0 + trader.margin)
        # Compared is what it would shout, which is whole: else it would not hear itself.
        said = zip_quote(side, limit, trader.margin, low, high)
        wish = wants_change(
            side, trader.done < trader.units, said, price, is_bid, accepted
        )
        if wish == 0:
            continue
        first, second, _, _ = draw_block(seed, LABORATORY_LEARNING, day, trader.agent_id, shout)
        upwards = (wish > 0) != (side == Side.BUY)
        target = target_price(
            price, upwards, rules.relative_step, rules.absolute_step, first, second
        )
        margin, change = next_margin(
            side, limit, own, target, trader.change, trader.learning_rate, trader.momentum
        )
        trader.margin = margin
        trader.change = change


@kernel
def _record_deal(floor, shout):
    # The book has made exactly one trade.
    trade = floor.book.trades[0]
    deal = floor.tape[floor.counts[Count.DEALS]]
    deal.shout = shout
    deal.buyer = trade.buyer
    deal.seller = trade.seller
    deal.buy = floor.orders[trade.buyer, floor.traders[trade.buyer].done]
    deal.sell = floor.orders[trade.seller, floor.traders[trade.seller].done]
    deal.price = deal.seller_price = trade.price_fen
    floor.counts[Count.DEALS] += 1
    forget_trades(floor.book)
    return deal.price


@kernel
def _count_units(floor):
    deal = floor.tape[floor.counts[Count.DEALS] - 1]
    floor.traders[deal.buyer].done += 1
    floor.traders[deal.seller].done += 1


@kernel
def _begin_day(floor):
    for index in range(len(floor.traders)):
        floor.traders[index].done = 0
    empty_book(floor.book)
    floor.counts[Count.DEALS] = 0
    floor.counts[Count.STANDING_ASK] = floor.counts[Count.STANDING_BID] = NOTHING


@kernel
def _end_day(floor):
    # What snipers compare with tomorrow.
    lowest = highest = SILENT
    for index in range(floor.counts[Count.DEALS]):
        price = floor.tape[index].price
        lowest = price if lowest == SILENT else min(lowest, price)
        highest = max(highest, price)
    floor.counts[Count.LOWEST_BEFORE] = lowest
    floor.counts[Count.HIGHEST_BEFORE] = highest


@kernel
def _betters(floor, side, price):
    standing = best_bid(floor.book) if side == Side.BUY else best_ask(floor.book)
    if standing < 0:
        return True
    return price > standing if side == Side.BUY else price < standing


@kernel
def standing_day(floor, rules, seed, day, low, high):
    """Trade for a day by the rule of the standing book.

    Parameters
    ----------
    floor : Floor, changed in place
    rules : record of `SessionRules`
    seed, day : address of the draws
    low, high : prices that the session allows
    """
    _begin_day(floor)
    for shout in range(rules.shouts):
        if _active(floor, Side.BUY.value) == 0 or _active(floor, Side.SELL.value) == 0:
            break
        index = _drawn_trader(floor, seed, day, shout)
        side = floor.traders[index].side
        left = 1.0 - shout / rules.shouts
        price = quote_of(floor, index, rules, seed, day, shout, low, high, left)
        # Who does not better the own side's standing quote is not heard.
        if price == SILENT or not _betters(floor, side, price):
            continue
        is_bid = side == Side.BUY
        own = Count.STANDING_BID if is_bid else Count.STANDING_ASK
        heard = Count.BID_SHOUT if is_bid else Count.ASK_SHOUT
        other_heard = Count.ASK_SHOUT if is_bid else Count.BID_SHOUT
        handle, filled, _ = submit(floor.book, side, price, 1, index)
        if filled > 0:
            agreed = _record_deal(floor, shout)
            floor.history[floor.counts[other_heard] % len(floor.history)].accepted = 1
            # One deal, one memory of it: the acceptance is heard as a quote of the other side's.
            _remember(floor, side, agreed, 0)
            _learn(floor, rules, seed, day, shout, agreed, is_bid, True, low, high)
            _count_units(floor)
            empty_book(floor.book)
            floor.counts[Count.STANDING_ASK] = floor.counts[Count.STANDING_BID] = NOTHING
            continue
        cancel(floor.book, floor.counts[own])
        floor.counts[own] = handle
        floor.counts[heard] = _remember(floor, side, price, 0)
        _learn(floor, rules, seed, day, shout, price, is_bid, False, low, high)
    _end_day(floor)


@kernel
def _accepter(floor, rules, seed, day, shout, price, is_bid, low, high):
    # The willing are drawn from one after the other: the n-th takes the place of those before with
    # chance 1/n, so that each is as likely.
    found = NOTHING
    willing = 0
    for index in range(len(floor.traders)):
        trader = floor.traders[index]
        if (trader.side == Side.BUY) == is_bid or trader.done >= trader.units:
            continue
        own = quote_of(floor, index, rules, seed, day, shout, low, high, 1.0)
        if own == SILENT or (own > price if is_bid else own < price):
            continue
        willing += 1
        draw = uniform(seed, LABORATORY_ACCEPTANCE, day, trader.agent_id, shout)
        if draw * willing < 1.0:
            found = index
    return found


@kernel
def acceptance_day(floor, rules, seed, day, low, high):
    """Trade for a day by Cliff's rule: a random one of the willing accepts.

    Parameters
    ----------
    floor : Floor, changed in place
    rules : record of `SessionRules`
    seed, day : address of the draws
    low, high : prices that the session allows
    """
    _begin_day(floor)
    failed = 0
    for shout in range(rules.shouts):
        if failed == rules.failures or _active(floor, NOTHING) == 0:
            break
        # Else the side that is left goes on shouting, and learns that nobody accepts.
        if rules.ends_with_a_side and (
            _active(floor, Side.BUY.value) == 0 or _active(floor, Side.SELL.value) == 0
        ):
            break
        index = _drawn_trader(floor, seed, day, shout)
        side = floor.traders[index].side
        is_bid = side == Side.BUY
        price = quote_of(floor, index, rules, seed, day, shout, low, high, 1.0)
        if price == SILENT:
            failed += 1
            continue
        accepter = _accepter(floor, rules, seed, day, shout, price, is_bid, low, high)
        if accepter == NOTHING:
            failed += 1
            _remember(floor, side, price, 0)
            _learn(floor, rules, seed, day, shout, price, is_bid, False, low, high)
            continue
        failed = 0
        submit(floor.book, side, price, 1, index)
        submit(floor.book, 1 - side, price, 1, accepter)
        _record_deal(floor, shout)
        _remember(floor, side, price, 1)
        _remember(floor, 1 - side, price, 0)
        _learn(floor, rules, seed, day, shout, price, is_bid, True, low, high)
        _count_units(floor)
    _end_day(floor)
