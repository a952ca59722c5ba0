"""What the credits that somebody claims are worth in real tonnes, from the books of a run."""

from typing import TYPE_CHECKING

from rich.table import Table

from experiments.books import Books
from experiments.language import Language, say
from experiments.tables import number

if TYPE_CHECKING:
    import pandas

__all__ = ["claims_of", "claims_table"]

# Claims that are shown one by one.
SHOWN = 24


def claims_of(books: Books) -> "pandas.DataFrame":
    """Credits by who holds or has retired them, and what stands behind them.

    Parameters
    ----------
    books : Books

    Returns
    -------
    pandas.DataFrame
        ``owner``, ``state``, ``purpose``, ``credits_t``; ``real_t``: still stored of what was
        verified for them, shared among the credits of an issue that were not taken back;
        ``additional_t``: of this, what there would not be without credit
        revenue. The largest come first; cancelled credits and the buffer claim nothing.
    """
    blocks = books.blocks
    standing = blocks[~blocks.purpose.isin(["reversal", "over_crediting"])]
    shared = standing.groupby("verification").tonnes.sum()
    blocks = blocks[~blocks.state.isin(["cancelled", "buffer"])]
    periods = books.verifications.iloc[blocks.verification]
    part = blocks.tonnes.to_numpy() / shared.loc[blocks.verification].to_numpy()
    real, without = periods.real_t.to_numpy(), periods.without_t.to_numpy()
    found = blocks[["owner", "state", "purpose"]].assign(
        credits_t=blocks.tonnes, real_t=part * real, additional_t=part * (real - without),
    )
    found = found.groupby(["owner", "state", "purpose"], as_index=False, sort=True).sum()
    return found.sort_values("credits_t", ascending=False, kind="stable", ignore_index=True)


def claims_table(books: Books, language: Language) -> Table:
    """The largest claims, the rest together, and the sum.

    Parameters
    ----------
    books : Books
    language : {"en", "zh"}

    Returns
    -------
    rich.table.Table
    """
    table = Table(
        title=say("claims_title", language, folder=books.folder), title_justify="left",
        caption=say("claims_held_note", language), caption_justify="left",
    )
    table.add_column(say("ledger_account", language), overflow="fold")
    table.add_column(say("claims_use", language), overflow="fold")
    for key in ("claims_credits", "claims_real", "claims_additional"):
        table.add_column(f"{say(key, language)}\n{say('t', language)}", justify="right")
    table.add_column(f"{say('claims_share', language)}\n%", justify="right")
    rows = claims_of(books)

    def add(name: str, use: str, part: "pandas.DataFrame") -> None:
        credits, real = int(part.credits_t.sum()), float(part.real_t.sum())
        additional = round(float(part.additional_t.sum()))
        table.add_row(
            name, use, number(credits, language), number(round(real), language),
            # Not minus zero, where the last bits of a float are below it.
            number(additional or 0, language),
            number(100.0 * real / credits, language, 1) if credits else "–",
        )

    for place in range(min(len(rows), SHOWN)):
        row = rows.iloc[place]
        use = say(f"state_{row.state}", language)
        if row.purpose not in ("", "none"):
            use += f", {say(row.purpose, language)}"
        add(row.owner, use, rows.iloc[place : place + 1])
    others = rows.iloc[SHOWN:]
    if len(others):
        add(say("claims_others", language, n=len(others)), "", others)
    table.add_section()
    add(say("ledger_sum", language), "", rows)
    return table
