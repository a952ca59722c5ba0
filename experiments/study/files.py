"""Study files on disk: read, held against the base scenario, and refused in one line."""

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from experiments.study.declaring import Level, Table
from experiments.study.definition import Case, Criterion, Design, Study, runs_of
from experiments.study.factors import Factor
from simulation.errors import InputError, ScenarioError, close_to
from simulation.laboratory.scenario import is_laboratory
from simulation.scenario import Scenario, load
from simulation.scenario_files import first_problem, parse_override
from simulation.varying import varied

__all__ = ["StudyError", "StudyFile", "load_study", "study_from", "study_names"]

FOLDER = "studies"


class StudyError(InputError):
    """A study file cannot be used."""


class StudyFile(NamedTuple):
    """A study, the scenario that its runs start from, and points that a file lists.

    Attributes
    ----------
    study : Study
    base : Scenario
        With the settings of every run.
    listed : list of dict
        Points of a list: factor to value.
    called : str
        What messages call the file.
    """

    study: Study
    base: Scenario
    listed: list[dict[str, Level]]
    called: str

    @property
    def fingerprint(self) -> str:
        """Hash of everything that decides what the runs are, twelve hexadecimal digits."""
        content = [runs_of(self.study), self.base.fingerprint, self.listed]
        text = json.dumps(content, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def study_names() -> list[str]:
    """Names of the studies that ship."""
    folder = files("experiments") / FOLDER
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir()
                  if entry.name.endswith(".toml"))


def _path_of(source: str) -> Path:
    if source in study_names():
        return Path(str(files("experiments") / FOLDER / f"{source}.toml"))
    if source.endswith(".toml") or "/" in source:
        return Path(source)
    known = study_names()
    raise StudyError(
        f"{source!r} is not a study{close_to(source, known)}. Give one of {', '.join(known)}, or "
        "the path of a .toml file."
    )


