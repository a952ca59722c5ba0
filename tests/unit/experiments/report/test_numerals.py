"""Numbers for people: digits follow the interval, one replicate has none."""

import pytest

from experiments.intervals import Interval
from experiments.report.numerals import Measure, digits_for, figure, shown
from experiments.report.reading import kind_of


def test_one_replicate_has_no_interval_and_no_sign():
    assert kind_of(Interval(3.0, None, None, None, 1)) == "unsure"
    assert shown(Interval(3.25, None, None, None, 1), Measure(1.0, "t")) == "3.25"


@pytest.mark.parametrize(
    ("mean", "half", "expected"),
    [(14.156, 1.61, "14.2 [12.5, 15.8]"), (0.954, 0.375, "1.0 [0.6, 1.3]"),
     (132_271.0, 16_403.0, "132,000 [116,000, 149,000]"), (-0.01, 0.4, "0.0 [−0.4, 0.4]"),
     (7.0, 0.0, "7")],
)
def test_digits_follow_the_interval(mean, half, expected):
    found = Interval(mean, mean - half, mean + half, half, 10)
    assert shown(found, Measure(1.0, "")) == expected
    assert digits_for(found, Measure(1.0, "")) <= 2


def test_numbers_have_separators_and_a_true_minus():
    assert figure(-1234567.8, 0) == "−1,234,568"
    assert figure(0.04, 1, signed=True) == "0.0"
    assert figure(float("nan"), 1) == "–"
