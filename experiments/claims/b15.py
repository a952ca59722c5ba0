"""B15: how often a buffer pool is exhausted, where projects reverse alone or in clusters."""

import math

from experiments.claims.claim import Claim, inside, near
from simulation.theory.buffer_ruin import (
    BufferPool,
    buffer_needed,
    expected_loss_share,
    highest_hazard,
    ruin_probability,
)

__all__ = ["ALONE", "HAZARD", "RUIN", "SECURITY", "TOGETHER", "claims", "solver_claims"]

SOURCE = (
    "binomial distribution; 100 equal projects, hazard 0.5 % a year, 40 years, full loss; compare "
    "Badgley et al. (2022), Frontiers in Forests and Global Change 5:930426"
)

HAZARD, SECURITY = 0.005, 0.95
ALONE = BufferPool(projects=100, years=40)
TOGETHER = BufferPool(projects=100, years=40, cluster_size=10, common_share=1.0)
# Buffer share: ruin where projects reverse one by one, and in clusters of ten; each is given to
# half of its last digit.
RUIN = {
    0.10: ((0.982, 0.0005), (0.566, 0.0005)),
    0.15: ((0.751, 0.0005), (0.566, 0.0005)),
    0.20: ((0.267, 0.0005), (0.268, 0.0005)),
    0.25: ((0.033, 0.0005), (0.268, 0.0005)),
    0.30: ((0.0013, 0.00005), (0.091, 0.0005)),
}
# What is held back for check dams.
CHECK_DAMS = 0.01


def _table() -> list[Claim]:
    found = []
    for place, (name, words, pool) in enumerate((
        ("alone", "projects reverse one by one", ALONE),
        ("together", "clusters of ten reverse together", TOGETHER),
    )):
        for buffer, cells in RUIN.items():
            expected, tolerance = cells[place]
            found.append(near(
                f"B15.solver.{name}.{buffer * 100:.0f}",
                f"Probability of ruin, buffer {buffer * 100:.0f} %, {words}, solver", SOURCE,
                expected, ruin_probability(pool, HAZARD, buffer), tolerance,
            ))
    return found


def solver_claims() -> list[Claim]:
    """The table of buffers, what is needed, and what a buffer of 1 % is worth."""
    safe = highest_hazard(ALONE, CHECK_DAMS, SECURITY)
    return [
        near("B15.solver.loss", "Expected share of projects lost, solver", SOURCE, 0.1817,
             expected_loss_share(ALONE, HAZARD), 0.00005),
        *_table(),
        near("B15.solver.needed.alone", "Buffer for 95 % security, one by one, solver", SOURCE,
             0.25, buffer_needed(ALONE, HAZARD, SECURITY), 0.0),
        near("B15.solver.needed.together", "Buffer for 95 % security, in clusters of ten, solver",
             SOURCE, 0.40, buffer_needed(TOGETHER, HAZARD, SECURITY), 0.0),
        inside("B15.solver.check_dams.ruin", "Probability of ruin, buffer 1 %, solver", SOURCE,
               0.999, math.inf, ruin_probability(ALONE, HAZARD, CHECK_DAMS)),
        near("B15.solver.check_dams.hazard",
             "Highest yearly hazard at which a buffer of 1 % gives 95 % security, solver", SOURCE,
             0.00009, safe, 0.000005),
        near("B15.solver.check_dams.loss", "The same over 40 years, solver", SOURCE, 0.0036,
             expected_loss_share(ALONE, safe), 0.00005),
    ]


def claims() -> list[Claim]:
    """By the solver."""
    return solver_claims()
