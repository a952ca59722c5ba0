"""A live run as an address: scenario, start settings, seed, levers moved, month."""

import datetime
import json
import re
import urllib.parse
from collections.abc import Mapping
from typing import Any, NamedTuple

from agents.parameters import month_number, month_text
from dashboard.live.lane import Move
from dashboard.live.player import Player
from simulation.errors import InputError, ScenarioError, close_to
from simulation.groups import province_of
from simulation.scenario import LEVERS, Scenario, declared, load, scenario_names
from simulation.scenario_files import parse_override
from simulation.world import LARGEST_SEED

__all__ = ["DEFAULT_SCENARIO", "AddressError", "Wish", "open_player", "query_of", "wish_of"]

DEFAULT_SCENARIO = "ccer-eligible"
FIRST_SEED = 1
# Somebody else's link must not fill the memory of the server.
MOST_AGENTS = 20_000
MOST_AGENT_MONTHS = 6_000_000
MOST_MOVES = 500
MOST_LINKS = 300_000
LONGEST = 100_000
DEEPEST = 20
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
# Parts of an address that are known; `unknown` is where no page was found, `utm_` and the like
# are what other sites add to links.
KNOWN = ("scenario", "seed", "month", "set", "move", "store", "run", "unknown", "speed")


class AddressError(InputError):
    """Something in an address cannot be used, told in both languages.

    Parameters
    ----------
    english, chinese : str
    """

    def __init__(self, english: str, chinese: str) -> None:
        self.chinese = chinese
        super().__init__(english)


