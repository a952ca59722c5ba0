"""What a store says, as tables for the terminal, in both languages."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from experiments.analysis.choice_tables import Choice
from experiments.analysis.discovered import Discovery, FoundBox, Limits
from experiments.analysis.verdicts import RuleChoice
from experiments.language import Language, pick, unit_in
from experiments.study.findings import Findings, Spread, fewest_replicates
from experiments.study.words import tell
from experiments.tables import number
from simulation.outcomes import OUTCOMES

__all__ = [
    "between", "findings_shown", "limits_text", "outcome_label", "rule_sentence", "short_number",
]

_KNOWN = {outcome.name: outcome for outcome in OUTCOMES}


def outcome_label(name: str, language: Language) -> str:
    """What people call an outcome."""
    return pick(_KNOWN[name].label, _KNOWN[name].label_zh, language)


def findings_shown(found: Findings, language: Language) -> Iterator[RenderableType]:
    """Everything found, one table after the other.

    Parameters
    ----------
    found : Findings
    language : {"en", "zh"}

    Yields
    ------
    table or str
    """
    reading = found.reading
    study, ended = reading.study, int(reading.ended.sum())
    yield tell(
        "read", language, title=escape(pick(study.title or study.name, study.title_zh, language)),
        design=tell(study.design.kind, language), points=f"{reading.points:,}",
        replicates=study.replicates, ended=f"{ended:,}", of=f"{reading.expected:,}",
        failed=f"{len(reading.store.failures()):,}",
    )
    yield _spreads(found, language)
    for outcome in found.sobol:
        yield from _sobol(found, outcome, language)
    for outcome in found.morris:
        yield _morris(found, outcome, language)
    for outcome in found.paired:
        yield _paired(found, outcome, language)
    if found.discovery is not None:
        yield from _discovery(found, found.discovery, language)
    if found.choice is not None:
        yield from _choice(found, found.choice, language)
    if found.front is not None:
        yield _front(found, language)
    for where, reason in found.silent.items():
        label = outcome_label(where, language) if where in _KNOWN else tell(where, language)
        yield tell("left_out", language, what=label, reason=escape(reason))


def _table(title: str, heads: Sequence[str], language: Language, words: int = 1) -> Table:
    # The first columns hold words, the others numbers.
    table = Table(title=title, title_justify="left")
    for place, head in enumerate(heads):
        table.add_column(tell(head, language), justify="left" if place < words else "right")
    return table


# Words for large numbers, the largest first.
_LARGE = {"en": ((1e9, " bn"), (1e6, " m")), "zh": ((1e8, "亿"), (1e4, "万"))}


def short_number(value: float | None, language: Language) -> str:
    """A number with the digits that its size deserves: four that say something, at most."""
    if value is None:
        return number(None, language)
    for size, word in _LARGE[language]:
        if abs(value) >= size:
            scaled = value / size
            digits = 2 if abs(scaled) < 10 else 1 if abs(scaled) < 100 else 0
            return f"{scaled:,.{digits}f}{word}"
    if not value or abs(value) >= 1000:
        return number(value, language, 0)
    return number(value, language, 2 if abs(value) >= 0.1 else 4)


def between(value: float, low: float, high: float) -> str:
    """A share with its interval."""
    one, two, three = (f"{each:.2f}".replace("-0.00", "0.00") for each in (value, low, high))
    return f"{one} [{two}, {three}]"


def _spreads(found: Findings, language: Language) -> Table:
    table = _table(tell("over_points", language), (
        "outcome", "unit", "mean", "deviation", "low", "median", "high", "noise", "with_value",
    ), language, 2)
    currency = found.reading.store.base.currency

    def row(spread: Spread) -> list[str]:
        values = (spread.mean, spread.deviation, spread.low, spread.median, spread.high,
                  spread.noise_deviation)
        return [
            outcome_label(spread.outcome, language),
            unit_in(_KNOWN[spread.outcome].unit, currency, language),
            *(short_number(value, language) for value in values), f"{spread.with_value_share:.0%}",
        ]

    for spread in found.spreads:
        table.add_row(*row(spread))
    return table


def _factor(found: Findings, name: str, language: Language) -> str:
    known = {factor.called: factor for factor in found.reading.factors}
    return escape(known[name].title(language)) if name in known else escape(name)


def _between(value: float, low: float, high: float) -> str:
    return escape(between(value, low, high))


def _sobol(found: Findings, outcome: str, language: Language) -> Iterator[RenderableType]:
    indices = found.sobol[outcome]
    title = tell("sobol_of", language, what=outcome_label(outcome, language))
    if indices.status != "varies":
        yield f"{title}: {tell(indices.status, language)}"
        return
    table = _table(title, ("factor", "first", "total", "verdict"), language)
    for place in sorted(range(len(indices.names)), key=lambda place: -indices.total[place]):
        table.add_row(
            _factor(found, indices.names[place], language),
            _between(indices.first[place], indices.first_low[place], indices.first_high[place]),
            _between(indices.total[place], indices.total_low[place], indices.total_high[place]),
            tell(indices.verdicts[place], language),
        )
    table.caption = tell("sobol_note", language, threshold=f"{indices.threshold:.0%}")
    if indices.noise_share is None:
        table.caption += tell("noise_unknown", language)
    else:
        table.caption += tell("noise_share", language, share=f"{indices.noise_share:.0%}")
    table.caption += _few(found, indices.replicates, language)
    if indices.dropped_share:
        table.caption += tell("dropped", language, share=f"{indices.dropped_share:.0%}")
    yield table
    pairs = [row for row in indices.pairs() if row["second"] is not None][:5]
    if pairs:
        table = _table(tell("pairs", language), ("factor", "with", "second"), language, 2)
        for row in pairs:
            table.add_row(
                _factor(found, str(row["factor"]), language),
                _factor(found, str(row["with"]), language),
                f"{row['second']:.2f} ± {row['second_half']:.2f}",
            )
        yield table


def _few(found: Findings, replicates: int, language: Language) -> str:
    enough = replicates >= fewest_replicates(found.reading.study.independent)
    return "" if enough else tell("few_replicates", language)


def _morris(found: Findings, outcome: str, language: Language) -> RenderableType:
    effects = found.morris[outcome]
    title = tell("morris_of", language, what=outcome_label(outcome, language))
    if effects.status != "varies":
        return f"{title}: {tell(effects.status, language)}"
    table = _table(title, ("factor", "mu_star", "sigma", "share", "shape", "verdict"), language)
    for place in sorted(range(len(effects.names)), key=lambda place: -effects.size[place]):
        mean, low, high = (
            short_number(float(ends[place]), language)
            for ends in (effects.mu_star, effects.mu_star_low, effects.mu_star_high)
        )
        shape = effects.shapes[place]
        table.add_row(
            _factor(found, effects.names[place], language),
            escape(f"{mean} [{low}, {high}]"),
            short_number(float(effects.sigma_response[place]), language),
            _between(effects.share[place], effects.share_low[place], effects.share_high[place]),
            tell(shape, language) if shape else "",
            tell(effects.verdicts[place], language),
        )
    table.caption = tell("morris_note", language) + _few(found, effects.replicates, language)
    return table


def _paired(found: Findings, outcome: str, language: Language) -> Table:
    comparison = found.paired[outcome]
    table = _table(
        tell("paired_of", language, what=outcome_label(outcome, language)),
        ("point", "mean", "difference", "verdict"), language,
    )
    for row in comparison.points:
        difference = row.difference
        text = ""
        if difference is not None and difference.mean is not None:
            text = short_number(difference.mean, language)
            if difference.low is not None:
                text += f" [{short_number(difference.low, language)}, " \
                        f"{short_number(difference.high, language)}]"
        table.add_row(
            escape(str(row.point)), short_number(row.mean.mean, language), escape(text),
            tell(row.verdict, language),
        )
    table.caption = tell("paired_note", language)
    return table


def _discovery(
    found: Findings, discovery: Discovery, language: Language
) -> Iterator[RenderableType]:
    case = found.reading.study.discovery
    label = pick(case.label, case.label_zh, language) if case is not None else ""
    yield tell(
        f"discovery_{discovery.verdict}".replace(" ", "_"), language,
        case=escape(label) or tell("the_case", language), rate=f"{discovery.base_rate:.0%}",
        n=f"{discovery.points:,}",
    )
    for box in discovery.boxes:
        if box.restrictions:
            yield _box(found, box, language)


def limits_text(found: Findings, limits: Limits, language: Language) -> str:
    """Where a box lets a factor be."""
    if limits.categories is not None:
        factor = next(f for f in found.reading.factors if f.called == limits.factor)
        return ", ".join(factor.level_title(value, language) for value in limits.categories)
    if limits.low is None:
        return f"≤ {limits.high:.3g}"
    return f"≥ {limits.low:.3g}" if limits.high is None else f"{limits.low:.3g} – {limits.high:.3g}"


def _box(found: Findings, box: FoundBox, language: Language) -> Table:
    title = tell(
        "box", language, n=box.number, mass=f"{box.mass:.0%}", density=f"{box.density:.0%}",
        coverage=f"{box.coverage:.0%}",
    )
    table = _table(title, ("factor", "within", "quasi_p"), language, 2)
    for each in box.restrictions:
        table.add_row(
            _factor(found, each.limits.factor, language),
            escape(limits_text(found, each.limits, language)),
            f"{each.quasi_p:.2g}",
        )
    key = "box_holds" if box.holds else "box_does_not_hold"
    held = "–" if box.holdout_density is None else f"{box.holdout_density:.0%}"
    table.caption = tell(key, language, density=held)
    return table


def rule_sentence(found: Findings, choice: RuleChoice, language: Language) -> str:
    """What a rule of choice names, in words."""
    rule = tell(f"rule_{choice.rule}", language)
    if choice.outcome is not None:
        rule = tell("rule_of", language, rule=rule, what=outcome_label(choice.outcome, language))
    names = tell("and", language).join(
        found.reading.option_title(option, language) for option in choice.options
    )
    share = "" if choice.stays is None else f"{choice.stays:.0%}"
    key = "rule_names" if choice.told else "rule_cannot_tell"
    return tell(key, language, rule=rule, option=escape(names or "–"), share=share or "–")


def _choice(found: Findings, choice: Choice, language: Language) -> Iterator[RenderableType]:
    shares = {row.option: row for row in choice.by_option}
    for outcome, direction in dict.fromkeys((r.outcome, r.direction) for r in choice.by_outcome):
        title = tell("choice_of", language, what=outcome_label(outcome, language),
                     direction=tell(f"wanted_{direction}", language))
        table = _table(
            title, ("option", "mean", "bad_side", "worst", "regret_90", "domain", "met"), language
        )
        for row in choice.by_outcome:
            if (row.outcome, row.direction) != (outcome, direction):
                continue
            values = (row.mean, row.bad_side, row.worst, row.regret_90)
            met = "" if row.met is None else _between(row.met.share, row.met.low, row.met.high)
            mark = "● " if shares[row.option].nondominated else "  "
            table.add_row(
                mark + escape(found.reading.option_title(row.option, language)),
                *(short_number(value, language) for value in values),
                "" if row.domain is None else f"{row.domain:.0%}", met,
            )
        yield table
    satisficing = [row for row in choice.by_option if row.satisficing is not None]
    if satisficing:
        table = _table(tell("all_met", language), ("option", "share_of_futures"), language)
        for row in sorted(satisficing, key=lambda row: -row.satisficing.share):
            share = row.satisficing
            option = escape(found.reading.option_title(row.option, language))
            table.add_row(option, _between(share.share, share.low, share.high))
        table.caption = tell("choice_note", language)
        yield table
    for rule in choice.rules:
        yield rule_sentence(found, rule, language)
    yield tell(f"rules_{choice.agreement}".replace(" ", "_"), language)


def _front(found: Findings, language: Language) -> Table:
    front = found.front
    title = tell("front", language, n=len(front.best), of=f"{found.reading.points:,}")
    names = [factor.called for factor in found.reading.factors]
    table = Table(title=title, title_justify="left")
    for outcome in front.outcomes:
        table.add_column(outcome_label(outcome, language), justify="right")
    table.add_column(tell("levers", language))
    # Ten points from one end to the other say as much as all.
    step = max(1, (len(front.best) - 1) // 9)
    for point in dict.fromkeys([*front.best[::step], front.best[-1]] if front.best else []):
        levels = {name: front.levels[point][name] for name in names}
        table.add_row(
            *(short_number(float(value), language) for value in front.values[point]),
            escape(found.reading.named(levels, language)),
        )
    return table
