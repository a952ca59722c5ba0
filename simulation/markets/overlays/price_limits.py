"""Price limits: a hard floor, a hard ceiling, and a band around the last price.

No deal is struck outside them. A buyer who would pay more bids the highest allowed price, a seller
who would take less asks the lowest; who cannot meet them sends nothing. The floor and the ceiling
stand over the band: a band that has drifted away from them ends where they begin.
"""

import math
from typing import Self

from pydantic import model_validator

from agents.compiled import rule
from agents.parameters import Parameters, param
from agents.quantities import LAST_BITS, to_fen
from simulation.markets.protocol import LARGEST_PRICE_FEN

__all__ = ["PriceLimits", "allowed_prices"]


class PriceLimits(Parameters):
    """Prices at which a deal may be struck."""

    floor_yuan_per_t: float = param(
        0.0, unit="yuan/t, 0 for none", low=0, high=1_000_000, role="lever",
        source="price floors of California and RGGI; that one is set here is assumption A29",
        label="Price floor", label_zh="最低限价",
    )
    ceiling_yuan_per_t: float = param(
        0.0, unit="yuan/t, 0 for none", low=0, high=1_000_000, role="lever",
        source="price ceiling of California; that one is set here is assumption A29",
        label="Price ceiling", label_zh="最高限价",
    )
    band_share: float = param(
        0.0, unit="1, 0 for none", low=0, high=1, role="lever",
        source="Chinese exchanges limit daily moves; a month for a day is assumption A29",
        label="Widest move from the last price, share of it",
        label_zh="涨跌幅限制（相对上次成交价）",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if 0 < self.ceiling_yuan_per_t < self.floor_yuan_per_t:
            raise ValueError(
                f"floor_yuan_per_t = {self.floor_yuan_per_t} is above ceiling_yuan_per_t = "
                f"{self.ceiling_yuan_per_t}. Swap them, or leave the ceiling at 0 for none."
            )
        return self


@rule
def allowed_prices(floor_yuan, ceiling_yuan, band, last_yuan, tick):
    """Lowest and highest price of a deal this month.

    Parameters
    ----------
    floor_yuan, ceiling_yuan : yuan/t; 0 for none
    band : share of the last price, 0 for none
    last_yuan : mean price of the latest month with deals, yuan/t; 0 before the first, which no
        band limits
    tick : smallest price step, fen/t

    Returns
    -------
    low, high : fen/t, multiples of the tick; low above high where no such price is allowed
    """
    low = -(-to_fen(floor_yuan) // tick) * tick
    high = LARGEST_PRICE_FEN // tick * tick
    if ceiling_yuan > 0.0:
        high = to_fen(ceiling_yuan) // tick * tick
    if band > 0.0 and last_yuan > 0.0:
        # Outwards to the tick: a band narrower than a tick would stop the market for good.
        band_low = math.floor(last_yuan * 100.0 * (1.0 - band) * LAST_BITS) // tick * tick
        highest = min(last_yuan * 100.0 * (1.0 + band) / LAST_BITS, high)
        band_high = -(-math.ceil(highest) // tick) * tick
        low, high = min(max(band_low, low), high), max(min(band_high, high), low)
    return low, high
