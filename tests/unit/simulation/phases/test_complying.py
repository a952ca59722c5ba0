"""Phase `comply`: obligations are settled at the deadline."""


import numpy as np
import pytest

from agents.vocabulary import Account, CreditState
from simulation.draws import draw
from simulation.results import Run
from simulation.scenario import load
from simulation.world import World
from tests.helpers import MONTH, after, village

HELD, RETIRED = int(CreditState.HELD), int(CreditState.RETIRED)
DECEMBER, MARCH = MONTH + 11, MONTH + 14


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
    """At half the price of an allowance: all that is not given is left uncovered, at 31.18 yuan.

    Nobody abates beyond what an uncovered tonne costs: 3.118 %, and 468,820 t are left.
    """
    world = covered(**{
        "firms.0.free_share": 0.5, "compliance.eligible": False, "compliance.penalty_multiple": 0.5,
    })
    after(world, "comply", DECEMBER)
    firm = world.state.firms[0]
    assert (firm.surrendered_allowances_t, firm.shortfall_t) == (500_000, 468_820)
    assert compliance_paid(world) == (0, 468_820 * 3118)
    assert world.state.monthly.shortfall_t[11] == 468_820


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


def test_a_tax_is_paid_on_what_credits_do_not_cover():
    """45 yuan abate 4.5 %; of the 955,000 t left, credits cover up to 5 %."""
    world = covered(**{"regime.kind": "tax", "regime.tax_yuan_per_t": 45.0})
    after(world, "comply", DECEMBER)
    firm = world.state.firms[0]
    assert firm.settled_emissions_t == 955_000
    assert 0 < firm.surrendered_credits_t <= 47_750
    assert firm.taxed_t == 955_000 - firm.surrendered_credits_t
    assert compliance_paid(world) == (0, firm.taxed_t * 4500)
    assert (firm.allocated_t, firm.shortfall_t, firm.licensed_t) == (0, 0, 0)
    outcomes = Run(world).outcomes
    assert outcomes["carbon_tax_yuan"] == firm.taxed_t * 45.0
    assert outcomes["government_balance_yuan"] == outcomes["carbon_tax_yuan"]


def test_buyers_pay_for_a_credit_what_the_tax_costs():
    """45 yuan less the transaction."""
    world = covered(**{"regime.kind": "tax", "regime.tax_yuan_per_t": 45.0})
    after(world, "bid_compliance", MONTH)
    assert world.state.firms.compliance_bid_fen[0] == 4400


def test_a_duty_to_neutralise_is_met_by_credits_or_the_penalty():
    """A tenth of the emissions; 250 yuan on a tenth of a tonne abate 2.5 %.

    The limit is the penalty less the transaction, dearer than rival credits, which do not count.
    """
    world = covered(**{
        "regime.kind": "neutralisation", "regime.neutral_share": 0.1,
        "penalty.form": "fixed", "penalty.fixed_yuan_per_t": 250.0,
    })
    after(world, "bid_compliance", MONTH)
    firm = world.state.firms[0]
    assert (firm.obligation_t, firm.room_t, firm.compliance_bid_fen) == (97_500, 97_500, 24_900)
    after(world, "comply", DECEMBER)
    firm = world.state.firms[0]
    assert 0 < firm.surrendered_credits_t < 97_500
    assert firm.shortfall_t == 97_500 - firm.surrendered_credits_t
    assert compliance_paid(world) == (0, firm.shortfall_t * 25_000)


def test_an_absolute_allocation_does_not_follow_growth():
    """900,000 t in the first year, a tenth less in the second, whatever is produced."""
    world = covered(**{
        "regime.kind": "absolute", "regime.cap_decline_per_year": 0.1, "firms.0.free_share": 0.9,
        "firms.0.growth_per_year": 0.2,
    })
    after(world, "report_emissions", MONTH)
    assert world.state.firms.allocation_t[0] == 900_000
    after(world, "report_emissions", MONTH + 12)
    assert world.state.firms.allocation_t[0] == 810_000
    assert world.state.firms.activity_t[0] > 1_400_000


