"""The run that an address asks for: within what this page can run, moved as it was moved."""

import re

from agents.parameters import month_text
from dashboard.live.address import AddressError, Wish
from dashboard.live.lane import Move
from dashboard.live.player import Player
from simulation.errors import InputError, ScenarioError, close_to
from simulation.groups import province_of
from simulation.scenario import Scenario, load, scenario_names
from simulation.world import LARGEST_SEED

__all__ = ["open_player", "scenario_of"]

FIRST_SEED = 1
# Somebody else's link must not fill the memory of the server.
MOST_AGENTS = 20_000
MOST_AGENT_MONTHS = 6_000_000
MOST_LINKS = 300_000


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
    wanted += [("fork_move", move.month) for move in wish.fork_moves]
    wanted += [("month", wish.month)] if wish.month is not None else []
    wanted += [("fork", wish.fork)] if wish.fork is not None else []
    for part, month in wanted:
        # A fork of a run that has ended begins with the month after it.
        if not scenario.start - (part == "month") <= month < scenario.stop + (part == "fork"):
            first, last = month_text(scenario.start), month_text(scenario.stop - 1)
            raise AddressError(
                f"address: {part} = {month_text(month)} is not a month of {scenario.name}, which "
                f"runs from {first} to {last}.",
                f"{month_text(month)} 不在情景 {scenario.name} 的时间范围内"
                f"（{first} 至 {last}）。",
            )
    stands = scenario.start - 1 if wish.month is None else wish.month
    if wish.fork is None:
        _move_all(player, [(move, 0) for move in wish.moves], stands)
        return player
    shared = [(move, 0) for move in wish.moves if move.month < wish.fork]
    _move_all(player, shared, min(wish.fork - 1, stands))
    player.fork()
    # Where it stands before that, they have yet to part.
    player.lanes[1].begun = wish.fork
    own = [(move, 0) for move in wish.moves if move.month >= wish.fork]
    own += [(move, 1) for move in wish.fork_moves]
    _move_all(player, sorted(own, key=lambda each: each[0].month), stands)
    player.show(wish.shown)
    return player


def _move_all(player: Player, moves: list[tuple[Move, int]], stands: int) -> None:
    """Move levers of lanes, in the order of their months, and run to a month."""
    for move, lane in moves:
        # As it was moved: beside what had happened by then. Runs without each rule on the way
        # would be made for nobody.
        player.run_to(min(move.month - 1, stands), beside=False)
        player.set_lever(move.key, move.value, lane, month=move.month, beside=False)
    player.run_to(stands)
