"""Start the dashboard: one process, on this machine only unless told otherwise, without network."""

import argparse
import os
import sys
import urllib.parse
import webbrowser
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

__all__ = ["main", "prepare_surroundings", "readable_addresses"]

ROOT = Path(__file__).resolve().parent.parent
PORT = 8765
FRONT_END = "/_solara/cdn/"
Scope = dict[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]
# What the pages are made of, beside the pages themselves.
SERVED = ("_solara", "static", "jupyter", "readyz", "resourcez", "favicon.ico")
SETTINGS = {
    "SOLARA_APP": str(ROOT / "app.py"),
    "SOLARA_MODE": "production",
    # Nobody is told that somebody runs this, and no page carries somebody's banner.
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_THEME_SHOW_BANNER": "false",
    "SOLARA_THEME_TITLE": "swcmarket",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    # A tab that lost its connection may come back for ten minutes; then its run is freed.
    "SOLARA_KERNEL_CULL_TIMEOUT": "10m",
    "SOLARA_KERNEL_MAX_COUNT": "100",
    "SOLARA_HOME": str(ROOT / ".cache" / "solara"),
}


def prepare_surroundings() -> None:
    """Settings of the page server; those that are set already stay.

    Must come before `solara` is imported.
    """
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)


def readable_addresses(application: Application) -> Application:
    """Lead addresses of no page to the first one, which says that there is none.

    Front-end files that are not here are not there: nothing is asked of the network.

    Parameters
    ----------
    application : ASGI application

    Returns
    -------
    ASGI application
    """
    known = {"", "compare", "studies", "claims", *SERVED}

    async def answer(scope: Scope, receive: Any, send: Any) -> None:  # noqa: ANN401
        path = scope.get("path", "")
        if scope["type"] == "http" and path.strip("/").split("/")[0] not in known:
            target = "/?" + urllib.parse.urlencode({"unknown": path})
            await send({"type": "http.response.start", "status": 303,
                        "headers": [(b"location", target.encode())]})
            await send({"type": "http.response.body", "body": b""})
            return
        if scope["type"] == "http" and path.startswith(FRONT_END) and not _is_here(path):
            # The page server would look for it on the internet.
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        await application(scope, receive, send)

    return answer


def _is_here(path: str) -> bool:
    folder = (Path(sys.prefix) / "share" / "solara" / "cdn").resolve()
    file = (folder / path.removeprefix(FRONT_END)).resolve()
    return file.is_relative_to(folder) and file.is_file()


def main(words: Sequence[str] | None = None) -> None:
    """Serve the dashboard until interrupted.

    Parameters
    ----------
    words : sequence of str, optional
        Of the command line.
    """
    parser = argparse.ArgumentParser(
        prog="swcmarket dashboard", description="The dashboard in a browser. 浏览器仪表盘。"
    )
    parser.add_argument("--port", type=int, default=PORT, help=f"{PORT} where not given; 0: any")
    parser.add_argument("--host", default="localhost",
                        help="0.0.0.0 lets other machines in; nobody is asked for a password")
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    chosen = parser.parse_args(words)
    prepare_surroundings()
    try:
        import uvicorn
        from solara.server import starlette
    except ImportError as error:
        _stop(f"the dashboard needs {error.name}. Install it: pip install -e '.[dashboard]'.")
    _warm_up()
    config = uvicorn.Config(
        readable_addresses(starlette.app), host=chosen.host, port=chosen.port,
        log_level="warning", loop="asyncio", ws_max_size=64 * 2**20,
    )
    try:
        listening = config.bind_socket()
    except (OSError, SystemExit):
        _stop(f"port {chosen.port} is taken or not allowed. Give another: --port 0 takes any.")
    where = "localhost" if chosen.host in ("0.0.0.0", "::") else chosen.host
    address = f"http://{where}:{listening.getsockname()[1]}"

    class Announced(uvicorn.Server):
        async def startup(self, sockets: list[Any] | None = None) -> None:
            await super().startup(sockets)
            # Not before it can be opened.
            sys.stdout.write(f"swcmarket: {address} (Ctrl-C ends it)\n")
            sys.stdout.flush()
            if not chosen.no_browser:
                webbrowser.open(address)

    try:
        Announced(config).run(sockets=[listening])
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _warm_up() -> None:
    # Compiled kernels are read from disk now, and not when the first visitor waits.
    from experiments.commands.terminal import compile_first
    from experiments.language import chosen_language
    from simulation.scenario import load
    from simulation.world import World

    compile_first(chosen_language(None))
    world = World(load("ccer-eligible"), 1)
    world.run(1)
    world.run_phase()


def _stop(message: str) -> None:
    sys.stderr.write(f"swcmarket: {message}\n")
    raise SystemExit(2)


if __name__ == "__main__":
    main()
