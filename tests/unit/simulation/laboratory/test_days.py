"""Both day loops against a session told in plain words, deal by deal."""

import math
from dataclasses import dataclass, field

import numpy as np
import pytest

from agents.population import empty
from agents.vocabulary import Side
from simulation.draws import draw
from simulation.laboratory import Schedule, SessionRules, run_session, schedule
from simulation.laboratory.floor import SHOUT_COLUMNS
from simulation.laboratory.traders import SILENT
from simulation.laboratory.traders.gjerstad_dickhaut import best_quote, count_history
from simulation.laboratory.traders.sniper import sniper_quote
from simulation.laboratory.traders.truthful import truthful_quote
from simulation.laboratory.traders.zero_intelligence import constrained_quote, unconstrained_quote
from simulation.laboratory.traders.zip import next_margin, target_price, wants_change, zip_quote

BUY, SELL = Side.BUY.value, Side.SELL.value


@dataclass
class Trader:
    """Somebody with units, a strategy, and what it has learned."""

    name: int
    side: int
    limits: tuple
    strategy: str
    margin: float
    rate: float
    momentum: float
    change: float = 0.0
    done: int = 0

    @property
    def limit(self):
        return self.limits[min(self.done, len(self.limits) - 1)]

    @property
    def is_open(self):
        return self.done < len(self.limits)


@dataclass
class PlainSession:
    """A session with lists for columns, and one trader after the other."""

    market: Schedule
    rules: SessionRules
    seed: int
    heard: list = field(default_factory=list)
    deals: list = field(default_factory=list)
    best_before: dict = field(default_factory=lambda: {BUY: -1, SELL: -1})

    def __post_init__(self):
        rules, self.traders = self.rules, []
        for side, strategy, units in (
            (BUY, rules.buyers, self.market.buyers), (SELL, rules.sellers, self.market.sellers),
        ):
            for place, limits in enumerate(units):
                name = side * 1_000_000 + place
                luck = [draw(self.seed, "laboratory.trader", 0, name, k) for k in range(3)]
                margin = rules.margin_low + luck[0] * (rules.margin_high - rules.margin_low)
                rate = rules.learning_rate_low + luck[1] * (
                    rules.learning_rate_high - rules.learning_rate_low
                )
                self.traders.append(Trader(
                    name, side, limits, strategy, -margin if side == BUY else margin, rate,
                    luck[2] * rules.momentum_high,
                ))

    def quote(self, trader, shout, left):
        low, high, limit = self.market.lowest, self.market.highest, trader.limit
        luck = draw(self.seed, "laboratory.quote", self.day, trader.name, 4 * shout)
        if trader.strategy == "zi_u":
            price = unconstrained_quote(low, high, luck)
        elif trader.strategy == "zi_c":
            price = constrained_quote(trader.side, limit, low, high, luck)
        elif trader.strategy == "zip":
            price = zip_quote(trader.side, limit, trader.margin, low, high)
        elif trader.strategy == "truthful":
            price = truthful_quote(trader.side, limit, low, high)
        elif trader.strategy == "sniper":
            bid, ask = (self.standing[side][1] if self.standing[side] else -1
                        for side in (BUY, SELL))
            price = sniper_quote(
                trader.side, limit, bid, ask, self.best_before[trader.side], left,
                self.rules.spread, self.rules.hurry,
            )
        else:
            history = empty(SHOUT_COLUMNS, len(self.heard) + 1)
            for row, one in enumerate(self.heard):
                history[row] = tuple(one)
            counts = np.zeros((3, high + 1), dtype=np.int64)
            count_history(history, len(self.heard), trader.side, self.rules.memory, counts)
            price = best_quote(trader.side, limit, low, high, counts)
        return price if low <= price <= high else SILENT

    def learn(self, shout, price, side, accepted):
        for trader in self.traders:
            if trader.strategy != "zip":
                continue
            said = zip_quote(
                trader.side, trader.limit, trader.margin, self.market.lowest, self.market.highest
            )
            wish = wants_change(trader.side, trader.is_open, said, price, side == BUY, accepted)
            if not wish:
                continue
            luck = [
                draw(self.seed, "laboratory.learning", self.day, trader.name, 4 * shout + k)
                for k in range(2)
            ]
            # More profit is a higher price for a seller and a lower one for a buyer.
            upwards = (wish, trader.side) in {(1, SELL), (-1, BUY)}
            target = target_price(
                price, upwards, self.rules.relative_step, self.rules.absolute_step, *luck
            )
            trader.margin, trader.change = next_margin(
                trader.side, trader.limit, trader.limit * (1.0 + trader.margin), target,
                trader.change, trader.rate, trader.momentum,
            )

    def deal(self, shout, one, other, price):
        buyer, seller = (one, other) if one.side == BUY else (other, one)
        rows = self.traders.index(buyer), self.traders.index(seller)
        self.deals.append((self.day, shout, *rows, price, buyer.limit, seller.limit))

    def shout_at_a_book(self, trader, shout):
        price = self.quote(trader, shout, 1.0 - shout / self.rules.shouts)
        sign = 1 if trader.side == BUY else -1
        mine, theirs = self.standing[trader.side], self.standing[1 - trader.side]
        if price == SILENT or (mine and sign * price <= sign * mine[1]):
            return
        if theirs and sign * price >= sign * theirs[1]:
            other, agreed, place = theirs
            self.heard[place][2] = 1
            self.heard.append([trader.side, agreed, 0])
            self.deal(shout, trader, other, agreed)
            self.learn(shout, agreed, trader.side, True)
            trader.done += 1
            other.done += 1
            self.standing = {BUY: None, SELL: None}
            return
        self.standing[trader.side] = (trader, price, len(self.heard))
        self.heard.append([trader.side, price, 0])
        self.learn(shout, price, trader.side, False)

    def shout_at_all(self, trader, shout):
        price = self.quote(trader, shout, 1.0)
        sign = 1 if trader.side == BUY else -1
        if price == SILENT:
            self.failed += 1
            return
        willing = []
        for other in self.traders:
            if other.side != trader.side and other.is_open:
                own = self.quote(other, shout, 1.0)
                if own != SILENT and sign * own <= sign * price:
                    willing.append(other)
        if not willing:
            self.failed += 1
            self.heard.append([trader.side, price, 0])
            self.learn(shout, price, trader.side, False)
            return
        chosen = [
            other for n, other in enumerate(willing, 1)
            if draw(self.seed, "laboratory.acceptance", self.day, other.name, 4 * shout) * n < 1.0
        ][-1]
        self.failed = 0
        self.heard += [[trader.side, price, 1], [chosen.side, price, 0]]
        self.deal(shout, trader, chosen, price)
        self.learn(shout, price, trader.side, True)
        trader.done += 1
        chosen.done += 1

    def is_over(self):
        sides = {trader.side for trader in self.traders if trader.is_open}
        needs_both = self.rules.institution == "standing_book" or self.rules.ends_with_a_side
        return len(sides) < 1 + needs_both or (
            self.rules.institution == "random_acceptance" and self.failed == self.rules.failures
        )

    def run(self):
        for day in range(self.rules.days):
            self.day = day
            self.failed, self.standing = 0, {BUY: None, SELL: None}
            for trader in self.traders:
                trader.done = 0
            for shout in range(self.rules.shouts):
                if self.is_over():
                    break
                could = [trader for trader in self.traders if trader.is_open]
                luck = draw(self.seed, "laboratory.turn", self.day, 0, 4 * shout)
                trader = could[math.floor(luck * len(could))]
                if self.rules.institution == "standing_book":
                    self.shout_at_a_book(trader, shout)
                else:
                    self.shout_at_all(trader, shout)
            prices = [deal[4] for deal in self.deals if deal[0] == self.day]
            self.best_before = {BUY: min(prices, default=-1), SELL: max(prices, default=-1)}
        return self.deals


