"""How much memory a long run of a large world takes, with its journal in memory and on disk.

``python -m benchmarks.memory`` runs fifteen years of sixty projects and ten thousand firms twice,
each in a process of its own, and prints the bytes of every table that grows after five, ten and
fifteen years, beside the resident memory of the process. ``--json`` prints the same for a program.
"""

import argparse
import json
import multiprocessing
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from agents.registry.ledger import BLOCKS, JOURNAL
from simulation.scenario import Scenario, load
from simulation.state import Clock
from simulation.world import World

__all__ = ["large_world", "main", "measured"]

FIRMS = 10_000
OCCASIONS_PER_YEAR = 12.0
MEGABYTE = 1e6


def large_world(firms: int = FIRMS, months: int = 180) -> Scenario:
    """Sixty projects and many firms that buy a little every month.

    Parameters
    ----------
    firms : int
    months : int

    Returns
    -------
    Scenario
    """
    return load("tiny", {
        "projects.0.count": 30, "projects.1.count": 30, "firms.0.count": firms - 2,
        "firms.1.count": 1, "firms.2.count": 1, "months": months,
        "firms.0.occasions_per_year": OCCASIONS_PER_YEAR, "firms.0.occasion_median_t": 20.0,
        "firms.0.emissions_t_per_year": 50_000.0, "market.mechanism": "call_auction",
        "network.neighbours": 2,
    })


def _resident_bytes() -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def _row(world: World) -> dict[str, Any]:
    state, ledger = world.state, world.state.ledger
    blocks, lines = int(ledger.counters[BLOCKS]), int(ledger.counters[JOURNAL])
    return {
        "month": world.month - world.scenario.start,
        "lines": lines + (world.parts.lines if world.parts is not None else 0),
        "lines_in_memory": lines, "blocks": blocks, "deals": int(state.clock[Clock.DEALS]),
        "journal_bytes": ledger.journal.nbytes, "blocks_bytes": ledger.blocks.nbytes,
        "deals_bytes": state.deals.nbytes, "verifications_bytes": state.verifications.nbytes,
        "resident_bytes": _resident_bytes(),
    }


def _measure(scenario: Scenario, folder: str | None, rows: Any) -> None:
    world = World(scenario, 1, journal_folder=Path(folder) if folder else None)
    third = -(-scenario.months // 3)
    while not world.finished:
        world.run(third)
        rows.append(_row(world))


def measured(firms: int = FIRMS, months: int = 180) -> list[dict[str, Any]]:
    """Rows at each third of a run, with the journal in memory and then on disk.

    Parameters
    ----------
    firms, months : int

    Returns
    -------
    list of dict
    """
    scenario = large_world(firms, months)
    found = []
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder, context.Manager() as manager:
        for place in (None, folder):
            rows = manager.list()
            process = context.Process(target=_measure, args=(scenario, place, rows))
            process.start()
            process.join()
            if process.exitcode != 0:
                raise SystemExit("a run ended before its last month")
            found += [{"journal": "parquet" if place else "memory", **row} for row in rows]
        on_disk = sum(path.stat().st_size for path in Path(folder).glob("*.parquet"))
    ends = [row["lines"] for row in found if row["month"] == months]
    if len(set(ends)) != 1:
        raise SystemExit("the two runs wrote different journals")
    for row in found:
        row["parquet_bytes"] = on_disk if row["journal"] == "parquet" else 0
    return found


def main(words: list[str] | None = None) -> None:
    """Print the table.

    Parameters
    ----------
    words : list of str, optional
        Words after the command; those of the process where not given.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--firms", type=int, default=FIRMS)
    parser.add_argument("--months", type=int, default=180)
    options = parser.parse_args(words)
    rows = measured(options.firms, options.months)
    if options.json:
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
        return
    table = Table(title=f"60 projects, {options.firms:,} firms; thousand lines, megabytes")
    for head in ("kept in", "month", "lines", "in memory", "journal", "blocks", "deals",
                 "resident"):
        table.add_column(head, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(
            row["journal"], str(row["month"]), f"{row['lines'] / 1e3:,.0f}",
            f"{row['lines_in_memory'] / 1e3:,.0f}",
            *(f"{row[name] / MEGABYTE:,.0f}" for name in (
                "journal_bytes", "blocks_bytes", "deals_bytes", "resident_bytes")),
        )
    Console().print(table)
    disk = rows[-1]["parquet_bytes"] / MEGABYTE
    Console().print(f"The journal on disk takes {disk:,.1f} megabytes.")


if __name__ == "__main__":
    main()
