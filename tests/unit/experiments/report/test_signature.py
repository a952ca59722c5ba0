"""The signature: theory's borders on every panel, agents' regimes in colour, words by numbers."""

import json
import re

import numpy as np
import pytest

from experiments.answer import RULES
from experiments.language import LANGUAGES
from experiments.mapping import MarketMap
from experiments.regimes_seen import Seen, regimes_seen
from experiments.report.looks import for_the_page
from experiments.report.maps import map_figure, shown_maps
from experiments.report.reading import Reading
from experiments.report.signature import (
    _edges,
    agreements,
    signature_caption,
    signature_figure,
    signature_table,
    signature_words,
)
from experiments.report.texts import rule_label
from simulation.theory.regimes import Regime


@pytest.fixture(scope="module")
def exact(reading):
    """The answer, but for the agents of one rule, who do as theory says, and of all others."""
    theory = reading.theory
    used = np.where(theory.map.regime == Regime.LIMIT_BINDS, 1.0, 0.5)

    def told(found: MarketMap) -> MarketMap:
        if found.mechanism == "call_auction":
            return found._replace(
                price_yuan_per_t=theory.map.price, room_used=used,
                ceiling_yuan_per_t=theory.ceiling_yuan_per_t,
            )
        return found._replace(
            price_yuan_per_t=np.full_like(theory.map.price, 12.5),
            room_used=np.zeros_like(used), ceiling_yuan_per_t=theory.ceiling_yuan_per_t,
            voluntary_share=np.full_like(used, 0.3), compliance_share=np.full_like(used, 0.5),
        )

    answer = reading.answer._replace(
        maps=[told(found) for found in reading.answer.maps],
        other_maps=[told(found) for found in reading.answer.other_maps],
    )
    return Reading(answer)


def test_every_pricing_rule_has_its_panel_beside_theory(reading):
    for language in LANGUAGES:
        titles = [
            panel.title for panel in signature_figure(reading, for_the_page(language)).panels
        ]
        assert len(titles) == 1 + len(RULES)
        assert set(titles[1:]) == {rule_label(rule, language) for rule in RULES}


def test_cells_have_the_colour_of_the_regime_that_agents_show(reading):
    look = for_the_page("en")
    panels = signature_figure(reading, look).panels
    maps = [*reading.answer.maps, *reading.answer.other_maps]
    for panel, codes in zip(
        panels, [reading.theory.map.regime, *map(regimes_seen, maps)], strict=True
    ):
        colours = [cell["colour"] for cell in panel.chart["data"]["values"]]
        assert colours == [look.colours[f"seen-{code}"] for code in codes.ravel()]


def test_borders_are_the_sides_between_cells_of_different_regimes():
    """An L of one regime in a square of another; nothing is drawn at the edge of the map."""
    sides = _edges(np.array([[1, 1, 2], [2, 2, 2]]))
    assert {(side["x"], side["y"], side["x2"], side["y2"]) for side in sides} == {
        (1.5, -0.5, 1.5, 0.5), (-0.5, 0.5, 0.5, 0.5), (0.5, 0.5, 1.5, 0.5),
    }
    assert _edges(np.zeros((3, 3))) == []


def test_the_words_name_the_best_and_the_worst_rule_and_why(exact):
    told = re.sub(r"<[^>]+>", "", " ".join(signature_words(exact, "en"))).replace("\u00a0", " ")
    cells = agreements(exact)[0].cells
    assert f"Of {cells} cells" in told
    assert "most often under call auction (100 %)" in told
    assert "nearest to theory under call auction (0 yuan/t off)" in told
    assert "80 % of what is issued is sold there" in told
    assert "集合竞价与理论区间相同的最多（100" in " ".join(signature_words(exact, "zh"))
    # Where no rule leaves room below the ceiling, nothing is said of scarcity.
    perfect = exact.answer._replace(
        maps=[found for found in exact.answer.maps if found.mechanism == "call_auction"],
        other_maps=[],
    )
    alone = Reading(exact.answer)
    alone.answer = perfect
    assert "scarce" not in " ".join(signature_words(alone, "en"))


def test_the_table_has_a_row_for_each_rule_and_a_gap_for_each_regime(exact):
    heads, rows = signature_table(exact)
    assert len(rows) == len(RULES)
    assert all(len(row) == len(heads) for row in rows)
    call = next(row for row in rows if "Call auction" in row[0])
    assert call[1:4] == ["100", "0", "0.0"]
    regimes = set(np.unique(exact.theory.map.regime)) - {Regime.NO_TRADE}
    assert len(heads) == 4 + len(regimes)


def test_the_caption_states_the_rule_by_which_regimes_are_told(reading):
    for language in LANGUAGES:
        told = signature_caption(reading, language)
        assert "85" in told
        assert f"{reading.theory.ceiling_yuan_per_t:.1f}" in told


def test_cells_without_trade_are_blank_with_a_dash(reading):
    """The corner without either demand."""
    panel = signature_figure(reading, for_the_page("en")).panels[1]
    corner = panel.chart["data"]["values"][0]
    assert regimes_seen(reading.answer.maps[0])[0, 0] == Seen.NO_TRADE
    assert corner["text"] == "–"
    assert "no trade" in corner["tip"]


def test_the_map_shows_the_price_of_theory_first(reading):
    """With the numbers of the solver, on the ramp of the agents."""
    look = for_the_page("en")
    first, *others = shown_maps(reading)
    np.testing.assert_array_equal(first.price_yuan_per_t, reading.theory.map.price)
    assert [found.mechanism for found in others] == list(reading.rules)
    panels = map_figure(reading, look).panels
    assert panels[0].title == "Theory: price"
    assert len(panels) == 2 * (1 + len(reading.rules))
    values = [cell["value"] for cell in panels[0].chart["data"]["values"]]
    expected = [
        None if np.isnan(price) else round(float(price), 3)
        for price in reading.theory.map.price.ravel()
    ]
    assert values == expected
    assert "NaN" not in json.dumps(panels[0].chart)
