"""All pricing rules side by side: words and colours follow paired differences, ties are said."""

import csv
import io
import json
import re

import pytest

from experiments import answer as answer_module
from experiments.answer import RULES, Answer, RuleCase
from experiments.comparing import Comparison, Variant
from experiments.intervals import Interval
from experiments.language import LANGUAGES
from experiments.report import among as among_module
from experiments.report.among import AmongRules, among_rules
from experiments.report.looks import for_the_page
from experiments.report.ranking import rules_words
from experiments.report.reading import REPORTED, Reading
from experiments.report.rules import rules_ends, rules_figure, rules_table
from experiments.report.sheets import sheet_names, sheets
from simulation.outcomes import Outcome

MADE = ("listing", "bilateral", "call_auction")
PLAIN = {"price_yuan_per_t": [20.0, 21.0, 22.0], "volume_t": [100.0, 110.0, 120.0],
         "proceeds_yuan": [5e7, 5.1e7, 5.2e7]}


def made(by_rule, eligible=None, settings=None, rules=MADE):
    """Rules of which some have these values, in both regimes; `eligible` for the second alone."""
    variants = []
    for rule in rules:
        for regime in ("tiny", "tiny-eligible"):
            values = {outcome.name: [0.0, 0.0, 0.0] for outcome in REPORTED}
            values |= PLAIN | by_rule.get(rule, {})
            if regime != "tiny":
                values |= (eligible or {}).get(rule, {})
            scenario = answer_module.load(regime, {"market.mechanism": rule, **(settings or {})})
            variants.append(Variant(scenario, values))
    comparison = Comparison(variants, 1, 3)
    names = ("tiny", "tiny-eligible")
    return AmongRules(Reading(Answer(
        names, rules, comparison, [], 4.0, [], RuleCase(rules, names, comparison),
    )))


def words(among, language):
    return re.sub(r"<[^>]+>", "", " ".join(rules_words(among, language)))


def test_an_extreme_names_all_that_cannot_be_told_from_it():
    """Overlapping intervals do not matter where the pairs are steady, and do where they are not."""
    steady = made({"call_auction": {"price_yuan_per_t": [20.5, 21.5, 22.6]}})
    found = steady.extreme("price_yuan_per_t", "tiny", highest=True)
    assert found.alike == ("call_auction",)
    assert found.is_told
    lowest = steady.extreme("price_yuan_per_t", "tiny", highest=False)
    assert set(lowest.alike) == {"listing", "bilateral"}
    loose = made({"call_auction": {"price_yuan_per_t": [15.0, 21.5, 29.0]}})
    found = loose.extreme("price_yuan_per_t", "tiny", highest=True)
    assert set(found.alike) == set(MADE)
    assert not found.is_told


@pytest.mark.parametrize(
    ("price", "volume", "english", "chinese"),
    [([40.0, 42.0, 44.1], [100.0, 111.0, 120.0], "No two rules can be told apart by the volume",
      "任何两种机制的成交量都无法区分"),
     ([40.0, 42.0, 44.1], [150.0, 166.0, 180.0], "moves the traded volume less", "影响较小"),
     ([22.0, 23.1, 24.3], [300.0, 331.0, 360.0], "moves the traded volume more", "影响更大"),
     ([30.0, 31.6, 33.0], [149.0, 166.0, 181.0], "about as much", "与此相当"),
     ([10.0, 21.0, 33.0], [100.0, 111.0, 120.0], "no two rules can be told apart by their price",
      "任何两种机制的均价都无法区分")],
)
def test_words_about_price_and_volume_follow_paired_differences(price, volume, english, chinese):
    values = {"price_yuan_per_t": price, "volume_t": volume}
    if "by the volume" in english:
        values["volume_t"] = [90.0, 111.0, 130.0]
    among = made({"call_auction": values})
    assert english in words(among, "en")
    assert chinese in words(among, "zh")


