"""The first paragraph: the answer in words, chosen by the sign of what was found."""

from collections.abc import Sequence

from experiments.intervals import paired_difference
from experiments.language import Language
from experiments.report.numerals import listed, marked, measure_for, ratio
from experiments.report.reading import Fact, Kind, Reading, kind_of
from experiments.report.texts import rule_name, tell

__all__ = ["answer_paragraph", "movement"]

MONEY = "watershed_received_yuan_per_km2"


def movement(
    facts: Sequence[Fact], labels: Sequence[str], language: Language, *,
    verb: str = "quantity", labelled: bool = False, spanned: bool = False,
) -> str:
    """What several paired differences do, as a verb phrase.

    Parameters
    ----------
    facts : sequence of Fact
        Changes of one outcome.
    labels : sequence of str
        Where each was found, such as *at 0.25*; said where the facts go different ways.
    language : {"en", "zh"}
    verb : {"quantity", "price"}
        Chinese has a verb for each.
    labelled : bool
        Whether the labels are said in any case.
    spanned : bool
        Whether the facts are the ends of a range: *by A to B*.

    Returns
    -------
    str
        HTML, with the unit.
    """
    measure = measure_for(facts[0].outcome, [fact.found for fact in facts], language)
    runs: list[tuple[Kind, list[str]]] = []
    alike = len({fact.kind for fact in facts}) == 1
    for fact, label in zip(facts, labels, strict=True):
        kind = fact.kind
        amount = marked(fact.mirrored if kind == "down" else fact, measure)
        if labelled or not alike:
            amount = tell(
                "amount_at", language, amount=amount, unit=measure.suffix, label=label
            )
        if not runs or runs[-1][0] != kind:
            runs.append((kind, []))
        runs[-1][1].append(amount)
    spoken = []
    for kind, amounts in runs:
        if spanned and alike and len(amounts) == 2:
            amount = tell("span", language, low=amounts[0], high=amounts[1])
        else:
            amount = listed(amounts, language)
        in_turn = alike and kind in ("up", "down") and len(amounts) > 1
        in_turn = in_turn and not (labelled or spanned)
        spoken.append(
            (tell("in_turn", language) if in_turn else "")
            + tell(f"{verb}_{kind}", language, amount=amount,
                   unit=measure.suffix if alike and not labelled else "")
        )
    return tell("then", language).join(spoken)


def _net_clause(reading: Reading) -> str:
    before = reading.level("net_effect_t", regime=reading.base).kind
    after = reading.level("net_effect_t").kind
    if after not in ("up", "down"):
        return "net_unsure"
    sign = "positive" if after == "up" else "negative"
    if before != after:
        return f"net_turns_{sign}"
    return f"net_stays_{sign}_{reading.change('net_effect_t').kind}"


def _verdict(reading: Reading, language: Language) -> str:
    clauses, unsure = [], []
    for name, outcome in (
        ("price", "price_yuan_per_t"), ("volume", "volume_t"), ("voluntary", "voluntary_t"),
        ("money", MONEY),
    ):
        kind = reading.change(outcome).kind
        (unsure if kind == "unsure" else clauses).append(
            tell(f"verdict_{name}_{kind}", language)
        )
    if unsure:
        clauses.append(tell("verdict_unsure", language, subjects=listed(unsure, language)))
    against = reading.change(MONEY).kind == "up" and reading.level("net_effect_t").kind == "down"
    said = tell("clause", language).join(clauses)
    said += tell("clause_but" if against else "clause_and", language)
    said += tell(_net_clause(reading), language)
    return f"<strong>{tell('verdict', language, clauses=said)}</strong>"


def _differs(reading: Reading, name: str) -> bool:
    """Whether the widest room does something else than the narrowest, replicate by replicate."""
    wide = reading.values(name, reading.leading, reading.changed, -1)
    narrow = reading.values(name, reading.leading, reading.changed, 0)
    return kind_of(paired_difference(wide, narrow)) in ("up", "down")


def _scale(reading: Reading, language: Language) -> str:
    names = ("price_yuan_per_t", "net_effect_t")
    matters = any(_differs(reading, name) for name in names)
    return tell("scale_matters" if matters else "scale_little", language)


def _labels(reading: Reading, language: Language) -> list[str]:
    return [tell("at_room", language, room=ratio(place.room)) for place in reading.places]


