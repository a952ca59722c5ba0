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
from simulation.errors import InputError, close_to
from simulation.scenario import LEVERS, declared
from simulation.scenario_files import parse_override

__all__ = ["DEFAULT_SCENARIO", "AddressError", "Wish", "query_of", "wish_of"]

DEFAULT_SCENARIO = "ccer-eligible"
# Somebody else's link must not fill the memory of the server.
MOST_MOVES = 500
LONGEST = 100_000
DEEPEST = 20
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
# Parts of an address that are known; `unknown` is where no page was found, `utm_` and the like
# are what other sites add to links.
KNOWN = ("scenario", "seed", "month", "set", "move", "fork", "fork_move", "shown", "store", "run",
         "unknown", "speed")
FUTURES = ("a", "b")


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
    fork : int or None
        First month of a second future; None where there is only one.
    fork_moves : tuple of Move
        Levers moved in it, by month.
    shown : {0, 1}
        Future that is looked at.
    """

    scenario: str = DEFAULT_SCENARIO
    settings: Mapping[str, Any] = {}
    seed: int | None = None
    moves: tuple[Move, ...] = ()
    month: int | None = None
    store: str = ""
    run: int = 0
    unknown: str = ""
    fork: int | None = None
    fork_moves: tuple[Move, ...] = ()
    shown: int = 0

    def afresh(self, **changes: Any) -> "Wish":  # noqa: ANN401
        """The same run from its start on, nothing done to it yet.

        Parameters
        ----------
        **changes
            Other parts that are changed.
        """
        nothing = {"month": None, "moves": (), "fork": None, "fork_moves": (), "shown": 0}
        return self._replace(**{**nothing, **changes})


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
    moves, fork_moves = (
        tuple(sorted(
            (_move(part, text) for text in parts.get(part, [])), key=lambda move: move.month
        ))
        for part in ("move", "fork_move")
    )
    if len(moves) + len(fork_moves) > MOST_MOVES:
        raise InputError(
            f"address: {len(moves) + len(fork_moves)} moves are more than {MOST_MOVES}."
        )
    fork = _month("fork", parts["fork"][-1]) if "fork" in parts else None
    early = [move for move in fork_moves if fork is None or move.month < fork]
    if early:
        raise AddressError(
            f"address: fork_move = {month_text(early[0].month)} is in no second future. Give fork "
            "the first month of that, not after it.",
            f"fork_move = {month_text(early[0].month)} 不在第二个未来之内，请以 fork 给出其首月。",
        )
    month, shown = parts.get("month", [""])[-1], parts.get("shown", ["b"])[-1]
    if shown not in FUTURES:
        raise AddressError(
            f"address: shown = {shown!r} is no future. Give a or b.",
            f"shown = {shown!r} 应为 a 或 b。",
        )
    seed = parts.get("seed", [""])[-1]
    return Wish(
        scenario, settings, _whole("seed", seed) if "seed" in parts else None, moves,
        _month("month", month) if month else None, parts.get("store", [""])[-1],
        _whole("run", parts.get("run", ["0"])[-1]), parts.get("unknown", [""])[-1],
        fork, fork_moves, 0 if fork is None else FUTURES.index(shown),
    )


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
    first = player.lanes[0]
    parts += [("move", _move_text(move)) for move in first.moves]
    if len(player.lanes) > 1:
        second = player.lanes[1]
        parts.append(("fork", month_text(second.begun)))
        # Before, both have one past.
        parts += [("fork_move", _move_text(move)) for move in second.moves
                  if move.month >= second.begun]
        parts += [] if player.lane is second else [("shown", "a")]
    month = player.lane.world.month - 1 if player.viewed is None else player.viewed
    if month >= player.lane.world.scenario.start:
        parts.append(("month", month_text(month)))
    return "?" + urllib.parse.urlencode(parts, safe=":=,.")


def _move_text(move: Move) -> str:
    return f"{month_text(move.month)}:{move.key}={_text(move.value)}"


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


def _move(part: str, text: str) -> Move:
    month, colon, rest = text.partition(":")
    if not colon:
        raise InputError(
            f"address: {part} = {text!r} is no move of a lever. Write YYYY-MM:key=value."
        )
    key, value = _parsed(part, rest)
    return Move(_month(part, month), key, value)


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
    if text.isascii() and text.isdigit() and len(text.lstrip("0")) >= 20:
        raise AddressError(
            f"address: {part} = {text[:40]} is too large. Give a smaller one.",
            f"{'随机种子' if part == 'seed' else part} {text[:40]} 过大。",
        )
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        what = "随机种子" if part == "seed" else part
        raise AddressError(
            f"address: {part} = {text!r} is no whole number. Give one from 0.",
            f"{what} {text!r} 不是非负整数。",
        )
    return int(text)
