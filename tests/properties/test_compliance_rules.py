"""What holds at every deadline, whatever the compliance rules."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.scenario import load
from simulation.world import World
from tests.properties.overrides import VALUES, deadlines, possible

SECTIONS = (
    "compliance", "eligibility", "regime", "penalty", "banking", "enforcement", "expectations",
)
KEYS = sorted(key for key in VALUES if key.split(".")[0] in SECTIONS)
LEVERS = sorted(set(KEYS) - {key for key in KEYS if key.startswith("expectations.")} - {
    "compliance.room_share", "compliance.rival_price_yuan_per_t",
    "compliance.quality_premium_yuan_per_t", "compliance.transaction_cost_yuan_per_t",
})


@st.composite
def rules(draw, keys, least, most):
    """Some of these keys with values."""
    chosen = draw(st.lists(st.sampled_from(keys), min_size=least, max_size=most, unique=True))
    return {key: draw(VALUES[key], label=key) for key in chosen}


def settled(before, world):
    """What one run of the phase did, checked firm by firm and in total."""
    firms, parameters = world.state.firms, world.state.rules
    compliance, regime = parameters.compliance[0], parameters.regime[0]

    def change(name):
        return firms[name] - before[name]

    np.testing.assert_array_equal(
        change("settled_emissions_t"),
        change("surrendered_allowances_t") + change("credited_t") + change("rivals_t")
        + change("shortfall_t") + change("taxed_t"),
    )
    for name in ("settled_emissions_t", "surrendered_allowances_t", "credited_t", "shortfall_t",
                 "taxed_t", "violation_t", "violation_found_t", "borrowed_t", "owed_again_t"):
        assert (change(name) >= 0).all(), name
    assert (firms.bank_t >= 0).all()
    given = before.allocation_t + before.bank_t + change("allowances_bought_t")
    given = given + change("borrowed_t")
    np.testing.assert_array_equal(
        given,
        change("surrendered_allowances_t") + change("allowances_sold_t") + firms.allocation_t
        + firms.bank_t,
    )
    done = change("settled_emissions_t") > 0
    np.testing.assert_array_equal(change("settled_emissions_t")[done], before.obligation_t[done])
    duty = regime.kind == 3
    limit = 1.0 if duty else compliance.offset_limit * compliance.room_share
    covered = change("surrendered_credits_t") * compliance.discount_ratio
    slack = 1e-12 * before.obligation_t
    assert (covered <= limit * before.obligation_t + slack).all()
    # Rival credits share the whole limit of each firm.
    most = 1.0 if duty else compliance.offset_limit
    together = change("credited_t") + change("rivals_t")
    assert (together <= most * before.obligation_t + slack).all()
    total = 1.0 if duty else compliance.system_limit
    assert covered.sum() <= total * before.obligation_t.sum() + slack.sum()


@settings(max_examples=40)
@given(
    rules(KEYS, 8, 16), st.lists(st.tuples(st.integers(1, 20), rules(LEVERS, 1, 4)), max_size=4),
    st.integers(0, 2**63 - 1), st.floats(0.0, 2.0),
)
def test_every_deadline_adds_up_while_the_rules_move(start, moves, seed, free_share):
    """Identity, limits of one and of all, and allowances, with any rules moved in any month."""
    changes = {"compliance.eligible": True, **start, "months": 60}
    changes |= {f"firms.{row}.free_share": free_share for row in (1, 2)}
    with possible():
        world = World(load("tiny", changes), seed)
    for before in deadlines(world, moves):
        settled(before, world)
    world.check_books()
