"""The demonstration on the terminal, in both languages."""

import io

import pytest
from rich.console import Console

from experiments.answer import MECHANISMS, REGIMES
from experiments.demonstration import demonstrate, runs, shown


@pytest.fixture(scope="module")
def found():
    """A demonstration with two replicates, and how often it said that a run had ended."""
    ended = []
    return demonstrate(2, lambda: ended.append(1)), len(ended)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Ziyang: one trade", "any real market", "net effect on the atmosphere")),
        ("zh", ("一笔交易的重演", "不预测任何真实市场", "对大气的净效应")),
    ],
)
def test_it_is_told_in_both_languages(found, language, words):
    """Story, answer in words, table of every scenario under every rule, limits."""
    demonstration, _ = found
    terminal = Console(file=io.StringIO(), width=160)
    for part in shown(demonstration, language):
        terminal.print(part)
    text = terminal.file.getvalue()
    for word in (*words, "2,100,000.00"):
        assert word in text
    assert all(text.count(regime) >= len(MECHANISMS) for regime in REGIMES)
    assert "<" not in text


def test_the_bar_ends_where_the_runs_do(found):
    """What was announced is what was run."""
    assert found[1] == runs(2)


def test_room_changes_nothing_where_the_credit_never_counts(found):
    """Those runs are shared, the others are not."""
    answer = found[0].answer
    for case in answer.rooms:
        for row, variant in enumerate(case.comparison.variants):
            whole = answer.comparison.variants[row]
            shared = variant.values is whole.values
            assert shared == (REGIMES[row % len(REGIMES)] in ("china-counties", "provincial-quota"))
