"""Integrity: tonnes over the years, the price of a real tonne over audits, and the net effect."""

from collections.abc import Sequence

from agents.parameters import month_text
from experiments.integrity import NET, IntegrityCase
from experiments.intervals import Interval, interval_of
from experiments.language import LANGUAGES, Language, pick
from experiments.report.looks import Look
from experiments.report.numerals import Measure, figure, framed, measure_for, shown
from experiments.report.panels import (
    COLOUR,
    TIP,
    Figure,
    Panel,
    Row,
    Spec,
    axis_range,
    bars,
    layer,
    nominal,
    number,
    sized,
)
from experiments.report.reading import REPORTED, Fact, Reading
from experiments.report.rows import ends_of, row_of, told_panel
from experiments.report.texts import both, in_both, pointed_at, tell
from simulation.outcomes import Outcome

__all__ = [
    "PATH_COLOURS", "integrity_caption", "integrity_figure", "integrity_table", "integrity_words",
]

HEIGHT = 250
PATH_COLOURS = {
    "verified": "rule-4", "issued": "rule-1", "retired": "ink", "additional": "rule-3",
    "cancelled": "rule-2", "buffer": "muted",
}
COSTS = {"price_yuan_per_t": "rule-1", "cost_yuan_per_real_t": "rule-2"}
SHARES = {"real_share_of_claims": "rule-3", "trust": "voluntary"}
_OUTCOMES = {outcome.name: outcome for outcome in REPORTED}


def _case(reading: Reading) -> IntegrityCase:
    return reading.answer.integrity


def _tonnes(case: IntegrityCase, language: Language) -> Measure:
    every = [case.path(name, len(case.years) - 1) for name in PATH_COLOURS]
    return measure_for(_OUTCOMES["issued_t"], every, language)


def _lines(points: Sequence[Spec], across: Spec, up: Spec) -> list[Spec]:
    place = {"x": across, "y": up, "color": COLOUR, "detail": nominal("line")}
    barred = [point for point in points if point["low"] is not None]
    return [
        layer(points, "line", place, strokeWidth=2),
        layer(barred, "rule", {"x": across, "y": number("low"), "y2": {"field": "high"},
                               "color": COLOUR, "tooltip": TIP}, strokeWidth=1.4),
        layer(points, "point", {**place, "tooltip": TIP}, size=26, filled=True, opacity=1),
    ]


def _ends(points: Sequence[Spec], across: Spec, up: Spec, gap: float) -> list[Spec]:
    """Names at the ends of lines, pushed apart where lines end together."""
    last: dict[str, Spec] = {}
    for point in points:
        last[point["line"]] = point
    placed, before = [], None
    for point in sorted(last.values(), key=lambda each: each["mean"]):
        height = point["mean"] if before is None else max(point["mean"], before + gap)
        placed.append({**point, "height": height})
        before = height
    return [layer(
        placed, "text",
        {"x": across, "y": number("height"), "color": COLOUR, "text": nominal("line")},
        align="left", dx=7, fontSize=11,
    )]


def _point(at: float, found: Interval, size: float, line: str, colour: str, tip: str) -> Spec:
    return {
        "at": at, "mean": found.mean / size, "line": line, "colour": colour, "tip": tip,
        "low": None if found.low is None else found.low / size,
        "high": None if found.high is None else found.high / size,
    }


def _over_time(case: IntegrityCase, look: Look) -> Panel:
    language, measure = look.language, _tonnes(case, look.language)
    points = []
    for name, colour in PATH_COLOURS.items():
        line = tell(f"path_{name}", language)
        for place, year in enumerate(case.years):
            found = case.path(name, place)
            said = shown(found, measure) + measure.suffix
            points.append(_point(
                year, found, measure.divisor, line, look.colours[colour],
                pointed_at((line, str(year)), said, language),
            ))
    highest = max(point["high"] or point["mean"] for point in points)
    first, last = case.years[0], case.years[-1]
    across = number(
        "at", scale={"domain": [first, last + 0.24 * (last - first)], "nice": False,
                     "zero": False},
        axis={"title": None, "format": "d", "tickCount": 6, "grid": False, "domain": False,
              "tickSize": 0, "values": [year for year in case.years if year % 3 == 0]},
    )
    lowest = min(0.0, *(point["mean"] for point in points))
    up = number(
        "mean", scale={"domain": [lowest, 1.05 * highest], "nice": False},
        axis={"title": None, "tickCount": 5, "domain": False, "tickSize": 0, "grid": True},
    )
    layers = [*_lines(points, across, up), *_ends(points, across, up, 0.06 * highest)]
    title = tell("with_unit", language, label=tell("integrity_time", language), unit=measure.text)
    ends = [point["tip"] for point in points if point["at"] == last]
    return Panel(title, sized(layers, look, HEIGHT), tell("semicolon", language).join(ends))


def _over_audits(
    case: IntegrityCase, names: dict[str, str], key: str, digits: int, scale: float, look: Look
) -> Panel:
    language, points = look.language, []
    for name, colour in names.items():
        line = tell(f"line_{name}", language)
        for place, chance in enumerate(case.audits):
            found = case.at(name, place)
            if found.mean is None:
                continue
            said = figure(found.mean * scale, digits)
            points.append(_point(
                100.0 * chance, found, 1.0 / scale, line, look.colours[colour],
                pointed_at((line, f"{figure(100 * chance, 0)} %"), said, language),
            ))
    ends = [end for point in points for end in (point["low"], point["high"], point["mean"])]
    domain = axis_range(ends, right=0.08)
    across = number(
        "at", scale={"domain": [0, 132], "nice": False},
        axis={"title": tell("audit_axis", language), "values": [0, 20, 40, 60, 80, 100],
              "grid": False, "domain": False, "tickSize": 0},
    )
    up = number("mean", scale={"domain": domain, "nice": False},
                axis={"title": None, "tickCount": 5, "domain": False, "tickSize": 0, "grid": True})
    layers = [*_lines(points, across, up),
              *_ends(points, across, up, 0.07 * (domain[1] - domain[0]))]
    if key == "integrity_shares":
        layers.insert(0, layer([{"at": 100.0}], "rule", {"y": number("at")},
                               color=look.colours["muted"], strokeDash=[4, 3]))
    told = tell("semicolon", language).join(point["tip"] for point in points)
    return Panel(tell(key, language), sized(layers, look, HEIGHT), told)


