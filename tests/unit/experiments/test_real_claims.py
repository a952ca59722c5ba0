"""Claims in real tonnes, read from the books on disk."""

import json

import pytest

from agents.vocabulary import CreditState
from experiments.books import history_of, read_books
from experiments.cli import main
from experiments.real_claims import claims_of, claims_table
from experiments.storing import claim_folder, write_run
from experiments.tables import console
from simulation.errors import InputError
from simulation.results import simulate
from simulation.scenario import load

BURNING = {
    "permanence.hazard_scale": 8.0, "permanence.loss_share": 0.5,
    "verification.fixed_cost_yuan": 20_000.0, "verification.baseline_inflation": 0.3,
    "spot_audit.probability": 0.5, "voluntary.collateral_weight": 1.0,
}


@pytest.fixture(scope="module")
def burnt(tmp_path_factory):
    """A run in which carbon was lost and over-crediting found, and its books."""
    run = simulate(load("tiny-eligible", BURNING), seed=2)
    folder = tmp_path_factory.mktemp("claims") / "run"
    claim_folder(folder, {"scenario": "tiny-eligible"})
    write_run(run, folder)
    return run, read_books(folder)


def test_claims_add_up_to_what_the_run_says(burnt):
    """Credits by state, real and additional tonnes behind the retired ones."""
    run, books = burnt
    claims = claims_of(books)
    by_state = claims.groupby("state").credits_t.sum()
    ledger = run.world.state.ledger
    for state in (CreditState.HELD, CreditState.ESCROW, CreditState.PLEDGED, CreditState.RETIRED):
        assert by_state.get(state.name.lower(), 0) == ledger.tonnes[:, state].sum()
    assert claims.credits_t.sum() == run.outcomes["claims_t"]
    retired = claims[claims.state == "retired"]
    assert retired.real_t.sum() == pytest.approx(run.outcomes["retired_real_t"], rel=1e-9)
    assert retired.additional_t.sum() == pytest.approx(
        run.outcomes["retired_additional_t"], rel=1e-9, abs=1e-3
    )
    assert 0.0 < retired.real_t.sum() <= run.world.state.projects.measured_t.sum()


def test_a_history_says_what_is_left_of_a_credit(burnt):
    """The verification that its block names: of the project and the period of the block."""
    _, books = burnt
    audited = 0
    for block in books.blocks.itertuples():
        period = history_of(books, block.serial)["verification"]
        assert period["project_id"] == block.project_id
        assert period["vintage_start"] == block.vintage_start
        assert period["vintage_end"] == block.vintage_end
        assert period["issued_month"] == block.issued_month
        assert 0.0 <= period["real_t"] <= period["removed_t"] * (1 + 1e-12)
        audited += bool(period["audited_month"])
    assert audited > 0


def test_a_block_that_names_another_project_is_an_error(burnt):
    """One line, and no guess."""
    _, books = burnt
    blocks = books.blocks.copy()
    blocks.loc[0, "verification"] = len(books.verifications)
    with pytest.raises(InputError, match="names verification"):
        history_of(books._replace(blocks=blocks), int(blocks.serial[0]))


def test_the_command_shows_claims_in_both_languages(burnt, capsys):
    """A table whose last row is the sum; JSON with every claim."""
    run, books = burnt
    for language, word in (("en", "Additional"), ("zh", "额外")):
        main(["ledger", str(books.folder), "--claims", "--language", language])
        assert word in capsys.readouterr().out
    main(["ledger", str(books.folder), "--claims", "--json"])
    claims = json.loads(capsys.readouterr().out)["claims"]
    assert sum(claim["credits_t"] for claim in claims) == run.outcomes["claims_t"]
    audited = books.blocks.verification[books.verifications.audited_month.iloc[
        books.blocks.verification
    ].to_numpy() != ""].index[0]
    serial = int(books.blocks.serial[audited])
    main(["ledger", str(books.folder), "--serial", str(serial)])
    assert "Audited" in capsys.readouterr().out


def test_a_world_without_claims_has_a_table(tmp_path):
    """Nothing was issued yet."""
    run = simulate(load("tiny", {"months": 1}), seed=1)
    claim_folder(tmp_path / "run", {"scenario": "tiny"})
    write_run(run, tmp_path / "run")
    books = read_books(tmp_path / "run")
    assert claims_of(books).empty
    console().print(claims_table(books, "en"))
