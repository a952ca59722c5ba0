"""Many variants side by side: a row each, a few outcomes, and the difference to the first."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from experiments.comparing import Comparison, Variant
from experiments.intervals import Interval
from experiments.language import Language, pick, say
from experiments.tables import number
from simulation.outcomes import OUTCOMES, Outcome

__all__ = [
    "BY_NAME", "OF_ALLOWANCES", "PANELS", "labels", "multiple", "overview_note",
    "overview_tables", "plus_minus", "told_apart",
]

# Three outcomes a table: more would not fit eighty columns.
PANELS = (
    ("price_yuan_per_t", "volume_t", "proceeds_yuan"),
    ("efficiency_share", "surplus_yuan", "months_to_sale"),
    ("voluntary_price_deviation_yuan_per_t", "compliance_price_deviation_yuan_per_t",
     "quota_price_deviation_yuan_per_t"),
    ("voluntary_t", "compliance_t", "quota_t"),
    ("issued_t", "additional_t", "net_effect_t"),
    ("months_with_trade_share",),
)
# Where firms set the allowance price themselves.
OF_ALLOWANCES = ("allowance_price_mean_yuan_per_t", "allowance_volume_t", "shortfall_t")
BY_NAME = {outcome.name: outcome for outcome in OUTCOMES}
LARGE = 1e5
# What is counted in millions in English is counted in 万, and money in 亿, in Chinese.
MULTIPLES = {"en": ("million ", 1e6), "zh": ("万", 1e4)}
HUNDRED_MILLIONS = ("亿", 1e8)


def labels(comparison: Comparison, language: Language) -> list[str]:
    """What each variant is called: only what tells it from the others.

    Parameters
    ----------
    comparison : Comparison
    language : {"en", "zh"}

    Returns
    -------
    list of str
    """
    parts = [
        (variant.scenario.name, say(variant.scenario.market.mechanism, language),
         *(value if len(variant.varied) == 1 else f"{key} = {value}"
           for key, value in variant.varied))
        for variant in comparison.variants
    ]
    telling = [len(set(column)) > 1 for column in zip(*parts, strict=True)]
    return [
        "\n".join(part for part, tells in zip(row, telling, strict=True) if tells) or row[0]
        for row in parts
    ]


def _scale(comparison: Comparison, outcome: Outcome, language: Language) -> tuple[str, float]:
    means = [variant.interval(outcome.name).mean for variant in comparison.variants]
    currency = comparison.variants[0].scenario.currency
    return multiple(outcome.unit.replace("yuan", currency), means, language)


def multiple(
    unit: str, means: Sequence[float | None], language: Language
) -> tuple[str, float]:
    """Unit and scale in which a row stays a line; shares are told in percent.

    Parameters
    ----------
    unit : str
    means : sequence of float or None
    language : {"en", "zh"}

    Returns
    -------
    (str, float)
    """
    if unit == "1":
        return "%", 0.01
    unit = say(unit, language)
    largest = max((abs(mean) for mean in means if mean is not None), default=0.0)
    if largest < LARGE:
        return unit, 1.0
    multiple, scale = MULTIPLES[language]
    if language == "zh" and largest >= HUNDRED_MILLIONS[1]:
        multiple, scale = HUNDRED_MILLIONS
    return multiple + unit, scale


def plus_minus(found: Interval, scale: float, language: Language, *, signed: bool = False) -> str:
    """A mean and half its interval."""
    if found.mean is None:
        return say("none", language)
    mean = found.mean / scale
    digits = 2 if abs(mean) < 100 else 1 if abs(mean) < 1000 else 0
    text = number(mean, language, digits)
    if signed and mean > 0 and text.strip("0.,"):
        text = f"+{text}"
    if found.high is None:
        return text
    return f"{text} ± {number((found.high - found.low) / 2 / scale, language, digits)}"


def told_apart(found: Interval) -> bool:
    """Whether an interval leaves out zero."""
    return found.low is not None and (found.low > 0 or found.high < 0)


def _cell(
    comparison: Comparison, variant: Variant, outcome: Outcome, scale: float, language: Language
) -> Text:
    cell = Text(plus_minus(variant.interval(outcome.name), scale, language), justify="right")
    if variant is not comparison.variants[0]:
        found = comparison.difference(variant, outcome.name)
        told = told_apart(found)
        mark = " *" if told else "  "
        difference = plus_minus(found, scale, language, signed=True)
        cell.append(f"\n{difference}{mark}", style="bold" if told else "dim")
    return cell


def overview_tables(comparison: Comparison, language: Language) -> list[Table]:
    """A few outcomes of every variant, with the paired difference to the first below each.

    Parameters
    ----------
    comparison : Comparison
    language : {"en", "zh"}

    Returns
    -------
    list of rich.table.Table
    """
    tables = []
    keys = [key for key, _ in comparison.variants[0].varied]
    heading = keys[0] if len(keys) == 1 else say("variant", language)
    names = labels(comparison, language)
    traded = any(
        variant.scenario.allowance_price.path == "endogenous" for variant in comparison.variants
    )
    for panel in (*PANELS, *[OF_ALLOWANCES] * traded):
        outcomes = [
            BY_NAME[name] for name in panel
            if any(any(variant.values[name]) for variant in comparison.variants)
        ]
        if not outcomes:
            continue
        table = Table(show_lines=True)
        table.add_column(heading, overflow="fold")
        scales = [_scale(comparison, outcome, language) for outcome in outcomes]
        for outcome, (unit, _) in zip(outcomes, scales, strict=True):
            label = pick(outcome.label, outcome.label_zh, language)
            # The widest column gives way first: a long name folds, numbers stay whole.
            table.add_column(f"{label}\n{unit}", justify="right", overflow="fold")
        for name, variant in zip(names, comparison.variants, strict=True):
            table.add_row(name, *(
                _cell(comparison, variant, outcome, scale, language)
                for outcome, (_, scale) in zip(outcomes, scales, strict=True)
            ))
        tables.append(table)
    return tables


def overview_note(comparison: Comparison, language: Language) -> Text:
    """How to read the overview."""
    key = "overview_note" if comparison.replicates > 1 else "overview_note_once"
    note = say(key, language, n=comparison.replicates)
    return Text(note, style="dim", overflow="fold")
