"""A laboratory of landholders who decide once whether to sell credits; no world around them."""

from typing import NamedTuple

from agents.compiled import kernel
from agents.sellers.participation import passes_screening, takes_part
from simulation.draws import PARTICIPATION, draw_block

__all__ = ["Landholders", "Participants", "participants"]


class Landholders(NamedTuple):
    """A population, and the terms it is offered.

    Attributes
    ----------
    non_additional_share : float
        Probability, 0 to 1, that a landholder does anyway what the credit is for.
    lowest_cost, highest_cost : float
        yuan/t, uniform between them for all others.
    verification_cost, price : float
        yuan/t.
    detection : float
        Probability, 0 to 1, that screening finds who is not additional.
    """

    non_additional_share: float
    lowest_cost: float
    highest_cost: float
    verification_cost: float
    price: float
    detection: float = 0.0


class Participants(NamedTuple):
    """How many landholders there are, how many sell, and who is turned away.

    Attributes
    ----------
    landholders, non_additional, real, turned_away : int
        All; of these, those that sell without and with additional tonnes, and those that would
        have sold and are turned away by screening.
    """

    landholders: int
    non_additional: int
    real: int
    turned_away: int


@kernel
def _count(people, number, seed):
    non_additional = 0
    real = 0
    turned_away = 0
    for landholder in range(number):
        kind, where, found, _ = draw_block(seed, PARTICIPATION, 0, landholder, 0)
        additional = kind >= people.non_additional_share
        cost = 0.0
        if additional:
            cost = people.lowest_cost + (people.highest_cost - people.lowest_cost) * where
        if not takes_part(people.price, people.verification_cost, cost):
            continue
        if not passes_screening(additional, people.detection, found):
            turned_away += 1
        elif additional:
            real += 1
        else:
            non_additional += 1
    return non_additional, real, turned_away


def participants(people: Landholders, number: int, seed: int) -> Participants:
    """Let every landholder decide, and screen those who want to sell.

    Parameters
    ----------
    people : Landholders
    number : int
        How many; each has one tonne.
    seed : int
        0 to 2**63 - 1. What a landholder is does not depend on the terms or on the others.

    Returns
    -------
    Participants
    """
    floats = Landholders(*map(float, people))
    return Participants(number, *map(int, _count(floats, number, seed)))
