"""What the report reads out of an answer: levels and paired changes, each with its address."""

from collections.abc import Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from experiments.answer import Answer
from experiments.comparing import Comparison, Variant
from experiments.intervals import Interval, interval_of, paired_difference
from experiments.patterns import Judged, patterns
from experiments.price_theories import Measured, held
from experiments.seeds import replicate_seed
from experiments.theory_lines import TheoryMap, theory_of
from simulation.outcomes import OUTCOMES, Outcome
from simulation.scenario import Scenario, load

__all__ = [
    "REPORTED", "Fact", "Kind", "Place", "Reading", "kind_of", "scenario_has_quota",
    "scenario_is_eligible",
]

Kind = Literal["up", "down", "same", "unsure", "none"]
Values = Sequence[float | int | None]


def _of_a_variant(_: object) -> None:
    """Computed from other outcomes, not from a state; see `_watershed_per_km2`."""


WATERSHED_PER_KM2 = Outcome(
    "watershed_received_yuan_per_km2", "yuan/km2", "Watershed received per area",
    "单位面积流域账户收入",
    "proceeds paid into the watershed accounts, for each square kilometre treated by the end",
    "划入流域账户的销售收入，除以期末治理面积（平方公里）",
    _of_a_variant,
)
REPORTED: tuple[Outcome, ...] = (*OUTCOMES, WATERSHED_PER_KM2)
_OUTCOMES = {outcome.name: outcome for outcome in REPORTED}


class Place(NamedTuple):
    """The comparison at one value of compliance room.

    Attributes
    ----------
    room : float
        Compliance room divided by annual issuance.
    comparison : Comparison
    whole : bool
        Whether all of the offset limit is open.
    """

    room: float
    comparison: Comparison
    whole: bool


class Fact(NamedTuple):
    """An interval that knows what it is of.

    Attributes
    ----------
    found : Interval
    outcome : Outcome
    key : str
        ``level`` or ``change``, outcome, pricing rule, regime, room; read by `Reading.recall`.
        A change against another regime than the base names it, as ``change>other``.
    """

    found: Interval
    outcome: Outcome
    key: str

    @property
    def kind(self) -> Kind:
        """Which way it goes."""
        return kind_of(self.found)

    @property
    def mirrored(self) -> "Fact":
        """The same with the other sign, for words such as *falls by*."""
        mean, low, high, deviation, n = self.found
        turned = Interval(
            None if mean is None else -mean, None if high is None else -high,
            None if low is None else -low, deviation, n,
        )
        return Fact(turned, self.outcome, f"less {self.key}")


def kind_of(found: Interval) -> Kind:
    """Sign of an interval: up or down only where it excludes zero.

    Parameters
    ----------
    found : Interval

    Returns
    -------
    {"up", "down", "same", "unsure", "none"}
        *same* where every replicate is zero, *unsure* where the interval holds zero or there is
        none, *none* without a value.
    """
    if found.mean is None:
        return "none"
    if found.mean == 0 and not found.deviation:
        return "same"
    if found.low is None or found.low <= 0 <= found.high:
        return "unsure"
    return "up" if found.mean > 0 else "down"


def scenario_is_eligible(scenario: Scenario) -> bool:
    """Whether the credit counts for compliance at some time."""
    events = (event.set.get("compliance.eligible") is True for event in scenario.events)
    return scenario.compliance.eligible or any(events)


def scenario_has_quota(scenario: Scenario) -> bool:
    """Whether firms must buy credits at some time."""
    shares = [event.set.get("quota.share", 0.0) for event in scenario.events]
    return max([scenario.quota.share, *shares]) > 0.0


def _watershed_per_km2(variant: Variant) -> Values:
    parts = zip(
        variant.values["proceeds_yuan_per_km2"], variant.values["watershed_received_yuan"],
        variant.values["proceeds_yuan"], strict=True,
    )
    return [
        None if per_km2 is None else per_km2 * received / proceeds if proceeds else 0.0
        for per_km2, received, proceeds in parts
    ]


def _without_repeats(answer: Answer) -> list[Place]:
    # More room than there is is the whole room.
    narrower = [case for case in answer.rooms if case.room < answer.whole_room * 0.999]
    places = [Place(case.room, case.comparison, False) for case in narrower]
    places.sort(key=lambda place: place.room)
    return [*places, Place(answer.whole_room, answer.comparison, True)]


