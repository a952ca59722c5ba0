"""Whether a landholder takes part in a scheme, and whether the scheme lets it.

Who would do nothing differently has no cost and always gains (adverse selection, Akerlof 1970).
"""

from agents.compiled import rule

__all__ = ["passes_screening", "takes_part"]


@rule
def takes_part(price, verification_cost, cost):
    """Whether a landholder offers a credit.

    Parameters
    ----------
    price : yuan/t, of a credit
    verification_cost : yuan/t, paid by who takes part
    cost : yuan/t, of doing what the credit is for; 0 where it is done anyway

    Returns
    -------
    bool; who gains nothing and loses nothing takes part
    """
    return price - verification_cost >= cost


@rule
def passes_screening(additional, detection, uniform):
    """Whether a landholder gets past a screening that turns away no honest one.

    Parameters
    ----------
    additional : whether the landholder does more than it would without the scheme
    detection : probability, 0 to 1, that one who does not is found out
    uniform : draw, 0 to 1

    Returns
    -------
    bool
    """
    return additional or uniform >= detection
