"""Choice among options over futures: what each rule picks, and what its numbers are."""

from collections.abc import Sequence
from typing import Any

from experiments.analysis.choice_tables import Choice, OptionOutcome
from experiments.analysis.verdicts import RuleChoice
from experiments.language import Language
from experiments.report.looks import Look
from experiments.report.numerals import figure, listed
from experiments.report.panels import Figure, Panel, Row, axis_range, dots, layer, nominal, number
from experiments.report.texts import plain
from experiments.study_report.parts import Column, Named, Section, Table, marked_number, share
from experiments.study_report.subject import Subject
from experiments.study_report.texts import said, tell
from experiments.study_report.wrapping import band_for, folded

__all__ = ["choice_answer", "choice_sections"]

UNBEATEN = "◆ "


def choice_answer(subject: Subject, language: Language) -> list[str]:
    """What each rule picks, how often resampling keeps it, and whether rules agree."""
    choice = subject.found.choice
    if choice is None:
        return []
    told = [each for each in choice.rules if each.told]
    if choice.agreement == "agree":
        first = tell("rules_agree", language,
                     option=plain(subject.point(told[0].options[0], language)))
    elif choice.agreement == "disagree":
        names = list(dict.fromkeys(
            tell("quoted", language, name=plain(subject.point(each.options[0], language)))
            for each in told))
        first = tell("rules_disagree", language, options=listed(names, language))
    else:
        first = tell("rules_unsure", language)
    return [first, *(
        tell("rule_says", language, rule=plain(_rule(subject, rule, language)),
             choice=_picked(subject, rule, place, language))
        for place, rule in enumerate(choice.rules)
    )]


def _rule(subject: Subject, rule: RuleChoice, language: Language) -> str:
    if rule.outcome is None:
        return tell("rule_satisficing", language)
    return tell(f"rule_{rule.rule}", language, label=subject.label(rule.outcome, language))


def _picked(subject: Subject, rule: RuleChoice, place: int, language: Language) -> str:
    if not rule.options:
        return tell("picked_none", language)
    options = [plain(subject.point(option, language)) for option in rule.options]
    names = listed(options, language)
    if len(rule.options) > 1:
        return tell("picked_equal", language, options=names)
    if rule.stays is None:
        return tell("picked_once", language, option=names)
    stays = marked_number(rule.stays, f"choice/rules/{place}/stays", share(rule.stays, language))
    return tell("picked" if rule.told else "picked_unsure", language, option=names, stays=stays)


def _names(subject: Subject, choice: Choice, language: Language) -> dict[str, str]:
    """Options as figures write them: those that nothing beats are marked."""
    return {
        each.option: folded((UNBEATEN if each.nondominated else "")
                            + subject.point(each.option, language), 28, 3)
        for each in choice.by_option
    }


def _of(choice: Choice, outcome: str) -> list[OptionOutcome]:
    return [each for each in choice.by_outcome if each.outcome == outcome]


def _levels(subject: Subject, choice: Choice, outcome: str, look: Look) -> Panel:
    language, mine = look.language, _of(choice, outcome)
    names = _names(subject, choice, language)
    ends = [end for each in mine for end in (each.mean, each.bad_side, each.worst)]
    measure = subject.measure(outcome, ends, language)
    size, rows, marks = measure.divisor, [], []
    for each in mine:
        low = high = None
        if each.mean is not None and each.worst is not None:
            low, high = sorted((each.mean / size, each.worst / size))
        tip = tell(
            "option_tip", language, option=subject.point(each.option, language),
            mean=subject.amount(outcome, each.mean, language),
            bad=subject.amount(outcome, each.bad_side, language),
            worst=subject.amount(outcome, each.worst, language),
        )
        rows.append(Row(
            names[each.option], "", None if each.mean is None else each.mean / size, low, high,
            "", tip, look.colours["rule-1"],
        ))
        for kind, value in (("tick", each.bad_side), ("cross", each.worst)):
            if value is not None:
                marks.append({"group": names[each.option], "at": value / size, "kind": kind,
                              "tip": tip})
    low, high = axis_range((end for row in rows for end in (row.mean, row.low, row.high)),
                           zero=False, left=0.06, right=0.06)
    chart = dots(rows, look, domain=[low, high], band=band_for(names.values(), 34))
    up, ink = {"y": nominal("group")}, look.colours["ink"]
    for kind, style in (("tick", {"mark": "tick", "size": 16, "thickness": 2.5}),
                        ("cross", {"mark": "point", "shape": "diamond", "size": 55,
                                   "filled": False, "strokeWidth": 1.6})):
        shown = [mark for mark in marks if mark["kind"] == kind]
        if shown:
            style = dict(style)
            chart["layer"].append(layer(
                shown, style.pop("mark"), {"x": number("at"), **up, "tooltip": nominal("tip")},
                color=ink, opacity=1, **style,
            ))
    wanted = next(item for item in subject.study.criteria if item.outcome == outcome)
    if wanted.threshold is not None and low < wanted.threshold / size < high:
        chart["layer"].insert(0, layer(
            [{"at": wanted.threshold / size}], "rule", {"x": number("at")}, color=ink,
            strokeDash=[4, 3],
        ))
    heading = tell(f"wanted_{wanted.better}", language,
                   label=subject.heading(outcome, measure, language))
    return Panel(heading, chart, tell("semicolon", language).join(row.tip for row in rows))


