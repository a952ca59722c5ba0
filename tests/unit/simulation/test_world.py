"""The world: moved by months or by phases, back and forth, and stopped when its books are wrong."""

from contextlib import suppress

import numpy as np
import pytest

from agents.registry.ledger import ISSUED, JOURNAL
from agents.vocabulary import Account, CreditState
from simulation.errors import InputError, InvariantError, ScenarioError
from simulation.month import PHASES
from simulation.results import fingerprint
from simulation.scenario import Scenario, load
from simulation.state import Clock
from simulation.world import LARGEST_SEED, World
from tests.helpers import MECHANISMS, MONTH, VILLAGE

HELD = int(CreditState.HELD)
# Rules under which ten agents make more than a hundred deals.
BUSY_RULES = ("listing", "call_auction", "continuous")


def ten_agents(mechanism="listing", seed=1, **changes):
    """Ten agents, both motives from the first month on."""
    overrides = {"market.mechanism": mechanism, "compliance.eligible": True, "months": 48}
    return World(load("tiny", {**overrides, **changes}), seed)


def finished(world):
    """The same world, at its end."""
    world.run()
    return world


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_stepping_by_phases_equals_the_compiled_run(mechanism):
    """Byte for byte: the loop over phases and the compiled month are one model."""
    whole, stepped = ten_agents(mechanism), ten_agents(mechanism)
    whole.run()
    while not stepped.finished:
        stepped.run_phase()
    assert whole.state.monthly.volume_t.sum() > 0
    assert fingerprint(stepped) == fingerprint(whole)


def test_any_mixture_of_steps_is_the_same_run():
    """Some months at once, some phases, the rest of a month, then the rest of the run."""
    mixed = ten_agents()
    mixed.run(5)
    for _ in range(7):
        mixed.run_phase()
    mixed.run(3)  # ends the month under way, then three more
    assert mixed.month == MONTH + 9
    for _ in range(len(PHASES)):
        mixed.run_phase()
    assert mixed.month == MONTH + 10
    assert fingerprint(finished(mixed)) == fingerprint(finished(ten_agents()))


def test_phases_come_in_their_order():
    """The next phase is known before it runs, and after the last the month is over."""
    world = ten_agents()
    names = []
    for place in range(len(PHASES)):
        assert world.month == MONTH
        assert world.next_phase is PHASES[place]
        names.append(world.run_phase().name)
    assert names == [phase.name for phase in PHASES]
    assert world.month == MONTH + 1
    assert world.next_phase is PHASES[0]


def test_a_finished_run_is_over():
    """Another phase is refused with one line; another run does nothing."""
    world = finished(ten_agents(months=2))
    before = fingerprint(world)
    assert world.finished
    with pytest.raises(InputError, match="the run ended in 2024-02") as error:
        world.run_phase()
    assert "\n" not in str(error.value)
    world.run()
    assert fingerprint(world) == before


@pytest.mark.parametrize("seed", [-1, LARGEST_SEED + 1, 1.0, "1", True, None])
def test_a_seed_is_a_whole_number_in_range(seed):
    """Refused in one line; a draw would cut it to another seed."""
    with pytest.raises(InputError, match="is not a whole number from 0") as error:
        World(load("tiny"), seed)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("seed", [0, LARGEST_SEED])
def test_the_ends_of_the_range_are_seeds(seed):
    """All 63 bits of a seed can be used."""
    world = finished(ten_agents(seed=seed, months=3))
    assert world.state.clock[Clock.SEED] == seed


@pytest.mark.parametrize("phases", [0, 6])
def test_a_run_that_is_rewound_has_the_same_future(phases):
    """From the start of a month and from the middle of one."""
    world = ten_agents()
    world.run(12)
    for _ in range(phases):
        world.run_phase()
    there = world.snapshot()
    first = fingerprint(finished(world))
    world.restore(there)
    assert world.month == MONTH + 12
    assert world.next_phase is PHASES[phases]
    assert fingerprint(finished(world)) == first
    world.restore(there)  # a snapshot is not used up
    assert fingerprint(finished(world)) == first