def _price(reading: Reading, language: Language) -> str:
    name = "price_yuan_per_t"
    base = reading.level(name, regime=reading.base)
    places = range(len(reading.places))
    if base.found.mean is None:
        facts = [reading.level(name, place=place) for place in places]
        measure = measure_for(base.outcome, [fact.found for fact in facts], language)
        amounts = listed([marked(fact, measure) for fact in facts], language)
        moved = tell("price_none_before", language, amounts=amounts, unit=measure.suffix)
        return tell("price_alone", language, rooms=_rooms(reading, language), moved=moved)
    measure = measure_for(base.outcome, [base.found], language)
    facts = [reading.change(name, place=place) for place in places]
    moved = movement(facts, _labels(reading, language), language, verb="price")
    return tell(
        "price_sentence", language, rooms=_rooms(reading, language),
        base=marked(base, measure) + measure.suffix, moved=moved,
    )


def _rooms(reading: Reading, language: Language) -> str:
    rooms = listed([ratio(place.room) for place in reading.places], language)
    return tell("rooms" if len(reading.places) > 1 else "one_room", language, rooms=rooms)


def _quantities(reading: Reading, language: Language) -> str:
    places = sorted({0, len(reading.places) - 1})
    labels = [_labels(reading, language)[place] for place in places]

    def moved(name: str) -> str:
        facts = [reading.change(name, place=place) for place in places]
        return movement(facts, labels, language, spanned=True)

    months = reading.variant(reading.leading, reading.changed).scenario.months
    return tell(
        "quantities" if len(places) > 1 else "quantities_once", language,
        years=f"{months / 12:.3g}", volume=moved("volume_t"), voluntary=moved("voluntary_t"),
        money=moved(MONEY),
    )


def _reason(reading: Reading, language: Language) -> str:
    share = reading.level("additional_share_of_issued")
    additional, licensed = reading.level("additional_t"), reading.level("licensed_t")
    net = reading.level("net_effect_t").kind
    measure = measure_for(licensed.outcome, [additional.found, licensed.found], language)
    if net == "down" and licensed.kind == "up" and (share.found.high or 1.0) < 0.5:
        of_one = measure_for(share.outcome, [share.found], language)
        surrendered = reading.level("retired_compliance_t").found.mean
        licence = licensed.found.mean / surrendered if surrendered else 1.0
        return tell(
            "reason_not_additional", language,
            share=marked(share, of_one) + of_one.suffix,
            licence=tell("a_tonne", language) if abs(licence - 1) < 1e-9
            else tell("tonnes", language, tonnes=f"{licence:.2g}"),
        )
    sign = {"down": "negative", "up": "positive"}.get(net, "unsure")
    return tell(
        f"reason_{sign}", language, additional=marked(additional, measure) + measure.suffix,
        licensed=marked(licensed, measure) + measure.suffix,
    )


def _net(reading: Reading, language: Language) -> str:
    name = "net_effect_t"
    base = reading.level(name, regime=reading.base)
    facts = [reading.level(name, place=place) for place in range(len(reading.places))]
    measure = measure_for(base.outcome, [fact.found for fact in (base, *facts)], language)
    unsure = [
        label for fact, label in zip(facts, _labels(reading, language), strict=True)
        if fact.kind in ("unsure", "same")
    ]
    note = tell("net_note", language, where=listed(unsure, language)) if unsure else ""
    return tell(
        "net_sentence", language, base=marked(base, measure) + measure.suffix, note=note,
        levels=listed([marked(fact, measure) for fact in facts], language) + measure.suffix,
        reason=_reason(reading, language),
    )


def _other_rules(reading: Reading, language: Language) -> str:
    others = [rule for rule in reading.rules if rule != reading.leading]
    if not others:
        return tell("only_rule", language, rule=rule_name(reading.leading, language))
    labels = [tell("under", language, rule=rule_name(rule, language)) for rule in others]
    price = [reading.change("price_yuan_per_t", rule) for rule in others]
    net = [reading.level("net_effect_t", rule) for rule in others]
    measure = measure_for(net[0].outcome, [fact.found for fact in net], language)
    return tell(
        "other_rules", language, rule=rule_name(reading.leading, language),
        price=movement(price, labels, language, verb="price", labelled=True),
        net=listed([marked(fact, measure) for fact in net], language) + measure.suffix,
    )


def answer_paragraph(reading: Reading, language: Language) -> str:
    """The answer to the main question.

    Parameters
    ----------
    reading : Reading
    language : {"en", "zh"}

    Returns
    -------
    str
        HTML; every number carries its exact value and the address `Reading.recall` reads.
    """
    sentences = [
        _verdict(reading, language), _scale(reading, language), _price(reading, language),
        _quantities(reading, language), _net(reading, language), _other_rules(reading, language),
    ]
    return (" " if language == "en" else "").join(sentences)
