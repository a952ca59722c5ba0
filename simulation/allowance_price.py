"""The path of the allowance price: from outside, or from the firms' own market."""

import math
from typing import Literal

from agents.compiled import rule
from agents.parameters import Parameters, param
from agents.vocabulary import PathKind

__all__ = ["AllowancePriceParameters", "next_allowance_price"]


class AllowancePriceParameters(Parameters):
    """Path of the allowance price; `endogenous` is the market of `allowance_market`."""

    path: Literal[
        "constant", "historical_annual", "mean_reverting", "record_then_reverting", "endogenous"
    ] = param(
        "constant", unit="name", role="uncertainty", source="assumption A17",
        label="Path of the allowance price", label_zh="配额价格路径",
    )
    price_yuan_per_t: float = param(
        62.36, unit="yuan/t", low=0.01, high=10_000, role="uncertainty",
        source="national allowances, mean of 2025 (data/prices.csv)",
        label="Allowance price: constant, start and long-run level", label_zh="配额价格水平",
    )
    growth_per_year: float = param(
        0.0, unit="1/year", low=-0.5, high=0.5, role="uncertainty", source="assumption A17",
        label="Growth of the allowance price level", label_zh="配额价格年增长率",
    )
    reversion_per_year: float = param(
        1.0, unit="1/year", low=0, high=50, role="uncertainty", source="assumption A17",
        label="Speed of return to the level", label_zh="均值回归速度",
    )
    volatility_per_year: float = param(
        0.3, unit="1/sqrt(year)", low=0, high=5, role="uncertainty",
        source="annualised volatility 0.21-0.66 in 2021-2025 (facts, section 3)",
        label="Volatility of the allowance price", label_zh="配额价格波动率",
    )


@rule
def next_allowance_price(path, price, level, historical, growth, years, reversion, volatility,
                         normal):
    """Allowance price of this month.

    Parameters
    ----------
    path : PathKind code
    price : yuan/t, last month
    level : yuan/t, at the start of the run
    historical : yuan/t, annual mean of this year; NaN where a path leaves the record
    growth : of the level, 1/year, in logarithms
    years : since the start of the run
    reversion : 1/year
    volatility : 1/sqrt(year)
    normal : standard normal draw

    Returns
    -------
    yuan/t, positive

    Notes
    -----
    The mean-reverting path is an Ornstein-Uhlenbeck process in logarithms, sampled exactly
    (Schwartz 1997, J. Finance 52:923, model 1, without its risk premium).
    """
    if path == PathKind.ENDOGENOUS:
        # Until firms have traded this month.
        return price
    if path == PathKind.HISTORICAL_ANNUAL:
        return historical
    if path == PathKind.RECORD_THEN_REVERTING and not math.isnan(historical):
        return historical
    target = level * math.exp(growth * years)
    if path == PathKind.CONSTANT:
        return target
    decay = math.exp(-reversion / 12.0)
    deviation = volatility * math.sqrt(1.0 / 12.0)
    if reversion > 0.0:
        deviation = volatility * math.sqrt(-math.expm1(-reversion / 6.0) / (2.0 * reversion))
    gap = math.log(price) - math.log(target)
    return target * math.exp(gap * decay + deviation * normal)
