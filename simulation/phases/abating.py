"""What a firm abates at a price of carbon: one place for every phase that asks."""

from agents.buyers.emissions import abated_share, abatement_cost
from agents.compiled import kernel

__all__ = ["cost_of_abating", "share_abated"]


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
    0 to 1
    """
    return abated_share(price, firm.abatement_slope, emissions.abatement_limit)


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
    return abatement_cost(share, firm.abatement_slope, firm.activity_t)
