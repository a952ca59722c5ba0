"""Colours, type and sizes of the figures: one palette for page and files, light and dark."""

from typing import Any, NamedTuple

from experiments.language import Language

__all__ = [
    "FONTS", "RAMPS", "Look", "colours", "css_variables", "for_files", "for_the_page",
]

# Name to its colour on light and on dark paper. The hues of rules and motives are those of Okabe
# and Ito (2008), which people with any colour vision tell apart, brightened on dark paper.
PALETTE = {
    "paper": ("#ffffff", "#15181b"),
    "ink": ("#22272c", "#e7e4dd"),
    "muted": ("#626a72", "#a0a7ad"),
    "faint": ("#e2e4e3", "#33393e"),
    # Borders of what one types into or presses: 3:1 on paper.
    "edge": ("#848b92", "#6b7279"),
    "rule-1": ("#0072b2", "#5aaee6"),
    "rule-2": ("#d55e00", "#f08c46"),
    "rule-3": ("#009e73", "#3fc79d"),
    "rule-4": ("#7a5ea8", "#b79ce0"),
    # The second and the third hue where they write words: 4.5:1 on paper.
    "rule-2-text": ("#b85100", "#f08c46"),
    "rule-3-text": ("#00795a", "#3fc79d"),
    "voluntary": ("#c4719d", "#dd9cc0"),
    "compliance": ("#b87b00", "#efbd4e"),
    "quota": ("#3a98ac", "#8fd0d8"),
    "higher": ("#6a51a3", "#b9a3e8"),
    "lower": ("#b35806", "#e39b52"),
    # Regimes of the map, under dark numbers on light paper and light ones on dark.
    "seen-0": ("#f3d3e2", "#6e3f58"),
    "seen-1": ("#f5d68f", "#7a5a14"),
    "seen-2": ("#9fd3cf", "#23605f"),
    "seen-3": ("#b8a6e0", "#54418a"),
    "seen-4": ("#ffffff", "#15181b"),
    "seen-5": ("#e3e5e4", "#3a4146"),
}
# From low to high, darker all the way, so that they survive a grey printer.
RAMPS = {
    "price": ("#edf4ee", "#cde3da", "#a3cdc6", "#72b1b5", "#478fa5", "#2d6b8e", "#1f4a70"),
    "share": ("#fbf6ea", "#f3e6c8", "#e8d09f", "#d9b574", "#c49650", "#a97a3a", "#875c2b"),
}
_LATIN = "'Helvetica Neue', 'Segoe UI', 'Liberation Sans', Arial"
_CHINESE = (
    "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', "
    "'WenQuanYi Micro Hei'"
)
# In files the Chinese families come by name and first: what draws them would else fall back glyph
# by glyph, to a serif or to Japanese forms. A browser knows the language of the page.
FONTS: dict[Language, str] = {
    "en": f"{_LATIN}, {_CHINESE}, sans-serif", "zh": f"{_CHINESE}, {_LATIN}, sans-serif",
}


class Look(NamedTuple):
    """How a figure is drawn.

    Attributes
    ----------
    language : {"en", "zh"}
    colours : dict
        Name in the palette to what is written into the drawing.
    width : int or None
        Width of a panel in pixels; None where the page decides.
    """

    language: Language
    colours: dict[str, str]
    width: int | None

    def rule(self, number: int) -> str:
        """Colour of a pricing rule, by its place in the answer."""
        return self.colours[f"rule-{number % 4 + 1}"]

    @property
    def config(self) -> dict[str, Any]:
        """Settings that all figures share."""
        ink, muted, faint = (self.colours[name] for name in ("ink", "muted", "faint"))
        axis = {
            "labelColor": ink, "titleColor": muted, "domainColor": muted, "tickColor": muted,
            "gridColor": faint, "labelFontSize": 12, "titleFontSize": 12, "titlePadding": 8,
            "titleFontWeight": "normal", "labelLimit": 220, "tickSize": 4,
        }
        return {
            "font": FONTS[self.language if self.width else "en"],
            "background": self.colours["paper"] if self.width else "transparent",
            "view": {"stroke": None}, "axis": axis, "aria": False,
            "title": {
                "color": ink, "fontSize": 13, "anchor": "start", "fontWeight": "bold",
                "subtitleColor": muted, "offset": 10,
            },
            "legend": {
                "labelColor": ink, "titleColor": muted, "labelFontSize": 12, "titleFontSize": 12,
                "titleFontWeight": "normal", "symbolStrokeWidth": 0,
            },
            "text": {"fontSize": 12, "fill": ink},
        }


def for_the_page(language: Language) -> Look:
    """Colours by name: the style sheet fills them in, for light, dark and print alike."""
    return Look(language, {name: f"var(--{name})" for name in PALETTE}, None)


def for_files(language: Language, width: int) -> Look:
    """Colours on light paper, in panels of a given width."""
    return Look(language, {name: light for name, (light, _) in PALETTE.items()}, width)


def colours(dark: bool) -> dict[str, str]:
    """The palette by name, on light or on dark paper."""
    return {name: pair[dark] for name, pair in PALETTE.items()}


def css_variables(dark: bool) -> str:
    """The palette for the style sheet."""
    return " ".join(f"--{name}: {pair[dark]};" for name, pair in PALETTE.items())
