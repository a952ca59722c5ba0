"""All regimes side by side: eligibility, a purchase quota, and both, against volunteers alone."""

from collections.abc import Iterator

from experiments.report.looks import Look
from experiments.report.panels import Figure, Panel, Row, axis_range, bars, dots
from experiments.report.reading import Reading
from experiments.report.rows import (
    common_measure,
    ends_of,
    mean_text,
    motives_of,
    row_of,
    rules_of,
    stack_of,
    told_panel,
    told_parts,
)
from experiments.report.texts import regime_name, tell

__all__ = ["COMPARED_REGIMES", "PANELS", "regimes_figure"]

BAND = 19
# What the figure compares, in the order of its panels, and how it is drawn.
PANELS = (
    ("price_yuan_per_t", "price_axis"), ("volume_t", "volume_axis"),
    ("watershed_received_yuan_per_km2", "money_axis"), ("additional_t", "additional_t"),
    ("net_effect_t", "net_effect_t"), ("penalties_yuan", "charges_axis"),
)
COMPARED_REGIMES = (
    "price_yuan_per_t", "volume_t", "voluntary_t", "compliance_t", "quota_t",
    "watershed_received_yuan_per_km2", "additional_t", "licensed_t", "net_effect_t",
    "quota_lacking_t", "penalties_yuan", "government_balance_yuan",
)


def _regimes(reading: Reading, look: Look) -> Iterator[tuple[str, str]]:
    for regime in reading.regimes:
        scenario = reading.variant(reading.rules[0], regime).scenario
        name = regime_name(scenario, look.language)
        yield regime, name[:1].upper() + name[1:]


def _panel(reading: Reading, look: Look, name: str, title: str) -> Panel:
    language, stacked = look.language, name == "volume_t"
    motives = motives_of(reading, reading.regimes)
    facts = {
        (rule, regime): reading.level(name, rule, regime)
        for rule in reading.rules for regime in reading.regimes
    }
    measure = common_measure(facts.values(), look)
    rows: list[Row] = []
    stack: list[Row] = []
    for regime, group in _regimes(reading, look):
        for rule, part, colour in rules_of(reading, look):
            fact = facts[rule, regime]
            text = mean_text(fact, measure)
            if fact.found.mean is None:
                text = tell("no_trade", language)
            # Bars are coloured by motive, so their rule is said in words.
            text = f"{text}  {part}" if stacked else text
            rows.append(row_of(look, fact, measure, group, part, colour, text=text))
            if stacked:
                stack += stack_of(
                    reading, look, measure, (rule, regime), (group, part), motives
                )
    if stacked:
        domain = axis_range(ends_of(rows), right=0.8)
        inside = told_parts(stack, domain, least=0.14)
        chart = bars(stack, look, domain=domain, totals=rows, inside=inside, band=BAND)
    else:
        low, high = axis_range(ends_of(rows), left=0.25, right=0.25)
        # A dot at zero would else touch the name of its row.
        low = min(low, -0.04 * (high - low))
        chart = dots(rows, look, domain=(low, high), band=BAND)
    return told_panel(tell(title, language), measure, rows, look, chart)


def regimes_figure(reading: Reading, look: Look) -> Figure:
    """Price, volume by motive, money, additional tonnes, net effect and charges by regime.

    Parameters
    ----------
    reading : Reading
    look : Look

    Returns
    -------
    Figure
    """
    key = [(colour, label) for _, label, colour in rules_of(reading, look)]
    key += [
        (look.colours[motive], tell(motive, look.language))
        for motive in motives_of(reading, reading.regimes)
    ]
    return Figure("regimes", [_panel(reading, look, *panel) for panel in PANELS], 3, key)