def test_a_snapshot_is_a_copy():
    """Running on does not change it, and changing what is restored does not either."""
    world = ten_agents()
    world.run(12)
    there = world.snapshot()
    before = there.state.ledger.fen.copy()
    world.run(12)
    np.testing.assert_array_equal(there.state.ledger.fen, before)
    world.restore(there)
    world.state.rules.compliance.offset_limit[0] = 0.9
    world.state.ledger.fen[:] = 0
    np.testing.assert_array_equal(there.state.ledger.fen, before)
    assert there.state.rules.compliance.offset_limit[0] == 0.05


def test_a_lever_moved_after_rewinding_gives_another_future():
    """And rewinding takes the lever back."""
    world = ten_agents()
    world.run(12)
    there = world.snapshot()
    first = fingerprint(finished(world))
    world.restore(there)
    world.set_lever("compliance.offset_limit", 0.5)
    other = fingerprint(finished(world))
    assert other != first
    world.restore(there)
    assert world.scenario.events == ()
    assert fingerprint(finished(world)) == first


def test_forks_share_the_past_and_nothing_else():
    """Two runs from one month: one goes on alone, the other with a lever moved."""
    world = ten_agents()
    world.run(12)
    alone, moved = world.fork(), world.fork()
    moved.set_lever("quote.guide_price_yuan_per_t", 20.0)
    assert fingerprint(finished(alone)) != fingerprint(finished(moved))
    assert alone.scenario.events == ()
    assert world.month == MONTH + 12
    assert fingerprint(finished(world)) == fingerprint(alone)
    np.testing.assert_array_equal(
        moved.state.monthly[:12].value_fen, world.state.monthly[:12].value_fen
    )
    assert alone.people == world.people


def test_a_world_can_be_restored_into_another():
    """Seed and scenario come along, so the second run repeats the first."""
    first, second = ten_agents(seed=5), ten_agents("call_auction", seed=6, months=6)
    first.run(10)
    second.restore(first.snapshot())
    assert second.seed == 5
    assert fingerprint(finished(second)) == fingerprint(finished(first))


def test_a_lever_takes_effect_with_the_next_month_to_run():
    """Before a month has begun that is this month; in the middle of one it is the next."""
    world = ten_agents()
    world.run(3)
    world.set_lever("compliance.offset_limit", 0.5)
    assert world.scenario.events[-1].effective == MONTH + 3
    assert world.state.rules.compliance.offset_limit[0] == 0.05
    world.run_phase()
    assert world.state.rules.compliance.offset_limit[0] == 0.5
    world.set_lever("compliance.offset_limit", 0.7)
    assert world.scenario.events[-1].effective == MONTH + 4
    while world.month == MONTH + 3:
        world.run_phase()
        assert world.state.rules.compliance.offset_limit[0] == 0.5
    world.run_phase()
    assert world.state.rules.compliance.offset_limit[0] == 0.7


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_moving_levers_by_hand_writes_a_scenario_that_replays_the_run(mechanism):
    """Between months, in the middle of one, twice the same lever, and a whole other mechanism."""
    world = ten_agents(mechanism)
    world.run(4)
    world.set_lever("compliance.offset_limit", 0.2)
    world.run(6)
    for _ in range(9):
        world.run_phase()
    world.set_lever("market.mechanism", MECHANISMS[mechanism == "listing"])
    world.set_lever("quote.guide_price_yuan_per_t", 25)
    world.run(5)
    world.set_lever("quote.guide_price_yuan_per_t", 22.0)
    world.set_lever("registry.opens", "2026-01")
    world.run()
    assert len(world.scenario.events) == 5
    replayed = finished(World(world.scenario, world.seed))
    assert fingerprint(replayed) == fingerprint(world)
    # Also from what would be saved with the results.
    again = finished(World(Scenario.model_validate(world.scenario.model_dump()), world.seed))
    assert fingerprint(again) == fingerprint(world)


