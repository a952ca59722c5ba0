"""Numbers for people: digits follow the interval, one replicate has none."""

import pytest

from experiments.intervals import Interval
from experiments.report.numerals import Measure, digits_for, figure, measure_for, shown
from experiments.report.reading import kind_of
from simulation.outcomes import OUTCOMES


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


def test_money_is_written_in_the_currency_of_the_scenario():
    """A unit says yuan only where the scenario does."""
    price = next(outcome for outcome in OUTCOMES if outcome.unit == "yuan/t")
    money = next(outcome for outcome in OUTCOMES if outcome.unit == "yuan")
    tonnes = next(outcome for outcome in OUTCOMES if outcome.unit == "t")
    found = [Interval(3e6, None, None, None, 1)]
    assert measure_for(price, found, "en", "USD").text == "USD/t"
    assert measure_for(price, found, "zh", "USD").text == "美元/吨"
    assert measure_for(money, found, "zh", "EUR").text == "万欧元"
    assert measure_for(money, found, "en", "EUR").text == "million\u00a0EUR"
    for language in ("en", "zh"):
        assert measure_for(tonnes, found, language, "USD") == measure_for(tonnes, found, language)
