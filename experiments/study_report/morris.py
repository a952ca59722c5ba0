"""Morris: which factors move each outcome at all, and whether in a straight line."""

from typing import Any

import numpy as np

from experiments.language import Language
from experiments.report.looks import Look
from experiments.report.numerals import figure
from experiments.report.panels import (
    COLOUR,
    TIP,
    Figure,
    Panel,
    Row,
    axis_range,
    bars,
    layer,
    nominal,
    number,
    sized,
)
from experiments.report.texts import plain
from experiments.study_report.parts import Column, Section, Table, marked_number, share
from experiments.study_report.sobol import (
    VERDICT_COLOURS,
    threshold_line,
    told_groups,
    verdict_chips,
)
from experiments.study_report.subject import Subject
from experiments.study_report.texts import said, tell
from experiments.study_report.wrapping import folded, free_places

__all__ = ["morris_answer", "morris_sections"]

HEIGHT = 300


def morris_answer(subject: Subject, language: Language) -> list[tuple[str, str]]:
    """For each outcome what moves it; then what does not."""
    return [_sentence(subject, name, language) for name in subject.found.morris]


def _sentence(subject: Subject, name: str, language: Language) -> tuple[str, str]:
    effects = subject.found.morris[name]
    label = plain(subject.label(name, language))
    if effects.status != "varies" or effects.rank is None:
        return tell(f"sobol_{effects.status}", language, label=label), ""
    groups: dict[str, list[str]] = {"matters": [], "does not matter": [], "sample more": []}
    for at in np.argsort(effects.rank, kind="stable"):
        title = plain(subject.factor(effects.names[at], language))
        verdict = effects.verdicts[at]
        if verdict == "matters":
            size = float(effects.mu_star[at])
            title = tell("with_effect", language, title=title, size=marked_number(
                size, f"morris/{name}/{at}/mu_star", subject.amount(name, size, language)
            ), shape=tell(str(effects.shapes[at]), language))
        groups[verdict].append(title)
    return told_groups(groups, label, language)


def _scatter(subject: Subject, name: str, look: Look) -> Panel:
    effects, language = subject.found.morris[name], look.language
    ends = [*effects.mu_star.tolist(), *effects.sigma_response.tolist()]
    measure = subject.measure(name, ends, language)
    x, y = effects.mu_star / measure.divisor, effects.sigma_response / measure.divisor
    top = (max(float(x.max()) * 1.12, 1e-12), max(float(y.max()) * 1.15, 1e-12))
    wide = (look.width or 420) - 60
    order = np.argsort(effects.rank, kind="stable") if effects.rank is not None else []
    titles = [subject.factor(effects.names[at], language) for at in order]
    pixels = [(wide * float(x[at]) / top[0], HEIGHT * (1 - float(y[at]) / top[1])) for at in order]
    places = free_places(pixels, titles, (wide, HEIGHT))
    values: list[dict[str, Any]] = []
    for at, title, place in zip(order, titles, places, strict=True):
        words = tell("morris_tip", language, title=title, mu=figure(float(x[at]), 3),
                     sigma=figure(float(y[at]), 3), verdict=tell(effects.verdicts[at], language))
        values.append({
            "x": float(x[at]), "y": float(y[at]), "title": title, "tip": words, "place": place,
            "colour": look.colours[VERDICT_COLOURS[effects.verdicts[at]]],
        })
    unit = measure.text
    across = number("x", scale={"domain": [0, top[0]], "nice": False}, axis={
        "title": tell("axis_mu_star", language, unit=unit), "tickCount": 5})
    up = number("y", scale={"domain": [0, top[1]], "nice": False}, axis={
        "title": tell("axis_sigma", language, unit=unit), "tickCount": 5})
    plain_values = [{k: v for k, v in each.items() if k != "place"} for each in values]
    # Below this line an effect is about the same everywhere: a straight line.
    reach = min(top)
    layers = [
        layer([{"x": 0, "y": 0}, {"x": reach, "y": reach}], "line", {"x": across, "y": up},
              color=look.colours["muted"], strokeDash=[3, 3], strokeWidth=1),
        layer(plain_values, "point", {"x": across, "y": up, "color": COLOUR,
              "fill": nominal("colour", scale=None), "tooltip": TIP}, size=80, opacity=1),
    ]
    for each in values:
        if each["place"] is not None:
            dx, dy, align = each["place"]
            mine = {"x": each["x"], "y": each["y"], "title": each["title"]}
            layers.append(layer([mine], "text", {
                "x": across, "y": up, "text": nominal("title"),
            }, dx=dx, dy=dy, align=align, baseline="middle", color=look.colours["ink"]))
    told = tell("semicolon", language).join(each["tip"] for each in values)
    heading = subject.heading(name, measure, language)
    return Panel(heading, sized(layers, look, HEIGHT), told)


