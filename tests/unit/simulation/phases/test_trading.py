"""Phases `clear`, `settle` and `learn`: from orders to deals, and what sellers make of them."""

import pytest

from agents.vocabulary import Account, CreditState, Entry
from simulation.errors import InvariantError
from simulation.results import Run
from simulation.scenario import load
from simulation.world import World
from tests.helpers import EVERY_MONTH, MONTH, after, village

HELD, ESCROW, RETIRED = (int(CreditState[name]) for name in ("HELD", "ESCROW", "RETIRED"))
FIRST_SALE = MONTH + 3  # the month of the first issue


def settled(changes=None):
    """The village when its first deal has been settled."""
    return after(World(village({**EVERY_MONTH, **(changes or {})})), "settle", FIRST_SALE)


def test_delivery_is_against_payment():
    """10,000 t at the posted 30.00 yuan: 300,000 yuan, half of them for the watershed."""
    world = settled()
    project, firm, ledger = world.state.projects[0], world.state.firms[0], world.state.ledger
    assert ledger.tonnes[firm.account, HELD] == 10_000
    assert ledger.tonnes[project.account, ESCROW] == 21_436 - 10_000
    assert ledger.fen[project.fund_account] == 15_000_000
    assert (project.sold_t, project.proceeds_fen, project.earmarked_fen) == (
        10_000, 30_000_000, 15_000_000,
    )
    assert (firm.spent_fen, firm.voluntary_t, firm.to_retire_t) == (30_000_000, 10_000, 10_000)
    assert firm.budget_fen == 300_000_000 - 30_000_000
    # The firm's treasury paid exactly what was due.
    assert ledger.fen[firm.account] == 0


def test_entries_of_a_deal_come_in_their_order():
    """Deposit, payment, delivery, earmark: nobody delivers before the money is there."""
    journal = Run(settled()).journal
    months = journal[journal["month"].astype(str) == "2024-04"]
    assert months["entry"].tolist() == [
        "issue", "issue", "offer", "deposit", "payment", "deliver", "earmark",
    ]


def test_a_fee_comes_off_before_the_watershed_gets_its_share():
    """10 % of 300,000 yuan for the exchange, half of the other 270,000 for the watershed."""
    world = settled({"market.exchange_fee_share": 0.1})
    ledger = world.state.ledger
    assert ledger.fen[int(Account.EXCHANGE)] == 3_000_000
    assert ledger.fen[world.state.projects.fund_account[0]] == 13_500_000
    assert world.state.projects.proceeds_fen[0] == 30_000_000


def test_the_exchange_keeps_what_the_seller_does_not_get():
    """The buyer pays 38.00, the seller gets 32.00: 6.00 for each of 10,000 t, and every fen counts.

    Fee and earmark are shares of what the seller gets.
    """
    world = after(
        World(village({**EVERY_MONTH, "market.exchange_fee_share": 0.1})), "clear", FIRST_SALE
    )
    world.state.matches.price_fen[0] = 3800
    world.state.matches.seller_price_fen[0] = 3200
    world = after(world, "settle", FIRST_SALE)
    ledger, row = world.state.ledger, world.state.monthly[FIRST_SALE - MONTH]
    entries = ledger.journal[ledger.journal.entry == Entry.PRICE_DIFFERENCE]
    assert entries.amount.tolist() == [6_000_000]
    assert ledger.fen[int(Account.EXCHANGE)] == 6_000_000 + 3_200_000
    assert ledger.fen[world.state.projects.fund_account[0]] == 14_400_000
    assert world.state.projects.proceeds_fen[0] == 32_000_000
    assert world.state.firms.spent_fen[0] == row.value_fen == 38_000_000
    assert row.price_difference_fen == 6_000_000
    outcomes = Run(world).outcomes
    assert outcomes["proceeds_yuan"] == 320_000.0
    assert outcomes["price_difference_yuan"] == 60_000.0


def test_a_subsidy_is_paid_for_each_voluntary_tonne():
    """5 yuan for 10,000 t, from the treasury."""
    world = settled({"voluntary.subsidy_yuan_per_t": 5.0})
    ledger = world.state.ledger
    assert ledger.fen[int(Account.TREASURY)] == -5_000_000
    assert ledger.fen[world.state.firms.account[0]] == 5_000_000


