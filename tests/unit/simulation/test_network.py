"""Who knows whom: every kind of network, and the edge list."""

import numpy as np
import pytest

from simulation.errors import ScenarioError
from simulation.network import NetworkParameters, firm_network
from simulation.scenario import load
from simulation.world import World

BLOCKS = ("Jiangxi\0battery",) * 8 + ("Fujian\0cement",) * 8
KINDS = ("none", "small_world", "scale_free", "block")


def built(rules, names, blocks, seed):
    """Network of as many firms as there are blocks."""
    return firm_network(rules, len(blocks), names, blocks, seed)


def links(found):
    """Set of (firm, other)."""
    return {
        (firm, int(other))
        for firm in range(len(found.starts) - 1)
        for other in found.others[found.starts[firm] : found.starts[firm + 1]]
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
@pytest.mark.parametrize("firms", [0, 1, 2, 16])
def test_links_go_both_ways_and_never_home(kind, seed, firms):
    """Whoever I know knows me, and nobody counts as his own peer."""
    found = built(NetworkParameters(kind=kind), (), BLOCKS[:firms], seed)
    assert len(found.starts) == firms + 1
    assert found.starts[0] == 0
    assert found.starts[-1] == len(found.others)
    pairs = links(found)
    assert len(pairs) == len(found.others)
    assert all((b, a) in pairs and a != b for a, b in pairs)


def test_a_network_of_none_has_no_links():
    """Peer influence is switched off."""
    assert links(built(NetworkParameters(kind="none"), (), BLOCKS, 1)) == set()


def test_a_small_world_without_rewiring_is_a_ring():
    """Four links each: the two next firms on both sides."""
    rules = NetworkParameters(kind="small_world", neighbours=4, rewiring=0.0)
    expected = {(a, (a + step) % 16) for a in range(16) for step in (-2, -1, 1, 2)}
    assert links(built(rules, (), BLOCKS, 1)) == expected


def test_rewiring_keeps_the_number_of_links():
    """Watts and Strogatz move links, they neither add nor take."""
    rules = NetworkParameters(kind="small_world", neighbours=4, rewiring=0.5)
    found = links(built(rules, (), BLOCKS, 1))
    assert len(found) == 16 * 4
    assert found != links(built(rules, (), BLOCKS, 2))


def test_more_neighbours_than_firms_means_everybody():
    """Three firms can know two others at most."""
    rules = NetworkParameters(kind="small_world", neighbours=1000, rewiring=0.0)
    assert links(built(rules, (), BLOCKS[:3], 1)) == {
        (a, b) for a in range(3) for b in range(3) if a != b
    }


def test_a_scale_free_network_is_as_dense_as_asked():
    """Barabasi and Albert: each later firm brings neighbours / 2 links to a star of 3 firms."""
    rules = NetworkParameters(kind="scale_free", neighbours=4)
    found = built(rules, (), ("\0",) * 200, 1)
    assert len(found.others) == 2 * 2 * (200 - 2)
    degrees = np.diff(found.starts)
    assert degrees.max() > 4 * degrees.mean()


def test_blocks_are_province_and_sector():
    """With certainty inside and none between, two groups know nobody outside."""
    mixed = tuple(BLOCKS[row % 2 * 8] for row in range(16))
    rules = NetworkParameters(kind="block", within_block=1.0, between_blocks=0.0)
    expected = {(a, b) for a in range(16) for b in range(16) if a != b and a % 2 == b % 2}
    assert links(built(rules, (), mixed, 1)) == expected
    rules = NetworkParameters(kind="block", within_block=0.0, between_blocks=1.0)
    expected = {(a, b) for a in range(16) for b in range(16) if a % 2 != b % 2}
    assert links(built(rules, (), mixed, 1)) == expected


def test_a_network_is_built_once_for_each_seed():
    """The same arrays for the same seed, others for another."""
    rules = NetworkParameters(kind="small_world", rewiring=0.5)
    first = built(rules, (), BLOCKS, 11)
    assert built(rules, (), BLOCKS, 11) is first
    assert built(rules, (), BLOCKS, 12) is not first


def edge_list(tmp_path, text, names=("Mill", "Works", "Forge")):
    """Network of an edge list."""
    path = tmp_path / "edges.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    rules = NetworkParameters(kind="edge_list", edges=str(path))
    return built(rules, names, ("\0",) * len(names), 1)


def test_an_edge_list_names_its_firms(tmp_path):
    """Twice the same link is one, and a link home is none."""
    text = "firm_a,firm_b\nMill,Forge\nForge,Mill\nWorks,Works\n"
    assert links(edge_list(tmp_path, text)) == {(0, 2), (2, 0)}


def test_an_empty_edge_list_is_no_network(tmp_path):
    """The heading alone."""
    assert links(edge_list(tmp_path, "firm_a,firm_b\n")) == set()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "needs the columns firm_a and firm_b"),
        ("a,b\nMill,Works\n", "needs the columns firm_a and firm_b"),
        ("firm_a,firm_b\nMill,Works\nMill,Wroks\n", "line 3: 'Wroks' is not a firm"),
        ("firm_a,firm_b\nMill\n", "line 2: None is not a firm"),
        (b"firm_a,firm_b\nM\xff,Works\n", "is not UTF-8 text"),
    ],
)
def test_a_wrong_edge_list_is_one_clear_line(tmp_path, text, says):
    """With the file, the line and the way out."""
    with pytest.raises(ScenarioError) as error:
        edge_list(tmp_path, text)
    message = str(error.value)
    assert says in message
    assert "edges.csv" in message
    assert "\n" not in message


