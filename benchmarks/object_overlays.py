"""Overlays of the object version: what happens to orders before the pricing rule sees them."""

import math
from dataclasses import replace
from typing import Any

from agents.quantities import LAST_BITS
from agents.vocabulary import CreditState, Eligibility, Entry, Motive
from benchmarks.object_market import Order
from simulation.markets.protocol import LARGEST_PRICE_FEN

__all__ = ["offered_reserve", "regulated"]

ESCROW, HELD = CreditState.ESCROW, CreditState.HELD


def offered_reserve(model: Any) -> None:
    """The reserve is offered at the soft ceiling, after everybody who asks as much."""
    reserve, ledger = model.reserve, model.ledger
    listed = reserve.tonnes[ESCROW]
    wanted = listed + reserve.tonnes[HELD]
    price = model.rules.to_fen(model.parameters.reserve.soft_ceiling_yuan_per_t)
    if price <= 0 or model.parameters.market.mechanism == "reverse_auction":
        wanted = 0
    if wanted > listed:
        ledger.move(
            reserve, HELD, reserve, ESCROW, wanted - listed, Entry.OFFER, model.month
        )
    else:
        ledger.move(
            reserve, ESCROW, reserve, HELD, listed - wanted, Entry.WITHDRAW, model.month
        )
    counting = model.tonnes_that_count(reserve, ESCROW) if model.told_apart else wanted
    for kind, tonnes in ((Eligibility.ANY, wanted - counting), (Eligibility.ELIGIBLE, counting)):
        if tonnes > 0:
            model.asks.append(Order(
                model.government, Motive.PUBLIC, price, tonnes, 1.0 - 2.0**-33, accepts=kind
            ))
    model.now.offered_reserve_t = wanted


def _limits(model: Any, tick: int) -> tuple[int, int]:
    """Lowest and highest allowed price, on the tick."""
    rules, limits = model.rules, model.parameters.price_limits
    lowest = math.ceil(rules.to_fen(limits.floor_yuan_per_t) / tick) * tick
    highest = LARGEST_PRICE_FEN // tick * tick
    if limits.ceiling_yuan_per_t > 0:
        highest = rules.to_fen(limits.ceiling_yuan_per_t) // tick * tick
    if limits.band_share > 0 and model.last_price > 0:
        last = model.last_price * 100.0
        down = math.floor(last * (1.0 - limits.band_share) * LAST_BITS) // tick * tick
        up = math.ceil(
            math.ceil(min(last * (1.0 + limits.band_share) / LAST_BITS, highest)) / tick
        ) * tick
        # The floor and the ceiling stand over the band.
        return sorted((lowest, down, highest))[1], sorted((lowest, up, highest))[1]
    return lowest, highest


def _bid_before_tax(limit: int, share: float) -> int:
    # The last fen is found by trying: tax is a product of floats.
    return next(
        price for price in range(math.floor(limit / (1.0 + share)) + 1, -1, -1)
        if price + price * share <= limit
    )


def regulated(model: Any) -> None:
    """Prices within the limits and on the tick, quantities in lots, the tax off the bids."""
    units = model.parameters.trading_units
    tick = model.rules.to_fen(units.tick_yuan_per_t)
    lowest, highest = _limits(model, tick)
    share = model.parameters.transaction_tax.share
    if lowest > 0:
        model.now.lowest_allowed_fen = lowest
    if highest < LARGEST_PRICE_FEN // tick * tick:
        model.now.highest_allowed_fen = highest
    nothing = (lowest, highest, share, tick, units.lot_t) == (0, LARGEST_PRICE_FEN, 0.0, 1, 1)
    if nothing:
        return
    bids, asks = [], []
    for order in model.bids:
        limit = order.limit_fen
        if share > 0 and order.motive is not Motive.PUBLIC:
            limit = _bid_before_tax(limit, share)
        price = min(limit - limit % tick, highest)
        bids.append((order, price, price >= lowest))
    for order in model.asks:
        price = max(math.ceil(order.limit_fen / tick) * tick, lowest)
        asks.append((order, price, price <= highest))
    model.bids, model.asks = [], []
    for side, sent in ((model.bids, bids), (model.asks, asks)):
        for order, price, allowed in sent:
            tonnes = order.tonnes - order.tonnes % units.lot_t if allowed else 0
            if tonnes > 0:
                side.append(replace(order, price_fen=price, tonnes=tonnes))
            else:
                model.now.refused_t += order.tonnes
