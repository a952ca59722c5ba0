"""The view of what a study found: the answer, then its sections with charts and tables."""

from collections.abc import Callable, Mapping

import solara

from dashboard.desk import dark, language
from dashboard.studies.cases import (
    box_rows,
    case_factors,
    cases_drawing,
    leading_factors,
    peeling_drawings,
)
from dashboard.studies.drawing import Canvas, Drawing
from dashboard.studies.effects import effect_verdicts, morris_drawings, sobol_drawings
from dashboard.studies.kept import Analysis
from dashboard.studies.options import (
    front_drawings,
    lever_drawings,
    option_drawings,
    progress_drawings,
    regret_drawings,
    satisficing_drawings,
)
from dashboard.studies.pieces import Charts, Picks, Rows, Toggle, heading, line
from dashboard.studies.plane import map_drawing
from dashboard.studies.points import (
    against_drawings,
    difference_drawings,
    line_drawings,
    spread_drawings,
)
from dashboard.studies.tables import MOST_ROWS, paragraphs, plain_words, shown_table
from dashboard.studies.texts import TEXTS
from experiments.report.texts import plain
from experiments.study.words import tell as study_word
from experiments.study_report.answer import answer_note, answer_paragraph
from experiments.study_report.parts import Section
from experiments.study_report.subject import Subject
from experiments.study_report.texts import tell

__all__ = ["FindingsView"]


def _heat(subject: Subject, canvas: Canvas) -> list[Drawing]:
    one, other = list(subject.factors)[:2]
    maps = [map_drawing(subject, one, other, name, canvas) for name in subject.found.paired]
    return [each._replace(name=f"heat-{name}", wide=False)
            for name, each in zip(subject.found.paired, maps, strict=True) if each is not None]


# Section of the report to how it is drawn here.
DRAWN: Mapping[str, Callable[[Subject, Canvas], list[Drawing]]] = {
    "sobol": sobol_drawings, "morris": morris_drawings, "options": option_drawings,
    "regret": regret_drawings, "satisficing": satisficing_drawings, "front": front_drawings,
    "levers": lever_drawings, "line": line_drawings, "heat": _heat,
    "points": difference_drawings, "spreads": spread_drawings, "peeling": peeling_drawings,
    "progress": progress_drawings,
}
# Sections whose introduction holds here too; others describe figures of the report.
INTRODUCED = ("sobol", "pairs", "options", "regret", "satisficing", "levers", "points",
              "spreads")


@solara.component
def FindingsView(analysis: Analysis) -> None:  # noqa: N802
    """The answer and everything it rests on."""
    subject = analysis.subject
    verdicts = effect_verdicts(subject, language.value)
    with solara.Div(classes=["swc-studies-top"]):
        _Answer(analysis)
        if verdicts:
            _Verdicts(verdicts)
    against = [each for each in analysis.sections if each.name.startswith("against_")]
    if subject.found.cases is not None:
        _Cases(analysis)
    for section in analysis.sections:
        if section.name not in ("boxes", "cases") and section not in against:
            _Section(analysis, section).key(section.name)
        if against and section is against[-1]:
            _Against(analysis, against).key("against")


@solara.component
def _Answer(analysis: Analysis) -> None:  # noqa: N802
    spoken, subject = language.value, analysis.subject
    counts = analysis.counts
    with solara.Div(classes=["swc-card", "swc-studies-answer"], attributes={
        "data-part": "answer",
    }):
        heading(TEXTS("the_answer", spoken))
        for head, rest in paragraphs(answer_paragraph(subject, spoken)):
            if head:
                line(head, classes=["swc-studies-headline-text"])
            if rest:
                line(rest)
        line(plain_words(answer_note(subject, spoken)), classes=["swc-muted", "swc-small"])
        silent = subject.found.silent
        if silent or counts["missing"] or counts["failed"]:
            line(tell("account", spoken), "h3")
        for key in ("missing", "failed"):
            if counts[key]:
                line(TEXTS(key, spoken, n=f"{counts[key]:,}"), classes=["swc-studies-bad"])
        for name, reason in silent.items():
            label = subject.label(name, spoken) if name in subject.study.outcomes else study_word(
                name, spoken)
            line(plain_words(tell("left_out", spoken, label=plain(label), reason=plain(reason))),
                 classes=["swc-small"])


@solara.component
def _Verdicts(verdicts: list[tuple[str, list[str]]]) -> None:  # noqa: N802
    spoken = language.value
    with solara.Div(classes=["swc-card", "swc-studies-answer"], attributes={
        "data-part": "verdicts",
    }):
        heading(TEXTS("verdicts", spoken))
        with solara.Div(classes=["swc-studies-verdicts"]):
            for factor, sentences in verdicts:
                line(factor, "div")
                line(("" if spoken == "zh" else " ").join(sentences), "div")


