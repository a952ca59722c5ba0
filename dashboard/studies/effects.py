"""What factors do to outcomes: Sobol indices and elementary effects."""

from typing import Any

import numpy as np

from dashboard.parts.looks import axis
from dashboard.studies.drawing import (
    LABEL,
    Canvas,
    Drawing,
    Row,
    bare,
    clean,
    intervals,
    reach,
    row_axes,
    rows_chart,
    rows_height,
)
from dashboard.studies.texts import TEXTS
from experiments.language import Language
from experiments.report.numerals import figure
from experiments.study_report.parts import share
from experiments.study_report.sobol import VERDICT_COLOURS
from experiments.study_report.subject import Subject
from experiments.study_report.texts import tell
from experiments.study_report.wrapping import folded

__all__ = ["effect_verdicts", "morris_drawings", "sobol_drawings"]

VERDICTS = ("matters", "sample more", "does not matter")


def effect_verdicts(subject: Subject, language: Language) -> list[tuple[str, list[str]]]:
    """For each factor, most important first, a sentence for each verdict that it has.

    Parameters
    ----------
    subject : Subject
    language : {"en", "zh"}

    Returns
    -------
    list of (str, list of str)
        Name of the factor, and what is said of it. Empty for designs that measure no effects.
    """
    found = {**subject.found.sobol, **subject.found.morris}
    told = {name: each for name, each in found.items() if each.status == "varies"}
    weight: dict[str, float] = {}
    verdicts: dict[str, dict[str, list[str]]] = {}
    for outcome, effects in told.items():
        sizes = effects.total if hasattr(effects, "total") else effects.share
        for at, factor in enumerate(effects.names):
            verdict = effects.verdicts[at]
            size = float(sizes[at])
            decided = size if verdict == "matters" and np.isfinite(size) else 0.0
            weight[factor] = max(weight.get(factor, 0.0), decided)
            mine = verdicts.setdefault(factor, {})
            mine.setdefault(verdict, []).append(subject.label(outcome, language))
    lines, between = [], TEXTS("between", language)
    for factor in sorted(verdicts, key=lambda each: -weight[each]):
        sentences = [
            TEXTS(f"verdict_{verdict.replace(' ', '_')}", language,
                  names=between.join(verdicts[factor][verdict]))
            for verdict in VERDICTS if verdict in verdicts[factor]
        ]
        lines.append((subject.factor(factor, language), sentences))
    return lines


def sobol_drawings(subject: Subject, canvas: Canvas) -> list[Drawing]:
    """First and total index of every factor, a chart for each outcome."""
    return [_sobol(subject, name, canvas) for name, found in subject.found.sobol.items()
            if found.status == "varies"]


def _sobol(subject: Subject, name: str, canvas: Canvas) -> Drawing:
    indices, language, paint = subject.found.sobol[name], canvas.language, canvas.paint
    order = np.argsort(-indices.total, kind="stable")
    bars: dict[str, list[dict[str, Any]]] = {"total": [], "first": []}
    lines = []
    for row, at in enumerate(order):
        title, verdict = subject.factor(indices.names[at], language), indices.verdicts[at]
        for part, offset in (("total", 0.35), ("first", 0.65)):
            mean, low, high = (
                float(getattr(indices, f"{part}{end}")[at]) for end in ("", "_low", "_high"))
            words = f"{figure(mean, 2)} [{figure(low, 2)}, {figure(high, 2)}]"
            bars[part].append({
                "value": clean(mean), "name": tell(
                    "index_tip", language, title=title, part=tell(f"index_{part}", language),
                    words=words, verdict=tell(verdict, language)),
                "itemStyle": {"color": paint[VERDICT_COLOURS[verdict]],
                              "opacity": 1 if part == "total" else 0.4},
            })
            lines.append((low, high, row + offset))
    option = bare(canvas, right=20)
    option["yAxis"] = row_axes(
        [folded(subject.factor(indices.names[at], language), *LABEL) for at in order], canvas)
    option["xAxis"] = axis(canvas.dark)
    threshold = {"silent": True, "symbol": "none", "label": {"show": False},
                 "lineStyle": {"color": paint["ink"], "type": "dashed"},
                 "data": [{"xAxis": indices.threshold}]}
    option["series"] = [
        {"id": part, "type": "bar", "barGap": "0%", "barCategoryGap": "40%",
         "data": bars[part], **({"markLine": threshold} if part == "total" else {})}
        for part in ("total", "first")
    ] + [intervals(lines, paint["ink"], name="intervals"),
         reach([end for line in lines for end in line[:2]])]
    noise = "" if indices.noise_share is None else TEXTS(
        "noise_note", language, share=share(indices.noise_share, language))
    note = TEXTS("sobol_note", language, threshold=f"{indices.threshold:g}")
    return Drawing(f"sobol-{name}", subject.label(name, language), note, option,
                   rows_height([subject.factor(name, language) for name in indices.names]),
                   own=noise)


