"""The frame of a page: one file with its style, its script and its figures inside."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from experiments.language import Language
from experiments.report.looks import FONTS, css_variables
from experiments.report.painting import script_bundle
from experiments.report.panels import Figure, Spec
from experiments.report.texts import both, in_both, plain, tell

__all__ = ["drawn_panels", "file_links", "filled", "part"]

HERE = Path(__file__).resolve().parent


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _embedded(content: object) -> str:
    # "</" would end the script element that holds it, and "<!--" might hide its end.
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def drawn_panels(english: Figure, chinese: Figure) -> str:
    """Places for the panels of a figure, with what they show in words."""
    name, panels = english.name, []
    for number, (one, other) in enumerate(zip(english.panels, chinese.panels, strict=True)):
        told = [f"{panel.title}. {panel.told}" for panel in (one, other)]
        panels.append(
            f'<div class="panel"><h3>{in_both(plain(one.title), plain(other.title))}</h3>'
            f'<div class="chart" role="img" data-figure="{name}" data-panel="{number}" '
            f'data-en="{plain(told[0])}" data-zh="{plain(told[1])}" '
            f'aria-label="{plain(told[0])}"></div></div>'
        )
    return (
        f'<div class="panels columns-{english.columns}" style="--rows: {len(panels) // 2}">'
        f'{"".join(panels)}</div>'
    )


def file_links(name: str, chinese_png: bool) -> str:
    """Links to the files of a figure."""
    files = []
    for language, shown in (("en", "lang=\"en\""), ("zh", "lang=\"zh-CN\"")):
        kinds = ["svg", "png"] if language == "en" or chinese_png else ["svg"]
        links = ", ".join(
            f'<a href="figures/{name}.{language}.{kind}">{kind.upper()}</a>' for kind in kinds
        )
        files.append(f"<span {shown}>{tell('figure_files', language)} {links}</span>")
    return f'<p class="files">{"".join(files)}</p>'


def part(name: str, title: str, body: str) -> str:
    """A section of the page with its heading."""
    return f'<section id="{name}">\n<h2>{title}</h2>\n{body}\n</section>'


def filled(
    *, titles: tuple[str, str], subtitle: str, answer: str, contents: str,
    sections: Sequence[str], specs: Mapping[Language, Mapping[str, Sequence[Spec]]],
) -> str:
    """A whole page.

    Parameters
    ----------
    titles : (str, str)
        In English and Chinese, as plain text.
    subtitle, answer, contents : str
        HTML.
    sections : sequence of str
        HTML, in their order.
    specs : mapping
        Language and figure to its panels.

    Returns
    -------
    str
        HTML.
    """
    english, chinese = (plain(title) for title in titles)
    style = Template(_read("page.css")).substitute(
        light=css_variables(False), dark=css_variables(True), sans=FONTS["en"],
    )
    return Template(_read("page.html")).substitute(
        title_en=english, title_zh=chinese, title=in_both(english, chinese), style=style,
        subtitle=subtitle, answer=answer, contents_label=both("contents"), contents=contents,
        sections="\n".join(sections), scripts_off=both("scripts_off"), specs=_embedded(specs),
        bundle=script_bundle(), notices=_read("notices.txt"), script=_read("page.js"),
    )
