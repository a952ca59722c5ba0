"""What overlays make of single orders."""

import pytest

from agents.vocabulary import Motive
from simulation.markets.overlays.shaping import shape_orders
from simulation.markets.overlays.transaction_tax import before_tax, tax_on
from tests.helpers import both
from tests.unit.simulation.markets.books import book, buy, sell


@pytest.mark.parametrize(("order", "price", "tonnes"), [
    (sell(1500, 10), 2000, 10),
    (sell(2001, 10), 2050, 10),
    (sell(4000, 10), 4000, 10),
    (sell(4001, 10), 4001, 0),
    (buy(2500, 10), 2250, 10),
    (buy(9000, 10), 4000, 10),
    # 22 yuan less a tenth is 20 yuan, and one fen less is below the floor.
    (buy(2200, 10), 2000, 10),
    (buy(2199, 10), 2199, 0),
    # The government pays no tax.
    (buy(2500, 10, motive=Motive.PUBLIC), 2500, 10),
    # Seven tonnes are a lot of five.
    (buy(2500, 7), 2250, 5),
    (sell(2500, 4), 2500, 0),
])
def test_an_order_is_shaped(order, price, tonnes):
    """Floor 20, ceiling 40, tick half a yuan, lot 5 t, tax a tenth."""
    orders = book(order)
    refused = shape_orders(orders, 2000, 4000, 50, 5, 0.1)
    assert (orders.price_fen[0], orders.quantity_t[0]) == (price, tonnes)
    assert refused == (0 if tonnes else order[4])
    # What the sender wants stays on the order.
    assert (orders.limit_fen[0], orders.wanted_t[0]) == (order[3], order[4])


@pytest.mark.parametrize(("limit", "share", "expected"), [
    (110, 0.1, 100), (109, 0.1, 99), (1, 0.5, 0), (0, 0.3, 0), (3000, 0.0, 3000), (200, 1.0, 100),
])
def test_the_price_before_tax(limit, share, expected):
    """110 / 1.1 is 99.99999999999999 to floats, and the last fen is still the buyer's."""
    assert both(before_tax, limit, share) == expected


def test_a_part_of_a_fen_is_no_tax():
    """19 fen and a tenth of them."""
    assert both(tax_on, 19, 0.1) == 1
