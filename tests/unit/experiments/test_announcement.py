"""What an announcement does, apart from the rule."""

import json

import numpy as np
import pytest

from agents.parameters import month_number
from experiments.announcement import Window, announcement_of, measure, windows_of
from experiments.cli import main
from simulation.errors import InputError
from simulation.scenario import load
from simulation.world import World

STORAGE = {"quote.strategy": "storage", "market.mechanism": "bilateral", "months": 60}


def test_the_window_is_from_the_announcement_to_the_date():
    """And what comes after it, to the end of the run."""
    found = windows_of(load("ccer-eligible", {"months": 60}))
    start = month_number("2023-12")
    assert found == Window(month_number("2026-01"), month_number("2027-01"), start + 60)


@pytest.mark.parametrize(("name", "overrides", "says"), [
    ("china-counties", {}, "no event is announced before"),
    ("ccer-eligible", {"months": 37}, "does not reach"),
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
    found = announcement_of(load("ccer-eligible", STORAGE), replicates=8)
    assert found.before["price_yuan_per_t"].low > 0
    assert found.before["volume_t"].high <= 0
    for name in ("volume_t", "proceeds_yuan"):
        known = found.after[name].mean - found.surprise[name].mean
        assert found.known[name].mean == pytest.approx(known)


def test_who_does_not_look_ahead_makes_no_difference_before_the_date():
    """Focal sellers: every number before the date is zero, and a surprise is no surprise."""
    found = announcement_of(load("ccer-eligible", {"months": 60}), replicates=3)
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
    assert (found["announced"], found["effective"]) == ("2026-01", "2027-01")
    assert set(found["effects"]) == {"before", "after", "surprise", "known"}
    assert np.isfinite(found["effects"]["after"]["volume_t"]["mean"])
