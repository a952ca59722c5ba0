"""Results on disk: each file is written beside its place and moved there when it is whole."""

import csv
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from simulation.errors import InputError
from simulation.journal_parts import write_manifest
from simulation.results import Run

if TYPE_CHECKING:
    from experiments.comparing import Comparison
    from experiments.sessions import SessionComparison
    from simulation.laboratory import LaboratoryRun

__all__ = [
    "JOURNAL_FOLDER",
    "claim_folder",
    "write_comparison",
    "write_run",
    "write_session",
    "write_session_comparison",
]

RUN_TABLES = (
    "monthly", "deals", "projects", "firms", "accounts", "verifications", "blocks", "journal",
)
IDENTITY = "identity.json"
# Where parts of a journal are that is kept in Parquet.
JOURNAL_FOLDER = "journal"


def claim_folder(folder: Path, identity: dict[str, Any]) -> None:
    """Make a folder ready before the work begins.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    identity : dict
        What the results will be of; kept in the folder.

    Raises
    ------
    InputError
        When the folder cannot be written, or holds results of something else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / IDENTITY
        if not kept.exists() and any(folder.iterdir()):
            raise InputError(
                f"{folder}: holds files that are not results of this program, which might be "
                "overwritten. Give a new or an empty folder."
            )
        same = not kept.exists() or json.loads(kept.read_text(encoding="utf-8")) == identity
        # A run that was stopped before it wrote anything has left its identity alone.
        if not same and [path.name for path in folder.iterdir()] != [IDENTITY]:
            raise InputError(
                f"{folder}: holds the results of something else, which would be lost. Give "
                "another folder, or remove this one."
            )
        _write_json(kept, identity)
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be written ({error.strerror}). Give a folder you may write to."
        ) from None
    except ValueError:
        raise InputError(
            f"{folder / IDENTITY}: is not what this program wrote. Give another folder."
        ) from None


@contextmanager
def _whole_file(path: Path) -> Iterator[IO[str]]:
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _write_json(path: Path, content: object) -> None:
    with _whole_file(path) as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
        file.write("\n")


def write_run(run: Run, folder: Path) -> list[Path]:
    """Write a run: its resolved scenario, summary, and tables as CSV.

    Parameters
    ----------
    run : Run
        Where its journal is on disk, its last lines follow, and no CSV of it is written.
    folder : Path
        As `claim_folder` left it.

    Returns
    -------
    list of Path
        Files written.
    """
    paths = [folder / "scenario.json", folder / "summary.json"]
    _write_json(paths[0], run.scenario.model_dump(mode="json"))
    _write_json(paths[1], run.summary())
    if run.world.parts is not None:
        run.world.spill_journal()
        paths += [*run.world.parts.files, write_manifest(run.world.parts)]
    for name in RUN_TABLES:
        if name == "journal" and run.world.parts is not None:
            continue
        paths.append(folder / f"{name}.csv")
        with _whole_file(paths[-1]) as file:
            getattr(run, name).to_csv(file, index=False)
    return paths


def write_comparison(comparison: "Comparison", folder: Path) -> list[Path]:
    """Write a comparison: scenarios, summary, and every replicate as CSV.

    Parameters
    ----------
    comparison : Comparison
    folder : Path
        As `claim_folder` left it.

    Returns
    -------
    list of Path
        Files written.
    """
    return _write_variants(comparison, folder, lambda variant: {
        "scenario": variant.scenario.name, "mechanism": variant.scenario.market.mechanism,
        **dict(variant.varied),
    })


def _write_variants(
    comparison: "Comparison | SessionComparison", folder: Path,
    identity: Callable[[Any], dict[str, Any]],
) -> list[Path]:
    """Scenarios, summary, and a row for every replicate that says whose it is."""
    paths = [folder / "scenarios.json", folder / "summary.json", folder / "replicates.csv"]
    variants = comparison.variants
    _write_json(paths[0], [variant.scenario.model_dump(mode="json") for variant in variants])
    _write_json(paths[1], comparison.summary())
    with _whole_file(paths[2]) as file:
        names = list(variants[0].values)
        table = csv.writer(file)
        table.writerow([*identity(variants[0]), "replicate", *names])
        for variant in variants:
            whose = identity(variant).values()
            rows = zip(*(variant.values[name] for name in names), strict=True)
            for replicate, row in enumerate(rows):
                table.writerow([*whose, replicate, *row])
    return paths


def write_session(run: "LaboratoryRun", folder: Path) -> list[Path]:
    """Write a laboratory session: its scenario, summary, days and deals as CSV.

    Parameters
    ----------
    run : LaboratoryRun
    folder : Path
        As `claim_folder` left it.

    Returns
    -------
    list of Path
        Files written.
    """
    names = ("scenario.json", "summary.json", "daily.csv", "deals.csv")
    paths = [folder / name for name in names]
    _write_json(paths[0], run.scenario.model_dump(mode="json"))
    _write_json(paths[1], run.summary())
    for path, table in zip(paths[2:], (run.daily, run.deals), strict=True):
        with _whole_file(path) as file:
            table.to_csv(file, index=False)
    return paths


def write_session_comparison(comparison: "SessionComparison", folder: Path) -> list[Path]:
    """Write a comparison of sessions: scenarios, summary, and every replicate as CSV.

    Parameters
    ----------
    comparison : SessionComparison
    folder : Path
        As `claim_folder` left it.

    Returns
    -------
    list of Path
        Files written.
    """
    return _write_variants(comparison, folder, lambda variant: variant.identity())
