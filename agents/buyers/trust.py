"""Trust of voluntary buyers: what becomes public lowers what they would pay."""

import math

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = ["TrustParameters", "scandal_tonnes", "trust_regained", "trust_shaken"]


class TrustParameters(Parameters):
    """Scandals and willingness to pay."""

    sensitivity: float = param(
        10.0, unit="1", low=0, high=1000, role="uncertainty",
        source="assumption A68: a tenth of all credits found worthless leaves 37 % of trust",
        label="Loss of trust for each share of credits found worthless",
        label_zh="失信敏感度",
    )
    recovery_months: float = param(
        36.0, unit="months", low=1, high=1200, role="uncertainty", source="assumption A68",
        label="Time in which two thirds of lost trust come back", label_zh="信任恢复时间",
    )
    covered_weight: float = param(
        0.2, unit="1", low=0, high=1, role="uncertainty", source="assumption A68",
        label="Weight of a reversal that was made good at once", label_zh="已补足逆转的权重",
    )


@rule
def scandal_tonnes(found, reversed_tonnes, covered, covered_weight):
    """Credits of a month's bad news, weighted.

    Parameters
    ----------
    found : t, over-crediting that audits found
    reversed_tonnes, covered : t, credits reversed, and of them made good at once
    covered_weight : of what was made good

    Returns
    -------
    t
    """
    return found + (reversed_tonnes - covered) + covered_weight * covered


@rule
def trust_regained(trust, recovery_months):
    """Trust after a month without news.

    Parameters
    ----------
    trust : 0 to 1
    recovery_months : in which the distance from 1 falls to 1/e

    Returns
    -------
    0 to 1
    """
    return 1.0 - (1.0 - trust) * math.exp(-1.0 / recovery_months)


@rule
def trust_shaken(trust, sensitivity, scandal, issued):
    """Trust after a month's bad news.

    Parameters
    ----------
    trust : 0 to 1
    sensitivity : not negative
    scandal : t, see `scandal_tonnes`
    issued : t, credits issued so far

    Returns
    -------
    0 to 1
    """
    if scandal <= 0.0 or issued <= 0:
        return trust
    return trust * math.exp(-sensitivity * scandal / issued)
