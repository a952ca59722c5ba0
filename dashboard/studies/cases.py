"""Scenario discovery: cases over two factors, with the boxes drawn where they restrict them."""

from typing import Any

import numpy as np

from dashboard.parts.looks import axis
from dashboard.studies.drawing import (
    Canvas,
    Drawing,
    bare,
    clean,
    factor_axis,
    known_levels,
    places,
)
from dashboard.studies.texts import TEXTS
from experiments.analysis.discovered import FoundBox
from experiments.analysis.levels import Limits
from experiments.language import Language
from experiments.study_report.discovery import case_label, limits_text
from experiments.study_report.parts import share, signed_index
from experiments.study_report.subject import Subject
from experiments.study_report.texts import tell

__all__ = ["box_rows", "case_factors", "cases_drawing", "leading_factors",
           "peeling_drawings"]

# More marks would only cover each other.
MOST_DRAWN = 1500


def case_factors(subject: Subject) -> list[str]:
    """Factors that cases may be drawn over: those that vary among them."""
    cases = subject.found.cases
    if cases is None:
        return []
    return [name for name, column in cases.points.items() if len(set(column.tolist())) > 1]


def leading_factors(subject: Subject, number: int = 1) -> list[str]:
    """The two factors that say most: those that a box restricts, surest first."""
    found = subject.found.discovery
    boxes = found.boxes if found is not None else ()
    box = next((each for each in boxes if each.number == number), None)
    known = case_factors(subject)
    names: list[str] = []
    if box is not None:
        sure = sorted(box.restrictions, key=lambda each: each.quasi_p)
        names = [each.limits.factor for each in sure if each.limits.factor in known]
    more = [name for name in known if name not in names]
    return [*names, *sorted(more, key=lambda name: -_together(subject, name))][:2]


def _together(subject: Subject, name: str) -> float:
    """How closely a factor goes with the cases: the size of their correlation."""
    cases = subject.found.cases
    if cases is None or np.ptp(cases.case) == 0:
        return 0.0
    column = cases.points[name]
    order = column if column.dtype.kind in "iuf" else np.unique(column, return_inverse=True)[1]
    return abs(float(np.corrcoef(order.astype(float), cases.case)[0, 1]))


def box_rows(subject: Subject, language: Language) -> list[dict[str, Any]]:
    """What each box asks, and its numbers, as texts for a table."""
    found = subject.found.discovery
    rows = []
    for box in found.boxes if found is not None else ():
        limits = [
            {"factor": subject.factor(each.limits.factor, language),
             "within": limits_text(subject, each.limits, language, short=True),
             "unit": subject.unit(subject.factors[each.limits.factor], language),
             "quasi_p": signed_index(each.quasi_p)}
            for each in box.restrictions
        ]
        rows.append({
            "title": tell("box_number", language, n=box.number), "number": box.number,
            "coverage": _with_interval(box.coverage, box.coverage_interval, language),
            "density": _with_interval(box.density, box.density_interval, language),
            "mass": share(box.mass, language), "limits": limits,
            "holdout": "–" if box.holdout_density is None else share(
                box.holdout_density, language),
            "holds": TEXTS("holds" if box.holds else "does_not_hold", language),
        })
    return rows


def _with_interval(value: float, ends: tuple[float, float], language: Language) -> str:
    return f"{share(value, language)} [{share(ends[0], language)}, {share(ends[1], language)}]"


