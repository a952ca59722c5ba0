"""Compliance regimes in the report: paired, in words by sign, colours as elsewhere."""

import re

import pytest

from experiments.answer import KIND_RULES, KINDS, KindCase
from experiments.comparing import Comparison
from experiments.intervals import interval_of, paired_difference
from experiments.language import LANGUAGES
from experiments.report.kinds import (
    SHOWN,
    AmongKinds,
    among_kinds,
    kinds_figure,
    kinds_table,
    kinds_words,
)
from experiments.report.looks import for_the_page
from experiments.report.reading import Reading
from experiments.report.rows import rules_of


@pytest.fixture
def among(reading):
    return among_kinds(reading)


def altered(reading, **values):
    """The regimes with other values of an outcome, by kind, under every rule."""
    case = reading.answer.kinds
    variants = [
        variant._replace(values={
            **variant.values, **values.get(case.kinds[row % len(case.kinds)], {}),
        })
        for row, variant in enumerate(case.comparison.variants)
    ]
    comparison = Comparison(variants, case.comparison.base_seed, case.comparison.replicates)
    kinds = KindCase(case.mechanisms, case.kinds, comparison)
    return AmongKinds(Reading(reading.answer._replace(kinds=kinds)))


def said(among, language="en"):
    return re.sub(r"<[^>]+>", "", " ".join(kinds_words(among, language))).replace("\u00a0", " ")


def test_every_regime_is_the_world_of_the_question_but_for_the_regime(among, reading):
    """And the cap is the run that the question was asked with."""
    for rule in KIND_RULES:
        asked = reading.variant(rule, reading.changed)
        assert among.variant(rule, "cap") is asked
        for kind in KINDS:
            scenario = among.variant(rule, kind).scenario
            assert scenario.regime.kind == kind
            assert scenario.model_copy(update={"regime": asked.scenario.regime}) == asked.scenario


def test_levels_and_changes_are_paired_intervals(among):
    rule = among.rules[0]
    tax, cap = (among.values("volume_t", rule, kind) for kind in ("tax", "cap"))
    assert among.level("volume_t", rule, "tax").found == interval_of(tax)
    assert among.change("volume_t", rule, "tax", "cap").found == paired_difference(tax, cap)


def test_retired_is_what_is_issued_and_in_no_other_state(among):
    rule, elsewhere = among.rules[0], ("held_t", "escrow_t", "pledged_t", "buffer_t", "cancelled_t")
    for kind in among.kinds:
        values = among.variant(rule, kind).values
        expected = [
            values["issued_t"][row] - sum(values[name][row] for name in elsewhere)
            for row in range(3)
        ]
        assert among.values("retired_t", rule, kind) == expected
        assert sum(expected) > 0


def test_nobody_buys_for_compliance_without_a_regime(among):
    for rule in among.rules:
        assert not any(among.values("compliance_t", rule, "none"))
        assert any(among.values("compliance_t", rule, "cap"))


def test_an_absolute_cap_that_changes_nothing_is_said_to(among, reading):
    """And one that does is held against the cap by output."""
    assert "An absolute cap in place of one by output changes none of this" in said(among)
    price = {"price_yuan_per_t": [60.0, 61.0, 62.0]}
    moved = altered(reading, cap={"price_yuan_per_t": [20.0, 21.0, 22.0]}, absolute=price)
    assert "With an absolute cap the price rises by 40 yuan/t" in said(moved)
    assert "均价上升 40 元/吨" in said(moved, "zh")


def test_words_follow_the_sign_of_a_change(reading):
    cap = {"price_yuan_per_t": [40.0, 41.0, 42.0]}
    falls = altered(reading, cap=cap, tax={"price_yuan_per_t": [30.0, 31.0, 32.0]})
    assert "yuan/t the price falls by 10 yuan/t against the cap" in said(falls)
    unsure = altered(reading, cap=cap, tax={"price_yuan_per_t": [30.0, 41.0, 52.1]})
    assert "the price cannot be told from unchanged" in said(unsure)


def test_pricing_rules_have_the_colours_of_the_other_figures(among, reading):
    look = for_the_page("en")
    for rule, _, colour in rules_of(reading, look):
        if rule in among.rules:
            assert look.colours[among.colour(rule)] == colour
    assert len({among.colour(rule) for rule in among.rules}) == len(among.rules)


def test_the_figure_tells_every_regime_in_both_languages(among):
    for language, names in zip(
        LANGUAGES, (("Carbon tax", "Absolute cap"), ("碳税", "绝对总量配额")), strict=True
    ):
        figure = kinds_figure(among, for_the_page(language))
        assert len(figure.panels) == 6
        assert all(name in panel.told for name in names for panel in figure.panels)


def test_the_table_has_every_outcome_under_every_rule(among):
    heads, rows = kinds_table(among)
    assert len(rows) == len(SHOWN) * len(KIND_RULES)
    assert all(len(row) == len(heads) == 2 + len(KINDS) for row in rows)
