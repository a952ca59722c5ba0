"""Phases `quote`, `bid_voluntary` and `bid_compliance`: who sends which order."""

import math

import numpy as np
import pytest

from agents.vocabulary import CreditState, Motive, Occasion, Side
from simulation.draws import draw, normal_quantile
from simulation.scenario import load
from simulation.state import Clock
from simulation.world import World
from tests.helpers import EVERY_MONTH, MONTH, after, grown_t, village

HELD, ESCROW = int(CreditState.HELD), int(CreditState.ESCROW)
ISSUED = math.floor(grown_t(1) * 0.95) - math.floor(math.floor(grown_t(1) * 0.95) * 0.1)  # 42,873


def orders(world):
    """The book so far."""
    return world.state.orders[: world.state.clock[Clock.ORDERS]]


def test_half_the_stock_is_offered_at_the_guide_price():
    """42,873 t held: a lot of 21,436 t in escrow, at 30.00 yuan before there was a deal."""
    world = after(World(village()), "quote", MONTH + 3)
    account = world.state.projects.account[0]
    assert ISSUED == 42_873
    assert world.state.ledger.tonnes[account, ESCROW] == 21_436
    assert world.state.ledger.tonnes[account, HELD] == 42_873 - 21_436
    (ask,) = orders(world)
    assert (ask.side, ask.motive, ask.price_fen, ask.quantity_t) == (
        Side.SELL, Motive.SUPPLY, 3000, 21_436,
    )
    assert ask.arrival == draw(1, "order.arrival", MONTH + 3, 1_001_000_000, int(Motive.SUPPLY))
    assert world.state.monthly.best_ask_fen[3] == 3000


def test_an_unsold_lot_stays_and_gets_cheaper():
    """A step of 1 % for each month without a sale; the lot itself does not move again."""
    world = World(village())
    after(world, "quote", MONTH + 3)
    entries = world.state.ledger.counters[1]
    after(world, "quote", MONTH + 5)
    (ask,) = orders(world)
    assert ask.price_fen == 2940  # 30 * (1 - 0.02)
    assert world.state.ledger.counters[1] == entries


def test_a_seller_under_pressure_gives_a_discount():
    """With 150,000 of 300,000 yuan left after the fee the pressure is a half, the discount 5 %."""
    fee = 300_000.0 + 0.5 * grown_t(1)
    world = World(village({"projects.0.cash_yuan": fee + 150_000.0}))
    assert orders(after(world, "quote", MONTH + 3))[0].price_fen == 2850


def test_a_bargaining_seller_asks_between_its_outside_option_and_its_hope():
    """Half a chance at 30.00 next month is 15.19 now; half the gain on top: 22.59 yuan."""
    world = after(World(village({"quote.strategy": "bargaining"})), "quote", MONTH + 3)
    outside = (0.5 * 30.0 + 0.5 * 0.5) / 1.05 ** (1.0 / 12.0)
    assert orders(world)[0].price_fen == round(50.0 * (30.0 + outside))
    # Unsold month after month, the chance falls and the ask with it.
    later = after(world, "quote", MONTH + 6)
    assert orders(later)[0].price_fen < 2100
    assert later.state.projects.sale_chance[0] == pytest.approx(0.5 * 0.9**3)


def test_a_storing_seller_asks_what_keeping_would_bring():
    """30.00, or with one chance in ten 61.36 (an allowance less transaction cost), in a year."""
    world = World(village({"quote.strategy": "storage"}))
    after(world, "quote", MONTH + 3)
    later = 30.0 + 0.1 * (62.36 - 1.0 - 30.0)
    assert orders(world)[0].price_fen == round(100.0 * (later / 1.05 - 0.2))


def test_a_group_may_follow_another_theory_than_the_rest():
    """Its own strategy wins over that of the scenario."""
    world = World(village({"quote.strategy": "storage", "projects.0.strategy": "truthful"}))
    assert orders(after(world, "quote", MONTH + 3))[0].price_fen == 50


