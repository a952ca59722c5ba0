"""Cases of a discovery over two factors, with the box drawn where it restricts them."""

import html
import json
from collections.abc import Callable
from typing import Any

import numpy as np

from experiments.analysis.discovered import FoundBox
from experiments.analysis.levels import Limits
from experiments.language import Language
from experiments.report.looks import Look
from experiments.report.panels import TIP, Figure, Panel, Spec, layer, nominal, number, sized
from experiments.study_report.parts import Column, Section, Table, share
from experiments.study_report.subject import Subject, rounded
from experiments.study_report.texts import said, tell

__all__ = ["axis_of", "cases_section", "places_of"]

# More marks would only cover each other.
MOST_DRAWN = 1500
# Of a band that names of one category are spread over, so that their points part.
SPREAD = 0.6


def places_of(subject: Subject, name: str, values: np.ndarray) -> np.ndarray:
    """Where values of a factor stand on its axis: names in a row, spread a little."""
    if subject.numeric(name):
        return values.astype(float) * subject.scale(name)
    known = _known(subject, name)
    # The golden ratio spreads any number of points evenly, and the same way each time.
    spread = (np.arange(len(values)) * 0.6180339887 % 1.0 - 0.5) * SPREAD
    return np.array([known.index(str(value)) for value in values]) + spread


def _known(subject: Subject, name: str) -> list[str]:
    factor = subject.factors[name]
    levels = factor.levels or dict.fromkeys(subject.column(name))
    return [str(level) for level in levels]


def axis_of(subject: Subject, name: str, field: str, language: Language, **more: object) -> Spec:
    """A channel for a factor: its own scale, or its names in a row."""
    title = subject.with_unit(name, language)
    if subject.numeric(name):
        low, high = (end * subject.scale(name) for end in subject.ends(name))
        log = subject.factors[name].scale == "log" and low > 0
        pad = 0.0 if log else 0.02 * (high - low)
        ends = [low / (high / low) ** 0.02, high * (high / low) ** 0.02] if log else [
            low - pad, high + pad]
        scale = {"type": "log"} if log else {"zero": False}
        return number(field, scale={**scale, "domain": ends, "nice": False},
                      axis={"title": title, "tickCount": 4, "grid": False, **more})
    known = _known(subject, name)
    shown = [subject.level(name, each, language) for each in known]
    names = ", ".join(json.dumps(each, ensure_ascii=False) for each in shown)
    return number(field, scale={"domain": [-0.5, len(known) - 0.5], "nice": False, "zero": False},
                  axis={"title": title, "values": list(range(len(known))), "grid": False,
                        "labelExpr": f"[{names}][datum.value]", "labelLimit": 130, **more})


def _two_factors(subject: Subject, box: FoundBox | None) -> list[str]:
    """The two factors that say most: those of the box, surest first, then by correlation."""
    cases = subject.found.cases
    if cases is None:
        return []
    names: list[str] = []
    if box is not None:
        names = [each.limits.factor for each in sorted(box.restrictions, key=lambda r: r.quasi_p)]
    apart = {}
    for name, column in cases.points.items():
        if name in names or len(set(column.tolist())) < 2:
            continue
        places = column if column.dtype.kind in "iuf" else np.unique(column, return_inverse=True)[1]
        # Where all points are cases, or none, no factor says more than another.
        apart[name] = abs(float(
            np.corrcoef(places.astype(float), cases.case)[0, 1]
        )) if np.ptp(cases.case) > 0 else 0.0
    names += sorted(apart, key=lambda name: -apart[name])
    return names[:2]


def _spans(subject: Subject, limits: Limits | None, name: str) -> list[tuple[float, float]]:
    """Parts of an axis that the box allows."""
    if not subject.numeric(name):
        known = _known(subject, name)
        allowed = known if limits is None or limits.categories is None else [
            str(each) for each in limits.categories]
        return [(known.index(each) - 0.45, known.index(each) + 0.45) for each in allowed
                if each in known]
    low, high = (end * subject.scale(name) for end in subject.ends(name))
    if limits is None:
        return [(low, high)]
    scale = subject.scale(name)
    return [(low if limits.low is None else max(limits.low * scale, low),
             high if limits.high is None else min(limits.high * scale, high))]