def _regrets(subject: Subject, choice: Choice, outcome: str, look: Look) -> Panel:
    language, mine = look.language, _of(choice, outcome)
    names = _names(subject, choice, language)
    ends = [end for each in mine for end in (each.regret_mean, each.regret_90)]
    measure = subject.measure(outcome, ends, language)
    size, rows = measure.divisor, []
    for each in mine:
        mean = None if each.regret_mean is None else each.regret_mean / size
        high = None if each.regret_90 is None else each.regret_90 / size
        tip = tell(
            "regret_tip", language, option=subject.point(each.option, language),
            mean=subject.amount(outcome, each.regret_mean, language),
            high=subject.amount(outcome, each.regret_90, language),
            maximum=subject.amount(outcome, each.regret_maximum, language),
        )
        rows.append(Row(names[each.option], "", mean, mean, high,
                        "" if mean is None else figure(mean, _digits(mean)), tip,
                        look.colours["rule-2"]))
    low, high = axis_range((end for row in rows for end in (row.mean, row.high)), right=0.2)
    # A dot at zero would touch the name of its option.
    domain = [low - 0.05 * (high - low), high]
    chart = dots(rows, look, domain=domain, band=band_for(names.values(), 34))
    return Panel(tell("regret_of", language, label=subject.heading(outcome, measure, language)),
                 chart, tell("semicolon", language).join(row.tip for row in rows))


def _digits(value: float) -> int:
    return 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2


def _satisficing(subject: Subject, choice: Choice, look: Look) -> list[Panel]:
    language, panels = look.language, []
    names = _names(subject, choice, language)
    sorts: list[tuple[str, list[tuple[str, Any]]]] = [(
        tell("all_thresholds", language),
        [(each.option, each.satisficing) for each in choice.by_option],
    )]
    for item in subject.study.criteria:
        if item.threshold is not None:
            limit = subject.amount(item.outcome, item.threshold, language)
            title = tell(f"threshold_{item.better}", language,
                         label=subject.label(item.outcome, language), limit=limit)
            sorts.append((title, [(each.option, each.met) for each in _of(choice, item.outcome)]))
    for title, shares in sorts:
        rows = []
        for option, found in shares:
            if found is None:
                continue
            text = share(found.share, language)
            words = f"{text} [{share(found.low, language)}, {share(found.high, language)}]"
            rows.append(Row(
                names[option], "", 100 * found.share, 100 * found.low, 100 * found.high, text,
                tell("colon", language, label=subject.point(option, language),
                     text=words), look.colours["rule-3"],
            ))
        if rows:
            panels.append(Panel(
                title, dots(rows, look, domain=[0, 122], title=tell("axis_futures", language),
                            band=band_for(names.values(), 34)),
                tell("semicolon", language).join(row.tip for row in rows),
            ))
    return panels


