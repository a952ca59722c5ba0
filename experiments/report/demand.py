"""A quota, and quota with eligibility, in words chosen by the sign of what was found."""

from experiments.intervals import interval_of
from experiments.language import Language
from experiments.report.numerals import framed, marked, measure_for
from experiments.report.reading import (
    Fact,
    Kind,
    Reading,
    kind_of,
    scenario_has_quota,
    scenario_is_eligible,
)
from experiments.report.texts import rule_name, tell
from experiments.report.wording import movement

__all__ = ["demand_paragraphs"]

MONEY = "watershed_received_yuan_per_km2"


def _found(reading: Reading, *, eligible: bool) -> str | None:
    """The regime with a quota, with or without eligibility."""
    for regime in reading.regimes[1:]:
        scenario = reading.variant(reading.leading, regime).scenario
        if scenario_has_quota(scenario) and scenario_is_eligible(scenario) == eligible:
            return regime
    return None


def _told(fact: Fact, language: Language) -> str:
    measure = measure_for(fact.outcome, [fact.found], language)
    return marked(fact, measure) + measure.suffix


def _sign(kind: Kind) -> str:
    return kind if kind in ("up", "down") else "unsure"


def _charges(reading: Reading, quota: str, language: Language) -> str:
    """What was not bought, and whether its charge exceeds what sellers gain."""
    lacking = reading.level("quota_lacking_t", regime=quota)
    if lacking.kind == "same":
        return tell("quota_met", language)
    charges = reading.level("penalties_yuan", regime=quota)
    said = tell(
        "quota_lacks", language, lacking=_told(lacking, language), charges=_told(charges, language)
    )
    gains = zip(
        reading.values("proceeds_yuan", reading.leading, quota),
        reading.values("proceeds_yuan", reading.leading, reading.base),
        reading.values("penalties_yuan", reading.leading, quota), strict=True,
    )
    gap = interval_of([paid - (after - before) for after, before, paid in gains])
    key = {"up": "above", "down": "below"}.get(kind_of(gap))
    if key is None:
        return said
    if key == "below":
        gap = Fact(gap, charges.outcome, "").mirrored.found
    measure = measure_for(charges.outcome, [gap], language)
    return said + tell(f"charges_{key}", language, gap=framed(gap, measure) + measure.suffix)


def _quota(reading: Reading, quota: str, language: Language) -> str:
    def moved(name: str, verb: str = "quantity") -> str:
        return movement([reading.change(name, regime=quota)], [""], language, verb=verb)

    net = reading.level("net_effect_t", regime=quota)
    return tell("join", language).join([
        tell(
            "quota_moves", language, price=moved("price_yuan_per_t", "price"),
            volume=moved("volume_t"), money=moved(MONEY),
        ),
        tell(f"quota_net_{_sign(net.kind)}", language, net=_told(net, language)),
        _charges(reading, quota, language),
    ])


def _both(reading: Reading, mixed: str, quota: str, language: Language) -> str:
    def against(name: str) -> Fact:
        return reading.change(name, regime=mixed, against=reading.changed)

    def size(fact: Fact) -> str:
        return _told(fact.mirrored if fact.kind == "down" else fact, language)

    price, net = against("price_yuan_per_t"), against("net_effect_t")
    bought = [reading.level("quota_t", regime=regime) for regime in (mixed, quota)]
    fewer = reading.change("quota_t", regime=mixed, against=quota).kind == "down"
    less, more = (_told(fact, language) for fact in bought)
    return tell("join", language).join([
        tell(f"both_price_{_sign(price.kind)}", language, price=size(price)),
        tell(
            f"both_net_{_sign(net.kind)}", language, change=size(net),
            net=_told(reading.level("net_effect_t", regime=mixed), language),
        ) + tell("both_crowds_out" if fewer else "both_adds", language, less=less, more=more),
    ])


def demand_paragraphs(reading: Reading, language: Language) -> list[str]:
    """What the other regimes do, as the first paragraph tells what eligibility does.

    Parameters
    ----------
    reading : Reading
    language : {"en", "zh"}

    Returns
    -------
    list of str
        HTML of each; empty where no regime has a quota.
    """
    quota = _found(reading, eligible=False)
    if quota is None:
        return []
    mixed = _found(reading, eligible=True)
    told = [_quota(reading, quota, language)]
    if mixed is not None:
        told.append(_both(reading, mixed, quota, language))
    rule = tell("demand_rule", language, rule=rule_name(reading.leading, language))
    told[-1] += tell("join", language) + rule
    return told