def test_events_take_effect_in_their_month():
    """In the order of the timeline; the month before still has the old value."""
    events = [
        {"announced": "2024-01", "effective": "2024-06", "set": {"compliance.eligible": False}},
        {"announced": "2024-01", "effective": "2024-09",
         "set": {"compliance.eligible": True, "compliance.offset_limit": 0.1}},
    ]
    world = finished(ten_agents(months=12, events=events))
    assert world.state.monthly.eligible.tolist() == [True] * 5 + [False] * 3 + [True] * 4
    stepped = ten_agents(months=12, events=events)
    while not stepped.finished:
        stepped.run_phase()
    assert fingerprint(stepped) == fingerprint(world)
    assert world.state.rules.compliance.offset_limit[0] == 0.1


def test_an_event_after_the_last_month_is_never_felt():
    """It may stand in a scenario whose run was shortened; nobody has heard of it."""
    late = [{"announced": "2030-01", "effective": "2030-01", "set": {"compliance.eligible": False}}]
    assert fingerprint(finished(ten_agents(months=6, events=late))) == fingerprint(
        finished(ten_agents(months=6))
    )


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("compliance.ofset_limit", 0.1, "did you mean 'compliance.offset_limit'?"),
        ("growth.plant_scale", 1.0, "is not a lever"),
        ("compliance.offset_limit", 7.0, "compliance.offset_limit = 7.0 is above 1"),
    ],
)
def test_a_wrong_lever_leaves_the_world_as_it_was(key, value, says):
    """One line, and no event."""
    world = ten_agents()
    with pytest.raises(ScenarioError) as error:
        world.set_lever(key, value)
    assert says in str(error.value)
    assert "\n" not in str(error.value)
    assert world.scenario.events == ()


def test_a_lever_must_go_with_the_timeline():
    """With what it did, and with what it has yet to do."""
    events = [
        {"announced": "2024-01", "effective": month, "set": {key: value}}
        for month, key, value in (
            ("2024-03", "price_limits.floor_yuan_per_t", 30.0),
            ("2024-06", "price_limits.ceiling_yuan_per_t", 50.0),
        )
    ]
    world = World(Scenario.model_validate({**VILLAGE, "events": events}))
    world.run(3)
    with pytest.raises(ScenarioError, match=r"floor_yuan_per_t = 30\.0 is above .* = 20\.0"):
        world.set_lever("price_limits.ceiling_yuan_per_t", 20.0)
    with pytest.raises(ScenarioError, match=r"does not go with what comes later: events.1"):
        world.set_lever("price_limits.floor_yuan_per_t", 60.0)
    assert len(world.scenario.events) == 2
    world.set_lever("price_limits.ceiling_yuan_per_t", 40.0)
    world.run()


def test_no_lever_moves_when_the_run_is_over():
    """Nor in the last month, where nothing would follow."""
    world = ten_agents(months=1)
    world.run_phase()
    with pytest.raises(ScenarioError, match="the run is over"):
        world.set_lever("compliance.eligible", False)
    with pytest.raises(ScenarioError, match="the run is over"):
        finished(world).set_lever("compliance.eligible", False)


def test_a_lever_can_be_moved_for_a_later_month():
    """It is the move that is made when that month comes; one for the past is for the next month."""
    early, late = (ten_agents(months=12) for _ in range(2))
    month = early.month + 6
    early.set_lever("price_limits.floor_yuan_per_t", 40.0, month)
    late.run(6)
    late.set_lever("price_limits.floor_yuan_per_t", 40.0, month - 3)
    assert early.scenario.events == late.scenario.events
    assert fingerprint(finished(early)) == fingerprint(finished(late))
    with pytest.raises(ScenarioError, match="the run is over"):
        ten_agents(months=12).set_lever("compliance.eligible", False, month + 60)


