"""The record of claims is in English; its Chinese says the same with the same numbers."""

import re

import pytest

from experiments.claims.record import read_record
from experiments.claims_told import source_told, statement_told, why_told

LINES = read_record().lines
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def test_every_statement_of_the_record_is_told_in_chinese():
    english = [line.id for line in LINES
               if statement_told(line.statement, "zh") == line.statement]
    assert english == []
    assert all(statement_told(line.statement, "en") == line.statement for line in LINES)


@pytest.mark.parametrize("line", LINES[::7], ids=lambda line: line.id)
def test_no_number_is_lost(line):
    """Nor does a placeholder stay."""
    told = statement_told(line.statement, "zh")
    assert "#" not in told
    assert sorted(NUMBER.findall(told)) == sorted(NUMBER.findall(line.statement))


def test_a_part_that_is_not_known_leaves_the_statement_as_it_is():
    assert statement_told("Price, yuan/t, on the moon", "zh") == "Price, yuan/t, on the moon"
    assert statement_told("Price, yuan/t, shock -20", "zh") == "价格，元/吨，冲击−20"
    rule = "Mean distance of the price from theory under pay_as_bid, percent"
    assert statement_told(rule, "zh") == "按报价成交机制下价格与理论的平均偏差，%"


def test_reasons_are_told_as_long_as_they_speak_of_the_same_numbers():
    reasons = [line for line in LINES if line.reason]
    assert reasons
    for line in reasons:
        told = why_told(line.id, line.reason, "zh")
        assert told != line.reason, line.id
        moved = re.sub(r"\d{3}\.\d|\d,\d{3}", "999.9", line.reason)
        assert why_told(line.id, moved, "zh") == moved
        assert why_told(line.id, line.reason, "en") == line.reason
    assert why_told("B1.zi_u.1", "", "zh") == ""


def test_a_source_keeps_the_name_of_its_paper():
    told = source_told("Smith (1962), JPE 70:111, test 1; worked schedule", "zh")
    assert told == "Smith (1962), JPE 70:111, test 1; 按价值与成本表推算"
    own = [line.source for line in LINES
           if not re.search(r"\(\d{4}\)|https?:", line.source)]
    assert own
    assert all(source_told(source, "zh") != source for source in own)
