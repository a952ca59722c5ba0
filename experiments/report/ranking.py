"""What the pricing rule does, in words chosen by paired differences between rules."""

from collections.abc import Callable, Sequence

from experiments.intervals import Interval, interval_of
from experiments.language import Language
from experiments.report.among import AmongRules, Extreme
from experiments.report.numerals import Measure, figure, framed, listed, measure_for
from experiments.report.reading import Values, kind_of
from experiments.report.texts import regime_name, rule_name, tell

__all__ = ["rules_caption", "rules_words"]

PRICE, VOLUME, MONEY = "price_yuan_per_t", "volume_t", "proceeds_yuan"
TIMES = Measure(1.0, "", 2)


def _over_replicates(
    values: Sequence[Values], of: Callable[..., float | None]
) -> Interval:
    return interval_of([
        None if None in row else of(*row) for row in zip(*values, strict=True)
    ])


def _ends(among: AmongRules, name: str, regime: str) -> tuple[Extreme, Extreme] | None:
    """Highest and lowest, where at least these two are told apart."""
    high, low = (among.extreme(name, regime, highest=highest) for highest in (True, False))
    apart = high and low and high.is_told and low.is_told and low.rule not in high.alike
    return (high, low) if apart else None


def _times(among: AmongRules, name: str, regime: str, ends: tuple[Extreme, Extreme]) -> Interval:
    """How many times the lowest the highest is."""
    series = [among.values(name, end.rule, regime) for end in ends]
    return _over_replicates(series, lambda most, least: most / least if least else None)


def _names(found: Extreme, language: Language) -> str:
    names = listed([rule_name(rule, language) for rule in found.alike], language)
    return names + tell("not_told_apart", language) if len(found.alike) > 1 else names


def _prices(among: AmongRules, regime: str, language: Language) -> str:
    where = regime_name(among.variant(among.usual, regime).scenario, language)
    ends = _ends(among, PRICE, regime)
    if ends is None:
        return tell("rules_price_alike", language, where=where)
    facts = [among.level(PRICE, end.rule, regime) for end in ends]
    measure = measure_for(facts[0].outcome, [fact.found for fact in facts], language)
    high, low = (framed(fact.found, measure) + measure.suffix for fact in facts)
    times = _times(among, PRICE, regime, ends)
    said = tell(
        "rules_price", language, where=where, high=_names(ends[0], language), most=high,
        low=_names(ends[1], language), least=low, times=framed(times, TIMES),
    )
    traded = _ends(among, VOLUME, regime)
    if traded is None:
        return said + tell("rules_volume_alike", language)
    volume = _times(among, VOLUME, regime, traded)
    gap = _over_replicates(
        [among.values(name, end.rule, regime)
         for name, pair in ((PRICE, ends), (VOLUME, traded)) for end in pair],
        lambda a, b, c, d: a / b - c / d if b and d else None,
    )
    key = {"up": "less", "down": "more"}.get(kind_of(gap), "same")
    return said + tell(
        f"rules_volume_{key}", language, times=framed(volume, TIMES),
        high=_names(traded[0], language), low=_names(traded[1], language),
    )


def _money(among: AmongRules, regime: str, language: Language) -> str:
    """Under which rule sellers get most, and how much more than under the usual one."""
    where = regime_name(among.variant(among.usual, regime).scenario, language)
    found = among.extreme(MONEY, regime, highest=True)
    usual = rule_name(among.usual, language)
    if found is None or among.usual in found.alike:
        return tell("rules_money_alike", language, where=where, usual=usual)
    change = among.change(MONEY, found.rule, regime)
    measure = measure_for(change.outcome, [change.found], language)
    return tell(
        "rules_money", language, where=where, high=_names(found, language), usual=usual,
        more=framed(change.found, measure) + measure.suffix,
    )


def _efficiency(among: AmongRules, regime: str, language: Language) -> str:
    """Under which rule most surplus is realised; empty where it is not known or cannot be told."""
    name = "efficiency_share"
    if name not in [outcome.name for outcome in among.outcomes]:
        return ""
    ends = _ends(among, name, regime)
    if ends is None:
        return ""
    facts = [among.level(name, end.rule, regime) for end in ends]
    measure = measure_for(facts[0].outcome, [fact.found for fact in facts], language)
    most, least = (framed(fact.found, measure) + measure.suffix for fact in facts)
    return tell(
        "rules_efficiency", language, most=most, least=least, high=_names(ends[0], language),
        low=_names(ends[1], language),
        where=regime_name(among.variant(among.usual, regime).scenario, language),
    )


def _against_eligibility(among: AmongRules, language: Language) -> str:
    """Whether the choice of the rule moves the price more than eligibility does."""
    base, changed = among.regimes[:2]
    ends = _ends(among, PRICE, base)
    if ends is None:
        return ""
    usual = [among.values(PRICE, among.usual, regime) for regime in (changed, base)]
    series = [among.values(PRICE, end.rule, base) for end in ends]
    by_rule = _over_replicates(series, lambda most, least: most - least)
    by_regime = _over_replicates(usual, lambda after, before: after - before)
    gap = _over_replicates([*series, *usual], lambda a, b, c, d: (a - b) - abs(c - d))
    if by_regime.mean is None or gap.mean is None:
        return ""
    key = {"up": "more", "down": "less"}.get(kind_of(gap), "alike")
    outcome = among.level(PRICE, among.usual, base).outcome
    measure = measure_for(outcome, [by_rule, by_regime], language)
    return tell(
        f"rules_against_{key}", language, rule=framed(by_rule, measure) + measure.suffix,
        regime=framed(by_regime, measure) + measure.suffix, usual=rule_name(among.usual, language),
    )


def _bids(among: AmongRules, language: Language) -> str:
    """Which rules make buyers pay what they bid, though nobody in the model bids less for it."""
    scenario = among.variant(among.usual, among.regimes[0]).scenario
    own = {
        "pay_as_bid": scenario.pay_as_bid.price == "bid",
        "one_way_auction": scenario.one_way_auction.format == "first_price",
    }
    rules = [rule_name(rule, language) for rule in among.rules if own.get(rule)]
    return tell("rules_own_bid", language, rules=listed(rules, language)) if rules else ""


def rules_words(among: AmongRules, language: Language) -> list[str]:
    """What the pricing rule does.

    Parameters
    ----------
    among : AmongRules
    language : {"en", "zh"}

    Returns
    -------
    list of str
        HTML of each paragraph, none of them empty. Rules are named together where they cannot
        be told apart.
    """
    join = tell("join", language)
    prices = [_prices(among, regime, language) for regime in among.regimes]
    prices[-1] = join.join(filter(None, (prices[-1], _against_eligibility(among, language))))
    money = [tell("rules_gain", language)]
    for of in (_money, _efficiency):
        money += [of(among, regime, language) for regime in among.regimes]
    told = [*prices, join.join(filter(None, money)), _bids(among, language)]
    return [paragraph for paragraph in told if paragraph]


def rules_caption(among: AmongRules, language: Language) -> str:
    """How to read the figure, and what the rules are set to.

    Parameters
    ----------
    among : AmongRules
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    scenario = among.variant(among.usual, among.regimes[0]).scenario
    return tell(
        "caption_rules", language, usual=rule_name(among.usual, language),
        price=figure(scenario.administered.price_yuan_per_t, 0),
        budget=f"{scenario.reverse_auction.budget_yuan:,.0f}",
    )