def morris_drawings(subject: Subject, canvas: Canvas) -> list[Drawing]:
    """Size and spread of the effects, and the variance they would make, for each outcome."""
    return [drawing for name, found in subject.found.morris.items() if found.status == "varies"
            for drawing in (_scatter(subject, name, canvas), _shares(subject, name, canvas))]


def _scatter(subject: Subject, name: str, canvas: Canvas) -> Drawing:
    effects, language, paint = subject.found.morris[name], canvas.language, canvas.paint
    measure = subject.measure(
        name, [*effects.mu_star.tolist(), *effects.sigma_response.tolist()], language)
    x, y = effects.mu_star / measure.divisor, effects.sigma_response / measure.divisor
    points = []
    # Where names would cover each other those of the larger effects stay.
    for at in np.argsort(-effects.mu_star, kind="stable"):
        factor = effects.names[at]
        title, verdict = subject.factor(factor, language), effects.verdicts[at]
        tip = tell("morris_tip", language, title=title, mu=figure(float(x[at]), 3),
                   sigma=figure(float(y[at]), 3), verdict=tell(verdict, language))
        points.append({
            "value": [clean(float(x[at])), clean(float(y[at]))], "name": tip,
            "label": {"formatter": folded(title, 24, 1).replace("{", "(")},
            "itemStyle": {"color": paint[VERDICT_COLOURS[verdict]]},
        })
    reach = clean(float(min(x.max(), y.max())))
    option = bare(canvas, right=40)
    option["grid"]["bottom"] = 26
    option["xAxis"] = axis(canvas.dark, tell("axis_mu_star", language, unit=measure.text).rstrip(
        ", ，"), nameLocation="middle", nameGap=26, min=0, max=_room(float(x.max())))
    option["yAxis"] = axis(canvas.dark)
    option["series"] = [{
        "id": "factors", "type": "scatter", "symbolSize": 11, "data": points,
        "label": {"show": True, "position": "right", "color": paint["ink"], "fontSize": 12},
        "labelLayout": {"hideOverlap": True},
        "markLine": {"silent": True, "symbol": "none", "label": {"show": False},
                     "lineStyle": {"color": paint["muted"], "type": "dashed"},
                     "data": [[{"coord": [0, 0]}, {"coord": [reach, reach]}]]},
    }]
    title = TEXTS("morris_title", language, label=subject.heading(name, measure, language))
    return Drawing(f"morris-{name}", title, TEXTS("morris_note", language), option, 320)


def _room(largest: float) -> float:
    """End of an axis that leaves room for a name beside the largest mark."""
    if largest <= 0.0:
        return 1.0
    step = 10.0 ** np.floor(np.log10(largest))
    return float(np.ceil(largest * 1.4 / step) * step)


def _shares(subject: Subject, name: str, canvas: Canvas) -> Drawing:
    effects, language, rows = subject.found.morris[name], canvas.language, []
    order = np.argsort(effects.rank, kind="stable") if effects.rank is not None else []
    for at in order:
        title, verdict = subject.factor(effects.names[at], language), effects.verdicts[at]
        mean, low, high = (100 * float(end[at]) for end in (
            effects.share, effects.share_low, effects.share_high))
        words = f"{figure(mean, 1)} [{figure(low, 1)}, {figure(high, 1)}]"
        rows.append(Row(title, mean, low, high, tell(
            "index_tip", language, title=title, part=tell("column_share", language), words=words,
            verdict=tell(verdict, language)), canvas.paint[VERDICT_COLOURS[verdict]]))
    option = rows_chart(rows, canvas, zero=True, stroke=100 * effects.threshold)
    note = TEXTS("share_note", language, threshold=f"{100 * effects.threshold:g}")
    return Drawing(f"morris-share-{name}", tell("share_of", language, label=subject.label(
        name, language)), note, option, max(rows_height([row.label for row in rows]), 320))