def test_a_truthful_seller_asks_its_marginal_cost():
    """0.50 yuan, grossed up by a fee of 20 %: 0.625, in whole fen 63 (half a fen goes up)."""
    world = after(World(village({
        "projects.0.strategy": "truthful", "market.exchange_fee_share": 0.2,
    })), "quote", MONTH + 3)
    assert orders(world)[0].price_fen == 63


def test_nothing_to_sell_is_nothing_to_ask():
    """No order and no ask before the first issue."""
    world = after(World(village()), "quote", MONTH)
    assert len(orders(world)) == 0
    assert world.state.projects.ask_fen[0] == 0
    assert world.state.monthly.best_ask_fen[0] == 0


def test_an_occasion_is_bid_for_at_the_willingness():
    """10,000 t at 40.00 yuan; the budget of 3,000,000 yuan pays for 75,000."""
    world = after(World(village(EVERY_MONTH)), "bid_voluntary", MONTH)
    (bid,) = orders(world)
    assert (bid.side, bid.motive, bid.price_fen, bid.quantity_t) == (
        Side.BUY, Motive.VOLUNTARY, 4000, 10_000,
    )
    assert world.state.firms.occasion[0] == Occasion.NEUTRALITY
    assert bid.arrival == draw(1, "order.arrival", MONTH, 2_001_000_000, int(Motive.VOLUNTARY))


def test_the_budget_caps_the_order():
    """0.1 yuan for each of 1,000,000 t: 100,000 yuan pay for 2,500 t at 40."""
    world = after(
        World(village({**EVERY_MONTH, "voluntary.budget_yuan_per_t": 0.1})), "bid_voluntary", MONTH
    )
    assert orders(world)[0].quantity_t == 2500


def test_a_subsidy_raises_the_bid():
    """By all of it: 40 + 5 yuan."""
    world = after(
        World(village({**EVERY_MONTH, "voluntary.subsidy_yuan_per_t": 5.0})), "bid_voluntary",
        MONTH,
    )
    assert orders(world)[0].price_fen == 4500


def test_an_occasion_ends():
    """Two months open, then another may arise; without, nothing is bid."""
    world = World(village({**EVERY_MONTH, "voluntary.occasion_months": 2}))
    world.run(1)
    assert world.state.firms.occasion_ends[0] == MONTH + 1
    world.state.firms.occasions_per_year[0] = 0.0
    after(world, "bid_voluntary", MONTH + 1)
    assert len(orders(world)) == 1
    after(world, "bid_voluntary", MONTH + 2)
    assert len(orders(world)) == 0
    assert world.state.firms.occasion[0] == Occasion.NONE


@pytest.mark.parametrize(
    ("kind", "premium", "bid"),
    [("neutrality", 0.0, 4000), ("footprint", 0.0, 4000), ("local", 0.25, 5000),
     ("collateral", 0.5, 6000)],
)
def test_kinds_have_their_premium(kind, premium, bid):
    """Local support and collateral may be worth more; the other two are the measure."""
    weights = {f"voluntary.{name}_weight": float(name == kind)
               for name in ("neutrality", "footprint", "local", "collateral")}
    premiums = {"voluntary.local_premium": 0.25, "voluntary.collateral_premium": 0.5}
    world = World(village({**EVERY_MONTH, **weights, **premiums}))
    after(world, "bid_voluntary", MONTH)
    assert orders(world)[0].price_fen == bid == round(4000 * (1 + premium))


def test_occasions_are_made_of_their_four_draws():
    """Sixty firms, the first month: arrival, kind, size and worth at the firm's address."""
    many = {f"firms.{group}.count": 20 for group in range(3)}
    often = {f"firms.{group}.occasions_per_year": 6.0 for group in range(3)}
    world = World(load("tiny", {**many, **often, "voluntary.peer_weight": 0.0}), seed=2)
    after(world, "bid_voluntary", MONTH)
    arose = 0
    for firm in world.state.firms:
        luck = [draw(2, "occasion", MONTH, int(firm.agent_id), k) for k in range(4)]
        if luck[0] >= 1.0 - math.exp(-firm.occasions_per_year / 12.0):
            assert firm.occasion == Occasion.NONE
            continue
        arose += 1
        borders = np.cumsum([0.4, 0.3, 0.2, 0.1])
        assert firm.occasion == 1 + np.searchsorted(borders, luck[1])
        size = firm.occasion_median_t * math.exp(0.8 * normal_quantile(luck[2]))
        assert firm.occasion_t == math.floor(size)
        premium = 1.0 if firm.occasion == Occasion.COLLATERAL else 0.0
        worth = firm.willingness * (1.0 + premium) * math.exp(0.35 * normal_quantile(luck[3]))
        assert firm.occasion_willingness == pytest.approx(worth, rel=1e-12)
        assert firm.bid_fen == round(worth * 100)
    assert 10 < arose < 50


