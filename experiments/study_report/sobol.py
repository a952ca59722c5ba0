"""Sobol: what drives each outcome, by first-order and total index."""

from typing import Any

import numpy as np

from experiments.language import Language
from experiments.report.looks import Look
from experiments.report.numerals import figure, listed
from experiments.report.panels import (
    Figure,
    Panel,
    Row,
    Spec,
    axis_range,
    bars,
    dots,
    layer,
    number,
)
from experiments.report.texts import plain
from experiments.study_report.parts import (
    Column,
    Section,
    Table,
    marked_number,
    share,
    signed_index,
)
from experiments.study_report.subject import Subject
from experiments.study_report.texts import said, tell
from experiments.study_report.wrapping import band_for, folded

__all__ = ["VERDICT_COLOURS", "sobol_answer", "sobol_sections", "threshold_line", "told_groups",
           "verdict_chips"]

VERDICT_COLOURS = {"matters": "rule-1", "sample more": "compliance", "does not matter": "muted"}
PAIRS_SHOWN = 8


def sobol_answer(subject: Subject, language: Language) -> list[tuple[str, str]]:
    """For each outcome what matters; then what does not, and how much is luck."""
    return [_sentence(subject, name, language) for name in subject.found.sobol]


def _sentence(subject: Subject, name: str, language: Language) -> tuple[str, str]:
    indices = subject.found.sobol[name]
    label = plain(subject.label(name, language))
    if indices.status != "varies":
        return tell(f"sobol_{indices.status}", language, label=label), ""
    groups: dict[str, list[str]] = {"matters": [], "does not matter": [], "sample more": []}
    for at in np.argsort(-indices.total, kind="stable"):
        title = plain(subject.factor(indices.names[at], language))
        verdict = indices.verdicts[at]
        if verdict == "matters":
            parts = [
                marked_number(
                    float(getattr(indices, end)[at]), f"sobol/{name}/{at}/{end}",
                    figure(float(getattr(indices, end)[at]), 2),
                ) for end in ("total", "total_low", "total_high")
            ]
            title = tell("with_index", language, title=title, total=parts[0], low=parts[1],
                         high=parts[2])
        groups[verdict].append(title)
    text, more = told_groups(groups, label, language)
    if indices.noise_share is not None:
        noise = marked_number(indices.noise_share, f"sobol/{name}/0/noise_share",
                              share(indices.noise_share, language))
        more += tell("names_noise", language, share=noise)
    return text, more


def told_groups(
    groups: dict[str, list[str]], label: str, language: Language
) -> tuple[str, str]:
    """What matters, as a sentence, and what does not or cannot be told, as more of them."""
    first = tell("names_matter" if groups["matters"] else "names_none", language, label=label,
                 names=listed(groups["matters"], language))
    more = ""
    for verdict, key in (("does not matter", "names_not"), ("sample more", "names_unsure")):
        if groups[verdict]:
            more += tell(key, language, names=listed(groups[verdict], language))
    return first, more


def verdict_chips() -> list[tuple[str, Any]]:
    """What the colours of verdicts stand for."""
    return [(colour, said(word)) for word, colour in VERDICT_COLOURS.items()]


def threshold_line(at: float, look: Look) -> Spec:
    """Where an effect begins to matter."""
    return layer([{"at": at}], "rule", {"x": number("at")}, color=look.colours["ink"],
                 strokeDash=[4, 3], strokeWidth=1.2, opacity=0.8)


def _panel(subject: Subject, name: str, look: Look) -> Panel:
    indices, language = subject.found.sobol[name], look.language
    rows, marks = [], []
    noisy = indices.noise_variance is not None
    for at in np.argsort(-indices.total, kind="stable"):
        title = subject.factor(indices.names[at], language)
        verdict = indices.verdicts[at]
        group, colour = folded(title), look.colours[VERDICT_COLOURS[verdict]]
        for part in ("total", "first"):
            mean, low, high = (
                float(getattr(indices, f"{part}{end}")[at]) for end in ("", "_low", "_high")
            )
            words = f"{figure(mean, 2)} [{figure(low, 2)}, {figure(high, 2)}]"
            tip = tell("index_tip", language, title=title, part=tell(f"index_{part}", language),
                       words=words, verdict=tell(verdict, language))
            text = f"{signed_index(mean)}  {tell(verdict, language)}" if part == "total" else ""
            rows.append(Row(group, part, mean, low, high, text, tip, colour,
                            faint=part == "first"))
        if noisy:
            value = float(indices.salib_total[at])
            tip = tell("salib_tip", language, title=title, value=figure(value, 2))
            marks.append(Row(group, "total", value, None, None, "", tip, look.colours["ink"]))
    domain = axis_range((end for row in rows for end in (row.low, row.high)), right=0.42)
    # Labels begin behind the threshold, or they would cover it.
    written = [row._replace(mean=max(row.mean or 0.0, indices.threshold)) for row in rows]
    chart = bars(rows, look, domain=domain, totals=written, strokes=marks, band=17)
    chart["layer"].insert(0, threshold_line(indices.threshold, look))
    told = tell("semicolon", language).join(row.tip for row in rows if row.part == "total")
    return Panel(subject.label(name, language), chart, told)