def _net_rows(case: IntegrityCase, look: Look) -> tuple[Measure, list[Row]]:
    facts = {
        (name, place): Fact(interval_of(case.net[name][place]), _OUTCOMES[name], "")
        for name in NET for place in range(2)
    }
    measure = measure_for(
        _OUTCOMES["net_effect_t"], [fact.found for fact in facts.values()], look.language
    )
    colours, rows = ("voluntary", "compliance"), []
    for name in NET:
        for place, part in enumerate(("integrity_alone", "integrity_counts")):
            fact = facts[name, place]
            if name == "licensed_t":
                fact = fact.mirrored
            rows.append(row_of(
                look, fact, measure, tell(f"part_{name}", look.language),
                tell(part, look.language), look.colours[colours[place]],
                faint=name != "net_effect_t",
            ))
    return measure, rows


def integrity_figure(reading: Reading, look: Look) -> Figure:
    """Tonnes by kind over the years, costs and shares over audits, and the net effect.

    Parameters
    ----------
    reading : Reading
        With `Answer.integrity`.
    look : Look

    Returns
    -------
    Figure
    """
    case, language = _case(reading), look.language
    measure, rows = _net_rows(case, look)
    chart = bars(rows, look, domain=axis_range(ends_of(rows), left=0.25, right=0.35), band=24)
    key = [(look.colours["voluntary"], tell("integrity_alone", language)),
           (look.colours["compliance"], tell("integrity_counts", language))]
    return Figure("integrity", [
        _over_time(case, look),
        told_panel(tell("integrity_net", language), measure, rows, look, chart),
        _over_audits(case, COSTS, "integrity_costs", 1, 1.0, look),
        _over_audits(case, SHARES, "integrity_shares", 0, 100.0, look),
    ], 2, key)


def _percent(found: Interval, language: Language) -> str:
    measure = Measure(0.01, "\u00a0%" if language == "en" else "%", 0)
    return framed(found, measure) + measure.text


def integrity_words(reading: Reading, language: Language) -> list[str]:
    """What is real of what is claimed, and what audits change.

    Parameters
    ----------
    reading : Reading
    language : {"en", "zh"}

    Returns
    -------
    list of str
        HTML of each paragraph.
    """
    case = _case(reading)
    last = len(case.audits) - 1
    measure, end = _tonnes(case, language), len(case.years) - 1

    def tonnes(name: str) -> str:
        return shown(case.path(name, end), measure).split(" [")[0] + measure.suffix

    def level(name: str, place: int) -> str:
        return figure(case.at(name, place).mean, 1)

    cheaper = case.change("cost_yuan_per_real_t", last)
    key = "integrity_unsure"
    if cheaper.low is not None and cheaper.low > 0:
        key = "integrity_dearer"
    elif cheaper.high is not None and cheaper.high < 0:
        key = "integrity_cheaper"
    first = tell(
        "integrity_words", language, issued=tonnes("issued"), additional=tonnes("additional"),
        cancelled=tonnes("cancelled"), retired=tonnes("retired"), year=case.years[end],
    )
    second = tell(
        key, language, over_none=_percent(case.at("over_crediting_share", 0), language),
        over_all=_percent(case.at("over_crediting_share", last), language),
        real_none=_percent(case.at("real_share_of_claims", 0), language),
        real_all=_percent(case.at("real_share_of_claims", last), language),
        cost_none=level("cost_yuan_per_real_t", 0), cost_all=level("cost_yuan_per_real_t", last),
        price_none=level("price_yuan_per_t", 0), price_all=level("price_yuan_per_t", last),
        trust=_percent(case.at("trust", 0), language),
    )
    return [first, second]


def integrity_caption(reading: Reading, language: Language) -> str:
    """How to read the figure, and what it rests on."""
    case, comparison = _case(reading), reading.answer.comparison
    rules = case.scenario.verification
    return tell(
        "caption_integrity", language, n=comparison.replicates, seed=comparison.base_seed,
        inflation=figure(100 * rules.baseline_inflation, 0),
        spread=figure(100 * rules.inflation_deviation, 0),
        leniency=figure(100 * rules.leniency, 0),
        own=figure(100 * case.scenario.spot_audit.probability, 0),
        month=month_text(case.eligible_from),
    )


def _cell(found: Interval, outcome: Outcome, language: Language) -> str:
    measure = measure_for(outcome, [found], language)
    return framed(found, measure) + measure.suffix


def integrity_table(reading: Reading) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: outcomes by audit probability.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    heads, rows : list of str, list of list of str
        HTML.
    """
    case = _case(reading)
    heads = [both("audit_axis"), *(f"{figure(100 * chance, 0)} %" for chance in case.audits)]
    rows = []
    for name in case.swept:
        outcome = _OUTCOMES[name]
        cells = [
            in_both(*(_cell(case.at(name, place), outcome, each) for each in LANGUAGES))
            for place in range(len(case.audits))
        ]
        rows.append([in_both(outcome.label, pick(outcome.label, outcome.label_zh, "zh")), *cells])
    return heads, rows