def test_rules_that_tie_are_named_together():
    high = {"price_yuan_per_t": [40.0, 42.0, 44.1]}
    told = words(made({"call_auction": high, "listing": high}), "en")
    assert "highest under listing (which cannot be told from call auction)" in told


@pytest.mark.parametrize(
    ("money", "english"),
    [([6e7, 6.1e7, 6.3e7], "sellers get most under call auction"),
     ([4e7, 5.1e7, 6.3e7], "under no rule can sellers be told to get more than under listing")],
)
def test_words_about_sellers_follow_the_paired_difference(money, english):
    assert english in words(made({"call_auction": {"proceeds_yuan": money}}), "en")


def test_a_sure_gain_of_sellers_is_told_beside_an_uncertain_higher_mean():
    among = made({"call_auction": {"proceeds_yuan": [2e7, 6e7, 12e7]},
                  "bilateral": {"proceeds_yuan": [6e7, 6.1e7, 6.2e7]}})
    told = words(among, "en")
    assert "the highest mean is under call auction, but it cannot be told from listing" in told
    assert "bilateral agreement gives most, 10 million\u00a0yuan more, paired" in told
    assert "under no rule can sellers" not in told
    assert "以集合竞价最高，但与挂牌" in words(among, "zh")


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [("price_yuan_per_t", "the highest mean price, under call auction, cannot be told from the",
      "均价最高的集合竞价与最低的"),
     ("volume_t", "The largest mean volume, under call auction, cannot be told from the smallest",
      "成交量均值最大的集合竞价与最小的")],
)
def test_that_no_rule_differs_is_said_of_all_pairs_only(name, english, chinese):
    """The ends are noisy; listing and bilateral agreement differ steadily."""
    by_rule = {"call_auction": {name: [5.0, 211.0, 980.0]},
               "bilateral": {name: [200.0, 211.0, 219.0]}}
    if name == "volume_t":
        by_rule["call_auction"]["price_yuan_per_t"] = [40.0, 42.0, 44.1]
    among = made(by_rule)
    assert english in words(among, "en")
    assert chinese in words(among, "zh")
    assert "no two rules" not in words(among, "en").lower()
    rows = {re.sub("<[^>]+>", "", head): cells for head, *cells in rules_ends(among)[1]}
    (cells,) = [cells for head, cells in rows.items()
                if re.match("Traded" if name == "volume_t" else r"Price\W*成交均价", head)]
    assert "Call auction, not told from any other" in cells[0]
    assert "no rule told" not in "".join(cells)


def test_what_never_trades_is_said_and_has_no_multiple():
    none = {"price_yuan_per_t": [None, None, None], "volume_t": [0.0, 0.0, 0.0]}
    dear = {"price_yuan_per_t": [40.0, 42.0, 44.1], "volume_t": [300.0, 331.0, 360.0]}
    among = made({"call_auction": none, "bilateral": dear})
    told = words(among, "en")
    assert "is 3.00 [2.99, 3.02] times the smallest, under listing" in told
    assert "Nothing is traded under call auction." in told
    assert "集合竞价下没有成交。" in words(among, "zh")
    assert "–" not in told
    assert "nothing is traded under any rule" in words(made(dict.fromkeys(MADE, none)), "en")
    alone = words(made(dict.fromkeys(MADE[1:], none)), "en")
    assert "there is a price under listing alone, 21.0 [18.5, 23.5]" in alone
    now_and_then = {**dear, "volume_t": [0.0, 10.0, 20.0]}
    told = words(made({"call_auction": now_and_then}), "en")
    assert "where nothing is traded in 1 of 3 replicates" in told


def test_rules_without_a_common_replicate_are_not_compared():
    among = made({"call_auction": {"price_yuan_per_t": [None, None, 90.0]},
                  "bilateral": {"price_yuan_per_t": [30.0, 31.1, None]}})
    found = among.extreme("price_yuan_per_t", "tiny", highest=True)
    assert found == ("call_auction", ("call_auction", "listing"), 2)


