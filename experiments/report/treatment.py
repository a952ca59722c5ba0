"""The price at which new treatment pays, beside the prices that are paid."""

from experiments.language import Language
from experiments.new_treatment import EXPECTED, TreatmentCase, kept_from_sale, treatment_cases
from experiments.report.looks import Look
from experiments.report.numerals import Measure, figure, listed
from experiments.report.panels import Figure, Panel, Row, Spec, axis_range, dots, layer, number
from experiments.report.reading import Reading
from experiments.report.rows import ends_of, row_of
from experiments.report.texts import both, in_both, pointed_at, regime_name, rule_name, tell
from simulation.reference_data import annual_allowance_prices, priced_trades
from simulation.scenario import Scenario

__all__ = ["base_scenario", "treatment_figure", "treatment_table", "treatment_words"]

BAND = 22


def base_scenario(reading: Reading) -> Scenario:
    """Scenario whose treatment, deals and prices are looked at."""
    return reading.variant(reading.leading, reading.base).scenario


def _name(case: TreatmentCase, language: Language) -> str:
    return tell(
        "treatment_grants" if case.public_share else "treatment_alone", language,
        rate=figure(100 * case.rate_per_year, 0), share=figure(100 * case.public_share, 0),
    )


def _marks(name: str, prices: dict[str, float], colour: str, look: Look) -> list[Row]:
    """One hollow dot for each known price, without words beside it."""
    unit = tell("per_tonne", look.language)
    return [
        Row(
            group=name, part="", mean=price, low=None, high=None, text="", colour=colour,
            tip=pointed_at((name, label), f"{figure(price, 1)} {unit}", look.language),
            hollow=True,
        )
        for label, price in prices.items()
    ]


def _all_rows(reading: Reading, look: Look) -> list[Row]:
    """Break-even prices, then real deals, simulated prices and allowances.

    Parameters
    ----------
    reading : Reading
    look : Look

    Returns
    -------
    list of Row
    """
    language, ink = look.language, look.colours["ink"]
    unit = tell("per_tonne", language)
    rows = []
    for case in treatment_cases(base_scenario(reading)):
        name, price = _name(case, language), case.found.price_yuan_per_t
        said = figure(price, 0)
        rows.append(Row(
            group=name, part="", mean=price, low=None, high=None, text=said, colour=ink,
            tip=pointed_at((name,), f"{figure(price, 1)} {unit}", language),
        ))
    deals = {row.trade_id: row.price_fen / 100 for row in priced_trades()}
    name = tell("real_deals", language, n=len(deals))
    rows += _marks(name, deals, look.colours["rule-4"], look)
    place = reading.rules.index(reading.leading)
    measure = Measure(1.0, unit, 1)
    for regime in reading.regimes:
        scenario = reading.variant(reading.leading, regime).scenario
        group = tell("simulated", language, regime=regime_name(scenario, language))
        fact = reading.level("price_yuan_per_t", regime=regime)
        if fact.found.mean is not None:
            rows.append(row_of(look, fact, measure, group, "", look.rule(place)))
    years = {str(year): price for year, price in annual_allowance_prices().items()}
    name = tell("allowances", language, first=min(years), last=max(years))
    return rows + _marks(name, years, look.colours["muted"], look)


def treatment_figure(reading: Reading, look: Look) -> Figure:
    """Break-even prices with the ranges expected of them, above the prices that are paid.

    Parameters
    ----------
    reading : Reading
    look : Look

    Returns
    -------
    Figure
    """
    rows = _all_rows(reading, look)
    domain = axis_range(ends_of(rows), right=0.22)
    chart = dots(rows, look, domain=domain, title=tell("price_axis_unit", look.language), band=BAND)
    bands = [
        {"group": _name(case, look.language), "low": case.low, "high": case.high}
        for case in treatment_cases(base_scenario(reading))
    ]
    up = chart["layer"][-1]["encoding"]["y"]
    shade: Spec = layer(
        bands, "rect",
        {"x": number("low"), "x2": {"field": "high"}, "y": up},
        color=look.colours["faint"], height={"band": 1.36},
    )
    chart["layer"].insert(0, shade)
    told = tell("semicolon", look.language).join(row.tip for row in rows)
    return Figure("treatment", [Panel(tell("treatment_panel", look.language), chart, told)], 1)