def test_peers_that_bought_lately_raise_the_bid(tmp_path):
    """Three firms in a row: the middle one knows both others; one of them bought last year."""
    path = tmp_path / "edges.csv"
    path.write_text("firm_a,firm_b\nWorks 1,Works 2\nWorks 2,Works 3\n")
    world = World(village({
        **EVERY_MONTH, "firms.0.count": 3, "network.kind": "edge_list", "network.edges": str(path),
        "voluntary.peer_weight": 0.5, "voluntary.peer_months": 12,
    }))
    world.state.firms.last_voluntary_month[:] = [MONTH - 12, 0, MONTH - 13]
    after(world, "bid_voluntary", MONTH)
    # The first and the third know only the second, which never bought.
    assert world.state.firms.bid_fen.tolist() == [4000, 5000, 4000]


COVERED = {"firms.0.covered": True, "compliance.eligible": True, "firms.0.pace": 1.0}


def test_covered_firms_bid_what_an_allowance_costs_less_the_transaction():
    """62.36 - 1 yuan, for a twelfth of 5 % of the verified emissions in January.

    At 62.36 yuan a slope of 1,000 abates 6.236 %: 937,640 t are left, 46,882 t may be offset.
    """
    world = after(World(village(COVERED)), "bid_compliance", MONTH)
    (bid,) = orders(world)
    assert world.state.firms.obligation_t[0] == 937_640
    assert world.state.firms.room_t[0] == 46_882
    assert (bid.side, bid.motive, bid.price_fen, bid.quantity_t) == (
        Side.BUY, Motive.COMPLIANCE, 6136, 46_882 // 12,
    )
    assert bid.arrival == draw(1, "order.arrival", MONTH, 2_001_000_000, int(Motive.COMPLIANCE))


def test_what_could_not_be_bought_is_wanted_the_next_month():
    """Nothing is for sale yet, so in March three twelfths are wanted."""
    world = after(World(village(COVERED)), "bid_compliance", MONTH + 2)
    assert orders(world)[0].quantity_t == 46_882 // 4


@pytest.mark.parametrize(
    "change",
    [{"compliance.eligible": False}, {"firms.0.covered": False}, {"compliance.offset_limit": 0.0},
     {"compliance.transaction_cost_yuan_per_t": 100.0}],
    ids=lambda change: next(iter(change)),
)
def test_no_compliance_order_without_reason(change):
    """Not eligible, not covered, no room, or not worth the transaction."""
    world = after(World(village({**COVERED, **change})), "bid_compliance", MONTH + 5)
    assert len(orders(world)) == 1  # the seller's
    assert world.state.firms.compliance_bid_fen[0] == 0


def test_one_firm_may_send_two_orders():
    """Each with its motive, its limit and its own moment of arrival."""
    world = after(World(village({**COVERED, **EVERY_MONTH})), "bid_compliance", MONTH)
    voluntary, compliance = orders(world)
    assert (voluntary.motive, compliance.motive) == (Motive.VOLUNTARY, Motive.COMPLIANCE)
    assert voluntary.agent_id == compliance.agent_id
    assert voluntary.arrival != compliance.arrival


def test_nobody_wants_more_than_the_offset_limit_allows():
    """A deadline moved from December to March in October: ten of three months are gone."""
    world = World(village(COVERED))
    world.run(9)
    world.set_lever("compliance.deadline_month", 3)
    after(world, "bid_compliance", MONTH + 9)
    firm = world.state.firms[0]
    bids = [int(order.quantity_t) for order in orders(world) if order.side == Side.BUY]
    assert sum(bids) + firm.for_compliance_t <= firm.room_t
