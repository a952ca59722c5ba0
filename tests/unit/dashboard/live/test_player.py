"""A run that is played, rewound and forked is the run that the command line makes."""

import time

import pytest

from dashboard.live import lane as lane_module
from dashboard.live.lane import Lane
from dashboard.live.player import FASTEST, Player
from simulation.errors import InputError, InvariantError, ScenarioError
from simulation.month import PHASES
from simulation.results import fingerprint, simulate
from simulation.scenario import load
from simulation.world import World

MONTHS = 40


@pytest.fixture
def scenario():
    return load("tiny-eligible", {"months": MONTHS})


def wait_for(player, seconds=20.0):
    end = time.perf_counter() + seconds
    while player.playing:
        assert time.perf_counter() < end, player.lane.world.month
        time.sleep(0.005)


def run_to(scenario, month, seed=1):
    world = World(scenario, seed)
    world.run(month + 1 - scenario.start)
    return world


def test_played_at_full_speed_no_month_is_lost(scenario):
    player = Player(scenario, 3)
    player.set_speed(FASTEST)
    player.play()
    wait_for(player)
    assert player.finished
    assert player.stepped == MONTHS
    assert fingerprint(player.lane.world) == fingerprint(simulate(scenario, 3).world)


def test_speed_is_kept_within_a_month(scenario):
    player = Player(scenario)
    player.set_speed(60)
    begun = time.perf_counter()
    player.play()
    time.sleep(0.4)
    player.pause()
    took = time.perf_counter() - begun
    with player.still():
        ran = player.lane.world.month - scenario.start
    # A busy machine may lag; it may never run ahead.
    assert 2 <= ran <= 60 * took + 1


def test_pause_lets_no_further_month_begin(scenario):
    player = Player(scenario)
    player.set_speed(FASTEST)
    player.play()
    player.pause()
    with player.still():
        month = player.lane.world.month
    time.sleep(0.1)
    assert player.lane.world.month == month
    assert not player.playing


def test_phases_add_up_to_months(scenario):
    player = Player(scenario)
    for _ in range(2 * len(PHASES) + 3):
        player.step_phase()
    assert player.lane.in_month
    player.step_month()
    assert not player.lane.in_month
    assert fingerprint(player.lane.world) == fingerprint(run_to(scenario, scenario.start + 2))


@pytest.mark.parametrize("place", [0, 1, 11, 12, 13, 30, MONTHS - 2])
def test_looking_back_shows_the_month_as_it_was(scenario, place):
    player = Player(scenario)
    player.run_to(scenario.stop)
    month = scenario.start + place
    player.look_at(scenario.start + 5)
    player.look_at(month)
    assert player.viewed == month
    assert fingerprint(player.shown_world()) == fingerprint(run_to(scenario, month))
    player.look_at(scenario.stop)
    assert player.viewed is None
    assert fingerprint(player.shown_world()) == fingerprint(simulate(scenario, 1).world)


def test_going_on_from_an_earlier_month_repeats_the_future_and_drops_later_moves(scenario):
    player = Player(scenario)
    player.run_to(scenario.start + 9)
    player.set_lever("compliance.offset_limit", 0.2)
    player.run_to(scenario.start + 25)
    player.set_lever("market.mechanism", "call_auction")
    player.run_to(scenario.start + 30)
    player.look_at(scenario.start + 15)
    player.continue_here()
    assert player.lane.world.month == scenario.start + 16
    assert [move.key for move in player.moves] == ["compliance.offset_limit"]
    player.run_to(scenario.stop)
    other = Player(scenario)
    other.run_to(scenario.start + 9)
    other.set_lever("compliance.offset_limit", 0.2)
    other.run_to(scenario.stop)
    assert fingerprint(player.lane.world) == fingerprint(other.lane.world)


def test_a_fork_with_the_same_levers_repeats_the_future(scenario):
    player = Player(scenario)
    player.run_to(scenario.start + 20)
    player.look_at(scenario.start + 11)
    player.fork()
    assert player.shown == 1
    assert player.lanes[1].begun == scenario.start + 12
    player.run_to(scenario.stop)
    first, second = (fingerprint(lane.world) for lane in player.lanes)
    assert first == second == fingerprint(simulate(scenario, 1).world)


def test_a_fork_goes_its_own_way_with_the_same_luck(scenario):
    player = Player(scenario)
    player.run_to(scenario.start + 8)
    player.fork()
    player.set_lever("price_limits.floor_yuan_per_t", 55.0)
    assert player.lanes[0].moves == []
    assert len(player.lanes[1].moves) == 1
    player.set_speed(FASTEST)
    player.play()
    wait_for(player)
    first, second = (lane.world.state.monthly for lane in player.lanes)
    assert (first.allowance_price == second.allowance_price).all()
    assert (first[:9] == second[:9]).all()
    assert (first.value_fen != second.value_fen).any()
    assert fingerprint(player.lanes[0].world) == fingerprint(simulate(scenario, 1).world)


