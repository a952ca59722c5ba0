"""Scenario files: TOML with ``extends``, overrides, and errors that a person can act on."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from agents.parameters import Declaration
from simulation.errors import ScenarioError, close_to
from simulation.group_files import TABLES, read_groups

__all__ = [
    "Origins",
    "Overrides",
    "first_problem",
    "laboratory_names",
    "origin_of",
    "parse_override",
    "read_scenario",
    "scenario_names",
]

FOLDER = Path(__file__).resolve().parent / "scenarios"
LABORATORY = Path(__file__).resolve().parent / "laboratory" / "scenarios"
TABLE_KEYS = tuple(f"{name}_csv" for name in TABLES)
Overrides = Mapping[str, Any]
Origins = dict[str, str]


def scenario_names() -> list[str]:
    """Names of the scenarios that ship."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def laboratory_names() -> list[str]:
    """Names of the laboratory markets that ship."""
    return sorted(path.stem for path in LABORATORY.glob("*.toml"))


def parse_override(text: str) -> tuple[str, Any]:
    """``KEY=VALUE`` as a dotted key and a TOML value; a bare word is a text.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of str and object

    Raises
    ------
    ScenarioError
        When there is no equals sign.
    """
    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise ScenarioError(
            f"--set {text}: no KEY=VALUE. Write for example --set compliance.offset_limit=0.1."
        )
    try:
        parsed = tomllib.loads(f"value = {value.strip()}")
        # A value with a line break could smuggle in further keys.
        result = parsed["value"] if set(parsed) == {"value"} else value.strip()
    except ValueError:
        result = value.strip()
    return key.strip(), result


def _path_of(source: str, beside: Path | None) -> Path:
    if source in scenario_names():
        return FOLDER / f"{source}.toml"
    if source in laboratory_names():
        return LABORATORY / f"{source}.toml"
    if source.endswith(".toml") or "/" in source:
        return (beside.parent / source) if beside else Path(source)
    known = [*scenario_names(), *laboratory_names()]
    raise ScenarioError(
        f"{source!r} is not a scenario{close_to(source, known)}. "
        f"Give one of {', '.join(known)}, or the path of a .toml file."
    )


