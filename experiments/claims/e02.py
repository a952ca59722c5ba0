"""E2: where buyers cannot see what is real, a market may vanish."""

import math

import numpy as np

from agents.vocabulary import Motive, Side
from experiments.claims.claim import Claim, near
from simulation.draws import DrawKey
from simulation.markets.call_auction import CallAuctionRules, clear
from simulation.markets.protocol import book_of
from simulation.theory.lemons import full_information_surplus, pooled_market

__all__ = ["agents_share", "claims"]

SOURCE = "Akerlof (1970), QJE 84:488; content uniform from 0 to 1"

SELLERS = 1000
MOST_ROUNDS = 10_000


def agents_share(cost: float, value: float, sellers: int = SELLERS) -> float:
    """Share of credits that agents trade in call auctions.

    Parameters
    ----------
    cost, value : yuan per real tonne
    sellers : int
        As many buyers; each has one credit to sell or wants one.

    Returns
    -------
    float
        0 to 1, once another auction changes nothing.

    Notes
    -----
    Sellers ask what their content costs them. Buyers first hope for the mean of all credits, then
    expect what those held that were traded last; a market without trade teaches them nothing more.
    """
    content = (np.arange(sellers) + 0.5) / sellers
    asks = np.round(100.0 * cost * content).astype(int)
    hope, before = 0.5, -1
    for turn in range(MOST_ROUNDS):
        bid = math.floor(100.0 * value * hope)
        orders = [(row, Side.SELL, Motive.SUPPLY, int(ask), 1, 0.5) for row, ask in enumerate(asks)]
        orders += [
            (sellers + row, Side.BUY, Motive.VOLUNTARY, bid, 1, 0.5) for row in range(sellers)
        ]
        found = clear(book_of(orders), CallAuctionRules(k=1.0), DrawKey(1, turn))
        sold = found.filled[:sellers] > 0
        traded = int(sold.sum())
        if traded in (0, before):
            return traded / sellers
        hope, before = float(content[sold].mean()), traded
    raise RuntimeError("the auctions do not settle")


def claims() -> list[Claim]:
    """The solver, and agents in repeated call auctions."""
    poor, rich = pooled_market(60.0, 80.0), pooled_market(60.0, 130.0)
    lines = (
        ("share.poor", "Share traded, cost 60 and value 80, solver", 0.0, poor.traded_share, 0.0),
        ("share.rich", "Share traded, cost 60 and value 130, solver", 1.0, rich.traded_share, 0.0),
        ("low", "Lowest price, cost 60 and value 130, yuan", 60.0, rich.price_low, 1e-9),
        ("high", "Highest price, cost 60 and value 130, yuan", 65.0, rich.price_high, 1e-9),
        ("seen", "Gain a credit where quality is seen, cost 60 and value 80, yuan", 10.0,
         full_information_surplus(60.0, 80.0), 1e-9),
        ("agents.poor", "Share traded, cost 60 and value 80, agents", 0.0,
         agents_share(60.0, 80.0), 0.002),
        ("agents.rich", "Share traded, cost 60 and value 130, agents", 1.0,
         agents_share(60.0, 130.0), 0.002),
    )
    return [
        near(f"E2.{name}", statement, SOURCE, expected, measured, tolerance)
        for name, statement, expected, measured, tolerance in lines
    ]
