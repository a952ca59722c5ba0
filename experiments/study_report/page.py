"""The page of a study: answer, sections by design, account, factors, how to make it again."""

from collections.abc import Sequence

from experiments.language import LANGUAGES, Language
from experiments.report.frame import drawn_panels, file_links, filled, part
from experiments.report.looks import Look, for_the_page
from experiments.report.painting import Plan, specifications
from experiments.report.panels import Figure
from experiments.report.texts import in_both, plain
from experiments.study.words import tell as study_word
from experiments.study_report.account import account, account_tables, again, factor_table
from experiments.study_report.answer import answer_note, answer_paragraph
from experiments.study_report.choice import choice_sections
from experiments.study_report.compared import compared_sections
from experiments.study_report.discovery import discovery_sections
from experiments.study_report.morris import morris_sections
from experiments.study_report.parts import Section, Table, as_html, capital, in_languages
from experiments.study_report.sampled import sampled_sections, spread_sections
from experiments.study_report.search import search_sections
from experiments.study_report.sobol import sobol_sections
from experiments.study_report.subject import Subject
from experiments.study_report.texts import both, tell

__all__ = ["all_tables", "page", "plans", "sections_of"]


def sections_of(subject: Subject) -> list[Section]:
    """Sections that fit the design, in the order of the page."""
    builders = (
        sobol_sections, morris_sections, discovery_sections, choice_sections, search_sections,
        compared_sections, sampled_sections, spread_sections,
    )
    return [section for build in builders for section in build(subject)]


def all_tables(subject: Subject, sections: Sequence[Section]) -> dict[str, Table]:
    """Every table by its name, once."""
    tables = [table for section in sections for table in section.tables]
    return {table.name: table for table in [*tables, *account_tables(subject)]}


def plans(sections: Sequence[Section]) -> dict[str, Plan]:
    """How figures become files."""
    return {
        section.name: Plan(
            lambda look, section=section: drawn(section, look), section.width, section.title
        )
        for section in sections if section.draw is not None
    }


def drawn(section: Section, look: Look) -> Figure:
    """The figure of a section, with the key that a file needs."""
    if section.draw is None:
        raise ValueError(f"section {section.name} has no figure")
    key = [
        (look.colours[colour], text(look.language)) for colour, text in section.key
    ]
    return section.draw(look)._replace(key=key)


def _key(section: Section) -> str:
    chips = "".join(
        f'<span><i class="chip" style="background: var(--{colour})"></i>'
        f"{in_languages(text, escape=True)}</span>" for colour, text in section.key
    )
    return f'<p class="key">{chips}</p>' if chips else ""


def _body(section: Section, chinese_png: bool) -> str:
    body = f"<p>{in_languages(section.words)}</p>"
    if section.draw is not None:
        english, chinese = (section.draw(for_the_page(each)) for each in LANGUAGES)
        body += (
            f"<figure>{_key(section)}{drawn_panels(english, chinese)}"
            f"<figcaption>{in_languages(section.caption)}</figcaption></figure>"
        )
    tables = "".join(as_html(table) for table in section.tables)
    links = " · ".join(
        f'<a href="tables/{table.name}.csv">{in_languages(table.title, escape=True)}</a>'
        for table in section.tables
    )
    body += f"<details><summary>{both('numbers')}</summary>{tables}</details>"
    if section.draw is not None:
        body += file_links(section.name, chinese_png)
    return f'{body}<p class="files">{both("table_files")} {links}</p>'


def _subtitle(subject: Subject, language: Language) -> str:
    study = subject.study
    return tell(
        "subtitle", language, design=plain(capital(study_word(study.design.kind, language))),
        factors=len(subject.factors), points=f"{subject.reading.points:,}",
        n=f"{study.replicates:,}",
    )


def page(
    subject: Subject, sections: Sequence[Section], *, command: str, fingerprint: str,
    chinese_png: bool,
) -> str:
    """The whole page.

    Parameters
    ----------
    subject : Subject
    sections : sequence of Section
    command : str
        What makes the report again.
    fingerprint : str
        Of the study.
    chinese_png : bool
        Whether there are Chinese figures as PNG.

    Returns
    -------
    str
        HTML.
    """
    specs = {
        language: specifications(
            [section.draw(for_the_page(language)) for section in sections if section.draw],
            language,
        ) for language in LANGUAGES
    }
    answer, note = (
        in_both(*(tell_it(subject, each) for each in LANGUAGES))
        for tell_it in (answer_paragraph, answer_note)
    )
    parts = [
        part(section.name, in_languages(section.title, escape=True), _body(section, chinese_png))
        for section in sections
    ]
    parts += [
        part("account", both("account"), account(subject)),
        part("factors", both("factors"), as_html(factor_table(subject))
             + f'<p class="files">{both("table_files")} '
             f'<a href="tables/factors.csv">{both("table_factors")}</a></p>'),
        part("again", both("again"), again(subject, command, fingerprint, chinese_png)),
    ]
    links = [(section.name, in_languages(section.title, escape=True)) for section in sections]
    links += [(name, both(name)) for name in ("account", "factors", "again")]
    items = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in links)
    return filled(
        titles=(subject.title("en"), subject.title("zh")),
        subtitle=in_both(*(_subtitle(subject, each) for each in LANGUAGES)),
        answer=f'<p class="lead">{answer}</p>\n<p class="note">{note}</p>',
        contents=f"<ul>{items}</ul>", sections=parts, specs=specs,
    )
