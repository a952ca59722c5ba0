"""Real trades and prices, as they ship."""

import pytest

from simulation.errors import InputError
from simulation.reference_data import (
    annual_allowance_prices,
    first_month_of,
    priced_trades,
    record_months,
    trade,
)


def test_the_seed_case_is_the_one_that_was_sold():
    """193,000 t verified for 2002-2023 on 22.43 km2; 70,000 t sold at 30 yuan."""
    ziyang = trade("JX-2024-01")
    assert (ziyang.watershed_km2, ziyang.accrual_start, ziyang.accrual_end) == (22.43, 2002, 2023)
    assert (ziyang.verified_t, ziyang.traded_t, ziyang.price_fen) == (193_000, 70_000, 3000)


def test_an_unknown_trade_lists_the_known():
    """In one line."""
    with pytest.raises(InputError, match="JX-2024-01") as error:
        trade("JX-2042-01")
    assert "\n" not in str(error.value)


def test_allowance_prices_are_the_published_means():
    """National allowances, volume-weighted: those of 2021 to 2025, and no other market's."""
    assert annual_allowance_prices() == {
        2021: 42.85, 2022: 55.3, 2023: 68.0, 2024: 96.03, 2025: 62.36,
    }


def test_a_year_starts_in_january():
    """2002 * 12."""
    assert first_month_of(2002) == 24024


def test_the_record_of_trades_spans_fourteen_months():
    """Eleven trades with a price, 2023-12 to 2025-01."""
    assert len(priced_trades()) == 11
    assert record_months() == 14
