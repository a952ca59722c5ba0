"""Bilateral agreements: worked examples."""

import pytest

from simulation.markets import bilateral
from simulation.markets.bilateral import BilateralRules, knows, nash_price
from tests.helpers import both
from tests.unit.simulation.markets.books import KEY, book, buy, deals, sell

EVERYBODY = {"contact_local": 1.0, "contact_distant": 1.0, "search_cost_yuan": 0.0,
             "smallest_block_t": 1}


def clear(orders, **rules):
    """Clear with these rules; everybody knows everybody unless said otherwise."""
    return bilateral.clear(orders, BilateralRules(**{**EVERYBODY, **rules}), KEY)


def prices(out):
    """Prices of the deals, fen."""
    return [price for *_, price in deals(out)]


@pytest.mark.parametrize(("power", "price"), [(0.0, 2000), (0.5, 2500), (1.0, 3000)])
def test_the_gain_is_split_by_power(power, price):
    """Between an ask of 20 and a limit of 30, in whole fen, rounded down."""
    assert both(nash_price, 2000, 3000, power) == price
    assert prices(clear(book(sell(2000, 10), buy(3000, 10)), seller_power=power)) == [price]


def test_the_next_contact_is_the_outside_option():
    """Somebody else asks 22: no more than that is paid, whatever the limit."""
    assert prices(clear(book(sell(2000, 10), sell(2200, 10, who=1), buy(9000, 10)))) == [2100]


def test_large_search_costs_leave_no_market():
    """10,000 yuan for 1,000 t are 10 yuan/t, all that there was to gain."""
    orders = book(sell(2000, 1000), buy(2999, 1000))
    assert not deals(clear(orders, search_cost_yuan=10_000.0))
    assert prices(clear(orders, search_cost_yuan=5_000.0)) == [2249]


def test_small_blocks_are_not_worth_while():
    """999 t are less than the smallest block."""
    orders = book(sell(2000, 5000), buy(3000, 999))
    assert not deals(clear(orders, smallest_block_t=1000))
    assert len(deals(clear(orders, smallest_block_t=999))) == 1


def test_strangers_do_not_trade():
    """Knowing depends on the province, and on nothing else where the chances are 0 and 1."""
    orders = book(sell(2000, 10), buy(3000, 10))
    assert not deals(clear(orders, contact_local=0.0))
    assert both(knows, True, 1.0, 0.0, 0.5)
    assert not both(knows, False, 1.0, 0.0, 0.5)
    orders.province[1] = 1
    assert not deals(clear(orders, contact_distant=0.0))


def test_no_unit_is_lost():
    """Filled and unfilled are what was ordered; the cheapest lot goes first."""
    orders = book(sell(2500, 30), sell(2000, 50, who=1), buy(3000, 60), buy(2600, 40, who=1))
    out = clear(orders)
    assert (out.filled + out.unfilled == orders.quantity_t).all()
    assert out.filled[:2].sum() == out.filled[2:].sum() == 80
