"""Every claim holds, or is known to miss with its reason; a miss that holds is an error too."""

from collections import Counter

import pytest

from experiments.claims.claim import inside, near, reported
from experiments.claims.listed import BENCHMARKS, KNOWN, Benchmark, measured
from experiments.claims.page import PAGE, page

COUNTS = {
    "B1": 16, "B2": 17, "B3": 3, "B4": 13, "B5": 33, "B6": 34, "B7": 14, "B8": 21, "B9": 28,
    "B10": 29, "B11": 16, "B12": 33, "B13": 24, "B14": 17, "B15": 32,
    "E1": 12, "E2": 7, "E3": 3, "E4": 12, "E5": 1, "P1": 7,
}


@pytest.fixture(scope="module")
def verdicts():
    """All claims, measured once."""
    return list(measured())


def test_claims_come_out_as_recorded(verdicts):
    """Those that miss are those that are known to."""
    words = {verdict.claim.id: verdict.word for verdict in verdicts}
    assert len(words) == len(verdicts)
    assert [name for name, word in words.items() if word == "fails"] == []
    assert [name for name in KNOWN if words.get(name) != "known miss"] == []


def test_no_claim_gets_lost(verdicts):
    """As many of each benchmark as were written down."""
    assert Counter(verdict.benchmark.id for verdict in verdicts) == COUNTS


def test_the_page_of_claims_is_current(verdicts):
    """Every line with its verdict; the last digits may differ between processors."""
    def told(text):
        rows = [line.strip("| ").split(" | ") for line in text.splitlines() if " | " in line]
        return [(row[0], row[1], row[2], row[-1]) for row in rows]

    assert told(PAGE.read_text(encoding="utf-8")) == told(page(verdicts))


def test_a_claim_says_what_it_stands_on(verdicts):
    """Statement and source; its id begins with that of its benchmark."""
    for benchmark, claim, *_ in verdicts:
        assert claim.id.startswith(f"{benchmark.id}.")
        assert claim.statement
        assert claim.source
    assert all(benchmark.title and benchmark.title_zh for benchmark in BENCHMARKS)


def test_a_claim_can_fail():
    """A number beside its interval fails, one on its end holds, one that is reported is neither."""
    lines = [
        near("X.1", "near", "here", 1.0, 1.5, 0.5), near("X.2", "off", "here", 1.0, 1.6, 0.5),
        inside("X.3", "inside", "here", 0.0, 1.0, 1.0), inside("X.4", "out", "here", 0.0, 1.0, 1.1),
        near("X.5", "not a number", "here", 1.0, float("nan"), 0.5),
        reported("X.6", "said", "here", 1.0, 9.0),
    ]
    found = list(measured([Benchmark("X", "x", "x", lambda: lines)]))
    assert [verdict.word for verdict in found] == [
        "holds", "fails", "holds", "fails", "fails", "reported",
    ]