def _panel(
    subject: Subject, box: FoundBox | None, look: Look, label: Callable[[Subject, Language], str]
) -> Panel:
    language, cases = look.language, subject.found.cases
    names = _two_factors(subject, box)
    one, other = names
    x, y = (places_of(subject, name, cases.points[name]) for name in names)
    values: list[dict[str, Any]] = []
    for at in np.unique(np.linspace(0, len(x) - 1, min(len(x), MOST_DRAWN)).astype(int)):
        happened = float(cases.case[at])
        tip = tell("case_tip", language, one=subject.factor(one, language),
                   x=subject.with_level(one, _plain(cases.points[one][at]), language),
                   other=subject.factor(other, language),
                   y=subject.with_level(other, _plain(cases.points[other][at]), language),
                   share=share(happened, language))
        colour = look.colours["rule-2" if happened >= 0.5 else "muted"]
        values.append({"x": rounded(float(x[at])), "y": rounded(float(y[at])), "tip": tip,
                       "colour": colour, "fill": colour if happened >= 0.5 else "transparent",
                       "kind": happened >= 0.5})
    across = axis_of(subject, one, "x", language)
    up = axis_of(subject, other, "y", language)
    layers = []
    if box is not None:
        limits = {each.limits.factor: each.limits for each in box.restrictions}
        rectangles = [
            {"x": left, "x2": right, "y": low, "y2": high}
            for left, right in _spans(subject, limits.get(one), one)
            for low, high in _spans(subject, limits.get(other), other)
        ]
        layers.append(layer(
            rectangles, "rect",
            {"x": across, "x2": {"field": "x2"}, "y": up, "y2": {"field": "y2"}},
            color=look.colours["rule-1"], fillOpacity=0.1, stroke=look.colours["rule-1"],
            strokeWidth=2,
        ))
    for kind, size in ((False, 22), (True, 34)):
        mine = [each for each in values if each["kind"] is kind]
        if mine:
            layers.append(layer(mine, "point", {
                "x": across, "y": up, "color": nominal("colour", scale=None),
                "fill": nominal("fill", scale=None), "tooltip": TIP,
            }, size=size, opacity=0.85, strokeWidth=1.1))
    title = tell("box_number", language, n=box.number) if box else label(subject, language)
    told = tell("told_cases", language, n=len(cases.case),
                cases=int((cases.case >= 0.5).sum()), one=subject.factor(one, language),
                other=subject.factor(other, language))
    return Panel(title, sized(layers, look, 320), told)


def _plain(value: Any) -> Any:  # noqa: ANN401
    return value.item() if hasattr(value, "item") else value


def cases_section(
    subject: Subject, label: Callable[[Subject, Language], str]
) -> list[Section]:
    """Points that are cases, over the two factors that say most, once a box.

    Parameters
    ----------
    subject : Subject
    label : callable
        Says what a case is.

    Returns
    -------
    list of Section
        Empty where fewer than two factors vary.
    """
    cases, found = subject.found.cases, subject.found.discovery
    if cases is None or found is None or len(_two_factors(subject, None)) < 2:
        return []
    boxes: list[FoundBox | None] = [*found.boxes] or [None]
    columns = [Column("case_share", said("column_case_share"), share)]
    columns += [subject.level_column(name) for name in cases.points]
    rows = [
        {"case_share": float(happened),
         **{name: subject.level_named(name, _plain(column[at]))
            for name, column in cases.points.items()}}
        for at, happened in enumerate(cases.case)
    ]
    return [Section(
        "cases", said("section_cases"), lambda each: tell(
            "words_cases", each, case=html.escape(label(subject, each))
        ), said("caption_cases"),
        lambda look: Figure(
            "cases", [_panel(subject, box, look, label) for box in boxes], min(len(boxes), 2)
        ), 420,
        [("rule-2", said("key_case")), ("muted", said("key_no_case")),
         *([("rule-1", said("key_box"))] if found.boxes else [])],
        [Table("cases", said("table_cases"), columns, rows)],
    )]