def test_a_lifted_regime_asks_for_nothing_any_more():
    """In January what was owed and given lapses; in the months before it sleeps."""
    world = covered()
    world.run(6)
    world.set_lever("regime.kind", "none")
    after(world, "record", DECEMBER)
    firm = world.state.firms[0]
    assert (firm.settled_emissions_t, firm.obligation_t) == (0, 937_640)
    after(world, "record", DECEMBER + 1)
    firm = world.state.firms[0]
    assert (firm.obligation_t, firm.allocation_t, firm.allocated_t, firm.abated_t) == (0, 0, 0, 0)


def test_what_is_made_good_is_owed_again():
    """A penalty of 1 yuan and the rest of a cheap future: the shortfall comes back in January."""
    world = covered(**{
        "firms.0.free_share": 0.5, "compliance.eligible": False, "penalty.make_good": True,
        "penalty.form": "fixed", "penalty.fixed_yuan_per_t": 1.0,
    })
    after(world, "comply", DECEMBER)
    firm = world.state.firms[0]
    lacking = firm.shortfall_t
    # Next year's allowance is worth 62.36 / 1.05 today: 60.39 yuan abate 6.039 %.
    assert lacking == firm.owed_again_t == 439_609
    after(world, "report_emissions", DECEMBER + 1)
    firm = world.state.firms[0]
    assert firm.obligation_t == firm.emissions_t + lacking
    assert firm.owed_again_t == 0


LONG = {"firms.0.free_share": 1.1, "expectations.price_growth_per_year": 0.06}


def test_who_expects_a_rise_keeps_spare_allowances():
    """1,100,000 t are given for 937,640 t; what is left covers the next year first."""
    world = covered(**{**LONG, "compliance.eligible": False, "banking.rule": "unlimited"})
    after(world, "comply", DECEMBER)
    firm = world.state.firms[0]
    assert (firm.bank_t, firm.allocation_t, firm.allowances_sold_t) == (162_360, 0, 0)
    assert compliance_paid(world) == (0, 0)
    after(world, "comply", DECEMBER + 12)
    firm = world.state.firms[0]
    assert firm.bank_t == 2 * 162_360
    outcomes = Run(world).outcomes
    assert (outcomes["bank_end_t"], outcomes["allowances_banked_t"]) == (324_720, 487_080)


def test_the_national_rule_lets_less_be_kept():
    """(10,000 + 1.5 x 162,360) / 2.5 = 101,416 t; the rest is sold at 62.36 yuan."""
    world = covered(**{**LONG, "compliance.eligible": False, "banking.rule": "national"})
    after(world, "comply", DECEMBER)
    assert world.state.firms.bank_t[0] == 101_416
    assert compliance_paid(world) == (-60_944 * 6236, 0)


def test_what_is_borrowed_is_missing_in_january():
    """A tenth of 500,000 t is used early; the rest of the lack is bought."""
    world = covered(**{
        "firms.0.free_share": 0.5, "compliance.eligible": False, "banking.borrowing_share": 0.1,
    })
    after(world, "comply", DECEMBER)
    firm = world.state.firms[0]
    assert (firm.borrowed_t, firm.surrendered_allowances_t) == (50_000, 937_640)
    assert compliance_paid(world) == (387_640 * 6236, 0)
    after(world, "report_emissions", DECEMBER + 1)
    firm = world.state.firms[0]
    assert (firm.borrowed_t, firm.allocation_t) == (0, 450_000)


def test_two_years_fall_due_together():
    """Nothing happens in the first December; the second settles both, at half the pace."""
    world = covered(**{"banking.period_years": 2})
    after(world, "bid_compliance", MONTH + 5)
    assert int(world.state.monthly.bid_compliance_t[5]) <= 46_882 // 4
    after(world, "record", DECEMBER)
    assert world.state.firms.settled_emissions_t[0] == 0
    after(world, "record", DECEMBER + 12)
    assert world.state.firms.settled_emissions_t[0] == 2 * 937_640


