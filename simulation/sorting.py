"""What the rules say, told to whom it concerns: which credits count, and what is announced."""

import numpy as np

from agents.parameters import record_of
from agents.registry.blocks import BLOCKS, LIVE_STATES
from agents.registry.eligibility import vintage_counts
from simulation.phases.using import look_at_holdings
from simulation.scenario import Scenario
from simulation.state import Clock, RulesAhead, State
from simulation.timeline import compliance_rules, next_news, who_counts, worth_of_credit

__all__ = ["hear_news", "sort_credits"]


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
    sizes = [group.count for group in scenario.projects]
    projects.counts = np.repeat(counts, sizes)
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
    # Who holds a green reserve wants credits that will count, before any do.
    clock[Clock.APART] = clock[Clock.SORTED] and (
        scenario.compliance.eligible or scenario.voluntary.green_reserve_weight > 0.0
    )
    look_at_holdings(clock, state.firms, state.ledger)


def hear_news(state: State, scenario: Scenario, month: int) -> None:
    """Tell the state what is announced and not yet in force.

    Parameters
    ----------
    state : State
        Changed in place.
    scenario : Scenario
        With its events.
    month : int
        Now.
    """
    clock = state.clock
    clock[Clock.NEWS_FROM], then = next_news(scenario, month, worth_of_credit)
    clock[Clock.NEWS_SORTS] = who_counts(then) != who_counts(scenario.at(month))
    state.projects.will_count = np.repeat(
        [then.class_counts(group) for group in scenario.projects],
        [group.count for group in scenario.projects],
    )
    _write(state.news, then)
    clock[Clock.COMING_FROM], then = next_news(scenario, month, compliance_rules)
    _write(state.coming, then)


def _write(records: RulesAhead, scenario: Scenario) -> None:
    for name in RulesAhead._fields:
        getattr(records, name)[...] = record_of(getattr(scenario, name))
