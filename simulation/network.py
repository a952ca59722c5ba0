"""Who knows whom: the network of firms, built by networkx, read by kernels as flat arrays."""

import csv
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from agents.parameters import Parameters, param
from simulation.errors import ScenarioError

__all__ = ["Neighbours", "NetworkParameters", "edges_digest", "firm_network"]


class NetworkParameters(Parameters):
    """Network of firms."""

    kind: Literal["none", "small_world", "scale_free", "block", "edge_list"] = param(
        "small_world", unit="name", role="uncertainty", source="assumption A12",
        label="Kind of firm network", label_zh="企业网络类型",
    )
    neighbours: int = param(
        4, unit="firms", low=1, high=1000, role="uncertainty", source="assumption A12",
        label="Links of a firm", label_zh="每家企业的联系数",
    )
    rewiring: float = param(
        0.1, unit="1", low=0, high=1, role="uncertainty",
        source="Watts and Strogatz (1998), Nature 393:440; value is assumption A12",
        label="Rewired share of links", label_zh="重连比例",
    )
    within_block: float = param(
        0.1, unit="1", low=0, high=1, role="uncertainty", source="assumption A12",
        label="Link probability within a province and sector", label_zh="同省同行业连接概率",
    )
    between_blocks: float = param(
        0.005, unit="1", low=0, high=1, role="uncertainty", source="assumption A12",
        label="Link probability between blocks", label_zh="不同组连接概率",
    )
    edges: str = param(
        "", unit="name", role="design", source="a CSV with the columns firm_a and firm_b",
        label="Edge list", label_zh="边列表文件",
    )


class Neighbours(NamedTuple):
    """Links as flat arrays: those of firm ``i`` are ``others[starts[i]:starts[i + 1]]``.

    Attributes
    ----------
    starts : int64 array, shape (firms + 1,)
    others : int64 array, shape (2 * links,)
    """

    starts: np.ndarray
    others: np.ndarray


def _flat(edges: list[tuple[int, int]], firms: int) -> Neighbours:
    pairs = {pair for a, b in edges if a != b for pair in ((a, b), (b, a))}
    ordered = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    counts = np.bincount(ordered[:, 0], minlength=firms)
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return Neighbours(starts, np.ascontiguousarray(ordered[:, 1]))


def edges_digest(path: str) -> str:
    """Hash of what an edge list says now; empty where it cannot be read.

    Parameters
    ----------
    path : str

    Returns
    -------
    str
    """
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""


def _read_edges(path: str, names: tuple[str, ...]) -> list[tuple[int, int]]:
    rows = {name: row for row, name in enumerate(names)}
    try:
        with Path(path).open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file)
            if not {"firm_a", "firm_b"} <= set(table.fieldnames or ()):
                raise ScenarioError(
                    f"{path}: an edge list needs the columns firm_a and firm_b in its first line."
                )
            lines = [(row["firm_a"], row["firm_b"]) for row in table]
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8 text"
        raise ScenarioError(f"{path}: {reason}. Give a readable CSV in network.edges.") from None
    edges = []
    for number, pair in enumerate(lines, start=2):
        for name in pair:
            if name not in rows:
                raise ScenarioError(
                    f"{path}: line {number}: {name!r} is not a firm of the scenario. "
                    f"Firms are named like {names[0]!r}." if names else f"{path}: no firms."
                )
        edges.append((rows[pair[0]], rows[pair[1]]))
    return edges


def firm_network(
    rules: NetworkParameters, firms: int, names: tuple[str, ...], blocks: tuple[str, ...], seed: int
) -> Neighbours:
    """Links between firms.

    Parameters
    ----------
    rules : NetworkParameters
    firms : int
    names : tuple of str
        Names of the firms, read by an edge list alone.
    blocks : tuple of str
        Province and sector of each firm, read by the block model alone.
    seed : int

    Returns
    -------
    Neighbours

    Raises
    ------
    ScenarioError
        When an edge list cannot be read or names an unknown firm.

    Notes
    -----
    networkx draws link after link, so the whole graph is another one when firms are added
    (simplification S4). An edge list is stable.
    """
    if rules.kind == "edge_list":
        # Not kept: a run depends on what the file says now.
        return _flat(_read_edges(rules.edges, names), firms)
    if rules.kind == "none" or firms < 2:
        return _flat([], firms)
    return _drawn(rules, firms, blocks, seed)


@lru_cache(maxsize=256)
def _drawn(
    rules: NetworkParameters, firms: int, blocks: tuple[str, ...], seed: int
) -> Neighbours:
    # Kept for each seed, because building a graph takes milliseconds.
    import networkx

    links = min(rules.neighbours, firms - 1)
    if rules.kind == "small_world":
        # A ring links both sides alike, so an odd number of links is rounded up.
        ring = min(links + links % 2, firms)
        graph = networkx.watts_strogatz_graph(firms, ring, rules.rewiring, seed=seed)
    elif rules.kind == "scale_free":
        attached = min(max(1, links // 2), firms - 1)
        graph = networkx.barabasi_albert_graph(firms, attached, seed=seed)
    else:
        order = sorted(range(firms), key=lambda row: blocks[row])
        kinds = sorted(set(blocks))
        sizes = [blocks.count(kind) for kind in kinds]
        chance = np.full((len(kinds), len(kinds)), rules.between_blocks)
        np.fill_diagonal(chance, rules.within_block)
        # networkx divides by log(1 - chance), which floats cannot tell from 0 here.
        chance[chance < 1e-15] = 0.0
        found = networkx.stochastic_block_model(sizes, chance.tolist(), seed=seed)
        graph = networkx.relabel_nodes(found, dict(enumerate(order)))
    return _flat([(int(a), int(b)) for a, b in graph.edges()], firms)
