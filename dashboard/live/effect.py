"""What the latest rule did, or one future against the other; beside the sentence it stays."""

from collections.abc import Callable
from typing import NamedTuple

import solara

from agents.parameters import month_text
from dashboard.live.frame import BesideSeen, Frame
from dashboard.live.parts import EffectCard
from dashboard.live.texts import SAY
from dashboard.live.words import future_names
from dashboard.parts.chart import packed
from dashboard.parts.messages import page_goer
from experiments.language import Language, pick, unit_in
from experiments.rule_effects import Effect, Rules, effect_of, own_changes
from experiments.values_told import percent_told, price_told, rule_told, rules_joined

__all__ = ["EffectPanel", "effect_head", "effect_rows", "shown_effect"]

# With fewer months of trade a change of the mean price says nothing.
FEW_MONTHS = 4
# From so many times as much on, per cent are hard to read.
MANIFOLD = 10
# Changes of the price smaller than this are shown as none.
SAME = 0.005


class Row(NamedTuple):
    """A figure of both runs.

    Attributes
    ----------
    key : str
    name : str
    here, there : str
        In the run that is watched, and in the one beside it.
    change : str
    """

    key: str
    name: str
    here: str
    there: str
    change: str


@solara.component
def EffectPanel(  # noqa: N802
    frame: Frame, language: Language, act: Callable[[str], None]
) -> None:
    """Figures of both runs over the latest year, and over all months since.

    Parameters
    ----------
    frame : Frame
    language : {"en", "zh"}
    act : callable
        Takes what is asked for, as a button of the controls would.
    """
    heading, note, rows, since = shown_effect(frame, language)
    link = fork_text = ""
    if frame.beside is not None:
        link = "/compare?live=" + ("rule" if frame.beside.rules else "fork")
        if frame.beside.rules is not None:
            fork_text = SAY("fork_rule", language, month=month_text(frame.beside.date))
    EffectCard(
        heading=heading, note=note, since=since, link=link,
        rows_json=packed([row._asdict() for row in rows]),
        link_text=SAY("over_seeds", language), fork_text=fork_text,
        fork_help=SAY("fork_rule_help", language), event_act=act,
        event_go=page_goer(solara.use_router().push),
    )


def shown_effect(frame: Frame, language: Language) -> tuple[str, str, list[Row], str]:
    """What the panel says; before any rule has changed, the market of the latest months alone.

    Parameters
    ----------
    frame : Frame
    language : {"en", "zh"}

    Returns
    -------
    heading, note : str
    rows : list of Row
    since : str
        First month in which the runs may differ; empty where there is one only.
    """
    beside = frame.beside
    if beside is not None:
        heading, note = effect_head(frame, beside, language)
        return heading, note, effect_rows(frame, beside, language), month_text(beside.date)
    rows, start = frame.lane.monthly, frame.lane.scenario.start
    alone = effect_of(rows, rows, start, start, frame.month)
    heading = coming_text(frame, language) or SAY("effect_none", language)
    if alone is None:
        return heading, "", [], ""
    note = SAY("effect_alone_note", language, first=month_text(alone.first),
               last=month_text(alone.last))
    if frame.awaited is not None:
        # A rule is in force, but there is nothing to compare with: say why.
        told = _rules(frame.awaited, frame.lane.scenario.currency, language)
        heading = SAY("effect_rule", language, month=month_text(frame.awaited.date), rules=told)
        why = "effect_kept" if frame.back else "effect_awaited"
        note = SAY("effect_hopeless" if frame.hopeless else why, language)
    if len(frame.lanes) > 1:
        heading, note = _not_parted(frame, language)
    same = BesideSeen(None, start, rows, alone, alone)
    return heading, note, [
        row._replace(there="", change="") for row in effect_rows(frame, same, language)
        if row.key != "whole"
    ], ""


def _not_parted(frame: Frame, language: Language) -> tuple[str, str]:
    """Two futures that are one so far."""
    month = month_text(frame.lanes[1].begun)
    if frame.back:
        return SAY("effect_before_fork", language, month=month), ""
    name = future_names(language)[frame.shown]
    note = SAY("effect_fork_next", language, name=name)
    coming = coming_text(frame, language)
    if coming:
        note += SAY("effect_fork_coming", language, coming=coming)
    return SAY("effect_fork_same", language, month=month), note


def coming_text(frame: Frame, language: Language) -> str:
    """What the scenario will bring, where nothing has changed yet.

    Parameters
    ----------
    frame : Frame
    language : {"en", "zh"}

    Returns
    -------
    str
        Empty where nothing is to come.
    """
    rules = frame.coming
    if rules is None or not rules.changes:
        return ""
    told = _rules(rules, frame.lane.scenario.currency, language)
    return SAY("coming", language, month=month_text(rules.date), rules=told)


