"""B4: a call auction finds the competitive equilibrium."""

import numpy as np

from agents.vocabulary import Motive, Side
from experiments.claims.claim import Claim, inside, near
from simulation.draws import DrawKey
from simulation.markets.call_auction import CallAuctionRules, clear
from simulation.markets.protocol import book_of
from simulation.theory.equilibrium import competitive_equilibrium

__all__ = ["SMITH_FEN", "claims"]

SOURCE = "Smith (1962), JPE 70:111, test 1; worked schedule"

# Smith (1962), test 1: eleven on each side, one unit each, limits 0.75 to 3.25 by 0.25.
SMITH_FEN = tuple(range(75, 326, 25))


def claims() -> list[Claim]:
    """Price, quantity and surplus of truthful bids on Smith's schedule."""
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
        near("B4.auction.prices", "Number of prices in the call auction", SOURCE, 1,
             len(prices), 0),
        near("B4.auction.price", "Price of the call auction", SOURCE, 2.0, float(prices[0]), 1e-9),
        inside("B4.auction.quantity", "Units traded in the call auction", SOURCE, 5, 6,
               int(found.matches.tonnes.sum())),
        near("B4.auction.surplus", "Surplus of the call auction", SOURCE, 7.5, surplus, 1e-9),
        near("B4.auction.efficiency", "Efficiency of the call auction, percent", SOURCE, 100.0,
             surplus * 10_000 / theory.maximum_surplus, 1e-9),
    ]
