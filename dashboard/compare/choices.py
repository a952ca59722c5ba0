"""What a visitor has chosen to compare, and whether it can be run."""

from functools import cache
from typing import NamedTuple

from agents.vocabulary import Mechanism
from dashboard.compare.texts import TEXTS
from experiments.comparing import compare
from experiments.language import Language, pick, say
from simulation.errors import InputError
from simulation.scenario import Scenario, load, scenario_names
from simulation.world import LARGEST_SEED

__all__ = [
    "FIRST_CHOICES", "MECHANISMS", "MOST_REPLICATES", "MOST_RUNS", "MOST_VARIANTS", "OWN",
    "Choice", "Choices", "Plan", "all_rules", "in_currency_of", "plan", "scenario_options",
]

OWN = ""
MECHANISMS = tuple(mechanism.name.lower() for mechanism in Mechanism)
MOST_VARIANTS = len(MECHANISMS)
MOST_REPLICATES = 60
# Six variants of sixty: some ten seconds of one processor.
MOST_RUNS = 360


class Choice(NamedTuple):
    """A variant: a scenario that ships, and a pricing rule or `OWN` for the scenario's."""

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
    replicates, base_seed : int
    """

    scenarios: tuple[Scenario, ...]
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


def scenario_options(language: Language) -> list[dict[str, str]]:
    """Scenarios to choose from.

    Parameters
    ----------
    language : {"en", "zh"}

    Returns
    -------
    list of dict
        Keys: value, label, and own, the text that stands for the scenario's pricing rule.
    """
    options = []
    for name, scenario in _shipped().items():
        title = pick(scenario.title, scenario.title_zh, language)
        money = "" if scenario.currency == "yuan" else f" ({scenario.currency})"
        rule = say(scenario.market.mechanism, language)
        options.append({
            "value": name, "label": f"{name} · {title}{money}",
            "own": TEXTS("own_rule", language, rule=rule),
        })
    return options


def in_currency_of(choice: Choice) -> list[str]:
    """Scenarios that may be compared with one that is chosen already."""
    currency = _shipped()[choice.scenario].currency
    return [name for name, scenario in _shipped().items() if scenario.currency == currency]


def all_rules(scenario: str) -> tuple[Choice, ...]:
    """Every pricing rule of one scenario, that of the scenario first."""
    own = _shipped()[scenario].market.mechanism
    return (
        Choice(scenario), *(Choice(scenario, name) for name in MECHANISMS if name != own),
    )


def plan(choices: Choices, language: Language) -> Plan:
    """What would be run.

    Parameters
    ----------
    choices : Choices
    language : {"en", "zh"}
        Of the message where something is wrong.

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
    for choice in variants:
        for given, known in (
            (choice.scenario, _shipped()), (choice.mechanism, (OWN, *MECHANISMS)),
        ):
            if given not in known:
                raise InputError(TEXTS("unknown_choice", language, what=given))
        scenario = _shipped()[choice.scenario]
        if choice.mechanism not in (OWN, scenario.market.mechanism):
            scenario = load(choice.scenario, {"market.mechanism": choice.mechanism})
        if scenario in scenarios:
            rule = say(scenario.market.mechanism, language)
            raise InputError(TEXTS("twice", language, name=scenario.name, rule=rule))
        scenarios.append(scenario)
    # Without a replicate nothing runs, but currencies that do not go together are refused.
    compare(scenarios, replicates=0)
    return Plan(tuple(scenarios), replicates, base_seed)


def _whole(text: str, low: int, high: int, key: str, language: Language) -> int:
    given = text.strip()
    # Digits only, full-width ones too: int() would take signs and underscores as well.
    if given.isdecimal() and len(given) < 20 and low <= int(given) <= high:
        return int(given)
    raise InputError(TEXTS(key, language, given=given[:24], most=high))
