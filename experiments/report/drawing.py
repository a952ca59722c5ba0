"""The figures of the report: what draws each, for the page and as files."""

from collections.abc import Callable, Iterator, Sequence

from experiments.language import Language
from experiments.report.among import among_rules
from experiments.report.bunched import bunched_figure
from experiments.report.figures import atmosphere_figure, price_figure, volume_figure
from experiments.report.integrity import integrity_figure
from experiments.report.kinds import among_kinds, kinds_figure
from experiments.report.looks import Look, for_the_page
from experiments.report.maps import map_figure
from experiments.report.painting import Plan, painted_files
from experiments.report.panels import Figure
from experiments.report.reading import Reading
from experiments.report.regimes import regimes_figure
from experiments.report.rooms import rooms_figure
from experiments.report.rules import rules_figure
from experiments.report.sellers import sellers_figure
from experiments.report.signature import signature_figure
from experiments.report.texts import tell
from experiments.report.treatment import treatment_figure
from experiments.theory_lines import Polyline
from experiments.workers import Workers

__all__ = ["drawn_files", "figures_for_the_page"]

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

    Returns
    -------
    iterator of (str, bytes)
        Name, such as ``price.en.svg``, and content.
    """
    plans = {
        name: Plan(
            build, WIDTHS[name], lambda language, name=name: tell(f"figure_{name}", language)
        )
        for name, build in _builders(reading, lines).items()
    }
    return painted_files(plans, chinese_png=chinese_png, spread=spread)
