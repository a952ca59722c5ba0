"""What a firm abates at a price of carbon: one place for every phase that asks."""

from agents.buyers.abatement import SPREAD, stepped_cost, stepped_share
from agents.buyers.emissions import abated_share, abatement_cost
from agents.compiled import kernel

__all__ = ["cost_of_abating", "dearest_abatement", "share_abated"]


@kernel
def share_abated(firm, emissions, price):
    """Share of its activity that a firm abates.

    Parameters
    ----------
    firm : row of the firms
    emissions : see `Rules`
    price : of one more tonne of emissions, yuan/t

    Returns
    -------
    0 to 1: what its retrofit abates whatever the price, and its curve or measures on the rest
    """
    if firm.step_share_1 > 0.0:
        share = stepped_share(
            price, firm.step_cost_1, firm.step_share_1, firm.step_cost_2, firm.step_share_2,
            firm.step_cost_3, firm.step_share_3, firm.step_cost_4, firm.step_share_4,
        )
    else:
        share = abated_share(price, firm.abatement_slope, emissions.abatement_limit)
    return firm.built_share + (1.0 - firm.built_share) * share


@kernel
def cost_of_abating(firm, share):
    """Cost of abating a share of a year's activity.

    Parameters
    ----------
    firm : row of the firms
    share : 0 to 1

    Returns
    -------
    yuan
    """
    built = firm.built_share
    cost = firm.retrofit_running_cost * built * firm.activity_t
    if built >= 1.0:
        return cost
    rest = max(share - built, 0.0) / (1.0 - built)
    activity = firm.activity_t * (1.0 - built)
    if firm.step_share_1 > 0.0:
        return cost + activity * stepped_cost(
            rest, firm.step_cost_1, firm.step_share_1, firm.step_cost_2, firm.step_share_2,
            firm.step_cost_3, firm.step_share_3, firm.step_cost_4, firm.step_share_4,
        )
    return cost + abatement_cost(rest, firm.abatement_slope, activity)


@kernel
def dearest_abatement(firm, emissions):
    """Cost of the last tonne that a firm can abate without a retrofit, yuan/t."""
    if firm.step_share_1 > 0.0:
        # Measures stand in the order of their costs, and those that are not there cost nothing.
        dearest = max(firm.step_cost_1, firm.step_cost_2, firm.step_cost_3, firm.step_cost_4)
        return dearest * (1.0 + SPREAD)
    return firm.abatement_slope * emissions.abatement_limit
