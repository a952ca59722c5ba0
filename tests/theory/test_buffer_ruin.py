"""Ruin of a buffer pool: a worked table, enumeration, SciPy's binomial and plain random numbers."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from experiments.claims.b15 import solver_claims
from simulation.errors import InputError
from simulation.theory.buffer_ruin import (
    BufferPool,
    buffer_needed,
    expected_loss_share,
    highest_hazard,
    loss_distribution,
    ruin_by_year,
    ruin_probability,
)

ALONE, TOGETHER = BufferPool(100, 40), BufferPool(100, 40, 10, 1.0)
HAZARD = 0.005
hazards = st.floats(0.0, 1.0)
shares = st.floats(0.0, 1.0)
# Below about 1e-308 a float has fewer digits, and multiples of it are not told apart.
loss_shares = st.sampled_from([0.0, 1.0]) | st.floats(1e-9, 1.0)


@st.composite
def pools(draw, most=30):
    """Any pool of a few projects, with clusters that need not divide them."""
    projects = draw(st.integers(1, most))
    return BufferPool(
        projects, draw(st.floats(0.0, 60.0)), draw(st.integers(1, projects)), draw(shares),
        draw(loss_shares),
    )


@pytest.mark.parametrize(
    ("buffer", "alone", "together"),
    [(0.10, 0.982, 0.566), (0.15, 0.751, 0.566), (0.20, 0.267, 0.268), (0.25, 0.033, 0.268),
     (0.30, 0.0013, 0.091)],
)
def test_worked_table(buffer, alone, together):
    """100 projects, 0.5 % a year, 40 years; one unit of the last digit given."""
    digit = 0.0001 if alone < 0.01 else 0.001
    assert ruin_probability(ALONE, HAZARD, buffer) == pytest.approx(alone, abs=digit / 2)
    assert ruin_probability(TOGETHER, HAZARD, buffer) == pytest.approx(together, abs=0.0005)


def test_what_the_table_says_of_buffers():
    """A quarter is enough for independent risks, clusters take 40 %, 1 % is next to nothing."""
    assert expected_loss_share(ALONE, HAZARD) == pytest.approx(0.1817, abs=5e-5)
    assert buffer_needed(ALONE, HAZARD, 0.95) <= 0.25
    assert buffer_needed(TOGETHER, HAZARD, 0.95) == 0.4
    assert ruin_probability(ALONE, HAZARD, 0.01) > 0.9999
    found = highest_hazard(ALONE, 0.01, 0.95)
    assert found == pytest.approx(9e-5, abs=5e-6)
    assert expected_loss_share(ALONE, found) == pytest.approx(0.0036, abs=5e-5)


def test_a_pool_that_covers_the_loss_exactly_is_solvent():
    """Also where the share times the projects falls short of a whole number by its last bits."""
    for covered in range(101):
        expected = binom.sf(covered, 100, expected_loss_share(ALONE, HAZARD))
        found = ruin_probability(ALONE, HAZARD, covered / 100)
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-300)


def test_projects_that_lose_half_need_half_the_buffer():
    """Twenty projects lost in half are ten: the table at half its buffers."""
    half = ALONE._replace(loss_share=0.5)
    for buffer in (0.10, 0.20, 0.30):
        assert ruin_probability(half, HAZARD, buffer / 2) == ruin_probability(ALONE, HAZARD, buffer)
    assert buffer_needed(half, HAZARD, 0.95) == 0.125
    assert expected_loss_share(half, HAZARD) == pytest.approx(0.1817 / 2, abs=5e-5)
    nothing = ALONE._replace(loss_share=0.0)
    assert ruin_probability(nothing, 1.0, 0.0) == 0.0
    assert highest_hazard(nothing, 0.0, 1.0) == 1.0


def test_a_monthly_chance_counts_in_months():
    """480 months of the monthly hazard are 40 years of the yearly one."""
    monthly = 1.0 - (1.0 - HAZARD) ** (1 / 12)
    for pool in (ALONE, TOGETHER, TOGETHER._replace(common_share=0.4)):
        found = ruin_probability(pool._replace(years=480), monthly, 0.2)
        assert found == pytest.approx(ruin_probability(pool, HAZARD, 0.2), rel=1e-9)


@given(pools(most=12), hazards, shares)
def test_the_path_of_ruin_never_falls_and_ends_where_the_years_do(pool, hazard, buffer):
    """Each year is the solver's own answer for a pool of that age."""
    path = ruin_by_year(pool, hazard, buffer)
    assert len(path) == int(pool.years) + 1
    assert path[0] == 0.0
    assert (np.diff(path) >= -1e-12).all()
    whole = pool._replace(years=int(pool.years))
    assert path[-1] == ruin_probability(whole, hazard, buffer)


