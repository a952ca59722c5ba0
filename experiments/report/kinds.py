"""Compliance regimes side by side: what a credit is worth under each, and what comes of it."""

from collections.abc import Iterator

from experiments.answer import KindCase
from experiments.comparing import Variant
from experiments.intervals import Interval, interval_of, paired_difference
from experiments.language import LANGUAGES, Language, pick
from experiments.report.looks import Look
from experiments.report.numerals import Measure, figure, framed, listed, measure_for
from experiments.report.panels import Figure, Panel, Row, axis_range, bars, dots
from experiments.report.reading import REPORTED, Fact, Reading, Values
from experiments.report.rows import (
    common_measure,
    ends_of,
    mean_text,
    motives_of,
    row_of,
    stack_of,
    told_panel,
    told_parts,
)
from experiments.report.texts import both, in_both, plain, rule_label, rule_name, tell
from experiments.report.wording import movement
from simulation.outcomes import Outcome

__all__ = [
    "AmongKinds", "among_kinds", "kinds_caption", "kinds_figure", "kinds_table", "kinds_words",
]

BAND = 19
RETIRED = Outcome(
    "retired_t", "t", "Retired", "注销量", "credits retired for all uses",
    "各种用途注销的碳信用", lambda _: None,
)
USES = (
    "retired_own_emissions_t", "retired_local_support_t", "retired_compliance_t",
    "retired_quota_t",
)
# What the figure compares, in the order of its panels, and how it is drawn.
PANELS = (
    ("price_yuan_per_t", "price_axis"), ("volume_t", "volume_axis"),
    ("proceeds_yuan", "proceeds_axis"), ("retired_t", "retired_axis"),
    ("licensed_t", "licensed_axis"), ("net_effect_t", "net_effect_t"),
)
SHOWN = (
    "price_yuan_per_t", "volume_t", "voluntary_t", "compliance_t", "proceeds_yuan", "retired_t",
    "additional_t", "licensed_t", "net_effect_t", "carbon_tax_yuan", "penalties_yuan",
    "shortfall_t",
)
_OUTCOMES = {outcome.name: outcome for outcome in (*REPORTED, RETIRED)}


class AmongKinds:
    """The credit under every compliance regime.

    Parameters
    ----------
    reading : Reading
        With `Answer.kinds`.

    Attributes
    ----------
    rules, kinds : tuple of str
    usual : str
        Pricing rule told first.
    """

    def __init__(self, reading: Reading) -> None:
        self.case: KindCase = reading.answer.kinds
        self.rules, self.kinds = self.case.mechanisms, self.case.kinds
        self.usual = reading.leading if reading.leading in self.rules else self.rules[0]
        self._places = {rule: place for place, rule in enumerate(reading.rules)}

    def variant(self, rule: str, kind: str) -> Variant:
        """One scenario."""
        row = self.rules.index(rule) * len(self.kinds) + self.kinds.index(kind)
        return self.case.comparison.variants[row]

    def values(self, name: str, rule: str, kind: str) -> Values:
        """Values of an outcome, one a replicate."""
        values = self.variant(rule, kind).values
        if name == RETIRED.name:
            return [sum(uses) for uses in zip(*(values[use] for use in USES), strict=True)]
        return values[name]

    def level(self, name: str, rule: str, kind: str) -> Fact:
        """Mean of an outcome."""
        return self._fact(interval_of(self.values(name, rule, kind)), name)

    def change(self, name: str, rule: str, kind: str, against: str) -> Fact:
        """Paired difference against another regime under the same pricing rule."""
        return self._fact(
            paired_difference(self.values(name, rule, kind), self.values(name, rule, against)),
            name,
        )

    def colour(self, rule: str) -> str:
        """Name of a pricing rule's colour, the same as in the other figures."""
        return f"rule-{self._places.get(rule, len(self._places)) % 4 + 1}"

    @property
    def outcomes(self) -> Iterator[Outcome]:
        """What the table shows."""
        return (_OUTCOMES[name] for name in SHOWN)

    def _fact(self, found: Interval, name: str) -> Fact:
        return Fact(found, _OUTCOMES[name], "")


def among_kinds(reading: Reading) -> AmongKinds | None:
    """The compliance regimes of an answer, where it has compared them."""
    return AmongKinds(reading) if reading.answer.kinds else None


def _rules(among: AmongKinds, look: Look) -> list[tuple[str, str, str]]:
    """Pricing rules with their short names and colours."""
    return [
        (rule, rule_label(rule, look.language), look.colours[among.colour(rule)])
        for rule in among.rules
    ]


def _panel(among: AmongKinds, look: Look, name: str, title: str) -> Panel:
    language, stacked = look.language, name == "volume_t"
    motives = motives_of(among, among.kinds)
    facts = {
        (rule, kind): among.level(name, rule, kind)
        for rule in among.rules for kind in among.kinds
    }
    measure = common_measure(facts.values(), look)
    rows: list[Row] = []
    stack: list[Row] = []
    for kind in among.kinds:
        group = tell(f"kind_{kind}", language)
        for rule, part, colour in _rules(among, look):
            fact = facts[rule, kind]
            text = mean_text(fact, measure)
            if fact.found.mean is None:
                text = tell("no_trade", language)
            # Bars are coloured by motive, so their rule is said in words.
            text = f"{text}  {part}" if stacked else text
            rows.append(row_of(look, fact, measure, group, part, colour, text=text))
            if stacked:
                stack += stack_of(among, look, measure, (rule, kind), (group, part), motives)
    if stacked:
        domain = axis_range(ends_of(rows), right=0.8)
        chart = bars(stack, look, domain=domain, totals=rows, band=BAND,
                     inside=told_parts(stack, domain, least=0.14))
    else:
        low, high = axis_range(ends_of(rows), left=0.3, right=0.3)
        # A dot at zero would else touch the name of its row.
        chart = dots(rows, look, domain=(min(low, -0.04 * (high - low)), high), band=BAND)
    return told_panel(tell(title, language), measure, rows, look, chart)


