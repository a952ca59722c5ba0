"""The main question, asked of the Chinese county world: what eligibility would do."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from agents.vocabulary import Mechanism
from experiments.bunching import PaceCase, bunching
from experiments.bunching import runs as runs_of_bunching
from experiments.comparing import Comparison, Variant, compare
from experiments.integrity import IntegrityCase, integrity_case
from experiments.integrity import runs as runs_of_integrity
from experiments.mapping import MarketMap, market_map, scales_of
from experiments.price_theories import TheoryCase, price_theories
from experiments.price_theories import runs as runs_of_theories
from experiments.seeds import replicate_seed
from experiments.workers import Workers
from simulation.errors import InputError
from simulation.scenario import Scenario, load

__all__ = ["Answer", "KindCase", "RoomCase", "RuleCase", "ask", "runs"]

# The rules under which the whole question is asked.
MECHANISMS = ("listing", "bilateral", "call_auction")
# Those that are compared with each other under the first regimes.
RULES = tuple(mechanism.name.lower() for mechanism in Mechanism)
RULE_REGIMES = 2
REGIMES = ("china-counties", "ccer-eligible", "provincial-quota", "mixed")
# In these the answer depends on the compliance room.
ROOM_REGIMES = ("ccer-eligible", "mixed")
ROOMS = (0.25, 1.0, 4.0)
# The map reaches as far as volunteers who lift the price above the allowance.
VOLUNTARY_AXIS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
ROOM_AXIS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
# Ways to make polluters answer for emissions; the credit counts in all of them, if in any.
KINDS = ("cap", "absolute", "tax", "neutralisation", "none")
# The usual pricing rule, and one with a single price a month.
KIND_RULES = ("bilateral", "call_auction")
# The world in which not all that is issued is real.
INTEGRITY = "integrity"
# Where the offset limit binds, so that firms and not supply decide when credits are bought.
PACE_ROOM = 0.5


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


class KindCase(NamedTuple):
    """The credit under other compliance regimes.

    Attributes
    ----------
    mechanisms, kinds : tuple of str
    comparison : Comparison
        Variants: for each pricing rule, every regime; regimes vary fastest.
    """

    mechanisms: tuple[str, ...]
    kinds: tuple[str, ...]
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
        One for each pricing rule of the question.
    rules : RuleCase or None
        All pricing rules, compared with each other.
    theories : sequence of TheoryCase
        Price theories of sellers, in the months of the record.
    other_maps : sequence of MarketMap
        Those of all other pricing rules, on the same axes.
    kinds : KindCase or None
        Compliance regimes, compared with each other.
    paces : sequence of PaceCase
        When compliance buyers buy.
    integrity : IntegrityCase or None
        What is real of what is claimed.
    """

    regimes: tuple[str, ...]
    mechanisms: tuple[str, ...]
    comparison: Comparison
    rooms: list[RoomCase]
    whole_room: float
    maps: list[MarketMap]
    rules: RuleCase | None = None
    theories: Sequence[TheoryCase] = ()
    other_maps: Sequence[MarketMap] = ()
    kinds: KindCase | None = None
    paces: Sequence[PaceCase] = ()
    integrity: IntegrityCase | None = None


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
    variants += len(KIND_RULES) * (len(KINDS) - 1)
    maps = len(RULES) * len(VOLUNTARY_AXIS) * len(ROOM_AXIS) * map_replicates
    others = runs_of_theories(replicates) + runs_of_bunching(3, replicates)
    return variants * replicates + maps + others + runs_of_integrity(replicates)


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


def _kind_variants() -> list[Scenario]:
    return [
        load(REGIMES[1], {"market.mechanism": mechanism, "regime.kind": kind})
        for mechanism in KIND_RULES
        for kind in KINDS[1:]
    ]


def _kind_case(whole: Comparison, others: Sequence[Variant]) -> KindCase:
    # Under a cap the question was asked already.
    rows, variants = iter(others), []
    for mechanism in KIND_RULES:
        variants.append(whole.variants[MECHANISMS.index(mechanism) * len(REGIMES) + 1])
        variants += [next(rows) for _ in KINDS[1:]]
    return KindCase(KIND_RULES, KINDS, Comparison(variants, whole.base_seed, whole.replicates))


def _map_scenario(mechanism: str) -> Scenario:
    # Eligible from the start: the map shows regimes, not the year of a change.
    return load(ROOM_REGIMES[0], {
        "market.mechanism": mechanism, "compliance.eligible": True, "events": [],
    })


def ask(
    replicates: int,
    map_replicates: int = 1,
    *,
    voluntary_axis: Sequence[float] = VOLUNTARY_AXIS,
    room_axis: Sequence[float] = ROOM_AXIS,
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
    voluntary_axis, room_axis : sequence of float
        Axes of the maps, divided by annual issuance.
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
    ruled = len(scenarios)
    scenarios += _kind_variants()
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
    maps = {
        mechanism: market_map(
            _map_scenario(mechanism), voluntary_axis, room_axis, replicates=map_replicates,
            base_seed=base_seed, advance=advance, spread=spread,
        )
        for mechanism in RULES
    }
    usual, other = KIND_RULES
    paces = bunching(
        load(REGIMES[1]), [(other, PACE_ROOM), (usual, PACE_ROOM), (usual, whole)], whole,
        replicates=replicates, base_seed=base_seed, advance=advance, spread=spread,
    )
    theories = price_theories(
        load(REGIMES[0]), replicates, base_seed, advance=advance, spread=spread
    )
    return Answer(
        REGIMES, MECHANISMS, comparison, rooms, whole, [maps[rule] for rule in MECHANISMS],
        _rule_case(comparison, found.variants[roomy:ruled]), theories,
        [maps[rule] for rule in _other_rules()],
        _kind_case(comparison, found.variants[ruled:]), paces,
        integrity_case(
            load(INTEGRITY), load(REGIMES[1]).events[0], replicates, base_seed, advance=advance,
            spread=spread,
        ),
    )
