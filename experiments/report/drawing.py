"""Figures as Vega-Lite for the page, and as SVG and PNG files."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

import vl_convert

from experiments.language import LANGUAGES, Language
from experiments.report.among import among_rules
from experiments.report.bunched import bunched_figure
from experiments.report.figures import atmosphere_figure, price_figure, volume_figure
from experiments.report.integrity import integrity_figure
from experiments.report.kinds import among_kinds, kinds_figure
from experiments.report.looks import FONTS, Look, for_files, for_the_page
from experiments.report.maps import map_figure
from experiments.report.panels import (
    COLOUR,
    Figure,
    Spec,
    layer,
    nominal,
    number,
    specification,
)
from experiments.report.reading import Reading
from experiments.report.regimes import regimes_figure
from experiments.report.rooms import rooms_figure
from experiments.report.rules import rules_figure
from experiments.report.sellers import sellers_figure
from experiments.report.signature import signature_figure
from experiments.report.texts import tell
from experiments.report.treatment import treatment_figure
from experiments.theory_lines import Polyline
from experiments.workers import Workers, workers

__all__ = [
    "drawn_files", "figures_for_the_page", "has_chinese_font", "script_bundle", "specifications",
]

VEGA_LITE = "6.4"
# Width of a panel in a file.
WIDTHS = {"price": 400, "volume": 400, "atmosphere": 400, "rooms": 300, "regimes": 260, "map": 270,
          "signature": 225, "kinds": 260, "bunching": 400, "treatment": 640, "rules": 270,
          "sellers": 400, "integrity": 400}


def _builders(
    reading: Reading, lines: Sequence[Polyline]
) -> dict[str, Callable[[Look], Figure]]:
    """What draws each figure, in the order of the page."""
    found: dict[str, Callable[[Look], Figure]] = {
        "price": lambda look: price_figure(reading, look),
        "volume": lambda look: volume_figure(reading, look),
        "atmosphere": lambda look: atmosphere_figure(reading, look),
        "rooms": lambda look: rooms_figure(reading, look),
        "regimes": lambda look: regimes_figure(reading, look),
    }
    among = among_rules(reading)
    if among:
        found["rules"] = lambda look: rules_figure(among, look)
    if reading.answer.maps:
        found["map"] = lambda look: map_figure(reading, look, lines)
        found["signature"] = lambda look: signature_figure(reading, look)
    kinds = among_kinds(reading)
    if kinds:
        found["kinds"] = lambda look: kinds_figure(kinds, look)
    if reading.answer.paces:
        found["bunching"] = lambda look: bunched_figure(reading, look)
    if reading.answer.integrity:
        found["integrity"] = lambda look: integrity_figure(reading, look)
    found["treatment"] = lambda look: treatment_figure(reading, look)
    if reading.answer.theories:
        found["sellers"] = lambda look: sellers_figure(reading, look)
    return found


def figures_for_the_page(
    reading: Reading, language: Language, lines: Sequence[Polyline] = ()
) -> list[Figure]:
    """Every figure, as the page shows it in one language."""
    look = for_the_page(language)
    return [build(look) for build in _builders(reading, lines).values()]


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


def _together(figure: Figure, look: Look, title: str) -> Spec:
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


def drawn_files(
    reading: Reading, lines: Sequence[Polyline] = (), *, chinese_png: bool = True,
    spread: Workers | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Every figure as SVG and PNG in both languages.

    Parameters
    ----------
    reading : Reading
    lines : sequence of Polyline
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
        for name, build in _builders(reading, lines).items():
            look = for_files(language, WIDTHS[name])
            names.append(f"{name}.{language}")
            tasks.append((
                _together(build(look), look, tell(f"figure_{name}", language)),
                language == "en" or chinese_png,
            ))
    with workers(1) as here:
        painted = (spread or here)(_painted, tasks, lambda: None)
    for name, files in zip(names, painted, strict=True):
        for kind, content in files:
            yield f"{name}.{kind}", content
