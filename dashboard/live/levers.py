"""Levers as the page draws them: all from their declarations."""

import math
from typing import Any

from agents.parameters import Declaration, month_text
from dashboard.live.lane import same_value
from dashboard.live.lever_words import GROUPS, MAIN, SECTION_GROUP
from dashboard.live.texts import SAY
from experiments.language import Language, pick
from experiments.refusals_told import plain_refusal, refusal_told
from experiments.sources_told import source_told
from experiments.values_told import (
    choice_word,
    is_share,
    name_word,
    share_unit,
    unit_word,
    value_told,
)
from simulation.errors import InputError
from simulation.scenario import LEVERS, Scenario, declared
from simulation.varying import current_value

__all__ = ["checked_value", "lever_groups", "values_in_force", "why_refused"]

DECLARED: dict[str, Declaration] = {
    item.key: item for item in declared() if item.key in LEVERS
}
# Only the micro-rules of the pricing rule in force do anything.
MECHANISMS = (
    "listing", "call_auction", "bilateral", "pay_as_bid", "mcafee", "one_way_auction",
    "administered", "reverse_auction", "continuous",
)
# A slider that ended at the bound of a price, a million yuan, could not be set to 60. Any value
# within the bounds can still be typed.
SLIDER_OF_PRICES = 200.0
WIDEST = 20.0


def values_in_force(scenario: Scenario, month: int) -> dict[str, Any]:
    """Every lever's value with which a month runs.

    Parameters
    ----------
    scenario : Scenario
        With its timeline.
    month : int

    Returns
    -------
    dict
        Dotted key to value, ready for JSON; a month as ``YYYY-MM``.
    """
    now = scenario.at(month)
    values = {}
    for key, item in DECLARED.items():
        value = current_value(now, key)
        if item.unit == "month" and isinstance(value, int):
            value = month_text(value)
        values[key] = list(value) if isinstance(value, tuple) else value
    return values


def lever_groups(
    values: dict[str, Any], start: dict[str, Any], options: dict[str, list[str]],
    language: Language, *, endogenous: bool, currency: str = "yuan",
) -> list[dict[str, Any]]:
    """Levers by group, the main ones first.

    Parameters
    ----------
    values : dict
        In force.
    start : dict
        As the scenario has them, which says what was moved.
    options : dict
        Names that a lever of names may be given, by key.
    language : {"en", "zh"}
    endogenous : bool
        Whether firms trade allowances; otherwise the rules of that market do nothing.
    currency : str
        Of the scenario.

    Returns
    -------
    list of dict
        Key, label and levers of each group; of each lever everything that is drawn.
    """
    drawn = {
        key: _lever(item, values[key], start[key], options.get(key, []), language, currency)
        for key, item in DECLARED.items()
        if _matters(key, values["market.mechanism"], endogenous=endogenous)
    }
    groups = [("main", [key for key in MAIN if key in drawn])]
    for group in GROUPS:
        if group != "main":
            inside = [key for key in drawn if SECTION_GROUP[LEVERS[key][0]] == group]
            groups.append((group, [key for key in inside if key not in MAIN]))
    return [
        {"key": group, "label": pick(*GROUPS[group], language),
         "told": _moved_told(sum(drawn[key]["moved"] for key in keys), language),
         "levers": [drawn[key] for key in keys]}
        for group, keys in groups if keys
    ]


def _moved_told(number: int, language: Language) -> str:
    return pick(f"{number} moved", f"已调整{number}项", language) if number else ""


def _matters(key: str, mechanism: str, *, endogenous: bool) -> bool:
    section = LEVERS[key][0]
    if section in MECHANISMS:
        return section == mechanism
    return endogenous or section != "allowance_market"


