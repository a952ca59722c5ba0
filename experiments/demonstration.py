"""The demonstration: the seed case replayed, then the question asked of ten agents."""

from collections.abc import Callable
from typing import NamedTuple

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from experiments.comparing import Comparison, Variant, compare
from experiments.intervals import Interval
from experiments.language import Language, say
from experiments.tables import comparison_table, interval_note, moments_table, number
from experiments.telling import story
from simulation.results import Run
from simulation.scenario import load
from simulation.world import World

__all__ = ["Demonstration", "demonstrate", "runs", "shown"]

REPLAY, BASE, CHANGED = "ziyang", "tiny", "tiny-eligible"
MECHANISMS = ("listing", "call_auction")
SHOWN = (
    "issued_t", "volume_t", "voluntary_t", "compliance_t", "months_with_trade_share",
    "price_yuan_per_t", "proceeds_yuan", "watershed_received_yuan", "new_area_ha",
)


class Demonstration(NamedTuple):
    """What the demonstration computed.

    Attributes
    ----------
    replay : Run
        The seed case.
    comparison : Comparison
        Ten agents, without and with eligibility, for each pricing rule.
    """

    replay: Run
    comparison: Comparison

    @property
    def pairs(self) -> list[tuple[Variant, Variant]]:
        """With eligibility and without, for each pricing rule."""
        variants = self.comparison.variants
        return list(zip(variants[1::2], variants[0::2], strict=True))


def runs(replicates: int) -> int:
    """Number of runs that a demonstration makes."""
    return 1 + 2 * len(MECHANISMS) * replicates


def demonstrate(replicates: int, advance: Callable[[], None]) -> Demonstration:
    """Replay the seed case, then compare.

    Parameters
    ----------
    replicates : int
    advance : callable
        Called after every run.

    Returns
    -------
    Demonstration
    """
    world = World(load(REPLAY), seed=1)
    world.run()
    world.check_books()
    advance()
    variants = [
        load(name, {"market.mechanism": mechanism})
        for mechanism in MECHANISMS
        for name in (BASE, CHANGED)
    ]
    return Demonstration(Run(world), compare(variants, replicates=replicates, advance=advance))


def _shown(found: Interval, language: Language, digits: int) -> str:
    mean = number(found.mean, language, digits)
    if found.low is None:
        return mean
    low, high = number(found.low, language, digits), number(found.high, language, digits)
    return f"{mean} [{low}, {high}]"


def _answer(shown: Demonstration, pair: tuple[Variant, Variant], language: Language) -> str:
    changed, base = pair
    difference = shown.comparison.difference
    volume = difference(changed, "volume_t", base)
    voluntary = difference(changed, "voluntary_t", base)
    price = difference(changed, "price_yuan_per_t", base)
    money = difference(changed, "watershed_received_yuan", base)
    return say(
        "answer", language,
        mechanism=say(changed.scenario.market.mechanism, language),
        volume=_shown(volume, language, 0),
        voluntary=_shown(voluntary, language, 0),
        price=_shown(price, language, 2),
        before=number(base.interval("price_yuan_per_t").mean, language, 2),
        money=_shown(money, language, 0),
    )


def shown(found: Demonstration, language: Language) -> list[RenderableType]:
    """The demonstration for people.

    Parameters
    ----------
    found : Demonstration
    language : {"en", "zh"}

    Returns
    -------
    list of renderables
    """
    parts: list[RenderableType] = [
        moments_table(story(found.replay, language), say("story", language), language),
        Padding(Text(say("books", language), style="green"), (0, 0, 1, 0)),
        Text(say("question", language), style="bold"),
    ]
    for changed, base in found.pairs:
        parts.append(comparison_table(found.comparison, changed, base, language, SHOWN))
    parts.append(interval_note(found.comparison, language))
    parts.append(Padding("", (0, 0)))
    parts += [
        Text(_answer(found, pair, language), overflow="fold") for pair in found.pairs
    ]
    parts.append(Text(say("limits", language), style="dim"))
    return parts