def _tables(subject: Subject, choice: Choice) -> tuple[Table, list[Table], list[Table], Table]:
    rules = Table("rules", said("table_rules"), [
        Column("rule", said("column_rule")), Column("outcome", said("outcome")),
        Column("options", said("column_options")), Column("value", said("column_value")),
        Column("stays", said("column_stays"), share), Column("told", said("column_told")),
    ], [{
        **row, "rule": Named(row["rule"], *(tell(f"short_{row['rule']}", e) for e in ("en", "zh"))),
        "outcome": None if row["outcome"] is None else subject.named(row["outcome"]),
        "options": _joined(subject, row["options"]),
    } for row in choice.rule_rows()])
    outcomes = dict.fromkeys(each.outcome for each in choice.by_outcome)
    options = [
        _option_table(subject, choice, outcome, "options", ("mean", "bad_side", "worst"),
                      ("missing",)) for outcome in outcomes
    ]
    regrets = [
        _option_table(subject, choice, outcome, "regret",
                      ("regret_mean", "regret_90", "regret_maximum"), ("domain",))
        for outcome in outcomes
    ]
    columns = [
        Column("option", said("column_option")), Column("nondominated", said("column_unbeaten")),
        *(Column(key, said(f"column_{key}"), share)
          for key in ("satisficing", "satisficing_low", "satisficing_high")),
    ]
    rows: dict[str, dict[str, Any]] = {}
    for row in choice.rows():
        mine = rows.setdefault(row["option"], {
            **{key.key: row[key.key] for key in columns[:5]},
            "option": subject.point_named(row["option"])})
        if row["met"] is not None:
            mine |= {f"{row['outcome']}.{key}": row[key] for key in MET}
    for item in subject.study.criteria:
        if item.threshold is not None:
            columns += [
                Column(f"{item.outcome}.{key}", lambda each, name=item.outcome, key=key: tell(
                    "colon", each, label=subject.label(name, each), text=tell(f"column_{key}", each)
                ), share) for key in MET
            ]
    satisficing = Table("satisficing", said("table_satisficing"), columns, list(rows.values()))
    return rules, options, regrets, satisficing


def _joined(subject: Subject, options: Sequence[str]) -> Named:
    names = [subject.point_named(option) for option in options]
    return Named(*("; ".join(each) for each in zip(*names, strict=True))) if names else Named(
        "", "", "")


MET = ("met", "met_low", "met_high")


def _option_table(
    subject: Subject, choice: Choice, outcome: str, name: str, amounts: Sequence[str],
    shares: Sequence[str],
) -> Table:
    rows = [{**row, "option": subject.point_named(row["option"])}
            for row in choice.rows() if row["outcome"] == outcome]
    values = [row[key] for row in rows for key in amounts]
    return Table(f"{name}_{outcome}", lambda each: subject.label(outcome, each), [
        Column("option", said("column_option")),
        *(subject.unit_column(key, f"column_{key}", outcome, values) for key in amounts),
        *(Column(key, said(f"column_{key}"), share) for key in shares),
    ], rows)


def choice_sections(subject: Subject) -> list[Section]:
    """Outcomes of the options, their regret, and how often they are good enough."""
    choice = subject.found.choice
    if choice is None:
        return []
    rules, options, regrets, satisficing = _tables(subject, choice)
    outcomes = [item.outcome for item in subject.study.criteria]
    found = [
        Section("options", said("section_options"), said("words_options"),
                said("caption_options"), lambda look: Figure("options", [
                    _levels(subject, choice, name, look) for name in outcomes], 2),
                300, [], [rules, *options]),
        Section("regret", said("section_regret"), said("words_regret"), said("caption_regret"),
                lambda look: Figure("regret", [
                    _regrets(subject, choice, name, look) for name in outcomes], 2),
                300, [], [_optimism(subject, choice), *regrets]),
    ]
    if any(item.threshold is not None for item in subject.study.criteria):
        found.append(Section(
            "satisficing", said("section_satisficing"), said("words_satisficing"),
            said("caption_satisficing"),
            lambda look: Figure("satisficing", _satisficing(subject, choice, look), 2),
            300, [], [satisficing],
        ))
    return found


def _optimism(subject: Subject, choice: Choice) -> Table:
    rows = [{**row, "outcome": subject.named(row["outcome"]),
             "set_aside": _joined(subject, row["set_aside"])} for row in choice.seen_rows()]
    return Table("criteria", said("table_criteria"), [
        Column("outcome", said("outcome")), Column("futures", said("column_futures")),
        Column("futures_used", said("column_futures_used")),
        Column("missing", said("column_missing"), share),
        Column("set_aside", said("column_set_aside")),
        Column("regret_optimism", said("column_regret_optimism")),
    ], rows)
