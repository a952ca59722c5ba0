"""Allowances over time: what may be carried over or borrowed, and what firms make of it."""

import math
from typing import Literal

from agents.compiled import rule
from agents.parameters import Parameters, param
from agents.quantities import LAST_BITS
from agents.vocabulary import Banking

__all__ = [
    "BankingParameters",
    "borrowed_tonnes",
    "carried_over",
    "is_last_year",
    "kept_after_trading",
    "months_of_period",
    "year_of_period",
]


class BankingParameters(Parameters):
    """Banking, borrowing and the length of compliance periods."""

    rule: Literal["none", "unlimited", "national"] = param(
        "none", unit="name", role="lever",
        source="allowances are sold at the deadline; simplification S5",
        label="Banking of allowances", label_zh="配额结转规则",
    )
    free_carry_over_t: float = param(
        10_000.0, unit="t", low=0, high=1e9, role="lever",
        source="10,000 t plus 1.5 x net sales may be carried over (facts, section 3)",
        label="National rule: carried over in any case", label_zh="全国规则：基础结转量",
    )
    net_sales_multiple: float = param(
        1.5, unit="of net sales", low=0, high=100, role="lever",
        source="10,000 t plus 1.5 x net sales may be carried over (facts, section 3)",
        label="National rule: carried over for each tonne sold", label_zh="全国规则：净卖出量倍数",
    )
    borrowing_share: float = param(
        0.0, unit="1", low=0, high=1, role="lever",
        source="borrowing has ended in the national market (facts, section 3)",
        label="Share of the next allocation that may be borrowed", label_zh="可预借的下期配额比例",
    )
    period_years: int = param(
        1, unit="years", low=1, high=10, role="lever",
        source="the national cycle became annual (facts, section 3)",
        label="Length of a compliance period", label_zh="履约周期年数",
    )


@rule
def carried_over(banking, spare, free, multiple, price, later):
    """Allowances that a firm keeps of those it does not need; it sells the others.

    Parameters
    ----------
    banking : Banking
    spare : t
    free, multiple : of the national rule, t and tonnes for each tonne of net sales
    price : of an allowance now, yuan/t
    later : what one is expected to be worth at the next deadline, in today's money, yuan/t

    Returns
    -------
    t, rounded down

    Notes
    -----
    A firm keeps as much as it may where waiting is expected to pay, and nothing otherwise:
    assumption A43. Under the national rule what it keeps, K, is at most ``free + multiple (spare -
    K)``, for what it does not keep is its net sale.
    """
    if later <= price:
        return 0
    if banking == Banking.UNLIMITED:
        return spare
    if banking == Banking.NATIONAL:
        return min(spare, math.floor((free + multiple * spare) / (1.0 + multiple)))
    return 0


@rule
def kept_after_trading(banking, spare, free, multiple, net_sales):
    """Allowances that a firm keeps which has sold already what it would rather sell.

    Parameters
    ----------
    banking : Banking
    spare : t
    free, multiple : of the national rule, t and tonnes for each tonne of net sales
    net_sales : t sold less t bought since the last deadline; below zero for a buyer

    Returns
    -------
    t: all that the rule lets it keep; the rest lapses
    """
    if banking == Banking.UNLIMITED:
        return spare
    if banking == Banking.NATIONAL:
        return min(spare, math.floor(free + multiple * max(net_sales, 0)))
    return 0


@rule
def borrowed_tonnes(lacking, share, allocation, outstanding, cost, later):
    """Allowances of the next January that a firm uses now.

    Parameters
    ----------
    lacking : t
    share : of the next allocation, 0 to 1
    allocation : the next free allocation, as far as it is known, t
    outstanding : borrowed before and not given back, t
    cost : of a tonne otherwise, yuan/t
    later : what an allowance is expected to cost at the next deadline, in today's money, yuan/t

    Returns
    -------
    t, rounded down

    Notes
    -----
    A firm borrows for its own lack alone, and only where that is cheaper: assumption A43.
    """
    if later >= cost:
        return 0
    most = math.floor(share * allocation * LAST_BITS) - outstanding
    return max(min(lacking, most), 0)


@rule
def year_of_period(month, first, years):
    """Place of a month's year in its compliance period.

    Parameters
    ----------
    month : month number
    first : month number in which the run starts
    years : length of a period

    Returns
    -------
    0 to years - 1; periods are counted from the first January of the run
    """
    return (month // 12 - (first + 11) // 12) % years


@rule
def is_last_year(month, first, years):
    """Whether obligations fall due in the year of a month.

    Parameters
    ----------
    month, first, years : see `year_of_period`

    Returns
    -------
    bool
    """
    return year_of_period(month, first, years) == years - 1


@rule
def months_of_period(year, month):
    """Months from the start of a period to a month of one of its years.

    Parameters
    ----------
    year : place in the period, from 0
    month : of the year, 1 to 12

    Returns
    -------
    months, both ends included
    """
    return 12 * year + month