class Wish(NamedTuple):
    """What an address asks for.

    Attributes
    ----------
    scenario : str
        Name of one that ships.
    settings : dict
        Dotted key to value at the start.
    seed : int or None
        None where the address names none: the run of a study has its own then, others have 1.
    moves : tuple of Move
        By month.
    month : int or None
        Month to run to; None leaves the run at its start. Moves that come later wait for their
        months.
    store : str
        Study whose run is wanted instead.
    run : int
    unknown : str
        Address of no page.
    """

    scenario: str = DEFAULT_SCENARIO
    settings: Mapping[str, Any] = {}
    seed: int | None = None
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
    if len(search or "") > LONGEST:
        raise AddressError(
            f"address: is longer than {LONGEST:,} characters. Use a scenario file.",
            f"地址超过 {LONGEST:,} 个字符，请改用情景文件。",
        )
    # Halves of characters, which no text of the web has.
    search = (search or "").encode("utf-8", "replace").decode()
    parts = urllib.parse.parse_qs(search, keep_blank_values=True, max_num_fields=2000)
    for key in parts:
        if key not in KNOWN and close_to(key, KNOWN):
            raise AddressError(
                f"address: {key!r} is unknown{close_to(key, KNOWN)}.",
                f"地址中的 {key!r} 无法识别，可用：{'、'.join(KNOWN[:5])}。",
            )
    scenario = parts.get("scenario", [DEFAULT_SCENARIO])[-1]
    settings: dict[str, Any] = {}
    for key, value in map(_setting, parts.get("set", [])):
        # The latest stands last: of two that overlap it counts.
        settings.pop(key, None)
        settings[key] = value
    moves = tuple(sorted(
        (_move(text) for text in parts.get("move", [])), key=lambda move: move.month
    ))
    if len(moves) > MOST_MOVES:
        raise InputError(f"address: {len(moves)} moves are more than {MOST_MOVES}.")
    month = parts.get("month", [""])[-1]
    seed = parts.get("seed", [""])[-1]
    return Wish(
        scenario, settings, _whole("seed", seed) if "seed" in parts else None, moves,
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
        raise AddressError(
            f"address: scenario = {wish.scenario!r} does not ship"
            f"{close_to(wish.scenario, scenario_names())}. Choose one from the list.",
            f"没有情景 {wish.scenario!r}，请从列表中选择。",
        )
    try:
        scenario = load(wish.scenario, wish.settings)
    except ScenarioError as error:
        unknown = re.search(r"unknown key '([^']*)'", str(error))
        if unknown is None:
            raise
        raise AddressError(
            str(error).replace("--set", "address: set"),
            f"没有参数 {unknown[1]!r}，参数名见 `swcmarket scenarios`。",
        ) from None
    if scenario.network.edges or scenario.network.kind == "edge_list":
        raise InputError(
            "address: network.edges cannot be set by an address. Use a scenario file."
        )
    agents = sum(group.count for group in (*scenario.projects, *scenario.firms))
    if agents > MOST_AGENTS or agents * scenario.months > MOST_AGENT_MONTHS:
        raise AddressError(
            f"address: {agents:,} agents over {scenario.months} months are more than this page "
            f"runs ({MOST_AGENTS:,} agents, {MOST_AGENT_MONTHS:,} agent-months). Use "
            "`swcmarket run`.",
            f"{agents:,} 个主体、{scenario.months} 个月超出本页上限（{MOST_AGENTS:,} 个主体，"
            f"{MOST_AGENT_MONTHS:,} 主体·月），请改用 `swcmarket run`。",
        )
    if _expected_links(scenario) > MOST_LINKS:
        raise AddressError(
            f"address: about {_expected_links(scenario):,.0f} links between firms are more than "
            f"this page builds ({MOST_LINKS:,}). Lower network.within_block, or set "
            "network.kind=small_world.",
            f"企业间联系约 {_expected_links(scenario):,.0f} 条，超出本页上限（{MOST_LINKS:,}）。"
            "请降低 network.within_block，或设 network.kind=small_world。",
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
    if wish.seed is not None and wish.seed > LARGEST_SEED:
        raise AddressError(
            f"address: seed = {wish.seed} is above {LARGEST_SEED}.",
            f"随机种子 {wish.seed} 超过上限 {LARGEST_SEED}。",
        )
    scenario, own = start or (scenario_of(wish), FIRST_SEED)
    player = Player(scenario, own if wish.seed is None else wish.seed)
    wanted = [("move", move.month) for move in wish.moves]
    wanted += [("month", wish.month)] if wish.month is not None else []
    for part, month in wanted:
        if not scenario.start - (part == "month") <= month < scenario.stop:
            first, last = month_text(scenario.start), month_text(scenario.stop - 1)
            raise AddressError(
                f"address: {part} = {month_text(month)} is not a month of {scenario.name}, which "
                f"runs from {first} to {last}.",
                f"{month_text(month)} 不在情景 {scenario.name} 的时间范围内"
                f"（{first} 至 {last}）。",
            )
    stands = scenario.start - 1 if wish.month is None else wish.month
    for move in wish.moves:
        # As it was moved: beside what had happened by then.
        player.run_to(min(move.month - 1, stands))
        player.set_lever(move.key, move.value, month=move.month)
    player.run_to(stands)
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
        parts += [("seed", str(player.seed))] if wish.seed is not None else []
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
    """Value as `parse_override` reads it again: texts bare where that is the same."""
    if isinstance(value, str) and _reads_as_itself(value):
        return value
    return _toml(value)


def _reads_as_itself(value: str) -> bool:
    try:
        return parse_override(f"key={value}") == ("key", value)
    except RecursionError:
        return False


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # TOML knows the escapes of JSON, and wants this one more.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(_toml, value)) + "]"
    if isinstance(value, Mapping):
        return "{" + ",".join(
            f"{key if BARE_KEY.fullmatch(key) else _toml(key)}={_toml(each)}"
            for key, each in value.items()
        ) + "}"
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, int) and value > 1 << 63:
        # Python writes thousands of digits in hexadecimal only.
        return hex(value)
    return str(value)


def _setting(text: str) -> tuple[str, Any]:
    key, value = _parsed("set", text)
    # Files of this machine are not for whoever sends a link.
    texts = {
        item.key for item in declared()
        if item.unit == "name" and not item.choices and item.key not in LEVERS
    }
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
        key, value = parse_override(text)
        if not _deeper(value, DEEPEST):
            return key, value
    except InputError as error:
        raise InputError(f"address: {part}: {error}") from None
    except RecursionError:
        pass
    raise InputError(f"address: {part}: is nested too deeply. Flatten it.")


def _deeper(value: object, levels: int) -> bool:
    inside = value.values() if isinstance(value, dict) else value
    return isinstance(value, (dict, list)) and (
        not levels or any(_deeper(each, levels - 1) for each in inside)
    )


def _month(part: str, text: str) -> int:
    try:
        return month_number(text)
    except ValueError as error:
        raise AddressError(
            f"address: {part} = {text!r} is {error}.",
            f"{text!r} 不是月份，请写成 YYYY-MM，例如 2024-01。",
        ) from None


def _whole(part: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        what = "随机种子" if part == "seed" else part
        raise AddressError(
            f"address: {part} = {text!r} is no whole number. Give one from 0.",
            f"{what} {text!r} 不是非负整数。",
        )
    return int(text)
