"""Pools of unequal projects: enumeration, equal projects as a special case, and random numbers."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.theory.buffer_ruin import (
    BufferPool,
    buffer_needed,
    loss_distribution,
    ruin_probability,
)
from simulation.theory.unequal_pool import (
    UnequalPool,
    buffer_of_unequal,
    loss_of_unequal,
    ruin_of_unequal,
)

hazards = st.floats(0.0, 1.0)
shares = st.floats(0.0, 1.0)
# Below about 1e-308 a float has fewer digits, and multiples of it are not told apart.
loss_shares = st.sampled_from([0.0, 1.0]) | st.floats(1e-9, 1.0)


@st.composite
def pools(draw, most=7):
    """A few projects of any sizes, in any clusters."""
    count = draw(st.integers(1, most))
    sizes = draw(st.lists(st.integers(1, 40), min_size=count, max_size=count))
    unit = draw(st.sampled_from([1, 1, 6, 1000]))
    clusters = draw(st.none() | st.lists(st.integers(-2, 3), min_size=count, max_size=count))
    return UnequalPool(
        [unit * size for size in sizes], draw(st.floats(0.0, 60.0)), clusters, draw(shares),
        draw(loss_shares),
    )


def _by_events(pool, hazard):
    """Each common shock comes or not, each project's own comes or not: all of it, written out."""
    names = list(range(len(pool.sizes_t))) if pool.clusters is None else pool.clusters
    distinct = sorted(set(names))
    common = 1.0 - (1.0 - hazard) ** (pool.years * pool.common_share)
    own = 1.0 - (1.0 - hazard) ** (pool.years * (1.0 - pool.common_share))
    found = {}
    for shocks in itertools.product((False, True), repeat=len(distinct)):
        struck = dict(zip(distinct, shocks, strict=True))
        for reversals in itertools.product((False, True), repeat=len(names)):
            chance = math.prod(common if shock else 1.0 - common for shock in shocks)
            chance *= math.prod(own if reversal else 1.0 - own for reversal in reversals)
            lost = sum(
                size for size, name, reversal in zip(pool.sizes_t, names, reversals, strict=True)
                if reversal or struck[name]
            )
            found[lost] = found.get(lost, 0.0) + chance
    return found


@settings(max_examples=60)
@given(pools(most=6), hazards)
def test_against_every_course_that_events_can_take(pool, hazard):
    """Any sizes, clusters of any members, part of the hazard common."""
    found = loss_of_unequal(pool, hazard)
    assert found.step_t == math.gcd(*pool.sizes_t)
    assert len(found.chances) == sum(pool.sizes_t) // found.step_t + 1
    expected = np.zeros(len(found.chances))
    for lost, chance in _by_events(pool, hazard).items():
        expected[lost // found.step_t] += chance
    np.testing.assert_allclose(found.chances, expected, atol=1e-12)


@settings(max_examples=60)
@given(pools(most=6), hazards, shares)
def test_ruin_is_to_lose_more_than_the_buffer(pool, hazard, buffer):
    """In tonnes; buffers that cover a loss exactly are solvent."""
    courses, total = _by_events(pool, hazard), sum(pool.sizes_t)
    for share in (buffer, *(pool.loss_share * lost / total for lost in courses)):
        expected = math.fsum(
            chance for lost, chance in courses.items()
            if pool.loss_share * lost > share * total * (1.0 + 1e-12)
        )
        assert ruin_of_unequal(pool, hazard, share) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=40)
