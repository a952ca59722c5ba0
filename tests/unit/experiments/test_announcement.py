"""What an announcement does, apart from the rule."""

import json

import numpy as np
import pytest

from agents.parameters import month_number
from experiments.announcement import (
    Window,
    announcements_of,
    measure,
    nobody_acts,
    windows_of,
)
from experiments.cli import main
from simulation.errors import InputError
from simulation.scenario import load
from simulation.world import World

STORAGE = {"quote.strategy": "storage", "market.mechanism": "bilateral", "months": 60}


def test_the_window_is_from_the_announcement_to_the_date():
    """And what comes after it, to the end of the run."""
    found = windows_of(load("ccer-eligible", {"months": 60}))
    start = month_number("2023-12")
    assert found == [Window(0, month_number("2026-01"), month_number("2027-01"), start + 60)]


@pytest.mark.parametrize(("name", "overrides", "says"), [
    ("china-counties", {}, "no event is announced before"),
    ("ccer-eligible", {"months": 37}, "takes effect between"),
    ("ccer-eligible", {"start": "2027-01"}, "takes effect between"),
    ("ccer-eligible", {"expectations.foresight": "perfect"}, "nothing can be a surprise"),
])
def test_without_an_announcement_there_is_nothing_to_tell(name, overrides, says):
    """One line, with the way out."""
    with pytest.raises(InputError, match=says):
        windows_of(load(name, overrides))


def test_trade_is_measured_within_the_months():
    """All windows together are the run."""
    world = World(load("ccer-eligible", {"months": 60}), 1)
    world.run()
    first, stop = world.scenario.start, world.scenario.stop
    whole = measure(world, first, stop)
    parts = [measure(world, first, first + 40), measure(world, first + 40, stop)]
    assert whole["volume_t"] == sum(part["volume_t"] for part in parts) > 0
    assert whole["proceeds_yuan"] == pytest.approx(sum(part["proceeds_yuan"] for part in parts))
    value = sum(part["price_yuan_per_t"] * part["volume_t"] for part in parts)
    assert whole["price_yuan_per_t"] == pytest.approx(value / whole["volume_t"])
    assert measure(world, first, first)["price_yuan_per_t"] is None


def test_the_announcement_and_the_rule_are_told_apart():
    """Sellers who store raise the price before the date; what knowing adds is the difference."""
    found, = announcements_of(load("ccer-eligible", STORAGE), replicates=8)
    assert found.before["price_yuan_per_t"].low > 0
    assert found.before["volume_t"].high <= 0
    for name in ("volume_t", "proceeds_yuan"):
        known = found.after[name].mean - found.surprise[name].mean
        assert found.known[name].mean == pytest.approx(known)


def test_who_does_not_look_ahead_makes_no_difference_before_the_date():
    """Focal sellers: every number before the date is zero, and a surprise is no surprise."""
    scenario = load("ccer-eligible", {"months": 60})
    assert nobody_acts(scenario)
    assert not nobody_acts(load("ccer-eligible", STORAGE))
    found, = announcements_of(scenario, replicates=3)
    for part in (found.before, found.known):
        assert all(interval.mean == 0.0 for interval in part.values())
    assert found.after["volume_t"].low > 0


@pytest.mark.parametrize(("language", "word"), [("en", "by surprise"), ("zh", "预先知晓")])
def test_the_table_and_the_numbers_from_the_command_line(capsys, language, word):
    """In both languages; JSON has everything."""
    words = ["announcement", "ccer-eligible", "-n", "2", "--set", "months=50"]
    main([*words, "-l", language])
    assert word in capsys.readouterr().out
    main([*words, "--json"])
    found = json.loads(capsys.readouterr().out)
    one, = found["events"]
    assert (one["announced"], one["effective"]) == ("2026-01", "2027-01")
    assert one["set"] == {"compliance.eligible": True}
    assert set(one["effects"]) == {"before", "after", "surprise", "known"}
    assert np.isfinite(one["effects"]["after"]["volume_t"]["mean"])


def test_every_announced_event_has_its_own_window_and_its_own_world_without_it():
    """A tax that is announced early, and eligibility; the tax alone moves nothing here."""
    scenario = load("ccer-eligible", {**STORAGE, "events": [
        {"announced": "2026-01", "effective": "2027-01", "set": {"compliance.eligible": True}},
        {"announced": "2024-06", "effective": "2025-06", "set": {"transaction_tax.share": 0.2}},
        {"announced": "2023-12", "effective": "2023-12", "set": {"quota.share": 0.0}},
    ]})
    tax, eligible = announcements_of(scenario, replicates=4)
    assert [one.window.event for one in (tax, eligible)] == [1, 0]
    assert tax.after["proceeds_yuan"].mean < 0.0 < eligible.after["proceeds_yuan"].mean
    # Nobody foresees a tax on deals.
    assert tax.before["volume_t"].mean == 0.0
    assert eligible.before["price_yuan_per_t"].mean > 0.0


def test_allowances_and_reserves_are_measured_where_there_are_any(capsys):
    """A ceiling that rises moves the allowance price, which is told; a reserve grows ahead."""
    main(["announcement", "australia", "-n", "2"])
    shown = capsys.readouterr().out
    assert shown.count("allowance_market.ceiling") == 6
    assert "Allowance price" in shown
    assert "AUD/t" in shown
    found, = announcements_of(load("ccer-eligible", {
        "voluntary.green_reserve_weight": 3.0, "months": 60,
    }), replicates=4)
    assert found.before["green_held_t"].mean > 0
    assert found.known["green_held_t"].mean == 0.0
