"""Who sells credits when some would do nothing differently: shares, prices and screening.

A share of landholders does anyway what a credit is paid for and has no cost; for the others the
cost is uniform between two bounds. Each has one tonne and sells if the price, less the cost of
verification, is at least its cost. Screening comes before verification is paid for, turns away who
is not additional with a probability, and nobody else.
"""

import math
from typing import NamedTuple

from simulation.errors import InputError
from simulation.theory.checks import number

__all__ = [
    "Outlay",
    "Selection",
    "Sellers",
    "detection_needed",
    "outlay",
    "price_needed",
    "selection",
]


class Sellers(NamedTuple):
    """A population of landholders, and what verification costs them.

    Attributes
    ----------
    non_additional_share : float
        0 to 1.
    lowest_cost, highest_cost : float
        yuan/t, of those who are additional.
    verification_cost : float
        yuan/t, of everybody.
    """

    non_additional_share: float
    lowest_cost: float
    highest_cost: float
    verification_cost: float


class Selection(NamedTuple):
    """Who sells.

    Attributes
    ----------
    issued, real, non_additional, turned_away : float
        Shares of all landholders: those that sell, with and without additional tonnes, and those
        that screening keeps from it.
    non_additional_share : float
        Of what is issued; NaN where nothing is.
    """

    issued: float
    real: float
    non_additional: float
    turned_away: float
    non_additional_share: float


class Outlay(NamedTuple):
    """What a scheme spends and what it is worth, yuan for each landholder.

    Attributes
    ----------
    spent : float
        Price of what is issued, and screening.
    treatment, verification, screening : float
        What is used up: costs of real tonnes, verification of what is issued, and screening of all
        who want to sell.
    rent : float
        Gain of those who sell; a transfer.
    welfare : float
        Value of real tonnes, less what is used up.
    spent_per_real_t, used_per_real_t : float
        yuan/t of `spent` and of what is used up; NaN where nothing real is issued.
    """

    spent: float
    treatment: float
    verification: float
    screening: float
    rent: float
    welfare: float
    spent_per_real_t: float
    used_per_real_t: float


def _checked(sellers: Sellers) -> Sellers:
    found = Sellers(
        number("non_additional_share", sellers.non_additional_share, 0.0, 1.0),
        number("lowest_cost", sellers.lowest_cost), number("highest_cost", sellers.highest_cost),
        number("verification_cost", sellers.verification_cost),
    )
    if found.highest_cost < found.lowest_cost:
        raise InputError(
            f"highest_cost = {sellers.highest_cost} is below lowest_cost = {sellers.lowest_cost}. "
            "Exchange them."
        )
    return found


def _willing(sellers: Sellers, price: float) -> float:
    # Share of those who are additional that sell.
    left = price - sellers.verification_cost
    if left >= sellers.highest_cost:
        return 1.0
    if left <= sellers.lowest_cost:
        return 0.0
    return (left - sellers.lowest_cost) / (sellers.highest_cost - sellers.lowest_cost)


def selection(sellers: Sellers, price: float, detection: float = 0.0) -> Selection:
    """Who sells at a price, with or without screening.

    Parameters
    ----------
    sellers : Sellers
    price : float
        yuan/t.
    detection : float
        Probability, 0 to 1, that who is not additional is found out.

    Returns
    -------
    Selection

    Raises
    ------
    InputError
        When a number is not usable.
    """
    sellers = _checked(sellers)
    number("price", price)
    number("detection", detection, 0.0, 1.0)
    real = (1.0 - sellers.non_additional_share) * _willing(sellers, price)
    offered = sellers.non_additional_share if price >= sellers.verification_cost else 0.0
    non_additional = offered * (1.0 - detection)
    issued = real + non_additional
    return Selection(
        issued, real, non_additional, offered * detection,
        non_additional / issued if issued > 0.0 else math.nan,
    )


def outlay(
    sellers: Sellers, price: float, detection: float = 0.0, *, value: float = 0.0,
    screening_cost: float = 0.0,
) -> Outlay:
    """Budget and welfare, with or without screening.

    Parameters
    ----------
    sellers : Sellers
    price : float
        yuan/t.
    detection : float
        0 to 1.
    value : float
        yuan/t, of a real tonne to society.
    screening_cost : float
        yuan for each landholder who wants to sell, borne by who buys.

    Returns
    -------
    Outlay

    Raises
    ------
    InputError
        When a number is not usable.

    Notes
    -----
    A credit that is not additional costs its price to who buys it, but only its verification to
    society: screening saves far more budget than welfare.
    """
    found = selection(sellers, price, detection)
    number("value", value)
    offered = found.issued + found.turned_away
    screening = number("screening_cost", screening_cost) * offered
    # Costs are uniform, so their mean is midway up to the dearest that still sells.
    dearest = min(price - sellers.verification_cost, sellers.highest_cost)
    dearest = max(dearest, sellers.lowest_cost)
    treatment = found.real * (sellers.lowest_cost + dearest) / 2.0
    verification = sellers.verification_cost * found.issued
    paid = price * found.issued
    used = treatment + verification + screening
    real = found.real if found.real > 0.0 else math.nan
    return Outlay(
        paid + screening, treatment, verification, screening, paid - treatment - verification,
        value * found.real - used, (paid + screening) / real, used / real,
    )


def price_needed(sellers: Sellers, bound: float, detection: float = 0.0) -> float:
    """Lowest price from which no more than a share of what is issued is non-additional.

    Parameters
    ----------
    sellers : Sellers
    bound : float
        0 to 1, of what is issued.
    detection : float
        0 to 1.

    Returns
    -------
    float
        yuan/t; infinite where no price is high enough. Where only additional tonnes are issued,
        the price from which there are any.

    Raises
    ------
    InputError
        When a number is not usable.
    """
    sellers = _checked(sellers)
    number("bound", bound, 0.0, 1.0)
    passing = sellers.non_additional_share * (1.0 - number("detection", detection, 0.0, 1.0))
    additional = 1.0 - sellers.non_additional_share
    if passing > 0.0 and bound == 1.0:
        return sellers.verification_cost
    if additional == 0.0 or passing * (1.0 - bound) > bound * additional:
        return math.inf
    willing = passing * (1.0 - bound) / (bound * additional) if passing > 0.0 else 0.0
    spread = sellers.highest_cost - sellers.lowest_cost
    return sellers.verification_cost + sellers.lowest_cost + willing * spread


def detection_needed(sellers: Sellers, bound: float, price: float) -> float:
    """Least detection from which no more than a share of what is issued is non-additional.

    Parameters
    ----------
    sellers : Sellers
    bound : float
        0 to 1, of what is issued.
    price : float
        yuan/t.

    Returns
    -------
    float
        0 to 1; 0 where nobody needs to be found out, 1 where nobody may pass.

    Raises
    ------
    InputError
        When a number is not usable.
    """
    number("bound", bound, 0.0, 1.0)
    found = selection(sellers, price)
    if found.non_additional * (1.0 - bound) <= bound * found.real or bound == 1.0:
        return 0.0
    return 1.0 - bound * found.real / ((1.0 - bound) * found.non_additional)
