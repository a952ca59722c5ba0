"""Results: units in names, nothing invented, and the same bytes for the same seed."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from agents.compiled import ROOT
from simulation.outcomes import OUTCOMES
from simulation.results import Run, fingerprint, simulate
from simulation.scenario import load
from simulation.world import World

UNITS = ("_t", "_yuan", "_yuan_per_t", "_ha", "_per_year", "_share", "_index")


def test_a_month_without_a_deal_has_no_price(eligible):
    """Missing, not zero: nobody paid nothing."""
    table = eligible.monthly
    without = table["volume_t"] == 0
    assert without.any()
    assert (~without).any()
    assert table.loc[without, "price_yuan_per_t"].isna().all()
    assert table.loc[~without, "price_yuan_per_t"].gt(0).all()
    no_voluntary = table["voluntary_t"] == 0
    assert table.loc[no_voluntary, "voluntary_price_yuan_per_t"].isna().all()
    assert table.loc[~no_voluntary, "voluntary_price_yuan_per_t"].gt(0).all()


def test_the_months_price_is_the_mean_of_its_deals(eligible):
    """Weighted by tonnes, and computed here from the table of deals."""
    deals = eligible.deals
    value = (deals["tonnes"] * deals["price_yuan_per_t"]).groupby(deals["month"]).sum()
    volume = deals.groupby("month")["tonnes"].sum()
    table = eligible.monthly.set_index("month")
    np.testing.assert_allclose(table["price_yuan_per_t"].dropna(), value / volume, rtol=1e-12)
    np.testing.assert_array_equal(table.loc[volume.index, "volume_t"], volume)


def test_months_without_an_ask_have_no_best_ask(eligible):
    """Before the first issue nobody can offer anything."""
    first = eligible.monthly.iloc[0]
    assert first["offered_t"] == 0
    assert np.isnan(first["best_ask_yuan_per_t"])
    assert np.isnan(eligible.monthly["best_bid_yuan_per_t"]).any()


def test_without_a_gain_theory_has_no_price(eligible):
    monthly = eligible.monthly
    none = monthly["theory_volume_t"] == 0
    assert 0 < none.sum() < len(none)
    for name in ("theory_price_low_yuan_per_t", "theory_price_high_yuan_per_t"):
        assert (monthly[name].isna() == none).all()


def test_a_run_says_what_it_is_of(eligible):
    scenario = eligible.scenario
    assert repr(eligible) == (
        f"<Run of {scenario.name}, seed {eligible.seed}, "
        f"{scenario.months} of {scenario.months} months>"
    )


@pytest.mark.parametrize("table", ["monthly", "deals", "projects", "firms", "accounts", "blocks",
                                   "journal"])
def test_amounts_are_in_yuan_and_say_so(eligible, table):
    """No fen leave the ledger, and a number with a unit carries it at the end of its name."""
    frame = getattr(eligible, table)
    assert len(frame) > 0
    assert not [name for name in frame.columns if "fen" in name]
    for name in frame.columns:
        if "yuan" in name:
            assert name.endswith(("_yuan", "_yuan_per_t"))
    assert frame.columns.is_unique


def test_fen_become_yuan_without_loss(eligible):
    """Two digits behind the point, exactly those of the ledger."""
    ledger = eligible.world.state.ledger
    np.testing.assert_array_equal(
        np.rint(eligible.accounts["money_yuan"].to_numpy() * 100).astype(np.int64), ledger.fen
    )
    deals = eligible.world.state.deals[: len(eligible.deals)]
    np.testing.assert_array_equal(
        np.rint(eligible.deals["price_yuan_per_t"] * 100).astype(np.int64), deals.price_fen
    )


def test_deals_name_their_parties(eligible):
    """Seller, buyer, motive and occasion in words; the price lies between the limits."""
    deals = eligible.deals
    assert set(deals["seller"]) <= set(eligible.world.people.projects)
    assert set(deals["buyer"]) <= set(eligible.world.people.firms)
    assert set(deals["motive"]) == {"voluntary", "compliance"}
    voluntary = deals["motive"] == "voluntary"
    assert (deals.loc[~voluntary, "occasion"] == "none").all()
    assert (deals.loc[voluntary, "occasion"] != "none").all()
    assert (deals["ask_yuan_per_t"] <= deals["price_yuan_per_t"]).all()
    assert (deals["price_yuan_per_t"] <= deals["bid_yuan_per_t"]).all()


def test_a_retired_tonne_leads_back_to_its_project(eligible):
    """Serial number, project and monitoring period; the journal tells every step on the way."""
    blocks, journal = eligible.blocks, eligible.journal
    retired = blocks[blocks["state"] == "retired"]
    assert len(retired) > 10
    issued = journal[journal["entry"] == "issue"]
    for block in retired.itertuples():
        assert block.project in eligible.world.people.projects
        assert block.vintage_start <= block.vintage_end <= block.issued_month <= block.final_month
        assert block.purpose in ("own_emissions", "local_support", "compliance")
        # The tonne in the middle of the block, step by step.
        tonne = block.serial + block.tonnes // 2
        steps = journal[
            ~journal["is_money"] & (journal["serial"] <= tonne)
            & (tonne < journal["serial"] + journal["amount"])
        ]
        assert steps["entry"].iloc[0] == "issue"
        assert steps["entry"].iloc[-1] == "retire"
        assert steps["credit"].iloc[0] == block.project
        assert steps["credit"].iloc[-1] == block.owner
        assert (steps["debit"].iloc[1:].to_numpy() == steps["credit"].iloc[:-1].to_numpy()).all()
        assert {"offer", "deliver"} <= set(steps["entry"])
    assert issued["amount"].sum() == blocks["tonnes"].sum()


def test_blocks_cover_every_serial_number_once(eligible):
    """From 1 to the last tonne that was issued."""
    blocks = eligible.blocks.sort_values("serial")
    ends = blocks["serial"] + blocks["tonnes"]
    assert blocks["serial"].iloc[0] == 1
    np.testing.assert_array_equal(blocks["serial"].iloc[1:], ends.iloc[:-1])
    assert ends.iloc[-1] - 1 == eligible.outcomes["issued_t"]


def test_outcomes_agree_with_the_tables(eligible):
    """Two ways to the same number."""
    outcomes, monthly, blocks = eligible.outcomes, eligible.monthly, eligible.blocks
    deals, journal = eligible.deals, eligible.journal
    assert list(outcomes) == [outcome.name for outcome in OUTCOMES]
    value = (deals["tonnes"] * deals["price_yuan_per_t"]).sum()
    assert outcomes["price_yuan_per_t"] == pytest.approx(value / deals["tonnes"].sum(), rel=1e-12)
    assert outcomes["proceeds_yuan"] == pytest.approx(value, rel=1e-12)
    assert outcomes["volume_t"] == deals["tonnes"].sum() == monthly["volume_t"].sum()
    assert outcomes["voluntary_t"] + outcomes["compliance_t"] == outcomes["volume_t"]
    assert outcomes["deals"] == len(deals)
    assert outcomes["buyers"] == deals["buyer_id"].nunique()
    by_motive = deals.groupby("motive")["tonnes"].sum()
    assert outcomes["compliance_t"] == by_motive["compliance"]
    in_state = blocks.groupby("state")["tonnes"].sum()
    for state in ("held", "escrow", "pledged", "buffer", "cancelled"):
        assert outcomes[f"{state}_t"] == in_state.get(state, 0)
    used = blocks[blocks["state"] == "retired"].groupby("purpose")["tonnes"].sum()
    for purpose in ("own_emissions", "local_support", "compliance"):
        assert outcomes[f"retired_{purpose}_t"] == used.get(purpose, 0)
    paid_in = journal[journal["entry"] == "earmark"]["amount"].sum() / 100
    spent = journal[journal["entry"] == "treatment"]["amount"].sum() / 100
    assert outcomes["watershed_received_yuan"] == pytest.approx(paid_in, rel=1e-12)
    assert outcomes["watershed_spent_yuan"] == pytest.approx(spent, rel=1e-12)
    assert outcomes["watershed_balance_yuan"] == pytest.approx(paid_in - spent, rel=1e-9)
    assert outcomes["months_with_trade_share"] == deals["month"].nunique() / len(monthly)


def test_the_last_month_agrees_with_the_accounts(eligible):
    """The recorder counts what the registry holds."""
    last, accounts = eligible.monthly.iloc[-1], eligible.accounts
    for state in ("held", "escrow", "pledged", "buffer", "retired", "cancelled"):
        assert last[f"{state}_t"] == accounts[f"{state}_t"].sum()
    assert accounts["money_yuan"].sum() == pytest.approx(0.0, abs=1e-6)


def test_a_run_without_trade_has_no_price_and_empty_tables():
    """The registry opens after the end: nothing is issued, so nothing is sold."""
    run = simulate(load("tiny", {"registry.opens": "2100-01", "months": 12}))
    assert run.outcomes["price_yuan_per_t"] is None
    assert run.outcomes["volume_t"] == 0
    assert len(run.deals) == 0
    assert len(run.blocks) == 0
    assert run.monthly["price_yuan_per_t"].isna().all()
    assert {"seller", "buyer", "price_yuan_per_t"} <= set(run.deals.columns)


def test_a_run_of_nobody_is_a_run():
    """No projects, no firms, an empty table of each."""
    run = simulate(load("tiny", {"projects": [], "firms": [], "months": 3}))
    assert run.outcomes["issued_t"] == 0
    assert len(run.projects) == len(run.firms) == 0
    assert len(run.monthly) == 3


def test_a_summary_is_ready_for_json(eligible):
    """With everything that makes the run again."""
    summary = json.loads(json.dumps(eligible.summary(), allow_nan=False))
    assert summary["scenario"] == "tiny-eligible"
    assert summary["scenario_hash"] == load("tiny-eligible").fingerprint
    assert (summary["seed"], summary["start"], summary["months"]) == (1, "2024-01", 120)
    assert summary["run_hash"] == fingerprint(eligible.world)
    assert summary["outcomes"] == eligible.outcomes


def test_the_same_seed_gives_the_same_bytes(eligible):
    """In one process, whatever ran in between."""
    simulate("tiny", seed=99)
    assert fingerprint(simulate("tiny-eligible", seed=1).world) == fingerprint(eligible.world)


def test_another_seed_gives_another_run(eligible):
    """Twenty seeds, twenty runs."""
    prints = {fingerprint(simulate("tiny-eligible", seed=seed).world) for seed in range(2, 22)}
    prints.add(fingerprint(eligible.world))
    assert len(prints) == 21


def test_two_processes_give_the_same_bytes(eligible):
    """Hashes of texts differ from process to process; nothing may depend on them."""
    code = (
        "from simulation.results import Run, fingerprint, simulate\n"
        "print(fingerprint(simulate('tiny-eligible', seed=1).world))\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True,
        check=True,
    )
    assert done.stdout.strip() == fingerprint(eligible.world)


def test_a_fingerprint_sees_every_array(eligible):
    """One number changed anywhere, and the hash is another."""
    before = fingerprint(eligible.world)

    def harmed(change):
        world = eligible.world.fork()
        change(world.state)
        return fingerprint(world)

    def add(rows, place=0):
        rows[place] += 1

    changes = [
        lambda state: None,
        lambda state: add(state.clock), lambda state: add(state.prices),
        lambda state: add(state.projects.sold_t), lambda state: add(state.firms.spent_fen, 5),
        lambda state: add(state.monthly.volume_t, -1), lambda state: add(state.stands.area_ha),
        lambda state: add(state.deals.ask_fen), lambda state: add(state.ledger.fen),
        lambda state: add(state.ledger.tonnes, (3, 4)),
        lambda state: add(state.ledger.blocks.owner),
        lambda state: add(state.ledger.journal.serial),
    ]
    prints = [harmed(change) for change in changes]
    assert prints[0] == before
    assert len(set(prints)) == len(changes)


def test_a_scenario_can_be_named_or_given():
    """`simulate` loads what it is not given loaded."""
    by_name, given = simulate("ziyang"), simulate(load("ziyang"))
    assert fingerprint(by_name.world) == fingerprint(given.world)


def test_the_front_door_is_open():
    """Three lines are all one needs, and a wrong name is an error, not a silent None."""
    import simulation

    assert simulation.simulate is simulate
    assert simulation.load is load
    assert "simulate" in dir(simulation)
    with pytest.raises(AttributeError, match="no attribute 'simulat'"):
        simulation.simulat  # noqa: B018


def test_results_in_the_middle_of_a_run_end_there():
    """Twelve months of 120: twelve rows, and shares of twelve months."""
    world = World(load("tiny"))
    world.run(12)
    run = Run(world)
    assert len(run.monthly) == 12
    assert run.monthly["month"].notna().all()
    traded = (run.monthly["deals"] > 0).mean()
    assert run.outcomes["months_with_trade_share"] == traded
    assert Run(World(load("tiny"))).outcomes["months_with_trade_share"] is None


def test_the_journal_speaks_in_words():
    """States and purposes by name; none where money moved."""
    journal = simulate("ziyang").journal
    last = journal[journal["entry"] == "retire"].iloc[-1]
    assert (last["state_from"], last["state_to"]) == ("held", "retired")
    assert last["purpose"] == "own_emissions"
    assert journal[journal["is_money"]][["state_from", "state_to", "purpose"]].isna().all().all()