def cases_drawing(subject: Subject, one: str, other: str, canvas: Canvas) -> Drawing | None:
    """Points over two factors, cases filled, and every box.

    Parameters
    ----------
    subject : Subject
    one, other : str
        Factors across and up.
    canvas : Canvas

    Returns
    -------
    Drawing or None
        None where the study asks for no cases, or has no such factors.
    """
    cases, language, paint = subject.found.cases, canvas.language, canvas.paint
    known = case_factors(subject)
    if cases is None or one not in known or other not in known or not len(cases.case):
        return None
    across, up = (factor_axis(subject, one, canvas), factor_axis(subject, other, canvas, up=True))
    x, y = (places(subject, name, cases.points[name].tolist()) for name in (one, other))
    drawn = np.unique(np.linspace(0, len(x) - 1, min(len(x), MOST_DRAWN)).astype(int))
    marks: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    for at in drawn:
        happened = float(cases.case[at])
        tip = tell(
            "case_tip", language, one=subject.factor(one, language),
            x=subject.with_level(one, cases.points[one][at].item(), language),
            other=subject.factor(other, language),
            y=subject.with_level(other, cases.points[other][at].item(), language),
            share=share(happened, language))
        marks[happened >= 0.5].append({"value": [clean(x[at]), clean(y[at])], "name": tip})
    on = {"xAxisIndex": across.at, "yAxisIndex": up.at, "type": "scatter"}
    found = subject.found.discovery
    areas = [area for box in (found.boxes if found is not None else ())
             for area in _areas(subject, box, one, other, canvas)]
    option = bare(canvas, legend=True, right=24, top=58)
    option["grid"]["bottom"] = 28
    option["xAxis"], option["yAxis"] = across.axes, up.axes
    option["series"] = [
        {"id": "others", "name": tell("key_no_case", language), **on, "symbolSize": 6,
         "itemStyle": {"color": "transparent", "borderColor": paint["muted"], "borderWidth": 1.2},
         "data": marks[False]},
        {"id": "cases", "name": tell("key_case", language), **on, "symbolSize": 8,
         "itemStyle": {"color": paint["rule-2"], "opacity": 0.9}, "data": marks[True],
         "markArea": {
             "silent": True, "z": 1, "itemStyle": {
                 "color": paint["rule-1"], "opacity": 0.14, "borderColor": paint["rule-1"],
                 "borderWidth": 2},
             "label": {"color": paint["rule-1"], "position": "insideTopLeft", "fontSize": 12,
                       "fontWeight": "bold"},
             "data": areas}},
    ]
    title = tell("words_cases", language, case=case_label(subject, language))
    return Drawing("cases", title, TEXTS("cases_note", language), option, 420, wide=True)


def peeling_drawings(subject: Subject, canvas: Canvas) -> list[Drawing]:
    """Coverage and density of every step of the peeling, and the one that was chosen."""
    language, paint, found = canvas.language, canvas.paint, subject.found.discovery
    drawings = []
    for box in found.boxes if found is not None else ():
        steps = [{
            "value": [round(100 * step.coverage, 2), round(100 * step.density, 2)],
            "name": tell("step_tip", language, step=step.step, n=len(step.limits),
                         coverage=share(step.coverage, language),
                         density=share(step.density, language)),
        } for step in box.trajectory]
        option = bare(canvas, right=24, top=30)
        option["grid"] |= {"bottom": 28, "top": 34}
        option["xAxis"] = axis(canvas.dark, tell("axis_coverage", language), min=0, max=100,
                               nameLocation="middle", nameGap=28)
        option["yAxis"] = axis(canvas.dark, tell("axis_density", language), min=0, max=100,
                               nameTextStyle={"color": paint["muted"], "align": "left"})
        option["series"] = [
            {"id": "steps", "type": "line", "symbol": "circle", "symbolSize": 7, "data": steps,
             "lineStyle": {"color": paint["faint"]}, "itemStyle": {"color": paint["rule-1"]}},
            {"id": "chosen", "type": "scatter", "symbolSize": 16, "data": [steps[box.step]],
             "itemStyle": {"color": "transparent", "borderColor": paint["rule-2"],
                           "borderWidth": 2.5},
             "label": {"show": True, "formatter": tell("chosen", language), "position": "bottom",
                       "color": paint["rule-2"], "fontWeight": "bold"}},
        ]
        drawings.append(Drawing(
            f"peeling-{box.number}", tell("box_number", language, n=box.number),
            TEXTS("peeling_note", language), option, 300))
    return drawings


def _areas(subject: Subject, box: FoundBox, one: str, other: str, canvas: Canvas) -> list[Any]:
    limits = {each.limits.factor: each.limits for each in box.restrictions}
    if not {one, other} & set(limits):
        # It asks nothing of these two: a frame around everything would say that it does.
        return []
    title = tell("box_number", canvas.language, n=box.number)
    return [
        [{"name": title if place == 0 else "", "xAxis": clean(left), "yAxis": clean(low)},
         {"xAxis": clean(right), "yAxis": clean(high)}]
        for place, (left, right, low, high) in enumerate(
            (*across, *up) for across in _spans(subject, limits.get(one), one)
            for up in _spans(subject, limits.get(other), other))
    ]


def _spans(subject: Subject, limits: Limits | None, name: str) -> list[tuple[float, float]]:
    """Parts of an axis that a box allows."""
    if not subject.numeric(name):
        known = known_levels(subject, name)
        allowed = known if limits is None or limits.categories is None else [
            str(each) for each in limits.categories]
        return [(known.index(each) + 0.04, known.index(each) + 0.96) for each in allowed
                if each in known]
    scale = subject.scale(name)
    low, high = (end * scale for end in subject.ends(name))
    if limits is None:
        return [(low, high)]
    return [(low if limits.low is None else max(float(limits.low) * scale, low),
             high if limits.high is None else min(float(limits.high) * scale, high))]
