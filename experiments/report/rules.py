"""All pricing rules side by side: dots with intervals, who is at which end, and the table."""

from experiments.language import LANGUAGES, Language, pick
from experiments.report.among import AmongRules, Extreme
from experiments.report.looks import Look
from experiments.report.numerals import Measure, framed, listed, measure_for
from experiments.report.panels import Figure, Panel, Row, Spec, axis_range, dots, layer, number
from experiments.report.rows import common_measure, ends_of, mean_text, row_of, told_panel
from experiments.report.texts import both, in_both, plain, regime_name, rule_label, rule_name, tell
from simulation.outcomes import Outcome

__all__ = ["SIGNS", "rules_ends", "rules_figure", "rules_table"]

BAND = 16
# Kinds of a paired difference that have a colour of their own; all others are grey.
SIGNS = {"up": "higher", "down": "lower"}


def _label(outcome: Outcome, language: Language) -> str:
    return pick(outcome.label, outcome.label_zh, language)


def _colour(among: AmongRules, name: str, rule: str, regime: str, look: Look) -> str:
    if rule == among.usual:
        return look.colours["ink"]
    return look.colours[SIGNS.get(among.change(name, rule, regime).kind, "muted")]


def _name(among: AmongRules, rule: str, language: Language) -> str:
    label = rule_label(rule, language)
    return tell("usual_rule", language, rule=label) if rule == among.usual else label


def _regime(among: AmongRules, regime: str, language: Language) -> str:
    return regime_name(among.variant(among.usual, regime).scenario, language)


def _usual_lines(among: AmongRules, name: str, measure: Measure, look: Look) -> list[Spec]:
    """Upright lines at the level of the reference rule, broken for the first regime."""
    lines = []
    for place, regime in enumerate(among.regimes):
        mean = among.level(name, among.usual, regime).found.mean
        if mean is not None:
            lines.append(layer(
                [{"at": mean / measure.divisor}], "rule", {"x": number("at")},
                color=look.colours["muted"], strokeWidth=1, opacity=0.55,
                strokeDash=[1, 0] if place else [3, 3],
            ))
    return lines


def _panel(among: AmongRules, outcome: Outcome, look: Look) -> Panel:
    name, language = outcome.name, look.language
    regimes = [regime for regime in among.regimes if among.has(name, regime)]
    facts = {
        (rule, regime): among.level(name, rule, regime)
        for rule in among.rules for regime in regimes
    }
    measure = common_measure(facts.values(), look)
    rows: list[Row] = []
    for rule in among.rules:
        for regime in regimes:
            fact = facts[rule, regime]
            missing = fact.found.mean is None
            rows.append(row_of(
                look, fact, measure, _name(among, rule, language), _regime(among, regime, language),
                _colour(among, name, rule, regime, look), hollow=regime == among.regimes[0],
                text=tell("no_value", language) if missing else mean_text(fact, measure),
            ))
    ends = [end for end in ends_of(rows) if end is not None]
    # Dots need no zero where all of them lie far from it.
    domain = axis_range(ends, zero=min(ends) < 0.5 * max(ends), left=0.08, right=0.28)
    # A dot at the edge would else touch the name of its row.
    domain[0] = min(domain[0], min(ends) - 0.05 * (domain[1] - domain[0]))
    rows = [row if row.mean is not None else row._replace(start=domain[0]) for row in rows]
    chart = dots(rows, look, domain=domain, band=BAND)
    chart["layer"][:0] = _usual_lines(among, name, measure, look)
    return told_panel(_label(outcome, language), measure, rows, look, chart)


def rules_figure(among: AmongRules, look: Look) -> Figure:
    """Every outcome under every pricing rule, in both regimes.

    Parameters
    ----------
    among : AmongRules
    look : Look

    Returns
    -------
    Figure
    """
    key = [(look.colours[colour], tell(f"key_{colour}", look.language))
           for colour in (*SIGNS.values(), "muted", "ink")]
    first, second = (_regime(among, regime, look.language) for regime in among.regimes)
    key.append(("transparent", tell("key_hollow", look.language, first=first, second=second)))
    return Figure("rules", [_panel(among, outcome, look) for outcome in among.outcomes], 3, key)


def _measures(among: AmongRules, outcome: Outcome) -> dict[Language, Measure]:
    """One way to write an outcome under all rules."""
    every = [
        of(outcome.name, rule, regime).found
        for of in (among.level, among.change)
        for rule in among.rules for regime in among.regimes
    ]
    return {language: measure_for(outcome, every, language) for language in LANGUAGES}


def _head(outcome: Outcome, measures: dict[Language, Measure]) -> str:
    label = in_both(*(plain(_label(outcome, language)) for language in LANGUAGES))
    unit = in_both(*(plain(measures[language].text) for language in LANGUAGES))
    return f'{label} <span class="unit">{unit}</span>'


def _end(
    among: AmongRules, name: str, regime: str, found: Extreme | None, measure: Measure,
    language: Language,
) -> str:
    """Who is at one end, and how far."""
    if found is None:
        return "–"
    if found.among > 1 and not among.any_told_apart(name, regime):
        return tell("none_told", language)
    names = listed([rule_name(rule, language) for rule in found.alike], language)
    if found.among > 1 and not found.is_told:
        names = tell("end_not_told", language, rule=rule_name(found.rule, language))
    level = framed(among.level(name, found.rule, regime).found, measure)
    return f"{names[:1].upper()}{names[1:]}<small>{level}</small>"


def rules_ends(among: AmongRules) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of a table: under which rule each outcome is highest, and lowest.

    Parameters
    ----------
    among : AmongRules

    Returns
    -------
    heads, rows : list of str, list of list of str
        HTML.
    """
    heads = [both("what")]
    for regime in among.regimes:
        for end in ("highest", "lowest"):
            heads.append(in_both(*(
                tell(f"{end}_in", language, regime=_regime(among, regime, language))
                for language in LANGUAGES
            )))
    rows = []
    for outcome in among.outcomes:
        measures = _measures(among, outcome)
        cells = [
            in_both(*(
                _end(among, outcome.name, regime,
                     among.extreme(outcome.name, regime, highest=highest), measures[language],
                     language)
                for language in LANGUAGES
            ))
            for regime in among.regimes for highest in (True, False)
        ]
        rows.append([_head(outcome, measures), *cells])
    return heads, rows


def rules_table(among: AmongRules) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the data of the figure: levels, paired differences below them.

    Parameters
    ----------
    among : AmongRules

    Returns
    -------
    heads, rows : list of str, list of list of str
        HTML.
    """
    heads = [both("what"), both("rule")]
    heads += [
        in_both(*(_regime(among, regime, language) for language in LANGUAGES))
        for regime in among.regimes
    ]

    def cell(name: str, rule: str, regime: str, measure: Measure) -> str:
        told = framed(among.level(name, rule, regime).found, measure)
        changed = among.change(name, rule, regime)
        if rule == among.usual or changed.kind in ("same", "none"):
            return told
        return f"{told}<small>{framed(changed.found, measure, signed=True)}</small>"

    rows = []
    for outcome in among.outcomes:
        measures = _measures(among, outcome)
        for rule in among.rules:
            name = in_both(*(_name(among, rule, language) for language in LANGUAGES))
            cells = [
                in_both(*(
                    cell(outcome.name, rule, regime, measures[language]) for language in LANGUAGES
                ))
                for regime in among.regimes
            ]
            rows.append([_head(outcome, measures), name, *cells])
    return heads, rows
