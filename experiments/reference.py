"""Reference pages made from the declarations: parameters, outcomes, columns and phases.

``python -m experiments.reference`` writes docs/reference.md; a test holds it to the code.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

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
from experiments.comparing import COMPARED
from simulation.allowances import RoundRules, Terms
from simulation.allowances.continuous import DeskRules
from simulation.allowances.offsets import CreditRules
from simulation.laboratory.outcomes import SESSION_OUTCOMES
from simulation.laboratory.scenario import declared_laboratory
from simulation.laboratory.session import DEAL_COLUMNS as SESSION_DEAL_COLUMNS
from simulation.month import PHASES
from simulation.scenario import declared
from simulation.state import MONTHLY_COLUMNS

__all__ = ["PAGE", "main", "page"]

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference.md"
TABLES: tuple[tuple[str, tuple[Column, ...]], ...] = (
    ("Seller projects", PROJECT_COLUMNS),
    ("Stands", STAND_COLUMNS),
    ("Buyer firms", FIRM_COLUMNS),
    ("Verifications", VERIFICATION_COLUMNS),
    ("Blocks of credits", BLOCK_COLUMNS),
    ("Journal", JOURNAL_COLUMNS),
    ("Deals", DEAL_COLUMNS),
    ("Months", MONTHLY_COLUMNS),
    ("Deals of a laboratory session", SESSION_DEAL_COLUMNS),
)
# Prefix and class of the parameters of the allowance market.
ALLOWANCES = (
    ("terms", Terms), ("rounds", RoundRules), ("desks", DeskRules), ("credits", CreditRules),
)


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
                _bounds(item.low, item.high, item.choices), item.role, item.label, item.label_zh,
                item.source,
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
            (f"`{o.name}`", o.unit, f"{o.label}: {o.meaning}", f"{o.label_zh}：{o.meaning_zh}")
            for o in COMPARED
        ),
    )
    lines += ["## Outcomes of a laboratory session", ""]
    lines += _table(
        ("name", "unit", "meaning", "含义"),
        (
            (f"`{o.name}`", o.unit, f"{o.label}: {o.meaning}", f"{o.label_zh}：{o.meaning_zh}")
            for o in SESSION_OUTCOMES
        ),
    )
    lines += ["## Phases of a month", ""]
    lines += _table(
        ("phase", "reads", "writes", "meaning", "含义"),
        (
            (f"`{p.name}`", ", ".join(p.reads), ", ".join(p.writes), p.meaning, p.meaning_zh)
            for p in PHASES
        ),
    )
    lines += ["## Columns", ""]
    for title, columns in TABLES:
        lines += [f"### {title}", ""]
        lines += _table(
            ("column", "unit", "meaning"), ((f"`{c.name}`", c.unit, c.meaning) for c in columns)
        )
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"docs/{PAGE.name} written")


if __name__ == "__main__":
    main()
