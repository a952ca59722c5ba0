"""The price theory *bargaining*: an ask between the outside option and what is hoped for."""

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = ["BargainingParameters", "bargaining_ask", "next_sale_chance", "outside_option"]


class BargainingParameters(Parameters):
    """Sellers who weigh a sale now against the chance of another buyer."""

    first_sale_chance: float = param(
        0.5, unit="1", low=0, high=1, role="uncertainty", source="assumption A27",
        label="Believed chance to sell next month, at first", label_zh="初始预期下月售出概率",
    )
    chance_learning_rate: float = param(
        0.1, unit="1", low=0, high=1, role="uncertainty", source="assumption A27",
        label="Learning rate of that chance", label_zh="售出概率学习率",
    )
    gain_share: float = param(
        0.5, unit="1", low=0, high=1, role="uncertainty", source="assumption A27",
        label="Seller's share of the gain it expects", label_zh="卖方预期收益份额",
    )


@rule
def outside_option(belief, chance, discount_rate, floor):
    """What a seller has when no deal is struck now.

    Parameters
    ----------
    belief : price that another buyer would pay next month, yuan/t
    chance : of finding that buyer, 0 to 1
    discount_rate : 1/year
    floor : marginal cost, what is left without a buyer, yuan/t

    Returns
    -------
    yuan/t, never below the floor
    """
    waited = (chance * belief + (1.0 - chance) * floor) / (1.0 + discount_rate) ** (1.0 / 12.0)
    return max(waited, floor)


@rule
def bargaining_ask(belief, outside, gain_share):
    """Ask that claims a share of the gain over the outside option.

    Parameters
    ----------
    belief : what the seller thinks a buyer pays, yuan/t
    outside : outside option, yuan/t
    gain_share : 0 to 1

    Returns
    -------
    yuan/t, never below the outside option

    References
    ----------
    Nash (1950), Econometrica 18:155; the belief stands for the buyer's value: assumption A27.
    """
    return outside + gain_share * max(belief - outside, 0.0)


@rule
def next_sale_chance(chance, offered, sold, rate):
    """Believed chance of a sale after a month.

    Parameters
    ----------
    chance : before
    offered, sold : t in this month
    rate : learning rate, 0 to 1

    Returns
    -------
    0 to 1; unchanged where nothing was offered
    """
    if offered <= 0:
        return chance
    return chance + rate * (sold / offered - chance)