def test_a_missing_edge_list_is_one_clear_line(tmp_path):
    """Found when the world is built."""
    missing = str(tmp_path / "nowhere.csv")
    scenario = load("tiny", {"network.kind": "edge_list", "network.edges": missing})
    with pytest.raises(ScenarioError, match="No such file") as error:
        World(scenario)
    assert "nowhere.csv" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_world_reads_its_edge_list(tmp_path):
    """Members of a group are named with their number."""
    path = tmp_path / "edges.csv"
    path.write_text("firm_a,firm_b\nBattery maker 1,Power plant 2\n")
    world = World(load("tiny", {"network.kind": "edge_list", "network.edges": str(path)}))
    assert links(world.state.neighbours) == {(0, 5), (5, 0)}


def test_a_tiny_chance_is_almost_none():
    """Any chance from 0 to 1 is allowed."""
    rules = NetworkParameters(kind="block", within_block=0.0, between_blocks=1e-17)
    assert links(built(rules, (), BLOCKS, 1)) == set()


def test_one_link_is_not_none():
    """The parameter is called "Links of a firm" and may be 1."""
    rules = NetworkParameters(kind="small_world", neighbours=1, rewiring=0.0)
    assert links(built(rules, (), BLOCKS, 1))


def test_an_edited_edge_list_is_read_again(tmp_path):
    """A run depends on what the file says now."""
    assert links(edge_list(tmp_path, "firm_a,firm_b\nMill,Forge\n")) == {(0, 2), (2, 0)}
    assert links(edge_list(tmp_path, "firm_a,firm_b\nMill,Works\n")) == {(0, 1), (1, 0)}


def test_another_edge_list_is_another_scenario(tmp_path):
    """Runs depend on what the file says, so the hash does; other networks do not look at it."""
    path = tmp_path / "edges.csv"
    path.write_text("firm_a,firm_b\n", encoding="utf-8")
    changes = {"network.kind": "edge_list", "network.edges": str(path)}
    before = load("tiny", changes).fingerprint
    other = load("tiny", {**changes, "network.kind": "none"}).fingerprint
    path.write_text("firm_a,firm_b\nA,B\n", encoding="utf-8")
    assert load("tiny", changes).fingerprint != before
    assert load("tiny", {**changes, "network.kind": "none"}).fingerprint == other
