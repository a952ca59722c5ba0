"""A journal on disk: the same run, the same books, and nothing that is written is lost."""

import os

import numpy as np
import pytest

from agents.registry.ledger import JOURNAL
from agents.vocabulary import Account, Entry, Refusal
from experiments.beancount_text import beancount_text
from experiments.books import audit_of, history_of, read_books
from experiments.cli import main
from experiments.storing import JOURNAL_FOLDER, claim_folder, write_run
from simulation import world as world_module
from simulation.errors import InputError, InvariantError
from simulation.journal_parts import read_manifest, read_part, write_part
from simulation.results import Run, fingerprint
from simulation.scenario import load
from simulation.world import World

SCENARIO = load("tiny-eligible", {
    "permanence.hazard_scale": 5.0, "verification.fixed_cost_yuan": 20_000.0,
    "voluntary.collateral_weight": 1.0,
})


@pytest.fixture(autouse=True)
def _spills_early(monkeypatch):
    """Ten agents write some dozen lines a year."""
    monkeypatch.setattr(world_module, "LINES_IN_MEMORY", 40)


def spilled(folder, seed=3):
    world = World(SCENARIO, seed, journal_folder=folder)
    world.run()
    return world


def plain(seed=3):
    world = World(SCENARIO, seed)
    world.run()
    return world


def lines_of(world):
    return np.concatenate(list(world.journal_chunks())).tolist()


def test_the_run_is_the_same_wherever_its_lines_are(tmp_path):
    """Line by line, by its hash, and by a replay that reads them from disk."""
    world, other = spilled(tmp_path), plain()
    assert len(world.parts.files) > 3
    assert world.parts.lines + world.state.ledger.counters[JOURNAL] == len(lines_of(other))
    assert lines_of(world) == lines_of(other)
    assert fingerprint(world) == fingerprint(other)
    assert Run(world).journal.equals(Run(other).journal)
    world.check_books()


def test_few_lines_stay_in_memory(tmp_path):
    """At the end of each year at most those of that year and forty more."""
    world = World(SCENARIO, 3, journal_folder=tmp_path)
    per_year = []
    while not world.finished:
        before = world.parts.lines + int(world.state.ledger.counters[JOURNAL])
        world.run(12)
        per_year.append(
            world.parts.lines + int(world.state.ledger.counters[JOURNAL]) - before
        )
        assert world.state.ledger.counters[JOURNAL] <= 40
    assert max(per_year) > 40


def test_nothing_is_dated_back_across_a_part(tmp_path):
    """The registry remembers the month of a line that has left memory."""
    from agents.registry.ledger import pay

    world = World(SCENARIO, 3, journal_folder=tmp_path)
    world.run(24)
    world.spill_journal()
    ledger = world.state.ledger
    assert ledger.counters[JOURNAL] == 0
    outside, treasury = int(Account.OUTSIDE), int(Account.TREASURY)
    entry, month = int(Entry.DEPOSIT), int(lines_of(world)[-1][0])
    assert pay(ledger, outside, treasury, 1, entry, month - 1) == Refusal.WRONG_MONTH
    assert pay(ledger, outside, treasury, 1, entry, month) == Refusal.NONE


def test_forks_and_rewinds_share_the_past_and_leave_each_other_alone(tmp_path):
    """Two futures in one folder: every part of both can still be read."""
    world = World(SCENARIO, 3, journal_folder=tmp_path)
    world.run(36)
    early = world.snapshot()
    other = world.fork()
    other.set_lever("compliance.eligible", False)
    world.run()
    other.run()
    assert lines_of(world) != lines_of(other)
    world.check_books()
    other.check_books()
    assert lines_of(world) == lines_of(plain())
    ended = lines_of(world)
    world.restore(early)
    world.check_books()
    world.run()
    assert lines_of(world) == ended
    other.check_books()


def test_phase_by_phase_is_the_same(tmp_path):
    """The dashboard steps phases; lines leave memory there too."""
    world = World(SCENARIO, 3, journal_folder=tmp_path)
    for month in range(SCENARIO.months):
        while world.month == SCENARIO.start + month:
            world.run_phase()
        if month % 7 == 0:
            world.spill_journal()
    assert fingerprint(world) == fingerprint(plain())


