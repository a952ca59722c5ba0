"""Robust choice among options, and the front that a search found."""

from typing import Any

import numpy as np

from dashboard.parts.looks import axis
from dashboard.studies.drawing import (
    Canvas,
    Drawing,
    Row,
    bare,
    clean,
    factor_axis,
    places,
    rows_chart,
    rows_height,
)
from dashboard.studies.texts import TEXTS
from experiments.analysis.choice_tables import Choice
from experiments.report.numerals import listed
from experiments.study.findings import Front
from experiments.study_report.choice import UNBEATEN
from experiments.study_report.parts import share
from experiments.study_report.subject import Subject
from experiments.study_report.texts import tell

__all__ = [
    "front_drawings",
    "lever_drawings",
    "option_drawings",
    "progress_drawings",
    "regret_drawings",
    "satisficing_drawings",
]


def _names(subject: Subject, choice: Choice, canvas: Canvas) -> dict[str, str]:
    return {each.option: (UNBEATEN if each.nondominated else "")
            + subject.point(each.option, canvas.language) for each in choice.by_option}


def option_drawings(subject: Subject, canvas: Canvas) -> list[Drawing]:
    """Mean, bad side and worst future of every option, a chart for each criterion."""
    choice = subject.found.choice
    return [] if choice is None else [
        _levels(subject, choice, item.outcome, canvas) for item in subject.study.criteria
    ]


def _levels(subject: Subject, choice: Choice, outcome: str, canvas: Canvas) -> Drawing:
    language, paint = canvas.language, canvas.paint
    mine = [each for each in choice.by_outcome if each.outcome == outcome]
    names = _names(subject, choice, canvas)
    measure = subject.measure(
        outcome, [end for each in mine for end in (each.mean, each.bad_side, each.worst)], language)
    rows, ticks, crosses = [], [], []
    for at, each in enumerate(mine):
        tip = tell(
            "option_tip", language, option=subject.point(each.option, language),
            mean=subject.amount(outcome, each.mean, language),
            bad=subject.amount(outcome, each.bad_side, language),
            worst=subject.amount(outcome, each.worst, language))
        ends: tuple[float | None, float | None] = (None, None)
        if each.mean is not None and each.worst is not None:
            one, two = sorted((each.mean / measure.divisor, each.worst / measure.divisor))
            ends = (one, two)
        rows.append(Row(names[each.option],
                        None if each.mean is None else each.mean / measure.divisor, *ends, tip,
                        paint["rule-1"]))
        for value, marks in ((each.bad_side, ticks), (each.worst, crosses)):
            if value is not None:
                marks.append({"value": [clean(value / measure.divisor), at], "name": tip})
    wanted = next(item for item in subject.study.criteria if item.outcome == outcome)
    stroke = None if wanted.threshold is None else wanted.threshold / measure.divisor
    option = rows_chart(rows, canvas, stroke=stroke)
    option["series"] += [
        {"id": "bad", "type": "scatter", "symbol": "rect", "symbolSize": [3, 16], "z": 6,
         "itemStyle": {"color": paint["ink"]}, "data": ticks},
        {"id": "worst", "type": "scatter", "symbol": "diamond", "symbolSize": 10, "z": 6,
         "itemStyle": {"color": paint["paper"], "borderColor": paint["ink"], "borderWidth": 1.6},
         "data": crosses},
    ]
    title = tell(f"wanted_{wanted.better}", language,
                 label=subject.heading(outcome, measure, language))
    return Drawing(f"options-{outcome}", title, TEXTS("options_note", language), option,
                   rows_height([row.label for row in rows]))


