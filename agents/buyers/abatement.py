"""Abatement in steps, and by a retrofit that cannot be undone."""

import math

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = [
    "SPREAD",
    "RetrofitParameters",
    "discounted_months",
    "measure_taken",
    "retrofit_pays",
    "retrofit_value",
    "stepped_cost",
    "stepped_share",
]


# Of the cost of a measure, to either side.
SPREAD = 0.005


class RetrofitParameters(Parameters):
    """When firms decide to retrofit."""

    hurdle: float = param(
        2.0, unit="of the investment", low=1, high=20, role="uncertainty",
        source="the value of waiting about doubles what an investment must return (Dixit and "
        "Pindyck 1994, Investment under Uncertainty, chapter 5); assumption A48",
        label="Present value that a retrofit must have", label_zh="改造项目要求的现值倍数",
    )


@rule
def measure_taken(price, cost):
    """Part of a measure that a firm takes at a price.

    Parameters
    ----------
    price : yuan/t
    cost : of the measure, yuan/t

    Returns
    -------
    0 to 1: plants of a firm differ a little, so the cost of a measure is spread evenly over half a
    percent to either side (assumption A49). Without a spread all firms would take a measure in one
    month and none in the next, where a market needs a part of it.
    """
    if cost <= 0.0:
        return 1.0 if price > 0.0 else 0.0
    return min(max((price / cost - 1.0) / (2.0 * SPREAD) + 0.5, 0.0), 1.0)


@rule
def stepped_share(price, cost_1, share_1, cost_2, share_2, cost_3, share_3, cost_4, share_4):
    """Share of its emissions that a firm with up to four measures abates at a price.

    Parameters
    ----------
    price : yuan/t
    cost_1 to cost_4 : of each measure, yuan/t
    share_1 to share_4 : of its emissions that each abates; 0 where there is none

    Returns
    -------
    0 to 1
    """
    share = share_1 * measure_taken(price, cost_1)
    share += share_2 * measure_taken(price, cost_2)
    share += share_3 * measure_taken(price, cost_3)
    return share + share_4 * measure_taken(price, cost_4)


@rule
def stepped_cost(share, cost_1, share_1, cost_2, share_2, cost_3, share_3, cost_4, share_4):
    """Cost of abating a share, the cheapest measures first.

    Parameters
    ----------
    share : abated, 0 to 1
    cost_1 to cost_4 : yuan/t, rising
    share_1 to share_4 : 0 to 1

    Returns
    -------
    yuan for each tonne of emissions before abatement; the spread of a measure is left out, which
    is half a percent of its cost at most
    """
    first = min(share, share_1)
    second = min(share - first, share_2)
    third = min(share - first - second, share_3)
    fourth = min(share - first - second - third, share_4)
    return first * cost_1 + second * cost_2 + third * cost_3 + fourth * cost_4


@rule
def discounted_months(factor, first, count):
    """Sum of ``factor ** m`` over months m from `first` on.

    Parameters
    ----------
    factor : of one month, positive
    first, count : months

    Returns
    -------
    months' worth, today
    """
    if abs(factor - 1.0) < 1e-12:
        return 1.0 * count
    return math.pow(factor, first) * (1.0 - math.pow(factor, count)) / (1.0 - factor)


@rule
def retrofit_value(price, growth, discount, running_cost, delay, life):
    """Present value of abating a tonne a year by a retrofit.

    Parameters
    ----------
    price : of one more tonne of emissions today, yuan/t
    growth, discount : expected growth of the price and discount rate, 1/year
    running_cost : yuan/t
    delay : months until it works
    life : months that it works

    Returns
    -------
    yuan for each tonne a year
    """
    rising = math.pow((1.0 + growth) / (1.0 + discount), 1.0 / 12.0)
    falling = math.pow(1.0 / (1.0 + discount), 1.0 / 12.0)
    saved = price * discounted_months(rising, delay, life)
    return (saved - running_cost * discounted_months(falling, delay, life)) / 12.0


@rule
def retrofit_pays(value, investment, hurdle):
    """Whether a firm retrofits.

    Parameters
    ----------
    value : present value, yuan for each tonne a year
    investment : yuan for each tonne a year
    hurdle : times the investment that the value must reach

    Returns
    -------
    bool

    References
    ----------
    Dixit and Pindyck (1994), Investment under Uncertainty: what cannot be undone waits until it
    returns more than it costs. One hurdle for all is assumption A48.
    """
    return value > 0.0 and value >= hurdle * investment