def _read(path: Path, called: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ScenarioError(
            f"{called}: no such file. Check the path, or list names with `swcmarket scenarios`."
        ) from None
    except OSError as error:
        raise ScenarioError(
            f"{called}: cannot be read ({error.strerror}). Check that it is a file you may read."
        ) from None
    except UnicodeDecodeError:
        raise ScenarioError(f"{called}: is not UTF-8 text. Save it as UTF-8.") from None
    except RecursionError:
        raise ScenarioError(f"{called}: is nested too deeply. Flatten it.") from None
    except ValueError as error:
        # TOML errors are ValueErrors; a number of thousands of digits is one too.
        raise ScenarioError(f"{called}: is not valid TOML: {error}.") from None


def _merge(base: dict[str, Any], change: dict[str, Any], origins: Origins, where: str,
           prefix: str = "") -> dict[str, Any]:
    merged = dict(base)
    for key, value in change.items():
        dotted = f"{prefix}{key}"
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = _merge(merged[key], value, origins, where, f"{dotted}.")
        else:
            merged[key] = value
            _came(dotted, where, origins)
    return merged


def _came(key: str, where: str, origins: Origins) -> None:
    # The latest stands last, so that one can tell what was given after what.
    origins.pop(key, None)
    origins[key] = where


def _with_tables(table: dict[str, Any], folder: Path, called: str,
                 origins: Origins) -> dict[str, Any]:
    """Groups that a table names as CSV files, put in their place."""
    for name in TABLES:
        key = f"{name}_csv"
        if key not in table:
            continue
        source = table[key]
        if name in table:
            raise ScenarioError(f"{called}: has both {name} and {key}. Keep one of them.")
        if not isinstance(source, str):
            raise ScenarioError(f"{called}: {key} = {source!r} is not a text. Name a CSV file.")
        file = folder / source
        shown = file.name if file.parent == FOLDER else str(file)
        groups = read_groups(file, shown, name)
        table = {other: value for other, value in table.items() if other != key}
        table[name] = [group for _, group in groups]
        for row, (line, _) in enumerate(groups):
            origins[f"{name}.{row}"] = f"{shown}, line {line}"
    return table


def _resolved(source: str, beside: Path | None, chain: tuple[Path, ...],
              origins: Origins) -> dict[str, Any]:
    path = _path_of(source, beside)
    # Only a path that somebody typed is shown: a shipped scenario is known by its file name.
    called = path.name if path.parent in (FOLDER, LABORATORY) else str(path)
    real = path.resolve()
    if real in chain:
        raise ScenarioError(
            f"{called}: extends itself through {' -> '.join(step.name for step in chain)}. "
            "Take one `extends` out."
        )
    table = _with_tables(_read(path, called), path.parent, called, origins)
    parent = table.pop("extends", None)
    if parent is None:
        return _merge({}, table, origins, called)
    if not isinstance(parent, str):
        raise ScenarioError(f"{called}: extends = {parent!r} is not a text. Name one scenario.")
    try:
        base = _resolved(parent, path, (*chain, real), origins)
    except ScenarioError as error:
        if str(error).startswith(repr(parent)):
            raise ScenarioError(f"{called}: extends = {error}") from None
        raise
    # A name or heading of the parent would claim that the child is the parent.
    base = {key: value for key, value in base.items() if key not in ("name", "title", "title_zh")}
    return _merge(base, table, origins, called)


def _override(table: dict[str, Any], key: str, value: object) -> None:
    *parents, last = key.split(".")
    place: Any = table
    walked = ""
    for part in parents:
        walked = f"{walked}.{part}" if walked else part
        if isinstance(place, list):
            place = place[_index(place, part, key)]
        else:
            if part not in place or not isinstance(place[part], (dict, list)):
                if part in place:
                    raise ScenarioError(f"--set: {key}: {walked} is not a table.")
                place[part] = {}
            place = place[part]
    if isinstance(place, list):
        place[_index(place, last, key)] = value
    elif isinstance(place, dict):
        place[last] = value
    else:
        raise ScenarioError(f"--set: {key}: {walked} is not a table.")


def _index(items: list[Any], text: str, key: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) >= len(items):
        limit = f"a number from 0 to {len(items) - 1}" if items else "nothing: the list is empty"
        raise ScenarioError(f"--set: {key}: {text!r} is not in the list. Give {limit}.")
    return int(text)


def read_scenario(source: str, overrides: Overrides) -> tuple[dict[str, Any], Origins]:
    """Resolved table of a scenario, and the file from which each key comes.

    Parameters
    ----------
    source : str
        Name of a scenario that ships, or path of a TOML file.
    overrides : mapping
        Dotted key to value.

    Returns
    -------
    tuple of dict and dict

    Raises
    ------
    ScenarioError
        When a file cannot be read or is not TOML, or an override does not fit.
    """
    origins: Origins = {}
    table = _resolved(source, None, (), origins)
    table.setdefault("name", Path(source).stem)
    files = {key: value for key, value in overrides.items() if key in TABLE_KEYS}
    for name, groups in _with_tables(files, Path(), "--set", origins).items():
        table[name] = groups
    for key, value in overrides.items():
        if key not in TABLE_KEYS:
            _override(table, key, value)
            _came(key, "--set", origins)
    return table, origins


def origin_of(key: str, origins: Origins, source: str, message: str = "") -> str:
    """File, or ``--set``, from which a key comes, or the one that a message begins with."""
    if not key:
        # A rule about several keys begins with the one that it asks for.
        named = re.match(r"(projects|firms)\.\d+", message)
        key = named.group() if named else ""
    near = [known for known in origins if key == known or key.startswith(f"{known}.")]
    if near:
        return origins[max(near, key=len)]
    below = [known for known in origins if known.startswith(f"{key}.")]
    return origins[below[-1]] if key and below else Path(source).name


_WAYS_OUT = {
    "greater_than_equal": ("is below {ge}", "Give {ge} or more."),
    "greater_than": ("is not above {gt}", "Give more than {gt}."),
    "less_than_equal": ("is above {le}", "Give {le} or less."),
    "finite_number": ("is not a finite number", "Give a number."),
    "float_type": ("is not a number", "Give a number without quotes."),
    "int_type": ("is not a whole number", "Give a whole number without quotes."),
    "int_from_float": ("is not a whole number", "Give a whole number."),
    "bool_type": ("is neither true nor false", "Give true or false, without quotes."),
    "string_type": ("is not a text", "Put it in quotes."),
    "literal_error": ("is unknown", "Give one of {expected}."),
    "too_long": ("has more than {max_length} entries", "Merge some of them."),
    "model_type": ("is not a table", "Write it as a table of keys."),
    "dict_type": ("is not a table", "Write it as a table of keys."),
    "tuple_type": ("is not a list", 'Write it in brackets, as ["a", "b"], or as tables.'),
}


def first_problem(
    error: ValidationError, prefix: str,
    declared: Callable[[], Iterable[Declaration]] | None = None,
) -> tuple[str, str]:
    """Key and one-line message of the first problem that pydantic found.

    Parameters
    ----------
    error : ValidationError
    prefix : str
        What to call the place where pydantic gives none.
    declared : callable, optional
        Gives the declarations among which to look for what was meant; those of `Scenario` where
        not given.

    Returns
    -------
    tuple of str and str
    """
    problem = error.errors(include_url=False)[0]
    parts = [str(part) for part in problem["loc"] if not str(part).startswith("function-")]
    key = prefix or ".".join(parts)
    kind, given = problem["type"], problem["input"]
    if kind == "extra_forbidden":
        known = _known_keys(parts, declared)
        return key, f"unknown key {key!r}{close_to(parts[-1], known)}. See `swcmarket scenarios`."
    if kind == "missing":
        return key, f"{key} is missing. Give it a value."
    context = {name: _plain(value) for name, value in problem.get("ctx", {}).items()}
    if kind == "value_error":
        message = str(context["error"]).removesuffix(".")
        if not parts:
            return key, f"{message}."
        return key, f"{key} = {given!r}: {message}." if _is_scalar(given) else f"{key}: {message}."
    what, way = _WAYS_OUT.get(kind, (f"is not allowed ({problem['msg']})", "Change it."))
    shown = f" = {_shown(given)}" if _is_scalar(given) else ""
    return key, f"{key}{shown} {what.format(**context)}. {way.format(**context)}"


def _plain(value: object) -> object:
    return f"{value:g}" if isinstance(value, float) else value


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _is_scalar(value: object) -> bool:
    return isinstance(value, (str, int, float, bool))


def _known_keys(
    parts: list[str], declared: Callable[[], Iterable[Declaration]] | None
) -> list[str]:
    if declared is None:
        from simulation.scenario import declared

    depth = len(parts)
    shape = ["N" if part.isdigit() else part for part in parts[:-1]]
    known = [item.key.split(".") for item in declared()]
    return [key[depth - 1] for key in known if len(key) >= depth and key[: depth - 1] == shape]
