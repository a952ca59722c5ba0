"""Parameters, each declared once: default, unit, bounds, source, labels and who can move it.

The TOML loader, the command line, sliders, sweeps and docs all read these declarations.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic.fields import FieldInfo

__all__ = [
    "Declaration",
    "Month",
    "Parameters",
    "declarations",
    "month_number",
    "month_text",
    "param",
    "record_of",
    "write_record",
]

Role = Literal["lever", "uncertainty", "design"]


def month_number(text: object) -> int:
    """Month since the year zero, from ``YYYY-MM``.

    Parameters
    ----------
    text : str or int
        ``2024-01`` or a month number.

    Returns
    -------
    int
        ``year * 12 + month - 1``.

    Raises
    ------
    ValueError
        When the text is not a month of the years 1900 to 2299.
    """
    if isinstance(text, int) and not isinstance(text, bool):
        number = text
    else:
        parts = str(text).split("-")
        if len(parts) != 2 or [len(part) for part in parts] != [4, 2] or not all(
            part.isascii() and part.isdigit() for part in parts
        ):
            raise ValueError("not a month; write it as YYYY-MM, for example 2024-01")
        year, month = int(parts[0]), int(parts[1])
        if not 1 <= month <= 12:
            raise ValueError("not a month; the second number must lie from 01 to 12")
        number = year * 12 + month - 1
    if not 1900 * 12 <= number < 2300 * 12:
        raise ValueError("not a month of the years 1900 to 2299")
    return number


def month_text(number: int) -> str:
    """Month as ``YYYY-MM``.

    Parameters
    ----------
    number : int
        ``year * 12 + month - 1``.

    Returns
    -------
    str
    """
    return f"{int(number) // 12:04d}-{int(number) % 12 + 1:02d}"


Month = Annotated[
    int,
    BeforeValidator(month_number),
    PlainSerializer(month_text, return_type=str),
]


class Parameters(BaseModel):
    """Base of every parameter table: frozen, strict, unknown keys refused."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, validate_default=True
    )


def param(
    default: Any = ...,  # noqa: ANN401  (any scalar; pydantic holds the type)
    *,
    unit: str,
    source: str,
    label: str,
    label_zh: str,
    role: Role,
    low: float | None = None,
    high: float | None = None,
    above: float | None = None,
) -> Any:  # noqa: ANN401
    """Declare a parameter.

    Parameters
    ----------
    default : scalar
        Value where a scenario says nothing; left out, the scenario must say it.
    unit : str
        Unit, ``1`` for a pure number, ``name`` for a choice or a text, ``month`` for a month.
    source : str
        Where the default comes from: a fact with its place, a paper, or ``assumption``.
    label, label_zh : str
        What people read, in English and in Chinese.
    role : {"lever", "uncertainty", "design"}
        *lever*: somebody can decide it; *uncertainty*: nobody can; *design*: describes the
        experiment or the agents that a scenario places, not the world.
    low, high : float, optional
        Inclusive bounds.
    above : float, optional
        Exclusive lower bound.

    Returns
    -------
    pydantic field
    """
    extra = {"unit": unit, "source": source, "label": label, "label_zh": label_zh, "role": role}
    return Field(default, ge=low, le=high, gt=above, description=label, json_schema_extra=extra)


class Declaration(NamedTuple):
    """What a parameter's declaration says, for tables, sliders and docs."""

    key: str
    default: Any
    unit: str
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    role: str
    source: str
    label: str
    label_zh: str


def _bound(field: FieldInfo, *names: str) -> float | None:
    for item in field.metadata:
        for name in names:
            if (value := getattr(item, name, None)) is not None:
                return value
    return None


def declarations(
    table: type[Parameters], prefix: str = "", defaults: Parameters | None = None
) -> Iterator[Declaration]:
    """Every declaration of a table, in order, nested tables included.

    Parameters
    ----------
    table : type
        A class of parameters.
    prefix : str
        Put before each key, with a dot.
    defaults : Parameters, optional
        Values that stand for those of the class, as where one class serves seven measures.

    Yields
    ------
    Declaration
    """
    for name, field in table.model_fields.items():
        key = f"{prefix}{name}"
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Parameters):
            nested = getattr(defaults, name) if defaults is not None else field.default
            inner = nested if isinstance(nested, Parameters) else None
            yield from declarations(kind, f"{key}.", inner)
            continue
        extra = field.json_schema_extra
        if not isinstance(extra, dict):
            continue
        choices = get_args(kind) if get_origin(kind) is Literal else ()
        default = None if field.is_required() else field.default
        if defaults is not None:
            default = getattr(defaults, name)
        if extra["unit"] == "month" and isinstance(default, int):
            default = month_text(default)
        yield Declaration(
            key=key,
            default=default,
            unit=str(extra["unit"]),
            low=_bound(field, "ge", "gt"),
            high=_bound(field, "le", "lt"),
            choices=choices,
            role=str(extra["role"]),
            source=str(extra["source"]),
            label=str(extra["label"]),
            label_zh=str(extra["label_zh"]),
        )


def _code(field: FieldInfo, value: object) -> object:
    # A choice is stored as its place in the list of choices; the enums keep that order.
    if get_origin(field.annotation) is Literal:
        return get_args(field.annotation).index(value)
    return value


def _scalar_fields(table: Parameters) -> dict[str, str]:
    kinds = {float: "f8", int: "i8", bool: "?"}
    fields = {}
    for name, field in type(table).model_fields.items():
        if get_origin(field.annotation) is Literal:
            fields[name] = "i8"
        elif field.annotation in kinds:
            fields[name] = kinds[field.annotation]
    return fields


def record_of(table: Parameters) -> np.recarray:
    """Numbers of a table as one record, which a kernel takes as one argument.

    Parameters
    ----------
    table : Parameters
        Texts and nested tables are left out; a choice becomes its place in the list of choices.

    Returns
    -------
    numpy.recarray, shape (1,)
    """
    fields = _scalar_fields(table)
    dtype = np.dtype((np.record, np.dtype(list(fields.items()), align=True)))
    record = np.zeros(1, dtype=dtype).view(np.recarray)
    for name in fields:
        write_record(record, table, name)
    return record


def write_record(record: np.recarray, table: Parameters, name: str) -> None:
    """Copy one parameter of a table into its record.

    Parameters
    ----------
    record : numpy.recarray, shape (1,)
        Changed in place.
    table : Parameters
    name : str
        Name of the field.
    """
    record[name][0] = _code(type(table).model_fields[name], getattr(table, name))
