"""Price limits, ticks, lots, tax and reserve over every pricing rule: both versions agree."""

import pytest

from agents.vocabulary import Entry
from simulation.scenario import load
from tests.oracle.running import MECHANISMS, Variant, run_both, run_variant

SCENE = {
    "months": 12, "joining.innovation_per_year": 6.0, "compliance.eligible": True,
    "voluntary.demand_scale": 4.0,
}
RESERVE = {"reserve.levy_share": 0.3, "reserve.soft_ceiling_yuan_per_t": 26.0}
EVERYTHING = {
    "price_limits.floor_yuan_per_t": 19.993, "price_limits.ceiling_yuan_per_t": 44.44,
    "price_limits.band_share": 0.2, "trading_units.tick_yuan_per_t": 0.7,
    "trading_units.lot_t": 130, "transaction_tax.share": 0.07, **RESERVE,
}
OVERLAYS = {
    "floor": Variant({"price_limits.floor_yuan_per_t": 27.5}),
    "ceiling": Variant({"price_limits.ceiling_yuan_per_t": 25.0}),
    "band": Variant({"price_limits.band_share": 0.02}),
    "tick": Variant({"trading_units.tick_yuan_per_t": 3.0}),
    "lot": Variant({"trading_units.lot_t": 1000}),
    "tax": Variant({"transaction_tax.share": 0.1}, Entry.TRANSACTION_TAX),
    "levy": Variant({"reserve.levy_share": 0.25}),
    "reserve": Variant(RESERVE),
}


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_all_overlays_together_agree(mechanism):
    """Numbers that fit nowhere, so that every rounding is used."""
    run_variant(
        "china-counties", SCENE, Variant(EVERYTHING, Entry.TRANSACTION_TAX,
        {"market.mechanism": mechanism}), [1, 2], form="quickest",
    )


@pytest.mark.parametrize("mechanism", ["listing", "bilateral", "call_auction"])
@pytest.mark.parametrize("variant", OVERLAYS.values(), ids=OVERLAYS.keys())
def test_each_overlay_agrees(variant, mechanism):
    """One at a time, over a year of sixty watersheds and three hundred firms."""
    alone = variant._replace(base={"market.mechanism": mechanism})
    run_variant("china-counties", SCENE, alone, [1], form="quickest")


def test_the_reserve_is_sold_and_runs_out():
    """A dear market takes all of a small reserve, and the price goes beyond the soft ceiling."""
    world = {**SCENE, "market.mechanism": "call_auction", "reserve.levy_share": 0.01,
             "reserve.soft_ceiling_yuan_per_t": 24.0, "voluntary.demand_scale": 40.0}
    model = run_both(load("china-counties", world), 1)
    sold = [deal for deal in model.deals if deal.seller_id == model.government.stable_id]
    assert sold
    assert sum(deal.tonnes for deal in sold) == sum(row.reserve_sold_t for row in model.monthly)
    assert max(deal.price_fen for deal in model.deals) > 2400


def test_overlays_agree_while_they_move(tmp_path):
    """A floor, a tax and a lot come in the midst of a run and go again."""
    path = tmp_path / "overlays.toml"
    path.write_text("""
        extends = "china-counties"
        name = "overlays"
        [[events]]
        announced = "2024-01"
        effective = "2024-04"
        set = { "price_limits.floor_yuan_per_t" = 25.0, "transaction_tax.share" = 0.2 }
        [[events]]
        announced = "2024-01"
        effective = "2024-08"
        set = { "price_limits.floor_yuan_per_t" = 0.0, "trading_units.lot_t" = 5000 }
    """, encoding="utf-8")
    model = run_both(load(str(path), SCENE), 1)
    taxed = {row.month for row in model.monthly if row.transaction_tax_fen}
    assert min(taxed) >= 2024 * 12 + 3
    assert {row.lowest_allowed_fen for row in model.monthly} == {0, 2500}
