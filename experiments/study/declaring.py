"""What a study file is made of: frozen tables, dotted settings, and declarations of parameters."""

import math
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict

from agents.parameters import Declaration
from simulation.scenario import Scenario, declared

__all__ = ["MOST_VALUES", "Level", "Scalar", "Settings", "Table", "counts", "declaration_of"]

Level = bool | int | float | str


def _scalar(value: object) -> object:
    if not isinstance(value, Level) or (isinstance(value, float) and not math.isfinite(value)):
        raise ValueError("is neither a finite number nor a text, true or false. Give one of these")
    return value


Scalar = Annotated[Any, BeforeValidator(_scalar)]
# Values of one factor that is not a range; more is a range.
MOST_VALUES = 10_000


class Table(BaseModel):
    """Base of every table of a study file: frozen, unknown keys refused."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, validate_default=True
    )


def _flat(table: object) -> object:
    # [set.market] mechanism = "listing" says the same as "market.mechanism" = "listing".
    if not isinstance(table, dict):
        return table
    found: dict[str, Any] = {}
    for key, value in table.items():
        inner = _flat(value)
        if isinstance(inner, dict):
            found |= {f"{key}.{name}": what for name, what in inner.items()}
        else:
            found[key] = inner
    return found


# Dotted key to value; nested tables are allowed in the file.
Settings = Annotated[dict[str, Any], BeforeValidator(_flat)]


@cache
def _declared() -> dict[str, Declaration]:
    return {item.key: item for item in declared()}


def declaration_of(key: str) -> Declaration | None:
    """Declaration of a parameter.

    Parameters
    ----------
    key : str
        Dotted; the number of a group, or ``*``, stands for any group.

    Returns
    -------
    Declaration or None
        None where no parameter has that key.
    """
    parts = ["N" if part.isdigit() or part == "*" else part for part in key.split(".")]
    if parts[:1] == ["events"] and parts[2:3] == ["set"]:
        parts = parts[3:]
    return _declared().get(".".join(parts))


def counts(key: str) -> bool:
    """Whether a parameter counts in whole numbers.

    Parameters
    ----------
    key : str
        As of `declaration_of`.

    Returns
    -------
    bool
    """
    parts = [part for part in key.split(".") if not part.isdigit() and part != "*"]
    if parts[:2] == ["events", "set"]:
        parts = parts[2:]
    kind: Any = Scenario
    for part in parts:
        # A list of groups has the fields of one.
        table = next((each for each in (kind, *get_args(kind)) if hasattr(each, "model_fields")),
                     None)
        if table is None or part not in table.model_fields:
            return False
        kind = table.model_fields[part].annotation
    found = declaration_of(key)
    return kind is int and found is not None and found.unit != "month"
