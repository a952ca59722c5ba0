"""Tables of the page: the answer at a glance, the data of each figure, and all outcomes."""

from collections.abc import Iterable, Sequence

from experiments.language import LANGUAGES, Language, pick
from experiments.report.among import among_rules
from experiments.report.bunched import bunched_table
from experiments.report.integrity import integrity_table
from experiments.report.judgement import judgement_rows
from experiments.report.kinds import among_kinds, kinds_table
from experiments.report.numerals import (
    Measure,
    figure,
    framed,
    marked,
    measure_for,
    ratio,
)
from experiments.report.reading import REPORTED, Fact, Reading
from experiments.report.regimes import COMPARED_REGIMES
from experiments.report.rules import rules_ends, rules_table
from experiments.report.sellers import sellers_tables
from experiments.report.signature import signature_table
from experiments.report.texts import both, in_both, plain, regime_name, rule_label, rule_name, tell
from experiments.report.treatment import treatment_table
from simulation.outcomes import Outcome

__all__ = ["ends_table", "figure_table", "glance_table", "outcome_tables", "pattern_table"]

# Facts of a row, each with whether its sign is written.
Told = Sequence[tuple[Fact, bool]]

GLANCE = (
    ("price_yuan_per_t", "change"), ("volume_t", "change"), ("voluntary_t", "change"),
    ("watershed_received_yuan_per_km2", "change"), ("net_effect_t", "change"),
    ("net_effect_t", "level"),
)
FIGURES = {
    "price": ("price_yuan_per_t", "voluntary_price_yuan_per_t", "compliance_price_yuan_per_t"),
    "volume": ("volume_t", "voluntary_t", "compliance_t"),
    "atmosphere": (
        "removed_t", "issued_t", "additional_t", "additional_share_of_issued", "licensed_t",
        "net_effect_t", "cost_yuan_per_net_t",
    ),
    "regimes": COMPARED_REGIMES,
}


def _label(outcome: Outcome, language: Language) -> str:
    return plain(pick(outcome.label, outcome.label_zh, language))


def _table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str = "", css: str = "",
) -> str:
    """HTML table: the first cell of a row is its heading."""
    parts = [f'<div class="scroll"><table class="{css}">']
    if caption:
        parts.append(f"<caption>{caption}</caption>")
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    parts.append(f"<thead><tr>{head}</tr></thead><tbody>")
    for first, *cells in rows:
        body = "".join(f"<td>{cell}</td>" for cell in cells)
        parts.append(f'<tr><th scope="row">{first}</th>{body}</tr>')
    parts.append("</tbody></table></div>")
    return "".join(parts)


def _bilingual(facts: Told, beside: Told = ()) -> tuple[str, list[str]]:
    """Unit and cells of a row in both languages; facts beside it share its unit."""
    found = [fact.found for fact, _ in (*facts, *beside)]
    measures: dict[Language, Measure] = {
        language: measure_for(facts[0][0].outcome, found, language) for language in LANGUAGES
    }
    unit = in_both(*(plain(measures[language].text) for language in LANGUAGES))
    cells = []
    for fact, signed in facts:
        told = [marked(fact, measures[language], signed=signed) for language in LANGUAGES]
        cells.append(told[0] if told[0] == told[1] else in_both(*told))
    return unit, cells


def _row(outcome: Outcome, facts: Told, label: str = "", beside: Told = ()) -> list[str]:
    unit, cells = _bilingual(facts, beside)
    label = label or in_both(*(_label(outcome, language) for language in LANGUAGES))
    return [f'{label} <span class="unit">{unit}</span>', *cells]


def _rule_caption(rule: str, *, title: bool = True) -> str:
    return in_both(*(rule_name(rule, language, title=title) for language in LANGUAGES))