def _shares(subject: Subject, name: str, look: Look) -> Panel:
    effects, language, rows = subject.found.morris[name], look.language, []
    for at in np.argsort(effects.rank, kind="stable") if effects.rank is not None else []:
        title = subject.factor(effects.names[at], language)
        mean, low, high = (
            100 * float(end[at]) for end in (effects.share, effects.share_low, effects.share_high)
        )
        words = f"{figure(mean, 1)} [{figure(low, 1)}, {figure(high, 1)}]"
        verdict = tell(effects.verdicts[at], language)
        tip = tell("index_tip", language, title=title, part=tell("column_share", language),
                   words=words, verdict=verdict)
        rows.append(Row(
            folded(title), "", mean, low, high, f"{share(mean / 100, language)}  {verdict}", tip,
            look.colours[VERDICT_COLOURS[effects.verdicts[at]]],
        ))
    domain = axis_range((end for row in rows for end in (row.low, row.high)), right=0.5)
    limit = 100 * effects.threshold
    # Labels begin behind the threshold, or they would cover it.
    written = [row._replace(mean=max(row.mean or 0.0, limit)) for row in rows]
    chart = bars(rows, look, domain=domain, totals=written, title=tell("axis_percent", language))
    chart["layer"].insert(0, threshold_line(limit, look))
    told = tell("semicolon", language).join(row.tip for row in rows)
    return Panel(tell("share_of", language, label=subject.label(name, language)), chart, told)


def _table(subject: Subject, name: str) -> Table:
    effects = subject.found.morris[name]
    rows = [
        {**row, "factor": subject.factor_named(str(row["factor"])),
         "verdict": subject.verdict(str(row["verdict"])),
         "shape": None if row["shape"] is None else subject.verdict(str(row["shape"])),
         "status": subject.verdict(str(row["status"]))}
        for row in effects.rows()
    ]
    scaled = ("mu_star", "mu_star_low", "mu_star_high", "mu", "sigma", "sigma_response", "size")
    values = [row[key] for row in rows for key in scaled]
    return Table(f"morris_{name}", lambda each: tell(
        "colon", each, label=tell("table_morris", each), text=subject.label(name, each)
    ), [
        Column("factor", said("factor")), Column("verdict", said("verdict")),
        Column("rank", said("column_rank")),
        *(subject.unit_column(key, f"column_{key}", name, values) for key in scaled),
        *(Column(key, said(f"column_{key}"), share)
          for key in ("share", "share_low", "share_high")),
        Column("nonlinearity", said("column_nonlinearity")), Column("shape", said("column_shape")),
        Column("status", said("status")),
    ], rows)


def morris_sections(subject: Subject) -> list[Section]:
    """Effects of every outcome: how large and how even, and whether they matter."""
    if not subject.found.morris:
        return []
    names = [name for name, found in subject.found.morris.items() if found.status == "varies"]
    first = next(iter(subject.found.morris.values()))

    def draw(look: Look) -> Figure:
        panels = [part for name in names for part in (
            _scatter(subject, name, look), _shares(subject, name, look)
        )]
        return Figure("morris", panels, 2)

    return [Section(
        "morris", said("section_morris"), said("words_morris"),
        said("caption_morris", threshold=f"{100 * first.threshold:g}",
             percent=f"{first.confidence:.0%}"),
        draw if names else None, 400, verdict_chips(),
        [_table(subject, name) for name in subject.found.morris],
    )]