@given(
    st.integers(1, 30), st.integers(1, 30), st.integers(1, 5000), shares, hazards,
    shares, st.floats(0.0, 0.999), loss_shares,
)
def test_equal_projects_are_the_special_case(
    projects, cluster, size, common, hazard, buffer, security, loss
):
    """The solver for equal projects, whatever the one size is."""
    cluster = min(cluster, projects)
    equal = BufferPool(projects, 40, cluster, common, loss)
    unequal = UnequalPool(
        [size] * projects, 40, [place // cluster for place in range(projects)], common, loss
    )
    chances = loss_of_unequal(unequal, hazard).chances
    np.testing.assert_allclose(chances, loss_distribution(equal, hazard), atol=1e-12)
    ruin = ruin_probability(equal, hazard, buffer)
    assert ruin_of_unequal(unequal, hazard, buffer) == pytest.approx(ruin, abs=1e-12)
    # Where the security asked for is met to the last bit, either neighbour may be the answer.
    needed = buffer_of_unequal(unequal, hazard, security)
    if needed != buffer_needed(equal, hazard, security):
        assert ruin_probability(equal, hazard, needed) == pytest.approx(1 - security, abs=1e-12)


@given(pools(), hazards, hazards, shares, shares)
def test_ruin_rises_with_risk_and_falls_with_the_buffer(pool, one, other, less, more):
    low, high = sorted((one, other))
    small, large = sorted((less, more))
    ruin = ruin_of_unequal(pool, low, small)
    assert ruin_of_unequal(pool, high, small) >= ruin - 1e-12
    assert ruin_of_unequal(pool, low, large) <= ruin + 1e-12


@given(pools(), hazards, st.floats(0.0, 0.9999))
def test_the_buffer_needed_is_enough_and_less_is_not(pool, hazard, security):
    share = buffer_of_unequal(pool, hazard, security)
    assert ruin_of_unequal(pool, hazard, share) <= 1.0 - security + 1e-12
    if share > 0:
        assert ruin_of_unequal(pool, hazard, share * (1.0 - 1e-6)) > 1.0 - security - 1e-12


@pytest.mark.parametrize("common", [0.0, 0.3, 1.0])
def test_against_random_numbers(common):
    """Sizes over two orders of magnitude and uneven clusters, within four standard errors."""
    rng = np.random.default_rng(11)
    sizes, clusters = rng.integers(100, 10_000, 40), rng.integers(0, 9, 40)
    pool, hazard, years, runs = UnequalPool(sizes, 30, clusters, common), 0.01, 30, 40_000
    own = 1.0 - (1.0 - hazard) ** (years * (1.0 - common))
    shocks = rng.random((runs, 9)) < 1.0 - (1.0 - hazard) ** (years * common)
    lost = (rng.random((runs, 40)) < own) | shocks[:, clusters]
    totals = lost @ sizes
    for buffer in (0.1, 0.2, 0.3, 0.4, 0.5):
        expected = ruin_of_unequal(pool, hazard, buffer)
        error = math.sqrt(expected * (1.0 - expected) / runs)
        assert abs((totals > buffer * sizes.sum()).mean() - expected) <= 4.0 * error


def test_one_large_project_is_worth_its_own_buffer():
    """Half of all credits in one project: no pool below a half survives its loss."""
    pool = UnequalPool([500] + [5] * 100, 40)
    lost = 1.0 - 0.995**40
    assert ruin_of_unequal(pool, 0.005, 0.499) >= lost - 1e-12
    assert ruin_of_unequal(pool, 0.005, 0.25) > 5 * ruin_probability(
        BufferPool(100, 40), 0.005, 0.25
    )
    assert buffer_of_unequal(pool, 0.005, 0.95) > 0.5


@pytest.mark.parametrize(
    ("pool", "said"),
    [(UnequalPool([], 40), "sizes_t: 0 numbers"),
     (UnequalPool([5, 0], 40), "sizes_t.1. = 0"),
     (UnequalPool([5, 2.5], 40), "sizes_t.1. = 2.5: give a whole number"),
     (UnequalPool([5, math.nan], 40), "sizes_t.1. = nan"),
     (UnequalPool([999_999_937, 2], 40), "2 projects on a grid of 999999939 steps are too many"),
     (UnequalPool([2**53] * 1024 + [1], 40), "are too many"),
     (UnequalPool([5, 5], 40, [1]), "clusters: 1 numbers"),
     (UnequalPool([5, 5], 40, [1, 0.5]), "clusters.1. = 0.5: give a whole number"),
     (UnequalPool([5], -1), "years = -1"), (UnequalPool([5], 40, None, 2), "common_share = 2"),
     (UnequalPool([5], 40, None, 0, 2), "loss_share = 2")],
)
def test_bad_pools_are_refused(pool, said):
    """In one line that names the number."""
    with pytest.raises(InputError, match=said) as caught:
        ruin_of_unequal(pool, 0.1, 0.1)
    assert "\n" not in str(caught.value)


def test_hazard_buffer_and_security_are_shares():
    """In one line that names them."""
    pool = UnequalPool([5, 6], 40)
    with pytest.raises(InputError, match=r"hazard = 1\.1"):
        ruin_of_unequal(pool, 1.1, 0.1)
    with pytest.raises(InputError, match="buffer_share = nan"):
        ruin_of_unequal(pool, 0.1, math.nan)
    with pytest.raises(InputError, match="security = 2"):
        buffer_of_unequal(pool, 0.1, 2)
    with pytest.raises(InputError, match="loss_share = -1"):
        buffer_of_unequal(pool._replace(loss_share=-1), 0.1, 0.5)
