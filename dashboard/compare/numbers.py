"""Outcomes of a comparison: rows of the table, and files to save."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from agents.parameters import month_text
from dashboard.compare.since import Since
from dashboard.compare.texts import TEXTS
from dashboard.texts import with_minus
from experiments.comparing import Comparison
from experiments.intervals import Interval, interval_of, paired_difference
from experiments.language import LANGUAGES, Language, pick, say, unit_in
from experiments.overview import (
    BY_NAME,
    OF_ALLOWANCES,
    PANELS,
    multiple,
    plus_minus,
    told_apart,
)
from experiments.series_compared import QUANTILES, SERIES, Fan
from experiments.tables import number
from simulation.outcomes import OUTCOMES, Outcome

__all__ = ["names_of", "outcome_rows", "outcomes_csv", "series_csv"]


def names_of(
    comparison: Comparison, language: Language, titles: Sequence[Sequence[str]] = ()
) -> list[str]:
    """Names of variants in one line, only what tells them apart.

    Parameters
    ----------
    comparison : Comparison
    language : {"en", "zh"}
    titles : sequence of sequence of str, optional
        Of each variant in every language; those of the scenarios where not given.

    Returns
    -------
    list of str
    """
    scenarios = [variant.scenario for variant in comparison.variants]
    place = LANGUAGES.index(language)
    called = [title[place] for title in titles] or [
        pick(scenario.title, scenario.title_zh, language) for scenario in scenarios
    ]
    rules = [say(scenario.market.mechanism, language) for scenario in scenarios]
    called = _without_common_start(called)
    if len(set(called)) == 1:
        return rules if len(set(rules)) > 1 else called
    if len(set(called)) == len(called):
        return called
    between = pick(", ", "，", language)
    return [f"{title}{between}{rule}" for title, rule in zip(called, rules, strict=True)]


def _without_common_start(titles: list[str]) -> list[str]:
    # "Chinese counties: voluntary demand only": what all begin with tells nothing.
    for colon in (": ", "："):
        starts = {title.partition(colon)[0] for title in titles if colon in title}
        if len(starts) == 1 and len(set(titles)) > 1 and all(colon in title for title in titles):
            rest = [title.partition(colon)[2] for title in titles]
            return [title[:1].upper() + title[1:] for title in rest]
    return titles


def outcome_rows(
    comparison: Comparison, language: Language, since: Since | None = None
) -> list[dict[str, Any]]:
    """The outcomes that `swcmarket compare` shows, ready for the browser.

    Parameters
    ----------
    comparison : Comparison
    language : {"en", "zh"}
    since : Since, optional
        Price and volume since rules differ; they stand first.

    Returns
    -------
    list of dict
        Keys: key, label, meaning, unit, and cells, one a variant.
    """
    variants = comparison.variants
    traded = any(each.scenario.allowance_price.path == "endogenous" for each in variants)
    panels = (*PANELS, *[OF_ALLOWANCES] * traded)
    return [*_since_rows(comparison, since, language), *(
        _row(comparison, BY_NAME[name], language) for panel in panels for name in panel
        if any(any(variant.values[name]) for variant in variants)
    )]


def _since_rows(
    comparison: Comparison, since: Since | None, language: Language
) -> list[dict[str, Any]]:
    if since is None:
        return []
    month, currency = month_text(since.month), comparison.variants[0].scenario.currency
    return [
        {"key": key, "label": TEXTS(key, language, month=month),
         "meaning": TEXTS(f"{key}_meaning", language, month=month),
         **_told(values, unit.replace("yuan", currency), language)}
        for key, unit, values in (
            ("since_price", "yuan/t", since.price), ("since_volume", "t", since.volume),
        )
    ]


def _row(comparison: Comparison, outcome: Outcome, language: Language) -> dict[str, Any]:
    currency = comparison.variants[0].scenario.currency
    values = [variant.values[outcome.name] for variant in comparison.variants]
    return {
        "key": outcome.name,
        "label": pick(outcome.label, outcome.label_zh, language),
        "meaning": pick(outcome.meaning, outcome.meaning_zh, language),
        **_told(values, outcome.unit.replace("yuan", currency), language),
    }


def _told(
    values: Sequence[Sequence[float | None]], unit: str, language: Language
) -> dict[str, Any]:
    """Unit, and a cell for each variant; values are those of its replicates."""
    means = [interval_of(own).mean for own in values]
    unit, scale = multiple(unit, means, language)
    return {"unit": unit, "cells": [
        _cell(own, values[0] if place else None, scale, language)
        for place, own in enumerate(values)
    ]}


def _cell(
    values: Sequence[float | None], base: Sequence[float | None] | None, scale: float,
    language: Language,
) -> dict[str, Any]:
    found = interval_of(values)
    cell: dict[str, Any] = {
        "mean": with_minus(plus_minus(found, scale, language)),
        "ends": _ends(found, len(values), scale, language),
    }
    # Where no run has a value the cell says so; of some, how many is told in sight.
    if 0 < found.n < len(values):
        cell["few"] = TEXTS("few", language, n=found.n, all=len(values))
    if base is not None:
        against = paired_difference(values, base)
        if against.mean is None:
            return {**cell, "apart": False}
        cell |= {
            "difference": with_minus(plus_minus(against, scale, language, signed=True)),
            "apart": told_apart(against),
            "difference_ends": _ends(against, len(values), scale, language),
        }
    return cell


def _ends(found: Interval, replicates: int, scale: float, language: Language) -> str:
    parts = []
    if found.low is not None and found.high is not None:
        low, high = (with_minus(number(end / scale, language)) for end in (found.low, found.high))
        parts.append(TEXTS("interval", language, low=low, high=high))
    if found.n < replicates:
        parts.append(TEXTS("of_pairs", language, n=found.n, all=replicates))
    return "; ".join(parts)


def outcomes_csv(
    comparison: Comparison, language: Language, titles: Sequence[Sequence[str]] = ()
) -> str:
    """Every outcome of every variant, unrounded, one line each.

    Parameters
    ----------
    comparison : Comparison
    language : {"en", "zh"}
        Of labels and units; scenarios are called as on the command line.
    titles : sequence of sequence of str, optional
        Of each variant; see `names_of`.

    Returns
    -------
    str
    """
    lines: list[Sequence[object]] = [(
        "variant", "scenario", "mechanism", "outcome", "label", "unit", "mean", "low_95",
        "high_95", "n", "difference", "difference_low_95", "difference_high_95", "pairs",
        "excludes_zero", "replicates", "base_seed",
    )]
    names = names_of(comparison, language, titles)
    for variant, called in zip(comparison.variants, names, strict=True):
        for outcome in OUTCOMES:
            found = variant.interval(outcome.name)
            against: Sequence[object] = ("", "", "", "", "")
            if variant is not comparison.variants[0]:
                each = comparison.difference(variant, outcome.name)
                against = (each.mean, each.low, each.high, each.n, int(told_apart(each)))
            scenario = variant.scenario
            lines.append((
                called, scenario.name, scenario.market.mechanism, outcome.name,
                pick(outcome.label, outcome.label_zh, language),
                unit_in(outcome.unit, scenario.currency, language), found.mean, found.low,
                found.high, found.n, *against, comparison.replicates, comparison.base_seed,
            ))
    return _csv(lines)


def series_csv(
    comparison: Comparison, fans: Sequence[dict[str, Fan]], language: Language,
    titles: Sequence[Sequence[str]] = (),
) -> str:
    """Every series of every variant, unrounded, one line a period.

    Parameters
    ----------
    comparison : Comparison
    fans : sequence of dict
        For each variant, name of a series to its fan.
    language : {"en", "zh"}
        Of the units.
    titles : sequence of sequence of str, optional
        Of each variant; see `names_of`.

    Returns
    -------
    str
    """
    quantiles = [f"quantile_{round(share * 100):02d}" for share in QUANTILES]
    lines: list[Sequence[object]] = [(
        "variant", "scenario", "mechanism", "series", "unit", "period", *quantiles,
        "replicates_with_value", "replicates", "base_seed",
    )]
    names = names_of(comparison, language, titles)
    for variant, own, called in zip(comparison.variants, fans, names, strict=True):
        scenario = variant.scenario
        for series in SERIES:
            fan, unit = own[series.name], unit_in(series.unit, scenario.currency, language)
            lines += [
                (called, scenario.name, scenario.market.mechanism, series.name, unit, period,
                 *(_known(value) for value in fan.quantiles[:, place].tolist()),
                 round(share * comparison.replicates), comparison.replicates, comparison.base_seed)
                for place, (period, share) in enumerate(
                    zip(fan.periods, fan.share.tolist(), strict=True)
                )
                # Outside the scenario there is no such period.
                if share == share
            ]
    return _csv(lines)


def _known(value: float) -> float | str:
    return "" if value != value else value


def _csv(lines: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()
