"""The voluntary motive: worked examples of every rule."""

import math

import pytest

from agents.buyers.voluntary import (
    affordable_tonnes,
    occasion_arises,
    occasion_kind,
    occasion_tonnes,
    voluntary_limit,
    willingness_to_pay,
)
from agents.vocabulary import Occasion
from tests.helpers import both

LN2 = math.log(2.0)


@pytest.mark.parametrize(
    ("rate", "uniform", "arises"),
    [
        (12.0 * LN2, 0.499, True),  # once in ln 2 months: a month sees one in half of all cases
        (12.0 * LN2, 0.501, False),
        (0.0, 1e-10, False),  # never
        (365.0, 0.999999, True),
    ],
)
def test_occasions_arrive_like_a_poisson_process(rate, uniform, arises):
    """At least one arrival in a month has the probability 1 - exp(-rate / 12)."""
    assert both(occasion_arises, rate, uniform) == arises


@pytest.mark.parametrize(
    ("uniform", "kind"),
    [
        (0.01, Occasion.NEUTRALITY), (0.39, Occasion.NEUTRALITY),
        (0.41, Occasion.FOOTPRINT), (0.69, Occasion.FOOTPRINT),
        (0.71, Occasion.LOCAL_SUPPORT), (0.89, Occasion.LOCAL_SUPPORT),
        (0.91, Occasion.COLLATERAL), (0.99, Occasion.COLLATERAL),
    ],
)
def test_kinds_share_the_draw_by_their_weights(uniform, kind):
    """Weights 4 : 3 : 2 : 1, so the borders lie at 0.4, 0.7 and 0.9."""
    assert both(occasion_kind, 4.0, 3.0, 2.0, 1.0, 0.0, uniform) == kind


@pytest.mark.parametrize(
    ("uniform", "kind"),
    [(0.4999, Occasion.COLLATERAL), (0.5001, Occasion.GREEN_RESERVE), (0.1, Occasion.NEUTRALITY)],
)
def test_a_green_reserve_takes_its_part_from_the_end(uniform, kind):
    """Weights 4 : 3 : 2 : 1 and 10."""
    assert both(occasion_kind, 4.0, 3.0, 2.0, 1.0, 10.0, uniform) == kind


@pytest.mark.parametrize("uniform", [1e-10, 0.5, 1.0 - 1e-10])
@pytest.mark.parametrize("only", range(5))
def test_a_single_weight_decides_alone(only, uniform):
    """A kind of weight 0 never arises, at neither end of the draw."""
    weights = [0.0] * 5
    weights[only] = 0.7
    kinds = [*[*Occasion][1:5], Occasion.GREEN_RESERVE]
    assert both(occasion_kind, *weights, uniform) == kinds[only]


@pytest.mark.parametrize(("normal", "tonnes"), [(0.0, 1e4), (1.0, 2e4), (-2.0, 2.5e3)])
def test_sizes_are_lognormal_around_their_median(normal, tonnes):
    """A deviation of ln 2 doubles or halves with each standard deviation."""
    assert both(occasion_tonnes, 1e4, LN2, normal) == pytest.approx(tonnes, rel=1e-14)


@pytest.mark.parametrize(
    ("premium", "normal", "worth"), [(0.0, 0.0, 32.0), (1.0, 0.0, 64.0), (-0.5, 1.0, 32.0)]
)
def test_willingness_is_lognormal_around_median_and_premium(premium, normal, worth):
    """32 yuan/t, a deviation of ln 2; collateral at a premium of 1 is worth twice as much."""
    found = both(willingness_to_pay, 32.0, premium, LN2, normal)
    assert found == pytest.approx(worth, rel=1e-14)


@pytest.mark.parametrize(
    ("share", "subsidy", "limit"),
    [(0.0, 0.0, 30.0), (0.5, 0.0, 34.5), (1.0, 0.0, 39.0), (0.5, 2.0, 36.5)],
)
def test_peers_and_subsidies_raise_the_limit(share, subsidy, limit):
    """30 yuan/t, 30 % more when every linked firm bought; the subsidy is passed on whole."""
    found = both(voluntary_limit, 30.0, share, 0.3, subsidy)
    assert found == pytest.approx(limit, rel=1e-14)


@pytest.mark.parametrize(
    ("wanted", "budget", "limit", "tonnes"),
    [
        (1000, 50_000, 3000, 16),  # 500 yuan at 30 yuan/t: 16.67
        (10, 50_000, 3000, 10),  # no more than wanted
        (1000, 2999, 3000, 0),
        (1000, 0, 3000, 0),
        (1000, 50_000, 0, 0),  # no limit, no order
    ],
)
def test_the_budget_pays_at_the_limit_price(wanted, budget, limit, tonnes):
    """Whole tonnes that can be paid for even if the deal is struck at the limit."""
    assert both(affordable_tonnes, wanted, budget, limit) == tonnes
