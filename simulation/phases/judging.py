"""Phase ``judge``: what theory would have made of the month's book."""

import math

import numpy as np

from agents.compiled import allocating_kernel, kernel
from agents.quantities import to_fen
from agents.registry.choosing import tonnes_that_count
from agents.sellers.quote import floor_fen, marginal_cost
from agents.vocabulary import (
    Account,
    CreditState,
    Mechanism,
    Motive,
    Occasion,
    Side,
)
from simulation.markets.protocol import LARGEST_PRICE_FEN
from simulation.state import Clock
from simulation.theory.beside import beside
from simulation.theory.pools import Pools

__all__ = ["judge"]


@kernel
def _stock(clock, projects, ledger, stock, held, local):
    # What there is of each kind; by province where the rules tell credits apart.
    if not clock[Clock.APART]:
        return Pools(0, stock, 0, held)
    counting = 0
    for index in range(len(projects)):
        tonnes = tonnes_that_count(ledger, projects[index].account)
        local[projects[index].province] += tonnes
        counting += tonnes
    of_reserve = tonnes_that_count(ledger, Account.RESERVE.value)
    return Pools(counting, stock - counting, of_reserve, held - of_reserve)


@kernel
def _provinces(clock, projects, firms):
    # How many there are, where they matter.
    count = 0
    if clock[Clock.APART]:
        for index in range(len(projects)):
            count = max(count, projects[index].province + 1)
        for index in range(len(firms)):
            count = max(count, firms[index].province + 1)
    return count


@allocating_kernel
def judge(
    clock, market, verification, bilateral, trading_units, reserve, voluntary, projects, firms,
    ledger, orders, filled, monthly
):
    """Theory's price and surplus, and where the surplus was lost.

    Parameters
    ----------
    clock, market, verification, bilateral, trading_units, reserve, voluntary, projects, firms,
    ledger, orders, filled, monthly : see `State`
    """
    row = monthly[clock[Clock.MONTH] - clock[Clock.FIRST]]
    subsidy = to_fen(voluntary.subsidy_yuan_per_t)
    count = 0
    lowest_ask = LARGEST_PRICE_FEN
    apart = clock[Clock.APART] != 0
    bids = np.empty((7, clock[Clock.ORDERS]), dtype=np.int64)
    for place in range(clock[Clock.ORDERS]):
        order = orders[place]
        if order.side == Side.BUY:
            value, price = order.limit_fen, order.price_fen
            # A subsidy raises what a buyer bids and not what a tonne is worth.
            if order.motive == Motive.VOLUNTARY and (
                firms[order.row].occasion != Occasion.PLANNED
                and firms[order.row].occasion != Occasion.GREEN_RESERVE
            ):
                value -= subsidy
            # Compliance buyers share one limit and stand together: they are one step of demand.
            accepts, home = (order.eligibility, order.province) if apart else (0, 0)
            last = count - 1
            if (
                count == 0 or value != bids[0, last] or price != bids[2, last]
                or (apart and (accepts != bids[5, last] or home != bids[6, last]))
            ):
                bids[0, count] = value
                bids[1, count] = bids[3, count] = bids[4, count] = 0
                bids[2, count] = price
                bids[5, count] = accepts
                bids[6, count] = home
                count += 1
            bids[1, count - 1] += order.wanted_t
            bids[3, count - 1] += order.quantity_t
            bids[4, count - 1] += filled[place]
        elif order.quantity_t > 0:
            lowest_ask = min(lowest_ask, order.price_fen)
    if count == 0:
        return
    tick = to_fen(trading_units.tick_yuan_per_t)
    asked = floor_fen(marginal_cost(verification.cost_yuan_per_t, market.exchange_fee_share))
    held = (
        ledger.tonnes[Account.RESERVE, CreditState.HELD]
        + ledger.tonnes[Account.RESERVE, CreditState.ESCROW]
    )
    local = np.zeros(_provinces(clock, projects, firms), dtype=np.int64)
    pools = _stock(clock, projects, ledger, row.stock_t, held, local)
    # The lot of a replayed trade may have been posted below cost.
    theory = beside(
        bids[0, :count], bids[1, :count], bids[2, :count], bids[3, :count], bids[4, :count],
        bids[5, :count], bids[6, :count], pools, local,
        # What a sale costs the seller; the fee on top of it is a transfer.
        verification.cost_yuan_per_t * 100.0,
        min(max(-(-asked // tick) * tick, row.lowest_allowed_fen), lowest_ask),
        to_fen(reserve.soft_ceiling_yuan_per_t) if row.offered_reserve_t > 0 else 0,
    )
    spent = 0.0
    if market.mechanism == Mechanism.BILATERAL:
        spent = clock[Clock.MATCHES] * math.ceil(bilateral.search_cost_yuan * 100.0)
    row.theory_price_low_fen = theory.price_low
    row.theory_price_high_fen = theory.price_high
    row.theory_volume_t = theory.volume
    row.theory_surplus_fen = theory.maximum
    row.surplus_fen = theory.realised - spent
    row.transaction_cost_fen = spent
    row.lost_policy_fen = theory.maximum - theory.admissible
    row.lost_not_made_fen = theory.admissible - theory.reachable
    row.lost_wrong_people_fen = theory.reachable - theory.realised
