"""MarketModel works as any Mesa model does, and agents cannot be written."""

import warnings

import mesa
import pytest
from mesa.batchrunner import batch_run

from simulation import InvariantError, MarketModel, load, simulate
from simulation.errors import InputError
from simulation.handles import Firm, Project, Registry
from simulation.results import fingerprint


def test_steps_equal_a_plain_run():
    """A step is a month: 120 steps are the run that the engine makes without Mesa."""
    model = MarketModel("tiny", rng=7)
    while model.running:
        model.step()
    assert fingerprint(model.world) == simulate("tiny", seed=7).summary()["run_hash"]
    assert model.time == load("tiny").months


def test_a_step_after_the_end_does_nothing():
    model = MarketModel("tiny", rng=1, months=2)
    for _ in range(4):
        model.step()
    assert model.running is False
    assert model.month == "2024-03"


def test_batch_run_crosses_mechanisms_and_seeds():
    rows = batch_run(
        MarketModel,
        {"scenario": ["tiny"], "market.mechanism": ["listing", "call_auction"], "months": [24]},
        rng=[1, 2],
        number_processes=1,
        display_progress=False,
        data_collection_period=-1,
        max_steps=24,
    )
    assert {(row["market.mechanism"], row["rng"]) for row in rows} == {
        (mechanism, seed) for mechanism in ("listing", "call_auction") for seed in (1, 2)
    }
    for row in rows:
        last = simulate(
            load("tiny", {"market.mechanism": row["market.mechanism"], "months": 24}), row["rng"]
        ).monthly.iloc[-1]
        assert row["retired_t"] == last["retired_t"]


def test_data_collector_reads_handles_and_model():
    """Reporters by attribute name, by function and by agent type, as Mesa documents them."""
    model = MarketModel("tiny", rng=3)
    collector = mesa.DataCollector(
        model_reporters={"Sold": lambda m: m.agents_by_type[Project].agg("sold_t", sum)},
        agenttype_reporters={Firm: {"Bought": "voluntary_t"}, Project: {"Sold": "sold_t"}},
    )
    for _ in range(36):
        model.step()
        collector.collect(model)
    sold = collector.get_model_vars_dataframe()["Sold"]
    assert sold.iloc[-1] == model.world.state.projects.sold_t.sum() > 0
    firms = collector.get_agenttype_vars_dataframe(Firm)
    assert firms["Bought"].groupby("Step").sum().iloc[-1] == sold.iloc[-1]


def test_agent_sets_select_get_aggregate_and_group():
    model = MarketModel("tiny-eligible", rng=1)
    model.world.run()
    assert len(model.agents) == 11
    assert set(model.agent_types) == {Project, Firm, Registry}
    covered = model.agents_by_type[Firm].select(lambda firm: firm.covered)
    assert len(covered) == 4
    assert sum(covered.get("surrendered_credits_t")) > 0
    by_sector = model.agents_by_type[Firm].groupby("sector").agg("emissions_t", sum)
    assert set(by_sector) == {"battery", "cement", "power"}
    first = model.agents_by_type[Firm].sort("unique_id", ascending=True).to_list()[0]
    assert first.unique_id == model.world.state.firms.agent_id[0]
    assert all(first in friend.neighbours for friend in first.neighbours)
    registry = model.agents_by_type[Registry].to_list()[0]
    assert sum(registry.tonnes_by_state.values()) == registry.issued_t
    model.agents.shuffle_do("step")


def test_handles_see_the_present():
    model = MarketModel("tiny", rng=1)
    project = model.agents_by_type[Project].to_list()[0]
    before = project.plant_t
    model.step()
    assert project.plant_t > before


@pytest.mark.parametrize("name", ["sold_t", "plant_t", "anything"])
def test_handles_cannot_be_written(name):
    """A writable handle would let tonnes appear from nowhere."""
    model = MarketModel("tiny", rng=1)
    project = model.agents_by_type[Project].to_list()[0]
    with pytest.raises(AttributeError, match="read-only"):
        setattr(project, name, 5)
    with pytest.raises(AttributeError):
        project.remove()


def test_rewind_and_rerun_gives_the_same_future():
    """Mesa's own schedule is rewound too: without that, no month would run after a restore."""
    model = MarketModel("tiny", rng=5)
    for _ in range(20):
        model.step()
    kept = model.snapshot()
    for _ in range(30):
        model.step()
    first, time = fingerprint(model.world), model.time
    model.restore(kept)
    assert model.time == 20
    for _ in range(30):
        model.step()
    assert (fingerprint(model.world), model.time) == (first, time)


def test_a_lever_moved_after_a_rewind_gives_another_future():
    model = MarketModel("tiny", rng=5)
    for _ in range(20):
        model.step()
    kept = model.snapshot()
    for _ in range(40):
        model.step()
    before = model.results.outcomes["compliance_t"]
    model.restore(kept)
    model.set_lever("compliance.eligible", True)
    for _ in range(40):
        model.step()
    assert before == 0 < model.results.outcomes["compliance_t"]


def test_settings_are_scenario_keys():
    model = MarketModel("tiny", rng=1, market__mechanism="call_auction", months=12)
    assert model.market_scenario.market.mechanism == "call_auction"
    with pytest.raises(InputError, match="did you mean 'mechanism'"):
        MarketModel("tiny", rng=1, market__mechanismm="listing")
    with pytest.raises(InputError, match="whole number"):
        MarketModel("tiny", rng="seven")
    with pytest.raises(InputError, match="settings need the name"):
        MarketModel(load("tiny"), rng=1, months=3)


def test_a_model_warns_of_nothing():
    """Whatever Mesa 4 removes is not used: deprecations would be errors here."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = MarketModel("tiny", rng=1)
        model.step()
        model.agents.get("name")


def test_a_broken_invariant_stops_the_model():
    model = MarketModel("tiny", rng=1)
    model.step()
    model.world.state.ledger.fen[8] += 1
    with pytest.raises(InvariantError, match="seed 1"):
        model.step()


def test_reset_of_mesas_page_keeps_the_scenario():
    model = MarketModel("tiny-eligible", rng=3, months=36)
    model.step()
    # As Mesa's Reset does it: a new scenario of the same kind, beside the page's own parameters.
    reset = type(model)(scenario=type(model.scenario)(), rng=5, months=36)
    assert reset.market_scenario == model.market_scenario
    assert reset.world.seed == 5
    assert reset.world.month == reset.market_scenario.start
    loaded = MarketModel(load("ccer-eligible"))
    again = type(loaded)(scenario=type(loaded.scenario)(), rng=1)
    assert again.market_scenario == loaded.market_scenario
    # Another reset of a reset model still knows.
    assert type(again)(scenario=type(again.scenario)()).market_scenario.name == "ccer-eligible"
