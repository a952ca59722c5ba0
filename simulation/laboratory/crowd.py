"""The traders of a laboratory market as one strategy of the session protocol."""

import numpy as np

from agents.parameters import record_of
from agents.population import empty
from agents.vocabulary import Motive, Side
from simulation.draws import LABORATORY_ARRIVAL, DrawKey, uniform
from simulation.errors import InputError
from simulation.laboratory.floor import NO_UNIT, Count, open_floor, take_orders
from simulation.laboratory.rules import SessionRules
from simulation.laboratory.schedules import LARGEST_STEP, Schedule
from simulation.laboratory.traders import SILENT
from simulation.laboratory.trading import acceptance_day, quote_of, standing_day
from simulation.markets import call_auction, listing, mcafee, pay_as_bid
from simulation.markets.call_auction import CallAuctionRules
from simulation.markets.listing import ListingRules
from simulation.markets.mcafee import McAfeeRules
from simulation.markets.pay_as_bid import PayAsBidRules
from simulation.markets.protocol import MATCH_DTYPE, book_of

__all__ = ["DAYS", "SEALED", "Crowd", "NoMeaningError", "orders_of", "sensible"]

DAYS = {"standing_book": standing_day, "random_acceptance": acceptance_day}
# Each unit is an order of its own. At one price a trader's first unit comes first.
SEALED = {
    "call_auction": (call_auction, CallAuctionRules(rationing="time")),
    "pay_as_bid": (pay_as_bid, PayAsBidRules(rationing="time")),
    "mcafee": (mcafee, McAfeeRules()),
    "listing": (listing, ListingRules()),
}
# Strategies that react to what happens within a day.
REACTING = {"zip": "ZIP learns from shouts", "gd": "Gjerstad-Dickhaut learns from shouts",
            "sniper": "a sniper takes a standing quote"}
# Part of a day in which all orders of one trader arrive at a listing.
MOMENT = 2.0**-20


class NoMeaningError(InputError):
    """A strategy and an institution have no meaning together.

    Parameters
    ----------
    kind : {"sealed", "acceptance", "snipers"}
        Why: orders are sealed, no quote stands, or nobody quotes first.
    message : str
    """

    def __init__(self, kind: str, message: str) -> None:
        self.kind = kind
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        return NoMeaningError, (self.kind, str(self))


def sensible(found: Schedule, rules: SessionRules) -> tuple[int, int]:
    """Prices that may be shouted, if market and rules have a meaning together.

    Parameters
    ----------
    found : Schedule
    rules : SessionRules

    Returns
    -------
    tuple of int
        Lowest and highest, price steps.

    Raises
    ------
    NoMeaningError
        When strategy and institution have no meaning together.
    InputError
        When no price is left.
    """
    strategies = dict.fromkeys((rules.buyers, rules.sellers))
    for strategy in strategies:
        if rules.institution in SEALED and strategy in REACTING:
            raise NoMeaningError(
                "sealed",
                f"{strategy} in a {rules.institution}: {REACTING[strategy]}, and orders are "
                "sealed. Use zi_u, zi_c or truthful, or another institution."
            )
        if rules.institution == "random_acceptance" and strategy == "sniper":
            raise NoMeaningError(
                "acceptance",
                "sniper under random_acceptance: no quote stands that it could take. Use "
                "standing_book."
            )
    if set(strategies) == {"sniper"}:
        raise NoMeaningError(
            "snipers",
            "buyers and sellers are snipers: nobody would ever quote first. Give one side another "
            "strategy."
        )
    for name in ("learning_rate", "margin"):
        if getattr(rules, f"{name}_low") > getattr(rules, f"{name}_high"):
            raise InputError(f"{name}_low is above {name}_high. Swap them.")
    low = max(found.lowest, rules.floor)
    high = min(found.highest, rules.ceiling) if rules.ceiling else found.highest
    if low > high:
        raise InputError(
            f"no price is allowed: floor {rules.floor}, ceiling {rules.ceiling}, prices of the "
            f"market {found.lowest} to {found.highest}. Leave room between them."
        )
    return low, high


def orders_of(found: Schedule) -> np.recarray:
    """Orders of a day: one for each unit, with its value or cost as the limit.

    Parameters
    ----------
    found : Schedule

    Returns
    -------
    numpy.recarray of `simulation.markets.protocol.ORDER_DTYPE`
        Traders in the rows of the session, buyers first; `row` is the row of the trader.
    """
    orders = []
    for side, motive, traders in (
        (Side.BUY, Motive.VOLUNTARY, found.buyers), (Side.SELL, Motive.SUPPLY, found.sellers),
    ):
        for place, units in enumerate(traders):
            row = place if side is Side.BUY else place + len(found.buyers)
            orders += [
                (row, side, motive, limit, 1, (unit + 0.5) / (len(units) + 1))
                for unit, limit in enumerate(units)
            ]
    book = book_of(orders)
    book.row[:] = book.agent_id
    return book


