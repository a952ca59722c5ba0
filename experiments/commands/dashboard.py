"""Open the dashboard."""

import os
import sys
from typing import Annotated

import typer

__all__ = ["dashboard"]

# What the page server imports; all come with the extra.
NEEDED = ("solara", "uvicorn", "ipyvuetify")


def dashboard(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port; 0 takes any that is free. 端口，0为任意。")
    ] = 8765,
    host: Annotated[
        str,
        typer.Option(
            help="0.0.0.0 lets other machines in, without a password. "
            "监听地址；0.0.0.0允许其他机器访问（无密码）。"
        ),
    ] = "localhost",
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Open no browser. 不打开浏览器。")
    ] = False,
) -> None:
    """Open the dashboard in a browser (浏览器仪表盘)."""
    from importlib.util import find_spec

    from agents.compiled import ROOT
    from simulation.errors import InputError

    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise InputError(
            f"dashboard: {', '.join(missing)} not installed. The dashboard is an extra: "
            "pip install -e '.[dashboard]'."
        )
    words = [sys.executable, "-m", "dashboard.server", "--port", str(port), "--host", host]
    words += ["--no-browser"] if no_browser else []
    sys.stdout.flush()
    if os.name == "nt":
        # Windows has no way to become another program without leaving the terminal.
        import subprocess

        raise typer.Exit(subprocess.call(words, cwd=ROOT))
    # The server takes the place of this process: interrupts and signals reach it, and its status
    # is the command's. It is a module of a higher layer, which nothing here may import.
    os.chdir(ROOT)
    os.execv(sys.executable, words)