MIXED = Schedule(
    "mixed", "", "", "", ((50, 45, 20), (48, 30), (35,), (25, 24)),
    ((10, 20, 40), (15, 28), (22,), (30, 33)), 1, 60, 27.0,
)
PAIRS = (
    ("zi_c", "zi_c"), ("zip", "zip"), ("gd", "gd"), ("zip", "zi_u"), ("truthful", "zip"),
    ("zi_c", "gd"), ("sniper", "zi_c"), ("zip", "sniper"), ("sniper", "truthful"),
)


@pytest.mark.parametrize("market", [MIXED, schedule("gode-sunder-3")], ids=lambda m: m.name)
@pytest.mark.parametrize("ends_with_a_side", [False, True])
@pytest.mark.parametrize(
    ("institution", "buyers", "sellers"),
    [
        (institution, *pair) for institution in ("standing_book", "random_acceptance")
        for pair in PAIRS
        # No quote stands under random acceptance that a sniper could take.
        if institution == "standing_book" or "sniper" not in pair
    ],
)
def test_a_session_is_what_it_says(market, ends_with_a_side, institution, buyers, sellers):
    """Same deals at the same shouts, between the same traders, at the same prices."""
    rules = SessionRules(
        institution=institution, buyers=buyers, sellers=sellers, days=3, shouts=120, failures=12,
        ends_with_a_side=ends_with_a_side, memory=3, hurry=0.3,
    )
    deals = run_session(market, rules, 5).deals
    assert len(deals) > 3
    columns = ("day", "shout", "buyer", "seller", "price", "value", "cost")
    found = [tuple(int(deal[name]) for name in columns) for deal in deals]
    assert found == PlainSession(market, rules, 5).run()


@pytest.mark.parametrize("ends_with_a_side", [False, True])
def test_who_is_left_goes_on_shouting_unless_the_day_ends_with_a_side(ends_with_a_side):
    """Three buyers, two sellers: once these have sold out, buyers learn from the bids of others."""
    market = Schedule("short", "", "", "", ((50,), (48,), (46,)), ((10,), (12,)), 1, 60, 46.0)
    rules = SessionRules(
        institution="random_acceptance", buyers="zip", sellers="zip", days=4, shouts=120,
        failures=30, ends_with_a_side=ends_with_a_side,
    )
    columns = ("day", "shout", "buyer", "seller", "price", "value", "cost")
    deals = run_session(market, rules, 5).deals
    found = [tuple(int(deal[name]) for name in columns) for deal in deals]
    assert found == PlainSession(market, rules, 5).run()
    assert len(found) == 8
