"""Search: the front on which nothing can be had without giving something up."""

from typing import Any

import numpy as np

from experiments.analysis.criteria import hypervolume, nondominated, signs
from experiments.language import Language
from experiments.report.looks import RAMPS, Look
from experiments.report.numerals import figure, listed
from experiments.report.panels import COLOUR, TIP, Figure, Panel, Spec, layer, number, sized
from experiments.report.texts import plain
from experiments.study.findings import Front
from experiments.study_report.casemaps import axis_of, places_of
from experiments.study_report.parts import Column, Section, Table, marked_number
from experiments.study_report.subject import Subject, rounded
from experiments.study_report.texts import said, tell

__all__ = ["search_answer", "search_sections"]


def search_answer(subject: Subject, language: Language) -> list[str]:
    """Size of the front, its two ends, and what they give up against each other."""
    front = subject.found.front
    if front is None:
        return []
    if not front.best:
        return [tell("front_empty", language)]
    count = marked_number(len(front.best), "front/#", figure(len(front.best), 0))
    points = marked_number(subject.reading.points, "points", figure(subject.reading.points, 0))
    sentences = [tell("front_size" if len(front.best) > 1 else "front_one", language, n=count,
                      points=points)]
    places = [0, len(front.best) - 1] if len(front.best) > 1 else [0]
    for place in places:
        point = front.best[place]
        parts = [
            tell("is_amount", language, label=plain(subject.label(name, language)),
                 amount=marked_number(
                     float(front.values[point, at]), f"front/{place}/{name}",
                     subject.amount(name, float(front.values[point, at]), language)))
            for at, name in enumerate(front.outcomes)
        ]
        levers = [
            tell("is_amount", language, label=plain(subject.factor(name, language)),
                 amount=marked_number(
                     level, f"front/{place}/{name}", subject.with_level(name, level, language)
                 ) if isinstance(level, float) else plain(subject.level(name, level, language)))
            for name, level in front.levels[point].items()
        ]
        key = "front_only" if len(places) == 1 else "front_end" if place else "front_begin"
        sentences.append(tell(key, language, parts=listed(parts, language),
                              levers=listed(levers, language)))
    return sentences


def _colour(generation: int, last: int) -> str:
    ramp = RAMPS["price"][1:]
    return ramp[round(generation / max(last, 1) * (len(ramp) - 1))]


def _axis(subject: Subject, field: str, name: str, values: np.ndarray, language: Language
          ) -> tuple[Spec, float]:
    measure = subject.measure(name, values.tolist(), language)
    return number(field, scale={"zero": False, "nice": True},
                  axis={"title": subject.heading(name, measure, language), "tickCount": 5}
                  ), measure.divisor


def _front_panel(subject: Subject, front: Front, other: int, look: Look) -> Panel:
    language = look.language
    across, size_x = _axis(subject, "x", front.outcomes[0], front.values[:, 0], language)
    up, size_y = _axis(subject, "y", front.outcomes[other], front.values[:, other], language)
    last = int(front.generation.max(initial=0))
    values = []
    for point in np.flatnonzero(~np.isnan(front.values[:, [0, other]]).any(axis=1)):
        generation = int(front.generation[point])
        words = listed([
            tell("is_amount", language, label=subject.label(name, language),
                 amount=subject.amount(name, float(front.values[point, at]), language))
            for at, name in enumerate(front.outcomes)], language)
        values.append({
            "x": rounded(float(front.values[point, 0]) / size_x, 5),
            "y": rounded(float(front.values[point, other]) / size_y, 5),
            "tip": tell("search_tip", language, generation=generation + 1, words=words),
            "colour": _colour(generation, last), "point": int(point),
        })
    best = [each for each in values if each["point"] in set(front.best)]
    line = sorted(best, key=lambda each: each["x"])
    encoding = {"x": across, "y": up}
    layers = [
        layer(values, "circle", {**encoding, "color": COLOUR, "tooltip": TIP}, size=42,
              opacity=0.9),
        layer(line, "line", encoding, color=look.colours["rule-2"], strokeWidth=2),
        layer(line, "point", {**encoding, "tooltip": TIP}, color=look.colours["rule-2"], size=60,
              filled=False, strokeWidth=1.8, opacity=1),
    ]
    title = tell("against_other", language, one=subject.label(front.outcomes[0], language),
                 other=subject.label(front.outcomes[other], language))
    told = tell("told_front", language, n=len(values), best=len(best))
    return Panel(title, sized(layers, look, 340), told)


def _lever_panel(subject: Subject, front: Front, name: str, look: Look) -> Panel:
    language = look.language
    across, size = _axis(subject, "x", front.outcomes[0], front.values[front.best, 0], language)
    levels = [front.levels[point][name] for point in front.best]
    kind = float if subject.numeric(name) else str
    y = places_of(subject, name, np.array([kind(level) for level in levels]))
    values = [
        {"x": rounded(float(front.values[point, 0]) / size, 5), "y": rounded(float(place), 5),
         "tip": tell("colon", language, label=subject.factor(name, language),
                     text=subject.with_level(name, level, language))}
        for point, place, level in zip(front.best, y, levels, strict=True)
    ]
    up = axis_of(subject, name, "y", language, titleLimit=230)
    up["axis"]["title"] = subject.unit(subject.factors[name], language) or None
    across["axis"]["tickCount"] = 3
    chart = sized([layer(values, "circle", {"x": across, "y": up, "tooltip": TIP},
                         color=look.colours["rule-2"], size=45, opacity=0.85)], look, 150)
    told = tell("told_lever", language, n=len(values))
    return Panel(subject.factor(name, language), chart, told)


