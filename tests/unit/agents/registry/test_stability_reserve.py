"""The stability reserve of the agents, against the published transfers and the solver's rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.registry.stability_reserve import reserve_transfer
from simulation.theory.stability_reserve import ReserveRule, transfer_t
from tests.helpers import both

EU = (1_096_000_000.0, 833_000_000.0, 400_000_000.0, 0.24, 100_000_000.0)


@pytest.mark.parametrize(
    ("circulation", "expected"),
    [(1_654_909_824, 397_178_358), (1_134_794_738, 272_350_737), (1_023_494_202, 190_494_202),
     (600_000_000, 0), (399_999_999, -100_000_000)],
)
def test_published_transfers_are_met_to_the_allowance(circulation, expected):
    """Benchmark E3."""
    assert both(reserve_transfer, circulation, 10**9, *EU) == expected


@given(st.integers(0, 3_000_000), st.integers(0, 500_000), st.integers(0, 400_000))
def test_it_is_the_rule_of_the_solver(circulation, held, release):
    """Written twice; a share that floats hold exactly, so that no half is near."""
    rule = ReserveRule(
        upper=1_096_000, middle=833_000, lower=400_000, intake_share=0.25, release=release,
        invalid_above=400_000,
    )
    found = both(
        reserve_transfer, circulation, held, 1_096_000.0, 833_000.0, 400_000.0, 0.25,
        float(release),
    )
    assert found == transfer_t(circulation, held, rule)
