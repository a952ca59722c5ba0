"""What the latest rule did, or one future against the other; beside the sentence it stays."""

from typing import NamedTuple

import solara

from agents.parameters import month_text
from dashboard.live.frame import Beside, Frame
from dashboard.live.parts import EffectCard
from dashboard.live.texts import SAY
from dashboard.parts.chart import packed
from experiments.language import Language, pick, unit_in
from experiments.rule_effects import Rules, effect_of

__all__ = ["EffectPanel", "effect_head", "effect_rows", "shown_effect"]


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
def EffectPanel(frame: Frame, language: Language) -> None:  # noqa: N802
    """Figures of both runs over the latest year, and over all months since.

    Parameters
    ----------
    frame : Frame
    language : {"en", "zh"}
    """
    heading, note, rows, since = shown_effect(frame, language)
    link = ""
    if frame.beside is not None:
        link = "/compare?live=" + ("rule" if frame.beside.rules else "fork")
    EffectCard(
        heading=heading, note=note, since=since, rows_json=packed([row._asdict() for row in rows]),
        link=link, link_text=SAY("over_seeds", language), event_go=solara.use_router().push,
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
    same = Beside(None, start, rows, alone, alone)
    return heading, note, [
        row._replace(there="", change="") for row in effect_rows(frame, same, language)
    ], ""


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


def effect_head(frame: Frame, beside: Beside, language: Language) -> tuple[str, str]:
    """Heading, and how the figures are to be read.

    Parameters
    ----------
    frame : Frame
    beside : Beside
    language : {"en", "zh"}

    Returns
    -------
    (str, str)
    """
    latest = beside.latest
    months = {"first": month_text(latest.first), "last": month_text(latest.last)}
    date = month_text(beside.date)
    if beside.rules is None:
        names = [SAY(key, language) for key in ("future_a", "future_b")]
        here, there = names[frame.shown], names[1 - frame.shown]
        return (SAY("effect_fork", language, month=date, here=here, there=there),
                SAY("effect_fork_note", language, there=there, **months))
    told = _rules(beside.rules, frame.lane.scenario.currency, language)
    return (SAY("effect_rule", language, month=date, rules=told),
            SAY("effect_note", language, **months))


def effect_rows(frame: Frame, beside: Beside, language: Language) -> list[Row]:
    """Price, volume, and who bought.

    Parameters
    ----------
    frame : Frame
    beside : Beside
    language : {"en", "zh"}

    Returns
    -------
    list of Row
    """
    effect, currency = beside.latest, frame.lane.scenario.currency
    other = SAY("without_rule" if beside.rules else "other_future", language)
    price, tonnes = unit_in("yuan/t", currency, language), SAY("tonnes_a_month", language)
    rows = [
        Row("price", SAY("price", language) + pick(f", {price}", f"，{price}", language),
            _number(effect.price, 1), f"{other}{_number(effect.price_without, 1)}",
            _change(effect.price, effect.price_without, language)),
        Row("volume", SAY("traded_volume", language) + pick(f", {tonnes}", f"，{tonnes}", language),
            _number(effect.volume_t, 0), f"{other}{_number(effect.volume_without_t, 0)}",
            _change(effect.volume_t, effect.volume_without_t, language)),
        Row("compliance", SAY("bought_for_compliance", language),
            _percent(effect.compliance, language),
            f"{other}{_percent(effect.compliance_without, language)}", ""),
    ]
    whole = beside.all
    if whole.first < effect.first:
        rows.append(Row(
            "whole", SAY("price_since", language, month=month_text(whole.first), unit=price),
            _number(whole.price, 1), f"{other}{_number(whole.price_without, 1)}",
            _change(whole.price, whole.price_without, language),
        ))
    return rows


def _rules(rules: Rules, currency: str, language: Language) -> str:
    told = rules.told(currency, language)
    text = pick("; ", "；", language).join(told)
    if len(rules.changes) > len(told):
        text += pick(f"; and {len(rules.changes) - len(told)} more",
                     f"等{len(rules.changes)}项", language)
    return text


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def _percent(value: float | None, language: Language) -> str:
    if value is None:
        return "–"
    return f"{value * 100:.0f}%" if language == "zh" else f"{value * 100:.0f} %"


def _change(here: float | None, there: float | None, language: Language) -> str:
    if here is None or not there:
        return ""
    change = f"{abs(here / there - 1) * 100:,.0f}"
    sign = "±" if change == "0" else "−" if here < there else "+"
    space = "" if language == "zh" else " "
    return f"{sign}{change}{space}%"
