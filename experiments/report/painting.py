"""Figures of any report as Vega-Lite for a page, and as SVG and PNG files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import vl_convert

from experiments.language import LANGUAGES, Language
from experiments.report.looks import FONTS, Look, for_files, for_the_page
from experiments.report.panels import COLOUR, Figure, Spec, layer, nominal, number, specification
from experiments.workers import Workers, workers

__all__ = [
    "Plan", "has_chinese_font", "painted_files", "script_bundle", "specifications", "together",
]

VEGA_LITE = "6.4"


class Plan(NamedTuple):
    """How a figure becomes files.

    Attributes
    ----------
    build : callable
        Takes a look, gives the figure.
    width : int
        Of a panel, in pixels.
    title : callable
        Takes a language, gives what stands over the figure.
    """

    build: Callable[[Look], Figure]
    width: int
    title: Callable[[Language], str]


def specifications(figures: Sequence[Figure], language: Language) -> dict[str, list[Spec]]:
    """Vega-Lite of every panel, by figure, for the page."""
    look = for_the_page(language)
    return {
        figure.name: [specification(panel.chart, look) for panel in figure.panels]
        for figure in figures
    }


@cache
def script_bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that asks the network for nothing."""
    return vl_convert.javascript_bundle(vl_version=VEGA_LITE)


def has_chinese_font() -> bool:
    """Whether this machine can draw Chinese: without a font, all characters look the same."""
    drawn = [
        vl_convert.svg_to_png(
            '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">'
            f'<text y="20" font-size="20" font-family="{FONTS['zh']}">{character}</text></svg>'
        )
        for character in "碳水"
    ]
    return drawn[0] != drawn[1]


def _key(figure: Figure, look: Look) -> Spec:
    """Chips with their names in a row."""
    # A Chinese character is about twice as wide as a Latin letter.
    widths = [
        max(110, 40 + 7 * sum(1 + (character > "\u2e80") for character in name))
        for _, name in figure.key
    ]
    starts = [sum(widths[:place]) for place in range(len(widths))]
    values = [
        {"at": start, "beside": start + 12, "colour": colour, "name": name}
        for start, (colour, name) in zip(starts, figure.key, strict=True)
    ]
    width = sum(widths)
    across = {"scale": {"domain": [0, width], "nice": False, "zero": False}, "axis": None}
    chips = layer(
        values, "square", {"x": number("at", **across), "color": COLOUR}, size=130, opacity=1
    )
    names = layer(
        values, "text", {"x": number("beside", **across), "text": nominal("name")}, align="left",
        color=look.colours["ink"],
    )
    return {"layer": [chips, names], "width": width, "height": 16}


def together(figure: Figure, look: Look, title: str) -> Spec:
    """Panels of a figure with its title and key, as one drawing."""
    titled = [{"title": panel.title, **panel.chart} for panel in figure.panels]
    # Panels side by side would else share the places of their rows and the ramps of their colours.
    apart = {"resolve": {"scale": {"yOffset": "independent", "color": "independent"}}}
    rows = [
        {"hconcat": titled[start:start + figure.columns], "spacing": 34, **apart}
        for start in range(0, len(titled), figure.columns)
    ]
    heading = {"text": title, "fontSize": 17, "offset": 18, "anchor": "start"}
    if figure.key:
        rows.insert(0, _key(figure, look))
    chart = {"vconcat": rows, "spacing": 30, "title": heading, "padding": 18, **apart}
    return specification(chart, look)


def _painted(chart: Spec, png: bool) -> list[tuple[str, bytes]]:
    """A drawing as files, by their kind."""
    svg = vl_convert.vegalite_to_svg(chart, vl_version=VEGA_LITE, allowed_base_urls=[])
    files = [("svg", svg.encode())]
    return [*files, ("png", vl_convert.svg_to_png(svg, scale=2))] if png else files


def painted_files(
    plans: Mapping[str, Plan], *, chinese_png: bool = True, spread: Workers | None = None
) -> Iterator[tuple[str, bytes]]:
    """Every figure as SVG and PNG in both languages.

    Parameters
    ----------
    plans : mapping of str to Plan
        By the names of the figures.
    chinese_png : bool
        Whether Chinese can be drawn; an SVG keeps its characters for the reader's own fonts.
    spread : callable, optional
        Processes of `experiments.workers.workers`; this one where not given.

    Yields
    ------
    name, content : str, bytes
        Such as ``price.en.svg``.
    """
    names, tasks = [], []
    # Chinese takes longest and comes first, so that no process waits for it in the end.
    for language in reversed(LANGUAGES):
        for name, plan in plans.items():
            look = for_files(language, plan.width)
            names.append(f"{name}.{language}")
            tasks.append((
                together(plan.build(look), look, plan.title(language)),
                language == "en" or chinese_png,
            ))
    with workers(1) as here:
        painted = (spread or here)(_painted, tasks, lambda: None)
    for name, files in zip(names, painted, strict=True):
        for kind, content in files:
            yield f"{name}.{kind}", content
