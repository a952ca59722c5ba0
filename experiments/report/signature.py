"""The signature: the regime of every pricing rule over the map, agents against theory."""

from collections.abc import Iterable, Sequence

import numpy as np

from experiments.language import LANGUAGES, Language
from experiments.mapping import MarketMap
from experiments.regimes_seen import (
    AT_CEILING,
    ROOM_FILLED,
    Agreement,
    Seen,
    agreement_of,
    price_gap,
    regimes_seen,
)
from experiments.report.looks import Look
from experiments.report.numerals import figure, listed, ratio
from experiments.report.panels import TIP, Figure, Panel, Spec, layer, nominal, number, sized
from experiments.report.reading import Reading
from experiments.report.texts import both, in_both, rule_label, rule_name, tell
from experiments.theory_lines import TheoryMap
from simulation.theory.regimes import Regime

__all__ = [
    "agreements", "every_map", "seen_shown", "signature_caption", "signature_figure",
    "signature_table", "signature_words",
]

HEIGHT = 190
COLUMNS = 4
# In the order of the key; a cell without trade is blank, with a dash.
ORDER = (
    Seen.VOLUNTARY_ONLY, Seen.LIMIT_BINDS, Seen.ALLOWANCE_SETS_PRICE,
    Seen.VOLUNTARY_ABOVE_ALLOWANCE, Seen.ROOM_LEFT_BELOW,
)


def every_map(reading: Reading) -> list[MarketMap]:
    """Maps of all pricing rules, those of the question first."""
    return [*reading.answer.maps, *reading.answer.other_maps]


def agreements(reading: Reading) -> list[Agreement]:
    """Agents against theory under every pricing rule, in the order of the maps."""
    return [agreement_of(found, reading.theory) for found in every_map(reading)]


def colour_name(seen: int) -> str:
    """Name of a regime's colour in the palette."""
    return f"seen-{int(seen)}"


def seen_shown(reading: Reading) -> list[Seen]:
    """Regimes that are somewhere on the figure, in the order of its key."""
    codes = {int(code) for found in every_map(reading) for code in np.unique(regimes_seen(found))}
    codes |= {int(code) for code in np.unique(reading.theory.map.regime)}
    return [seen for seen in ORDER if int(seen) in codes]


def _name(seen: int, language: Language) -> str:
    return tell(f"seen_{Seen(seen).name.lower()}", language)


def _money(value: float, language: Language) -> str:
    if not np.isfinite(value):
        return tell("no_trade", language)
    return tell("a_price", language, price=figure(value, 1))


def _edges(regime: np.ndarray) -> list[Spec]:
    """Sides between neighbouring cells of different regimes."""
    rows, columns = regime.shape
    sides = [
        {"x": column - 0.5, "x2": column - 0.5, "y": row - 0.5, "y2": row + 0.5}
        for row in range(rows) for column in range(1, columns)
        if regime[row, column] != regime[row, column - 1]
    ]
    sides += [
        {"x": column - 0.5, "x2": column + 0.5, "y": row - 0.5, "y2": row - 0.5}
        for row in range(1, rows) for column in range(columns)
        if regime[row, column] != regime[row - 1, column]
    ]
    return sides