def test_a_part_that_is_altered_or_missing_is_one_line(tmp_path):
    """By the hash in its name; the audit does not go on without it."""
    world = spilled(tmp_path)
    part = world.parts.files[1]
    rows = read_part(part)
    rows.amount[0] += 1
    other = write_part(tmp_path / "elsewhere", rows, 0)
    os.replace(other, part)
    with pytest.raises(InputError, match="not those it was named for"):
        world.check_books()
    part.write_bytes(b"PAR1 and then nothing")
    with pytest.raises(InputError, match="damaged or missing"):
        world.check_books()
    part.unlink()
    with pytest.raises(InputError, match="damaged or missing"):
        world.check_books()


def test_lines_that_were_swapped_are_found(tmp_path):
    """Whole parts in another order are each as they were written, but the replay is not fooled."""
    world = spilled(tmp_path)
    first, second, *rest = world.parts.files
    parts = world.parts._replace(files=(second, first, *rest))
    world._earlier = world._earlier._replace(chunks=parts.chunks)
    with pytest.raises(InvariantError):
        world.check_books()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    with pytest.raises(InputError, match="cannot be written"):
        spilled(folder)


def test_a_full_disk_loses_nothing_that_is_written(tmp_path, monkeypatch):
    """The line says which lines are safe; a part that was begun is taken away, the rest stays."""
    world = World(SCENARIO, 3, journal_folder=tmp_path)
    world.run(36)
    world.spill_journal()
    while world.state.ledger.counters[JOURNAL] == 0:
        world.run(1)
    kept, before = set(tmp_path.iterdir()), lines_of(world)

    def full(number):
        raise OSError(28, "No space left on device")

    flush = os.fsync
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=f"the {world.parts.lines} lines before them are on disk"):
        world.spill_journal()
    assert set(tmp_path.iterdir()) == kept
    assert lines_of(world) == before
    monkeypatch.setattr(os, "fsync", flush)
    world.run()
    assert lines_of(world) == lines_of(plain())


def stored(folder, world):
    claim_folder(folder, {"scenario": "tiny-eligible"})
    write_run(Run(world), folder)
    return read_books(folder)


def test_books_read_from_parts_are_those_read_from_csv(tmp_path):
    """Balances, history, audit and Beancount's text."""
    one = tmp_path / "one"
    claim_folder(one, {"scenario": "tiny-eligible"})
    world = World(SCENARIO, 3, journal_folder=one / JOURNAL_FOLDER)
    world.run()
    # What a stopped run left behind is no part of the journal.
    (one / JOURNAL_FOLDER / ".part-000000000000-x.parquet.1.tmp").write_bytes(b"PAR1")
    write_run(Run(world), one)
    assert not (one / "journal.csv").exists()
    books, other = read_books(one), stored(tmp_path / "two", plain())
    assert books.journal.astype(str).equals(other.journal.astype(str))
    assert audit_of(books) == []
    assert beancount_text(books) == beancount_text(other)
    serial = int(other.blocks.serial[other.blocks.state == "retired"].iloc[-1])
    assert str(history_of(books, serial)) == str(history_of(other, serial))
    part = read_manifest(one / JOURNAL_FOLDER).files[0]
    part.unlink()
    with pytest.raises(InputError, match="damaged or missing"):
        read_books(one)


def test_the_command_keeps_and_exports_parquet(tmp_path, capsys):
    """`run --journal-parquet`, then `ledger` with an audit and every table as Parquet."""
    from pyarrow import parquet

    out, away = tmp_path / "run", tmp_path / "away"
    main(["run", "tiny", "--set", "months=24", "--out", str(out), "--journal-parquet"])
    main(["ledger", str(out), "--audit", "--parquet", str(away)])
    capsys.readouterr()
    books = read_books(out)
    for name in ("journal", "blocks", "verifications", "deals", "projects", "accounts"):
        table = parquet.read_table(away / f"{name}.parquet")
        assert table.num_rows == len(getattr(books, name))
    journal = parquet.read_table(away / "journal.parquet")
    field = journal.schema.field("amount")
    assert field.metadata[b"unit"] == b"fen or t"
    assert journal.to_pandas().entry.astype(str).tolist() == books.journal.entry.tolist()
    assert not list(away.glob(".*"))
    with pytest.raises(SystemExit):
        main(["run", "tiny", "--journal-parquet"])
    assert "--out DIR" in capsys.readouterr().err
