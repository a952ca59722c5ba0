"""The registry's books as Parquet: words for codes, unit and meaning with every column."""

from pathlib import Path
from typing import TYPE_CHECKING

from agents.population import Column
from agents.registry.columns import (
    BLOCK_COLUMNS,
    DEAL_COLUMNS,
    JOURNAL_COLUMNS,
    VERIFICATION_COLUMNS,
)
from agents.sellers.columns import PROJECT_COLUMNS
from experiments.books import Books
from simulation.errors import InputError
from simulation.results import shown_name
from simulation.whole_files import write_whole

if TYPE_CHECKING:
    import pandas
    import pyarrow

__all__ = ["write_parquet"]

# Tables with the columns that they are made of.
COLUMNS: dict[str, tuple[Column, ...]] = {
    "journal": JOURNAL_COLUMNS, "blocks": BLOCK_COLUMNS, "verifications": VERIFICATION_COLUMNS,
    "deals": DEAL_COLUMNS, "projects": PROJECT_COLUMNS, "accounts": (),
}


def write_parquet(books: Books, folder: Path) -> list[Path]:
    """Write every table of the books, each whole or not at all.

    Parameters
    ----------
    books : Books
    folder : Path
        Made where it is missing.

    Returns
    -------
    list of Path

    Raises
    ------
    InputError
        When a file cannot be written.
    """
    import pyarrow
    from pyarrow import parquet

    paths = []
    for name, columns in COLUMNS.items():
        table = _arrow(getattr(books, name), columns)
        path = folder / f"{name}.parquet"
        content = pyarrow.BufferOutputStream()
        parquet.write_table(table, content, compression="zstd")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, content.getvalue())
        except OSError as error:
            raise InputError(
                f"{path}: cannot be written ({error.strerror or error}). Give a folder you may "
                "write to."
            ) from None
        paths.append(path)
    return paths


def _arrow(table: "pandas.DataFrame", columns: tuple[Column, ...]) -> "pyarrow.Table":
    import pyarrow

    # Few words stand in many rows: numbers on disk, words to who reads them.
    words = {
        name: table[name].where(table[name] != "", None).astype("category")
        for name in table.columns if table[name].dtype.kind not in "biuf"
    }
    found = pyarrow.Table.from_pandas(table.assign(**words), preserve_index=False)
    said = {shown_name(column.name): column for column in columns}
    fields = []
    for field in found.schema:
        column = said.get(field.name)
        if column is not None:
            # Money leaves the state in yuan, and codes leave it in words.
            unit = column.unit.replace("fen", "yuan") if field.name != column.name else column.unit
            unit = "word" if unit == "code" else unit
            field = field.with_metadata({"unit": unit, "meaning": column.meaning})
        fields.append(field)
    return found.cast(pyarrow.schema(fields, metadata=found.schema.metadata))
