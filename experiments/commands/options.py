"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["Folder", "Json", "Settings", "Speech", "Workers"]

Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change a parameter; repeatable. 修改参数。"),
]
Json = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on stdout, nothing else. 只输出JSON。")
]
Folder = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Write results to a folder. 输出目录。")
]
Speech = Annotated[
    str | None,
    typer.Option("--language", "-l", metavar="en|zh", help="Language of tables. 表格语言。"),
]
Workers = Annotated[
    int,
    typer.Option(
        "--workers", min=0, max=1024, metavar="N",
        help="Processes; 0 for one a processor. 进程数，0为每个处理器一个。",
    ),
]
