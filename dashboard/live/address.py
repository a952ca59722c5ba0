"""A live run as an address: scenario, start settings, seed, levers moved, month."""

import urllib.parse
from collections.abc import Mapping
from typing import Any, NamedTuple

from agents.parameters import month_number, month_text
from dashboard.live.lane import Move
from dashboard.live.player import Player
from simulation.errors import InputError, close_to
from simulation.groups import province_of
from simulation.scenario import Scenario, declared, load, scenario_names
from simulation.scenario_files import parse_override

__all__ = ["DEFAULT_SCENARIO", "Wish", "open_player", "query_of", "wish_of"]

DEFAULT_SCENARIO = "ccer-eligible"
# Somebody else's link must not fill the memory of the server.
MOST_AGENTS = 20_000
MOST_AGENT_MONTHS = 6_000_000
MOST_MOVES = 500
MOST_LINKS = 300_000
# Parts of an address that are known; `unknown` is where no page was found, `utm_` and the like
# are what other sites add to links.
KNOWN = ("scenario", "seed", "month", "set", "move", "store", "run", "unknown", "speed")


class Wish(NamedTuple):
    """What an address asks for.

    Attributes
    ----------
    scenario : str
        Name of one that ships.
    settings : dict
        Dotted key to value at the start.
    seed : int
    moves : tuple of Move
        By month.
    month : int or None
        Month to run to; None leaves the run at its start, playing.
    store : str
        Study whose run is wanted instead.
    run : int
    unknown : str
        Address of no page.
    """

    scenario: str = DEFAULT_SCENARIO
    settings: Mapping[str, Any] = {}
    seed: int = 1
    moves: tuple[Move, ...] = ()
    month: int | None = None
    store: str = ""
    run: int = 0
    unknown: str = ""


def wish_of(search: str | None) -> Wish:
    """Read an address.

    Parameters
    ----------
    search : str or None
        What stands behind the question mark.

    Returns
    -------
    Wish

    Raises
    ------
    InputError
        When a part cannot be used: one line that says which, the limit, and the way out.
    """
    parts = urllib.parse.parse_qs(search or "", keep_blank_values=True, max_num_fields=2000)
    for key in parts:
        if key not in KNOWN and close_to(key, KNOWN):
            raise InputError(f"address: {key!r} is unknown{close_to(key, KNOWN)}.")
    scenario = parts.get("scenario", [DEFAULT_SCENARIO])[-1]
    settings = dict(_setting(text) for text in parts.get("set", []))
    moves = tuple(sorted(
        (_move(text) for text in parts.get("move", [])), key=lambda move: move.month
    ))
    if len(moves) > MOST_MOVES:
        raise InputError(f"address: {len(moves)} moves are more than {MOST_MOVES}.")
    month = parts.get("month", [""])[-1]
    return Wish(
        scenario, settings, _whole("seed", parts.get("seed", ["1"])[-1]), moves,
        _month("month", month) if month else None, parts.get("store", [""])[-1],
        _whole("run", parts.get("run", ["0"])[-1]), parts.get("unknown", [""])[-1],
    )


def scenario_of(wish: Wish) -> Scenario:
    """Scenario that a wish begins with.

    Raises
    ------
    InputError
        When a setting cannot be used, or there would be too many agents.
    """
    if wish.scenario not in scenario_names():
        raise InputError(
            f"address: scenario = {wish.scenario!r} does not ship"
            f"{close_to(wish.scenario, scenario_names())}. Choose one from the list."
        )
    scenario = load(wish.scenario, wish.settings)
    if scenario.network.edges or scenario.network.kind == "edge_list":
        raise InputError(
            "address: network.edges cannot be set by an address. Use a scenario file."
        )
    agents = sum(group.count for group in (*scenario.projects, *scenario.firms))
    if agents > MOST_AGENTS or agents * scenario.months > MOST_AGENT_MONTHS:
        raise InputError(
            f"address: {agents:,} agents over {scenario.months} months are more than this page "
            f"runs ({MOST_AGENTS:,} agents, {MOST_AGENT_MONTHS:,} agent-months). Use "
            "`swcmarket run`."
        )
    if _expected_links(scenario) > MOST_LINKS:
        raise InputError(
            f"address: about {_expected_links(scenario):,.0f} links between firms are more than "
            f"this page builds ({MOST_LINKS:,}). Lower network.within_block, or set "
            "network.kind=small_world."
        )
    return scenario


