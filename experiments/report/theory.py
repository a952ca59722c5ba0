"""Theory beside the maps: the key to its regimes, and where agents differ from it."""

import numpy as np

from experiments.language import LANGUAGES, Language
from experiments.mapping import MarketMap
from experiments.report.numerals import figure, listed, ratio
from experiments.report.reading import Reading
from experiments.report.texts import in_both, rule_name, tell
from experiments.theory_lines import TheoryMap
from simulation.theory.regimes import Regime

__all__ = ["theory_key", "theory_words"]


def _regimes(theory: TheoryMap, language: Language) -> list[str]:
    """What each regime on the map is, and its price."""
    seen = {int(code) for code in np.unique(theory.map.regime)}
    told = []
    for regime in (
        Regime.VOLUNTARY_ONLY, Regime.LIMIT_BINDS, Regime.ALLOWANCE_SETS_PRICE,
        Regime.VOLUNTARY_ABOVE_ALLOWANCE,
    ):
        key = f"regime_{regime.name.lower()}"
        if regime == Regime.VOLUNTARY_ABOVE_ALLOWANCE and regime not in seen:
            if not np.isfinite(theory.voluntary_alone_from):
                continue
            key += "_off"
        elif regime not in seen:
            continue
        told.append(tell(
            key, language, cost=figure(theory.cost_yuan_per_t, 1),
            ceiling=figure(theory.ceiling_yuan_per_t, 1), supply=f"{theory.supply_share:.2g}",
            strength=ratio(theory.voluntary_alone_from),
        ))
    return told


def theory_key(reading: Reading) -> str:
    """List of the four regimes that the lines of theory divide.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    str
        HTML.
    """
    theory = reading.theory
    if theory is None:
        return ""
    columns = (_regimes(theory, language) for language in LANGUAGES)
    items = "".join(f"<li>{in_both(*told)}</li>" for told in zip(*columns, strict=True))
    title = in_both(*(tell("regime_key", language) for language in LANGUAGES))
    return f'<div class="regimes"><p>{title}</p><ul>{items}</ul></div>'


def _mean_price(found: MarketMap, where: np.ndarray) -> float:
    """Mean over the cells in which something was traded."""
    prices = found.price_yuan_per_t[where & np.isfinite(found.price_yuan_per_t)]
    return float(prices.mean()) if len(prices) else float("nan")


def theory_words(reading: Reading, language: Language) -> str:
    """What theory assumes, and the mean price of the agents where theory has one price.

    Parameters
    ----------
    reading : Reading
    language : {"en", "zh"}

    Returns
    -------
    str
        HTML.
    """
    theory = reading.theory
    if theory is None:
        return ""
    price = theory.map.price
    # Nothing is traded in the corner, and there theory has no price.
    plenty = np.isclose(np.nan_to_num(price, nan=-1.0), theory.cost_yuan_per_t)
    ceiling = theory.map.regime == Regime.ALLOWANCE_SETS_PRICE
    told = [tell("theory_assumes", language, supply=f"{theory.supply_share:.2g}")]
    for key, where, exact in (
        ("agents_at_ceiling", ceiling, theory.ceiling_yuan_per_t),
        ("agents_at_cost", plenty, theory.cost_yuan_per_t),
    ):
        if where.any():
            prices = listed((
                tell("price_under", language, rule=rule_name(found.mechanism, language),
                     price=figure(_mean_price(found, where), 0))
                for found in reading.answer.maps
            ), language)
            told.append(tell(key, language, exact=figure(exact, 1), prices=prices))
    return tell("join", language).join(told)
