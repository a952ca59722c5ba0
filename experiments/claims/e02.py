"""E2: where buyers cannot see what is real, a market may vanish."""

import math

import numpy as np

from agents.vocabulary import Motive, Side
from experiments.claims.claim import Check, Claim, near
from simulation.draws import DrawKey
from simulation.markets.call_auction import CallAuctionRules, clear
from simulation.markets.protocol import book_of
from simulation.theory.lemons import full_information_surplus, pooled_market

__all__ = ["CLAIMS", "agents_share"]

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


def _measure() -> list[Check]:
    poor, rich = pooled_market(60.0, 80.0), pooled_market(60.0, 130.0)
    return [
        near("unseen, 60 and 80: share traded, solver", poor.traded_share, 0.0, 0.0),
        near("unseen, 60 and 130: share traded, solver", rich.traded_share, 1.0, 0.0),
        near("unseen, 60 and 130: lowest price, yuan", rich.price_low, 60.0, 1e-9),
        near("unseen, 60 and 130: highest price, yuan", rich.price_high, 65.0, 1e-9),
        near("seen, 60 and 80: gain a credit, yuan", full_information_surplus(60, 80), 10.0, 1e-9),
        near("unseen, 60 and 80: share traded, agents", agents_share(60.0, 80.0), 0.0, 0.002),
        near("unseen, 60 and 130: share traded, agents", agents_share(60.0, 130.0), 1.0, 0.002),
    ]


CLAIMS = (
    Claim(
        "E2.lemons",
        "Where quality is unseen nothing trades unless buyers value it at twice its cost.",
        "质量不可见时，除非买方估值达到成本的两倍，否则没有交易。",
        "Akerlof (1970), QJE 84:488; content uniform from 0 to 1",
        "cost 60 and value 80 or 130 yuan per real tonne; solver, and 1,000 sellers and buyers in "
        "repeated call auctions",
        _measure,
    ),
)
