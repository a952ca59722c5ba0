"""Surprises: findings that pass a stated rule, each told with its figures."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from experiments.intervals import Interval, interval_of
from experiments.language import Language
from experiments.report.numerals import (
    Measure,
    figure,
    framed,
    listed,
    marked,
    measure_for,
    ratio,
)
from experiments.report.reading import Fact, Reading
from experiments.report.texts import rule_name, tell

__all__ = ["surprises"]

MOST = 8


def _told(fact: Fact, language: Language) -> str:
    measure = measure_for(fact.outcome, [fact.found], language)
    return marked(fact, measure) + measure.suffix


def _by_rule(
    facts: Sequence[Fact], rules: Sequence[str], language: Language, beside: Sequence[Fact] = ()
) -> str:
    alike = [fact.found for fact in (*facts, *beside)]
    measure = measure_for(facts[0].outcome, alike, language)
    parts = []
    for fact, rule in zip(facts, rules, strict=True):
        label = tell("under", language, rule=rule_name(rule, language))
        amount = marked(fact, measure)
        parts.append(
            tell("amount_at", language, amount=amount, unit=measure.suffix, label=label)
        )
    return listed(parts, language)


def _over_replicates(of: Callable[..., float | None], *series: Sequence) -> Interval:
    return interval_of([
        None if any(value is None for value in row) else of(*row)
        for row in zip(*series, strict=True)
    ])


def _atmosphere(reading: Reading, language: Language) -> Iterator[str]:
    after = [reading.level("net_effect_t", rule) for rule in reading.rules]
    before = [reading.level("net_effect_t", rule, reading.base) for rule in reading.rules]
    money = [reading.change("watershed_received_yuan", rule).kind for rule in reading.rules]
    kinds = {fact.kind for fact in after}
    changes = {reading.change("net_effect_t", rule).kind for rule in reading.rules}
    if kinds == {"down"} and set(money) == {"up"}:
        key = "atmosphere_loses"
    elif kinds == {"up"} and changes == {"up"}:
        key = "atmosphere_gains"
    else:
        return
    yield tell(
        key, language, after=_by_rule(after, reading.rules, language),
        before=_by_rule(before, reading.rules, language, after),
    )


def _little_room(reading: Reading, language: Language) -> Iterator[str]:
    first = reading.places[0]
    levels = [reading.level("net_effect_t", rule, place=0) for rule in reading.rules]
    before = {reading.level("net_effect_t", rule, reading.base).kind for rule in reading.rules}
    if not first.whole and before == {"up"} and {fact.kind for fact in levels} == {"down"}:
        yield tell(
            "little_room_suffices", language, room=ratio(first.room),
            levels=_by_rule(levels, reading.rules, language),
        )


def _displacement(reading: Reading, language: Language) -> Iterator[str]:
    percent = Measure(0.01, "t" if language == "en" else "吨", 0)
    parts, lows = [], []
    for rule in reading.rules:
        share = _over_replicates(
            lambda after, before, bought: (before - after) / bought if bought else None,
            reading.values("voluntary_t", rule, reading.changed),
            reading.values("voluntary_t", rule, reading.base),
            reading.values("compliance_t", rule, reading.changed),
        )
        lows.append(share.low if share.low is not None else -1.0)
        parts.append(tell(
            "amount_at", language, amount=framed(share, percent), unit=percent.suffix,
            label=tell("under", language, rule=rule_name(rule, language)),
        ))
    if min(lows) > 0.5:
        yield tell("displacement", language, shares=listed(parts, language))


def _net_tonne(reading: Reading, language: Language) -> Iterator[str]:
    cost = reading.level("cost_yuan_per_net_t", regime=reading.base)
    price = reading.level("price_yuan_per_t", regime=reading.base)
    times = _over_replicates(
        lambda one, other: one / other if other else None,
        reading.values(cost.outcome.name, reading.leading, reading.base),
        reading.values(price.outcome.name, reading.leading, reading.base),
    )
    share = reading.level("additional_share_of_issued", regime=reading.base).found.high
    if times.low is not None and times.low > 3 and share is not None and share < 0.5:
        yield tell(
            "net_tonne_costs", language, times=figure(times.mean, 0),
            cost=_told(cost, language), price=_told(price, language),
        )


def _rules(reading: Reading, language: Language) -> Iterator[str]:
    name = "price_yuan_per_t"
    changes = {rule: reading.change(name, rule) for rule in reading.rules}
    if len(changes) < 2 or {fact.kind for fact in changes.values()} != {"up"}:
        return
    least = min(changes, key=lambda rule: changes[rule].found.mean)
    most = max(changes, key=lambda rule: changes[rule].found.mean)
    gap = _over_replicates(
        lambda a, b, c, d: (a - b) - (c - d),
        *(reading.values(name, rule, regime)
          for rule in (most, least) for regime in (reading.changed, reading.base)),
    )
    if gap.low is not None and gap.low > 0:
        measure = measure_for(changes[most].outcome, [gap], language)
        yield tell(
            "rule_matters", language, least=rule_name(least, language),
            most=rule_name(most, language), small=_told(changes[least], language),
            large=_told(changes[most], language), gap=framed(gap, measure) + measure.suffix,
        )


def _dispersion(reading: Reading, language: Language) -> Iterator[str]:
    name = "voluntary_price_deviation_yuan_per_t"
    after = {rule: reading.level(name, rule) for rule in reading.rules}
    if any(fact.found.low is None for fact in after.values()) or len(after) < 2:
        return
    most = max(after, key=lambda rule: after[rule].found.mean)
    least = min(after, key=lambda rule: after[rule].found.mean)
    if after[most].found.low > after[least].found.high:
        yield tell(
            "dispersion", language, most=rule_name(most, language),
            least=rule_name(least, language), after=_told(after[most], language),
            before=_told(reading.level(name, most, reading.base), language),
            other=_told(after[least], language),
            why=tell("one_price_a_month", language) if most == "call_auction" else "",
        )


def _allowance(reading: Reading, language: Language) -> Iterator[str]:
    prices = [reading.level("price_yuan_per_t", rule) for rule in reading.rules]
    if not reading.answer.maps or any(fact.found.high is None for fact in prices):
        return
    mean = float(np.mean([found.allowance_price_yuan_per_t for found in reading.answer.maps]))
    if max(fact.found.high for fact in prices) < 0.9 * mean:
        measure = measure_for(prices[0].outcome, [prices[0].found], language)
        yield tell(
            "below_allowance", language, allowance=figure(mean, 1) + measure.suffix,
            prices=_by_rule(prices, reading.rules, language),
        )


def _issued(reading: Reading, language: Language) -> Iterator[str]:
    times = _over_replicates(
        lambda issued, removed: issued / removed if removed else None,
        reading.values("issued_t", reading.leading, reading.changed),
        reading.values("removed_t", reading.leading, reading.changed),
    )
    share = reading.level("additional_share_of_issued")
    if times.low is not None and times.low > 1.5 and share.kind == "up":
        yield tell(
            "issued_not_removed", language, ratio=framed(times, Measure(1, "", 1)),
            share=_told(share, language),
        )


def _saturation(reading: Reading, language: Language) -> Iterator[str]:
    if len(reading.places) < 2:
        return
    name = "price_yuan_per_t"
    before, after = reading.change(name, place=-2), reading.change(name, place=-1)
    ends = (before.found.mean, after.found.mean)
    sold = _over_replicates(
        lambda volume, issued, buffer: volume / (issued - buffer) if issued > buffer else None,
        *(reading.values(each, reading.leading, reading.changed, -2)
          for each in ("volume_t", "issued_t", "buffer_t")),
    )
    if None not in ends and after.kind == before.kind == "up" and ends[0] > 0.8 * ends[1]:
        percent = Measure(0.01, "%", 1, " " if language == "en" else "")
        yield tell(
            "saturation", language, room=ratio(reading.places[-2].room),
            before=_told(before, language), after=_told(after, language),
            sold=framed(sold, percent) + percent.suffix,
        )


_RULES = (
    _atmosphere, _little_room, _displacement, _net_tonne, _rules, _dispersion, _allowance,
    _issued, _saturation,
)


def surprises(reading: Reading, language: Language) -> list[str]:
    """What a reader may not expect, most important first.

    Parameters
    ----------
    reading : Reading
    language : {"en", "zh"}

    Returns
    -------
    list of str
        HTML; empty where no rule is met.
    """
    return [text for rule in _RULES for text in rule(reading, language)][:MOST]
