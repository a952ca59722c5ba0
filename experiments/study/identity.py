"""What a store is: begun, gone on with, or refused because it is of something else."""

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from experiments.study.definition import Study, runs_of
from experiments.study.files import StudyFile
from experiments.study.jobs import code_here, scenario_text
from experiments.study.store import Store
from simulation.errors import InputError
from simulation.scenario import Scenario

__all__ = ["begin", "open_store"]

IDENTITY = "study.json"
FORMAT = 1
KEPT = ("version", "code", "fingerprint", "runs", "listed", "study", "scenario")


def _identity(found: StudyFile) -> dict[str, Any]:
    return {
        "format": FORMAT, "version": version("swcmarket"), "code": code_here(),
        "fingerprint": found.fingerprint, "runs": runs_of(found.study), "listed": found.listed,
        "scenario_hash": found.base.fingerprint,
    }


def begin(found: StudyFile, folder: Path) -> Store:
    """Begin a store, or go on with the one that is there.

    Parameters
    ----------
    found : StudyFile
    folder : Path
        Made where it is missing.

    Returns
    -------
    Store

    Raises
    ------
    InputError
        When the folder cannot be written, holds something else, or was begun with another study
        or another version.
    """
    wanted = _identity(found)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = [path.name for path in folder.iterdir() if path.name != "locks"]
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be written ({error.strerror}). Give a folder you may write to."
        ) from None
    store = Store(folder, found.study, found.base, wanted["version"], wanted["code"])
    if (folder / IDENTITY).exists():
        kept = _read_identity(folder)
        _same(kept, wanted, folder, found.called)
        if kept["study"] == found.study.model_dump(mode="json"):
            return store
    elif any(not name.startswith(".") for name in others):
        raise InputError(
            f"{folder}: holds files that are no store of a study. Give a new or an empty folder "
            "with --out."
        )
    content = {
        **wanted, "study": found.study.model_dump(mode="json"),
        "scenario": json.loads(scenario_text(found.base)),
    }
    store.write_file(IDENTITY, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    return store


def _read_identity(folder: Path) -> dict[str, Any]:
    path = folder / IDENTITY
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["format"] != FORMAT:
            raise InputError(
                f"{folder}: is a store of format {kept['format']}, and this version reads "
                f"{FORMAT}. Use the version that wrote it, {kept['version']}."
            )
        if not set(KEPT) <= set(kept):
            raise KeyError
    except FileNotFoundError:
        raise InputError(
            f"{folder}: is no store of a study. Give the folder that `swcmarket study` wrote."
        ) from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from None
    except (ValueError, KeyError, TypeError):
        raise _damaged_identity(path) from None
    return kept


def _damaged_identity(path: Path) -> InputError:
    return InputError(
        f"{path}: is damaged. Put it back from a copy, or from a new store of the same study: the "
        "runs beside it are whole."
    )


def _same(kept: dict[str, Any], wanted: dict[str, Any], folder: Path, called: str) -> None:
    as_json = json.loads(json.dumps(wanted, default=str))
    if kept["fingerprint"] != wanted["fingerprint"]:
        changes = list(_differences(
            {"": kept["runs"], "listed": kept["listed"]},
            {"": as_json["runs"], "listed": as_json["listed"]},
        ))
        if not changes:
            changes = ["the base scenario is another"]
        more = f" and {len(changes) - 3} more" if len(changes) > 3 else ""
        raise InputError(
            f"{called}: is not the study that {folder} was begun with: "
            f"{'; '.join(changes[:3])}{more}. Undo the change to go on, or give another folder "
            "with --out."
        )
    if (kept["version"], kept["code"]) != (wanted["version"], wanted["code"]):
        raise InputError(
            f"{folder}: was begun with version {kept['version']} (code {kept['code']}), and this "
            f"is {wanted['version']} (code {wanted['code']}): runs of both would not compare. Go "
            "on with that version, or give another folder with --out."
        )


def _differences(before: Any, after: Any, key: str = "") -> Iterator[str]:  # noqa: ANN401
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            inner = f"{key}.{name}".strip(".")
            yield from _differences(before.get(name), after.get(name), inner)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for place, pair in enumerate(zip(before, after, strict=True)):
            yield from _differences(*pair, f"{key}.{place}")
    elif isinstance(before, list) and isinstance(after, list):
        yield f"{key} had {len(before)} entries and has {len(after)}"
    elif json.dumps(before) != json.dumps(after):
        yield f"{key} was {_short(before)} and is {_short(after)}"


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."


def open_store(folder: Path) -> Store:
    """Store of a study, for reading.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Store

    Raises
    ------
    InputError
        When there is none, or it is damaged.
    """
    kept = _read_identity(folder)
    try:
        study = Study.model_validate(kept["study"])
        base = Scenario.model_validate(kept["scenario"])
    except ValidationError:
        raise _damaged_identity(folder / IDENTITY) from None
    return Store(folder, study, base, kept["version"], kept["code"])