def _names(theory: TheoryMap, look: Look) -> list[Spec]:
    """Where the name of each regime stands: in its widest row, or upright in a narrow column."""
    layers = []
    for code in np.unique(theory.map.regime):
        inside = theory.map.regime == code
        if code == Regime.NO_TRADE:
            continue
        rows, columns = np.nonzero(inside)
        narrow = columns.max() - columns.min() < 2
        seen, key = Seen(int(code)), f"narrow_{Regime(code).name.lower()}"
        if narrow and seen == Seen.VOLUNTARY_ABOVE_ALLOWANCE:
            place, text = (columns.mean(), rows.mean()), tell(key, look.language)
        else:
            widths = [int(inside[row].sum()) for row in range(len(inside))]
            widest = max(widths)
            full = [row for row, width in enumerate(widths) if width == widest]
            row = full[len(full) // 2]
            place = (float(np.nonzero(inside[row])[0].mean()), float(row))
            text = _name(seen, look.language)
        upright = narrow and seen == Seen.VOLUNTARY_ABOVE_ALLOWANCE
        layers.append(layer(
            [{"x": place[0], "y": place[1], "text": text}], "text",
            {"x": number("x"), "y": number("y"), "text": nominal("text")},
            fontSize=11, fontWeight="bold", angle=270 if upright else 0,
            color=look.colours["ink"],
        ))
    return layers


def _cells(found: MarketMap | None, theory: TheoryMap, look: Look) -> list[Spec]:
    language, exact = look.language, theory.map
    codes = exact.regime if found is None else regimes_seen(found)
    gaps = None if found is None else price_gap(found, theory)
    cells = []
    for row, room in enumerate(exact.room_axis):
        for column, demand in enumerate(exact.voluntary_axis):
            told = {
                "demand": ratio(float(demand)), "room": ratio(float(room)),
                "exact": _name(exact.regime[row, column], language),
                "worth": _money(float(exact.price[row, column]), language),
            }
            text = ""
            if found is not None:
                gap = float(gaps[row, column])
                text = figure(gap, 0, signed=True) if np.isfinite(gap) else ""
                text = "–" if codes[row, column] == Seen.NO_TRADE else text
                told["seen"] = _name(codes[row, column], language)
                told["price"] = _money(float(found.price_yuan_per_t[row, column]), language)
            key = "signature_exact" if found is None else "signature_cell"
            cells.append({
                "x": column - 0.5, "x2": column + 0.5, "y": row - 0.5, "y2": row + 0.5,
                "at_x": column, "at_y": row, "text": text, "tip": tell(key, language, **told),
                "colour": look.colours[colour_name(codes[row, column])],
            })
    return cells


def _channel(field: str, title: str | None, ticks: np.ndarray, look: Look) -> Spec:
    names = [ratio(float(value)) for value in ticks]
    axis = {
        "title": title and tell(title, look.language), "values": list(range(len(ticks))),
        "grid": False, "domain": False, "labelExpr": f"{names}[datum.value]", "labelFontSize": 10,
        # Values are thinned out to the ticks that suit the width, unless their number is given.
        "titleFontSize": 11, "tickCount": len(ticks), "labelOverlap": False, "tickSize": 0,
        "labelPadding": 4,
    }
    return number(field, axis=axis, scale={
        "domain": [-0.5, len(ticks) - 0.5], "nice": False, "zero": False,
    })


def _chart(found: MarketMap | None, theory: TheoryMap, look: Look) -> Spec:
    exact = theory.map
    tiles = layer(
        None, "rect",
        {"x": _channel("x", "voluntary_axis", exact.voluntary_axis, look), "x2": {"field": "x2"},
         "y": _channel("y", "room_axis", exact.room_axis, look), "y2": {"field": "y2"},
         "color": nominal("colour", scale=None), "tooltip": TIP},
        stroke=look.colours["paper"], strokeWidth=0.6,
    )
    numbers = layer(
        None, "text",
        {"x": number("at_x"), "y": number("at_y"), "text": nominal("text"), "tooltip": TIP},
        fontSize=9, color=look.colours["ink"],
    )
    outline = layer(
        _edges(exact.regime), "rule",
        {"x": number("x"), "x2": {"field": "x2"}, "y": number("y"), "y2": {"field": "y2"}},
        color=look.colours["ink"], strokeWidth=1.8, strokeCap="round",
    )
    layers = [tiles, numbers, outline]
    if found is None:
        layers = [tiles, outline, *_names(theory, look)]
    return {"data": {"values": _cells(found, theory, look)}, **sized(layers, look, HEIGHT)}


def signature_figure(reading: Reading, look: Look) -> Figure:
    """Regimes of theory, and those of agents under every pricing rule.

    Parameters
    ----------
    reading : Reading
    look : Look

    Returns
    -------
    Figure
    """
    theory, language = reading.theory, look.language
    regimes = listed(
        (_name(code, language) for code in np.unique(theory.map.regime)), language
    )
    panels = [Panel(
        tell("signature_of_theory", language), _chart(None, theory, look),
        tell("signature_told_theory", language, regimes=regimes),
    )]
    for found, agreed in zip(every_map(reading), agreements(reading), strict=True):
        panels.append(Panel(
            rule_label(found.mechanism, language), _chart(found, theory, look),
            tell("signature_told", language, same=figure(100 * agreed.same_share, 0)),
        ))
    key = [(look.colours[colour_name(seen)], _name(seen, language))
           for seen in seen_shown(reading)]
    return Figure("signature", panels, COLUMNS, key)


def _traded(found: Iterable[MarketMap]) -> float:
    """Percent of issued tonnes that is sold where room is left below the ceiling."""
    shares = [
        (each.voluntary_share + each.compliance_share)[regimes_seen(each) == Seen.ROOM_LEFT_BELOW]
        for each in found
    ]
    return 100.0 * float(np.concatenate(shares).mean())


def signature_words(reading: Reading, language: Language) -> list[str]:
    """What agents and theory have in common, in paragraphs.

    Parameters
    ----------
    reading : Reading
    language : {"en", "zh"}

    Returns
    -------
    list of str
        HTML.
    """
    found = [each for each in agreements(reading) if each.cells]
    if not found:
        return []
    told = sorted(found, key=lambda each: each.same_share)
    known = [each for each in found if np.isfinite(each.gap_yuan_per_t)]
    priced = sorted(known or found, key=lambda each: each.gap_yuan_per_t)
    # The first and the last may have company.
    best, worst = (
        listed((rule_name(each.mechanism, language) for each in found
                if each.same_share == end.same_share), language)
        for end in (told[-1], told[0])
    )
    words = [tell(
        "signature_best", language, cells=found[0].cells, best=best, worst=worst,
        most=figure(100 * told[-1].same_share, 0), least=figure(100 * told[0].same_share, 0),
        near=rule_name(priced[0].mechanism, language),
        far=rule_name(priced[-1].mechanism, language),
        small=figure(priced[0].gap_yuan_per_t, 0), large=figure(priced[-1].gap_yuan_per_t, 0),
    )]
    below = [
        each for each, agreed in zip(every_map(reading), agreements(reading), strict=True)
        if agreed.below_share > 0.5
    ]
    if below:
        rules = listed((rule_name(each.mechanism, language) for each in below), language)
        words.append(tell(
            "signature_below", language, rules=rules, traded=figure(_traded(below), 0),
            supply=figure(100 * reading.theory.supply_share, 0),
        ))
    return [tell("join", language).join(words)]


def signature_caption(reading: Reading, language: Language) -> str:
    """How to read the figure, by which rule regimes are told, and what it rests on."""
    first = reading.answer.maps[0]
    runs = tell(
        "map_one_run" if first.replicates == 1 else "map_runs", language, n=first.replicates
    )
    return tell(
        "caption_signature", language, band=figure(100 * AT_CEILING, 0),
        filled=figure(100 * ROOM_FILLED, 0), ceiling=figure(reading.theory.ceiling_yuan_per_t, 1),
        runs=runs, seed=reading.answer.comparison.base_seed,
    )


def signature_table(reading: Reading) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: how often the regime is that of theory, and how far the price is off.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    heads, rows : list of str, list of list of str
        HTML.
    """
    found = agreements(reading)
    regimes: Sequence[Regime] = [
        regime for regime in found[0].gaps_yuan_per_t if regime != Regime.NO_TRADE
    ]
    unit = in_both(*(
        f'<span class="unit">{"yuan/t" if each == "en" else "元/吨"}</span>' for each in LANGUAGES
    ))
    heads = [
        both("rule"), f'{both("same_regime")} <span class="unit">%</span>',
        f'{both("below_regime")} <span class="unit">%</span>', f'{both("gap_absolute")} {unit}',
    ]
    heads += [
        in_both(*(tell("gap_in", each, regime=_name(regime, each)) for each in LANGUAGES))
        + f" {unit}"
        for regime in regimes
    ]
    rows = [
        [
            in_both(*(rule_label(each.mechanism, language) for language in LANGUAGES)),
            figure(100 * each.same_share, 0), figure(100 * each.below_share, 0),
            figure(each.gap_yuan_per_t, 1),
            *(figure(each.gaps_yuan_per_t[regime], 1, signed=True) for regime in regimes),
        ]
        for each in found
    ]
    return heads, rows