def _read(path: Path, called: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise StudyError(f"{called}: no such file. Check the path.") from None
    except UnicodeDecodeError:
        raise StudyError(f"{called}: is not UTF-8 text. Save it as UTF-8.") from None
    except OSError as error:
        raise StudyError(f"{called}: cannot be read ({error.strerror}).") from None


def load_study(source: str) -> StudyFile:
    """Load a study file.

    Parameters
    ----------
    source : str
        Name of a study that ships, or path of a TOML file.

    Returns
    -------
    StudyFile

    Raises
    ------
    InputError
        When the file cannot be read, a key is unknown, a value is not allowed, or the base scenario
        does not take a value of some factor: one line that says where, what, the limit and the way
        out.
    """
    path = _path_of(source)
    called = path.name if source in study_names() else str(path)
    text = _read(path, called)
    try:
        table = tomllib.loads(text)
    except ValueError as error:
        raise StudyError(f"{called}: is not valid TOML: {error}.") from None
    table.setdefault("name", path.stem)
    return study_from(table, path.parent, called)


def study_from(table: dict[str, Any], folder: Path, called: str) -> StudyFile:
    """Study from a table that was read from a file.

    Parameters
    ----------
    table : dict
    folder : Path
        Where relative paths start.
    called : str
        What messages call the file.

    Returns
    -------
    StudyFile

    Raises
    ------
    InputError
        See `load_study`.
    """
    try:
        study = Study.model_validate(table)
    except ValidationError as error:
        message = first_problem(error, "", lambda: _keys(Study))[1]
        message = message.replace("`swcmarket scenarios`", "docs/experiments.md")
        raise StudyError(f"{called}: {message}") from None
    scenario = study.scenario
    source = str(folder / scenario) if scenario.endswith(".toml") else scenario
    try:
        if is_laboratory(source):
            raise StudyError(
                f"{called}: scenario = {scenario!r} is a laboratory market. A study runs worlds of "
                "projects and firms; compare laboratory markets with `swcmarket compare`."
            )
        base = load(source, study.set)
        listed = read_list(folder / study.design.file) if study.design.kind == "list" else []
        check_levels(study, base, listed)
    except ScenarioError as error:
        told = str(error).replace("--set", "[set]")
        raise StudyError(f"{called}: {told}") from None
    count = study.point_count or len(listed)
    if study.design.kind in ("grid", "list") and study.base_point >= count:
        raise StudyError(
            f"{called}: base_point = {study.base_point} is not a point. Give 0 to {count - 1}."
        )
    return StudyFile(study, base, listed, called)


def _keys(table: type[Table], prefix: str = "") -> Iterator[Any]:
    # Just enough of a declaration to suggest what was meant.
    class Known(NamedTuple):
        key: str

    for name in table.model_fields:
        yield Known(f"{prefix}{name}")
    if table is Study:
        for name, inner in (("design.", Design), ("factors.N.", Factor), ("discovery.", Case),
                            ("criteria.N.", Criterion)):
            yield from _keys(inner, name)


def read_list(path: Path) -> list[dict[str, Level]]:
    """Points of a CSV: keys in the first line, one point a line.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of dict
        Key to value; numbers, ``true`` and ``false`` as in TOML, other words as texts.

    Raises
    ------
    InputError
        When it cannot be read, or a line has too few or too many values.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise StudyError(f"{path}: cannot be read ({why}). Give a CSV in design.file.") from None
    if len(rows) < 2:
        raise StudyError(f"{path}: has no points. Give a line of keys, then a line a point.")
    keys, points = [key.strip() for key in rows[0]], []
    for key in keys:
        if keys.count(key) > 1:
            raise StudyError(f"{path}: the first line has {key!r} twice. Keep one column.")
    for line, row in enumerate(rows[1:], start=2):
        if not row:
            continue
        if len(row) != len(keys):
            raise StudyError(
                f"{path}: line {line} has {len(row)} values and the first line {len(keys)} keys."
            )
        points.append({
            key: parse_override(f"{key}={value}")[1] for key, value in zip(keys, row, strict=True)
        })
        for key, value in points[-1].items():
            if not isinstance(value, Level):
                raise StudyError(
                    f"{path}: line {line}: {key} = {value!r} is no number, text, true or false."
                )
    if not points:
        raise StudyError(f"{path}: has no points. Give a line of keys, then a line a point.")
    return points


def _check_overlap(factor: Factor, base: Scenario, set_by: dict[str, str]) -> None:
    # The later of two that set one parameter would win, and the earlier seem to have no effect.
    levels = tuple(factor.options) if factor.options else (factor.levels or (factor.at(0.0),))[:1]
    keys = {key for level in levels for key in factor.settings(level, base)}
    if not keys:
        raise ScenarioError(
            f"factor {factor.called}: sets nothing in {base.name}. Give it something to vary."
        )
    for key in sorted(keys):
        plain = ".".join(str(int(p)) if p.isdigit() else p for p in key.split("."))
        for other, name in set_by.items():
            if name != factor.called and (
                plain == other or plain.startswith(f"{other}.") or other.startswith(f"{plain}.")
            ):
                raise ScenarioError(
                    f"factors {name} and {factor.called} both set {plain}. Leave one of them out, "
                    "or join them as options of one factor."
                )
        set_by[plain] = factor.called


def check_levels(study: Study, base: Scenario, listed: list[dict[str, Level]]) -> None:
    """Try every value of a list, and both ends of a range, one at a time.

    Parameters
    ----------
    study : Study
    base : Scenario
    listed : list of dict

    Raises
    ------
    ScenarioError
        With the first that the base scenario does not take.
    """
    set_by: dict[str, str] = {}
    for factor in study.factors:
        _check_overlap(factor, base, set_by)
        for level in factor.levels or (factor.at(0.0), factor.at(1.0)):
            try:
                varied(base, factor.settings(level, base))
            except ScenarioError as error:
                raise ScenarioError(f"factor {factor.called} = {level!r}: {error}") from None
    for place, point in enumerate(listed):
        try:
            varied(base, point)
        except ScenarioError as error:
            raise ScenarioError(f"{study.design.file}, point {place}: {error}") from None
