"""The registry's books on disk: an audit that finds what is altered, histories, Beancount."""

import csv
import json

import pytest
from beancount import loader

from experiments.beancount_text import beancount_text
from experiments.books import audit_of, balances_of, history_of, read_books
from experiments.cli import main
from experiments.storing import claim_folder, write_run
from simulation.errors import InputError
from simulation.results import simulate
from simulation.scenario import load


def written(folder, name="tiny-eligible", **overrides):
    """A run on disk, and its books."""
    run = simulate(load(name, overrides), seed=1)
    claim_folder(folder, {"scenario": name})
    write_run(run, folder)
    return run, read_books(folder)


@pytest.fixture(scope="module")
def ten_years(tmp_path_factory):
    """The county world for ten years."""
    return written(tmp_path_factory.mktemp("books") / "run", "china-counties", months=120)


@pytest.fixture
def small(tmp_path):
    """Ten agents; collateral, a quota, a reserve, two kinds of credits, and public purchases."""
    return written(tmp_path / "run", **{
        "quota.share": 0.01, "reserve.levy_share": 0.1, "reserve.soft_ceiling_yuan_per_t": 25.0,
        "voluntary.collateral_weight": 1.0, "eligibility.provinces": ["Jiangxi"],
        "eligibility.local_share": 0.5,
    })


def beancount_errors(text):
    """What Beancount's own checker has to say."""
    _, errors, _ = loader.load_string(text)
    return [str(error.message) for error in errors]


def test_the_books_of_ten_years_are_right(ten_years):
    """By the audit, and by Beancount: every transaction, and every balance at the end."""
    _, books = ten_years
    assert len(books.journal) > 4000
    assert audit_of(books) == []
    text = beancount_text(books)
    assert text.count(" balance ") == 7 * len(books.accounts)
    assert beancount_errors(text) == []


@pytest.mark.parametrize(("column", "entry"), [
    ("amount", "retire"), ("amount", "payment"), ("serial", "deliver"), ("debit", "deliver"),
    ("credit", "payment"), ("state_to", "retire"), ("state_from", "deliver"), ("amount", "issue"),
    ("serial", "issue"),
])
def test_one_altered_entry_is_found(small, column, entry):
    """By the audit always; by Beancount where it moves a balance: it knows no serial numbers."""
    _, books = small
    assert audit_of(books) == []
    lines = books.journal
    place = lines.index[lines.entry == entry][2]
    before = lines.loc[place, column]
    other = {
        "debit": "Red-soil project 1", "credit": "Red-soil project 1", "state_to": "cancelled",
        "state_from": "held",
    }
    if other.get(column) == before:
        other[column] = "Loess project 1"
    lines.loc[place, column] = other[column] if column in other else before + 1
    faults = audit_of(books)
    assert faults
    assert any(f"line {place + 2}" in fault or "journal leaves" in fault for fault in faults)
    if column != "serial":
        assert beancount_errors(beancount_text(books))


def test_a_line_that_is_taken_out_is_found(small):
    """Money and tonnes are missed, and later lines no longer fit."""
    _, books = small
    for entry in ("payment", "deliver", "issue"):
        lines = books.journal
        without = books._replace(journal=lines.drop(lines.index[lines.entry == entry][1]))
        assert audit_of(without)
        assert beancount_errors(beancount_text(without))


def test_every_retired_credit_leads_back_to_its_watershed_and_its_measurement(ten_years):
    """Each block: issued first, retired last, and a verification of its project and period."""
    run, books = ten_years
    retired = books.blocks[books.blocks.state == "retired"]
    assert len(retired) > 100
    names = dict(zip(run.projects.agent_id, run.projects.name, strict=True))
    for block in retired.itertuples():
        for serial in (block.serial, block.serial + block.tonnes - 1):
            found = history_of(books, serial)
            assert found["project"]["name"] == names[block.project_id]
            assert found["verification"]["removed_t"] > 0
            entries = found["entries"]
            assert (entries[0]["entry"], entries[-1]["entry"]) == ("issue", "retire")
            assert entries[-1]["credit"] == block.owner
            sold = [entry for entry in entries if entry["entry"] == "deliver"]
            assert len(sold) == 1
            assert sold[0]["deal"]["buyer"] == block.owner
            assert sold[0]["deal"]["seller"] == found["project"]["name"]


def test_a_delivery_is_given_its_own_deal_where_a_pair_makes_several(small):
    """Tonnes of the lines that a deal is given to add up to it."""
    _, books = small
    tonnes = {}
    for block in books.blocks[books.blocks.state == "retired"].itertuples():
        for entry in history_of(books, block.serial)["entries"]:
            if entry["entry"] == "deliver":
                deal = entry["deal"]
                assert deal is not None
                tonnes.setdefault(entry["line"], (deal["tonnes"], entry["amount"]))
    assert len(tonnes) > 20
    assert all(amount <= whole for whole, amount in tonnes.values())


