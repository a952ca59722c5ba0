"""Price theories of sellers beside the real prices: strips and the table."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from agents.parameters import month_text
from experiments.intervals import Interval
from experiments.language import LANGUAGES, Language
from experiments.patterns import USUAL
from experiments.price_theories import (
    FITTED,
    MEASURES,
    Measured,
    TheoryCase,
    held,
    record,
    usual_price,
)
from experiments.report.looks import Look
from experiments.report.numerals import Measure, figure, framed
from experiments.report.panels import Figure, Panel, Row, Spec, axis_range, dots, layer, number
from experiments.report.reading import Reading
from experiments.report.rows import ends_of
from experiments.report.texts import both, in_both, pointed_at, rule_name, tell
from simulation.reference_data import Trade, priced_trades, record_months

__all__ = ["measure_of", "sellers_caption", "sellers_figure", "sellers_tables", "trade_label"]

BAND = 18
BIN_YUAN = 1.0


def trade_label(trade: Trade, language: Language) -> str:
    """Name and month of a real trade, short enough for an axis.

    Parameters
    ----------
    trade : Trade
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    english, _, chinese = trade.project.partition(" (")
    kinds = {
        "en": r" (small watershed|demonstration park|check dams)$", "zh": "(小流域|淤地坝)?\\)$",
    }
    name = re.sub(kinds[language], "", chinese if language == "zh" and chinese else english)
    when = tell("undated", language) if trade.month is None else month_text(trade.month)
    return f"{name}{', ' if language == 'en' else '，'}{when}"


def _real_rows(look: Look) -> list[Row]:
    rows = []
    for trade in sorted(priced_trades(), key=lambda each: each.price_fen):
        price, name = trade.price_fen / 100, trade_label(trade, look.language)
        said = f"{figure(price, 0 if price == int(price) else 1)}"
        unit, tonne = (tell(key, look.language) for key in ("per_tonne", "tonne"))
        rows.append(Row(
            group=name, part="", mean=price, low=None, high=None, text=said, hollow=True,
            colour=look.colours["rule-4"],
            tip=pointed_at((name,), f"{said} {unit}, {figure(trade.traded_t, 0)} {tonne}",
                           look.language),
        ))
    return rows


def _theory_name(case: TheoryCase, language: Language) -> str:
    fitted = (case.mechanism, case.theory) == FITTED
    key = f"axis_{case.theory}" if fitted or case.theory == "truthful" else f"theory_{case.theory}"
    name = tell(key, language)
    return name[:1].upper() + name[1:]


def _theory_row(case: TheoryCase, look: Look) -> Row | None:
    """Median and middle half of all deals; None without a deal."""
    prices = case.prices
    if not len(prices):
        return None
    low, median, high = (float(end) for end in np.quantile(prices, (0.25, 0.5, 0.75)))
    name = _theory_name(case, look.language)
    said = tell(
        "middle_deals", look.language, median=figure(median, 1), low=figure(low, 1),
        high=figure(high, 1), unit=tell("per_tonne", look.language),
    )
    return Row(
        group=name, part="", mean=median, low=low, high=high, text="",
        tip=pointed_at((name,), said, look.language), colour=look.colours["rule-1"],
    )


def _shading(case: TheoryCase, look: Look, last: float) -> Iterator[Spec]:
    """How many deals there are at each price, the most of a theory darkest."""
    edges = np.arange(0.0, last + BIN_YUAN, BIN_YUAN)
    counts, _ = np.histogram(case.prices, edges)
    name = _theory_name(case, look.language)
    for count, start in zip(counts, edges, strict=False):
        if count:
            yield {"group": name, "low": float(start), "high": float(start + BIN_YUAN),
                   "opacity": round(0.08 + 0.5 * float(count / counts.max()), 3)}


