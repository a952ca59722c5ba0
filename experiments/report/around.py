"""What stands around a figure: its key, the words before it, and its caption."""

from experiments.language import LANGUAGES
from experiments.report.among import among_rules
from experiments.report.bunched import (
    DEFAULT_COLOUR,
    EVEN_COLOUR,
    bunched_caption,
    bunched_words,
)
from experiments.report.demand import demand_paragraphs
from experiments.report.fitting import sellers_words
from experiments.report.integrity import PATH_COLOURS, integrity_caption, integrity_words
from experiments.report.kinds import among_kinds, kinds_caption, kinds_words
from experiments.report.looks import RAMPS
from experiments.report.maps import map_ranges, shown_maps
from experiments.report.numerals import figure, ratio
from experiments.report.ranking import rules_caption, rules_words
from experiments.report.reading import Reading
from experiments.report.rows import motives_of
from experiments.report.rules import SIGNS
from experiments.report.sellers import sellers_caption
from experiments.report.signature import seen_shown, signature_caption, signature_words
from experiments.report.texts import both, in_both, rule_label, rule_name, tell
from experiments.report.theory import theory_key, theory_words
from experiments.report.treatment import base_scenario, treatment_words
from simulation.theory.breakeven import NewTreatment

__all__ = ["figure_caption", "figure_key", "figure_words"]


def _ramps(reading: Reading) -> str:
    parts = []
    for name, (low, high) in map_ranges(shown_maps(reading)).items():
        stops = ", ".join(RAMPS[name])
        parts.append(
            f'<span class="ramp">{both(f"ramp_{name}")} {figure(low, 0)} '
            f'<i style="background: linear-gradient(to right, {stops})"></i> {figure(high, 0)}'
            "</span>"
        )
    return f'<p class="key">{"".join(parts)}</p>'


def _chip(colour: str, text: str) -> str:
    return f'<span><i class="chip" style="background: var(--{colour})"></i>{text}</span>'


def figure_key(reading: Reading, name: str) -> str:
    """What the colours of a figure stand for.

    Parameters
    ----------
    reading : Reading
    name : str
        Of the figure.

    Returns
    -------
    str
        HTML; empty where the figure says so itself.
    """
    if name == "map":
        return _ramps(reading) + theory_key(reading)
    parts = []
    if name == "signature":
        parts = [_chip(f"seen-{int(seen)}", both(f"seen_{seen.name.lower()}"))
                 for seen in seen_shown(reading)]
    if name == "bunching":
        parts = [
            _chip(DEFAULT_COLOUR, both("pace_default", pace=ratio(reading.answer.paces[0].pace))),
            _chip(EVEN_COLOUR, both("pace_even")),
        ]
    if name == "integrity":
        parts = [_chip(colour, both(f"path_{path}")) for path, colour in PATH_COLOURS.items()]
        parts += [_chip("voluntary", both("integrity_alone")),
                  _chip("compliance", both("integrity_counts"))]
    if name == "rules":
        parts = [_chip(colour, both(f"key_{colour}"))
                 for colour in (*SIGNS.values(), "muted", "ink")]
    if name == "regimes":
        parts = [
            _chip(f"rule-{place + 1}", in_both(*(rule_label(rule, each) for each in LANGUAGES)))
            for place, rule in enumerate(reading.rules)
        ]
    if name == "kinds":
        kinds = among_kinds(reading)
        parts = [
            _chip(kinds.colour(rule), in_both(*(rule_label(rule, each) for each in LANGUAGES)))
            for rule in kinds.rules
        ]
        parts += [_chip(motive, both(motive)) for motive in motives_of(kinds, kinds.kinds)]
    if name in ("volume", "regimes"):
        regimes = reading.regimes if name == "regimes" else (reading.base, reading.changed)
        parts += [_chip(motive, both(motive)) for motive in motives_of(reading, regimes)]
    return f'<p class="key">{"".join(parts)}</p>' if parts else ""


def figure_words(reading: Reading, name: str) -> str:
    """What a figure shows, told before it.

    Parameters
    ----------
    reading : Reading
    name : str
        Of the figure.

    Returns
    -------
    str
        HTML; empty where there is nothing to add.
    """
    tellers = {
        "regimes": demand_paragraphs, "treatment": treatment_words, "sellers": sellers_words,
        "signature": signature_words, "bunching": bunched_words, "integrity": integrity_words,
        "kinds": lambda reading, language: kinds_words(among_kinds(reading), language),
        "rules": lambda reading, language: rules_words(among_rules(reading), language),
    }
    if name not in tellers:
        return ""
    return "".join(
        f"<p>{in_both(*told)}</p>"
        for told in zip(*(tellers[name](reading, each) for each in LANGUAGES), strict=True)
    )


def figure_caption(reading: Reading, name: str) -> str:
    """How to read a figure.

    Parameters
    ----------
    reading : Reading
    name : str
        Of the figure.

    Returns
    -------
    str
        HTML.
    """
    again = f' <a href="#again">{both("again")}</a>'
    if name == "rules":
        among = among_rules(reading)
        return in_both(*(rules_caption(among, language) for language in LANGUAGES))
    if name == "signature":
        told = (signature_caption(reading, language) for language in LANGUAGES)
        return in_both(*told) + again
    if name == "kinds":
        among = among_kinds(reading)
        return in_both(*(kinds_caption(among, language) for language in LANGUAGES)) + again
    if name == "bunching":
        return in_both(*(bunched_caption(reading, language) for language in LANGUAGES)) + again
    if name == "integrity":
        return in_both(*(integrity_caption(reading, language) for language in LANGUAGES)) + again
    if name == "sellers":
        return in_both(*(sellers_caption(reading, language) for language in LANGUAGES))
    if name == "regimes":
        alike = all(
            reading.values("penalties_yuan", rule, regime)
            == reading.values("government_balance_yuan", rule, regime)
            for rule in reading.rules for regime in reading.regimes
        )
        balance = [tell("charges_are_the_balance", each) * alike for each in LANGUAGES]
        return in_both(*(
            tell("caption_regimes", language, balance=more)
            for language, more in zip(LANGUAGES, balance, strict=True)
        ))
    if name == "treatment":
        years = NewTreatment.of(base_scenario(reading)).crediting_years
        return in_both(*(
            tell("caption_treatment", language, years=years,
                 rule=rule_name(reading.leading, language))
            for language in LANGUAGES
        ))
    if name != "map":
        return both(f"caption_{name}")
    maps = reading.answer.maps
    allowance = sum(found.allowance_price_yuan_per_t for found in maps) / len(maps)
    return in_both(*(
        tell(
            "caption_map", language,
            runs=tell(
                "map_one_run" if maps[0].replicates == 1 else "map_runs", language,
                n=maps[0].replicates,
            ),
            allowance=tell("map_allowance", language, price=figure(allowance, 1)),
        ) + tell("join", language) + theory_words(reading, language)
        for language in LANGUAGES
    ))
