"""When a project joins the scheme: on its own, or because others did."""

import math

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = ["JoiningParameters", "joins"]


class JoiningParameters(Parameters):
    """Spread of the scheme among projects that have not joined yet."""

    innovation_per_year: float = param(
        0.1, unit="1/year", low=0, high=50, role="uncertainty",
        source="pilots were assigned from above (facts, section 1); rate is assumption A18",
        label="Rate of joining on one's own", label_zh="自发加入率",
    )
    imitation_per_year: float = param(
        0.4, unit="1/year", low=0, high=50, role="uncertainty", source="assumption A18",
        label="Rate of joining where all others have", label_zh="模仿加入率",
    )


@rule
def joins(innovation, imitation, joined_share, uniform):
    """Whether a project joins the scheme this month.

    Parameters
    ----------
    innovation, imitation : 1/year
    joined_share : share of projects that have joined, 0 to 1
    uniform : draw, 0 to 1

    Returns
    -------
    bool

    References
    ----------
    Bass (1969), Management Science 15:215, hazard p + q F; for projects it is assumption A18.
    """
    hazard = (innovation + imitation * joined_share) / 12.0
    return uniform < 1.0 - math.exp(-hazard)
