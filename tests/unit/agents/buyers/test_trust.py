"""Trust of voluntary buyers: worked examples."""

import math

import pytest

from agents.buyers.trust import scandal_tonnes, trust_regained, trust_shaken
from tests.helpers import both


def test_what_was_made_good_weighs_less():
    """100 t found, 500 t reversed of which 400 t made good at a fifth: 100 + 100 + 80."""
    assert both(scandal_tonnes, 100, 500, 400, 0.2) == 280.0


def test_a_tenth_of_all_credits_leaves_37_percent():
    """exp(-10 * 0.1)."""
    assert both(trust_shaken, 1.0, 10.0, 100.0, 1000) == pytest.approx(math.exp(-1.0), rel=1e-14)
    assert both(trust_shaken, 0.5, 10.0, 100.0, 1000) == pytest.approx(math.exp(-1.0) / 2.0)


@pytest.mark.parametrize(("scandal", "issued"), [(0.0, 1000), (10.0, 0)])
def test_no_news_changes_nothing(scandal, issued):
    """To the last bit: full trust multiplies willingness by one."""
    assert both(trust_shaken, 1.0, 10.0, scandal, issued) == 1.0
    assert both(trust_regained, 1.0, 36.0) == 1.0


def test_trust_comes_back():
    """After the time of recovery, 1/e of the loss is left."""
    trust = 0.2
    for _ in range(36):
        trust = both(trust_regained, trust, 36.0)
    assert 1.0 - trust == pytest.approx(0.8 / math.e, rel=1e-12)
