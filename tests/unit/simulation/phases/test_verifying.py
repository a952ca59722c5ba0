"""Phases `ask_verification` and `issue`: from pending tonnes to credits."""

import math

import pytest

from agents.vocabulary import Account, CreditState
from simulation.draws import draw, normal_quantile
from simulation.results import Run
from simulation.state import Clock
from simulation.world import World
from tests.helpers import MONTH, after, grown_t, village

HELD, BUFFER = int(CreditState.HELD), int(CreditState.BUFFER)
CASH = 100_000_000  # the village's million yuan, in fen
CLAIM = grown_t(1)  # 50,144 t, pending in the first month


def test_the_fee_is_paid_when_verification_is_asked():
    """300,000 yuan and 0.50 for each of 50,144 t, at once; the tonnes count as covered."""
    world = after(World(village()), "ask_verification", MONTH)
    project, ledger = world.state.projects[0], world.state.ledger
    fee = round((300_000.0 + 0.5 * CLAIM) * 100.0)
    assert ledger.fen[project.account] == CASH - fee
    assert ledger.fen[int(Account.VERIFIER)] == fee
    asked = world.state.verifications[project.verification]
    assert asked.removed_t == asked.soil_t == pytest.approx(CLAIM, rel=1e-12)
    assert (asked.asked_month, asked.issued_month, asked.fee_fen) == (MONTH, 0, fee)
    assert project.measured_t == asked.removed_t
    assert project.due_month == MONTH + 3


def test_credits_come_when_verification_ends():
    """Three months later; less 5 % deduction, and of the rest 10 % for the buffer pool.

    50,144.2 t * 0.95 = 47,636.9 -> 47,636 credits, of which 4,763.6 -> 4,763 are held back.
    """
    world = after(World(village()), "issue", MONTH + 2)
    assert world.state.ledger.tonnes.sum() == 0
    while world.month < MONTH + 3:
        world.run_phase()
    after(world, "issue", MONTH + 3)
    project, ledger = world.state.projects[0], world.state.ledger
    credited = math.floor(CLAIM * 0.95)
    buffered = math.floor(credited * 0.1)
    assert (credited, buffered) == (47_636, 4_763)
    assert ledger.tonnes[project.account, HELD] == credited - buffered
    assert ledger.tonnes[int(Account.BUFFER_POOL), BUFFER] == buffered
    assert (project.verified_t, project.issued_t) == (50_144, credited)
    assert project.due_month == 0
    asked = Run(world).verifications.iloc[0]
    assert (asked["project"], str(asked["issued_month"])) == ("Terraces", "2024-04")
    assert asked["measured_t"] == pytest.approx(CLAIM, rel=1e-12)
    assert (asked["credited_t"], asked["buffer_t"]) == (credited, buffered)
    row = world.state.monthly[3]
    assert (row.verified_t, row.issued_t) == (50_144, credited)


def test_the_vintage_is_the_time_since_the_last_one():
    """From treatment to the request, and then from the month after.

    At a fixed cost of 100 yuan and 1,730 t/year the cheapest lot is sqrt(2 * 100 * 1,730 /
    (0.05 * 29.5)) = 484 t: four months of 144 t, not three.
    """
    world = World(village({
        "verification.fixed_cost_yuan": 100.0, "verification.delay_months": 1, "months": 6,
    }))
    world.run()
    blocks = Run(world).blocks.astype({"vintage_start": str, "vintage_end": str})
    periods = dict(zip(blocks["vintage_start"], blocks["vintage_end"], strict=True))
    assert periods == {"2004-01": "2024-01", "2024-02": "2024-05"}
    # Each tonne is claimed once, and all of them lie in the soil.
    asked = Run(world).verifications
    assert asked["removed_t"].tolist() == pytest.approx([CLAIM, grown_t(5) - CLAIM], rel=1e-9)
    assert asked["soil_t"].tolist() == pytest.approx(asked["removed_t"].tolist(), rel=1e-9)


def test_without_delay_credits_come_at_once():
    """`issue` follows `ask_verification` in the same month."""
    world = after(World(village({"verification.delay_months": 0})), "issue", MONTH)
    assert world.state.ledger.tonnes[world.state.projects.account[0], HELD] > 0


def test_nobody_asks_before_the_registry_opens():
    """And everybody may from that month on."""
    world = World(village({"registry.opens": "2024-05"}))
    world.run(4)
    assert world.state.projects.due_month[0] == 0
    after(world, "ask_verification", MONTH + 4)
    assert world.state.projects.due_month[0] == MONTH + 7


def test_who_cannot_pay_waits_and_is_not_refused():
    """325,072 yuan are needed; not asking is no refusal of the registry."""
    fee = 300_000.0 + 0.5 * CLAIM
    poor = World(village({"projects.0.cash_yuan": float(math.floor(fee))}))
    poor.run(1)
    assert poor.state.projects.due_month[0] == 0
    assert Run(poor).outcomes["refusals"] == 0
    rich = World(village({"projects.0.cash_yuan": float(math.ceil(fee))}))
    rich.run(1)
    assert rich.state.projects.due_month[0] > 0


def test_one_verification_at_a_time():
    """What grows meanwhile is asked for later."""
    world = World(village({"verification.fixed_cost_yuan": 1.0}))
    world.run(2)
    assert world.state.clock[Clock.VERIFICATIONS] == 1
    assert world.state.projects.measured_t[0] == pytest.approx(CLAIM, rel=1e-12)


def test_measurement_errs_by_its_own_draw():
    """Stream `measurement`, month of issue, the project's id."""
    world = World(village({"verification.measurement_error": 0.1}), seed=6)
    after(world, "issue", MONTH + 3)
    luck = normal_quantile(draw(6, "measurement", MONTH + 3, 1_001_000_000, 0))
    measured = CLAIM * (1.0 + 0.1 * luck)
    assert world.state.projects.verified_t[0] == math.floor(measured)
    assert world.state.projects.issued_t[0] == math.floor(measured * 0.95)


def test_an_inflated_baseline_issues_what_was_never_removed():
    """20 % more credits than tonnes."""
    world = after(World(village({"verification.baseline_inflation": 0.2})), "issue", MONTH + 3)
    assert world.state.projects.verified_t[0] == math.floor(CLAIM * 1.2)


@pytest.mark.parametrize(("deduction", "share"), [(1.0, 0.1), (0.0, 1.0), (0.0, 0.0)])
def test_the_ends_of_deduction_and_buffer(deduction, share):
    """All deducted: nothing is issued. All buffered: the seller holds nothing. Neither: it holds
    all."""
    world = after(World(village({
        "verification.conservativeness_deduction": deduction, "verification.buffer_share": share,
    })), "issue", MONTH + 3)
    credited = math.floor(CLAIM * (1.0 - deduction))
    ledger = world.state.ledger
    assert ledger.tonnes[int(Account.BUFFER_POOL), BUFFER] == credited * share
    assert ledger.tonnes[world.state.projects.account[0], HELD] == credited * (1.0 - share)
    assert Run(world).outcomes["refusals"] == 0
