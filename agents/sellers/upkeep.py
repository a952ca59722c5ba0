"""Whether a seller keeps its land up, or abandons it to a higher hazard."""

from agents.compiled import rule

__all__ = ["keeps_up", "stake_yuan"]


@rule
def stake_yuan(pending, growth, discount_rate, margin, outstanding, price, is_liable):
    """What a seller stands to lose when its land is lost.

    Parameters
    ----------
    pending : t, grown and not yet verified
    growth : t/year, goes on for good
    discount_rate : 1/year, positive
    margin : yuan/t that the seller expects to earn on a credit to come
    outstanding : t, credits that the seller would have to make good
    price : yuan/t, at which it would
    is_liable : whether it would have to

    Returns
    -------
    yuan, not negative

    Notes
    -----
    Growth as it is now, for ever: assumption A64.
    """
    stake = max(margin, 0.0) * (pending + growth / discount_rate)
    if is_liable:
        stake += outstanding * price
    return stake


@rule
def keeps_up(cost, cash, hazard, neglect_factor, loss_share, stake):
    """Whether upkeep for a year pays, and can be paid.

    Parameters
    ----------
    cost, cash : yuan
    hazard : 1/year, with upkeep
    neglect_factor : hazard without upkeep, for each unit with it
    loss_share : of the stake that a reversal destroys
    stake : yuan

    Returns
    -------
    bool

    Notes
    -----
    Upkeep is worth the expected loss that it avoids: assumption A64.
    """
    if cost <= 0.0:
        return True
    avoided = min(hazard * neglect_factor, 1.0) - min(hazard, 1.0)
    return cost <= cash and avoided * loss_share * stake >= cost
