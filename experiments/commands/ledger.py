"""The registry's books of a run: balances, one credit's history, an audit, and an export."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands.options import Json, Speech
from experiments.commands.terminal import print_json
from simulation.errors import InputError

__all__ = ["ledger"]


def ledger(
    folder: Annotated[
        Path, typer.Argument(metavar="RUN", help="Folder of `run --out`. 运行结果文件夹。")
    ],
    serial: Annotated[
        int | None, typer.Option(help="History of one credit. 某一序列号碳信用的全过程。")
    ] = None,
    claims: Annotated[
        bool, typer.Option("--claims", help="Claims in real tonnes. 声称量的真实吨数。")
    ] = False,
    audit: Annotated[
        bool, typer.Option("--audit", help="Replay the journal independently. 独立核对账簿。")
    ] = False,
    beancount: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the journal for Beancount. 导出。")
    ] = None,
    parquet: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the books as Parquet. 导出Parquet。")
    ] = None,
    as_json: Json = False,
    language: Speech = None,
) -> None:
    """Open the registry's books of a run (查阅某次运行的登记簿)."""
    from experiments.beancount_text import beancount_text, is_ours
    from experiments.books import audit_of, history_of, read_books
    from experiments.books_shown import balances_table, history_shown, summary
    from experiments.language import chosen_language, say
    from experiments.parquet_export import write_parquet
    from experiments.real_claims import claims_of, claims_table
    from experiments.tables import console
    from simulation.whole_files import write_whole

    spoken = chosen_language(language)
    books = read_books(folder)
    faults = audit_of(books) if audit else None
    if beancount is not None:
        if beancount.exists() and not is_ours(beancount):
            raise InputError(
                f"{beancount}: is there already and is no journal for Beancount. Give another file."
            )
        try:
            write_whole(beancount, beancount_text(books, books.currency_code).encode())
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", error)
            raise InputError(
                f"{beancount}: cannot be written ({why}). Give a file that you may write."
            ) from None
    written = [beancount] if beancount is not None else []
    if parquet is not None:
        written += write_parquet(books, parquet)
    if as_json:
        history = history_of(books, serial) if serial is not None else None
        print_json(summary(books, faults, history, claims_of(books) if claims else None))
    elif serial is not None:
        for part in history_shown(books, history_of(books, serial), spoken):
            console().print(part)
    elif claims:
        console().print(claims_table(books, spoken))
    elif not audit and not written:
        console().print(balances_table(books, spoken))
    if written:
        where = beancount if parquet is None else parquet
        console(stderr=True).print(say("written", spoken, folder=where))
    if faults is not None and not as_json:
        for fault in faults[:20]:
            console().print(fault, markup=False)
        key = "audit_faults" if faults else "audit_right"
        console().print(say(key, spoken, n=len(faults), lines=len(books.journal)))
    if faults:
        raise typer.Exit(1)