def test_a_path_of_too_many_years_is_refused():
    """Each year is a convolution of its own."""
    with pytest.raises(InputError, match="years = 1001"):
        ruin_by_year(BufferPool(5, 1001), 0.1, 0.1)


@settings(max_examples=60)
@given(pools(most=7), hazards)
def test_against_every_course_that_events_can_take(pool, hazard):
    """Each common shock comes or not, each project's own comes or not: all of it, written out."""
    starts = range(0, pool.projects, pool.cluster_size)
    common = 1.0 - (1.0 - hazard) ** (pool.years * pool.common_share)
    own = 1.0 - (1.0 - hazard) ** (pool.years * (1.0 - pool.common_share))
    expected = np.zeros(pool.projects + 1)
    for shocks in itertools.product((False, True), repeat=len(starts)):
        for reversals in itertools.product((False, True), repeat=pool.projects):
            chance = math.prod(common if shock else 1.0 - common for shock in shocks)
            chance *= math.prod(own if reversal else 1.0 - own for reversal in reversals)
            lost = sum(
                reversal or shocks[place // pool.cluster_size]
                for place, reversal in enumerate(reversals)
            )
            expected[lost] += chance
    np.testing.assert_allclose(loss_distribution(pool, hazard), expected, atol=1e-12)


@settings(max_examples=40)
@given(st.integers(1, 300), st.floats(1e-6, 60.0), st.floats(1e-6, 0.9), st.integers(1, 300))
def test_independent_projects_are_binomial(projects, years, hazard, size):
    """Whatever the clusters, if nothing is common to them; SciPy fails below about 1e-300."""
    pool = BufferPool(projects, years, min(size, projects))
    lost = 1.0 - (1.0 - hazard) ** years
    expected = binom.pmf(np.arange(projects + 1), projects, lost)
    np.testing.assert_allclose(loss_distribution(pool, hazard), expected, atol=1e-10)


def test_clusters_that_fail_together_are_binomial_in_clusters():
    """Ten clusters of ten: nothing but tens is ever lost."""
    chances = loss_distribution(TOGETHER, HAZARD)
    lost = expected_loss_share(TOGETHER, HAZARD)
    np.testing.assert_allclose(chances[::10], binom.pmf(np.arange(11), 10, lost), rtol=1e-9)
    assert np.delete(chances, np.arange(0, 101, 10)).sum() == 0.0


@given(pools(), hazards)
def test_probabilities_add_up_to_the_same_mean(pool, hazard):
    """Clusters move the risk, not the expected loss."""
    chances = loss_distribution(pool, hazard)
    assert chances.sum() == pytest.approx(1.0, abs=1e-12)
    mean = pool.loss_share * float(chances @ np.arange(pool.projects + 1)) / pool.projects
    assert mean == pytest.approx(expected_loss_share(pool, hazard), abs=1e-10)


@given(pools(), hazards, hazards, shares, shares, st.floats(0.0, 30.0))
def test_ruin_rises_with_risk_and_falls_with_the_buffer(pool, one, other, less, more, longer):
    """In hazard, in years and in the buffer share."""
    low, high = sorted((one, other))
    small, large = sorted((less, more))
    ruin = ruin_probability(pool, low, small)
    last_digit = 1e-12
    assert ruin_probability(pool, high, small) >= ruin - last_digit
    assert ruin_probability(pool, low, large) <= ruin + last_digit
    older = pool._replace(years=pool.years + longer)
    assert ruin_probability(older, low, small) >= ruin - last_digit


@given(pools(), hazards, st.floats(0.0, 0.9999))
def test_the_buffer_needed_is_enough_and_one_project_less_is_not(pool, hazard, security):
    share = buffer_needed(pool, hazard, security)
    assert ruin_probability(pool, hazard, share) <= 1.0 - security + 1e-12
    if share > 0:
        less = max(share - pool.loss_share / pool.projects, 0.0)
        assert ruin_probability(pool, hazard, less) > 1.0 - security - 1e-12


@settings(max_examples=60)
@given(pools(), shares, st.floats(0.01, 0.99))
def test_the_highest_hazard_is_the_last_that_is_secure(pool, buffer, security):
    """At it the probability is what was asked for; no hazard at all is safe for any pool."""
    pool = pool._replace(years=max(pool.years, 1.0))
    found = highest_hazard(pool, buffer, security)
    if found < 1.0:
        ruin = ruin_probability(pool, found, buffer)
        assert ruin == pytest.approx(1.0 - security, abs=1e-9)
    else:
        assert ruin_probability(pool, 1.0, buffer) <= 1.0 - security or security == 0.0
    assert ruin_probability(pool, 0.0, buffer) == 0.0


def test_ends_of_the_ranges():
    """Full security needs no hazard or the whole of the credits; none at all allows any."""
    assert highest_hazard(ALONE, 0.25, 1.0) == 0.0
    assert highest_hazard(ALONE, 1.0, 1.0) == 1.0
    assert highest_hazard(ALONE, 0.0, 0.0) == 1.0
    assert highest_hazard(BufferPool(5, 0.0), 0.0, 1.0) == 1.0
    assert buffer_needed(ALONE, 1.0, 1.0) == 1.0
    assert buffer_needed(ALONE, 0.0, 1.0) == 0.0
    for share in (0.0, 0.5, 1.0):
        assert ruin_probability(BufferPool(6, 1, 4, share), 1.0, 0.99) == 1.0


def test_a_hazard_of_next_to_nothing():
    """Where SciPy's own binomial overflows: ruin of any one of ten is ten times one's."""
    pool, small = BufferPool(10, 1.0, 10), 1e-300
    assert ruin_probability(pool, small, 0.0) == pytest.approx(10 * small, rel=1e-9)
    assert ruin_probability(pool._replace(years=1.7e-307), 0.5, 0.0) < 1e-305


def test_every_claim_of_the_solver_holds():
    """The same table and what it says, as it is published."""
    found = solver_claims()
    assert [claim.id for claim in found if not claim.passed] == []
    assert len({claim.id for claim in found}) == len(found)


@pytest.mark.parametrize("common", [0.0, 0.5, 1.0])
def test_against_random_numbers(common):
    """Year by year in NumPy, within four standard errors."""
    pool, hazard, runs = BufferPool(50, 30, 10, common), 0.01, 20_000
    rng = np.random.default_rng(7)
    own, shared = 1.0 - (1.0 - hazard) ** (1.0 - common), 1.0 - (1.0 - hazard) ** common
    lost, ruined = np.zeros((runs, 5, 10), dtype=bool), [0.0]
    for _ in range(pool.years):
        lost |= rng.random(lost.shape) < own
        lost |= rng.random((runs, 5, 1)) < shared
        ruined.append((lost.sum(axis=(1, 2)) > 15).mean())
    totals = lost.sum(axis=(1, 2))
    path = ruin_by_year(pool, hazard, 0.3)
    # Thirty years of one sample: five standard errors, and one run where next to none is ruined.
    errors = np.sqrt(path * (1.0 - path) / runs)
    assert (np.abs(np.array(ruined) - path) <= 5.0 * errors + 1.0 / runs).all()
    for buffer in (0.1, 0.2, 0.3, 0.4, 0.5):
        expected = ruin_probability(pool, hazard, buffer)
        error = math.sqrt(expected * (1.0 - expected) / runs)
        assert abs((totals > round(50 * buffer)).mean() - expected) <= 4.0 * error


@pytest.mark.parametrize(
    ("pool", "hazard", "buffer", "said"),
    [(BufferPool(0, 40), 0.1, 0.1, "projects = 0"),
     (BufferPool(10_001, 40), 0.1, 0.1, "projects = 10001"),
     (BufferPool(2.5, 40), 0.1, 0.1, "projects = 2.5: give a whole number"),
     (BufferPool(5, math.inf), 0.1, 0.1, "years = inf"),
     (BufferPool(5, -1), 0.1, 0.1, "years = -1"),
     (BufferPool(5, 40, 6), 0.1, 0.1, "cluster_size = 6"),
     (BufferPool(5, 40, 2, 1.5), 0.1, 0.1, "common_share = 1.5"),
     (BufferPool(5, 40, 2, 0.5, -0.1), 0.1, 0.1, "loss_share = -0.1"),
     (ALONE, 1.1, 0.1, "hazard = 1.1"), (ALONE, math.nan, 0.1, "hazard = nan"),
     (ALONE, 0.1, -0.1, "buffer_share = -0.1")],
)
def test_bad_numbers_are_refused(pool, hazard, buffer, said):
    """In one line that names the number."""
    with pytest.raises(InputError, match=said) as caught:
        ruin_probability(pool, hazard, buffer)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("security", [-0.1, 1.1, math.nan])
def test_a_security_is_a_probability(security):
    with pytest.raises(InputError, match="security"):
        buffer_needed(ALONE, HAZARD, security)
    with pytest.raises(InputError, match="security"):
        highest_hazard(ALONE, 0.1, security)
