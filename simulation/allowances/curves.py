"""Marginal abatement cost of one firm: a straight line, or a list of measures in steps."""

import math

from agents.compiled import kernel, rule

__all__ = ["abatement_cost", "emissions_at", "linear_emissions", "unit_value", "unregulated"]


@rule
def linear_emissions(price, intercept, slope):
    """Emissions at which a straight marginal cost equals a price.

    Parameters
    ----------
    price : yuan/t
    intercept : yuan/t, marginal cost of the last tonne
    slope : yuan/t per t, positive

    Returns
    -------
    t, from 0 to what the firm emits where emissions are free
    """
    return min(max((intercept - price) / slope, 0.0), max(intercept / slope, 0.0))


@kernel
def emissions_at(firms, measures, index, price):
    """Emissions of a firm that takes a price as given.

    Parameters
    ----------
    firms : recarray of firms
    measures : recarray, shape (firms, measures)
    index : row of the firm
    price : yuan/t

    Returns
    -------
    t; a measure that costs just the price is not taken

    Notes
    -----
    A firm with a slope of 0 has measures in steps, each with a cost and tonnes.
    """
    firm = firms[index]
    if firm.slope > 0.0:
        return linear_emissions(price, firm.intercept, firm.slope)
    left = firm.unregulated_t
    for place in range(measures.shape[1]):
        if measures[index, place].cost < price:
            left -= measures[index, place].tonnes
    return left


@kernel
def unregulated(firms, measures, index):
    """Emissions of a firm where emissions are free, t."""
    return emissions_at(firms, measures, index, 0.0)


@kernel
def unit_value(firms, measures, index, emissions):
    """Cost that one more tonne of emissions saves a firm.

    Parameters
    ----------
    firms, measures, index : see `emissions_at`
    emissions : t, before that tonne

    Returns
    -------
    yuan/t: of a line at the middle of the tonne; 0 where the firm would not emit it anyway;
    infinite where no measure reaches so low
    """
    firm = firms[index]
    middle = emissions + 0.5
    if firm.slope > 0.0:
        return max(firm.intercept - firm.slope * middle, 0.0)
    abated = firm.unregulated_t - middle
    if abated <= 0.0:
        return 0.0
    # The dearest measure that is still needed: the cheapest ones come first.
    for place in range(measures.shape[1]):
        abated -= measures[index, place].tonnes
        if abated <= 0.0:
            return measures[index, place].cost
    return math.inf


@kernel
def abatement_cost(firms, measures, index, emissions):
    """Cost of emitting no more than an amount.

    Parameters
    ----------
    firms, measures, index : see `emissions_at`
    emissions : t

    Returns
    -------
    yuan; infinite where no measure reaches so low
    """
    firm = firms[index]
    abated = unregulated(firms, measures, index) - emissions
    if abated <= 0.0:
        return 0.0
    if firm.slope > 0.0:
        return firm.slope * abated * abated / 2.0
    cost = 0.0
    for place in range(measures.shape[1]):
        tonnes = min(measures[index, place].tonnes, abated)
        cost += tonnes * measures[index, place].cost
        abated -= tonnes
    return cost if abated <= 0.0 else math.inf