def _lever(
    item: Declaration, value: object, start: object, names: list[str], language: Language,
    currency: str,
) -> dict[str, Any]:
    kind, more = "number", {}
    if isinstance(value, bool):
        kind = "switch"
    elif item.choices:
        kind = "choice"
        more["choices"] = [
            {"value": choice, "label": choice_word(choice, language)} for choice in item.choices
        ]
    elif isinstance(value, list):
        kind = "names"
        more["choices"] = [
            {"value": name, "label": name_word(name, language)} for name in names
        ]
    elif item.unit == "month":
        kind = "month"
    else:
        more = _slider(item, value, start)
    return {
        "key": item.key, "label": pick(item.label, item.label_zh, language), "kind": kind,
        "unit": share_unit(item.key, language) if is_share(item.key)
        else unit_word(item.unit, language, currency),
        # Shares are drawn and typed in per cent.
        "scale": 100 if is_share(item.key) else 1,
        "typed": pick("5 stands for 5 %.", "输入5即为5%。", language) if is_share(item.key) else "",
        "value": value, "start": start, "moved": not same_value(value, start),
        "back": SAY("back", language, value=value_told(item.key, start, currency, language)),
        "low": item.low, "high": item.high, "main": item.key in MAIN,
        "source": source_told(item.source, language), **more,
    }


def _slider(item: Declaration, value: object, start: object) -> dict[str, Any]:
    low = float(item.low or 0)
    bound = float(item.high if item.high is not None else math.inf)
    known = max(abs(float(each)) for each in (value, start, item.default or 0))  # type: ignore[arg-type]
    top = bound
    if bound > WIDEST * max(known, 1.0):
        top = SLIDER_OF_PRICES if "/t" in item.unit else max(4 * known, 10.0)
        top = min(max(top, 2 * known), bound)
    whole = isinstance(item.default, int)
    step = 1.0 if whole else 10 ** math.floor(math.log10(max(top - low, 1e-9) / 100))
    return {
        "slider_low": low, "slider_high": top, "step": max(step, 1.0) if whole else step,
        "whole": whole,
    }


def checked_value(key: str, value: object) -> object:
    """Value that the browser sent, as the lever's own kind.

    Parameters
    ----------
    key : str
    value : object
        From JSON.

    Returns
    -------
    object

    Raises
    ------
    InputError
        When the key is no lever, or the value is no number where one is needed.
    """
    item = DECLARED.get(key) if isinstance(key, str) else None
    if item is None:
        raise InputError(f"{str(key)[:80]!r} is not a lever.")
    if isinstance(item.default, bool) or isinstance(value, bool):
        return value
    if isinstance(item.default, (int, float)) and item.unit != "month":
        try:
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            raise InputError(f"{key} = {value!r} is no number.") from None
        except OverflowError:
            raise InputError(f"{key} = {str(value)[:40]}... is too large.") from None
        if not math.isfinite(number):
            raise InputError(f"{key} = {value!r} is no number.")
        if isinstance(item.default, int):
            if number != int(number):
                raise InputError(f"{key} = {value!r} is not a whole number.")
            return int(number)
        return number
    return value


def why_refused(key: str, value: object, error: Exception, language: Language) -> str:
    """Why a lever cannot be set so, in one line to stand below it.

    Parameters
    ----------
    key : str
    value : object
        As the browser sent it.
    error : Exception
        What the model said.
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    item = DECLARED.get(key)
    if item is not None and item.unit != "month" and not isinstance(item.default, bool) and (
        isinstance(item.default, (int, float))
    ):
        try:
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not math.isfinite(number):
            return pick("Give a number.", "请输入数字。", language)
        if isinstance(item.default, int) and number != int(number):
            return pick("Give a whole number.", "请输入整数。", language)
        if (told := _bounds(item, number, language)):
            return told
    told = refusal_told(plain_refusal(str(error)), language)
    return pick(f"Not possible: {told}", f"无法设定：{told}", language)


def _bounds(item: Declaration, number: float, language: Language) -> str:
    low, high = item.low, item.high
    if (low is None or number >= low) and (high is None or number <= high):
        return ""
    scale, unit = (100, " %") if is_share(item.key) else (1, "")
    least, most = (f"{(bound or 0) * scale:,.10g}" for bound in (low, high))
    if high is None:
        return pick(f"Give a number from {least}{unit}.", f"请输入不小于{least}的数。", language)
    if low is None:
        return pick(f"Give a number up to {most}{unit}.", f"请输入不大于{most}的数。", language)
    return pick(
        f"Give a number from {least} to {most}{unit}.",
        f"请输入{least}至{most}{unit.strip()}之间的数。", language,
    )
