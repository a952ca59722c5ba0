"""The page: what the report says of an answer, in the order in which it is read."""

from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version

from agents.parameters import month_text
from experiments.language import LANGUAGES, pick
from experiments.report.around import figure_caption, figure_key, figure_words
from experiments.report.drawing import figures_for_the_page
from experiments.report.frame import drawn_panels, file_links, filled, part
from experiments.report.judgement import judgement_words
from experiments.report.limits import limits
from experiments.report.painting import specifications
from experiments.report.panels import Figure
from experiments.report.reading import Reading
from experiments.report.sheets import sheet_names
from experiments.report.surprises import surprises
from experiments.report.tables import (
    ends_table,
    figure_table,
    glance_table,
    outcome_tables,
    pattern_table,
)
from experiments.report.texts import both, in_both, plain, tell
from experiments.report.wording import answer_paragraph
from experiments.theory_lines import Polyline
from simulation.reference_data import priced_trades
from simulation.scenario import Scenario

__all__ = ["page"]


def _subtitle(reading: Reading) -> str:
    base = reading.variant(reading.leading, reading.base).scenario
    changed = reading.variant(reading.leading, reading.changed).scenario
    titles = (
        (base.title or base.name, changed.title or changed.name),
        tuple(pick(each.title, each.title_zh, "zh") or each.name for each in (base, changed)),
    )
    return in_both(*(
        tell(
            "subtitle", language, base=plain(first), changed=plain(second),
            start=month_text(base.start), stop=month_text(base.stop - 1),
            n=reading.answer.comparison.replicates,
        )
        for language, (first, second) in zip(LANGUAGES, titles, strict=True)
    ))


def _eligible_from(scenario: Scenario) -> str:
    months = [
        event.effective for event in scenario.events
        if event.set.get("compliance.eligible") is True
    ]
    if not months:
        return ""
    return both("eligible_from", month=month_text(min(months)))


def _answer(reading: Reading) -> str:
    return in_both(*(answer_paragraph(reading, language) for language in LANGUAGES))


def _note(reading: Reading) -> str:
    changed = reading.variant(reading.leading, reading.changed).scenario
    parts = [both("brackets", n=reading.answer.comparison.replicates), _eligible_from(changed)]
    return " ".join(parts)


def _surprises(reading: Reading) -> str:
    parts = []
    for language in LANGUAGES:
        tag = "en" if language == "en" else "zh-CN"
        found = surprises(reading, language)
        items = "".join(f"<li>{item}</li>" for item in found)
        body = f"<ol>{items}</ol>" if found else f"<p>{tell('no_surprises', language)}</p>"
        parts.append(f'<div lang="{tag}">{body}</div>')
    return "".join(parts)


def _patterns(reading: Reading) -> str:
    words = in_both(*(judgement_words(reading, language) for language in LANGUAGES))
    deals = priced_trades()
    projects = Counter(row.project for row in deals)
    note = both(
        "patterns_note", deals=len(deals), undated=sum(row.month is None for row in deals),
        repeated=max(projects.values()),
    )
    return f'<p>{words}</p>{pattern_table(reading)}<p class="note">{note}</p>'


def _figure(reading: Reading, english: Figure, chinese: Figure, chinese_png: bool) -> str:
    name = english.name
    # These measures are what their figures are about.
    opened = " open" if name in ("sellers", "signature", "kinds") else ""
    return (
        f'<section id="{name}"><h2>{both(f"figure_{name}")}</h2>{figure_words(reading, name)}'
        f'{ends_table(reading) if name == "rules" else ""}<figure>{figure_key(reading, name)}'
        f"{drawn_panels(english, chinese)}"
        f"<figcaption>{figure_caption(reading, name)}</figcaption></figure>"
        f"<details{opened}><summary>{both('data_table')}</summary>{figure_table(reading, name)}"
        f'</details>{file_links(name, chinese_png)}</section>'
    )


def _contents(names: Sequence[str]) -> str:
    links = [("surprises", "surprises"), *((name, f"figure_{name}") for name in names),
             ("patterns", "patterns"), ("outcomes", "outcomes"), ("limits", "limits"),
             ("again", "again")]
    items = "".join(f'<li><a href="#{place}">{both(text)}</a></li>' for place, text in links)
    return f"<ul>{items}</ul>"


def _sheets(reading: Reading) -> str:
    links = (
        f'<a href="tables/{name}.csv">{both(f"table_{name}")}</a>' for name in sheet_names(reading)
    )
    return f"{both('table_files')} {' · '.join(links)}"


def _again(reading: Reading, command: str, chinese_png: bool) -> str:
    comparison = reading.answer.comparison
    facts = [
        ("version", version("swcmarket")), ("base_seed", str(comparison.base_seed)),
        ("replicates", str(comparison.replicates)),
    ]
    facts += [("map_replicates", str(found.replicates)) for found in reading.answer.maps[:1]]
    terms = "".join(f"<dt>{both(key)}</dt><dd>{plain(value)}</dd>" for key, value in facts)
    terms += f"<dt>{both('command')}</dt><dd><code>{plain(command)}</code></dd>"
    rows = "".join(
        f'<tr><th scope="row">{plain(scenario.name)}</th>'
        f"<td>{plain(scenario.market.mechanism)}</td><td>{plain(scenario.regime.kind)}</td>"
        f"<td>{plain(scenario.quote.strategy)}</td>"
        f"<td>{scenario.months}</td><td>{scenario.compliance.room_share:.3g}</td>"
        f"<td><code>{scenario.fingerprint}</code></td></tr>"
        for scenario in reading.scenarios
    )
    heads = "".join(
        f'<th scope="col">{both(key)}</th>'
        for key in ("scenario", "rule", "kind", "price_theory", "months", "room_share", "hash")
    )
    note = "" if chinese_png else f"<p>{both('no_chinese_font')}</p>"
    return (
        f"<dl>{terms}</dl><p>{both('again_note')}</p>{note}<details><summary>{both('hashes')}"
        f'</summary><div class="scroll"><table class="worded"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def page(
    reading: Reading, *, lines: Sequence[Polyline] = (), command: str, chinese_png: bool
) -> str:
    """The whole page.

    Parameters
    ----------
    reading : Reading
    lines : sequence of Polyline
        Of theory, over the maps.
    command : str
        What makes the report again.
    chinese_png : bool
        Whether there are Chinese figures as PNG.

    Returns
    -------
    str
        HTML.
    """
    drawn = {language: figures_for_the_page(reading, language, lines) for language in LANGUAGES}
    specs = {language: specifications(found, language) for language, found in drawn.items()}
    figures = "".join(
        _figure(reading, one, other, chinese_png)
        for one, other in zip(drawn["en"], drawn["zh"], strict=True)
    )
    glance = glance_table(reading)
    outcomes = (
        f'<p>{both("outcomes_note")}</p><p class="files">{_sheets(reading)}</p>'
        f"{outcome_tables(reading)}"
    )
    sections = [
        part("surprises", both("surprises"), _surprises(reading)), figures,
        part("patterns", both("patterns"), _patterns(reading)),
        part("outcomes", both("outcomes"), outcomes), part("limits", both("limits"), limits()),
        part("again", both("again"), _again(reading, command, chinese_png)),
    ]
    return filled(
        titles=(tell("title", "en"), tell("title", "zh")), subtitle=_subtitle(reading),
        answer=f'<p class="lead">{_answer(reading)}</p>\n<p class="note">{_note(reading)}</p>'
        f"\n{glance}",
        contents=_contents([found.name for found in drawn["en"]]), sections=sections, specs=specs,
    )
