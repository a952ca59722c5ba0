"""Every source of a parameter is told in Chinese, with the same figures."""

import re

import pytest

from experiments.sources_told import SOURCES, source_told
from simulation.scenario import declared

DECLARED = sorted({item.source for item in declared()})


@pytest.mark.parametrize("source", DECLARED)
def test_every_source_is_told_in_chinese(source):
    told = source_told(source, "zh")
    assert re.search(r"[\u4e00-\u9fff]", told)
    assert source_told(source, "en") == source
    # Assumptions, simplifications and benchmarks, files and deals are the same.
    for pattern in (r"\b[ASBE]\d+\b", r"[A-Z]{2}-\d{4}-\d\d", r"\w+/\w+\.csv", r"section \d"):
        for part in re.findall(pattern, source):
            assert part.replace("section ", "第") in told, part


def test_none_is_left_over_from_a_source_that_is_declared_no_more():
    assert set(SOURCES) <= set(DECLARED)