def test_rules_beside_an_end_are_not_called_alike_among_themselves():
    """Bilateral agreement is told from listing; the noisy call auction from neither."""
    among = made({"call_auction": {"price_yuan_per_t": [45.0, 55.0, 65.0]},
                  "bilateral": {"price_yuan_per_t": [46.0, 50.0, 51.0]},
                  "listing": {"price_yuan_per_t": [45.0, 49.1, 50.0]},
                  "mcafee": {"price_yuan_per_t": [3.0, 4.0, 5.0]}}, rules=(*MADE, "mcafee"))
    assert among.change("price_yuan_per_t", "bilateral", "tiny", "listing").kind == "up"
    told = words(among, "en")
    assert "call auction (which cannot be told from bilateral agreement and listing)" in told
    assert "集合竞价（与协议转让、挂牌无法区分）" in words(among, "zh")


@pytest.mark.parametrize(
    ("after", "english"),
    [([21.0, 22.0, 23.1], "more than eligibility"), ([60.0, 61.0, 62.1], "less than eligibility"),
     ([30.0, 41.0, 52.1], "cannot be told from what eligibility"),
     ([5.0, 5.9, 7.0], "more than eligibility"), ([0.5, 0.6, 0.7], "cannot be told from what")],
)
def test_the_rule_is_held_against_eligibility(after, english):
    """Also where eligibility lowers the price."""
    among = made(
        {"call_auction": {"price_yuan_per_t": [40.0, 41.0, 42.1]}},
        {"listing": {"price_yuan_per_t": after}},
    )
    assert english in words(among, "en")


def test_an_effect_of_changing_sign_is_not_counted_by_its_size():
    """Ten yuan up or down by luck: every replicate moves more than the rule does, the mean less."""
    among = made({"call_auction": {"price_yuan_per_t": [23.0, 24.0, 25.1]}},
                 {"listing": {"price_yuan_per_t": [30.0, 11.0, 32.1]}})
    assert "cannot be told from what eligibility does" in words(among, "en")


@pytest.mark.parametrize(
    ("settings", "english"),
    [({}, "under pay as bid and one-way auction, real buyers"),
     ({"pay_as_bid.price": "midpoint"}, "under one-way auction, real buyers"),
     ({"one_way_auction.format": "second_price"}, "under pay as bid, real buyers")],
)
def test_a_rule_under_which_buyers_pay_their_bid_is_pointed_out(settings, english):
    rules = ("listing", "pay_as_bid", "one_way_auction")
    assert english in words(made({}, settings=settings, rules=rules), "en")
    plain = words(made({}), "en")
    assert "Read with care: only the level under bilateral agreement is fitted" in plain
    assert "real buyers" not in plain


def test_an_outcome_is_shown_as_soon_as_the_model_has_it(monkeypatch):
    """Efficiency is named in the list of what is shown, whether or not this model measures it."""
    shown = {outcome.name for outcome in made({}).outcomes}
    assert "price_yuan_per_t" in shown
    new = Outcome("waiting_share", "1", "Waiting", "等待", "", "", None)
    monkeypatch.setattr(among_module, "REPORTED", (*REPORTED, new))
    monkeypatch.setattr(among_module, "SHOWN", (*among_module.SHOWN, "waiting_share"))
    values = {rule: {"waiting_share": [0.1 * place, 0.11, 0.12]} for place, rule in enumerate(MADE)}
    assert "waiting_share" in {outcome.name for outcome in made(values).outcomes}
    empty = {rule: {"waiting_share": [None, None, None]} for rule in MADE}
    assert "waiting_share" not in {outcome.name for outcome in made(empty).outcomes}


