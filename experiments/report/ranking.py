"""What the pricing rule does, in words chosen by paired differences between rules."""

from collections.abc import Callable, Sequence

from experiments.intervals import Interval, interval_of
from experiments.language import Language
from experiments.price_theories import FITTED
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


def _ends(
    among: AmongRules, name: str, regime: str, without: tuple[str, ...] = ()
) -> tuple[Extreme, Extreme] | None:
    """Highest and lowest, where at least one rule has a value."""
    high, low = (
        among.extreme(name, regime, highest=highest, without=without) for highest in (True, False)
    )
    return (high, low) if high and low else None


def _apart(among: AmongRules, name: str, regime: str, ends: tuple[Extreme, Extreme]) -> bool:
    """Whether the highest is told from the lowest."""
    high, low = ends
    return among.change(name, high.rule, regime, low.rule).kind == "up"


def _times(among: AmongRules, name: str, regime: str, ends: tuple[Extreme, Extreme]) -> Interval:
    """How many times the lowest the highest is."""
    series = [among.values(name, end.rule, regime) for end in ends]
    return _over_replicates(series, lambda most, least: most / least if least else None)


def _names(found: Extreme, language: Language) -> str:
    first, *others = (rule_name(rule, language) for rule in found.alike)
    return first + tell("not_told_from", language, others=listed(others, language)) if others else (
        first
    )


def _alike(
    among: AmongRules, name: str, regime: str, ends: tuple[Extreme, Extreme], language: Language
) -> str:
    """That the ends cannot be told apart, and whether any two rules can."""
    key = {PRICE: "rules_price", VOLUME: "rules_volume"}[name]
    high, low = (rule_name(end.rule, language) for end in ends)
    some = among.any_told_apart(name, regime)
    return tell(f"{key}_ends_alike" if some else f"{key}_alike", language, high=high, low=low)


def _prices(among: AmongRules, regime: str, language: Language) -> str:
    """Prices and volumes of a regime."""
    where = tell("rules_where", language, where=regime_name(
        among.variant(among.usual, regime).scenario, language
    ))
    idle = among.idle(regime)
    if len(idle) == len(among.rules):
        return where + tell("rules_nothing", language)
    said = where + _price(among, regime, language)
    if idle:
        names = listed([rule_name(rule, language) for rule in idle], language)
        said += tell("rules_idle", language, rules=names)
    return said


def _price(among: AmongRules, regime: str, language: Language) -> str:
    ends = _ends(among, PRICE, regime)
    if ends is None:
        return tell("rules_nothing", language)
    facts = [among.level(PRICE, end.rule, regime) for end in ends]
    measure = measure_for(facts[0].outcome, [fact.found for fact in facts], language)
    high, low = (framed(fact.found, measure) + measure.suffix for fact in facts)
    priced = [among.level(PRICE, rule, regime).found.mean is not None for rule in among.rules]
    if sum(priced) == 1:
        return tell("rules_price_only", language, rule=rule_name(ends[0].rule, language),
                    price=high)
    if not _apart(among, PRICE, regime, ends):
        return _alike(among, PRICE, regime, ends, language)
    times = _times(among, PRICE, regime, ends)
    said = tell(
        "rules_price", language, high=_names(ends[0], language), most=high,
        low=_names(ends[1], language), least=low, times=framed(times, TIMES),
    )
    return said + _volume(among, regime, ends, language)


def _volume(
    among: AmongRules, regime: str, ends: tuple[Extreme, Extreme], language: Language
) -> str:
    """How much the rule moves the volume, beside how much it moves the price."""
    traded = _ends(among, VOLUME, regime, without=among.idle(regime))
    if traded is None or len(among.idle(regime)) == len(among.rules) - 1:
        return ""
    if not _apart(among, VOLUME, regime, traded):
        return _alike(among, VOLUME, regime, traded, language)
    volume = _times(among, VOLUME, regime, traded)
    least = among.values(VOLUME, traded[1].rule, regime)
    if zeros := sum(not value for value in least):
        # Of nothing there is no multiple.
        return tell(
            "rules_volume_some_none", language, high=_names(traded[0], language),
            low=_names(traded[1], language), zeros=zeros, n=len(least),
        )
    gap = _over_replicates(
        [among.values(name, end.rule, regime)
         for name, pair in ((PRICE, ends), (VOLUME, traded)) for end in pair],
        lambda a, b, c, d: a / b - c / d if b and d else None,
    )
    key = {"up": "less", "down": "more"}.get(kind_of(gap), "same")
    return tell(
        f"rules_volume_{key}", language, times=framed(volume, TIMES),
        high=_names(traded[0], language), low=_names(traded[1], language),
    )