def _range(cases: list[TreatmentCase], share: float) -> tuple[str, str]:
    prices = [case.found.price_yuan_per_t for case in cases if case.public_share == share]
    return figure(min(prices), 0), figure(max(prices), 0)


def _best(reading: Reading) -> tuple[float, str, str] | None:
    """Highest simulated mean price, with its rule and regime."""
    found = [
        (fact.found.mean, rule, regime)
        for rule in reading.rules for regime in reading.regimes
        if (fact := reading.level("price_yuan_per_t", rule, regime)).found.mean is not None
    ]
    return max(found) if found else None


def treatment_words(reading: Reading, language: Language) -> list[str]:
    """What a credit would have to cost, and where our numbers leave the expected range.

    Parameters
    ----------
    reading : Reading
    language : {"en", "zh"}

    Returns
    -------
    list of str
        HTML of each paragraph.
    """
    cases = treatment_cases(base_scenario(reading))
    alone, granted = EXPECTED
    rates = [case.rate_per_year for case in cases]
    low, high = _range(cases, alone)
    lower, upper = _range(cases, granted)
    words = [tell(
        "treatment_needs", language, low=low, high=high, lower=lower, upper=upper,
        share=figure(100 * granted, 0), slow=figure(100 * min(rates), 0),
        fast=figure(100 * max(rates), 0),
    )]
    best = _best(reading)
    if best is not None:
        mean, rule, regime = best
        paid = [case.public_share for case in cases if case.found.price_yuan_per_t <= mean]
        key = "pays_never"
        if granted in paid:
            every = paid.count(granted) == len(set(rates))
            key = "pays_all_granted" if every else "pays_granted"
        if alone in paid:
            key = "pays_alone"
        scenario = reading.variant(rule, regime).scenario
        words.append(tell(
            key, language, price=figure(mean, 1), rule=rule_name(rule, language),
            regime=regime_name(scenario, language), share=figure(100 * granted, 0),
        ))
    return [tell("join", language).join(words), _honest(cases, base_scenario(reading), language)]


def _honest(cases: list[TreatmentCase], scenario: Scenario, language: Language) -> str:
    """Which numbers lie outside of the range that was expected, and why."""
    outside = [case for case in cases if not case.is_inside]
    if not outside:
        return tell("treatment_inside", language)
    told = tell(
        "treatment_outside", language,
        cases=listed((
            tell("treatment_case", language, price=figure(case.found.price_yuan_per_t, 0),
                 name=_name(case, language), low=figure(case.low, 0), high=figure(case.high, 0))
            for case in outside
        ), language),
    )
    if all(case.found.price_yuan_per_t < case.high for case in outside):
        return told
    kept = figure(100 * kept_from_sale(scenario), 1)
    return told + tell("join", language) + tell("treatment_above", language, kept=kept)


def treatment_table(reading: Reading) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the data of the figure.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    heads, rows : list of str, list of list of str
        HTML.
    """
    heads = [both(key) for key in (
        "treatment_case_head", "break_even_head", "of_treatment", "of_verification",
        "sold_per_ha", "expected_head", "inside_head",
    )]
    rows = []
    for case in treatment_cases(base_scenario(reading)):
        found = case.found
        rows.append([
            in_both(_name(case, "en"), _name(case, "zh")),
            figure(found.price_yuan_per_t, 1), figure(found.treatment_yuan_per_t, 1),
            figure(found.verification_yuan_per_t, 1), figure(found.sold_t_per_ha, 1),
            f"{figure(case.low, 0)}–{figure(case.high, 0)}",
            both("yes" if case.is_inside else "no"),
        ])
    return heads, rows