def glance_table(reading: Reading) -> str:
    """What eligibility changes at each compliance room, under the leading rule."""
    heads = [both("what")]
    for place in reading.places:
        heads.append(both("room_whole" if place.whole else "room_times", room=ratio(place.room)))
    rows = []
    for name, sort in GLANCE:
        of = reading.change if sort == "change" else reading.level
        facts = [(of(name, place=place), sort == "change") for place in range(len(reading.places))]
        outcome, label = facts[0][0].outcome, ""
        if sort == "level":
            label = in_both(*(
                tell("level_of", language, label=_label(outcome, language))
                for language in LANGUAGES
            ))
        rows.append(_row(outcome, facts, label))
    note = in_both(*(
        tell("glance_note", language, rule=rule_name(reading.leading, language, title=True))
        for language in LANGUAGES
    ))
    caption = f"{both('glance')}<small>{note}</small>"
    return _table(heads, rows, caption=caption, css="glance")


def _regime_heads(reading: Reading, regimes: Sequence[str]) -> list[str]:
    heads = []
    for regime in regimes:
        scenario = reading.variant(reading.rules[0], regime).scenario
        heads.append(in_both(*(regime_name(scenario, language) for language in LANGUAGES)))
    return heads


def _regime_row(reading: Reading, outcome: Outcome, rule: str, regimes: Sequence[str]) -> list[str]:
    """An outcome under one rule: levels, and below each its paired difference against the base.

    In the unit that suits all rules.
    """
    def change(each: str, regime: str) -> Fact | None:
        return None if regime == reading.base else reading.change(outcome.name, each, regime)

    pairs = {
        each: [(reading.level(outcome.name, each, regime), change(each, regime))
               for regime in regimes]
        for each in reading.rules
    }
    every = [fact.found for row in pairs.values() for pair in row for fact in pair if fact]
    measures: dict[Language, Measure] = {
        language: measure_for(outcome, every, language) for language in LANGUAGES
    }

    def cell(level: Fact, changed: Fact | None, language: Language) -> str:
        told = framed(level.found, measures[language])
        if changed is None or changed.kind in ("same", "none"):
            return told
        return f"{told}<small>{framed(changed.found, measures[language], signed=True)}</small>"

    cells = []
    for pair in pairs[rule]:
        told = [cell(*pair, language) for language in LANGUAGES]
        cells.append(told[0] if told[0] == told[1] else in_both(*told))
    unit = in_both(*(plain(measures[language].text) for language in LANGUAGES))
    label = in_both(*(_label(outcome, language) for language in LANGUAGES))
    return [f'{label} <span class="unit">{unit}</span>', *cells]


def _rooms_table(reading: Reading) -> str:
    heads = [both("rule"), both("room")]
    columns = (
        ("price_change", "price_yuan_per_t", reading.change),
        ("volume_level", "volume_t", reading.level),
        ("net_level", "net_effect_t", reading.level),
    )
    cells: list[list[str]] = []
    for title, name, of in columns:
        facts = [
            (of(name, rule, place=place), of == reading.change)
            for rule in reading.rules for place in range(len(reading.places))
        ]
        unit, column = _bilingual(facts)
        heads.append(f'{both(title)} <span class="unit">{unit}</span>')
        cells.append(column)
    places = [
        [_rule_caption(rule), ratio(place.room)]
        for rule in reading.rules for place in reading.places
    ]
    rows = [[*place, *row] for place, *row in zip(places, *cells, strict=True)]
    return _table(heads, rows)


def _map_tables(reading: Reading) -> str:
    tables = []
    for found in reading.answer.maps:
        heads = [both("map_corner"), *(ratio(float(value)) for value in found.voluntary_axis)]
        rows = []
        for row, room in enumerate(found.room_axis):
            cells = []
            for column in range(len(found.voluntary_axis)):
                price = figure(float(found.price_yuan_per_t[row, column]), 1)
                traded = found.voluntary_share[row, column] + found.compliance_share[row, column]
                cells.append(f"{price}<small>{figure(100 * float(traded), 0)} %</small>")
            rows.append([ratio(float(room)), *cells])
        caption = in_both(*(
            tell("map_caption", language, rule=rule_name(found.mechanism, language, title=True))
            for language in LANGUAGES
        ))
        tables.append(_table(heads, rows, caption=caption, css="map"))
    return "".join(tables)


