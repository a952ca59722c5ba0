"""B4: a call auction finds the competitive equilibrium; McAfee's gives up one trade at most."""

from collections.abc import Sequence

import numpy as np

from agents.vocabulary import Motive, Side
from experiments.claims.claim import Claim, inside, near
from simulation.draws import DrawKey
from simulation.markets import mcafee
from simulation.markets.call_auction import CallAuctionRules, clear
from simulation.markets.mcafee import McAfeeRules
from simulation.markets.protocol import book_of
from simulation.theory.equilibrium import competitive_equilibrium

__all__ = ["SMITH_FEN", "claims"]

SOURCE = "Smith (1962), JPE 70:111, test 1; worked schedule"
MCAFEE = "McAfee (1992), J. Economic Theory 56:434; worked case"

# Smith (1962), test 1: eleven on each side, one unit each, limits 0.75 to 3.25 by 0.25.
SMITH_FEN = tuple(range(75, 326, 25))
# Values and costs of the case where the candidate price suits nobody at the margin.
CASE_B_VALUES, CASE_B_COSTS = (1000, 800, 600, 100), (100, 300, 500, 550)


def _single_units(values: Sequence[int], costs: Sequence[int]) -> list[tuple[float, ...]]:
    orders = [(row, Side.SELL, Motive.SUPPLY, cost, 1, 0.5) for row, cost in enumerate(costs)]
    orders += [
        (100 + row, Side.BUY, Motive.VOLUNTARY, value, 1, 0.5) for row, value in enumerate(values)
    ]
    return orders


def _trade_reduction() -> list[Claim]:
    case_a, case_b = (
        mcafee.clear(book_of(_single_units(*case)), McAfeeRules(), DrawKey(1, 0)).matches
        for case in ((SMITH_FEN, SMITH_FEN), (CASE_B_VALUES, CASE_B_COSTS))
    )
    limits = np.array([order[3] for order in _single_units(CASE_B_VALUES, CASE_B_COSTS)])
    theory = competitive_equilibrium(CASE_B_VALUES, [1] * 4, CASE_B_COSTS, [1] * 4)
    gains = float((limits[case_b.buy] - limits[case_b.sell]).sum())
    kept = float((case_b.price_fen - case_b.seller_price_fen).sum()) / 100
    return [
        near("B4.mcafee.a.quantity", "Units traded, case A", MCAFEE, 6,
             int(case_a.tonnes.sum()), 0),
        near("B4.mcafee.a.paid", "Mean price that buyers pay, case A", MCAFEE, 2.0,
             float(case_a.price_fen.mean()) / 100, 1e-9),
        near("B4.mcafee.a.received", "Mean price that sellers get, case A", MCAFEE, 2.0,
             float(case_a.seller_price_fen.mean()) / 100, 1e-9),
        near("B4.mcafee.b.quantity", "Units traded, case B", MCAFEE, 2,
             int(case_b.tonnes.sum()), 0),
        near("B4.mcafee.b.paid", "Mean price that buyers pay, case B", MCAFEE, 6.0,
             float(case_b.price_fen.mean()) / 100, 1e-9),
        near("B4.mcafee.b.received", "Mean price that sellers get, case B", MCAFEE, 5.0,
             float(case_b.seller_price_fen.mean()) / 100, 1e-9),
        near("B4.mcafee.b.kept", "What the exchange keeps, case B", MCAFEE, 2.0, kept, 1e-9),
        near("B4.mcafee.b.efficiency", "Efficiency, case B, percent", MCAFEE, 1400 / 15,
             gains * 100 / theory.maximum_surplus, 1e-9),
    ]


def claims() -> list[Claim]:
    """Truthful bids on Smith's schedule in a call auction; trade reduction in two worked cases."""
    orders = _single_units(SMITH_FEN, SMITH_FEN)
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
        *_trade_reduction(),
    ]