@solara.component
def _Section(analysis: Analysis, section: Section) -> None:  # noqa: N802
    spoken, theme = language.value, dark.value
    draw = DRAWN.get(section.name)
    drawings = solara.use_memo(
        lambda: draw(analysis.subject, Canvas(spoken, theme)) if draw else [],
        [analysis, section.name, spoken, theme],
    )
    with solara.Div(classes=["swc-studies-part"], attributes={"data-section": section.name}):
        heading(section.title(spoken))
        if section.name in INTRODUCED:
            line(plain_words(section.words(spoken)), classes=["swc-muted"])
        if drawings:
            Charts(drawings, pairs=section.name == "morris")
        _Numbers(section)


@solara.component
def _Numbers(section: Section) -> None:  # noqa: N802
    """Tables of a section, sent only where somebody asks for them."""
    shown, set_shown = solara.use_state(False)
    spoken = language.value
    if not section.tables:
        return
    Toggle(shown=shown, label=TEXTS("hide_numbers" if shown else "numbers", spoken),
           event_turn=lambda _: set_shown(not shown))
    for table in section.tables if shown else ():
        found = shown_table(table, spoken)
        more = TEXTS("first_rows", spoken, n=MOST_ROWS, of=f"{found.total:,}")
        Rows(name=table.name, title=found.title, heads=found.heads, rows=found.rows,
             note=more if found.total > MOST_ROWS else "", worded=False).key(table.name)


@solara.component
def _Cases(analysis: Analysis) -> None:  # noqa: N802
    spoken, theme, subject = language.value, dark.value, analysis.subject
    first = solara.use_memo(lambda: leading_factors(subject), [analysis])
    pair, set_pair = solara.use_state(tuple(first))
    known = case_factors(subject)
    drawing = solara.use_memo(
        lambda: cases_drawing(subject, *pair, Canvas(spoken, theme)) if len(pair) == 2 else None,
        [analysis, pair, spoken, theme],
    )

    def pick(said: dict[str, str]) -> None:
        one, other = pair
        value = said["value"]
        if value not in known:
            return
        # The factor that is taken from the other axis leaves its place to this one's.
        if said["key"] == "across":
            set_pair((value, one if value == other else other))
        else:
            set_pair((other if value == one else one, value))

    with solara.Div(classes=["swc-studies-part"], attributes={"data-section": "cases"}):
        _title_of(analysis, "cases", spoken)
        if drawing is not None:
            options = [(name, subject.factor(name, spoken)) for name in known]
            Picks(fields=[
                {"key": key, "label": TEXTS(key, spoken), "value": name, "options": options}
                for key, name in zip(("across", "up"), pair, strict=True)
            ], event_pick=pick)
            Charts([drawing])
        boxes = box_rows(subject, spoken)
        if boxes:
            _Boxes(boxes)
        for section in analysis.sections:
            if section.name == "boxes":
                _Numbers(section)


def _title_of(analysis: Analysis, name: str, spoken: str) -> None:
    known = {section.name: section for section in analysis.sections}
    section = known.get(name) or known.get("boxes")
    heading(section.title(spoken) if section else TEXTS("share_of_cases", spoken))


@solara.component
def _Boxes(boxes: list[dict]) -> None:  # noqa: N802
    spoken = language.value

    def word(key: str) -> str:
        return TEXTS(key, spoken)

    with solara.Div(classes=["swc-card"], attributes={"data-part": "boxes"}):
        line(word("boxes"), "h3")
        line(word("boxes_note"), classes=["swc-muted", "swc-small"])
        keys = ("density", "holdout", "coverage", "mass")
        Rows(name="boxes", title="", note="", worded=True,
             heads=[word("box"), *(word(key) for key in keys), tell("column_holds", spoken)],
             rows=[[box["title"], *(box[key] for key in keys), box["holds"]] for box in boxes])
        Rows(name="limits", title="", note="", worded=True,
             heads=[word("box"), word("factor"), word("within"), word("unit"), word("quasi_p")],
             rows=[[box["title"], each["factor"], each["within"], each["unit"], each["quasi_p"]]
                   for box in boxes for each in box["limits"]])


@solara.component
def _Against(analysis: Analysis, sections: list[Section]) -> None:  # noqa: N802
    spoken, theme, subject = language.value, dark.value, analysis.subject
    names = [section.name.removeprefix("against_") for section in sections]
    chosen, set_chosen = solara.use_state(names[0])
    at = names.index(chosen) if chosen in names else 0
    drawings = solara.use_memo(
        lambda: against_drawings(subject, names[at], Canvas(spoken, theme)),
        [analysis, names[at], spoken, theme],
    )
    with solara.Div(classes=["swc-studies-part"], attributes={"data-section": "against"}):
        heading(sections[at].title(spoken))
        Picks(fields=[{
            "key": "shown", "label": TEXTS("shown", spoken), "value": names[at],
            "options": [(name, subject.label(name, spoken)) for name in names],
        }], event_pick=lambda said: set_chosen(said["value"]))
        Charts(drawings)
        _Numbers(sections[at]).key(names[at])
