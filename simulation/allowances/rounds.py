"""A price for allowances by call auctions, repeated until nobody wants to trade any more.

Each round every firm says, truthfully, how much it wants at each of several prices. After a round
the prices asked about close in on the last one, so that coarse orders end at fine prices.
"""

import math
from typing import NamedTuple

import numpy as np

from agents.parameters import record_of
from agents.population import empty
from agents.quantities import to_fen
from agents.vocabulary import Side
from simulation.allowances.authority import NOTHING_FOR_SALE, Supply, supply_orders
from simulation.allowances.curves import abatement_cost
from simulation.allowances.ladder import residual, send_ladders
from simulation.allowances.market import (
    OUTSIDE,
    AllowanceMarket,
    check_books,
    permits_held,
    settle,
)
from simulation.allowances.terms import RoundRules, Terms
from simulation.draws import DrawKey
from simulation.markets import call_auction
from simulation.markets.call_auction import CallAuctionRules
from simulation.markets.protocol import LARGEST_PRICE_FEN, ORDER_DTYPE, Clearing

__all__ = ["Rounds", "trade_in_rounds"]

NO_CAPS = np.zeros(0)
# Rounds of a period have addresses of their own.
ROUNDS_A_PERIOD = 64


class Rounds(NamedTuple):
    """What came of a period's rounds.

    Attributes
    ----------
    price : float
        yuan/t, of the last round with a deal; not a number where there was none.
    price_by_round : float array, shape (rounds,)
        yuan/t; not a number for a round without a deal.
    quote : float
        yuan/t, of the last round: its price, or the middle of best bid and best ask.
    highest_price : float
        yuan/t, of all binding deals.
    traded_t : int
        Of all binding deals, the authority's sales included.
    sold_t : int
        By the authority.
    sold_extra_t : int
        By the authority beyond its cap.
    residual_share : float
        Tonnes by which holdings miss what firms want at the price, share of what they hold.
    """

    price: float
    price_by_round: np.ndarray
    quote: float
    highest_price: float
    traded_t: int
    sold_t: int
    sold_extra_t: int
    residual_share: float


class _Prices:
    """Prices for which firms say what they want: all at first, then ever closer to the last."""

    def __init__(self, highest_fen: int, rules: RoundRules) -> None:
        self.highest = highest_fen
        self.low, self.high = 0, highest_fen
        self._rules = rules
        self._width = 0.0
        self._missed = False
        self._centre: float | None = None

    @property
    def closed_in(self) -> bool:
        """Whether they cannot be closer: a fen apart, or closer ones missed the price."""
        return self._missed or (
            self._centre is not None and self._width <= self._rules.prices / 2.0
        )

    def hold(self, seen_fen: float) -> bool:
        """Whether a price lies among them."""
        return self.low <= seen_fen <= self.high

    def move(self, seen_fen: float) -> None:
        """Close in on what was seen, or follow it where it was near an end."""
        centre = self._centre
        if not self.hold(seen_fen) and centre is not None:
            # Wishes do not change between these prices, so they say nothing about the next tonne.
            self._missed = True
            self._width *= 2.0
            seen_fen = centre
        elif centre is None:
            self._width = max(seen_fen * self._rules.first_width, self._step())
        elif not self._missed and abs(seen_fen - centre) <= self._width / 2.0:
            self._width = max(self._width * self._rules.narrowing, self._rules.prices / 2.0)
        self._centre = seen_fen
        self.low = max(math.floor(seen_fen - self._width), 0)
        self.high = min(math.ceil(seen_fen + self._width), max(self.highest, self.low + 1))

    def _step(self) -> float:
        return 2.0 * self.highest / (self._rules.prices - 1)


def _reservation_fen(market: AllowanceMarket) -> int:
    # Nobody could be made to pay more; measures end, so the dearest of them is the end.
    line = market.firms.intercept[market.firms.slope > 0]
    highest = max(line.max(initial=0.0), market.measures.cost.max(initial=0.0))
    return min(max(to_fen(float(highest)) + 2, 4), LARGEST_PRICE_FEN)


def _seen(book: np.recarray, cleared: Clearing, centre: float) -> float:
    """Price of the auction, or the middle of best bid and ask, or the quote that there is."""
    if len(cleared.matches):
        return float(cleared.matches.price_fen[0])
    bids, asks = book.price_fen[book.side == Side.BUY], book.price_fen[book.side == Side.SELL]
    if len(bids) and len(asks):
        return (float(bids.max()) + float(asks.min())) / 2.0
    if len(bids):
        return float(bids.max())
    return float(asks.min()) if len(asks) else centre