def _expected_links(scenario: Scenario) -> float:
    rules = scenario.network
    counts = [group.count for group in scenario.firms]
    if rules.kind != "block":
        return sum(counts) * rules.neighbours / 2
    blocks: dict[tuple[str, str], int] = {}
    for group in scenario.firms:
        key = (province_of(group), group.sector)
        blocks[key] = blocks.get(key, 0) + group.count
    inside = sum(size * size for size in blocks.values()) / 2
    among = sum(counts) ** 2 / 2 - inside
    return rules.within_block * inside + rules.between_blocks * among


def open_player(wish: Wish, start: tuple[Scenario, int] | None = None) -> Player:
    """Run that a wish asks for, as far as it says.

    Parameters
    ----------
    wish : Wish
    start : (Scenario, int), optional
        Scenario and seed of a run of a study, where that is what is wished for.

    Returns
    -------
    Player

    Raises
    ------
    InputError
        When something in it cannot be used.
    """
    player = Player(*(start or (scenario_of(wish), wish.seed)))
    scenario = player.lane.world.scenario
    wanted = [("move", move.month) for move in wish.moves]
    wanted += [("month", wish.month)] if wish.month is not None else []
    for part, month in wanted:
        if not scenario.start - (part == "month") <= month < scenario.stop:
            raise InputError(
                f"address: {part} = {month_text(month)} is not a month of {scenario.name}, which "
                f"runs from {month_text(scenario.start)} to {month_text(scenario.stop - 1)}."
            )
    for move in wish.moves:
        player.run_to(move.month - 1)
        player.set_lever(move.key, move.value)
    if wish.month is not None:
        player.run_to(wish.month)
    return player


def query_of(wish: Wish, player: Player) -> str:
    """Address of a run as it stands.

    Parameters
    ----------
    wish : Wish
        What it began with.
    player : Player

    Returns
    -------
    str
        From the question mark on.
    """
    parts: list[tuple[str, str]] = []
    if wish.store:
        parts = [("store", wish.store), ("run", str(wish.run))]
    else:
        parts = [("scenario", wish.scenario)]
        parts += [("set", f"{key}={_text(value)}") for key, value in wish.settings.items()]
        parts += [("seed", str(player.seed))]
    parts += [
        ("move", f"{month_text(move.month)}:{move.key}={_text(move.value)}")
        for move in player.moves
    ]
    month = player.lane.world.month - 1 if player.viewed is None else player.viewed
    if month >= player.lane.world.scenario.start:
        parts.append(("month", month_text(month)))
    return "?" + urllib.parse.urlencode(parts, safe=":=,.")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(f'"{item}"' for item in value) + "]"
    return str(value)


def _setting(text: str) -> tuple[str, Any]:
    key, value = _parsed("set", text)
    # Files of this machine are not for whoever sends a link.
    texts = {item.key for item in declared() if item.unit == "name" and not item.choices}
    if key.split(".")[0] in ("extends", "projects_csv", "firms_csv") or key in texts:
        raise InputError(f"address: {key} cannot be set by an address. Use a scenario file.")
    return key, value


def _move(text: str) -> Move:
    month, colon, rest = text.partition(":")
    if not colon:
        raise InputError(
            f"address: move = {text!r} is no move of a lever. Write YYYY-MM:key=value."
        )
    key, value = _parsed("move", rest)
    return Move(_month("move", month), key, value)


def _parsed(part: str, text: str) -> tuple[str, Any]:
    try:
        return parse_override(text)
    except InputError as error:
        raise InputError(f"address: {part}: {error}") from None
    except RecursionError:
        raise InputError(f"address: {part}: is nested too deeply. Flatten it.") from None


def _month(part: str, text: str) -> int:
    try:
        return month_number(text)
    except ValueError as error:
        raise InputError(f"address: {part} = {text!r} is {error}.") from None


def _whole(part: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise InputError(f"address: {part} = {text!r} is no whole number. Give one from 0.")
    return int(text)