def test_a_lever_can_be_moved_in_a_far_future():
    """Or is refused in one line; months run on past the last that a scenario can name."""
    world = ten_agents(start="2299-01", months=24)
    world.run(12)
    with suppress(ScenarioError):
        world.set_lever("compliance.eligible", False)


def _one_fen(world):
    world.state.ledger.fen[int(Account.EXCHANGE)] += 1


def _one_tonne(world):
    world.state.ledger.tonnes[int(Account.BUFFER_POOL), HELD] += 1


def _more_issued(world):
    world.state.ledger.counters[ISSUED] += 1


@pytest.mark.parametrize(
    ("harm", "says"),
    [(_one_fen, "money does not add up"), (_one_tonne, "credits do not add up"),
     (_more_issued, "credits do not add up")],
)
def test_a_run_with_wrong_books_stops(harm, says):
    """With the law that was broken, the phase, the month and the seed, in one line."""
    world = ten_agents(seed=7)
    world.run(5)
    harm(world)
    with pytest.raises(InvariantError) as error:
        world.run()
    message = str(error.value)
    assert says in message
    assert "(phase grow, month 2024-06, seed 7)" in message
    assert "\n" not in message
    assert (error.value.phase, error.value.month, error.value.seed) == ("grow", "2024-06", 7)


@pytest.mark.parametrize("harm", [_one_fen, _one_tonne, _more_issued])
def test_a_step_with_wrong_books_stops(harm):
    """Named after the phase that just ran."""
    world = ten_agents(seed=7)
    world.run(5)
    world.run_phase()
    harm(world)
    with pytest.raises(InvariantError) as error:
        world.run_phase()
    assert (error.value.phase, error.value.month) == ("join", "2024-06")


def _debt(world):
    world.state.ledger.fen[int(Account.EXCHANGE)] -= 1
    world.state.ledger.fen[int(Account.OUTSIDE)] += 1


def test_an_account_below_zero_stops_the_run():
    """Although all sums are right; looked at once a month."""
    world = ten_agents()
    world.run(5)
    _debt(world)
    with pytest.raises(InvariantError, match=r"below zero .* \(phase record, month 2024-06"):
        world.run()


def test_a_hidden_transfer_is_found_by_the_journal():
    """A fen from one firm to another: no sum changes, but no entry says so."""
    world = ten_agents()
    world.run(5)
    world.state.ledger.fen[int(Account.EXCHANGE)] += 1
    world.state.ledger.fen[int(Account.VERIFIER)] -= 1
    with pytest.raises(InvariantError, match="journal and balances differ on accounts 2, 3"):
        world.run_phase()


def test_emissions_that_are_not_covered_are_found():
    """Verified emissions = allowances + credits + shortfall, firm by firm."""
    world = ten_agents()
    world.run(13)
    world.state.firms.credited_t[3] += 1
    with pytest.raises(InvariantError, match=r"allowances \+ credits \+ rival credits \+ "):
        world.run_phase()


def test_more_found_than_hidden_is_found():
    """Audits find what is there."""
    world = ten_agents()
    world.run(13)
    world.state.firms.violation_found_t[3] += 1
    with pytest.raises(InvariantError, match="more is found than hidden"):
        world.run_phase()


def test_a_negative_bank_is_found():
    """Nobody owns less than nothing, even where the sums agree."""
    world = ten_agents()
    world.run(13)
    world.state.firms.bank_t[3] -= 1
    world.state.firms.allowances_sold_t[3] += 1
    with pytest.raises(InvariantError, match="less than no allowances"):
        world.run_phase()


def test_allowances_from_nowhere_are_found():
    """Given + bought = surrendered + sold + left, firm by firm."""
    world = ten_agents()
    world.run(13)
    world.state.firms.allowances_sold_t[3] += 1
    with pytest.raises(InvariantError, match="a firm's allowances"):
        world.run_phase()


