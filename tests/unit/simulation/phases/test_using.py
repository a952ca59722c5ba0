"""Phases `retire`, `comply` and `reinvest`: what credits and their money are used for."""

import pytest

from agents.vocabulary import Account, CreditState, Purpose
from simulation.results import Run
from simulation.world import World
from tests.helpers import EVERY_MONTH, MONTH, after, grown_t, village

HELD, PLEDGED, RETIRED = (int(CreditState[name]) for name in ("HELD", "PLEDGED", "RETIRED"))
FIRST_SALE = MONTH + 3
DECEMBER, MARCH = MONTH + 11, MONTH + 14


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


def covered(**changes):
    """The village's firm with an obligation of 937,640 t and room for 46,882 credits."""
    return World(village({
        "firms.0.covered": True, "compliance.eligible": True, "firms.0.pace": 1.0, **changes,
    }))


def compliance_paid(world):
    """Fen that the firm paid to, and got from, the allowance market and the treasury."""
    fen = world.state.ledger.fen
    return fen[int(Account.ALLOWANCE_MARKET)], fen[int(Account.TREASURY)]


def test_at_the_deadline_emissions_are_covered():
    """950,000 free allowances and the credits bought cover 937,640 t; spare allowances are sold.

    42,873 t were issued; at a lot of half the stock each month the firm gets all it wants but the
    last few. Each surrendered credit frees an allowance, which sells at 62.36 yuan.
    """
    world = after(covered(), "comply", DECEMBER)
    firm, ledger = world.state.firms[0], world.state.ledger
    credits = firm.surrendered_credits_t
    assert 0 < credits <= firm.compliance_t <= 46_882
    assert ledger.tonnes[firm.account, RETIRED] == credits
    assert firm.credited_t == credits
    assert firm.surrendered_allowances_t == 937_640 - credits
    assert firm.shortfall_t == 0
    assert firm.settled_emissions_t == 937_640
    assert firm.obligation_t == 0
    spare = 950_000 - (937_640 - credits)
    assert compliance_paid(world) == (-spare * 6236, 0)
    assert Run(world).outcomes["retired_compliance_t"] == credits


def test_credits_are_surrendered_up_to_the_limit_and_no_further():
    """With 100 credits too many in hand, the room decides; the rest is kept for next year."""
    world = after(covered(), "learn", DECEMBER)
    firm = world.state.firms[0]
    assert world.state.ledger.tonnes[firm.account, HELD] == firm.for_compliance_t > 1000
    world.state.rules.compliance.offset_limit[0] = 0.001
    held = int(firm.for_compliance_t)
    after(world, "comply", DECEMBER)
    assert firm.surrendered_credits_t == 937  # 937.64
    assert firm.for_compliance_t == held - 937


def test_missing_allowances_are_bought():
    """Half of 1,000,000 t are free, nothing else is at hand: 437,640 t at 62.36 yuan."""
    world = covered(**{"firms.0.free_share": 0.5, "compliance.eligible": False})
    after(world, "comply", DECEMBER)
    firm = world.state.firms[0]
    assert firm.surrendered_allowances_t == 937_640
    assert compliance_paid(world) == (437_640 * 6236, 0)
    assert world.state.ledger.fen[firm.account] == 0


def test_a_cheap_penalty_is_paid_instead():
    """At half the price of an allowance: 437,640 t are left uncovered, at 31.18 yuan."""
    world = covered(**{
        "firms.0.free_share": 0.5, "compliance.eligible": False, "compliance.penalty_multiple": 0.5,
    })
    after(world, "comply", DECEMBER)
    firm = world.state.firms[0]
    assert (firm.surrendered_allowances_t, firm.shortfall_t) == (500_000, 437_640)
    assert compliance_paid(world) == (0, 437_640 * 3118)
    assert world.state.monthly.shortfall_t[11] == 437_640


def test_two_credits_for_a_tonne_cover_half():
    """With a ratio of 0.5 there is room for 93,764 credits, and each covers half a tonne."""
    world = covered(**{"compliance.discount_ratio": 0.5})
    after(world, "bid_compliance", MONTH)
    assert world.state.firms.room_t[0] == 93_764
    after(world, "comply", DECEMBER)
    firm = world.state.firms[0]
    assert firm.surrendered_credits_t > 1
    assert firm.credited_t == firm.surrendered_credits_t // 2


def test_the_deadline_is_where_the_lever_says():
    """In June nothing is left to be covered, and no compliance order follows in that year."""
    world = after(covered(**{"compliance.deadline_month": 6}), "comply", MONTH + 5)
    assert world.state.firms.settled_emissions_t[0] == 937_640
    after(world, "bid_compliance", MONTH + 6)
    assert world.state.firms.compliance_bid_fen[0] == 0


def test_no_obligation_is_forgotten_when_the_deadline_moves():
    """Moved from December to March in October, the year's emissions fall due in March, with or
    before those of the next year; they are never dropped."""
    world = covered()
    world.run(9)
    world.set_lever("compliance.deadline_month", 3)
    after(world, "comply", MARCH)
    assert world.state.firms.settled_emissions_t[0] > 937_640 + 900_000


def test_uncovered_firms_owe_nothing():
    """They report emissions, and that is all."""
    world = World(village())
    world.run(12)
    firm = world.state.firms[0]
    assert firm.emissions_t == 1_000_000
    assert (firm.obligation_t, firm.settled_emissions_t, firm.abated_t) == (0, 0, 0.0)


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
