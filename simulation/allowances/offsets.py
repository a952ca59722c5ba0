"""Credits as a second product: they cover emissions up to a limit.

In each round the credit market clears first, then the allowance market; nothing binds until the
allowance price that firms believe is the one that they then see. Then deals are made, in the same
order.
"""

import math
from typing import NamedTuple

import numpy as np

from agents.compiled import kernel
from agents.parameters import Parameters, param, record_of
from agents.population import empty
from agents.quantities import to_fen
from agents.vocabulary import Motive, Side
from simulation.allowances.authority import NOTHING_FOR_SALE, Supply
from simulation.allowances.complying import offset_limit
from simulation.allowances.curves import unit_value
from simulation.allowances.market import (
    DEVELOPERS,
    AllowanceMarket,
    check_books,
    permits_held,
    settle,
)
from simulation.allowances.rounds import Rounds, trade_in_rounds
from simulation.allowances.terms import RoundRules, Terms
from simulation.allowances.wishes import permits_used
from simulation.draws import DrawKey
from simulation.markets import call_auction
from simulation.markets.call_auction import CallAuctionRules
from simulation.markets.protocol import LARGEST_PRICE_FEN, ORDER_DTYPE, Clearing

__all__ = ["CreditRules", "TwoMarkets", "trade_with_credits"]

# Credits clear at an address of their own, beyond all rounds of all periods.
CREDIT_MARKET = 2**31


class CreditRules(Parameters):
    """Credits beside allowances."""

    limit_share: float = param(
        0.05, unit="1", low=0, high=1, role="lever",
        source="5 % of verified emissions (facts, section 2)", label="Offset limit",
        label_zh="抵销比例上限",
    )
    rounds: int = param(
        40, unit="rounds", low=1, high=1000, role="design", source="assumption A37",
        label="Most rounds of the two markets", label_zh="两市场最多轮数",
    )
    tolerance: float = param(
        0.001, unit="1", low=0, high=1, role="design", source="assumption A37",
        label="Change of the believed allowance price at which rounds end, share of it",
        label_zh="停止轮次的配额价格变动",
    )
    adjustment: float = param(
        0.5, unit="1", low=0.01, high=1, role="uncertainty", source="assumption A37",
        label="Way that the believed price goes towards the one seen", label_zh="价格预期调整系数",
    )
    lot_t: int = param(
        1, unit="t", low=1, high=1_000_000, role="lever", source="assumption A37",
        label="Tonnes of a step of a developer's supply", label_zh="供给阶梯吨数",
    )


class TwoMarkets(NamedTuple):
    """What came of a period with credits.

    Attributes
    ----------
    allowances : Rounds
    credit_price : float
        yuan/t; not a number where none were traded.
    credits_t : int
        Traded.
    rounds : int
    residual_share : float
        Distance of the allowance price from the one that firms believed when they bought credits,
        share of it.
    """

    allowances: Rounds
    credit_price: float
    credits_t: int
    rounds: int
    residual_share: float


