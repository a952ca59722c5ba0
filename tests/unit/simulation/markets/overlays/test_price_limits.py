"""Price limits: which prices are allowed."""

import pytest

from simulation.markets.overlays.price_limits import allowed_prices
from simulation.markets.protocol import LARGEST_PRICE_FEN
from tests.helpers import both


@pytest.mark.parametrize(("limits", "tick", "expected"), [
    # floor, ceiling, band, last price
    ((0.0, 0.0, 0.0, 0.0), 1, (0, LARGEST_PRICE_FEN)),
    ((20.0, 40.0, 0.0, 0.0), 1, (2000, 4000)),
    # A floor between ticks goes up, a ceiling down: neither is ever passed.
    ((20.01, 39.99, 0.0, 0.0), 50, (2050, 3950)),
    ((0.0, 0.0, 0.1, 30.0), 1, (2700, 3300)),
    # The band goes outwards to the tick.
    ((0.0, 0.0, 0.1, 30.0), 400, (2400, 3600)),
    # No last price, no band.
    ((0.0, 0.0, 0.1, 0.0), 1, (0, LARGEST_PRICE_FEN)),
    # Floor and ceiling stand over the band, also where the last price lies beyond them.
    ((28.0, 31.0, 0.1, 30.0), 1, (2800, 3100)),
    ((40.0, 50.0, 0.1, 30.0), 1, (4000, 4000)),
    ((10.0, 20.0, 0.1, 30.0), 1, (2000, 2000)),
    ((0.0, 0.0, 0.1, 1_000_000.0), 1, (90_000_000, LARGEST_PRICE_FEN)),
])
def test_allowed_prices(limits, tick, expected):
    """Worked by hand."""
    assert both(allowed_prices, *limits, tick) == expected