def kinds_figure(among: AmongKinds, look: Look) -> Figure:
    """Price, volume by motive, proceeds, tonnes retired and licensed, and the net effect.

    Parameters
    ----------
    among : AmongKinds
    look : Look

    Returns
    -------
    Figure
    """
    key = [(colour, label) for _, label, colour in _rules(among, look)]
    key += [
        (look.colours[motive], tell(motive, look.language))
        for motive in motives_of(among, among.kinds)
    ]
    return Figure("kinds", [_panel(among, look, *panel) for panel in PANELS], 3, key)


def _said(fact: Fact, language: Language, beside: Fact | None = None) -> str:
    """Mean, interval and unit, as a fact beside it would be written."""
    measure = measure_for(fact.outcome, [fact.found, (beside or fact).found], language)
    return framed(fact.found, measure) + measure.suffix


def kinds_words(among: AmongKinds, language: Language) -> list[str]:
    """What the regimes make of a credit, in one paragraph.

    Parameters
    ----------
    among : AmongKinds
    language : {"en", "zh"}

    Returns
    -------
    list of str
        HTML.
    """
    usual, price, net = among.usual, "price_yuan_per_t", "net_effect_t"
    rules = among.variant(usual, "cap").scenario

    def level(name: str, kind: str) -> str:
        return _said(among.level(name, usual, kind), language)

    def moved(kind: str, against: str) -> str:
        return movement([among.change(price, usual, kind, against)], [""], language, verb="price")

    words = [tell(
        "kinds_words", language, rule=rule_name(usual, language), none=level(price, "none"),
        cap=moved("cap", "none"),
    )]
    alike = all(
        among.change(name, usual, "absolute", "cap").kind in ("same", "none") for name in SHOWN
    )
    words.append(
        tell("kinds_absolute_same", language) if alike
        else tell("kinds_absolute_other", language, moved=moved("absolute", "cap"))
    )
    taxed, capped = (among.level(net, usual, kind) for kind in ("tax", "cap"))
    words.append(tell(
        "kinds_tax", language, tax=figure(rules.regime.tax_yuan_per_t, 2),
        moved=moved("tax", "cap"), net=_said(taxed, language, capped),
        cap_net=_said(capped, language, taxed),
    ))
    words.append(tell(
        "kinds_duty", language, share=figure(100 * rules.regime.neutral_share, 0),
        moved=moved("neutralisation", "cap"), proceeds=level("proceeds_yuan", "neutralisation"),
        lacking=level("shortfall_t", "neutralisation"),
        fines=level("penalties_yuan", "neutralisation"), net=level(net, "neutralisation"),
    ))
    for rule in among.rules:
        if rule != usual:
            prices = listed((
                tell("kind_price", language, kind=tell(f"kind_{kind}", language),
                     price=_said(among.level(price, rule, kind), language))
                for kind in among.kinds
            ), language)
            words.append(tell(
                "kinds_other_rule", language, rule=rule_name(rule, language), prices=prices
            ))
    return [tell("join", language).join(words)]


def kinds_caption(among: AmongKinds, language: Language) -> str:
    """How to read the figure, and what it rests on."""
    scenario, comparison = among.variant(among.usual, "cap").scenario, among.case.comparison
    return tell(
        "caption_kinds", language, n=comparison.replicates, seed=comparison.base_seed,
        tax=figure(scenario.regime.tax_yuan_per_t, 2),
        share=figure(100 * scenario.regime.neutral_share, 0),
        multiple=figure(scenario.compliance.penalty_multiple, 0),
    )


def _cell(among: AmongKinds, name: str, rule: str, kind: str, measure: Measure) -> str:
    told = framed(among.level(name, rule, kind).found, measure)
    changed = among.change(name, rule, kind, among.kinds[0])
    if changed.kind in ("same", "none"):
        return told
    return f"{told}<small>{framed(changed.found, measure, signed=True)}</small>"


def kinds_table(among: AmongKinds) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: levels, and below each its paired difference against the cap by output.

    Parameters
    ----------
    among : AmongKinds

    Returns
    -------
    heads, rows : list of str, list of list of str
        HTML.
    """
    heads = [both("what"), both("rule"), *(both(f"kind_{kind}") for kind in among.kinds)]
    rows = []
    for outcome in among.outcomes:
        every = [
            among.level(outcome.name, rule, kind).found
            for rule in among.rules for kind in among.kinds
        ]
        measures = {language: measure_for(outcome, every, language) for language in LANGUAGES}
        unit = in_both(*(plain(measures[language].text) for language in LANGUAGES))
        label = in_both(plain(outcome.label), plain(pick(outcome.label, outcome.label_zh, "zh")))
        for rule in among.rules:
            cells = [
                in_both(*(
                    _cell(among, outcome.name, rule, kind, measures[language])
                    for language in LANGUAGES
                ))
                for kind in among.kinds
            ]
            name = in_both(*(rule_label(rule, language) for language in LANGUAGES))
            rows.append([f'{label} <span class="unit">{unit}</span>', name, *cells])
    return heads, rows