def regret_drawings(subject: Subject, canvas: Canvas) -> list[Drawing]:
    """Mean regret of every option, with its 90th percentile."""
    choice, language, found = subject.found.choice, canvas.language, []
    for outcome in [item.outcome for item in subject.study.criteria] if choice else []:
        mine = [each for each in choice.by_outcome if each.outcome == outcome]
        names = _names(subject, choice, canvas)
        measure = subject.measure(
            outcome, [end for each in mine for end in (each.regret_mean, each.regret_90)], language)
        rows = []
        for each in mine:
            mean, high = (None if value is None else value / measure.divisor
                          for value in (each.regret_mean, each.regret_90))
            rows.append(Row(names[each.option], mean, mean, high, tell(
                "regret_tip", language, option=subject.point(each.option, language),
                mean=subject.amount(outcome, each.regret_mean, language),
                high=subject.amount(outcome, each.regret_90, language),
                maximum=subject.amount(outcome, each.regret_maximum, language),
            ), canvas.paint["rule-2"]))
        found.append(Drawing(
            f"regret-{outcome}", tell("regret_of", language, label=subject.heading(
                outcome, measure, language)), TEXTS("regret_note", language),
            rows_chart(rows, canvas, zero=True), rows_height([row.label for row in rows])))
    return found


def satisficing_drawings(subject: Subject, canvas: Canvas) -> list[Drawing]:
    """Share of futures in which thresholds are met: all at once, then each."""
    choice, language, found = subject.found.choice, canvas.language, []
    if choice is None:
        return []
    names = _names(subject, choice, canvas)
    sorts: list[tuple[str, str, list[tuple[str, Any]]]] = [
        ("all", tell("all_thresholds", language),
         [(each.option, each.satisficing) for each in choice.by_option])]
    for item in subject.study.criteria:
        if item.threshold is not None:
            title = tell(f"threshold_{item.better}", language,
                         label=subject.label(item.outcome, language),
                         limit=subject.amount(item.outcome, item.threshold, language))
            sorts.append((item.outcome, title, [
                (each.option, each.met) for each in choice.by_outcome
                if each.outcome == item.outcome]))
    for key, title, shares in sorts:
        rows = []
        for option, met in shares:
            if met is not None:
                words = (f"{share(met.share, language)} [{share(met.low, language)}, "
                         f"{share(met.high, language)}]")
                rows.append(Row(names[option], 100 * met.share, 100 * met.low, 100 * met.high,
                                tell("colon", language, label=subject.point(option, language),
                                     text=words), canvas.paint["rule-3"]))
        if rows:
            found.append(Drawing(f"satisficing-{key}", title, TEXTS("futures_note", language),
                                 rows_chart(rows, canvas, percent=True),
                                 rows_height([row.label for row in rows])))
    return found


def front_drawings(subject: Subject, canvas: Canvas) -> list[Drawing]:
    """Every point that a search tried, and the front."""
    front = subject.found.front
    if front is None or len(front.outcomes) < 2:
        return []
    return [_front(subject, front, other, canvas) for other in range(1, len(front.outcomes))]


def _front(subject: Subject, front: Front, other: int, canvas: Canvas) -> Drawing:
    language, paint, ramp = canvas.language, canvas.paint, canvas.ramp("price")[1:]
    pair = (0, other)
    measures = [subject.measure(front.outcomes[at], front.values[:, at].tolist(), language)
                for at in pair]
    last = max(int(front.generation.max(initial=0)), 1)
    data, best, on = [], [], set(front.best)
    for point in np.flatnonzero(~np.isnan(front.values[:, list(pair)]).any(axis=1)).tolist():
        generation = int(front.generation[point])
        words = listed([
            tell("is_amount", language, label=subject.label(name, language),
                 amount=subject.amount(name, float(front.values[point, at]), language))
            for at, name in enumerate(front.outcomes)], language)
        place = [clean(float(front.values[point, at]) / measure.divisor)
                 for at, measure in zip(pair, measures, strict=True)]
        tip = tell("search_tip", language, generation=generation + 1, words=words)
        tip = f"{tip}\n{subject.combination(front.levels[point], language)}"
        shade = ramp[round(generation / last * (len(ramp) - 1))]
        data.append({"value": place, "name": tip, "itemStyle": {"color": shade}})
        if point in on:
            best.append({"value": place, "name": tip})
    heads = [subject.heading(front.outcomes[at], measure, language)
             for at, measure in zip(pair, measures, strict=True)]
    option = bare(canvas, right=30, top=30)
    option["grid"] |= {"bottom": 28, "top": 34}
    option["xAxis"] = axis(canvas.dark, heads[0], nameLocation="middle", nameGap=28, scale=True)
    option["yAxis"] = axis(canvas.dark, heads[1], scale=True, nameTextStyle={
        "color": paint["muted"], "align": "left"})
    option["series"] = [
        {"id": "tried", "type": "scatter", "symbolSize": 9, "data": data,
         "itemStyle": {"borderColor": paint["muted"], "borderWidth": 0.5}},
        {"id": "front", "type": "line", "symbol": "emptyCircle", "symbolSize": 11,
         "data": sorted(best, key=lambda each: each["value"][0]),
         "lineStyle": {"color": paint["rule-2"], "width": 2},
         "itemStyle": {"color": paint["rule-2"], "borderWidth": 2}},
    ]
    title = tell("against_other", language, one=subject.label(front.outcomes[0], language),
                 other=subject.label(front.outcomes[other], language))
    note = TEXTS("front_note", language, deeper=canvas.deeper)
    return Drawing(f"front-{other}", title, note, option, 400, wide=True)


