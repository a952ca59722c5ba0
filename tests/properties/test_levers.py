"""Every lever: moved by an event of the timeline or by hand in a fork, it gives one future."""

import numpy as np
import pytest

from agents.parameters import month_text
from simulation.errors import InputError
from simulation.results import fingerprint
from simulation.scenario import LEVERS, declared, load
from simulation.world import World

MONTH = 17
LEVER_KEYS = sorted(LEVERS)
DECLARED = {item.key: item for item in declared()}
# A floor above the asks and a ceiling below them would leave every run alike: nobody trades.
CHOSEN = {
    "price_limits.floor_yuan_per_t": 21.0, "price_limits.ceiling_yuan_per_t": 29.0,
    "price_limits.band_share": 0.02, "trading_units.tick_yuan_per_t": 3.0,
    "trading_units.lot_t": 3000, "registry.opens": "2026-09",
    "eligibility.provinces": ["Jiangxi"], "eligibility.credit_classes": ["terraces"],
    "eligibility.first_vintage_year": 2024, "eligibility.last_vintage_year": 2025,
}


def other_value(key):
    """An allowed value that is not the one in force."""
    if key in CHOSEN:
        return CHOSEN[key]
    item, now = DECLARED[key], load("tiny-eligible").model_dump(mode="json")
    for part in key.split("."):
        now = now[part]
    if isinstance(now, bool):
        return not now
    if item.choices:
        return next(choice for choice in item.choices if choice != now)
    if isinstance(now, int):
        return now + 1 if now < item.high else now - 1
    step = (min(item.high, 4.0 * now + 1.0) - now) / 2.0
    return now + step if step > 0 else now - (now - item.low) / 2.0


def histories(path, key=""):
    base = {"months": 48, "allowance_price.path": path, "projects.1.credit_class": "terraces"}
    if path == "endogenous":
        base |= {"firms.1.free_share": 0.8, "firms.2.free_share": 0.9}
    if key == "allowance_market.reserve_on":
        # It takes from auctions.
        base |= {"allowance_market.auction_share": 0.5, "banking.rule": "unlimited"}
    return base


@pytest.mark.parametrize("path", ["mean_reverting", "endogenous"])
@pytest.mark.parametrize("key", LEVER_KEYS)
def test_an_event_is_a_fork_with_the_lever_moved(key, path):
    """To the last bit: months, agents, deals, blocks and the journal."""
    plain = load("tiny-eligible", histories(path, key))
    when = plain.start + MONTH
    event = {
        "announced": month_text(when), "effective": month_text(when),
        "set": {key: other_value(key)},
    }
    past = World(plain, 3)
    past.run(MONTH)
    fork = past.fork()
    events = [*plain.model_dump(mode="json")["events"], event]
    changed = {**histories(path, key), "events": events}
    if (key, path) == ("compliance.deadline_month", "endogenous"):
        # What the timeline refuses is refused by hand as well.
        with pytest.raises(InputError, match="Set it to 12"):
            load("tiny-eligible", changed)
        with pytest.raises(InputError, match="Set it to 12"):
            fork.set_lever(key, other_value(key))
        return
    timeline = World(load("tiny-eligible", changed), 3)
    timeline.run()
    fork.set_lever(key, other_value(key))
    fork.run()
    assert fingerprint(fork) == fingerprint(timeline)
    past.run()
    np.testing.assert_array_equal(
        np.asarray(past.state.monthly[:MONTH]), np.asarray(fork.state.monthly[:MONTH])
    )