def test_a_compiled_run_checks_the_same_laws():
    """docs/model.md: a run that breaks one of these stops, however it is stepped."""
    world = ten_agents()
    world.run(13)
    world.state.firms.credited_t[3] += 1
    with pytest.raises(InvariantError):
        world.run()


def _infinite_growth():
    world = ten_agents()
    world.state.projects.plant_t[0] = np.inf
    return world


def test_an_amount_that_cannot_be_counted_stops_the_run():
    """An infinite claim has no fee in fen."""
    world = _infinite_growth()
    world.run_phase()
    world.run_phase()
    with pytest.raises(InputError, match=r"too large to count in fen .*phase ask_verification"):
        world.run_phase()


def test_a_compiled_run_names_the_phase_that_failed():
    """The same as when it is stepped."""
    with pytest.raises(InputError, match="phase ask_verification"):
        _infinite_growth().run()


LARGE = {"firms.1.emissions_t_per_year": 1e9, "firms.1.emissions_deviation": 3.0,
         "firms.1.count": 300}


def test_a_scenario_too_large_to_count_is_refused_in_one_line():
    """Each number is within its bounds, their product is not within 64 bits."""
    with pytest.raises(InputError):
        ten_agents(**LARGE, **{"voluntary.budget_yuan_per_t": 10_000.0})


def test_a_bill_too_large_to_count_is_called_that():
    """Allowances for billions of tonnes, at a price that has grown for twenty years."""
    world = ten_agents(**LARGE, months=240, **{
        "voluntary.budget_yuan_per_t": 0.0,
        "allowance_price.price_yuan_per_t": 10_000.0, "allowance_price.growth_per_year": 0.5,
    })
    with pytest.raises(InputError, match=r"too large to count .*product is not"):
        world.run()


# Verified and sold in every month, planted in every year: every table grows.
BUSY = {
    "verification.fixed_cost_yuan": 0.0, "verification.delay_months": 0,
    **{f"firms.{group}.occasions_per_year": 365.0 for group in range(3)},
    **{f"firms.{group}.occasion_median_t": 500.0 for group in range(3)},
}


def _narrow(state, table):
    """The same state, with no room left in one of its tables, or in all."""
    used = {
        "stands": state.clock[Clock.STANDS], "deals": 0, "verifications": 0, "blocks": 0,
        "journal": state.ledger.counters[JOURNAL],
    }
    for name in used if table == "all" else [table]:
        if name in ("blocks", "journal"):
            rows = getattr(state.ledger, name)[: used[name]].copy()
            state = state._replace(ledger=state.ledger._replace(**{name: rows}))
        else:
            state = state._replace(**{name: getattr(state, name)[: used[name]].copy()})
    return state


@pytest.mark.parametrize("mechanism", BUSY_RULES)
@pytest.mark.parametrize("table", ["all", "stands", "deals", "verifications", "blocks", "journal"])
def test_tables_get_more_room_and_results_stay(mechanism, table):
    """Started without room for one more row: each table must ask for its own."""
    wide, narrow = ten_agents(mechanism, **BUSY), ten_agents(mechanism, **BUSY)
    narrow.state = _narrow(narrow.state, table)
    stepped = narrow.fork()
    wide.run()
    narrow.run()
    while not stepped.finished:
        stepped.run_phase()
    clock = wide.state.clock
    assert clock[Clock.STANDS] > 16
    assert clock[Clock.VERIFICATIONS] > 100
    assert clock[Clock.DEALS] > 100
    assert fingerprint(narrow) == fingerprint(wide) == fingerprint(stepped)
    narrow.check_books()


def test_a_run_of_two_hundred_years_ends():
    """Its books are right, and land treated long ago has stored almost all that it can."""
    world = World(load("tiny-eligible", {"months": 2400}), seed=3)
    world.run()
    assert world.finished
    world.check_books()
    removed = world.state.monthly.removed_t
    assert 0 < removed[-12:].sum() < 0.02 * removed[:12].sum()
