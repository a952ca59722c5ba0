"""Phases `bid_quota` and `meet_quota`: credits that firms must retire, whatever they emit."""

import pytest

from agents.vocabulary import Account, CreditState, Motive, Purpose
from simulation.results import Run
from simulation.scenario import ScenarioError, load
from simulation.world import World
from tests.helpers import MONTH, after, village

HELD, RETIRED = int(CreditState.HELD), int(CreditState.RETIRED)
DECEMBER, JANUARY = MONTH + 11, MONTH + 12
FIRST_SALE = MONTH + 3


def quota(**changes):
    """The village's firm, 1,000,000 t a year, owes 1 % of them: 10,000 credits."""
    return World(village({"quota.share": 0.01, "firms.0.pace": 1.0, **changes}))


def charged(world):
    """Yuan that the treasury got."""
    return world.state.ledger.fen[int(Account.TREASURY)] / 100


def test_a_quota_is_bought_evenly_and_retired_at_the_deadline():
    """A twelfth is wanted each month; 10,000 t are retired, and nothing is charged."""
    world = after(quota(), "bid_quota", MONTH)
    assert world.state.monthly.bid_quota_t[0] == 833  # 10,000 / 12
    order = world.state.orders[0]
    assert (order.motive, order.price_fen, order.quantity_t) == (Motive.QUOTA, 5900, 833)
    after(world, "learn", FIRST_SALE)
    firm = world.state.firms[0]
    assert firm.for_quota_t == firm.quota_t == world.state.monthly.quota_t[3] == 3333
    after(world, "meet_quota", DECEMBER)
    firm, ledger = world.state.firms[0], world.state.ledger
    assert (firm.quota_met_t, firm.quota_lacking_t, firm.quota_owed_t) == (10_000, 0, 0)
    assert ledger.tonnes[firm.account, RETIRED] == 10_000
    assert world.state.monthly.retired_quota_t[11] == 10_000
    assert charged(world) == 0
    blocks = Run(world).blocks.query("state == 'retired'")
    assert set(blocks["purpose"]) == {Purpose.QUOTA.name.lower()}


def test_a_quota_licenses_no_emissions():
    """A covered firm surrenders allowances for every tonne; what it bought for the quota stays."""
    world = quota(**{"firms.0.covered": True})
    after(world, "record", DECEMBER)
    firm = world.state.firms[0]
    assert firm.quota_met_t == 9376  # 937,640 t after abatement
    assert (firm.credited_t, firm.surrendered_credits_t) == (0, 0)
    assert firm.surrendered_allowances_t == 937_640
    assert Run(world).outcomes["licensed_t"] == 0


def test_what_is_lacking_is_charged():
    """Above the charge nobody sells: 10,000 t at 20.00 yuan go to the treasury."""
    world = quota(**{"quota.penalty_yuan_per_t": 20.0})
    after(world, "meet_quota", DECEMBER)
    firm = world.state.firms[0]
    assert (firm.quota_met_t, firm.quota_lacking_t) == (0, 10_000)
    assert charged(world) == 200_000.0
    assert world.state.ledger.fen[firm.account] == 0
    outcomes = Run(world).outcomes
    assert outcomes["penalties_yuan"] == 200_000.0
    assert outcomes["quota_lacking_t"] == 10_000


def test_what_is_held_beyond_the_quota_is_kept():
    """Bought for this year's quota, 100 t too many serve the next."""
    world = after(quota(), "learn", DECEMBER)
    world.state.firms.quota_owed_t[0] = 9900
    after(world, "meet_quota", DECEMBER)
    firm = world.state.firms[0]
    assert (firm.quota_met_t, firm.for_quota_t) == (9900, 100)
    assert world.state.ledger.tonnes[firm.account, HELD] == 100


def test_the_deadline_is_where_the_lever_says():
    """In June; afterwards nothing is wanted in that year."""
    world = after(quota(**{"quota.deadline_month": 6}), "meet_quota", MONTH + 5)
    assert world.state.firms.quota_met_t[0] == 10_000
    after(world, "bid_quota", MONTH + 6)
    assert world.state.monthly.bid_quota_t[6] == 0


def test_a_lifted_quota_is_no_longer_owed():
    """Lifted in October, nothing is retired or charged in December, and January starts anew."""
    world = quota()
    world.run(9)
    world.set_lever("quota.share", 0.0)
    after(world, "record", DECEMBER)
    firm = world.state.firms[0]
    assert (firm.quota_met_t, firm.quota_lacking_t, charged(world)) == (0, 0, 0.0)
    assert firm.for_quota_t > 0
    after(world, "report_emissions", JANUARY)
    assert world.state.firms.quota_owed_t[0] == 0


@pytest.mark.parametrize(
    ("provinces", "owed"), [((), 10_000), (("Here",), 10_000), (("There",), 0)]
)
def test_a_quota_holds_where_it_is_made(provinces, owed):
    """A province that is not named has none; naming nobody means everywhere."""
    there = {"name": "Elsewhere", "province": "There"}
    world = quota(**{
        "quota.provinces": provinces, "firms.0.province": "Here",
        "firms": [village().firms[0].model_dump() | {"province": "Here", "planned": None}, there],
    })
    after(world, "report_emissions", MONTH)
    assert world.state.firms.quota_owed_t[0] == owed


def test_a_province_without_firms_is_refused():
    """A quota that binds nobody is a slip of the pen."""
    with pytest.raises(ScenarioError, match=r"quota\.provinces\.0 = 'Jiangsi'.*'Jiangxi'"):
        load("china-counties", {"quota.provinces": ["Jiangsi"]})


def test_small_firms_owe_nothing():
    """Below the threshold, whatever the share."""
    world = quota(**{"quota.threshold_t_per_year": 1_000_001.0})
    after(world, "report_emissions", MONTH)
    assert world.state.firms.quota_owed_t[0] == 0
