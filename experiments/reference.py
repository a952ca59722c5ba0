"""Reference pages made from the declarations: parameters, outcomes, columns and phases.

``python -m experiments.reference`` writes docs/reference.md; a test holds it to the code.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from agents.buyers.columns import FIRM_COLUMNS
from agents.parameters import Declaration, declarations
from agents.population import Column
from agents.registry.columns import (
    BLOCK_COLUMNS,
    DEAL_COLUMNS,
    JOURNAL_COLUMNS,
    VERIFICATION_COLUMNS,
)
from agents.sellers.columns import PROJECT_COLUMNS, STAND_COLUMNS
from agents.vocabulary import CreditState
from simulation.allowances import RoundRules, Terms
from simulation.allowances.continuous import DeskRules
from simulation.allowances.offsets import CreditRules
from simulation.laboratory.outcomes import SESSION_OUTCOMES
from simulation.laboratory.scenario import declared_laboratory
from simulation.laboratory.session import DEAL_COLUMNS as SESSION_DEAL_COLUMNS
from simulation.month import PHASES
from simulation.outcomes import OUTCOMES
from simulation.results import MISSING_AT_ZERO, MISSING_WITHOUT_GAIN, shown_name
from simulation.scenario import declared
from simulation.state import MONTHLY_COLUMNS

__all__ = ["PAGE", "main", "page"]

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference.md"
NAME = "name"


class Shown(NamedTuple):
    """A table that a run gives, as a data frame and as a CSV file.

    Attributes
    ----------
    title : str
    frame : str
        Attribute of `simulation.results.Run`, and name of the file; empty where there is none.
    columns : tuple of Column
        Of the state, from which it is made.
    added : tuple of tuple of str
        Name, unit and meaning of columns that the state has not.
    dropped : tuple of str
        Columns of the state that it lacks.
    """

    title: str
    frame: str
    columns: tuple[Column, ...]
    added: tuple[tuple[str, str, str], ...] = ()
    dropped: tuple[str, ...] = ()

    def rows(self) -> list[tuple[str, str, str]]:
        """Name, unit and meaning of every column, as people see them."""
        if not self.frame:
            return [(each.name, each.unit, each.meaning) for each in self.columns]
        rows = [
            (shown_name(each.name), _shown_unit(each), _shown_meaning(each))
            for each in self.columns if each.name not in self.dropped
        ]
        return [*self.added, *rows]


TABLES = (
    Shown("Months", "monthly", MONTHLY_COLUMNS, (
        ("price_yuan_per_t", "yuan/t", "volume-weighted mean of all deals; missing without one"),
        ("voluntary_price_yuan_per_t", "yuan/t", "the same of voluntary deals"),
    )),
    Shown("Deals", "deals", DEAL_COLUMNS, (
        ("seller", NAME, "project that sells"), ("buyer", NAME, "firm that buys, or government"),
    )),
    Shown("Seller projects", "projects", PROJECT_COLUMNS, (("name", NAME, "name"),)),
    Shown("Buyer firms", "firms", FIRM_COLUMNS, (
        ("name", NAME, "name"), ("sector", NAME, "sector"),
    )),
    Shown("Accounts", "accounts", (), (
        ("account", NAME, "whose account"), ("money_yuan", "yuan", "money"),
        *((f"{state.name.lower()}_t", "t", f"credits {state.name.lower()}")
          for state in CreditState),
    )),
    Shown("Verifications", "verifications", VERIFICATION_COLUMNS, (
        ("project", NAME, "name of the project"),
    )),
    Shown("Blocks of credits", "blocks", BLOCK_COLUMNS, (
        ("project", NAME, "name of the project"),
    ), ("next",)),
    Shown("Journal", "journal", JOURNAL_COLUMNS),
    Shown("Stands (of the state, in no table of a run)", "", STAND_COLUMNS),
    Shown("Deals of a laboratory session", "", SESSION_DEAL_COLUMNS),
)
# Prefix and class of the parameters of the allowance market.
ALLOWANCES = (
    ("terms", Terms), ("rounds", RoundRules), ("desks", DeskRules), ("credits", CreditRules),
)
# Columns whose codes or account numbers are told as names.
NAMED = ("province", "motive", "occasion", "strategy", "state", "purpose", "entry", "state_from",
         "state_to", "debit", "credit", "owner")


def _shown_unit(column: Column) -> str:
    if column.name in NAMED:
        return NAME
    # Money is kept in fen and told in yuan.
    return column.unit.replace("fen", "yuan")


def _shown_meaning(column: Column) -> str:
    if column.name in (*MISSING_AT_ZERO, *MISSING_WITHOUT_GAIN) or column.unit == "month":
        return re.sub("; 0 (if|where)", r"; missing \1", column.meaning)
    return column.meaning.removesuffix(", numbered as the scenario names them")


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"
    yield ""


def _bounds(low: float | None, high: float | None, choices: Sequence[str]) -> str:
    if choices:
        return ", ".join(choices)
    if low is None and high is None:
        return ""
    return f"{'' if low is None else f'{low:g}'} to {'' if high is None else f'{high:g}'}"


def _default(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def _parameters(items: Iterable[Declaration]) -> Iterator[str]:
    return _table(
        ("key", "default", "unit", "bounds", "role", "meaning", "含义", "source"),
        (
            (
                f"`{item.key}`", _default(item.default), item.unit,
                _bounds(item.low, item.high, item.choices), item.role, item.label,
                item.label_zh, item.source,
            )
            for item in items
        ),
    )


def page() -> str:
    """The reference page, as Markdown."""
    lines = [
        "# Reference",
        "",
        "Made from the declarations in the code by `python -m experiments.reference`.",
        "",
        "## Parameters",
        "",
        "A *lever* can be decided by somebody and moved by an event; an *uncertainty* cannot; "
        "*design* describes the experiment or the agents a scenario places.",
        "",
    ]
    lines += _parameters(declared())
    lines += [
        "## Parameters of a laboratory market",
        "",
        "A file with a `[schedule]` is one; `extends` may name one that ships.",
        "",
    ]
    lines += _parameters(declared_laboratory())
    lines += [
        "## Parameters of the allowance market",
        "",
        "Of `simulation.allowances`, a market of its own beside the world of credits.",
        "",
    ]
    for prefix, table in ALLOWANCES:
        lines += _parameters(declarations(table, f"{prefix}."))
    lines += ["## Outcomes", ""]
    lines += _table(
        ("name", "unit", "meaning", "含义"),
        (
            (f"`{o.name}`", o.unit, f"{o.label}: {o.meaning}", f"{o.label_zh}："
             f"{o.meaning_zh}")
            for o in OUTCOMES
        ),
    )
    lines += ["## Outcomes of a laboratory session", ""]
    lines += _table(
        ("name", "unit", "meaning", "含义"),
        (
            (f"`{o.name}`", o.unit, f"{o.label}: {o.meaning}", f"{o.label_zh}："
             f"{o.meaning_zh}")
            for o in SESSION_OUTCOMES
        ),
    )
    lines += ["## Phases of a month", ""]
    lines += _table(
        ("phase", "reads", "writes", "meaning", "含义"),
        (
            (f"`{p.name}`", ", ".join(p.reads), ", ".join(p.writes), p.meaning,
             p.meaning_zh)
            for p in PHASES
        ),
    )
    lines += [
        "## Columns", "",
        "As they stand in the tables of a run, `simulate(...).monthly` and its like, and in the "
        "CSV files of the same names that `--out` writes.", "",
    ]
    for shown in TABLES:
        lines += [f"### {shown.title}" + (f": `.{shown.frame}`" if shown.frame else ""), ""]
        lines += _table(
            ("column", "unit", "meaning"),
            ((f"`{name}`", unit, meaning) for name, unit, meaning in shown.rows()),
        )
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"docs/{PAGE.name} written")


if __name__ == "__main__":
    main()
