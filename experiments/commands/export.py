"""Write the runs of a study as one flat table."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands.options import Speech

__all__ = ["export"]


def export(
    store: Annotated[Path, typer.Argument(help="Folder of a study. 研究的存储目录。")],
    file: Annotated[Path, typer.Argument(help="A .csv or .parquet file. 输出文件。")],
    language: Speech = None,
) -> None:
    """Write the runs of a study with their factors as one table (导出为单个表格)."""
    import io

    from experiments.language import chosen_language, say
    from experiments.study.identity import open_store
    from experiments.study.reading import flat_table, read_store
    from experiments.tables import console
    from simulation.errors import InputError
    from simulation.whole_files import write_whole

    spoken = chosen_language(language)
    kind = file.suffix.lower()
    if kind not in (".csv", ".parquet"):
        raise InputError(f"{file}: ends in neither .csv nor .parquet. Name it for its kind.")
    table = flat_table(read_store(open_store(store)))
    if kind == ".csv":
        content = table.to_csv(index=False).encode()
    else:
        buffer = io.BytesIO()
        table.to_parquet(buffer, index=False, compression="zstd")
        content = buffer.getvalue()
    try:
        write_whole(file, content)
    except OSError as error:
        raise InputError(
            f"{file}: cannot be written ({error.strerror}). Give a file that you may write."
        ) from None
    console(stderr=True).print(say("written", spoken, folder=file))
