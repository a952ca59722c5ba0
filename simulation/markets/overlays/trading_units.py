"""Trading units: prices in whole ticks, quantities in whole lots.

A bid is rounded down to the tick and an ask up, so that nobody is pushed beyond a limit; what is
less than a lot is not sent. A price that a pricing rule computes is rounded down to the tick, which
is still at least the ask.
"""

from pydantic import field_validator

from agents.compiled import kernel, rule
from agents.parameters import Parameters, param
from agents.quantities import FEN_PER_YUAN

__all__ = ["TradingUnits", "in_lots", "round_prices"]


class TradingUnits(Parameters):
    """Smallest steps of price and quantity."""

    tick_yuan_per_t: float = param(
        0.01, unit="yuan/t", low=0.01, high=1000, role="lever",
        source="tick of the national allowance market, 0.01 yuan",
        label="Tick, the smallest price step", label_zh="最小变动价位",
    )
    lot_t: int = param(
        1, unit="t", low=1, high=1_000_000, role="lever",
        source="step of the national allowance market, 1 t",
        label="Lot, the smallest quantity step", label_zh="最小交易单位",
    )

    @field_validator("tick_yuan_per_t")
    @classmethod
    def _whole_fen(cls, tick: float) -> float:
        # Prices are kept in whole fen; a part of one would be dropped without a word.
        fen = tick * FEN_PER_YUAN
        if abs(fen - round(fen)) > 1e-6:
            raise ValueError("is no whole number of fen. Give 0.01 or a multiple of it.")
        return tick


@rule
def in_lots(tonnes, lot):
    """Quantity in whole lots.

    Parameters
    ----------
    tonnes : t, not negative
    lot : t, positive

    Returns
    -------
    t, a multiple of the lot, rounded down
    """
    return tonnes // lot * lot


@kernel
def round_prices(matches, found, tick):
    """Round the prices of matches down to the tick.

    Parameters
    ----------
    matches : recarray; changed
    found : number of matches
    tick : fen/t
    """
    if tick == 1:
        return
    for place in range(found):
        match = matches[place]
        match.price_fen = match.price_fen // tick * tick
        match.seller_price_fen = match.seller_price_fen // tick * tick
