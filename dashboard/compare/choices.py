"""What a visitor has chosen to compare, and whether it can be run."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from agents.vocabulary import Mechanism
from dashboard.compare.futures import WITHOUT, Future, moves_told
from dashboard.compare.texts import TEXTS
from experiments.language import LANGUAGES, Language, pick, say
from simulation.errors import InputError
from simulation.scenario import Scenario, load, scenario_names
from simulation.world import LARGEST_SEED

__all__ = [
    "FIRST_CHOICES", "MECHANISMS", "MOST_REPLICATES", "MOST_RUNS", "MOST_VARIANTS", "OWN",
    "Choice", "Choices", "Plan", "all_rules", "check_choice", "in_currency_of", "opening_told",
    "plan", "scenario_options",
]

OWN = ""
MECHANISMS = tuple(mechanism.name.lower() for mechanism in Mechanism)
MOST_VARIANTS = len(MECHANISMS)
MOST_REPLICATES = 60
# Six variants of sixty: some ten seconds of one processor.
MOST_RUNS = 360
# More titles than these are no line any more.
MOST_NAMED = 4


class Choice(NamedTuple):
    """A variant: a scenario, and a pricing rule or `OWN` for the scenario's.

    The scenario is the name of one that ships, or a future of the visitor's live run, which keeps
    its own rule.
    """

    scenario: str
    mechanism: str = OWN


class Choices(NamedTuple):
    """Everything that a visitor chooses.

    Attributes
    ----------
    variants : tuple of Choice
    replicates, seed : str
        As typed.
    """

    variants: tuple[Choice, ...]
    replicates: str = "10"
    seed: str = "1"


class Plan(NamedTuple):
    """A comparison that can be run.

    Attributes
    ----------
    scenarios : tuple of Scenario
        The first is what the others are held against.
    titles : tuple of (str, ...)
        Of each, in every language of `LANGUAGES`.
    replicates, base_seed : int
    """

    scenarios: tuple[Scenario, ...]
    titles: tuple[tuple[str, ...], ...]
    replicates: int
    base_seed: int

    @property
    def runs(self) -> int:
        """Runs of all scenarios together."""
        return len(self.scenarios) * self.replicates


FIRST_CHOICES = Choices(tuple(
    Choice(name) for name in ("china-counties", "ccer-eligible", "provincial-quota", "mixed")
))


@cache
def _shipped() -> dict[str, Scenario]:
    return {name: load(name) for name in scenario_names()}


def scenario_options(
    language: Language, futures: Mapping[str, Future] | None = None,
    variants: Sequence[Choice] = (),
) -> list[dict[str, str]]:
    """What can be chosen as a variant.

    Parameters
    ----------
    language : {"en", "zh"}
    futures : dict, optional
        Of the visitor's live run; they stand first.
    variants : sequence of Choice
        That are chosen: the latest rule is told where the run without it stands beside.

    Returns
    -------
    list of dict
        Keys: value, label, own, the text that stands for the scenario's pricing rule, about, what
        there is to know of it, and live, the scenario that a future began as, empty for others.
    """
    options = []
    beside = WITHOUT in [choice.scenario for choice in variants]
    for value, future in (futures or {}).items():
        if value != WITHOUT and not beside:
            future = future._replace(rules=None)
        rule = say(future.scenario.market.mechanism, language)
        options.append({
            "value": value, "label": future.titles[LANGUAGES.index(language)],
            "own": TEXTS("own_rule", language, rule=rule), "live": future.scenario.name,
            "about": moves_told(future, language),
        })
    for name, scenario in _shipped().items():
        title = pick(scenario.title, scenario.title_zh, language)
        brackets = pick(" ({})", "（{}）", language)
        money = "" if scenario.currency == "yuan" else brackets.format(scenario.currency)
        rule = say(scenario.market.mechanism, language)
        options.append({
            "value": name, "label": f"{title}{money}", "live": "",
            "own": TEXTS("own_rule", language, rule=rule), "about": "",
        })
    return options


def in_currency_of(
    choice: Choice, futures: Mapping[str, Future] | None = None
) -> list[str]:
    """Scenarios that ship and may be compared with one that is chosen already."""
    if choice.scenario in (futures or {}):
        currency = (futures or {})[choice.scenario].scenario.currency
    elif choice.scenario in _shipped():
        currency = _shipped()[choice.scenario].currency
    else:
        return []
    return [name for name, scenario in _shipped().items() if scenario.currency == currency]


def all_rules(scenario: str) -> tuple[Choice, ...]:
    """Every pricing rule of one scenario, that of the scenario first."""
    own = _shipped()[scenario].market.mechanism
    return (
        Choice(scenario), *(Choice(scenario, name) for name in MECHANISMS if name != own),
    )


def check_choice(
    choice: Choice, futures: Mapping[str, Future], language: Language
) -> None:
    """Refuse a variant that there is not.

    Raises
    ------
    InputError
    """
    if choice.scenario.startswith("live-") and choice.scenario not in futures:
        raise InputError(TEXTS("no_future", language))
    for given, known in (
        (choice.scenario, (*futures, *_shipped())), (choice.mechanism, (OWN, *MECHANISMS)),
    ):
        if given not in known:
            raise InputError(TEXTS("unknown_choice", language, what=given[:40]))


def plan(
    choices: Choices, language: Language, futures: Mapping[str, Future] | None = None
) -> Plan:
    """What would be run.

    Parameters
    ----------
    choices : Choices
    language : {"en", "zh"}
        Of the message where something is wrong.
    futures : dict, optional
        Of the visitor's live run.

    Returns
    -------
    Plan

    Raises
    ------
    InputError
        When it cannot be run, or is more than one visitor may have; one line that says why.
    """
    variants = choices.variants
    if len(variants) < 2:
        raise InputError(TEXTS("too_few", language))
    if len(variants) > MOST_VARIANTS:
        raise InputError(TEXTS("too_wide", language, given=len(variants), most=MOST_VARIANTS))
    replicates = _whole(choices.replicates, 1, MOST_REPLICATES, "bad_replicates", language)
    base_seed = _whole(choices.seed, 0, LARGEST_SEED, "bad_seed", language)
    if len(variants) * replicates > MOST_RUNS:
        raise InputError(TEXTS(
            "too_many", language, variants=len(variants), replicates=replicates, most=MOST_RUNS,
            runs=len(variants) * replicates, fit=MOST_RUNS // len(variants),
        ))
    scenarios: list[Scenario] = []
    titles: list[tuple[str, ...]] = []
    for choice in variants:
        check_choice(choice, futures or {}, language)
        scenario, title = _resolved(choice, futures or {})
        if scenario in scenarios:
            _refuse_twice(scenario, title, titles[scenarios.index(scenario)], language)
        scenarios.append(scenario)
        titles.append(title)
    _refuse_currencies(scenarios, language)
    return Plan(tuple(scenarios), tuple(titles), replicates, base_seed)


def opening_told(
    choices: Choices, language: Language, futures: Mapping[str, Future] | None = None
) -> str:
    """What is said before anything has been run: what is chosen, or why it cannot be run.

    Parameters
    ----------
    choices : Choices
    language : {"en", "zh"}
    futures : dict, optional
        Of the visitor's live run.

    Returns
    -------
    str
    """
    if choices.variants == FIRST_CHOICES.variants:
        return TEXTS("opening", language)
    try:
        found = plan(choices, language, futures)
    except InputError as error:
        return str(error)
    titles = list(dict.fromkeys(title[LANGUAGES.index(language)] for title in found.titles))
    if len(titles) < len(found.titles) or len(titles) > MOST_NAMED:
        return TEXTS("opening_many", language, n=len(found.titles))
    names = pick("; ", "；", language).join(titles)
    return TEXTS("opening_named", language, names=names)


def _resolved(choice: Choice, futures: Mapping[str, Future]) -> tuple[Scenario, tuple[str, ...]]:
    if choice.scenario in futures:
        future = futures[choice.scenario]
        return future.scenario, future.titles
    scenario = _shipped()[choice.scenario]
    if choice.mechanism not in (OWN, scenario.market.mechanism):
        scenario = load(choice.scenario, {"market.mechanism": choice.mechanism})
    return scenario, tuple(
        pick(scenario.title, scenario.title_zh, language) for language in LANGUAGES
    )


def _refuse_twice(
    scenario: Scenario, title: tuple[str, ...], other: tuple[str, ...], language: Language
) -> None:
    place = LANGUAGES.index(language)
    if title != other:
        raise InputError(TEXTS("same", language, one=other[place], other=title[place]))
    rule = say(scenario.market.mechanism, language)
    raise InputError(TEXTS("twice", language, name=title[place], rule=rule))


def _refuse_currencies(scenarios: list[Scenario], language: Language) -> None:
    places: dict[str, list[str]] = {}
    for number, scenario in enumerate(scenarios, 1):
        places.setdefault(scenario.currency, []).append(str(number))
    if len(places) == 1:
        return
    between = pick(", ", "、", language)
    named = pick("; ", "；", language).join(
        TEXTS("in_currency", language, places=between.join(numbers),
              currency=say(currency, language))
        for currency, numbers in places.items()
    )
    raise InputError(TEXTS("currencies", language, named=named))


def _whole(text: str, low: int, high: int, key: str, language: Language) -> int:
    given = text.strip()
    # Digits only, full-width ones too: int() would take signs and underscores as well.
    if given.isdecimal() and len(given) < 20 and low <= int(given) <= high:
        return int(given)
    raise InputError(TEXTS(key, language, given=given[:24], most=high))