def test_a_fork_that_lies_behind_catches_up_first(scenario):
    player = Player(scenario)
    player.run_to(scenario.start + 20)
    player.look_at(scenario.start + 17)
    player.fork()
    months = []
    for _ in range(5):
        player.step_month()
        months.append(tuple(lane.world.month - scenario.start for lane in player.lanes))
    assert months == [(21, 19), (21, 20), (21, 21), (22, 22), (23, 23)]


def test_a_lever_put_back_leaves_no_trace(scenario):
    player = Player(scenario)
    player.step_month()
    before = player.lane.world.scenario
    player.set_lever("compliance.offset_limit", 0.3)
    player.set_lever("compliance.offset_limit", 0.4)
    assert [move.value for move in player.moves] == [0.4]
    player.set_lever("compliance.offset_limit", before.compliance.offset_limit)
    assert player.moves == ()
    assert player.lane.world.scenario.events == before.events


def test_a_lever_moved_twice_may_rest_on_what_it_was_in_between(scenario):
    player = Player(scenario, 2)
    player.run_to(scenario.start + 3)
    player.set_lever("price_limits.floor_yuan_per_t", 40.0)
    player.step_month()
    for key, value in (("floor", 0.0), ("ceiling", 33.0), ("floor", 20.0), ("floor", 25.0)):
        player.set_lever(f"price_limits.{key}_yuan_per_t", value)
    before = player.lane.world.scenario
    with pytest.raises(ScenarioError):
        player.set_lever("price_limits.floor_yuan_per_t", 50.0)
    assert player.lane.world.scenario is before
    now = before.at(player.lane.world.month).price_limits
    assert (now.floor_yuan_per_t, now.ceiling_yuan_per_t) == (25.0, 33.0)
    player.run_to(scenario.start + 9)
    assert player.lane.failure is None
    player.look_at(scenario.start + 2)
    player.fork()
    assert player.moves == ()


def test_going_on_from_before_the_fork_shows_all_of_it(scenario):
    player = Player(scenario)
    player.run_to(scenario.start + 20)
    player.fork()
    player.run_to(scenario.start + 25)
    player.look_at(scenario.start + 10)
    player.continue_here()
    assert player.lane.begun == scenario.start + 11


def test_a_lever_that_may_not_be_moved_so_changes_nothing(scenario):
    player = Player(scenario)
    player.set_lever("compliance.offset_limit", 0.3)
    before = player.lane.world.scenario
    for key, value in (
        ("compliance.offset_limit", 1.5), ("quote.anchor_weight", 0.5), ("market.mechanism", "x"),
    ):
        with pytest.raises(ScenarioError):
            player.set_lever(key, value)
    assert player.lane.world.scenario is before
    assert len(player.moves) == 1


def test_under_perfect_foresight_nothing_is_moved_by_hand():
    player = Player(load("tiny", {"expectations.foresight": "perfect"}))
    with pytest.raises(ScenarioError, match="perfect"):
        player.set_lever("compliance.eligible", True)


def test_few_snapshots_make_looking_back_slower_and_not_wrong(scenario, monkeypatch):
    monkeypatch.setattr(lane_module, "MOST_BYTES", 1)
    player = Player(scenario)
    player.run_to(scenario.stop)
    assert len(player.lane._snapshots) <= 3
    player.look_at(scenario.start + 26)
    assert fingerprint(player.shown_world()) == fingerprint(run_to(scenario, scenario.start + 26))


def test_a_fault_stops_the_lane_and_leaves_the_record_and_the_way_back(scenario, monkeypatch):
    real = World.run

    def broken(self, months=None):
        if self.month == scenario.start + 15:
            raise InvariantError("money is gone", phase="settle", month="2025-04", seed=1)
        real(self, months)

    monkeypatch.setattr(World, "run", broken)
    player = Player(scenario)
    player.set_speed(FASTEST)
    player.play()
    wait_for(player)
    assert player.finished
    assert player.lane.world.month == scenario.start + 15
    assert "money is gone" in player.lane.failure.text
    assert "phase settle" in player.lane.failure.text
    player.look_at(scenario.start + 10)
    player.continue_here()
    assert player.lane.failure is None
    assert player.lane.world.month == scenario.start + 11
    monkeypatch.undo()
    player.run_to(scenario.stop)
    assert fingerprint(player.lane.world) == fingerprint(simulate(scenario, 1).world)


