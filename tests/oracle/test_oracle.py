"""The engine and the object version are two texts of one model: equal runs, to the last bit."""

from pathlib import Path

import pytest

from agents.vocabulary import Entry
from benchmarks.object_model import ObjectMarketModel
from benchmarks.speed import speed_scenario
from simulation.reference_data import trade
from simulation.scenario import declared, load
from simulation.world import World
from tests.oracle.comparing import differences
from tests.oracle.running import MECHANISMS, Variant, run_both, run_variant

SEEDS = (0, 1, 2, 7, 2**63 - 1)
BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mechanism", MECHANISMS)
@pytest.mark.parametrize("name", ["tiny", "tiny-eligible"])
def test_ten_years_of_ten_agents_agree(name, mechanism, seed):
    """Every deal, balance, lot and agent, from rules as Python reads them."""
    model = run_both(load(name, {"market.mechanism": mechanism}), seed)
    assert len(model.monthly) == 120
    # Where a month has one pair, trade reduction leaves nothing.
    assert model.deals or mechanism == "mcafee"


@pytest.mark.parametrize("seed", [0, 1])
def test_the_replayed_trade_agrees(seed):
    model = run_both(load("ziyang"), seed)
    real = trade("JX-2024-01")
    assert [(deal.tonnes, deal.price_fen) for deal in model.deals] == [
        (real.traded_t, real.price_fen)
    ]