def _usual_rule(answer: Answer) -> str:
    usual = load(answer.regimes[0]).market.mechanism
    return usual if usual in answer.mechanisms else answer.mechanisms[0]


class Reading:
    """An answer, ready to be told.

    Parameters
    ----------
    answer : Answer

    Attributes
    ----------
    answer : Answer
    rules, regimes : tuple of str
    base, changed : str
        The first regime and the second, which is held against it.
    leading : str
        Pricing rule told first: the one that the base scenario ships with.
    places : list of Place
        By compliance room; the whole room comes last.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.rules = tuple(answer.mechanisms)
        self.regimes = tuple(answer.regimes)
        self.base, self.changed = self.regimes[0], self.regimes[1]
        self.leading = _usual_rule(answer)
        self.places = _without_repeats(answer)

    @cached_property
    def theory(self) -> TheoryMap | None:
        """Theory for the maps, which all have one scenario but for the pricing rule."""
        if not self.answer.maps:
            return None
        scenario = self.variant(self.leading, self.changed).scenario
        seed = replicate_seed(self.answer.comparison.base_seed, 0)
        return theory_of(scenario, self.answer.maps[0], seed)

    @cached_property
    def patterns(self) -> list[Judged]:
        """Patterns of the record, held against the base scenario."""
        scenario = self.variant(self.leading, self.base).scenario
        comparison = self.answer.comparison
        return patterns(scenario, comparison.replicates, comparison.base_seed)

    @cached_property
    def theories(self) -> list[Measured]:
        """Price theories of sellers, held against the record."""
        return [held(case) for case in self.answer.theories]

    @property
    def scenarios(self) -> list[Scenario]:
        """Every scenario of the comparisons, once."""
        comparisons = [place.comparison for place in self.places]
        cases = (self.answer.rules, self.answer.kinds)
        comparisons += [case.comparison for case in cases if case]
        found = [variant.scenario for each in comparisons for variant in each.variants]
        found += [case.scenario for case in self.answer.theories]
        return list({scenario.fingerprint: scenario for scenario in found}.values())

    def variant(self, rule: str, regime: str, place: int = -1) -> Variant:
        """One scenario at one place."""
        row = self.rules.index(rule) * len(self.regimes) + self.regimes.index(regime)
        return self.places[place].comparison.variants[row]

    def values(self, name: str, rule: str, regime: str, place: int = -1) -> Values:
        """Values of an outcome, one a replicate."""
        variant = self.variant(rule, regime, place)
        if name == WATERSHED_PER_KM2.name:
            return _watershed_per_km2(variant)
        return variant.values[name]

    def level(
        self, name: str, rule: str | None = None, regime: str | None = None, place: int = -1
    ) -> Fact:
        """Mean of an outcome, by default with the leading rule and the changed regime."""
        rule, regime = rule or self.leading, regime or self.changed
        found = interval_of(self.values(name, rule, regime, place))
        return Fact(found, _OUTCOMES[name], self._key("level", name, rule, regime, place))

    def change(
        self, name: str, rule: str | None = None, regime: str | None = None, place: int = -1,
        against: str | None = None,
    ) -> Fact:
        """Paired difference of an outcome against another regime under the same rule."""
        rule, regime = rule or self.leading, regime or self.changed
        against = against or self.base
        found = paired_difference(
            self.values(name, rule, regime, place), self.values(name, rule, against, place)
        )
        sort = "change" if against == self.base else f"change>{against}"
        return Fact(found, _OUTCOMES[name], self._key(sort, name, rule, regime, place))

    def _key(self, sort: str, name: str, rule: str, regime: str, place: int) -> str:
        return f"{sort} {name} {rule} {regime} {place % len(self.places)}"

    def recall(self, key: str) -> Fact:
        """The fact with a key.

        Parameters
        ----------
        key : str
            Of a fact that `level` or `change` gave, or of its mirror.

        Returns
        -------
        Fact
        """
        if key.startswith("less "):
            return self.recall(key.removeprefix("less ")).mirrored
        sort, name, rule, regime, place = key.split()
        if sort == "level":
            return self.level(name, rule, regime, int(place))
        against = sort.partition(">")[2] or None
        return self.change(name, rule, regime, int(place), against)