def test_any_other_error_names_month_and_seed(scenario, monkeypatch):
    monkeypatch.setattr(World, "run", lambda self, months=None: [][0])
    lane = Lane(World(scenario, 7))
    lane.step_month()
    assert "IndexError" in lane.failure.text
    assert "seed 7" in lane.failure.text
    assert "Traceback" in lane.failure.trace


def fails_from(monkeypatch, month):
    """Let every run stop for a fault as a month begins."""
    real = World.run

    def broken(self, months=None):
        if months and self.month + months > month:
            raise InvariantError("money is gone", phase="settle", month="2025-04", seed=1)
        real(self, months)

    monkeypatch.setattr(World, "run", broken)


def test_no_lever_of_a_future_that_has_stopped_can_be_moved(scenario, monkeypatch):
    fails_from(monkeypatch, scenario.start + 5)
    player = Player(scenario)
    player.run_to(scenario.start + 9)
    assert player.lane.failure is not None
    with pytest.raises(ScenarioError, match="has stopped for a fault"):
        player.set_lever("compliance.offset_limit", 0.2)
    assert player.moves == ()


def test_a_fork_of_a_future_that_has_stopped_begins_after_its_last_whole_month(
    scenario, monkeypatch
):
    fails_from(monkeypatch, scenario.start + 5)
    player = Player(scenario)
    player.run_to(scenario.start + 9)
    player.fork()
    assert player.lane.failure is None
    assert player.lane.world.month == scenario.start + 5
    assert fingerprint(player.lane.world) == fingerprint(run_to(scenario, scenario.start + 4))


def test_going_on_from_later_than_one_future_stopped_leaves_it_stopped(scenario, monkeypatch):
    player = Player(scenario)
    player.run_to(scenario.start + 3)
    player.fork()
    fails_from(monkeypatch, scenario.start + 6)
    player.lanes[0].step_month()
    while player.lanes[0].failure is None:
        player.lanes[0].step_month()
    monkeypatch.undo()
    player.run_to(scenario.start + 12)
    player.look_at(scenario.start + 9)
    player.continue_here()
    assert [lane.world.month - scenario.start for lane in player.lanes] == [6, 10]
    assert player.lanes[0].failure is not None


@pytest.mark.parametrize("phases", [0, 2])
def test_a_lever_that_waits_is_kept_and_waits_in_the_fork_too(scenario, phases):
    player = Player(scenario)
    player.run_to(scenario.start + 4)
    for _ in range(phases):
        player.step_phase()
    player.set_lever("compliance.offset_limit", 0.2)
    player.fork()
    first, second = player.lanes
    assert first.moves == second.moves
    assert len(first.moves) == 1
    player.run_to(scenario.start + 20)
    assert fingerprint(first.world) == fingerprint(second.world)


def test_two_moves_in_a_month_are_one(scenario):
    player = Player(scenario)
    player.run_to(scenario.start + 4)
    player.step_phase()
    player.set_lever("compliance.offset_limit", 0.2)
    player.set_lever("compliance.offset_limit", 0.3)
    assert [(move.month, move.value) for move in player.moves] == [(scenario.start + 6, 0.3)]


def test_before_the_beginning_there_is_only_the_beginning(scenario):
    player = Player(scenario)
    player.run_to(scenario.start + 14)
    start = fingerprint(World(scenario, 1))
    lane = player.lane
    assert fingerprint(lane.look_at(scenario.start - 9)) == start
    assert fingerprint(lane.forked(scenario.start - 9).world) == start
    lane.rewind(scenario.start - 9)
    assert lane.world.month == scenario.start
    player.run_to(scenario.start + 14)
    player.look_at(scenario.start + 3)
    assert fingerprint(player.shown_world()) == fingerprint(run_to(scenario, scenario.start + 3))


def test_a_mistake_in_moving_leaves_the_timeline_as_it_was(scenario, monkeypatch):
    player = Player(scenario)
    player.set_lever("compliance.offset_limit", 0.2)
    before = player.lane.world.scenario
    monkeypatch.setattr(World, "set_lever", lambda self, key, value, month: {}[key])
    with pytest.raises(KeyError):
        player.set_lever("compliance.offset_limit", 0.3)
    assert player.lane.world.scenario is before
    assert [move.value for move in player.moves] == [0.2]


def test_every_player_has_a_number_of_its_own(scenario):
    numbers = [Player(scenario).number for _ in range(5)]
    assert len(set(numbers)) == 5


@pytest.mark.parametrize("speed", [-1, 241, 2.5, "6", None])
def test_a_speed_out_of_range_is_refused(scenario, speed):
    player = Player(scenario)
    with pytest.raises(InputError, match="speed"):
        player.set_speed(speed)
