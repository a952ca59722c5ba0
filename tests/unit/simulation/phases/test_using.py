"""Phases `retire` and `reinvest`: what credits and their money are used for."""

import pytest

from agents.vocabulary import Account, CreditState, Purpose
from simulation.results import Run
from simulation.world import World
from tests.helpers import EVERY_MONTH, MONTH, after, grown_t, village

HELD, PLEDGED, RETIRED = (int(CreditState[name]) for name in ("HELD", "PLEDGED", "RETIRED"))
FIRST_SALE = MONTH + 3
MARCH = MONTH + 14


def only(kind):
    """Weights under which every occasion is of one kind."""
    return {f"voluntary.{name}_weight": float(name == kind)
            for name in ("neutrality", "footprint", "local", "collateral")}


@pytest.mark.parametrize(
    ("kind", "purpose"),
    [("neutrality", Purpose.OWN_EMISSIONS), ("footprint", Purpose.OWN_EMISSIONS),
     ("local", Purpose.LOCAL_SUPPORT)],
)
def test_voluntary_purchases_are_retired_in_the_month(kind, purpose):
    """For the firm's own emissions, or in support of the place."""
    world = after(World(village({**EVERY_MONTH, **only(kind)})), "retire", FIRST_SALE)
    firm = world.state.firms[0]
    assert world.state.ledger.tonnes[firm.account, RETIRED] == 10_000
    assert world.state.monthly.retired_voluntary_t[3] == 10_000
    assert firm.to_retire_t == 0
    retired = Run(world).blocks.query("state == 'retired'")
    assert set(retired["purpose"]) == {purpose.name.lower()}


def test_collateral_is_pledged_for_the_time_of_the_loan():
    """Six months later it is released and retired for the firm's own emissions."""
    world = World(village({
        **EVERY_MONTH, **only("collateral"), "voluntary.collateral_premium": 0.0,
        "voluntary.loan_months": 6,
    }))
    after(world, "retire", FIRST_SALE)
    firm, ledger = world.state.firms[0], world.state.ledger
    assert ledger.tonnes[firm.account, PLEDGED] == 10_000
    assert firm.pledged_until == FIRST_SALE + 6
    firm.occasions_per_year = 0.0
    after(world, "record", FIRST_SALE + 5)
    assert world.state.ledger.tonnes[firm.account, PLEDGED] == 10_000
    after(world, "retire", FIRST_SALE + 6)
    assert world.state.ledger.tonnes[firm.account, PLEDGED] == 0
    assert world.state.ledger.tonnes[firm.account, RETIRED] == 10_000
    steps = Run(world).journal
    steps = steps[(steps["debit"] == "Works") & ~steps["is_money"]]
    assert steps["entry"].tolist() == ["pledge", "release", "retire"]


def test_a_new_loan_prolongs_the_old_one():
    """Simplification S10: all that a firm has pledged is released with its latest loan."""
    world = World(village({
        **EVERY_MONTH, **only("collateral"), "voluntary.collateral_premium": 0.0,
        "voluntary.loan_months": 6, "firms.0.occasion_median_t": 1000.0,
    }))
    after(world, "retire", FIRST_SALE + 6)
    account = world.state.firms.account[0]
    assert world.state.ledger.tonnes[account, RETIRED] == 0
    assert world.state.ledger.tonnes[account, PLEDGED] == 7000


def test_the_watershed_account_pays_for_new_treatment_in_march():
    """10,000 t at 30.00 yuan bring 150,000 yuan: 150,000 / 8,800 = 17.05 ha, in March."""
    land = {"projects.0.treatable_ha": 100.0, "projects.0.new_measure": "terrace"}
    world = after(World(village({**EVERY_MONTH, **land})), "settle", FIRST_SALE)
    world.state.firms.occasions_per_year[0] = 0.0
    after(world, "record", MARCH - 1)
    assert world.state.clock[5] == 1
    area = 150_000.0 / 8800.0
    after(world, "reinvest", MARCH)
    project, ledger = world.state.projects[0], world.state.ledger
    assert world.state.clock[5] == 2
    stand = world.state.stands[1]
    assert (stand.area_ha, stand.treated_month) == (pytest.approx(area), MARCH + 1)
    assert project.treatable_ha == pytest.approx(100.0 - area)
    assert ledger.fen[int(Account.CONTRACTORS)] == 15_000_000
    assert ledger.fen[project.fund_account] == 0
    # It grows from the next month on, beside the old terraces.
    before = project.soil_t
    after(world, "grow", MARCH + 1)
    young = area * 100.0 * (1.0 - 2.0 ** (-1.0 / 240.0))
    assert project.soil_t - before == pytest.approx(grown_t(16) - grown_t(15) + young, rel=1e-6)


def test_public_money_doubles_the_area():
    """At a public share of a half: 34.09 ha, of which the watershed pays half the cost."""
    world = after(World(village({
        **EVERY_MONTH, "projects.0.treatable_ha": 100.0, "reinvestment.public_share": 0.5,
    })), "settle", FIRST_SALE)
    world.state.firms.occasions_per_year[0] = 0.0
    after(world, "reinvest", MARCH)
    assert world.state.monthly.new_area_ha[14] == pytest.approx(2 * 150_000.0 / 8800.0)
    assert world.state.ledger.fen[int(Account.CONTRACTORS)] == 30_000_000
    assert world.state.ledger.fen[int(Account.TREASURY)] == -15_000_000


def test_no_work_starts_below_the_smallest_area():
    """17 ha are too few where work starts at 18."""
    world = after(World(village({
        **EVERY_MONTH, "projects.0.treatable_ha": 100.0, "reinvestment.smallest_area_ha": 18.0,
    })), "settle", FIRST_SALE)
    world.state.firms.occasions_per_year[0] = 0.0
    world.run()
    assert world.state.monthly.new_area_ha.sum() == 0.0
    assert world.state.ledger.fen[world.state.projects.fund_account[0]] == 15_000_000
