"""Which credits count as the rules stand, told to projects, to credits, and to the clock."""

import numpy as np

from agents.registry.blocks import BLOCKS, LIVE_STATES
from agents.registry.eligibility import vintage_counts
from simulation.phases.using import look_at_holdings
from simulation.scenario import Scenario
from simulation.state import Clock, State

__all__ = ["sort_credits"]


def sort_credits(state: State, scenario: Scenario) -> None:
    """Mark projects and live credits by whether they count for compliance once any do.

    Parameters
    ----------
    state : State
        Changed in place.
    scenario : Scenario
        As the events up to this month leave it.

    Notes
    -----
    Retired and cancelled credits keep the mark that they had when they left.
    """
    rules, projects, clock = scenario.eligibility, state.projects, state.clock
    counts = [scenario.class_counts(group) for group in scenario.projects]
    projects.counts = np.repeat(counts, [group.count for group in scenario.projects])
    blocks = state.ledger.blocks[: state.ledger.counters[BLOCKS]]
    for place in np.flatnonzero(blocks.state < LIVE_STATES):
        block = blocks[place]
        # Ids rise with the rows.
        row = np.searchsorted(projects.agent_id, block.project_id)
        block.counts = projects.counts[row] and vintage_counts(
            block.vintage_start, block.vintage_end, rules.first_vintage_year,
            rules.last_vintage_year,
        )
    clock[Clock.SORTED] = (
        not all(counts) or rules.local_share > 0.0
        or rules.first_vintage_year > 0 or rules.last_vintage_year > 0
    )
    clock[Clock.APART] = clock[Clock.SORTED] and scenario.compliance.eligible
    look_at_holdings(clock, state.firms, state.ledger)
