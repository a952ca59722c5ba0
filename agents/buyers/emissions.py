"""A firm's emissions: activity with growth and shocks, less what it abates."""

import math

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = ["EmissionsParameters", "abated_share", "abatement_cost", "next_activity"]


class EmissionsParameters(Parameters):
    """Emissions of all firms."""

    shock_deviation: float = param(
        0.05, unit="1", low=0, high=2, role="uncertainty", source="assumption A10",
        label="Yearly shock to emissions", label_zh="排放年度波动",
    )
    abatement_limit: float = param(
        0.3, unit="1", low=0, high=1, role="uncertainty", source="assumption A10",
        label="Largest share that can be abated", label_zh="最大减排比例",
    )


@rule
def next_activity(activity, growth, deviation, normal):
    """Emissions before abatement, one year on.

    Parameters
    ----------
    activity : t/year, last year
    growth : 1/year, in logarithms
    deviation : standard deviation of the yearly shock, in logarithms
    normal : standard normal draw

    Returns
    -------
    t/year

    Notes
    -----
    A random walk in logarithms whose mean grows at the given rate: assumption A10.
    """
    return activity * math.exp(growth + deviation * normal - 0.5 * deviation * deviation)


@rule
def abated_share(price, slope, limit):
    """Share of its emissions that a firm abates at a price of carbon.

    Parameters
    ----------
    price : yuan/t; 0 where the firm is not covered
    slope : marginal abatement cost at a share of 1, yuan/t, positive
    limit : largest share, 0 to 1

    Returns
    -------
    share at which the marginal abatement cost equals the price, 0 to limit

    References
    ----------
    Montgomery (1972), J. Econ. Theory 5:395; the linear curve through 0 is assumption A10.
    """
    return min(max(price / slope, 0.0), limit)


@rule
def abatement_cost(share, slope, activity):
    """Cost of abatement: the area under the marginal abatement cost curve.

    Parameters
    ----------
    share : 0 to 1
    slope : yuan/t at a share of 1
    activity : t/year before abatement

    Returns
    -------
    yuan/year
    """
    return 0.5 * slope * share * share * activity
