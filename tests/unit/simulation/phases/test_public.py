"""The government buyer: its order, what it pays, and what becomes of the credits."""

from agents.vocabulary import Account, CreditState, Entry, Motive
from simulation.phases.public import GOVERNMENT_ID
from simulation.results import Run
from simulation.world import World
from tests.helpers import EVERY_MONTH, MONTH, after, village

FIRST_SALE = MONTH + 3
REVERSE = {"market.mechanism": "reverse_auction", "reverse_auction.quantity_t": 6000}


def settled(changes=None):
    """The village after its first sale: a lot of 21,436 t at 30.00, a firm that wants 10,000 t."""
    scenario = village({**EVERY_MONTH, **REVERSE, **(changes or {})})
    return after(World(scenario), "settle", FIRST_SALE)


def test_no_public_order_under_another_rule():
    """The order belongs to the reverse auction."""
    world = settled({"market.mechanism": "listing"})
    assert not world.state.monthly.bid_public_t.any()
    assert set(Run(world).deals["motive"]) == {"voluntary"}


def test_the_treasury_pays_and_cancels():
    """6,000 t at 30.00 for the public, 10,000 t of what is left for the firm."""
    world = settled()
    ledger, row = world.state.ledger, world.state.monthly[FIRST_SALE - MONTH]
    deals = Run(world).deals
    assert deals["motive"].tolist() == ["public", "voluntary"]
    assert deals["buyer"].tolist() == ["government", "Works"]
    assert deals["buyer_id"][0] == GOVERNMENT_ID
    assert deals["tonnes"].tolist() == [6000, 10_000]
    treasury = int(Account.TREASURY)
    assert ledger.fen[treasury] == -18_000_000
    assert ledger.tonnes[treasury, int(CreditState.CANCELLED)] == 6000
    assert ledger.tonnes[treasury].sum() == 6000
    assert (row.bid_public_t, row.public_t, row.public_value_fen) == (6000, 6000, 18_000_000)
    assert (row.volume_t, row.voluntary_t) == (16_000, 10_000)
    cancelled = ledger.journal[ledger.journal.entry == Entry.CANCEL]
    assert cancelled.amount.sum() == 6000
    outcomes = Run(world).outcomes
    assert outcomes["public_t"] == outcomes["cancelled_t"] == 6000
    assert outcomes["public_spending_yuan"] == -outcomes["government_balance_yuan"] == 180_000.0
    assert outcomes["buyers"] == 1
    world.check_books()


def test_the_budget_and_the_ceiling_hold():
    """100,000 yuan pay for 3,333 t at 30.00; nothing is bought above the ceiling."""
    assert Run(settled({"reverse_auction.budget_yuan": 100_000.0})).deals["tonnes"][0] == 3333
    low = Run(settled({"reverse_auction.ceiling_yuan_per_t": 29.99})).deals
    assert low["motive"].tolist() == ["voluntary"]
    assert not Run(settled({"reverse_auction.quantity_t": 0})).monthly["bid_public_t"].any()


def test_private_demand_may_stay_out():
    """Then the public buyer is alone."""
    deals = Run(settled({"reverse_auction.private_demand": "out"})).deals
    assert deals["motive"].tolist() == ["public"]


def test_a_world_without_firms_sells_to_the_public():
    """The government is an agent of its own, not a row among the firms."""
    world = World(village({**REVERSE, "firms": []}))
    world.run()
    world.check_books()
    assert world.state.monthly.public_t.sum() > 0
    assert set(world.state.deals[: world.state.clock[8]].motive) == {int(Motive.PUBLIC)}