class Crowd:
    """Traders of a laboratory market, who shout, hear and learn, from day to day.

    A `simulation.markets.sessions.Strategy`.

    Parameters
    ----------
    found : Schedule
    rules : SessionRules
        Which strategies the traders have, and their numbers.
    seed : int
        Of the traders' first margins and rates.

    Raises
    ------
    InputError
        When strategy and institution have no meaning together, or no price is allowed.
    """

    def __init__(self, found: Schedule, rules: SessionRules, seed: int) -> None:
        self.rules = rules
        self._low, self._high = sensible(found, rules)
        self._record = record_of(rules)[0]
        self._floor = open_floor(found, rules, self._record, seed)

    @property
    def shouts(self) -> np.ndarray:
        """Shout at which each deal of the last day was struck; 0 where orders are sealed."""
        return self._floor.tape.shout[: self._floor.counts[Count.DEALS]].copy()

    def trade(self, orders: np.recarray, rules: SessionRules, draws: DrawKey) -> np.recarray:
        """Trade for a day.

        Parameters
        ----------
        orders : numpy.recarray
            See `orders_of`. Those of a trader are its units in the order in which they trade.
        rules : SessionRules
            Those with which the crowd was made.
        draws : DrawKey
            The month is the day, from 0.

        Returns
        -------
        numpy.recarray of `simulation.markets.protocol.MATCH_DTYPE`

        Raises
        ------
        InputError
            When the rules are others, or an order is none of these traders.
        """
        if rules != self.rules:
            raise InputError(
                "a crowd trades by the rules with which it was made. Make another one for other "
                "rules."
            )
        if len(orders) and not 1 <= orders.price_fen.min() <= orders.price_fen.max() <= (
            LARGEST_STEP
        ):
            raise InputError(
                f"orders: a limit is not within 1 and {LARGEST_STEP}. Count in other steps."
            )
        wrong = take_orders(self._floor, orders)
        if wrong != NO_UNIT:
            raise InputError(
                f"order {wrong}: row {orders.row[wrong]} is no trader of its side with room for "
                "as many units. Send the orders of this market."
            )
        if rules.institution in DAYS:
            DAYS[rules.institution](
                self._floor, self._record, draws.seed, draws.month, self._low, self._high
            )
        else:
            self._sealed_day(draws)
        tape = self._floor.tape[: self._floor.counts[Count.DEALS]]
        matches = empty(MATCH_DTYPE, len(tape))
        matches.buy, matches.sell, matches.tonnes = tape.buy, tape.sell, 1
        matches.price_fen, matches.seller_price_fen = tape.price, tape.seller_price
        return matches

    def _sealed_day(self, draws: DrawKey) -> None:
        floor = self._floor
        book, owners = self._sealed_book(draws)
        rule, rules = SEALED[self.rules.institution]
        cleared = rule.clear(book, rules, draws)
        # Units of a trader are alike to the others: it trades its first units first, whichever of
        # its orders was filled. Its n-th filled order stands for its n-th unit, so none is a loss.
        unit = np.zeros(len(book), dtype=np.int64)
        floor.traders.done[:] = 0
        for row in np.flatnonzero(cleared.filled):
            unit[row] = floor.traders.done[owners[row]]
            floor.traders.done[owners[row]] += 1
        for deal, match in zip(floor.tape, cleared.matches, strict=False):
            deal.shout = 0
            deal.buyer, deal.seller = owners[match.buy], owners[match.sell]
            deal.buy = floor.orders[deal.buyer, unit[match.buy]]
            deal.sell = floor.orders[deal.seller, unit[match.sell]]
            deal.price, deal.seller_price = match.price_fen, match.seller_price_fen
        floor.counts[Count.DEALS] = len(cleared.matches)

    def _sealed_book(self, draws: DrawKey) -> tuple[np.recarray, list[int]]:
        floor, (seed, day) = self._floor, draws
        posted = self.rules.institution == "listing"
        orders, owners = [], []
        for index, trader in enumerate(floor.traders):
            first = uniform(seed, LABORATORY_ARRIVAL, day, trader.agent_id, 0) if posted else 0.0
            for unit in range(trader.units):
                trader.done = unit
                # The number of the unit takes the place of the shout's.
                price = quote_of(
                    floor, index, self._record, seed, day, unit, self._low, self._high, 1.0
                )
                if price == SILENT:
                    continue
                motive = Motive.VOLUNTARY if trader.side == Side.BUY else Motive.SUPPLY
                arrival = (unit + 0.5) / (trader.units + 1)
                if posted:
                    # Who comes, in drawn order, takes all it wants before the next one comes.
                    arrival = first * (1.0 - MOMENT) + arrival * MOMENT
                orders.append((trader.agent_id * 1000 + unit, trader.side, motive, price, 1,
                               arrival))
                owners.append(index)
        return book_of(orders), owners