def _pair_panel(subject: Subject, name: str, look: Look) -> Panel:
    language, rows = look.language, []
    for pair in subject.found.sobol[name].pairs()[:PAIRS_SHOWN]:
        title = tell("pair", language, one=subject.factor(str(pair["factor"]), language),
                     other=subject.factor(str(pair["with"]), language))
        value, half = pair["second"], pair["second_half"]
        if not isinstance(value, float) or not isinstance(half, float):
            continue
        words = f"{figure(value, 2)} [{figure(value - half, 2)}, {figure(value + half, 2)}]"
        rows.append(Row(
            folded(title, 34, 3), "", value, value - half, value + half, figure(value, 2),
            tell("colon", language, label=title, text=words), look.colours["rule-1"],
        ))
    domain = axis_range((end for row in rows for end in (row.low, row.high)), left=0.1, right=0.2)
    told = tell("semicolon", language).join(row.tip for row in rows)
    return Panel(subject.label(name, language), dots(rows, look, domain=domain,
                                        band=band_for((row.group for row in rows), 36)), told)


def _shown(subject: Subject) -> list[str]:
    return [name for name, found in subject.found.sobol.items() if found.status == "varies"]


def _table(subject: Subject) -> Table:
    rows: list[dict[str, Any]] = []
    for name, indices in subject.found.sobol.items():
        for row in indices.rows():
            rows.append({
                **row, "factor": subject.factor_named(str(row["factor"])),
                "outcome": subject.named(name), "verdict": subject.verdict(str(row["verdict"])),
                "status": subject.verdict(str(row["status"])),
            })
    numbers = ("total", "total_low", "total_high", "first", "first_low", "first_high",
               "salib_total", "salib_total_half", "salib_first", "salib_first_half", "seed_error")
    return Table("sobol", said("table_sobol"), [
        Column("factor", said("factor")), Column("outcome", said("outcome")),
        Column("verdict", said("verdict")),
        *(Column(key, said(f"column_{key}"), signed_index) for key in numbers),
        Column("noise_share", said("column_noise_share"), share), Column("status", said("status")),
    ], rows)


def _pair_table(subject: Subject) -> Table:
    rows = [
        {**pair, "factor": subject.factor_named(str(pair["factor"])),
         "with": subject.factor_named(str(pair["with"])), "outcome": subject.named(name)}
        for name, indices in subject.found.sobol.items() for pair in indices.pairs()
    ]
    return Table("sobol_pairs", said("table_sobol_pairs"), [
        Column("factor", said("factor")), Column("with", said("column_with")),
        Column("outcome", said("outcome")),
        Column("second", said("column_second"), signed_index),
        Column("second_half", said("column_half"), signed_index),
    ], rows)


def sobol_sections(subject: Subject) -> list[Section]:
    """Indices of every outcome, and of pairs where they were asked for."""
    if not subject.found.sobol:
        return []
    names = _shown(subject)
    first = next(iter(subject.found.sobol.values()))
    found = [Section(
        "sobol", said("section_sobol"), said("words_sobol"),
        said("caption_sobol", threshold=f"{first.threshold:g}", percent=f"{first.confidence:.0%}"),
        (lambda look: Figure("sobol", [_panel(subject, n, look) for n in names], 2))
        if names else None, 300, verdict_chips(), [_table(subject)],
    )]
    with_pairs = [name for name in names if subject.found.sobol[name].pairs()]
    if with_pairs:
        found.append(Section(
            "pairs", said("section_pairs"), said("words_pairs"), said("caption_pairs"),
            lambda look: Figure("pairs", [_pair_panel(subject, n, look) for n in with_pairs], 2),
            300, [], [_pair_table(subject)],
        ))
    return found
