"""Auctions and administered prices in a county world: both versions give equal runs."""

import pytest

from agents.vocabulary import Entry
from tests.oracle.running import Variant, run_variant

# Many sellers soon, so that lots compete and margins are rationed.
SCENE = {
    "months": 12, "joining.innovation_per_year": 6.0, "compliance.eligible": True,
    "voluntary.demand_scale": 4.0,
}


def under(mechanism, key="", value=None, entry=None, **scene):
    """A variant in which one parameter of a pricing rule moves."""
    base = {"market.mechanism": mechanism, **scene}
    if not key:
        return Variant(base, entry)
    return Variant({f"{mechanism}.{key}": value}, entry, base)


TRUTHFUL = {f"projects.{row}.strategy": "truthful" for row in range(5)}
LARGE = {"reverse_auction.quantity_t": 250_000, "reverse_auction.budget_yuan": 1e9}
VARIANTS = {
    "pay as bid": under("pay_as_bid"),
    "pay as asked": under("pay_as_bid", "price", "ask"),
    "halfway": under("pay_as_bid", "price", "midpoint"),
    "pay as bid by time": under("pay_as_bid", "rationing", "time", **TRUTHFUL),
    "trade reduction": under("mcafee", entry=Entry.PRICE_DIFFERENCE),
    "always reduced": under(
        "mcafee", "candidate", False, Entry.PRICE_DIFFERENCE,
        **{"compliance.eligible": False, "voluntary.demand_scale": 12.0},
    ),
    "reduced with a fee": Variant(
        {"market.exchange_fee_share": 0.03}, Entry.EXCHANGE_FEE, {"market.mechanism": "mcafee"}
    ),
    "first price": under("one_way_auction"),
    "second price": under("one_way_auction", "format", "second_price"),
    "clock": under("one_way_auction", "format", "ascending"),
    "coarse clock": under(
        "one_way_auction", "increment_yuan_per_t", 7.77,
        **{"one_way_auction.format": "ascending"},
    ),
    "administered": under("administered"),
    "dear": under("administered", "price_yuan_per_t", 45.678),
    "queue": under("administered", "rationing", "queue"),
    "lottery": under("administered", "rationing", "lottery"),
    "reverse": under("reverse_auction", entry=Entry.CANCEL),
    "reverse, as bid": under("reverse_auction", "payment", "pay_as_bid", Entry.CANCEL, **LARGE),
    "reverse, alone": under("reverse_auction", "private_demand", "out", Entry.CANCEL),
    "reverse, small budget": under("reverse_auction", "budget_yuan", 12_345.67, Entry.CANCEL),
    "reverse, large": Variant(LARGE, Entry.CANCEL, {"market.mechanism": "reverse_auction"}),
    "reverse, low ceiling": under("reverse_auction", "ceiling_yuan_per_t", 20.5),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
def test_variants_of_the_auctions_agree(variant):
    """Every parameter of every rule, over a year of sixty watersheds and three hundred firms."""
    # Plain draws, the slowest part of so many agents, are compared in other tests.
    run_variant("china-counties", SCENE, variant, [1], form="quickest")
