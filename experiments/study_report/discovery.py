"""Scenario discovery: where the cases are, told as a box, and how far to trust it."""

from collections.abc import Sequence
from typing import Any

from experiments.analysis.discovered import FoundBox
from experiments.analysis.levels import Limits
from experiments.language import LANGUAGES, Language, pick
from experiments.report.looks import RAMPS, Look
from experiments.report.numerals import listed
from experiments.report.panels import (
    COLOUR,
    TIP,
    Figure,
    Panel,
    Row,
    Spec,
    bars,
    layer,
    number,
    sized,
)
from experiments.report.texts import plain
from experiments.study_report.casemaps import cases_section
from experiments.study_report.parts import (
    Column,
    Named,
    Section,
    Table,
    marked_number,
    share,
    signed_index,
)
from experiments.study_report.subject import Subject, level_text
from experiments.study_report.texts import said, tell
from experiments.study_report.wrapping import folded, free_places

__all__ = ["case_label", "discovery_answer", "discovery_sections"]

HEIGHT = 280


def case_label(subject: Subject, language: Language) -> str:
    """What counts as a case, in words."""
    case = subject.study.discovery
    if case is None:
        return ""
    own = pick(case.label, case.label_zh, language)
    if own:
        return own
    above = case.above is not None
    limit = case.above if case.above is not None else case.below
    label = subject.label(case.outcome, language)
    if case.option:
        label = tell(f"case_{case.change}", language, label=label, one=case.option,
                     other=case.against)
        number_text = level_text(float(limit or 0.0))
    else:
        number_text = subject.amount(case.outcome, limit, language)
    return tell("case_above" if above else "case_below", language, label=label, limit=number_text)


def limits_text(
    subject: Subject, limits: Limits, language: Language, *, short: bool = False
) -> str:
    """What a box asks of a factor."""
    title = "" if short else subject.factor(limits.factor, language)
    if limits.categories is not None:
        comma = ", " if language == "en" else "、"
        return tell("limit_in", language, title=title,
                    values=comma.join(
                        subject.level(limits.factor, str(each), language)
                        for each in limits.categories)).strip()
    unit = "" if short else subject.unit(subject.factors[limits.factor], language)
    gap = f" {unit}" if unit and language == "en" else unit
    low, high = (None if end is None else subject.level(limits.factor, float(end), language)
                 for end in limits[1:3])
    if low is not None and high is not None:
        return tell("limit_between", language, title=title, low=low, high=high + gap).strip()
    if low is not None:
        return tell("limit_above", language, title=title, low=low + gap).strip()
    return tell("limit_below", language, title=title, high=f"{high}{gap}").strip()


def discovery_answer(subject: Subject, language: Language) -> list[str]:
    """How often cases happen, where they are concentrated, and whether that holds up."""
    found, case = subject.found.discovery, case_label(subject, language)
    if found is None:
        return [tell("discovery_none", language, case=plain(case))] if case else []
    base = marked_number(found.base_rate, "discovery/base_rate", share(found.base_rate, language))
    sentences = [tell("discovery_rate", language, case=plain(case), share=base)]
    if found.verdict != "found":
        sentences.append(tell(f"discovery_{found.verdict}", language))
    for place, box in enumerate(found.boxes):
        def mark(key: str, value: float, place: int = place) -> str:
            return marked_number(value, f"discovery/boxes/{place}/{key}", share(value, language))

        where = listed(
            [plain(limits_text(subject, each.limits, language)) for each in box.restrictions],
            language,
        )
        held = "" if box.holdout_density is None else tell(
            "box_holdout", language, holdout=mark("holdout_density", box.holdout_density)
        )
        sentences.append(tell(
            "box_holds" if box.holds else "box_fails", language, where=where, number=box.number,
            mass=mark("mass", box.mass), density=mark("density", box.density), holdout=held,
            coverage=mark("coverage", box.coverage),
        ))
    return sentences


