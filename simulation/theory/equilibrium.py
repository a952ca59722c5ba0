"""Competitive equilibrium of a book of true values and costs, and how much of it deals realise.

Every buyer's row is a *step*: so many tonnes, each worth so much to it; every seller's row so many
tonnes, each costing so much. Prices may be whole fen/t (then every result is a whole number and
exact) or yuan/t as floats. What people *bid* has no place here: a book of asks and bids measures
the market by its own word.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from simulation.errors import InputError

__all__ = ["Efficiency", "Equilibrium", "competitive_equilibrium", "efficiency_of"]

# Cumulated tonnes must stay countable in 64 bits.
LARGEST_TOTAL = 2**62


class Equilibrium(NamedTuple):
    """Competitive equilibrium of a book.

    Every price of the interval supports every volume of the other: prices and volumes of an
    equilibrium are independent of each other, so two intervals describe them all.

    Attributes
    ----------
    price_low, price_high : fen/t or yuan/t
        Prices at which supply meets demand. Where nothing trades they are what keeps the best
        buyer and the best seller apart: 0 without a buyer, infinite without a seller.
    volume_low, volume_high : t
        Fewest (strictly gainful trades only) and most tonnes (trades without gain as well) that
        an equilibrium trades.
    maximum_surplus : fen or yuan
        Values less costs of what trades, the most that any deals can reach.
    """

    price_low: float
    price_high: float
    volume_low: float
    volume_high: float
    maximum_surplus: float


class Efficiency(NamedTuple):
    """How much of the maximum surplus deals realised, and where the rest went.

    ``maximum_surplus = realised + not_made + wrong_people``; neither loss is ever negative, but for
    the last digits where numbers are floats.

    Attributes
    ----------
    share : float or None
        Realised by maximum surplus, at most 1; negative where deals destroy value. None where the
        maximum is 0: there was nothing to realise.
    realised, maximum_surplus : fen or yuan
    not_made : fen or yuan
        What is out of reach with so few tonnes, even between the best people.
    wrong_people : fen or yuan
        What the best people would have made of the tonnes that were traded, less what was made of
        them. Tonnes beyond the efficient volume are traded by people who should not have traded.
    """

    share: float | None
    realised: float
    maximum_surplus: float
    not_made: float
    wrong_people: float


class _Walk(NamedTuple):
    # Both sides in order of merit, cut wherever the best unserved buyer or seller changes.
    edges: np.ndarray  # t, from 0 to all that can trade
    gains: np.ndarray  # value less cost of the tonnes between two edges, never rising
    values: np.ndarray  # of buyers, best first
    costs: np.ndarray  # of sellers, best first
    wanted: np.ndarray  # t, cumulated
    offered: np.ndarray  # t, cumulated


def _numbers(name: str, numbers: ArrayLike) -> np.ndarray:
    array = np.atleast_1d(np.asarray(numbers))
    if array.size == 0:
        return np.zeros(0, dtype=np.int64)
    if array.ndim != 1 or array.dtype.kind not in "iuf":
        raise InputError(f"{name}: not a row of numbers. Give one number a step.")
    if array.dtype.kind == "f":
        array = array.astype(np.float64)
    wrong = np.flatnonzero(~np.isfinite(array) | (array < 0) | (array > LARGEST_TOTAL))
    if wrong.size:
        raise InputError(
            f"{name}[{wrong[0]}] = {array[wrong[0]]} is not within 0 and 2**62. "
            "Give a finite number that is not negative."
        )
    return array if array.dtype.kind == "f" else array.astype(np.int64)


def _steps(
    names: tuple[str, str], prices: ArrayLike, tonnes: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    price, quantity = _numbers(names[0], prices), _numbers(names[1], tonnes)
    if len(price) != len(quantity):
        raise InputError(
            f"{names[0]} has {len(price)} steps, {names[1]} has {len(quantity)}. Give both for "
            "every step."
        )
    if quantity.sum(dtype=np.float64) > LARGEST_TOTAL:
        raise InputError(f"{names[1]} add up to more than 2**62. Use a larger unit.")
    return price, quantity


def _walk(
    values: np.ndarray, demanded: np.ndarray, costs: np.ndarray, supplied: np.ndarray
) -> _Walk:
    buyers = np.argsort(-values, kind="stable")
    sellers = np.argsort(costs, kind="stable")
    value, cost = values[buyers], costs[sellers]
    wanted, offered = np.cumsum(demanded[buyers]), np.cumsum(supplied[sellers])
    if len(buyers) == 0 or len(sellers) == 0:
        return _Walk(np.zeros(1, dtype=np.int64), value[:0], value, cost, wanted, offered)
    most = min(wanted[-1], offered[-1])
    edges = np.unique(np.concatenate((wanted[:1] * 0, wanted, offered)))
    edges = edges[edges <= most]
    # The tonnes that begin at an edge belong to the first step that reaches beyond it.
    gains = (
        value[np.searchsorted(wanted, edges[:-1], side="right")]
        - cost[np.searchsorted(offered, edges[:-1], side="right")]
    )
    return _Walk(edges, gains, value, cost, wanted, offered)


def _money(gains: np.ndarray, tonnes: np.ndarray) -> float:
    # Python's whole numbers do not overflow; fen times tonnes can leave 64 bits.
    products = [gain * tonne for gain, tonne in zip(gains.tolist(), tonnes.tolist(), strict=True)]
    if all(isinstance(product, int) for product in products):
        return sum(products)
    return math.fsum(products)


def _best_surplus(walk: _Walk, volume: float) -> float:
    # The first `volume` tonnes in order of merit.
    widths = np.clip(volume - walk.edges[:-1], 0, np.diff(walk.edges))
    return _money(walk.gains, widths)


def _equilibrium(walk: _Walk) -> Equilibrium:
    reached = int(np.count_nonzero(walk.gains >= 0))
    volume_high = walk.edges[reached]
    volume_low = walk.edges[int(np.count_nonzero(walk.gains > 0))]

    # The price must content those who trade (the last of them is the hardest to please) and
    # discourage those who do not (the first of them is the hardest to discourage).
    lows, highs = [0], [math.inf]
    if volume_high > 0:
        highs.append(walk.values[np.searchsorted(walk.wanted, volume_high, side="left")])
        lows.append(walk.costs[np.searchsorted(walk.offered, volume_high, side="left")])
    next_buyer = int(np.searchsorted(walk.wanted, volume_high, side="right"))
    if next_buyer < len(walk.values):
        lows.append(walk.values[next_buyer])
    next_seller = int(np.searchsorted(walk.offered, volume_high, side="right"))
    if next_seller < len(walk.costs):
        highs.append(walk.costs[next_seller])
    return Equilibrium(
        price_low=_plain(max(lows)),
        price_high=_plain(min(highs)),
        volume_low=_plain(volume_low),
        volume_high=_plain(volume_high),
        maximum_surplus=_best_surplus(walk, volume_low),
    )


def _plain(number: float) -> float:
    return number.item() if isinstance(number, np.generic) else number


def competitive_equilibrium(
    values: ArrayLike, demanded_t: ArrayLike, costs: ArrayLike, supplied_t: ArrayLike
) -> Equilibrium:
    """Competitive equilibrium of step demand and step supply.

    Parameters
    ----------
    values : array, shape (buying steps,)
        What a tonne is worth to the buyer, fen/t or yuan/t, not negative. A buyer with several
        values is several steps.
    demanded_t : array, shape (buying steps,)
        t, not negative.
    costs : array, shape (selling steps,)
        What a tonne costs the seller, in the unit of the values.
    supplied_t : array, shape (selling steps,)
        t, not negative.

    Returns
    -------
    Equilibrium
        In whole numbers where all arguments are whole numbers.

    Raises
    ------
    InputError
        When a number is negative or not finite, or a side's arrays differ in length.

    References
    ----------
    Smith (1962), J. Political Economy 70:111, for the induced-value book; a price and a volume
    support each other as in the welfare theorems for quasi-linear preferences.
    """
    demand = _steps(("values", "demanded_t"), values, demanded_t)
    supply = _steps(("costs", "supplied_t"), costs, supplied_t)
    return _equilibrium(_walk(*demand, *supply))


def _check_deals(
    side: str, rows: np.ndarray, tonnes: np.ndarray, available: np.ndarray
) -> None:
    if len(rows) != len(tonnes):
        raise InputError(
            f"deals: {len(rows)} {side} for {len(tonnes)} quantities. Give one of each a deal."
        )
    if rows.dtype.kind == "f" or np.any(rows >= len(available)):
        raise InputError(
            f"deals: {side} must be places in a list of {len(available)} steps, counted from 0."
        )
    used = np.zeros(len(available), dtype=np.result_type(tonnes, available))
    np.add.at(used, rows, tonnes)
    # Whole tonnes are compared exactly; sums of floats may differ in the last digits.
    slack = 1e-9 * available if used.dtype.kind == "f" else 0
    wrong = np.flatnonzero(used > available + slack)
    if wrong.size:
        raise InputError(
            f"deals: step {wrong[0]} of the {side} trades {used[wrong[0]]} t and has "
            f"{available[wrong[0]]}. Trade each tonne once."
        )


def efficiency_of(
    values: ArrayLike,
    demanded_t: ArrayLike,
    costs: ArrayLike,
    supplied_t: ArrayLike,
    deals: tuple[ArrayLike, ArrayLike, ArrayLike],
) -> Efficiency:
    """Share of the maximum surplus that deals realise, and how the rest was lost.

    Parameters
    ----------
    values, demanded_t, costs, supplied_t : array
        As in `competitive_equilibrium`.
    deals : (buyers, sellers, tonnes)
        One entry a deal: place of the buying step, place of the selling step, t. Prices are not
        asked for: they share the surplus out and leave its size alone.

    Returns
    -------
    Efficiency

    Raises
    ------
    InputError
        When an argument is no book, a step trades that is not there, or more than it has.

    Notes
    -----
    Where fewer tonnes trade than is efficient *and* the wrong people trade them, the split depends
    on what is charged first. Here it is the volume: `not_made` is lost even if the tonnes that did
    trade had moved between the best people, the rest is `wrong_people`. This order is assumption;
    it is the one under which both parts are never negative.
    """
    value, demanded = _steps(("values", "demanded_t"), values, demanded_t)
    cost, supplied = _steps(("costs", "supplied_t"), costs, supplied_t)
    buyers, sellers = _numbers("buyers", deals[0]), _numbers("sellers", deals[1])
    tonnes = _numbers("tonnes", deals[2])
    _check_deals("buyers", buyers, tonnes, demanded)
    _check_deals("sellers", sellers, tonnes, supplied)

    walk = _walk(value, demanded, cost, supplied)
    best = _equilibrium(walk)
    realised = _money(value[buyers] - cost[sellers], tonnes)
    reachable = _best_surplus(walk, min(tonnes.sum().item(), best.volume_low))
    return Efficiency(
        share=realised / best.maximum_surplus if best.maximum_surplus else None,
        realised=realised,
        maximum_surplus=best.maximum_surplus,
        not_made=best.maximum_surplus - reachable,
        wrong_people=reachable - realised,
    )
