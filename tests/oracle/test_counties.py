"""Sixty watersheds and three hundred firms in ten provinces: both versions give equal runs."""

import pytest

from simulation.scenario import load
from tests.oracle.running import MECHANISMS, Variant, run_both, run_variant

FIRST_YEAR = 12
# From December 2023 over the first deadline at which the credit counts, in December 2027.
OVER_THE_DEADLINE = 50


@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
@pytest.mark.parametrize("mechanism", MECHANISMS)
@pytest.mark.parametrize("eligible", [False, True])
def test_the_first_year_of_the_counties_agrees(mechanism, seed, eligible):
    """Voluntary demand alone, and with compliance from the first month on."""
    overrides = {
        "market.mechanism": mechanism, "months": FIRST_YEAR, "compliance.eligible": eligible,
    }
    model = run_both(load("china-counties", overrides), seed)
    assert 0 < sum(project.joined for project in model.projects) < len(model.projects)


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_the_counties_agree_when_the_credit_becomes_eligible(mechanism, seed):
    """Purchases before the deadline, surrender at it, and what is left for the next."""
    overrides = {"market.mechanism": mechanism, "months": OVER_THE_DEADLINE}
    model = run_both(load("ccer-eligible", overrides), seed)
    assert {bool(row.compliance_t) for row in model.monthly} == {False, True}
    assert sum(row.retired_compliance_t for row in model.monthly) > 0


@pytest.mark.parametrize("horizon", [6, 12, 30])
def test_the_counties_agree_when_eligibility_is_announced(horizon):
    """Sellers who look ahead hear of it in the same month in both."""
    overrides = {
        "market.mechanism": "bilateral", "quote.strategy": "storage", "months": 40,
        "expectations.horizon_months": horizon, "expectations.credibility": 0.6,
    }
    model = run_both(load("ccer-eligible", overrides), 2, form="quickest")
    deaf = run_both(load("ccer-eligible", {**overrides, "expectations.credibility": 0.1}), 2,
                    form="quickest")
    assert model.monthly != deaf.monthly


def test_fifteen_years_of_the_counties_agree():
    """To the end of the scenario: everybody has joined, land is treated, loans fall due."""
    model = run_both(load("china-counties"), 5)
    assert len(model.deals) > 300
    assert all(project.joined for project in model.projects)


# Many sellers soon, so that contacts compete and lots are sold in parts.
SCENE = {
    "months": 18, "market.mechanism": "bilateral", "joining.innovation_per_year": 6.0,
    "compliance.eligible": True, "voluntary.demand_scale": 4.0,
}
FREE = {"bilateral.search_cost_yuan": 0.0}
COUNTIES = load("china-counties")
VARIANTS = {
    "buyers take all": Variant({"bilateral.seller_power": 0.0}),
    "sellers take all": Variant({"bilateral.seller_power": 1.0}),
    "sellers take a third": Variant({"bilateral.seller_power": 0.33}),
    "free search": Variant(FREE),
    "costly search": Variant({"bilateral.search_cost_yuan": 123_456.78}),
    "search for a few": Variant({"bilateral.search_cost_yuan": 1e9}),
    "any block": Variant({"bilateral.smallest_block_t": 1}),
    "any block without cost": Variant({"bilateral.smallest_block_t": 1}, base=FREE),
    "large blocks": Variant({"bilateral.smallest_block_t": 12_345}),
    "only neighbours": Variant({"bilateral.contact_local": 1.0, "bilateral.contact_distant": 0.0}),
    "only strangers": Variant({"bilateral.contact_local": 0.0, "bilateral.contact_distant": 1.0}),
    "everybody": Variant({"bilateral.contact_local": 1.0, "bilateral.contact_distant": 1.0}),
    "nobody": Variant({"bilateral.contact_local": 0.0, "bilateral.contact_distant": 0.0}),
    "few": Variant({"bilateral.contact_local": 0.11, "bilateral.contact_distant": 0.007}),
    "no provinces": Variant({
        **{f"projects.{row}.province": "" for row in range(len(COUNTIES.projects))},
        **{f"firms.{row}.province": "" for row in range(len(COUNTIES.firms))},
    }),
    "a fee": Variant({"market.exchange_fee_share": 0.03}),
    "a subsidy": Variant({"voluntary.subsidy_yuan_per_t": 3.21}),
    "on their own": Variant({"joining.imitation_per_year": 0.0}, base={
        "joining.innovation_per_year": 0.5, "joining.imitation_per_year": 3.0,
    }),
    "after others": Variant(
        {"joining.innovation_per_year": 0.0, "projects.4.joined": True},
        base={"joining.imitation_per_year": 3.0},
    ),
    "at once": Variant({"joining.innovation_per_year": 50.0}),
    "inside from the start": Variant(
        {f"projects.{row}.joined": True for row in range(len(COUNTIES.projects))}
    ),
    "a late registry": Variant({"registry.opens": "2024-08"}),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
def test_variants_of_the_counties_agree(variant):
    """Agreements and joining at the ends of their parameters and between them."""
    # Plain draws, the slowest part of so many agents, are compared in the tests above.
    run_variant("china-counties", SCENE, variant, [1], form="quickest")


def test_nobody_joins_before_the_registry_opens_or_without_a_reason():
    """The first month of the registry is the first in which projects join."""
    late = {"registry.opens": "2024-07", "joining.innovation_per_year": 50.0}
    opened = run_both(load("china-counties", {**late, "months": 8}), 1)
    assert sum(project.joined for project in opened.projects) > 0.9 * len(opened.projects)
    closed = run_both(load("china-counties", {**late, "months": 7}), 1)
    alone = {"joining.innovation_per_year": 0.0, "joining.imitation_per_year": 0.0, "months": 12}
    lonely = run_both(load("china-counties", alone), 1)
    for model in (closed, lonely):
        pilots = sum(group.count for group in model.parameters.projects if group.joined)
        assert sum(project.joined for project in model.projects) == pilots


def test_the_counties_agree_while_the_rules_move(tmp_path):
    """The smallest block and the mechanism change in the midst of a run."""
    path = tmp_path / "levers.toml"
    path.write_text("""
        extends = "china-counties"
        name = "levers"
        [[events]]
        announced = "2024-01"
        effective = "2024-09"
        set = { "bilateral.smallest_block_t" = 20, "market.exchange_fee_share" = 0.01 }
        [[events]]
        announced = "2024-01"
        effective = "2025-01"
        set = { "market.mechanism" = "listing" }
        [[events]]
        announced = "2024-01"
        effective = "2025-05"
        set = { "market.mechanism" = "bilateral", "bilateral.smallest_block_t" = 3000 }
    """, encoding="utf-8")
    model = run_both(load(str(path), {**SCENE, "months": 22}), 1)
    with_deals = {row.month for row in model.monthly if row.deals}
    start = 2024 * 12
    for months in (range(start, start + 8), range(start + 8, start + 12),
                   range(start + 12, start + 16), range(start + 16, start + 21)):
        assert with_deals.intersection(months)
