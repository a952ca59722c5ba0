"""The run beside is the one that the command line makes of the scenario without the rule."""

import time

import pytest

from dashboard.live import player as player_module
from dashboard.live.frame import seen
from dashboard.live.player import FASTEST, Player
from experiments.rule_effects import without_rules
from simulation.results import fingerprint, simulate
from simulation.scenario import load
from simulation.world import World

ELIGIBLE = 2027 * 12


def run_without(scenario, date, months, seed=1):
    dates = [date] if isinstance(date, int) else date
    world = World(without_rules(scenario, dates), seed)
    world.run(months)
    return world


def played(scenario, months, seed=1):
    player = Player(scenario, seed)
    player.run_to(scenario.start + months - 1)
    while player.catch_up():
        pass
    return player


@pytest.mark.parametrize(("name", "settings"), [
    ("tiny-eligible", {}), ("tiny-eligible", {"expectations.foresight": "perfect"}),
])
def test_it_is_the_run_of_the_scenario_without_the_rule(name, settings):
    scenario = load(name, {**settings, "months": 60})
    player = played(scenario, 60, seed=3)
    beside = player.beside
    assert beside.rules.date == ELIGIBLE
    assert beside.rules.changes == (("compliance.eligible", False, True),)
    assert fingerprint(beside.world) == fingerprint(run_without(scenario, ELIGIBLE, 60, 3))
    # It does not touch the run that is watched.
    assert fingerprint(player.lane.world) == fingerprint(simulate(scenario, 3).world)


def test_the_steps_of_a_rule_are_left_out_as_a_whole():
    scenario = load("australia")
    first = 2025 * 12
    player = played(scenario, first - scenario.start + 1, seed=2)
    begun, dates = player.beside, tuple(first + 12 * year for year in range(6))
    assert begun.rules.dates == dates
    assert begun.rules.steps == 1
    player.run_to(first + 12 * 3)
    while player.catch_up():
        pass
    # It goes on; only what is told of it has changed.
    assert player.beside is begun
    ceiling = ("allowance_market.ceiling_yuan_per_t", 75.0, 81.18)
    assert (begun.rules.changes, begun.rules.steps) == ((ceiling,), 4)
    left = run_without(scenario, dates, player.lane.world.month - scenario.start, 2)
    assert fingerprint(begun.world) == fingerprint(left)
    # A lever in between is the latest rule then, and the steps after it are a story of their own.
    player.set_lever("compliance.offset_limit", 0.5)
    player.run_to(first + 12 * 4 - 1)
    assert player.beside.rules.changes[0][0] == "compliance.offset_limit"
    player.run_to(scenario.stop)
    while player.catch_up():
        pass
    assert player.beside.rules.dates == dates[4:]
    left = run_without(player.lane.world.scenario, dates[4:], scenario.months, 2)
    assert fingerprint(player.beside.world) == fingerprint(left)


def test_no_rule_no_run_beside():
    player = played(load("tiny"), 12)
    assert player.beside is None
    eligible = load("tiny-eligible")
    player = played(eligible, ELIGIBLE - eligible.start)
    assert player.beside is None


def test_a_lever_moved_by_hand_is_what_is_left_out_from_then_on():
    scenario = load("tiny-eligible", {"months": 70})
    player = played(scenario, 50, seed=2)
    player.set_lever("price_limits.floor_yuan_per_t", 60.0)
    player.step_month()
    moved = player.lane.moves[0].month
    assert player.beside.rules.date == moved
    assert player.beside.rules.changes == (("price_limits.floor_yuan_per_t", 0.0, 60.0),)
    player.run_to(scenario.stop)
    assert fingerprint(player.beside.world) == fingerprint(simulate(scenario, 2).world)


def test_going_on_from_an_earlier_month_begins_it_anew():
    scenario = load("tiny-eligible", {"months": 60})
    player = played(scenario, 55)
    first = player.beside
    player.look_at(ELIGIBLE + 2)
    player.continue_here()
    player.step_month()
    while player.catch_up():
        pass
    assert player.beside.world.month == player.lane.world.month == ELIGIBLE + 4
    player.look_at(ELIGIBLE + 2)
    player.continue_here()
    player.set_lever("compliance.offset_limit", 0.5)
    player.run_to(ELIGIBLE + 2)
    player.step_month()
    assert player.beside is not first
    assert player.beside.rules.changes[0][0] == "compliance.offset_limit"
    while player.catch_up():
        pass
    assert player.beside.world.month == player.lane.world.month == ELIGIBLE + 4


def test_a_fork_is_compared_with_the_other_future():
    scenario = load("tiny-eligible", {"months": 60})
    player = played(scenario, 50)
    player.look_at(ELIGIBLE + 3)
    player.fork()
    player.set_lever("price_limits.floor_yuan_per_t", 60.0)
    player.run_to(scenario.stop)
    assert player.beside is None
    frame = seen(player, 1, "en")
    assert frame.beside.rules is None
    assert frame.beside.date == ELIGIBLE + 4
    assert len(frame.beside.monthly) == 60
    player.show(0)
    other = seen(player, 2, "en").beside
    assert other.latest.price == frame.beside.latest.price_without
    assert other.latest.volume_without_t == frame.beside.latest.volume_t


