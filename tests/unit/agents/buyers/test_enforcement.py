"""How much is hidden, and what being found costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.buyers.enforcement import fine_yuan, hidden_tonnes
from tests.helpers import both


@pytest.mark.parametrize(
    ("audit", "price", "hidden"), [(0.3, 18.75, 21), (0.5, 25.0, 15), (0.8, 30.77, 9)]
)
def test_violations_are_those_of_benchmark_b8(audit, price, hidden):
    """A fine of 20 v + v squared: 21.25, 15 and 9.23 t, in whole tonnes."""
    assert both(hidden_tonnes, 1000, price, audit, 20.0, 2.0) == hidden


@pytest.mark.parametrize(
    ("audit", "fine", "rise", "hidden"),
    [
        (1.0, 0.0, 0.0, 0),  # certain
        (0.0, 300.0, 1.0, 500),  # nobody looks
        (0.5, 120.0, 0.0, 0),  # 60 yuan saved for 60 risked
        (0.5, 119.9, 0.0, 500), (0.1, 300.0, 0.01, 500), (0.1, 300.0, 10.0, 30),
    ],
)
def test_firms_hide_while_it_pays(audit, fine, rise, hidden):
    """Up to 500 t, at 60 yuan a tonne."""
    assert both(hidden_tonnes, 500, 60.0, audit, fine, rise) == hidden


@given(
    st.integers(0, 10**9), st.floats(0, 1e4), st.floats(1e-6, 0.999), st.floats(0, 1e5),
    st.floats(1e-6, 10),
)
def test_the_last_tonne_hidden_is_worth_its_risk(need, price, audit, fine, rise):
    """Within the last bits of a float."""
    hidden = both(hidden_tonnes, need, price, audit, fine, rise)
    slack = 1e-9 * (1.0 + price + audit * fine)
    assert 0 <= hidden <= need
    if hidden:
        assert audit * (fine + rise * hidden) <= price + slack
    if hidden < need:
        assert audit * (fine + rise * (hidden + 1)) >= price - slack


def test_the_fine_is_the_area_under_its_curve():
    """20 x 15 + 15 squared."""
    assert both(fine_yuan, 15.0, 20.0, 2.0) == 525.0