@pytest.mark.parametrize("banking", ["none", "unlimited"])
def test_a_long_firm_swaps_credits_for_allowances_when_credits_are_cheaper(banking):
    """It lacks nothing, and still surrenders credits up to its limit; the allowances that they
    set free are sold, or kept where a rise is expected. At 20 yuan no credit is cheaper."""
    alone = covered(**{**LONG, "banking.rule": banking, "compliance.eligible": False})
    dear = covered(**{**LONG, "banking.rule": banking})
    cheap = covered(**{
        **LONG, "banking.rule": banking, "allowance_price.price_yuan_per_t": 20.0,
    })
    for world in (alone, dear, cheap):
        after(world, "comply", DECEMBER)
    credits = dear.state.firms.surrendered_credits_t[0]
    assert 0.8 * 46_882 < credits <= 46_882
    column = "bank_t" if banking == "unlimited" else "allowances_sold_t"
    freed = dear.state.firms[column][0] - alone.state.firms[column][0]
    assert freed == credits
    assert cheap.state.firms.compliance_t[0] == cheap.state.firms.surrendered_credits_t[0] == 0


AUDITED = {
    "compliance.eligible": False, "enforcement.fine_yuan_per_t": 20.0,
    "enforcement.fine_rise_yuan_per_t_per_t": 0.001,
}


@pytest.mark.parametrize(("audit", "found", "hidden"), [(0.9, True, 49_288), (0.1, False, 603_600)])
def test_firms_hide_up_to_where_the_expected_fine_is_the_price(audit, found, hidden):
    """(62.36 / p - 20) / 0.001 t; only what is found is fined.

    The allowances that hiding sets free are sold. A draw of seed 1 tells who is audited.
    """
    luck = draw(1, "audit", DECEMBER, 2_001_000_000, 0)
    assert (luck < audit) == found
    world = covered(**{**AUDITED, "enforcement.audit_probability": audit})
    after(world, "comply", DECEMBER)
    firm = world.state.firms[0]
    assert firm.violation_t == firm.shortfall_t == hidden
    assert firm.violation_found_t == found * hidden
    assert firm.surrendered_allowances_t == 937_640 - hidden
    fine = found * round((20.0 * hidden + 0.0005 * hidden**2) * 100)
    assert compliance_paid(world) == (-(12_360 + hidden) * 6236, fine)
    outcomes = Run(world).outcomes
    assert (outcomes["violation_t"], outcomes["violation_found_t"]) == (hidden, found * hidden)
    assert outcomes["fines_yuan"] == outcomes["government_balance_yuan"] == fine / 100


def test_abatement_does_not_decide_what_is_hidden():
    """Benchmark B8: firms whose abatement costs differ hide the same."""
    hidden = set()
    for slope in (500.0, 1000.0, 3000.0):
        world = covered(**{
            **AUDITED, "enforcement.audit_probability": 0.9,
            "firms.0.abatement_slope_yuan_per_t": slope,
        })
        after(world, "comply", DECEMBER)
        hidden.add(int(world.state.firms.violation_t[0]))
    assert len(hidden) == 1


def test_what_is_found_is_made_good():
    """And what is not found is not."""
    owed = {}
    for audit in (0.9, 0.1):
        world = covered(**{
            **AUDITED, "enforcement.audit_probability": audit, "penalty.make_good": True,
            "enforcement.fine_yuan_per_t": 5.0,
        })
        after(world, "comply", DECEMBER)
        firm = world.state.firms[0]
        # The next allowance is feared as well, 62.36 / 1.05 yuan.
        owed[audit] = (int(firm.violation_t), int(firm.owed_again_t))
    found = int((62.36 / 0.9 - 5.0 - 62.36 / 1.05) / 0.001)
    assert owed[0.9] == (found, found)
    assert owed[0.1] == (int((623.6 - 5.0 - 62.36 / 1.05) / 0.001), 0)


def test_all_firms_together_keep_one_limit():
    """A permille of all obligations: pro rata to what each brings; the rest is kept."""
    changes = {"compliance.eligible": True, "compliance.system_limit": 0.001, "months": 36}
    world = after(World(load("tiny", changes), 3), "retire", DECEMBER + 12)
    before = world.state.firms.copy()
    after(world, "comply", DECEMBER + 12)
    firms = world.state.firms
    brought = np.minimum(before.for_compliance_t, before.obligation_t * 5 // 100)
    surrendered = firms.surrendered_credits_t - before.surrendered_credits_t
    most = before.obligation_t.sum() // 1000
    assert brought.sum() > most
    assert most - len(firms) < surrendered.sum() <= most
    np.testing.assert_allclose(surrendered, brought * most / brought.sum(), atol=1.0)
    np.testing.assert_array_equal(firms.for_compliance_t, before.for_compliance_t - surrendered)