def test_the_auction_splits_the_gain():
    """Ask 30, bid 40: at k = 0.5 the price is 35.00; who is rationed lowers it to the ask.

    The lot of 21,436 t is larger than what is wanted, so its price bounds the interval from above.
    """
    auction = {"market.mechanism": "call_auction"}
    deal = Run(settled(auction)).deals.iloc[0]
    assert (deal["tonnes"], deal["price_yuan_per_t"]) == (10_000, 30.0)
    # With a larger occasion the lot sells out, and nothing bounds the price but the bid.
    larger = {**auction, "firms.0.occasion_median_t": 30_000.0}
    deal = Run(settled({**larger, "call_auction.k": 0.0})).deals.iloc[0]
    assert (deal["tonnes"], deal["price_yuan_per_t"]) == (21_436, 40.0)
    # Wanted and offered alike: the interval is from 30 to 40.
    equal = {**auction, "firms.0.occasion_median_t": 21_436.0}
    for k, price in ((0.0, 30.0), (0.5, 35.0), (1.0, 40.0)):
        deal = Run(settled({**equal, "call_auction.k": k})).deals.iloc[0]
        assert (deal["tonnes"], deal["price_yuan_per_t"]) == (21_436, price)


def test_no_deal_below_the_ask_or_above_the_bid():
    """A bid of 29.99 meets an ask of 30.00: no deal in the first month of sale."""
    world = settled({"firms.0.willingness_yuan_per_t": 29.99})
    assert len(Run(world).deals) == 0
    assert len(Run(settled({"firms.0.willingness_yuan_per_t": 30.0})).deals) == 1


def test_a_partly_filled_occasion_stays_open():
    """40,000 t wanted, 21,436 t on offer: the rest is wanted in the next month."""
    world = settled({"firms.0.occasion_median_t": 40_000.0})
    assert world.state.firms.occasion_t[0] == 40_000 - 21_436


def test_sellers_learn_from_the_month():
    """Sold out: a step up. The belief goes a fifth of the way to the mean price."""
    sold_out = {"market.mechanism": "call_auction", "firms.0.occasion_median_t": 21_436.0}
    world = settled(sold_out)
    world.run_phase()
    project = world.state.projects[0]
    # Three months without an offer leave the markup at 0.
    assert project.markup == pytest.approx(0.01)
    assert project.believed_price == pytest.approx(31.0)  # 30 + 0.2 * (35 - 30)
    assert world.state.prices[0] == pytest.approx(35.0)


def test_a_part_sold_is_no_news_for_the_markup():
    """10,000 of 21,436 t."""
    world = settled()
    world.run_phase()
    assert world.state.projects.markup[0] == 0.0


def test_the_last_price_stays_until_there_is_another():
    """A month without a deal teaches nothing."""
    world = settled({"market.mechanism": "call_auction", "firms.0.occasion_median_t": 21_436.0})
    world.state.firms.occasions_per_year[0] = 0.0
    after(world, "learn", FIRST_SALE + 1)
    assert world.state.prices[0] == pytest.approx(35.0)
    assert world.state.projects.believed_price[0] == pytest.approx(31.0)


@pytest.mark.parametrize(
    ("price", "seller_price"),
    [(4001, 3000), (4001, 4001), (3000, 2999), (2999, 2999), (3500, 3501)],
)
def test_a_deal_outside_its_limits_stops_the_run(price, seller_price):
    """A mechanism that broke its promise to either side would be found before money moves."""
    world = after(World(village(EVERY_MONTH)), "judge", FIRST_SALE)
    world.state.matches.price_fen[0] = price
    world.state.matches.seller_price_fen[0] = seller_price
    with pytest.raises(InvariantError, match=r"a deal was struck .*phase settle"):
        world.run_phase()
    assert not (world.state.ledger.journal.entry == Entry.PAYMENT).any()


def test_a_deal_that_cannot_be_delivered_stops_the_run():
    """More tonnes than the lot in escrow."""
    world = after(World(village(EVERY_MONTH)), "judge", FIRST_SALE)
    world.state.matches.tonnes[0] = 21_437
    with pytest.raises(InvariantError, match=r"could not be settled .*phase settle"):
        world.run_phase()


def test_compliance_purchases_are_kept_for_the_surrender():
    """They are neither retired at once nor counted as voluntary."""
    world = after(World(village({
        "firms.0.covered": True, "compliance.eligible": True, "firms.0.pace": 1.0,
    })), "retire", FIRST_SALE)
    firm, ledger = world.state.firms[0], world.state.ledger
    wanted = 46_882 * 4 // 12
    assert (firm.for_compliance_t, firm.compliance_t, firm.voluntary_t) == (wanted, wanted, 0)
    assert ledger.tonnes[firm.account, HELD] == wanted
    assert ledger.tonnes[:, RETIRED].sum() == 0


def test_the_last_price_is_the_mean_of_the_month():
    """Over all its deals, weighted by tonnes, with fractions of a fen."""
    world = World(load("tiny", {"compliance.eligible": True, "months": 36}))
    fractions = 0
    while not world.finished:
        after(world, "learn", world.month)
        row = world.state.monthly[world.month - MONTH]
        if row.volume_t > 0:
            assert world.state.prices[0] == pytest.approx(row.value_fen / row.volume_t / 100, 1e-12)
            fractions += row.value_fen % row.volume_t > 0
        after(world, "record", world.month)
    assert fractions > 3