def _progress(front: Front) -> list[dict[str, Any]]:
    """How far the search had come after each generation."""
    sign, rows = signs(front.directions), []
    known = ~np.isnan(front.values).any(axis=1)
    two = len(front.outcomes) == 2 and known.any()
    worst = (front.values[known] * sign).min(axis=0) * sign if known.any() else np.array([])
    whole = hypervolume(front.values, front.directions, worst.tolist()) if two else 0.0
    for generation in range(int(front.generation.max(initial=0)) + 1):
        so_far = front.values[front.generation <= generation]
        row: dict[str, Any] = {"generation": generation + 1,
                               "on_front": int(nondominated(so_far, front.directions).sum())}
        if two:
            reached = hypervolume(so_far, front.directions, worst.tolist())
            row["hypervolume"] = reached / whole if whole > 0 else None
        for at, name in enumerate(front.outcomes):
            column = so_far[:, at][~np.isnan(so_far[:, at])] * sign[at]
            row[f"best.{name}"] = float(column.max() * sign[at]) if len(column) else None
        rows.append(row)
    return rows


def _progress_panels(subject: Subject, front: Front, look: Look) -> list[Panel]:
    language, rows, panels = look.language, _progress(front), []
    kinds = [("hypervolume", tell("column_hypervolume", language), 0.01)] * (
        "hypervolume" in rows[0])
    for name in front.outcomes:
        values = [row[f"best.{name}"] for row in rows]
        measure = subject.measure(name, values, language)
        heading = subject.heading(name, measure, language)
        kinds.append((f"best.{name}", tell("best_so_far", language, label=heading),
                      measure.divisor))
    for key, title, size in kinds:
        values = [{"x": row["generation"], "y": rounded(row[key] / size, 5)} for row in rows
                  if row[key] is not None]
        across = number("x", scale={"nice": False, "domain": [0.5, len(rows) + 0.5]}, axis={
            "title": tell("generation", language), "tickMinStep": 1, "grid": False})
        up = number("y", scale={"zero": False, "nice": True}, axis={"title": None, "tickCount": 4})
        encoding = {"x": across, "y": up}
        layers = [
            layer(values, "line", encoding, color=look.colours["rule-1"], strokeWidth=2),
            layer(values, "circle", encoding, color=look.colours["rule-1"], size=40, opacity=1),
        ]
        last = figure(values[-1]["y"], 2) if values else "–"
        told = tell("told_progress", language, n=len(rows), last=last)
        panels.append(Panel(title, sized(layers, look, 170), told))
    return panels


def _tables(subject: Subject, front: Front) -> tuple[Table, Table, Table]:
    generation = Column("generation", said("generation"))
    levers = [subject.level_column(name) for name in subject.factors]
    amounts = [
        subject.unit_column(name, "plain_label", name, front.values[:, at].tolist())._replace(
            head=_labelled(subject, name, front.values[:, at].tolist()))
        for at, name in enumerate(front.outcomes)
    ]
    on = set(front.best)
    rows = [
        {"point": point, "generation": int(front.generation[point]) + 1, "best": point in on,
         **{name: subject.level_named(name, level)
            for name, level in front.levels[point].items()},
         **dict(zip(front.outcomes, front.values[point].tolist(), strict=True))}
        for point in range(len(front.values))
    ]
    point = Column("point", said("column_point"))
    best = Table("front", said("table_front"), [point, generation, *amounts, *levers],
                 [rows[at] for at in front.best])
    every = Table("searched", said("table_searched"), [
        point, generation, Column("best", said("column_best")), *amounts, *levers], rows)
    progress = Table("progress", said("table_progress"), [
        generation, Column("on_front", said("column_on_front")),
        Column("hypervolume", said("column_hypervolume_share")),
        *(Column(f"best.{name}", _labelled(subject, name, front.values[:, at].tolist()),
                 amounts[at].write) for at, name in enumerate(front.outcomes)),
    ], _progress(front))
    return best, every, progress


def _labelled(subject: Subject, name: str, values: list[float]) -> Any:  # noqa: ANN401
    return lambda each: subject.heading(name, subject.measure(name, values, each), each)


def search_sections(subject: Subject) -> list[Section]:
    """The front, the levers along it, and how the search came there."""
    front = subject.found.front
    if front is None:
        return []
    best, every, progress = _tables(subject, front)
    others = range(1, len(front.outcomes))
    ramp = RAMPS["price"][1:]
    found = []
    if front.best and len(front.outcomes) > 1:
        found.append(Section(
            "front", said("section_front"), said(
                "words_front", first=ramp[0], last=ramp[-1]
            ), said("caption_front"),
            lambda look: Figure("front", [
                _front_panel(subject, front, other, look) for other in others
            ], min(len(others), 2)), 520, [("rule-2", said("key_front"))], [best, every],
        ))
    if front.best:
        found.append(Section(
            "levers", said("section_levers"), said("words_levers"), said("caption_levers"),
            lambda look: Figure("levers", [
                _lever_panel(subject, front, name, look) for name in subject.factors], 3),
            230, [], [best._replace(name="front_levers")],
        ))
    found.append(Section(
        "progress", said("section_progress"), said("words_progress"), said("caption_progress"),
        lambda look: Figure("progress", _progress_panels(subject, front, look), 3), 250, [],
        [progress],
    ))
    return found