@kernel
def _credit_orders(firms, measures, parties, terms, share, believed, intercept, slope, developers,
                   lot, orders):
    # Firms: up to their room, at most the allowance that a credit stands for. The room is that of
    # the emissions which they plan at the believed price, and taken as given.
    found = 0
    for index in range(len(firms)):
        emissions = permits_used(firms, measures, terms, index, believed)
        order = orders[found]
        order.agent_id = parties[index].agent_id
        order.row = index
        order.side = Side.BUY.value
        order.motive = Motive.COMPLIANCE.value
        order.price_fen = order.limit_fen = min(to_fen(believed), LARGEST_PRICE_FEN)
        order.quantity_t = order.wanted_t = offset_limit(math.floor(emissions + 0.5), share)
        order.arrival = 0.5
        found += 1
    # Developers: each lot at the marginal cost of its middle.
    first = len(firms) + DEVELOPERS
    for developer in range(developers):
        for place in range((len(orders) - len(firms)) // developers):
            cost = intercept + slope * (place + 0.5) * lot
            order = orders[found]
            order.agent_id = parties[first + developer].agent_id
            order.row = first + developer
            order.side = Side.SELL.value
            order.motive = Motive.SUPPLY.value
            order.price_fen = order.limit_fen = min(to_fen(cost), LARGEST_PRICE_FEN)
            order.quantity_t = order.wanted_t = lot
            order.arrival = 0.5
            found += 1
    return found


def _copied(market: AllowanceMarket) -> AllowanceMarket:
    return AllowanceMarket(*(part.copy().view(np.recarray) for part in market))


def _first_belief(market: AllowanceMarket) -> float:
    """Mean of what a tonne more would save each firm with what it holds, by tonnes held."""
    held = permits_held(market)
    worth = [
        min(unit_value(market.firms, market.measures, row, float(own)), LARGEST_PRICE_FEN / 100.0)
        for row, own in enumerate(held)
    ]
    return float(np.mean(worth))


def trade_with_credits(
    market: AllowanceMarket,
    intercept: float,
    slope: float,
    terms: Terms | None = None,
    rules: RoundRules | None = None,
    credit_rules: CreditRules | None = None,
    supply: Supply = NOTHING_FOR_SALE,
    seed: int = 1,
    period: int = 0,
) -> TwoMarkets:
    """Trade credits and allowances until their prices agree.

    Parameters
    ----------
    market : AllowanceMarket
        With at least one developer. Changed in place.
    intercept, slope : float
        yuan/t and yuan/t per t: marginal cost of each developer's credits.
    terms, rules, supply, seed, period
        As in `trade_in_rounds`.
    credit_rules : CreditRules, optional

    Returns
    -------
    TwoMarkets

    Raises
    ------
    InvariantError
        When a unit or a fen gets lost.
    """
    terms, rules = terms or Terms(), rules or RoundRules()
    how = credit_rules or CreditRules()
    believed = _first_belief(market)
    for turn in range(how.rounds):
        trial = _copied(market)
        cleared, traded = _both(
            trial, intercept, slope, terms, rules, how, supply, seed, period, turn, believed
        )
        seen = traded.quote
        residual = abs(seen - believed) / max(believed, 0.01)
        if residual <= how.tolerance or turn == how.rounds - 1:
            break
        believed += how.adjustment * (seen - believed)
    for own, tried in zip(market, trial, strict=True):
        own[...] = tried
    check_books(market, "trade with credits", period, seed)
    matches = cleared.matches
    return TwoMarkets(
        allowances=traded,
        credit_price=float(matches.price_fen[0]) / 100.0 if len(matches) else math.nan,
        credits_t=int(matches.tonnes.sum()), rounds=turn + 1, residual_share=residual,
    )


def _both(
    market: AllowanceMarket, intercept: float, slope: float, terms: Terms, rules: RoundRules,
    how: CreditRules, supply: Supply, seed: int, period: int, turn: int, believed: float,
) -> tuple[Clearing, Rounds]:
    """The credit market, then the allowance market, on a market of one's own."""
    firms, measures, parties = market
    developers = len(parties) - market.row(DEVELOPERS)
    # As many steps as the firms have room for, or as are worth it at the believed price.
    room = how.limit_share * float(firms.unregulated_t.sum())
    worth = max(believed - intercept, 0.0) / slope if slope > 0 else room
    steps = math.ceil(min(room, worth) / how.lot_t) + 1
    orders = empty(ORDER_DTYPE, len(firms) + developers * steps)
    _credit_orders(
        firms, measures, parties, record_of(terms)[0], how.limit_share, believed, intercept,
        slope, developers, how.lot_t, orders,
    )
    cleared = call_auction.clear(
        orders, CallAuctionRules(), DrawKey(seed, CREDIT_MARKET + period * how.rounds + turn)
    )
    settle(market, orders, cleared, credit=True)
    firms.credits_t[:] = parties.credits_t[: len(firms)]
    return cleared, trade_in_rounds(market, terms, rules, supply, seed=seed, period=period)