def _worth_it(
    market: AllowanceMarket, book: np.recarray, cleared: Clearing, rules: RoundRules,
) -> np.ndarray:
    """Whether each firm's purchases gain more than a deal costs (or it buys nothing)."""
    count = len(market.firms)
    bought, paid = np.zeros(count, dtype=np.int64), np.zeros(count)
    for match in cleared.matches:
        row = int(book.row[match.buy])
        if row < count:
            bought[row] += match.tonnes
            paid[row] += match.tonnes * (match.price_fen / 100.0 + rules.cost_yuan_per_t)
    held = permits_held(market)
    fine = np.ones(count, dtype=bool)
    for row in np.flatnonzero(bought):
        saved = abatement_cost(market.firms, market.measures, row, float(held[row])) - (
            abatement_cost(market.firms, market.measures, row, float(held[row] + bought[row]))
        )
        fine[row] = saved - paid[row] > rules.cost_yuan_per_deal
    return fine


def _cleared(
    market: AllowanceMarket, book: np.recarray, rules: RoundRules, draws: DrawKey
) -> tuple[np.recarray, Clearing]:
    """Clear; who would buy too little for what a deal costs stays out, and it is cleared anew."""
    how = CallAuctionRules()
    cleared = call_auction.clear(book, how, draws)
    while rules.cost_yuan_per_deal > 0.0:
        out = np.flatnonzero(~_worth_it(market, book, cleared, rules))
        if not len(out):
            break
        book = book[~(np.isin(book.row, out) & (book.side == Side.BUY))]
        cleared = call_auction.clear(book, how, draws)
    return book, cleared


def trade_in_rounds(
    market: AllowanceMarket,
    terms: Terms | None = None,
    rules: RoundRules | None = None,
    supply: Supply = NOTHING_FOR_SALE,
    caps_ahead: np.ndarray = NO_CAPS,
    seed: int = 1,
    period: int = 0,
) -> Rounds:
    """Trade allowances until holdings are what firms want.

    Parameters
    ----------
    market : AllowanceMarket
        Changed in place.
    terms : Terms, optional
    rules : RoundRules, optional
    supply : Supply
        Of the authority.
    caps_ahead : float64 array
        Announced caps of the periods that follow, t.
    seed, period : int
        Address of the draws that pair who trades.

    Returns
    -------
    Rounds

    Raises
    ------
    InvariantError
        When a unit or a fen gets lost.
    """
    rules = rules or RoundRules()
    record = record_of(terms or Terms())[0]
    firms, measures, parties = market
    cost_fen = to_fen(rules.cost_yuan_per_t)
    grid = np.zeros(rules.prices + 2, dtype=np.int64)
    space = empty(ORDER_DTYPE, 2 * len(firms) * len(grid))
    left = supply.tonnes.copy()
    prices = _Prices(_reservation_fen(market), rules)
    by_round, last, highest, traded = [], math.nan, -math.inf, 0
    gap = math.nan
    # What the authority sold at a coarse price could not come back.
    at_once = rules.settles == "each_round" and not len(left)
    for turn in range(rules.rounds):
        found = send_ladders(
            firms, measures, parties, record, caps_ahead, prices.low, prices.high, cost_fen, grid,
            space,
        )
        book = np.concatenate((space[:found], supply_orders(market, supply, left))).view(
            np.recarray)
        draws = DrawKey(seed, period * ROUNDS_A_PERIOD + turn)
        book, cleared = _cleared(market, book, rules, draws)
        seen = _seen(book, cleared, (prices.low + prices.high) / 2.0)
        deals = len(cleared.matches) > 0
        by_round.append(seen / 100.0 if deals else math.nan)
        last = seen if deals else last
        final = turn == rules.rounds - 1 or (prices.closed_in and prices.hold(seen))
        if deals and (at_once or final):
            settle(market, book, cleared, cost_fen)
            _charge_deals(market, book, cleared, rules)
            left -= cleared.filled[len(book) - len(left):]
            highest, traded = max(highest, seen), traded + int(cleared.matches.tonnes.sum())
            check_books(market, "trade", period, seed)
        price_fen = round(last if math.isfinite(last) else seen)
        missing = residual(firms, measures, parties, record, caps_ahead, price_fen, cost_fen)
        gap = missing / max(int(permits_held(market).sum()), 1)
        # Where prices cannot be closer, a round without a deal is the end: whole tonnes go no
        # further.
        if at_once and (gap <= rules.tolerance or (prices.closed_in and not deals)):
            break
        if final and not at_once:
            break
        prices.move(seen)
    sold = int((supply.tonnes - left).sum())
    return Rounds(
        price=last / 100.0, price_by_round=np.array(by_round), quote=seen / 100.0,
        highest_price=highest / 100.0,
        traded_t=traded, sold_t=sold, sold_extra_t=max(sold - supply.cap_t, 0),
        residual_share=gap,
    )


def _charge_deals(
    market: AllowanceMarket, book: np.recarray, cleared: Clearing, rules: RoundRules
) -> None:
    # A buyer's cost of dealing at all, once an auction.
    fee = to_fen(rules.cost_yuan_per_deal)
    buyers = np.unique(book.row[cleared.matches.buy])
    market.parties.cash_fen[buyers] -= fee
    market.parties.cash_fen[market.row(OUTSIDE)] += fee * len(buyers)
