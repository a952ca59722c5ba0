"""What the rules say, told to whom it concerns: which credits count, and what is announced."""

import numpy as np

from agents.parameters import record_of
from agents.registry.blocks import BLOCKS, LIVE_STATES
from agents.registry.eligibility import vintage_counts
from simulation.phases.using import look_at_holdings
from simulation.scenario import Scenario
from simulation.state import Clock, Rules, RulesAhead, State
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
    live = np.flatnonzero(blocks.state < LIVE_STATES)
    if len(live):
        # Ids rise with the rows; few vintages are shared by many blocks.
        rows = np.searchsorted(projects.agent_id, blocks.project_id[live])
        periods = np.column_stack([blocks.vintage_start[live], blocks.vintage_end[live]])
        distinct, which = np.unique(periods, axis=0, return_inverse=True)
        fits = np.array([
            vintage_counts(start, end, rules.first_vintage_year, rules.last_vintage_year)
            for start, end in distinct
        ])
        blocks.counts[live] = projects.counts[rows] & fits[which.ravel()]
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
    clock, projects = state.clock, state.projects
    clock[Clock.NEWS_FROM], then = next_news(scenario, month, worth_of_credit)
    clock[Clock.NEWS_SORTS] = False
    projects.will_count = projects.counts
    if then is not None:
        clock[Clock.NEWS_SORTS] = who_counts(then) != who_counts(scenario.at(month))
        projects.will_count = np.repeat(
            [then.class_counts(group) for group in scenario.projects],
            [group.count for group in scenario.projects],
        )
    _write(state.news, then, state.rules)
    clock[Clock.COMING_FROM], then = next_news(scenario, month, compliance_rules)
    _write(state.coming, then, state.rules)


def _write(records: RulesAhead, scenario: Scenario | None, today: Rules) -> None:
    for name in RulesAhead._fields:
        rules = getattr(today, name)
        if scenario is not None:
            rules = record_of(getattr(scenario, name))
        getattr(records, name)[...] = rules
