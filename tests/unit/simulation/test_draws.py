"""Addressed draws: the published vectors, the addresses, and the quantile function."""

import math

import numpy as np
import pytest
from scipy.stats import chi2, norm

from agents.population import Column, empty
from simulation.draws import (
    STREAMS,
    draw,
    draw_block,
    normal_quantile,
    philox,
    stream_number,
    uniform,
    uniform_column,
)
from tests.helpers import MONTH, both

ALL = 0xFFFFFFFF


def _words(*words: int):
    return [np.uint64(word) for word in words]


@pytest.mark.parametrize(
    ("counter", "key", "expected"),
    [
        ((0, 0, 0, 0), (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ((ALL, ALL, ALL, ALL), (ALL, ALL), "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ],
)
def test_philox_gives_the_published_words(counter, key, expected):
    """Known-answer vectors of Random123, by the authors of Salmon et al. (2011)."""
    words = both(philox, *_words(*counter), *_words(*key))
    assert " ".join(f"{int(word):08x}" for word in words) == expected


def _by_hand(seed, stream, month, agent_id, block):
    """Words of a block, by the text of docs/model.md."""
    counter = (stream_number(stream), month, agent_id, block)
    key = (seed & ALL, seed >> 32)
    words = getattr(philox, "py_func", philox)(*_words(*counter), *_words(*key))
    return [(int(word) + 0.5) / 2.0**32 for word in words]


@pytest.mark.parametrize("seed", [0, 1, 2**32, 2**63 - 1])
@pytest.mark.parametrize("agent_id", [0, 1_001_000_003, 2**32 - 1])
def test_a_draw_is_the_word_at_its_address(seed, agent_id):
    """Counter (stream, month, id, k div 4), key the two halves of the seed, word k mod 4."""
    expected = [
        word for block in (0, 1) for word in _by_hand(seed, "occasion", MONTH, agent_id, block)
    ]
    assert [draw(seed, "occasion", MONTH, agent_id, k) for k in range(8)] == expected


def test_blocks_are_the_same_compiled_or_not():
    """Four words at once, or the first alone."""
    address = (12345, STREAMS["weather"], MONTH, 1_001_000_000, 7)
    assert both(uniform, *address) == both(draw_block, *address)[0]
    assert both(draw_block, *address) == tuple(_by_hand(12345, "weather", MONTH, 1_001_000_000, 7))


@pytest.mark.parametrize("seed", [1, 2**63 - 1])
@pytest.mark.parametrize("word", range(4))
def test_a_column_of_draws_is_drawn_row_by_row(seed, word):
    """All rows at once, whatever their ids: each gets the draw of its own address."""
    rows = empty((Column("agent_id", "i8", "id", "who"),), 50)
    rows.agent_id = [1_001_000_000 + 7 * row for row in range(49)] + [2**32 - 1]
    expected = [draw(seed, "occasion", MONTH, int(who), word) for who in rows.agent_id]
    for column in (uniform_column, getattr(uniform_column, "py_func", uniform_column)):
        assert column(seed, STREAMS["occasion"], MONTH, rows, word).tolist() == expected
        assert len(column(seed, STREAMS["occasion"], MONTH, rows[:0], word)) == 0


def test_a_draw_is_never_zero_or_one():
    """The extreme words are half a step inside, so every quantile is finite."""
    assert 0.0 < (0 + 0.5) / 2.0**32
    assert (ALL + 0.5) / 2.0**32 < 1.0
    assert math.isfinite(both(normal_quantile, 0.5 / 2.0**32))
    assert math.isfinite(both(normal_quantile, (ALL + 0.5) / 2.0**32))


def test_draws_do_not_depend_on_other_draws():
    """A thousand draws elsewhere leave a draw as it is."""
    before = draw(1, "weather", MONTH, 1_001_000_000, 0)
    for k in range(1000):
        draw(1, "occasion", MONTH, 2_001_000_000, k)
    assert draw(1, "weather", MONTH, 1_001_000_000, 0) == before


def test_every_part_of_the_address_counts():
    """Seed (both halves), stream, month, agent and k: a change of one gives another draw."""
    addresses = [
        (1, "weather", MONTH, 1_001_000_000, 0),
        (2, "weather", MONTH, 1_001_000_000, 0),
        (1 + 2**32, "weather", MONTH, 1_001_000_000, 0),
        (1, "occasion", MONTH, 1_001_000_000, 0),
        (1, "weather", MONTH + 1, 1_001_000_000, 0),
        (1, "weather", MONTH, 1_001_000_001, 0),
        (1, "weather", MONTH, 1_001_000_000, 1),
        (1, "weather", MONTH, 1_001_000_000, 4),
    ]
    assert len({draw(*address) for address in addresses}) == len(addresses)


def test_streams_have_distinct_numbers():
    """Two names with one hash would share their luck."""
    assert len(set(STREAMS.values())) == len(STREAMS)
    for name, number in STREAMS.items():
        assert number == stream_number(name)
        assert 0 <= number < 2**32


def test_a_streams_number_is_a_hash_of_its_name():
    """CRC-32 of "123456789" is cbf43926, the check value of its definition."""
    assert stream_number("123456789") == 0xCBF43926


@pytest.mark.parametrize(
    "address",
    [
        (-1, "weather", MONTH, 0, 0), (2**63, "weather", MONTH, 0, 0),
        (1, "weather", -1, 0, 0), (1, "weather", 2**32, 0, 0),
        (1, "weather", MONTH, -1, 0), (1, "weather", MONTH, 2**32, 0),
        (1, "weather", MONTH, 0, -1), (1, "weather", MONTH, 0, 2**34),
    ],
)
def test_an_address_out_of_range_is_refused(address):
    """Cut to 32 bits, it would be the address of somebody else."""
    with pytest.raises(ValueError, match="address is out of range"):
        draw(*address)


def test_an_unknown_stream_is_refused():
    """With the names of those that are known."""
    with pytest.raises(ValueError, match=r"unknown stream 'wether'; known are .*weather"):
        draw(1, "wether", MONTH, 0, 0)


def _sample(count: int) -> np.ndarray:
    number = STREAMS["occasion"]
    return np.array([draw_block(3, number, MONTH, 2_001_000_000 + i, 0) for i in range(count)])


def test_draws_are_uniform():
    """Chi-square over 64 cells for each of the four words; 1 in 10,000 would fail by chance."""
    sample = _sample(8000)
    for word in sample.T:
        counts, _ = np.histogram(word, bins=64, range=(0.0, 1.0))
        statistic = ((counts - 125.0) ** 2 / 125.0).sum()
        assert chi2.ppf(0.00005, 63) < statistic < chi2.ppf(0.99995, 63)


def test_neighbours_in_the_address_space_are_uncorrelated():
    """Words of a block, agents with consecutive ids, and consecutive months: |r| < 4 / sqrt(n)."""
    sample = _sample(8000)
    months = np.array([uniform(3, STREAMS["occasion"], m, 2_001_000_000, 0) for m in range(8000)])
    pairs = [(sample[:, a], sample[:, b]) for a in range(4) for b in range(a)]
    pairs += [(sample[1:, 0], sample[:-1, 0]), (months[1:], months[:-1]), (months, sample[:, 0])]
    for left, right in pairs:
        assert abs(np.corrcoef(left, right)[0, 1]) < 4.0 / math.sqrt(8000)


def test_normal_quantiles_are_those_of_scipy():
    """To 1e-14, in the middle, in the tails, and at the ends of what a draw can be."""
    middle = np.linspace(0.001, 0.999, 4001)
    tails = np.concatenate((np.logspace(-15, -3, 500), 1.0 - np.logspace(-10, -3, 500)))
    ends = np.array([0.5 / 2.0**32, (ALL + 0.5) / 2.0**32, 0.075, 0.925])
    points = np.concatenate((middle, tails, ends)).tolist()
    found = np.array([both(normal_quantile, point) for point in points])
    np.testing.assert_allclose(found, norm.ppf(points), rtol=1e-14, atol=1e-14)


def test_normal_quantiles_are_symmetric():
    """The median is exactly 0; a quarter and three quarters differ in sign alone."""
    assert both(normal_quantile, 0.5) == 0.0
    assert both(normal_quantile, 0.25) == -both(normal_quantile, 0.75)
    assert both(normal_quantile, 0.975) == pytest.approx(1.959963984540054, abs=1e-14)
