"""The main question, asked of the Chinese county world: what eligibility would do."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from agents.vocabulary import Mechanism
from experiments.comparing import Comparison, Variant, compare
from experiments.mapping import MarketMap, market_map, scales_of
from experiments.price_theories import TheoryCase, price_theories
from experiments.price_theories import runs as runs_of_theories
from experiments.seeds import replicate_seed
from experiments.workers import Workers
from simulation.errors import InputError
from simulation.scenario import Scenario, load

__all__ = ["Answer", "RoomCase", "RuleCase", "ask", "runs"]

# The rules under which the whole question is asked.
MECHANISMS = ("listing", "bilateral", "call_auction")
# Those that are compared with each other under the first regimes.
RULES = tuple(mechanism.name.lower() for mechanism in Mechanism)
RULE_REGIMES = 2
REGIMES = ("china-counties", "ccer-eligible", "provincial-quota", "mixed")
# In these the answer depends on the compliance room.
ROOM_REGIMES = ("ccer-eligible", "mixed")
ROOMS = (0.25, 1.0, 4.0)
AXIS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)


class RoomCase(NamedTuple):
    """The comparison at one value of compliance room.

    Attributes
    ----------
    room : float
        Compliance room divided by annual issuance.
    comparison : Comparison
        Variants: for each pricing rule, every regime; regimes vary fastest.
    """

    room: float
    comparison: Comparison


class RuleCase(NamedTuple):
    """Every pricing rule under the first regimes.

    Attributes
    ----------
    mechanisms, regimes : tuple of str
    comparison : Comparison
        Variants: for each pricing rule, every regime; regimes vary fastest.
    """

    mechanisms: tuple[str, ...]
    regimes: tuple[str, ...]
    comparison: Comparison


class Answer(NamedTuple):
    """Everything that the report shows.

    Attributes
    ----------
    regimes, mechanisms : tuple of str
        Names; the first regime is what the others are held against, the second is the question.
    comparison : Comparison
        With the whole compliance room: for each pricing rule, every regime; regimes vary fastest.
    rooms : list of RoomCase
        The same at three values of compliance room.
    whole_room : float
        Compliance room of `comparison`, divided by annual issuance.
    maps : list of MarketMap
        One for each pricing rule.
    rules : RuleCase or None
        All pricing rules, compared with each other.
    theories : sequence of TheoryCase
        Price theories of sellers, in the months of the record.
    """

    regimes: tuple[str, ...]
    mechanisms: tuple[str, ...]
    comparison: Comparison
    rooms: list[RoomCase]
    whole_room: float
    maps: list[MarketMap]
    rules: RuleCase | None = None
    theories: Sequence[TheoryCase] = ()


def _variants(
    regimes: Sequence[str], room_share: float | None = None,
    mechanisms: Sequence[str] = MECHANISMS,
) -> list[Scenario]:
    room = {} if room_share is None else {"compliance.room_share": room_share}
    return [
        load(regime, {"market.mechanism": mechanism, **room})
        for mechanism in mechanisms
        for regime in regimes
    ]


def _other_rules() -> list[str]:
    return [rule for rule in RULES if rule not in MECHANISMS]


def runs(replicates: int, map_replicates: int) -> int:
    """Number of runs that `ask` makes."""
    variants = len(MECHANISMS) * (len(REGIMES) + len(ROOMS) * len(ROOM_REGIMES))
    variants += len(_other_rules()) * RULE_REGIMES
    maps = len(MECHANISMS) * len(AXIS) ** 2 * map_replicates
    return variants * replicates + maps + runs_of_theories(replicates)


def _room_case(room: float, narrow: Sequence[Variant], whole: Comparison) -> RoomCase:
    # Where the credit never counts for compliance, the room changes nothing: one run serves all.
    regimes, others = len(REGIMES), list(narrow)
    variants = []
    for row, variant in enumerate(whole.variants):
        variants.append(others.pop(0) if REGIMES[row % regimes] in ROOM_REGIMES else variant)
    return RoomCase(room, Comparison(variants, whole.base_seed, whole.replicates))


def _rule_case(whole: Comparison, others: Sequence[Variant]) -> RuleCase:
    # What the question was asked under has been run already.
    found = {}
    for row, variant in enumerate(whole.variants):
        found[MECHANISMS[row // len(REGIMES)], row % len(REGIMES)] = variant
    for row, variant in enumerate(others):
        found[_other_rules()[row // RULE_REGIMES], row % RULE_REGIMES] = variant
    variants = [found[rule, place] for rule in RULES for place in range(RULE_REGIMES)]
    comparison = Comparison(variants, whole.base_seed, whole.replicates)
    return RuleCase(RULES, REGIMES[:RULE_REGIMES], comparison)


def ask(
    replicates: int,
    map_replicates: int = 1,
    *,
    axis: Sequence[float] = AXIS,
    base_seed: int = 1,
    advance: Callable[[], None] = lambda: None,
    spread: Workers | None = None,
) -> Answer:
    """Ask the question.

    Parameters
    ----------
    replicates : int
        Runs of each variant of a comparison.
    map_replicates : int
        Runs of each point of a map.
    axis : sequence of float
        Both axes of the maps, divided by annual issuance.
    base_seed : int
    advance : callable
        Called after every run.
    spread : callable, optional
        Processes of `experiments.workers.workers`; this one where not given.

    Returns
    -------
    Answer
    """
    scales = scales_of(load(ROOM_REGIMES[0]), replicate_seed(base_seed, 0))
    if not scales.issuance_t > 0 or not scales.room_t > 0:
        raise InputError(
            f"{ROOM_REGIMES[0]}: issues nothing, or leaves no room for credits: there is no scale "
            "to compare. Change what keeps it so."
        )
    whole = scales.room_t / scales.issuance_t
    scenarios = _variants(REGIMES)
    every = len(scenarios)
    for room in ROOMS:
        scenarios += _variants(ROOM_REGIMES, min(room / whole, 1.0))
    roomy = len(scenarios)
    scenarios += _variants(REGIMES[:RULE_REGIMES], mechanisms=_other_rules())
    # Together, so that all share the counterfactual of their seed.
    found = compare(
        scenarios, replicates=replicates, base_seed=base_seed, advance=advance, spread=spread
    )
    comparison = Comparison(found.variants[:every], base_seed, replicates)
    narrow = found.variants[every:roomy]
    share = len(narrow) // len(ROOMS)
    rooms = [
        _room_case(room, narrow[place * share : (place + 1) * share], comparison)
        for place, room in enumerate(ROOMS)
    ]
    maps = [
        market_map(
            # Eligible from the start: the map shows regimes, not the year of a change.
            load(ROOM_REGIMES[0], {
                "market.mechanism": mechanism, "compliance.eligible": True, "events": [],
            }),
            axis, axis, replicates=map_replicates, base_seed=base_seed, advance=advance,
            spread=spread,
        )
        for mechanism in MECHANISMS
    ]
    theories = price_theories(
        load(REGIMES[0]), replicates, base_seed, advance=advance, spread=spread
    )
    rules = _rule_case(comparison, found.variants[roomy:])
    return Answer(REGIMES, MECHANISMS, comparison, rooms, whole, maps, rules, theories)
