"""Phases ``offer_reserve`` and ``regulate``: overlays shape the book before it is matched."""

from agents.compiled import kernel
from agents.quantities import to_fen
from agents.registry.choosing import tonnes_chosen
from agents.vocabulary import (
    Account,
    CreditState,
    Eligibility,
    Mechanism,
    Motive,
    Side,
    Standing,
)
from simulation.markets.overlays.price_limits import allowed_prices
from simulation.markets.overlays.shaping import shape_orders
from simulation.markets.protocol import LARGEST_PRICE_FEN
from simulation.phases.public import GOVERNMENT_ID, NOWHERE
from simulation.phases.sending import keep_in_escrow, send_order
from simulation.state import Clock, Prices

__all__ = ["offer_reserve", "regulate"]

# Draws of arrival lie between the steps of 32 bits, so this comes after all of them.
LAST_MOMENT = 1.0 - 2.0**-33


@kernel
def _offer(clock, orders, price, tonnes, eligibility):
    # Behind every seller at the same price: the reserve is the last resort.
    if tonnes > 0:
        send_order(
            clock, orders, GOVERNMENT_ID, NOWHERE, NOWHERE, Side.SELL.value, Motive.PUBLIC.value,
            price, tonnes, LAST_MOMENT, eligibility,
        )


@kernel
def offer_reserve(clock, market, reserve, ledger, orders, monthly):
    """The government offers its reserve at the soft ceiling, but not to itself.

    Parameters
    ----------
    clock, market, reserve, ledger, orders, monthly : see `State`
    """
    account = Account.RESERVE.value
    stock = ledger.tonnes[account, CreditState.HELD] + ledger.tonnes[account, CreditState.ESCROW]
    if stock == 0:
        return
    month = clock[Clock.MONTH]
    price = to_fen(reserve.soft_ceiling_yuan_per_t)
    offered = stock if price > 0 and market.mechanism != Mechanism.REVERSE_AUCTION else 0
    keep_in_escrow(ledger, account, offered, month)
    counting = offered
    if clock[Clock.SORTED]:
        # All of it is offered or nothing, so escrow holds what there is of either kind.
        counting = tonnes_chosen(
            ledger, account, CreditState.ESCROW.value, -1, Standing.ELSEWHERE.value,
            Standing.LOCAL.value,
        )
    _offer(clock, orders, price, offered - counting, Eligibility.ANY.value)
    _offer(clock, orders, price, counting, Eligibility.ELIGIBLE.value)
    monthly[month - clock[Clock.FIRST]].offered_reserve_t = offered


@kernel
def regulate(
    clock, price_limits, trading_units, transaction_tax, prices, orders, monthly
):
    """Prices come within the limits and onto the tick, quantities into lots, taxes off the bids.

    Parameters
    ----------
    clock, price_limits, trading_units, transaction_tax, prices, orders, monthly : see `State`
    """
    row = monthly[clock[Clock.MONTH] - clock[Clock.FIRST]]
    tick, lot = to_fen(trading_units.tick_yuan_per_t), trading_units.lot_t
    low, high = allowed_prices(
        price_limits.floor_yuan_per_t, price_limits.ceiling_yuan_per_t, price_limits.band_share,
        prices[Prices.LAST], tick,
    )
    if low > 0:
        row.lowest_allowed_fen = low
    if high < LARGEST_PRICE_FEN // tick * tick:
        row.highest_allowed_fen = high
    share = transaction_tax.share
    if tick == 1 and lot == 1 and share == 0.0 and low == 0 and high == LARGEST_PRICE_FEN:
        return
    row.refused_t = shape_orders(orders[: clock[Clock.ORDERS]], low, high, tick, lot, share)
