"""Sums of a run, and its timeline."""

from html import escape

import solara

from agents.parameters import month_text
from dashboard.live.frame import Frame
from dashboard.live.session import Session
from dashboard.live.texts import SAY
from dashboard.live.words import future_names
from experiments.language import Language, pick, unit_in
from experiments.rule_effects import rules_at, sums_of
from experiments.values_told import rule_told

__all__ = ["Timeline", "Totals"]

MOST_DATES = 12


@solara.component
def Totals(frame: Frame, language: Language) -> None:  # noqa: N802
    """Sums so far; where there is another run beside it, of both since they may differ.

    Parameters
    ----------
    frame : Frame
    language : {"en", "zh"}
    """
    title, head, columns = totals_shown(frame, language)
    currency = frame.lane.scenario.currency
    lines = [
        [_name(key, currency, language),
         *(_number(column[key], key, language, sign=number == 2)
           for number, column in enumerate(columns))]
        for key in columns[0]
    ]
    with solara.Div(classes=["swc-card"], attributes={"data-part": "totals"}):
        solara.HTML("h2", unsafe_innerHTML=escape(title))
        solara.HTML("div", unsafe_innerHTML=_table(head, lines))


def totals_shown(
    frame: Frame, language: Language
) -> tuple[str, list[str], list[dict[str, float | None]]]:
    """Title, heads of columns, and columns of the table of sums.

    Parameters
    ----------
    frame : Frame
    language : {"en", "zh"}

    Returns
    -------
    title : str
    heads : list of str
        Empty where there is one column only.
    columns : list of dict
        One, or two and their difference.
    """
    beside, rows = frame.beside, frame.lane.monthly[: frame.place + 1]
    if beside is None:
        return SAY("so_far", language), [], [sums_of(rows, 0)]
    start = beside.date - frame.lane.scenario.start
    here, there = (sums_of(each[: frame.place + 1], start) for each in (rows, beside.monthly))
    if beside.rules is None:
        one, two = (there, here) if frame.shown else (here, there)
        title = SAY("since_fork", language, month=month_text(beside.date))
        heads = ["", *future_names(language), SAY("difference", language)]
        difference = _less(two, one)
    else:
        one, two = here, there
        title = SAY("since_rule", language, month=month_text(beside.date))
        heads = ["", *(SAY(key, language) for key in ("with_it", "without_it", "its_effect"))]
        difference = _less(one, two)
    return title, heads, [one, two, difference]


def _less(
    one: dict[str, float | None], other: dict[str, float | None]
) -> dict[str, float | None]:
    pairs = {key: (one[key], other[key]) for key in one}
    return {key: None if a is None or b is None else a - b for key, (a, b) in pairs.items()}


def _name(key: str, currency: str, language: Language) -> str:
    unit = {
        "mean_price": unit_in("yuan/t", currency, language), "months_traded": "",
        **dict.fromkeys(("money", "earmarked"), pick(
            f"million {unit_in('yuan', currency, language)}",
            f"万{unit_in('yuan', currency, language)}", language)),
    }.get(key, pick("t", "吨", language))
    name = SAY(key, language)
    return name + pick(f", {unit}", f"，{unit}", language) if unit else name


def _number(
    value: float | None, key: str, language: Language, *, sign: bool = False
) -> str:
    if value is None:
        return "–"
    plus, digits = "+" if sign else "", 0
    if key == "mean_price":
        digits = 1
    elif key in ("money", "earmarked"):
        value, digits = (value / 1e4, 0) if language == "zh" else (value / 1e6, 1)
    told = f"{value:{plus},.{digits}f}"
    # Nothing has no sign.
    return told.lstrip("+-") if not float(told.replace(",", "")) else told.replace("-", "−")


def _table(head: list[str], lines: list[list[str]]) -> str:
    top = ""
    if head:
        top = "<thead><tr>" + "".join(f"<th scope='col'>{cell}</th>" for cell in head)
        top += "</tr></thead>"
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines
    )
    return f"<div class='swc-scroll'><table>{top}<tbody>{body}</tbody></table></div>"


@solara.component
def Timeline(session: Session, frame: Frame, language: Language) -> None:  # noqa: N802
    """Rules that change, those moved by hand among them."""
    scenario = frame.lane.scenario
    moves = {(move.month, move.key) for move in session.player.moves}
    dates = sorted({event.effective for event in scenario.events})[-MOST_DATES:]
    # Frames come eight times a second, changes of the timeline seldom.
    changes = solara.use_memo(
        lambda: [rules_at(scenario, date) for date in dates],
        [session.player.number, scenario.events],
    )
    with solara.Div(classes=["swc-card"], attributes={"data-part": "timeline"}):
        solara.HTML("h2", unsafe_innerHTML=SAY("events", language))
        if not changes:
            solara.Text(SAY("no_events", language), classes=["swc-muted", "swc-small"])
        for rules in changes:
            for key, before, value in (*rules.changes, *rules.withdrawn):
                hand = (rules.date, key) in moves
                after = SAY("by_hand", language) if hand else (
                    SAY("announced", language, month=month_text(rules.announced))
                    if rules.announced < rules.date else ""
                )
                if (key, before, value) in rules.withdrawn:
                    between = pick(", ", "，", language)
                    after = SAY("withdrawn", language) + (between + after if after else "")
                with solara.Div(classes=["swc-event"]):
                    solara.HTML("strong", unsafe_innerHTML=month_text(rules.date))
                    solara.Text(rule_told(key, before, value, scenario.currency, language))
                    if after:
                        solara.Text(after, classes=["swc-muted"])