def _trajectory(subject: Subject, box: FoundBox, look: Look) -> Panel:
    language, values = look.language, []
    ramp = RAMPS["price"][2:]
    for step in box.trajectory:
        words = tell(
            "step_tip", language, step=step.step, coverage=share(step.coverage, language),
            density=share(step.density, language), n=len(step.limits),
        )
        values.append({
            "x": round(100 * step.coverage, 2), "y": round(100 * step.density, 2), "tip": words,
            "colour": ramp[min(len(step.limits), len(ramp) - 1)], "n": str(len(step.limits)),
        })
    chosen = values[box.step]
    mark = tell("chosen", language)
    dx, dy, align = _beside(chosen, values, mark, (look.width or 480) - 60.0)
    across = number("x", scale={"domain": [0, 102], "nice": False},
                    axis={"title": tell("axis_coverage", language), "tickCount": 5})
    up = number("y", scale={"domain": [0, 102], "nice": False},
                axis={"title": tell("axis_density", language), "tickCount": 5})
    layers = [
        layer(values, "line", {"x": across, "y": up, "order": number("x")},
              color=look.colours["faint"], strokeWidth=1.5),
        layer(values, "circle", {"x": across, "y": up, "color": COLOUR, "tooltip": TIP}, size=80,
              opacity=1),
        # The number is written where it changes: colour alone would not print.
        layer(_changes(values), "text", {"x": across, "y": up, "text": {"field": "n"}}, dy=-11,
              color=look.colours["ink"]),
        layer([chosen], "point", {"x": across, "y": up, "tooltip": TIP}, size=240, strokeWidth=2.2,
              color=look.colours["rule-2"], filled=False, opacity=1),
        layer([{**chosen, "said": mark}], "text",
              {"x": across, "y": up, "text": {"field": "said", "type": "nominal"}}, dx=dx,
              dy=dy, align=align, baseline="middle", color=look.colours["rule-2"],
              fontWeight="bold"),
    ]
    told = tell("told_trajectory", language, n=len(values), tip=chosen["tip"])
    return Panel(tell("box_number", language, n=box.number), sized(layers, look, HEIGHT), told)


def _beside(
    chosen: dict[str, Any], values: Sequence[dict[str, Any]], name: str, width: float
) -> tuple[float, float, str]:
    """Where the name of the chosen step covers none of the others."""
    points = [(each["x"] / 102 * width, HEIGHT * (1 - each["y"] / 102))
              for each in (chosen, *values)]
    place = free_places(points, [name, *[""] * len(values)], (width, HEIGHT))[0]
    return place or (14.0, 0.0, "left")