def test_efficiency_is_told_where_it_is_known(monkeypatch):
    new = Outcome("efficiency_share", "1", "Efficiency", "效率", "", "", None)
    known = (*(outcome for outcome in REPORTED if outcome.name != new.name), new)
    monkeypatch.setattr(among_module, "REPORTED", known)
    values = {
        rule: {"efficiency_share": [0.5 + 0.1 * place, 0.51 + 0.1 * place, 0.53 + 0.1 * place]}
        for place, rule in enumerate(MADE)
    }
    assert "most is realised under call auction, 71" in words(made(values), "en")
    alike = {rule: {"efficiency_share": [0.5, 0.6, 0.7]} for rule in MADE}
    assert "is realised under" not in words(made(alike), "en")


def test_colours_follow_the_paired_difference():
    among = made({"call_auction": {"price_yuan_per_t": [40.0, 41.0, 42.1]},
                  "bilateral": {"price_yuan_per_t": [10.0, 11.0, 12.1]}})
    look = for_the_page("en")
    chart = rules_figure(among, look).panels[0].chart
    (points,) = [one for one in chart["layer"] if one["mark"]["type"] == "point"]
    colours = {value["group"]: value["colour"] for value in points["data"]["values"]}
    assert colours == {
        "Call auction": look.colours["higher"], "Bilateral": look.colours["lower"],
        "Listing (reference)": look.colours["ink"],
    }
    assert list(colours) == ["Call auction", "Listing (reference)", "Bilateral"]


def test_what_was_never_traded_has_no_dot_and_no_row_of_its_own():
    """No price under one rule: said in words, at the edge; no price in a regime: left out."""
    none = {"price_yuan_per_t": [None, None, None]}
    for language in LANGUAGES:
        look = for_the_page(language)
        chart = rules_figure(made({"call_auction": none}), look).panels[0].chart
        (points,) = [one for one in chart["layer"] if one["mark"]["type"] == "point"]
        assert len(points["data"]["values"]) == 4
        assert ("none" if language == "en" else "无") in json.dumps(chart, ensure_ascii=False)
    gone = made({}, dict.fromkeys(MADE, none))
    chart = rules_figure(gone, for_the_page("en")).panels[0].chart
    (points,) = [one for one in chart["layer"] if one["mark"]["type"] == "point"]
    assert len(points["data"]["values"]) == len(MADE)
    assert '"text": "none"' not in json.dumps(chart)
    assert all("–" in cell for cell in rules_ends(gone)[1][0][3:])


def test_every_pricing_rule_is_compared_with_the_seeds_of_the_question(answer, reading):
    """Three rules have been run for the question and are shared, not run again."""
    among = among_rules(reading)
    assert set(among.rules) == set(RULES)
    for rule in answer.mechanisms:
        for regime in among.regimes:
            assert among.variant(rule, regime) is reading.variant(rule, regime)
    for rule in RULES:
        for regime in among.regimes:
            scenario = among.variant(rule, regime).scenario
            assert (scenario.market.mechanism, scenario.name) == (rule, regime)


def test_tables_hold_every_level_and_every_difference(reading):
    among = among_rules(reading)
    _, rows = rules_table(among)
    assert len(rows) == len(among.outcomes) * len(RULES)
    written = list(csv.DictReader(io.StringIO(sheets(reading)["rules.csv"])))
    assert len(written) == len(among.outcomes) * 2 * (2 * len(RULES) - 1)
    for row in written:
        of = among.change if row["less_mechanism"] else among.level
        assert row["less_mechanism"] in ("", among.usual)
        found = of(row["outcome"], row["mechanism"], row["regime"]).found
        for end in Interval._fields:
            expected = getattr(found, end)
            assert row[end] == ("" if expected is None else repr(expected))
    for row in csv.DictReader(io.StringIO(sheets(reading)["rule_replicates.csv"])):
        for outcome in among.outcomes:
            value = among.values(outcome.name, row["mechanism"], row["regime"])
            value = value[int(row["replicate"])]
            assert row[outcome.name] == ("" if value is None else repr(value))


def test_every_table_is_linked_and_every_link_has_a_table(reading):
    assert sorted(f"{name}.csv" for name in sheet_names(reading)) == sorted(sheets(reading))