def test_the_month_of_a_new_rule_is_held_at_speeds_at_which_one_reads(monkeypatch):
    monkeypatch.setattr(player_module, "HOLD_S", 60.0)
    scenario = load("tiny-eligible", {"months": 60})
    player = Player(scenario)
    player.run_to(ELIGIBLE - 4)
    player.set_speed(12)
    player.play()
    time.sleep(1.2)
    player.pause()
    assert player.lane.world.month == ELIGIBLE + 1
    # Not where one wants to see the end.
    player.set_speed(FASTEST)
    player.play()
    deadline = time.perf_counter() + 20
    while player.playing and time.perf_counter() < deadline:
        time.sleep(0.01)
    assert player.finished


def test_a_fault_beside_leaves_the_run_alone(monkeypatch):
    scenario = load("tiny-eligible", {"months": 60})
    player = played(scenario, 40)
    monkeypatch.setattr(type(player.beside.world), "run", _broken_for(player.beside.world))
    player.run_to(scenario.stop)
    assert player.beside.world is None
    assert player.finished
    assert player.lane.failure is None
    assert seen(player, 1, "en").beside is None


def _broken_for(world):
    whole = type(world).run

    def run(self, months=None):
        if self is world:
            raise ValueError("broken")
        whole(self, months)

    return run


def test_a_coming_rule_that_is_cancelled_does_not_come_beside_either():
    """What changes on the timeline after the run beside was made, it takes over."""
    scenario = load("tiny-eligible")
    start = scenario.start
    player = played(scenario, 21)
    player.set_lever("price_limits.floor_yuan_per_t", 35.0)
    player.run_to(ELIGIBLE - 1)
    player.set_lever("compliance.eligible", False)
    player.run_to(start + 80)
    while player.catch_up():
        pass
    rules = player.beside.rules
    assert rules.changes == (("price_limits.floor_yuan_per_t", 0.0, 35.0),)
    months = player.lane.world.month - start
    left = run_without(player.lane.world.scenario, rules.date, months)
    assert fingerprint(player.beside.world) == fingerprint(left)


def test_a_waiting_lever_that_is_taken_back_does_not_come_beside():
    scenario = load("tiny-eligible")
    player = played(scenario, 21)
    player.set_lever("compliance.offset_limit", 0.2)
    for _ in range(3):
        player.step_phase()
    player.set_lever("price_limits.floor_yuan_per_t", 60.0)
    player.step_month()
    assert player.beside.rules.changes[0][0] == "compliance.offset_limit"
    player.set_lever("price_limits.floor_yuan_per_t", 0.0)
    player.run_to(scenario.start + 30)
    while player.catch_up():
        pass
    rules = player.beside.rules
    left = run_without(player.lane.world.scenario, rules.date, 31)
    assert fingerprint(player.beside.world) == fingerprint(left)


def test_after_going_on_from_an_earlier_month_and_after_a_fork_it_is_there_again():
    player = played(load("tiny-eligible"), 61)
    player.look_at(ELIGIBLE + 10)
    player.continue_here()
    while player.catch_up():
        pass
    assert seen(player, 1, "en").beside.rules.date == ELIGIBLE
    player.fork()
    player.run_to(player.lane.world.scenario.stop)
    player.drop_fork()
    while player.catch_up():
        pass
    assert seen(player, 2, "en").beside.rules.date == ELIGIBLE


def test_where_later_rules_rest_on_it_there_is_none_and_it_says_so():
    player = played(load("tiny-eligible"), 12)
    month = player.lane.world.month
    player.set_lever("price_limits.ceiling_yuan_per_t", 33.0)
    player.step_month()
    player.set_lever("price_limits.ceiling_yuan_per_t", 0.0, month=month + 3)
    player.step_month()
    player.set_lever("price_limits.floor_yuan_per_t", 40.0, month=month + 9)
    player.run_to(month + 4)
    assert player.beside.rules.date == month + 3
    frame = seen(player, 1, "en")
    assert frame.beside is None
    assert frame.hopeless
    assert frame.awaited.date == month + 3


def test_a_future_that_waits_for_the_other_is_not_held_again(monkeypatch):
    monkeypatch.setattr(player_module, "HOLD_S", 60.0)
    player = Player(load("tiny-eligible", {"months": 60}))
    player.run_to(ELIGIBLE)
    player.look_at(ELIGIBLE - 6)
    player.fork()
    player.show(0)
    player.set_speed(12)
    player.play()
    time.sleep(1.2)
    player.pause()
    # The second future has gone its six months, and only the next rule of both would hold.
    assert player.lanes[1].world.month > ELIGIBLE - 2


def test_a_fork_before_the_rule_can_go_without_it():
    scenario = load("tiny-eligible", {"months": 60})
    player = Player(scenario, 2)
    player.fork_before_rule()
    assert len(player.lanes) == 1
    player.run_to(scenario.stop)
    player.fork_before_rule()
    assert player.lane is player.lanes[1]
    assert player.lane.world.month == ELIGIBLE
    player.set_lever("compliance.eligible", False)
    fork = player.lane
    player.run_to(scenario.stop)
    # It was announced, so firms counted on it; from its month on nobody buys for compliance.
    bought = [lane.world.state.monthly.compliance_t[ELIGIBLE - scenario.start:].sum()
              for lane in player.lanes]
    assert bought[0] > 0
    assert bought[1] == 0
    # A second one is asked for before the first is dropped, so it has no short way.
    player.fork_before_rule()
    assert player.lanes[1] is fork
