"""The authority's side of the auction: the cap at a floor, reserves in tiers, a hard ceiling."""

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from agents.population import empty
from agents.quantities import FEN_PER_YUAN
from agents.vocabulary import Motive, Side
from simulation.allowances.market import AUTHORITY, AllowanceMarket
from simulation.errors import InputError
from simulation.markets.protocol import LARGEST_ORDER_T, LARGEST_PRICE_FEN, ORDER_DTYPE

__all__ = ["NOTHING_FOR_SALE", "Supply", "supply_of", "supply_orders"]


class Supply(NamedTuple):
    """What the authority sells, and at which prices at least.

    Attributes
    ----------
    price_fen, tonnes : int64 array, shape (tiers,)
        The cheapest first.
    cap_t : int
        Tonnes of the first of them, the cap; what is sold beyond comes from reserves.
    """

    price_fen: np.ndarray
    tonnes: np.ndarray
    cap_t: int


NOTHING_FOR_SALE = Supply(np.zeros(0, np.int64), np.zeros(0, np.int64), 0)


def _price(name: str, yuan: float, low_fen: int) -> int:
    fen = math.nan if not math.isfinite(yuan) else round(yuan * FEN_PER_YUAN)
    if not low_fen <= fen <= LARGEST_PRICE_FEN:
        raise InputError(
            f"{name} = {yuan} yuan/t is not within {low_fen / FEN_PER_YUAN:g} and "
            f"{LARGEST_PRICE_FEN / FEN_PER_YUAN:g}. Let prices rise from floor to ceiling."
        )
    return int(fen)


def supply_of(
    cap_t: int, *, floor: float = 0.0, tiers: Iterable[tuple[float, int]] = (),
    ceiling: float = math.inf, most_t: float = 0.0,
) -> Supply:
    """Supply of an auctioned cap with a price collar.

    Parameters
    ----------
    cap_t : int
        t, offered at the floor; what finds no buyer there is withheld.
    floor : float
        yuan/t.
    tiers : iterable of (yuan/t, t)
        Finite reserves, prices rising.
    ceiling : float
        yuan/t of a hard ceiling, at which any amount is sold; infinite for none.
    most_t : float
        t that firms could want at most; needed for a hard ceiling.

    Returns
    -------
    Supply

    Raises
    ------
    InputError
        When prices do not rise or a quantity is not usable.
    """
    prices = [_price("floor", floor, 0)]
    tonnes = [cap_t]
    for place, (price, amount) in enumerate(tiers):
        prices.append(_price(f"tiers[{place}]", price, prices[-1]))
        tonnes.append(amount)
    if ceiling != math.inf:
        prices.append(_price("ceiling", ceiling, prices[-1]))
        # More than anybody could want.
        tonnes.append(2 * math.ceil(most_t) + 1)
    for place, amount in enumerate(tonnes):
        if not (0 <= amount <= LARGEST_ORDER_T and amount == int(amount)):
            raise InputError(
                f"the authority offers {amount} t in place {place}. Give whole tonnes from 0 to "
                f"{LARGEST_ORDER_T}."
            )
    return Supply(np.array(prices, dtype=np.int64), np.array(tonnes, dtype=np.int64), int(cap_t))


def supply_orders(market: AllowanceMarket, supply: Supply, left_t: np.ndarray) -> np.recarray:
    """Asks of the authority.

    Parameters
    ----------
    market : AllowanceMarket
    supply : Supply
    left_t : int64 array, shape (tiers,)
        What is still for sale.

    Returns
    -------
    numpy.recarray of orders, shape (tiers,)
    """
    orders = empty(ORDER_DTYPE, len(left_t))
    row = market.row(AUTHORITY)
    orders.agent_id, orders.row = market.parties.agent_id[row], row
    orders.side, orders.motive = Side.SELL, Motive.PUBLIC
    orders.price_fen = orders.limit_fen = supply.price_fen
    orders.quantity_t = orders.wanted_t = left_t
    orders.arrival = 0.5
    return orders