def lever_drawings(subject: Subject, canvas: Canvas) -> list[Drawing]:
    """What the levers are set to along the front."""
    front, language, found = subject.found.front, canvas.language, []
    if front is None or not front.best:
        return []
    first = front.values[front.best, 0]
    measure = subject.measure(front.outcomes[0], first.tolist(), language)
    for name in subject.factors:
        levels = [front.levels[point][name] for point in front.best]
        up = factor_axis(subject, name, canvas, up=True)
        option = bare(canvas, right=24, top=30)
        option["grid"] |= {"bottom": 28, "top": 34}
        option["xAxis"] = axis(canvas.dark, subject.heading(
            front.outcomes[0], measure, language), nameLocation="middle", nameGap=28, scale=True)
        option["yAxis"] = [{**each, "name": ""} for each in up.axes]
        option["series"] = [{
            "id": "front", "type": "scatter", "yAxisIndex": up.at, "symbolSize": 9,
            "itemStyle": {"color": canvas.paint["rule-2"]},
            "data": [{"value": [clean(float(value) / measure.divisor), clean(place)],
                      "name": tell("colon", language, label=subject.factor(name, language),
                                   text=subject.with_level(name, level, language))}
                     for value, place, level in zip(
                         first, places(subject, name, levels), levels, strict=True)],
        }]
        found.append(Drawing(f"lever-{name}", subject.with_unit(name, language),
                             TEXTS("lever_note", language), option, 220))
    return found


def progress_drawings(subject: Subject, canvas: Canvas) -> list[Drawing]:
    """The best of each outcome after each generation."""
    front, language, paint = subject.found.front, canvas.language, canvas.paint
    found: list[Drawing] = []
    for at, name in enumerate(front.outcomes if front is not None else ()):
        column, sign = front.values[:, at], 1.0 if front.directions[at] == "high" else -1.0
        measure = subject.measure(name, column.tolist(), language)
        points = []
        for generation in range(int(front.generation.max(initial=0)) + 1):
            known = column[(front.generation <= generation) & ~np.isnan(column)]
            if len(known):
                best = float((known * sign).max() * sign)
                words = tell("is_amount", language, label=subject.label(name, language),
                             amount=subject.amount(name, best, language))
                points.append({"value": [generation + 1, clean(best / measure.divisor)],
                               "name": tell("search_tip", language, generation=generation + 1,
                                            words=words)})
        option = bare(canvas, right=24)
        option["grid"]["bottom"] = 28
        option["xAxis"] = axis(canvas.dark, tell("generation", language), minInterval=1, min=1,
                               nameLocation="middle", nameGap=28)
        option["yAxis"] = axis(canvas.dark, scale=True)
        option["series"] = [{
            "id": "best", "type": "line", "symbol": "circle", "symbolSize": 7, "data": points,
            "lineStyle": {"color": paint["rule-1"], "width": 2},
            "itemStyle": {"color": paint["rule-1"]},
        }]
        title = tell("best_so_far", language, label=subject.heading(name, measure, language))
        found.append(Drawing(f"progress-{name}", title, TEXTS("progress_note", language), option,
                             220))
    return found
