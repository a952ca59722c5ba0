"""Futures of the visitor's live run, to be compared like scenarios."""

from typing import NamedTuple

from agents.parameters import month_text
from dashboard.compare.texts import TEXTS
from dashboard.live.lane import Move
from dashboard.live.session import Session
from experiments.language import LANGUAGES, Language, pick
from experiments.rule_effects import Rules, whole_rules, without_rules
from experiments.values_told import rule_told, rules_joined
from simulation.scenario import Scenario

__all__ = [
    "FIRST", "SECOND", "UNMOVED", "WITHOUT", "Future", "futures_of", "moves_told", "pairs_of",
]

FIRST, SECOND, UNMOVED, WITHOUT = "live-a", "live-b", "live-unmoved", "live-without"


class Future(NamedTuple):
    """A future of the live run.

    Attributes
    ----------
    scenario : Scenario
        With what was moved by hand on its timeline.
    titles : tuple of str
        In every language of `LANGUAGES`.
    moves : tuple of Move
        By hand.
    shown : bool
        Whether Live looks at it.
    rules : Rules or None
        The latest, of which `WITHOUT` is without and the run beside it with.
    """

    scenario: Scenario
    titles: tuple[str, ...]
    moves: tuple[Move, ...]
    shown: bool = False
    rules: Rules | None = None


def futures_of(session: Session | None) -> dict[str, Future]:
    """What the live run of a visitor offers to compare.

    Parameters
    ----------
    session : Session or None

    Returns
    -------
    dict
        `FIRST`, the run itself; `SECOND`, where it was forked; `UNMOVED`, where levers were moved;
        `WITHOUT`, where a rule has changed: without the latest one.
    """
    if session is None:
        return {}
    player = session.player
    with player.still():
        lanes = player.lanes
        keys = ("future_a", "future_b") if len(lanes) > 1 else ("future_one",)
        found = {
            value: Future(
                lane.world.scenario, _titles(key), tuple(lane.moves), lane is player.lane
            )
            for value, key, lane in zip((FIRST, SECOND), keys, lanes, strict=False)
        }
        if player.moves:
            found[UNMOVED] = Future(player.untouched(), _titles("future_unmoved"), ())
        beside = player.beside
        if beside is not None and len(lanes) == 1 and beside.fits(lanes[0]):
            left = without_rules(lanes[0].world.scenario, beside.rules.dates)
            if left is not None:
                moves = tuple(
                    move for move in lanes[0].moves if move.month not in beside.rules.dates
                )
                # Compared are whole runs, so all steps count.
                rules = whole_rules(lanes[0].world.scenario, beside.rules)
                titles = _titles("future_without", month=month_text(rules.date))
                found[WITHOUT] = Future(left, titles, moves, rules=rules)
                found[FIRST] = found[FIRST]._replace(rules=rules)
    return found


def _titles(key: str, **values: str) -> tuple[str, ...]:
    return tuple(TEXTS(key, language, **values) for language in LANGUAGES)


def pairs_of(futures: dict[str, Future]) -> dict[str, tuple[str, str]]:
    """Futures that belong side by side, by what an address calls them.

    Parameters
    ----------
    futures : dict
        Of `futures_of`.

    Returns
    -------
    dict
        ``fork``: both futures; ``levers``: the run without and with what was moved by hand;
        ``rule``: without and with the latest rule.
    """
    pairs = {}
    if SECOND in futures:
        pairs["fork"] = (FIRST, SECOND)
    if UNMOVED in futures:
        shown = next(value for value, future in futures.items() if future.shown)
        pairs["levers"] = (UNMOVED, shown)
    if WITHOUT in futures:
        pairs["rule"] = (WITHOUT, FIRST)
    return pairs


def moves_told(future: Future, language: Language) -> str:
    """The latest rule of a future, and what was moved by hand in it, in a line.

    Parameters
    ----------
    future : Future
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    colon, between = pick(": ", "：", language), pick("; ", "；", language)
    currency, rules = future.scenario.currency, future.rules
    # What is told as the latest rule is not told again as a move.
    dates = rules.dates if rules is not None else ()
    parts = [_rules_told(future, rules, language)] if rules is not None else []
    parts += [
        f"{month_text(move.month)}{colon}"
        f"{rule_told(move.key, move.value, move.value, currency, language)}"
        for move in future.moves if move.month not in dates
    ]
    if not future.moves:
        parts.append(TEXTS("no_moves", language))
    return between.join(part for part in parts if part)


def _rules_told(future: Future, rules: Rules, language: Language) -> str:
    told = rules_joined(rules.told(future.scenario.currency, language), language)
    if not told:
        return ""
    if rules.steps > 1:
        told = TEXTS("in_steps", language, rules=told, steps=rules.steps)
    kept = any(event.effective == rules.date for event in future.scenario.events)
    key = "with_rule" if kept else "without_rule"
    return TEXTS(key, language, month=month_text(rules.date), rules=told)