def _changes(values: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Steps at which another factor is restricted, far enough apart to be written at."""
    found: list[dict[str, Any]] = []
    for before, each in zip([None, *values], values, strict=False):
        if (before is None or before["n"] != each["n"]) and all(
            abs(each["x"] - other["x"]) > 3.5 or abs(each["y"] - other["y"]) > 7 for other in found
        ):
            found.append(each)
    return found


def _ranges(subject: Subject, box: FoundBox, look: Look) -> Panel:
    language, rows, whole = look.language, [], []
    for each in box.restrictions:
        limits, name = each.limits, each.limits.factor
        title = folded(subject.with_unit(name, language), lines=3)
        said_so = limits_text(subject, limits, language, short=True)
        tip = tell("restriction_tip", language, limits=limits_text(subject, limits, language),
                   p=signed_index(each.quasi_p))
        if limits.categories is not None:
            known = list(dict.fromkeys(str(level) for level in subject.column(name)))
            allowed = {str(level) for level in limits.categories}
            parts = [place / len(known) for place, level in enumerate(known) if level in allowed]
            spans = [(start, start + 1 / len(known)) for start in parts]
            full = f"{len(allowed)}/{len(known)}"
        else:
            low, high = subject.ends(name)
            ends = [
                default if end is None else min(max(subject.place(name, float(end)), 0.0), 1.0)
                for end, default in ((limits.low, 0.0), (limits.high, 1.0))
            ]
            spans = [(ends[0], ends[1])]
            log = subject.factors[name].scale == "log"
            full = tell("full_log" if log else "full_range", language,
                        low=subject.level(name, low, language),
                        high=subject.with_level(name, high, language))
        whole.append(Row(title, "", 1.0, None, None, f"{said_so}  ({full})", tip,
                         look.colours["faint"]))
        rows += [
            Row(title, "", stop, None, None, "", tip, look.colours["rule-1"], start=start)
            for start, stop in spans
        ]
    chart = bars([*whole, *rows], look, domain=[0, 2.1], totals=whole)
    _without_axis(chart)
    told = tell("semicolon", language).join(row.tip for row in whole)
    return Panel(tell("box_number", language, n=box.number), chart, told)


def _without_axis(chart: Spec) -> None:
    for one in chart["layer"]:
        if "axis" in one["encoding"].get("x", {}):
            one["encoding"]["x"]["axis"] = None
    # The stroke at zero means nothing on a range.
    chart["layer"].pop()


def _box_rows(subject: Subject) -> list[dict[str, Any]]:
    rows = []
    for box in subject.found.discovery.boxes if subject.found.discovery else ():
        again = {each.factor: each for each in box.reproduced}
        for row in box.rows():
            name = str(row["factor"])
            chosen = row["categories"]
            seen = again.get(name)
            rows.append({
                **row, "factor": subject.factor_named(name),
                "categories": None if chosen is None else Named("; ".join(map(str, chosen)), *(
                    "; ".join(subject.level(name, str(level), each) for level in chosen)
                    for each in LANGUAGES)),
                "at_coverage": None if seen is None else seen.at_coverage,
                "at_density": None if seen is None else seen.at_density,
            })
    return rows


def _tables(subject: Subject) -> tuple[Table, Table, Table, Table]:
    found = subject.found.discovery
    boxes = found.boxes if found else ()
    shares = ("mass", "coverage", "coverage_low", "coverage_high", "density", "density_low",
              "density_high", "base_rate", "holdout_density", "holdout_coverage")
    summary = Table("boxes", said("table_boxes"), [
        Column("box", said("column_box")), Column("holds", said("column_holds")),
        Column("points", said("column_points")), Column("cases", said("column_cases")),
        *(Column(key, said(f"column_{key}"), share) for key in shares),
    ], found.rows() if found else [])
    limits = Table("box_limits", said("table_limits"), [
        Column("factor", said("factor")), Column("box", said("column_box")),
        Column("low", said("column_from")), Column("high", said("column_to")),
        Column("categories", said("column_categories")),
        *(Column(key, said(f"column_{key}"), signed_index)
          for key in ("quasi_p", "quasi_p_low", "quasi_p_high")),
        *(Column(key, said(f"column_{key}"), share) for key in ("at_coverage", "at_density")),
    ], _box_rows(subject))
    steps = Table("trajectory", said("table_trajectory"), [
        Column("step", said("column_step")), Column("box", said("column_box")),
        Column("chosen", said("chosen")), Column("points", said("column_points")),
        *(Column(key, said(f"column_{key}"), share) for key in ("mass", "coverage", "density")),
        Column("restricted", said("column_restricted")),
    ], [row for box in boxes for row in box.trajectory_rows()])
    again = Table("reproduced", said("table_reproduced"), [
        Column("factor", said("factor")), Column("box", said("column_box")),
        Column("restricted", said("column_in_box")),
        *(Column(key, said(f"column_{key}"), share) for key in ("at_coverage", "at_density")),
    ], [{**row, "factor": subject.factor_named(str(row["factor"]))}
        for box in boxes for row in box.reproduced_rows()])
    return summary, limits, steps, again


def discovery_sections(subject: Subject) -> list[Section]:
    """The trajectory, the box, and the cases with the box over them."""
    found = subject.found.discovery
    if found is None:
        return []
    summary, limits, steps, again = _tables(subject)
    sections = []
    if found.boxes:
        columns = min(len(found.boxes), 2)
        sections = [
            Section("boxes", said("section_boxes"), said("words_boxes"), said("caption_boxes"),
                    lambda look: Figure("boxes", [_ranges(subject, box, look)
                                                  for box in found.boxes], columns),
                    460, [("rule-1", said("key_in_box")), ("faint", said("key_whole_range"))],
                    [summary, limits, again]),
            Section("peeling", said("section_peeling"), said("words_peeling"),
                    said("caption_peeling", wanted=f"{100 * found.wanted_density:.0f}"),
                    lambda look: Figure("peeling", [_trajectory(subject, box, look)
                                                    for box in found.boxes], columns),
                    400, [], [steps]),
        ]
    else:
        sections = [Section("boxes", said("section_boxes"), said(f"discovery_{found.verdict}"),
                            lambda _: "", None, 400, [], [summary])]
    return [*sections, *cases_section(subject, case_label)]