def effect_head(frame: Frame, beside: BesideSeen, language: Language) -> tuple[str, str]:
    """Heading, and how the figures are to be read.

    Parameters
    ----------
    frame : Frame
    beside : BesideSeen
    language : {"en", "zh"}

    Returns
    -------
    (str, str)
    """
    latest, whole = beside.latest, beside.all
    months = {"first": month_text(latest.first), "last": month_text(latest.last)}
    date = month_text(beside.date)
    if beside.rules is None:
        names = future_names(language)
        here, there = names[frame.shown], names[1 - frame.shown]
        differ = fork_told(frame, language)
        return (SAY("effect_fork", language, month=date, here=here, there=there),
                differ + SAY("effect_fork_note", language, there=there, **months))
    told = _rules(beside.rules, frame.lane.scenario.currency, language)
    said = _said(whole, unit_in("yuan/t", frame.lane.scenario.currency, language), language)
    coming = coming_text(frame, language)
    if coming:
        coming = SAY("coming_too", language, coming=coming)
    return (SAY("effect_rule", language, month=date, rules=told),
            said + SAY("effect_note", language, **months) + coming)


def _said(whole: Effect, unit: str, language: Language) -> str:
    """The result in words."""
    here, there = whole.price, whole.price_without
    few = min(whole.traded, whole.traded_without)
    if here is None or not there or few < FEW_MONTHS:
        return ""
    key = "raised" if here > there else "lowered"
    if abs(here / there - 1) < SAME:
        return SAY("left_price", language)
    return SAY(key, language, by=price_told(abs(here - there)), unit=unit)


def fork_told(frame: Frame, language: Language) -> str:
    """Rules in which two futures differ, in words.

    Parameters
    ----------
    frame : Frame
    language : {"en", "zh"}

    Returns
    -------
    str
        Empty where they do not.
    """
    scenarios = [lane.scenario for lane in frame.lanes]
    currency, texts = frame.lane.scenario.currency, []
    for number, name in enumerate(future_names(language)):
        told = [
            f"{rule_told(*change, currency, language)}"
            + pick(f" ({month_text(date)})", f"（{month_text(date)}）", language)
            for date, change in own_changes(scenarios[number], [scenarios[1 - number]])
        ]
        if told:
            # All of them: here it matters what is not the same.
            texts.append(SAY("only_in", language, name=name,
                             rules=pick("; ", "；", language).join(told)))
    return "".join(texts)


def effect_rows(frame: Frame, beside: BesideSeen, language: Language) -> list[Row]:
    """Price since the rule, and price, volume and buyers of the latest months.

    Parameters
    ----------
    frame : Frame
    beside : BesideSeen
    language : {"en", "zh"}

    Returns
    -------
    list of Row
    """
    effect, whole, currency = beside.latest, beside.all, frame.lane.scenario.currency
    other, names = SAY("without_rule", language), ("", "")
    if beside.rules is None and len(frame.lanes) > 1:
        names = future_names(language)
        other = SAY("other_future", language, name=names[1 - frame.shown])
    # Whose months with trade are few: of the run that is looked at, or of the other.
    whose = (
        names[frame.shown] or SAY("few_here", language),
        names[1 - frame.shown] or SAY("few_without", language),
    )
    price = unit_in("yuan/t", currency, language)
    months = SAY("latest_month", language)
    if effect.months > 1:
        months = SAY("latest_months", language, months=effect.months)
    return [
        _price_row("whole", SAY("price_since", language, month=month_text(whole.first),
                                unit=price), whole, other, whose, language),
        _price_row("price", SAY("price_latest", language, months=months, unit=price), effect,
                   other, whose, language),
        Row("volume", SAY("volume_latest", language, months=months),
            _number(effect.volume_t, 0), f"{other}{_number(effect.volume_without_t, 0)}",
            _change(effect.volume_t, effect.volume_without_t, language)),
        Row("compliance", SAY("compliance_latest", language, months=months),
            _percent(effect.compliance, language),
            f"{other}{_percent(effect.compliance_without, language)}", ""),
    ]


def _price_row(
    key: str, name: str, effect: Effect, other: str, whose: tuple[str, str], language: Language
) -> Row:
    here, there = effect.price, effect.price_without
    change = _change(here, there, language)
    few = min(effect.traded, effect.traded_without)
    if change and few < min(FEW_MONTHS, effect.months):
        # A mean of one or two deals is no effect.
        whom = whose[effect.traded > effect.traded_without]
        change = SAY("few_months", language, whom=whom, traded=few, months=effect.months)
    return Row(key, name, _price(here), f"{other}{_price(there)}", change)


def _price(value: float | None) -> str:
    return "–" if value is None else price_told(value)


def _rules(rules: Rules, currency: str, language: Language) -> str:
    told = rules_joined(rules.told(currency, language), language)
    return SAY("in_steps", language, rules=told, steps=rules.steps) if rules.steps > 1 else told


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def _percent(value: float | None, language: Language) -> str:
    return "–" if value is None else percent_told(value, language)


def _change(here: float | None, there: float | None, language: Language) -> str:
    if here is None or not there:
        return ""
    if here / there >= MANIFOLD:
        return f"×{here / there:,.0f}"
    change = f"{abs(here / there - 1) * 100:,.0f}"
    sign = "±" if change == "0" else "−" if here < there else "+"
    space = "" if language == "zh" else " "
    return f"{sign}{change}{space}%"
