"""What holds of every credit that is surrendered, while the rules of eligibility move."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.quantities import LAST_BITS
from agents.registry.ledger import BLOCKS
from agents.vocabulary import CreditState, Purpose
from simulation.groups import province_of
from simulation.scenario import load
from simulation.world import World
from tests.helpers import MECHANISMS
from tests.properties.overrides import NAMED, deadlines, possible

CHANGES = st.fixed_dictionaries({}, optional={
    **{key: names for key, names in NAMED.items() if key != "eligibility.credit_classes"},
    "eligibility.credit_classes": st.sampled_from(
        [[], ["forest"], ["terraces"], ["forest", "terraces"]]
    ),
    "eligibility.local_share": st.sampled_from([0.0, 0.3, 0.5, 1.0]),
    "compliance.offset_limit": st.sampled_from([0.05, 0.4]),
    "compliance.discount_ratio": st.sampled_from([1.0, 0.7]),
})
# Several vintages, and firms that want many credits.
BASE = {
    "projects.0.credit_class": "forest", "projects.1.credit_class": "terraces",
    "verification.fixed_cost_yuan": 20_000.0, "verification.cost_yuan_per_t": 5.0,
    "firms.1.free_share": 0.7, "firms.2.free_share": 0.8, "quota.share": 0.002,
    "compliance.eligible": True, "months": 60,
}


def allowed(scenario, block):
    """By the scenario as it stands, from the credit's own project and months."""
    rules = scenario.eligibility
    group = scenario.projects[int(block.project_id) // 1_000_000 % 1000 - 1]
    first, last = int(block.vintage_start) // 12, int(block.vintage_end) // 12
    return (
        (not rules.credit_classes or group.credit_class in rules.credit_classes)
        and (not rules.provinces or province_of(group) in rules.provinces)
        and first >= rules.first_vintage_year
        and (not rules.last_vintage_year or last <= rules.last_vintage_year)
    ), province_of(group)


def look_at_deadline(world, before):
    """Every credit that left for compliance this month, firm by firm."""
    scenario = world.scenario.at(world.month)
    ledger, firms = world.state.ledger, world.state.firms
    blocks = ledger.blocks[: ledger.counters[BLOCKS]]
    left = blocks[
        (blocks.state == CreditState.RETIRED) & (blocks.purpose == Purpose.COMPLIANCE)
        & (blocks.final_month == world.month)
    ]
    elsewhere, total = np.zeros(len(firms)), np.zeros(len(firms))
    homes = world.people.firm_provinces
    row_of = {int(account): row for row, account in enumerate(firms.account)}
    for block in left:
        row = row_of[int(block.owner)]
        counts, origin = allowed(scenario, block)
        assert counts, "a credit that does not count was surrendered"
        total[row] += block.tonnes
        elsewhere[row] += block.tonnes if origin != homes[row] else 0
    surrendered = firms.surrendered_credits_t - before.surrendered_credits_t
    np.testing.assert_array_equal(total, surrendered)
    limit = scenario.compliance.offset_limit / scenario.compliance.discount_ratio
    room = np.floor(before.obligation_t * limit * LAST_BITS)
    most = np.floor(room * (1.0 - scenario.eligibility.local_share) * LAST_BITS)
    assert (elsewhere <= most).all()
    return int(total.sum())


@settings(max_examples=40, deadline=None)
@given(
    CHANGES, st.lists(st.tuples(st.integers(1, 20), CHANGES), max_size=3),
    st.integers(0, 2**63 - 1), st.sampled_from(MECHANISMS),
    st.sampled_from(["mean_reverting", "endogenous"]),
)
def test_only_credits_that_count_are_surrendered(start, moves, seed, mechanism, path):
    """By class, province and vintage, within the local share; the books hold every month."""
    with possible():
        world = World(load("tiny", {
            **BASE, **start, "market.mechanism": mechanism, "allowance_price.path": path,
        }), seed)
    for before in deadlines(world, moves):
        look_at_deadline(world, before)
    world.check_books()


def test_the_deadlines_above_are_not_empty():
    """Under each kind of rule something is surrendered, and something else is kept out."""
    for rules in (
        {"eligibility.first_vintage_year": 2024}, {"eligibility.provinces": ["Jiangxi"]},
        {"eligibility.credit_classes": ["terraces"]}, {"eligibility.local_share": 0.5},
    ):
        world = World(load("tiny", {**BASE, **rules}), 1)
        surrendered = 0
        for before in deadlines(world):
            surrendered += look_at_deadline(world, before)
        assert surrendered > 0, rules
        rows = world.state.monthly
        alike = (rows.counting_stock_t == rows.stock_t).all()
        assert alike == ("eligibility.local_share" in rules)
