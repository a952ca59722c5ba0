"""B4: a call auction finds the competitive equilibrium."""

import numpy as np

from agents.vocabulary import Motive, Side
from experiments.claims.claim import Check, Claim, between, near
from simulation.draws import DrawKey
from simulation.markets.call_auction import CallAuctionRules, clear
from simulation.markets.protocol import book_of
from simulation.theory.equilibrium import competitive_equilibrium

__all__ = ["CLAIMS", "SMITH_FEN"]

# Smith (1962), test 1: eleven on each side, one unit each, limits 0.75 to 3.25 by 0.25.
SMITH_FEN = tuple(range(75, 326, 25))


def _measure() -> list[Check]:
    orders = [(row, Side.SELL, Motive.SUPPLY, cost, 1, 0.5) for row, cost in enumerate(SMITH_FEN)]
    orders += [
        (100 + row, Side.BUY, Motive.VOLUNTARY, value, 1, 0.5)
        for row, value in enumerate(SMITH_FEN)
    ]
    found = clear(book_of(orders), CallAuctionRules(k=0.5), DrawKey(1, 0))
    prices = np.unique(found.matches.price_fen) / 100
    values = np.array([orders[row][3] for row in found.matches.buy]) / 100
    costs = np.array([orders[row][3] for row in found.matches.sell]) / 100
    theory = competitive_equilibrium(SMITH_FEN, [1] * 11, SMITH_FEN, [1] * 11)
    surplus = float((values - costs).sum())
    return [
        near("number of prices", len(prices), 1, 0),
        near("price, yuan", prices[0], 2.0, 1e-9),
        between("quantity", found.matches.tonnes.sum(), 5, 6),
        near("surplus, yuan", surplus, 7.5, 1e-9),
        near("efficiency", surplus * 100 / theory.maximum_surplus, 1.0, 1e-9),
    ]


CLAIMS = (
    Claim(
        "B4.call-auction",
        "With truthful bids a call auction finds price, quantity and surplus of the competitive "
        "equilibrium.",
        "在如实报价下，集合竞价得到竞争均衡的价格、数量和剩余。",
        "Smith (1962), JPE 70:111, test 1; worked schedule",
        "eleven on each side, one unit each, limits 0.75 to 3.25 by 0.25; price in the middle",
        _measure,
    ),
)