def test_the_command_shows_balances_histories_and_faults(small, capsys):
    """In both languages and as JSON; an audit that fails ends with status 1."""
    _, books = small
    folder = str(books.folder)
    main(["ledger", folder, "-l", "zh"])
    assert "合计" in capsys.readouterr().out
    serial = str(int(books.blocks[books.blocks.state == "retired"].serial.iloc[0]))
    main(["ledger", folder, "--serial", serial])
    assert "t removed in truth" in capsys.readouterr().out
    main(["ledger", folder, "--audit", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["audit"] == {"right": True, "faults": []}
    assert sum(found["totals_t"].values()) == int(books.blocks.tonnes.sum())
    target = books.folder.parent / "journal.beancount"
    main(["ledger", folder, "--beancount", str(target)])
    assert beancount_errors(target.read_text()) == []
    path = books.folder / "journal.csv"
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    rows[40][5] = str(int(rows[40][5]) + 1)
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["ledger", folder, "--audit"])
    assert ended.value.code == 1
    assert "Faults in" in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "says"), [
    (["--serial", "0"], "was never issued. Serial numbers run from 1"),
    (["--beancount", "nowhere/at/all.beancount"], "cannot be written"),
])
def test_what_cannot_be_done_is_one_line(small, capsys, arguments, says):
    """Status 2, and the way out."""
    _, books = small
    with pytest.raises(SystemExit) as ended:
        main(["ledger", str(books.folder), *arguments])
    assert ended.value.code == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(("table", "column", "value"), [
    ("journal", "entry", "foo"), ("journal", "month", "2024-13"), ("journal", "month", "2035-01"),
    ("blocks", "purpose", "banana"), ("blocks", "final_month", "2031-05"),
])
def test_an_altered_word_or_month_is_found(small, table, column, value):
    """Kinds of entries, the order of months, and what retired credits were used for."""
    _, books = small
    rows = getattr(books, table)
    place = 3 if table == "journal" else rows.index[rows.state == "retired"][0]
    rows.loc[place, column] = value
    assert audit_of(books)


@pytest.mark.parametrize(("table", "column", "value"), [
    ("journal", "amount", "abc"), ("journal", "is_money", "maybe"),
    ("accounts", "money_yuan", "nan"), ("blocks", "tonnes", ""), ("blocks", "serial", "x"),
])
def test_a_value_of_another_kind_is_one_line(small, table, column, value):
    """As where a file was cut off or edited."""
    _, books = small
    rows = getattr(books, table).astype({column: object})
    rows.loc[0, column] = value
    rows.to_csv(books.folder / f"{table}.csv", index=False)
    with pytest.raises(InputError, match=f"column {column} holds something"):
        read_books(books.folder)


def test_a_journal_for_beancount_takes_the_place_of_nothing_else(small, capsys):
    """Not of the run's own tables; its own file it may write anew."""
    _, books = small
    folder, own = str(books.folder), books.folder / "journal.csv"
    before = own.read_bytes()
    with pytest.raises(SystemExit):
        main(["ledger", folder, "--beancount", str(own)])
    assert "is no journal for Beancount" in capsys.readouterr().err
    assert own.read_bytes() == before
    target = str(books.folder.parent / "again.beancount")
    for _ in range(2):
        main(["ledger", folder, "--beancount", target])


def test_a_folder_without_books_is_said(tmp_path):
    """No such folder, and one in which a table is not what a run wrote."""
    with pytest.raises(InputError, match="is no folder"):
        read_books(tmp_path / "nothing")
    with pytest.raises(InputError, match=r"has no accounts\.csv"):
        read_books(tmp_path)
    _, books = written(tmp_path / "run", months=12)
    books.journal.drop(columns="serial").to_csv(books.folder / "journal.csv", index=False)
    with pytest.raises(InputError, match="has no column serial"):
        read_books(books.folder)


def test_balances_leave_out_accounts_with_nothing(small):
    """What is shown adds up to what there is."""
    _, books = small
    shown = balances_of(books)
    assert len(shown) < len(books.accounts)
    assert round(shown.money_yuan.sum(), 2) == 0.0


def test_two_groups_of_one_name_have_accounts_of_their_own(tmp_path):
    """The second is told from the first."""
    run, books = written(tmp_path / "run", "tiny", months=24, **{
        "firms.1.name": "Battery maker",
    })
    assert books.accounts.account.is_unique
    assert "Battery maker 1 (2)" in set(run.firms.name)
    assert audit_of(books) == []