AUCTION = {"market.mechanism": "call_auction"}
# The interval of clearing prices is a point unless the two sides exhaust each other to the tonne.
EQUAL_LOTS = {
    **AUCTION, "quote.offered_share": 0.0, "quote.smallest_lot_t": 1000,
    "voluntary.size_deviation": 0.0, "compliance.eligible": False,
    **{f"firms.{row}.occasion_median_t": 1000.0 for row in range(3)},
    **{f"firms.{row}.occasions_per_year": 12.0 for row in range(3)},
}
# Truthful sellers all ask their marginal cost, so they share the margin.
EQUAL_ASKS = {
    **AUCTION, "projects.0.strategy": "truthful", "projects.1.strategy": "truthful",
}
SHORT_OF_ALLOWANCES = {"firms.1.free_share": 0.6, "firms.2.free_share": 0.8}
VARIANTS = {
    "one lot seen": Variant({"listing.lots_seen": 1}),
    "two lots seen": Variant({"listing.lots_seen": 2}),
    "whole lots": Variant({"listing.partial_lots": False, "quote.offered_share": 0.05}),
    "one whole lot seen": Variant({
        "listing.partial_lots": False, "listing.lots_seen": 1, "quote.offered_share": 0.05,
    }),
    "buyers' end": Variant({"call_auction.k": 0.0}, base=EQUAL_LOTS),
    "sellers' end": Variant({"call_auction.k": 1.0}, base=EQUAL_LOTS),
    "a third of the way": Variant({"call_auction.k": 0.33}, base=EQUAL_LOTS),
    "time priority": Variant({"call_auction.rationing": "time"}, base=EQUAL_ASKS),
    "two shouts a month": Variant(
        {"continuous.rounds": 2}, base={**EQUAL_ASKS, "market.mechanism": "continuous"}
    ),
    "many shouts from far away": Variant(
        {"continuous.rounds": 9, "continuous.opening_distance": 0.9},
        base={"market.mechanism": "continuous"},
    ),
    "fee in an auction": Variant(
        {"market.exchange_fee_share": 0.05}, Entry.EXCHANGE_FEE, base=EQUAL_ASKS
    ),
    # Occasions that are less than a tonne, and rests of one tonne.
    "tonne by tonne": Variant({
        "quote.offered_share": 0.0, "quote.smallest_lot_t": 1, "compliance.eligible": False,
        **{f"firms.{row}.occasion_median_t": 1.5 for row in range(3)},
        **{f"firms.{row}.occasions_per_year": 12.0 for row in range(3)},
    }),
    "half a tonne covered": Variant({"compliance.discount_ratio": 0.5}),
    "odd ratio": Variant({"compliance.discount_ratio": 0.29, "compliance.offset_limit": 1.0}),
    "part of the room": Variant({"compliance.room_share": 0.013}),
    "early deadline": Variant({"compliance.deadline_month": 6}),
    "cheap penalty": Variant(
        {"compliance.penalty_multiple": 0.5}, Entry.PENALTY, base=SHORT_OF_ALLOWANCES
    ),
    "no penalty": Variant({"compliance.penalty_multiple": 0.0}, base=SHORT_OF_ALLOWANCES),
    "exchange fee": Variant({"market.exchange_fee_share": 0.01}, Entry.EXCHANGE_FEE),
    "subsidy": Variant({"voluntary.subsidy_yuan_per_t": 2.345}, Entry.SUBSIDY),
    "public money": Variant({"reinvestment.public_share": 0.8}, Entry.PUBLIC_SHARE),
    "a little public money": Variant({"reinvestment.public_share": 0.37}, Entry.PUBLIC_SHARE),
    "planting in January": Variant({"reinvestment.planting_month": 1}, Entry.TREATMENT),
    "reverting price": Variant({"allowance_price.path": "mean_reverting"}),
    "price without a mean": Variant({
        "allowance_price.path": "mean_reverting", "allowance_price.reversion_per_year": 0.0,
    }),
    "record, then reverting": Variant({"allowance_price.path": "record_then_reverting"}),
    "historical price": Variant({"allowance_price.path": "historical_annual"}),
    "rising price": Variant({"allowance_price.growth_per_year": 0.05}),
    "strangers": Variant({"network.kind": "none"}),
    "hubs": Variant({"network.kind": "scale_free"}),
    "blocks": Variant({"network.kind": "block", "network.within_block": 0.9}),
    "start in July": Variant({"start": "2024-07"}),
    "short loans": Variant(
        {"voluntary.collateral_weight": 100.0, "voluntary.loan_months": 3}, Entry.RELEASE
    ),
    "loans of a month": Variant(
        {"voluntary.collateral_weight": 100.0, "voluntary.loan_months": 1,
         "firms.0.occasions_per_year": 12.0},
        Entry.RELEASE,
    ),
    "local support": Variant({"voluntary.local_weight": 100.0, "voluntary.local_premium": 0.2}),
    "issue at once": Variant({"verification.delay_months": 0}),
    "no buffer": Variant({"verification.buffer_share": 0.0}),
    "all in the buffer": Variant({"verification.buffer_share": 1.0}),
    "late registry": Variant({"registry.opens": "2026-05"}),
    "poor sellers": Variant({"projects.0.cash_yuan": 0.0, "projects.1.cash_yuan": 350_000.0}),
    "treated later": Variant({"projects.0.treated": "2025-02"}),
    "more occasions": Variant({"voluntary.demand_scale": 3.7}),
    "richer buyers": Variant({"voluntary.willingness_scale": 1.13}),
    "bargaining": Variant({"quote.strategy": "bargaining"}),
    "greedy bargaining": Variant({
        "quote.strategy": "bargaining", "bargaining.gain_share": 1.0,
        "bargaining.first_sale_chance": 0.05, "bargaining.chance_learning_rate": 0.9,
    }),
    "storage": Variant({"quote.strategy": "storage"}),
    "hopeful storage": Variant({
        "quote.strategy": "storage", "expectations.eligibility_probability": 0.9,
        "expectations.horizon_months": 31,
        "expectations.holding_cost_yuan_per_t_per_year": 2.5,
        "verification.discount_rate_per_year": 0.083,
    }),
    "a theory for each": Variant({
        "quote.strategy": "storage", "projects.0.strategy": "bargaining",
    }),
    "uncovered power": Variant({"firms.2.covered": False}),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
def test_rare_branches_agree(variant):
    run_variant("tiny-eligible", {"compliance.eligible": True}, variant, (1, 2, 3))


@pytest.mark.parametrize("eligible", [False, True])
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_a_crowd_agrees(mechanism, eligible):
    """Sixty projects and three hundred firms: long books, shared margins, many deals a month."""
    model = run_both(speed_scenario(mechanism, eligible=eligible, months=30), 1)
    assert max(row.deals for row in model.monthly) > 10


def test_events_agree(tmp_path: Path):
    """Levers of most sections move in the midst of a run, two of one section in one month."""
    path = tmp_path / "levers.toml"
    path.write_text("""
        extends = "tiny"
        name = "levers"
        [[events]]
        announced = "2024-01"
        effective = "2024-01"
        set = { "voluntary.subsidy_yuan_per_t" = 1.5 }
        [[events]]
        announced = "2024-01"
        effective = "2024-03"
        set = { "compliance.eligible" = true, "compliance.offset_limit" = 0.04 }
        [[events]]
        announced = "2024-01"
        effective = "2024-09"
        set = { "compliance.offset_limit" = 0.0001, "compliance.discount_ratio" = 0.8 }
        [[events]]
        announced = "2024-01"
        effective = "2025-01"
        set = { "compliance.deadline_month" = 10, "compliance.offset_limit" = 0.05 }
        [[events]]
        announced = "2024-01"
        effective = "2025-04"
        set = { "market.mechanism" = "call_auction", "market.exchange_fee_share" = 0.02 }
        [[events]]
        announced = "2024-01"
        effective = "2025-07"
        set = { "verification.delay_months" = 1, "quote.guide_price_yuan_per_t" = 25.0 }
        [[events]]
        announced = "2024-01"
        effective = "2027-09"
        set = { "compliance.eligible" = false }
        [[events]]
        announced = "2024-01"
        effective = "2028-01"
        set = { "market.mechanism" = "listing", "listing.partial_lots" = false }
    """, encoding="utf-8")
    overrides = {
        "quote.offered_share": 0.2, "quote.smallest_lot_t": 100,
        "verification.fixed_cost_yuan": 1000.0, "firms.0.occasions_per_year": 6.0,
    }
    scenario = load(str(path), overrides)
    for seed in (1, 2):
        model = run_both(scenario, seed)
        # Every lever moved a market in which credits traded in that year and the next.
        assert {2024, 2025, 2026, 2027, 2028} <= {deal.month // 12 for deal in model.deals}
        # The limit fell below what firms had bought for it, so they were left with credits.
        december = next(row for row in model.monthly if row.month == 2024 * 12 + 11)
        bought = sum(row.compliance_t for row in model.monthly if row.month <= december.month)
        assert 0 < december.retired_compliance_t < bought


def test_an_edge_list_agrees(tmp_path: Path):
    """Links by name; a firm that stands alone has no peers."""
    path = tmp_path / "links.csv"
    path.write_text(
        "firm_a,firm_b\nBattery maker 1,Cement works 2\nPower plant 1,Battery maker 1\n",
        encoding="utf-8",
    )
    overrides = {
        "network.kind": "edge_list", "network.edges": str(path), "voluntary.peer_weight": 3.0,
    }
    model = run_both(load("tiny", overrides), 3)
    assert [len(firm.partners) for firm in model.firms] == [2, 0, 0, 1, 1, 0]


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_every_form_of_the_rules_gives_one_run(mechanism):
    """What the benchmark times is the model that is compared above."""
    scenario = load("tiny-eligible", {"market.mechanism": mechanism})
    runs = [ObjectMarketModel(scenario, 3, form) for form in ("plain", "compiled", "quickest")]
    for model in runs:
        model.run()
    plain, compiled, quickest = runs
    assert plain.deals == compiled.deals == quickest.deals
    assert plain.monthly == compiled.monthly == quickest.monthly


def test_no_parameter_is_overlooked():
    """A parameter that the object version does not name could do anything in the engine."""
    text = "".join(path.read_text(encoding="utf-8") for path in BENCHMARKS.glob("object_*.py"))
    overlooked = [
        item.key for item in declared()
        if item.key.rpartition(".")[2] not in text
        # Names, the firm network that both are given, shares and hazards that are read as a table,
        # and announcements, on which nobody acts.
        and not item.key.startswith(("title", "currency", "network.", "projects.N.shares."))
        and not item.key.endswith("_hazard_per_year")
        and item.key != "events.N.announced"
    ]
    assert overlooked == []


def test_a_difference_is_found_and_named():
    """A comparison that cannot fail is none."""
    scenario = load("tiny")
    world, model = World(scenario, 1), ObjectMarketModel(scenario, 1)
    world.run()
    model.run()
    world.state.deals.price_fen[3] += 1
    model.monthly[7].held_t += 1
    model.projects[2].markup += 1e-16
    model.firms[4].account.fen -= 1
    accounts, blocks = world.state.firms.account, world.state.ledger.blocks
    blocks.owner[0] = accounts[0] if blocks.owner[0] != accounts[0] else accounts[1]
    found = differences(world, model)
    starts = (
        "month 2024-08: held_t", "deal (", "project 1002000000: markup", "firm 2003000000: engine",
        "lot 0",
    )
    assert len(found) == len(starts)
    assert all(text.startswith(start) for text, start in zip(found, starts, strict=True)), found