def figure_table(reading: Reading, name: str) -> str:
    """The data of a figure.

    Parameters
    ----------
    reading : Reading
    name : str
        Of the figure.

    Returns
    -------
    str
        HTML.
    """
    if name == "rooms":
        return _rooms_table(reading)
    if name == "map":
        return _map_tables(reading)
    if name == "signature":
        note = f'<p class="note">{both("signature_gap_note")}</p>'
        return note + _table(*signature_table(reading), css="theories")
    if name == "kinds":
        note = f'<p class="note">{both("differences_below")}</p>'
        return note + _table(*kinds_table(among_kinds(reading)), css="worded")
    if name == "bunching":
        return _table(*bunched_table(reading))
    if name == "treatment":
        return _table(*treatment_table(reading))
    if name == "integrity":
        return _table(*integrity_table(reading), css="worded")
    if name == "rules":
        note = f'<p class="note">{both("rules_data_note")}</p>'
        return note + _table(*rules_table(among_rules(reading)), css="worded")
    if name == "sellers":
        return "".join(
            _table(heads, rows, caption=caption, css="theories")
            for caption, heads, rows in sellers_tables(reading)
        )
    # The first figures are about the question, which the first two regimes ask.
    regimes = reading.regimes if name == "regimes" else reading.regimes[:2]
    heads = [both("what"), both("rule"), *_regime_heads(reading, regimes)]
    rows = []
    for outcome in (outcome for outcome in REPORTED if outcome.name in FIGURES[name]):
        for rule in reading.rules:
            label, *cells = _regime_row(reading, outcome, rule, regimes)
            short = in_both(*(rule_label(rule, language) for language in LANGUAGES))
            rows.append([label, short, *cells])
    note = f"<p class=\"note\">{both('differences_below')}</p>"
    return note + _table(heads, rows, css="worded")


def ends_table(reading: Reading) -> str:
    """Under which pricing rule each outcome is highest, and lowest."""
    caption = f"{both('rules_ends')}<small>{both('rules_ends_note')}</small>"
    return _table(*rules_ends(among_rules(reading)), caption=caption, css="ends")


def pattern_table(reading: Reading) -> str:
    """Patterns of the record with verdicts."""
    heads, rows = judgement_rows(reading)
    return _table(heads, rows, css="patterns")


def _is_silent(reading: Reading, outcome: Outcome) -> bool:
    """Whether an outcome is zero or missing in every run."""
    return not any(
        value for rule in reading.rules for regime in reading.regimes
        for value in reading.values(outcome.name, rule, regime)
    )


def outcome_tables(reading: Reading) -> str:
    """All outcomes by regime with their paired differences: a table for each pricing rule.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    str
        HTML. The leading rule is open, the others are folded; what is zero in every run is named
        once, below.
    """
    silent = [outcome for outcome in REPORTED if _is_silent(reading, outcome)]
    heads = [both("outcome"), *_regime_heads(reading, reading.regimes)]
    tables = []
    for rule in sorted(reading.rules, key=lambda each: each != reading.leading):
        rows = [
            _regime_row(reading, outcome, rule, reading.regimes)
            for outcome in REPORTED if outcome not in silent
        ]
        shown = " open" if rule == reading.leading else ""
        tables.append(
            f"<details class=\"rule\"{shown}><summary>{_rule_caption(rule)}</summary>"
            f"{_table(heads, rows, css='outcomes')}</details>"
        )
    if silent:
        names = " · ".join(
            in_both(*(_label(outcome, language) for language in LANGUAGES)) for outcome in silent
        )
        tables.append(f'<p class="note">{both("silent")} {names}</p>')
    return "".join(tables)
