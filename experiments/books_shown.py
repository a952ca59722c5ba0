"""The registry's books for people: balances, and the way of one credit."""

from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from experiments.books import STATES, Books, balances_of
from experiments.language import Language, say, unit_in
from experiments.tables import number

if TYPE_CHECKING:
    import pandas

__all__ = ["balances_table", "history_shown", "summary"]

# Accounts that are shown one by one: those of the registry, and the largest of the others.
SHOWN = 24


def balances_table(books: Books, language: Language) -> Table:
    """The largest accounts, the rest together, and the sums.

    Parameters
    ----------
    books : Books
    language : {"en", "zh"}

    Returns
    -------
    rich.table.Table
    """
    table = Table(title=say("ledger_title", language, folder=books.folder), title_justify="left")
    table.add_column(say("ledger_account", language), overflow="fold")
    money = unit_in("yuan", books.currency, language)
    table.add_column(f"{say('ledger_money', language)}\n{money}", justify="right")
    for state in STATES:
        table.add_column(f"{say(f'state_{state}', language)}\n{say('t', language)}",
                         justify="right")
    rows = balances_of(books)
    size = rows[[f"{state}_t" for state in STATES]].sum(axis=1)
    largest = rows.loc[size.sort_values(ascending=False, kind="stable").index[:SHOWN]].sort_index()
    others = rows.drop(largest.index)

    def add(name: str, part: "pandas.DataFrame") -> None:
        table.add_row(
            name, number(round(float(part.money_yuan.sum()), 2), language, 2),
            *(number(int(part[f"{state}_t"].sum()), language) for state in STATES),
        )

    for place in range(len(largest)):
        add(largest.account.iloc[place], largest.iloc[place : place + 1])
    if len(others):
        add(say("ledger_others", language, n=len(others)), others)
    table.add_section()
    add(say("ledger_sum", language), rows)
    return table


def history_shown(
    books: Books, history: dict[str, Any], language: Language
) -> list[RenderableType]:
    """Where a credit comes from, and each of its movements.

    Parameters
    ----------
    books : Books
    history : dict
        Of `experiments.books.history_of`.
    language : {"en", "zh"}

    Returns
    -------
    list of renderables
    """
    block, project, measured = history["block"], history["project"], history["verification"]
    lines = [say(
        "history_project", language, serial=history["serial"], project=project["name"],
        province=project["province"] or say("none", language),
        start=block["vintage_start"], end=block["vintage_end"],
    )]
    lines.append(say(
        "history_measured", language, month=measured["issued_month"],
        removed=number(round(measured["removed_t"]), language),
        measured=number(round(measured["measured_t"]), language),
        credited=number(measured["credited_t"], language),
    ))
    real = measured["real_t"]
    lines.append(say(
        "history_truth", language, real=number(round(real), language),
        additional=number(round(real - measured["without_t"]) or 0, language),
        each=number(real / max(history["standing_t"], 1), language, 2),
    ))
    if measured["audited_month"]:
        lines.append(say(
            "history_audited", language, month=measured["audited_month"],
            found=number(measured["found_t"], language),
        ))
    table = Table()
    for key in ("month", "history_entry", "history_from", "history_to", "history_block"):
        table.add_column(say(key, language), overflow="fold")
    for entry in history["entries"]:
        what = say(f"entry_{entry['entry']}", language)
        if entry["purpose"] not in ("", "none"):
            what += f", {say(entry['purpose'], language)}"
        if entry["deal"]:
            price = number(entry["deal"]["price_yuan_per_t"], language, 2)
            what += f", {price} {unit_in('yuan/t', books.currency, language)}"
        table.add_row(
            entry["month"], what, entry["debit"],
            f"{entry['credit']}, {say('state_' + entry['state_to'], language)}",
            f"{entry['serial']}-{entry['serial'] + entry['amount'] - 1}",
        )
    return [*(Text(line) for line in lines), table]


def summary(
    books: Books, faults: list[str] | None, history: dict[str, Any] | None,
    claims: "pandas.DataFrame | None" = None,
) -> dict[str, Any]:
    """Everything, ready for JSON.

    Parameters
    ----------
    books : Books
    faults : list of str, optional
        Of an audit.
    history : dict, optional
        Of one credit.
    claims : pandas.DataFrame, optional
        Of `experiments.real_claims.claims_of`.

    Returns
    -------
    dict
    """
    found: dict[str, Any] = {
        "folder": str(books.folder), "currency": books.currency,
        "entries": len(books.journal),
        "totals_t": {state: int(books.accounts[f"{state}_t"].sum()) for state in STATES},
    }
    if faults is not None:
        found["audit"] = {"right": not faults, "faults": faults}
    if history is not None:
        found["history"] = history
    elif claims is not None:
        found["claims"] = claims.to_dict("records")
    else:
        found["balances"] = balances_of(books).to_dict("records")
    return found