def _money(among: AmongRules, regime: str, language: Language) -> str:
    """Under which rule sellers get most, and how much more than under the reference rule."""
    where = regime_name(among.variant(among.usual, regime).scenario, language)
    found = among.extreme(MONEY, regime, highest=True)
    usual = rule_name(among.usual, language)
    more = [rule for rule in among.rules if among.change(MONEY, rule, regime).kind == "up"]
    if found is None or not more:
        return tell("rules_money_alike", language, where=where, usual=usual)
    # The highest mean may be too uncertain where a lower one is sure.
    best = max(more, key=lambda rule: among.level(MONEY, rule, regime).found.mean)
    change = among.change(MONEY, best, regime)
    measure = measure_for(change.outcome, [change.found], language)
    told = framed(change.found, measure) + measure.suffix
    if best != found.rule:
        return tell(
            "rules_money_sure", language, where=where, best=rule_name(best, language),
            high=rule_name(found.rule, language), usual=usual, more=told,
        )
    return tell(
        "rules_money", language, where=where, high=_names(found, language), usual=usual, more=told,
    )


def _efficiency(among: AmongRules, regime: str, language: Language) -> str:
    """Under which rule most surplus is realised; empty where it is not known or cannot be told."""
    name = "efficiency_share"
    if name not in [outcome.name for outcome in among.outcomes]:
        return ""
    ends = _ends(among, name, regime)
    if ends is None or not _apart(among, name, regime, ends):
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
    if ends is None or not _apart(among, PRICE, base, ends):
        return ""
    usual = [among.values(PRICE, among.usual, regime) for regime in (changed, base)]
    series = [among.values(PRICE, end.rule, base) for end in ends]
    by_rule = _over_replicates(series, lambda most, least: most - least)
    by_regime = _over_replicates(usual, lambda after, before: after - before)
    # By the sign of the mean: the size of every replicate would count its luck as an effect.
    sign = -1.0 if by_regime.mean is not None and by_regime.mean < 0 else 1.0
    gap = _over_replicates([*series, *usual], lambda a, b, c, d: (a - b) - sign * (c - d))
    if by_regime.mean is None or gap.mean is None:
        return ""
    key = {"up": "more", "down": "less"}.get(kind_of(gap), "alike")
    outcome = among.level(PRICE, among.usual, base).outcome
    measure = measure_for(outcome, [by_rule, by_regime], language)
    return tell(
        f"rules_against_{key}", language, rule=framed(by_rule, measure) + measure.suffix,
        regime=framed(by_regime, measure) + measure.suffix, usual=rule_name(among.usual, language),
    )


def _care(among: AmongRules, language: Language) -> str:
    """What is fitted, and which rules make buyers pay bids that nobody in the model lowers."""
    scenario = among.variant(among.usual, among.regimes[0]).scenario
    own = {
        "pay_as_bid": scenario.pay_as_bid.price == "bid",
        "one_way_auction": scenario.one_way_auction.format == "first_price",
    }
    rules = [rule_name(rule, language) for rule in among.rules if own.get(rule)]
    said = [tell("rules_care", language, fitted=rule_name(FITTED[0], language))]
    if rules:
        said.append(tell("rules_own_bid", language, rules=listed(rules, language)))
    return tell("join", language).join(said)


def rules_words(among: AmongRules, language: Language) -> list[str]:
    """What the pricing rule does.

    Parameters
    ----------
    among : AmongRules
    language : {"en", "zh"}

    Returns
    -------
    list of str
        HTML of each paragraph, none of them empty. Rules are named beside an end where they
        cannot be told from it.
    """
    join = tell("join", language)
    prices = [_prices(among, regime, language) for regime in among.regimes]
    prices[-1] = join.join(filter(None, (prices[-1], _against_eligibility(among, language))))
    money = [tell("rules_gain", language)]
    for of in (_money, _efficiency):
        money += [of(among, regime, language) for regime in among.regimes]
    told = [*prices, join.join(filter(None, money)), _care(among, language)]
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
        fitted=rule_name(FITTED[0], language),
        price=figure(scenario.administered.price_yuan_per_t, 0),
        budget=f"{scenario.reverse_auction.budget_yuan:,.0f}",
    )
