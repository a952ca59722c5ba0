"""The reserve of the European Union: published figures, thresholds, and no allowance lost."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.theory.stability_reserve import ReserveRule, reserve_path, transfer_t

patient = settings(max_examples=100)
allowances = st.integers(0, 3_000_000_000)
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("circulation", "intake"),
    [(1_654_909_824, 397_178_358), (1_134_794_738, 272_350_737), (1_023_494_202, 190_494_202)],
)
def test_published_figures_to_the_allowance(circulation, intake):
    """Commission, 2019, 2023 and for 2025."""
    assert transfer_t(circulation) == intake


@pytest.mark.parametrize(
    ("circulation", "moved"),
    [
        (1_096_000_001, 263_040_000), (1_096_000_000, 263_000_000), (833_000_001, 1),
        (833_000_000, 0), (832_999_999, 0), (400_000_000, 0), (399_999_999, -100_000_000),
        (0, -100_000_000),
    ],
)
def test_thresholds(circulation, moved):
    """Above 1,096 million the share; from 833 the excess; from 400 nothing; below it a release."""
    assert transfer_t(circulation, 500 * MILLION) == moved


def test_no_more_is_released_than_is_there():
    assert transfer_t(1, 30) == -30
    assert transfer_t(1) == 0


@given(allowances, allowances)
def test_more_in_circulation_never_means_a_smaller_intake(one, other):
    low, high = sorted((one, other))
    assert transfer_t(low, MILLION * 1000) <= transfer_t(high, MILLION * 1000)


@given(allowances, st.integers(0, 100))
def test_the_share_is_rounded_to_the_nearest_allowance(circulation, percent):
    """In whole numbers, halves up; a float means the decimal that it shows."""
    for share in (Fraction(percent, 100), percent / 100):
        rule = ReserveRule(upper=0, middle=0, lower=0, intake_share=share)
        expected = (2 * percent * circulation + 100) // 200
        assert transfer_t(circulation, 0, rule) == (expected if circulation else 0)


years = st.lists(
    st.tuples(st.integers(600 * MILLION, 1500 * MILLION), st.integers(0, 600 * MILLION)),
    min_size=1, max_size=12,
)


@patient
@given(years, allowances, st.integers(0, 3_000 * MILLION))
def test_no_allowance_is_lost(rows, circulation, reserve):
    """Issued, emitted, held, cancelled: they add up in every year, and the rule is kept."""
    caps, emissions = zip(*rows, strict=True)
    path = reserve_path(
        caps, emissions, opening_circulation=circulation, opening_reserve=reserve
    )
    before, held = circulation, reserve
    for year, (cap, emitted) in enumerate(rows):
        assert path.transfer[year] == min(transfer_t(before, held), cap)
        now = path.circulation[year] + path.reserve[year] + path.cancelled[year]
        assert now == before + held + cap - emitted
        assert path.reserve[year] == held + path.transfer[year] - path.cancelled[year]
        assert 0 <= path.reserve[year] <= 400 * MILLION
        before, held = path.circulation[year], path.reserve[year]


def test_a_glut_shrinks_towards_the_middle_threshold():
    """With a cap that is just emitted, what exceeds 833 million is gone after some years."""
    path = reserve_path([1000 * MILLION] * 8, [1000 * MILLION] * 8,
                        opening_circulation=2000 * MILLION)
    assert list(path.circulation) == sorted(path.circulation, reverse=True)
    assert path.circulation[-1] == 833 * MILLION
    assert sum(path.cancelled) == 1167 * MILLION - 400 * MILLION


def test_no_year_is_no_path():
    assert reserve_path([], [], opening_circulation=5).reserve == ()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: transfer_t(-1), "circulation = -1"),
        (lambda: transfer_t(0.5), "circulation = 0.5"),
        (lambda: transfer_t(1, -1), "reserve = -1"),
        (lambda: ReserveRule(upper=1), "not in order"),
        (lambda: ReserveRule(intake_share=1.5), "intake_share = 1.5"),
        (lambda: ReserveRule(release=-1), "release = -1"),
        (lambda: reserve_path([1], [], opening_circulation=0), "1 caps for 0 years"),
        (lambda: reserve_path([1], [9], opening_circulation=0), "more than there are"),
        (lambda: reserve_path([-1], [9], opening_circulation=0), r"cap\[0\] = -1"),
    ],
)
def test_bad_numbers_are_refused(make, says):
    with pytest.raises(InputError, match=says):
        make()
