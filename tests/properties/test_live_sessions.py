"""Whatever is done to a live run, the saved scenario gives the same numbers again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.live.address import wish_of
from dashboard.live.files import saved_scenario
from dashboard.live.opening import open_player
from dashboard.live.session import Session
from simulation.results import fingerprint
from simulation.scenario import load
from simulation.world import World

MOVES = st.sampled_from([
    ("compliance.eligible", True), ("compliance.eligible", False),
    ("compliance.offset_limit", 0.2), ("compliance.offset_limit", 0.01),
    ("market.mechanism", "call_auction"), ("market.mechanism", "listing"),
    ("market.mechanism", "continuous"), ("price_limits.floor_yuan_per_t", 28.0),
    ("price_limits.floor_yuan_per_t", 0.0), ("price_limits.ceiling_yuan_per_t", 33.0),
    ("price_limits.ceiling_yuan_per_t", 0.0), ("price_limits.floor_yuan_per_t", 40.0),
    ("verification.buffer_share", 0.3), ("eligibility.provinces", ["Jiangxi"]),
    ("reinvestment.earmarked_share", 0.9), ("voluntary.subsidy_yuan_per_t", 12.5),
])
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("months"), st.integers(1, 9)),
        st.tuples(st.just("phases"), st.integers(1, 40)),
        st.tuples(st.just("move"), MOVES),
        st.tuples(st.just("look"), st.integers(-2, 40)),
        st.tuples(st.just("continue"), st.none()),
        st.tuples(st.just("fork"), st.none()),
        st.tuples(st.just("show"), st.integers(0, 1)),
    ), min_size=1, max_size=14,
)


def do(session, action, value):
    """One thing that somebody does on the page."""
    player = session.player
    if action == "months":
        for _ in range(value):
            player.step_month()
    elif action == "phases":
        for _ in range(value):
            player.step_phase()
    elif action == "move":
        session.move(*value)
    elif action == "look":
        player.look_at(player.lane.world.scenario.start + value)
    elif action == "continue":
        player.continue_here()
    elif action == "fork":
        player.fork()
    else:
        player.show(value)


@settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(actions=ACTIONS, seed=st.integers(1, 5))
def test_a_saved_session_is_replayed_to_the_last_bit(actions, seed, tmp_path_factory):
    session = Session(f"scenario=tiny-eligible&seed={seed}", "en")
    for action, value in actions:
        do(session, action, value)
    player = session.player
    # Wherever it is taken, the address shows the same months and leads to the same end.
    opened, stands = open_player(wish_of(session.address().removeprefix("/?"))), player.lane.world
    shown = stands.month if player.viewed is None else player.viewed + 1
    assert opened.lane.world.month == shown
    assert opened.moves == player.moves
    ends = []
    for lane in player.lanes:
        # The future that is looked at tells how far; the other is known as far as it has run.
        world = lane.world.fork()
        world.run()
        ends.append(fingerprint(world))
    opened.run_to(stands.scenario.stop)
    # The past before a fork is one, so a fork is not lost where it has not begun to differ.
    assert [fingerprint(lane.world) for lane in opened.lanes] == ends
    for lane in player.lanes:
        # The month under way is no month of the record yet.
        while lane.in_month:
            lane.step_phase()
    folder = tmp_path_factory.mktemp("saved")
    for place in range(len(player.lanes)):
        player.show(place)
        path = folder / f"{place}.toml"
        path.write_text(saved_scenario(session), encoding="utf-8")
        world = World(load(str(path)), seed)
        world.run(player.lane.world.month - world.month)
        world.check_books()
        assert fingerprint(world) == fingerprint(player.lane.world)
        # The address says the same.
        again = open_player(wish_of(session.address().removeprefix("/?")))
        if player.viewed is None and player.lane.world.month > world.scenario.start:
            assert fingerprint(again.lane.world) == fingerprint(player.lane.world)


@pytest.mark.parametrize(
    "scenario", ["ziyang", "integrity", "china-national", "california", "mixed"]
)
def test_sessions_of_other_worlds_are_replayed_too(scenario, tmp_path):
    session = Session(f"scenario={scenario}&seed=2&set=months=30"
                      "&set=voluntary.demand_scale=0.6&set=growth.plant_scale=1.1", "en")
    assert not session.trouble, session.notice
    player = session.player
    player.run_to(player.lane.world.scenario.start + 4)
    session.move("price_limits.ceiling_yuan_per_t", 45.0)
    session.move("verification.delay_months", 6)
    player.run_to(player.lane.world.scenario.start + 20)
    assert not session.trouble, session.notice
    path = tmp_path / "saved.toml"
    path.write_text(saved_scenario(session), encoding="utf-8")
    world = World(load(str(path)), 2)
    world.run(21)
    assert fingerprint(world) == fingerprint(player.lane.world)