def _panel(mechanism: str, cases: Sequence[TheoryCase], look: Look) -> Panel:
    language = look.language
    rows = _real_rows(look)
    # Dearer deals than the record's dearest are few, and would press all others together.
    last = 1.12 * max(row.mean for row in rows)
    for case in cases:
        row = _theory_row(case, look)
        rows += [row] if row else []
    domain = axis_range([*ends_of(rows), last], right=0.0)
    chart = dots(rows, look, domain=domain, band=BAND)
    up = chart["layer"][-1]["encoding"]["y"]
    shades = [shade for case in cases for shade in _shading(case, look, domain[1])]
    chart["layer"][:0] = [
        layer([{"low": USUAL[0], "high": USUAL[1]}], "rect",
              {"x": number("low"), "x2": {"field": "high"}}, color=look.colours["faint"],
              opacity=0.6),
        layer([{"at": float(np.median(record().price_yuan_per_t))}], "rule", {"x": number("at")},
              color=look.colours["rule-4"], strokeWidth=1),
        layer(shades, "rect",
              {"x": number("low"), "x2": {"field": "high"}, "y": up,
               "opacity": number("opacity", scale=None)},
              color=look.colours["rule-1"], height={"band": 1.1}),
    ]
    title = tell("sellers_panel", language, rule=rule_name(mechanism, language, title=True))
    return Panel(title, chart, tell("semicolon", language).join(row.tip for row in rows))


def _by_rule(reading: Reading) -> dict[str, list[Measured]]:
    found: dict[str, list[Measured]] = {}
    for measured in reading.theories:
        found.setdefault(measured.case.mechanism, []).append(measured)
    return found


def sellers_figure(reading: Reading, look: Look) -> Figure:
    """The real deals one by one, and below them the deals of each theory.

    Parameters
    ----------
    reading : Reading
    look : Look

    Returns
    -------
    Figure
    """
    return Figure("sellers", [
        _panel(mechanism, [measured.case for measured in its], look)
        for mechanism, its in _by_rule(reading).items()
    ], 2)


def sellers_caption(reading: Reading, language: Language) -> str:
    """How to read the figure."""
    return tell(
        "caption_sellers", language, n=len(priced_trades()), months=record_months(),
        replicates=len(reading.theories[0].case.runs), usual_low=figure(USUAL[0], 0),
        usual_high=figure(USUAL[1], 0),
    )


def measure_of(name: str, language: Language) -> Measure:
    """How a measure of `experiments.price_theories` is written."""
    if name.endswith("_share"):
        return Measure(0.01, "%", 0, " " if language == "en" else "")
    if name.endswith("yuan_per_t"):
        return Measure(1.0, tell("per_tonne", language), 1)
    return Measure(1.0, "" if name == "deals" else tell("tonne", language), 0)


def _measure_label(name: str, language: Language) -> str:
    label = tell(
        f"measure_{name}", language, low=figure(USUAL[0], 0), high=figure(USUAL[1], 0),
        price=figure(usual_price(), 0),
    )
    return f'{label} <span class="unit">{measure_of(name, language).text}</span>'


def sellers_tables(reading: Reading) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """A table for each pricing rule: measures by theory, beside those of the record.

    Parameters
    ----------
    reading : Reading

    Yields
    ------
    caption, heads, rows : str, list of str, list of list of str
        HTML.
    """
    real = held(TheoryCase("", "", reading.theories[0].case.scenario, [record()]))
    for mechanism, its in _by_rule(reading).items():
        replicates = len(its[0].case.runs)
        caption = in_both(*(
            tell("theories_caption", language, replicates=replicates,
                 rule=rule_name(mechanism, language, title=True))
            for language in LANGUAGES
        ))
        heads = [both("what"), both("in_the_record")]
        heads += [in_both(*(_theory_name(measured.case, language) for language in LANGUAGES))
                  for measured in its]
        rows = []
        for name in MEASURES:
            known = real.interval(name)
            # The record is at no distance from itself, and its number of deals is not of a run.
            if name.endswith(("distance_share", "distance_yuan_per_t")) or name == "deals":
                known = Interval(None, None, None, None, 0)
            row = [in_both(*(_measure_label(name, language) for language in LANGUAGES))]
            for found in (known, *(measured.interval(name) for measured in its)):
                told = [framed(found, measure_of(name, language)) for language in LANGUAGES]
                row.append(told[0] if told[0] == told[1] else in_both(*told))
            rows.append(row)
        yield caption, heads, rows
