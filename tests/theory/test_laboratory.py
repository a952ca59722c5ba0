"""Laboratory markets reproduce what is known of them, at the tolerances of the benchmarks."""

import pytest

from experiments.claims import b01, b02, b03, b11, e05

# Fixed seeds, so a claim comes out the same each time. A miss stays in sight here until it is
# explained: the ZIP prices of two box markets lie nearer to theory than in the replications, whose
# days seem to end in another way (see B2.zip_ends_with_a_side).
MISSED = {"B2.zip.excess-demand", "B2.zip.excess-supply"}
BENCHMARKS = {
    "gode-sunder-1993": (b01, 16), "cliff-1997": (b02, 17), "smith-1962": (b03, 3),
    "controls": (b11, 16), "thin-markets": (e05, 1),
}


@pytest.mark.parametrize(("benchmark", "count"), BENCHMARKS.values(), ids=BENCHMARKS.keys())
def test_claims_come_out_as_recorded(benchmark, count):
    """Every claim of a benchmark holds but those that are known to miss, and those still do."""
    found = benchmark.claims()
    assert len(found) == len({claim.id for claim in found}) == count
    lines = {claim.id: claim for claim in found if claim.passed is False}
    missed = {name for name in MISSED if any(claim.id == name for claim in found)}
    assert set(lines) == missed, "\n".join(map(str, lines.values()))
    assert all(claim.source and claim.statement for claim in found)
