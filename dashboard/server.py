"""Start the dashboard: one process, on this machine only unless told otherwise, without network."""

import argparse
import ipaddress
import os
import sys
import urllib.parse
import webbrowser
from collections.abc import Awaitable, Callable, Container, Sequence
from pathlib import Path
from typing import Any

__all__ = ["bounded_visitors", "main", "prepare_surroundings", "readable_addresses"]

ROOT = Path(__file__).resolve().parent.parent
PORT = 8765
FRONT_END = "/_solara/cdn/"
GOODBYE = "/_solara/api/close/"
CHANNELS = "/jupyter/api/kernels/"
# Browsers send clicks and numbers, never files.
LONGEST_MESSAGE = 2**20
Scope = dict[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]
# What the pages are made of, beside the pages themselves.
PAGES = ("", "compare", "studies", "claims")
SERVED = ("_solara", "static", "jupyter", "readyz", "resourcez", "favicon.ico")
TOO_MANY = (
    "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    "<title>swcmarket</title><body style='font:18px sans-serif;max-width:36em;margin:4em auto;"
    "padding:0 1em'><p>Too many visitors at the moment. Try again in a minute, or run the "
    "dashboard on your own machine: <code>swcmarket dashboard</code>.</p>"
    "<p lang=zh>当前访问人数过多，请一分钟后再试，或在本机运行："
    "<code>swcmarket dashboard</code>。</p>"
)
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
    known = {*PAGES, *SERVED}

    async def answer(scope: Scope, receive: Any, send: Any) -> None:  # noqa: ANN401
        path = scope.get("path", "")
        if scope["type"] == "http" and path.strip("/").split("/")[0] not in known:
            target = "/?" + urllib.parse.urlencode({"unknown": path})
            await send({"type": "http.response.start", "status": 303,
                        "headers": [(b"location", target.encode())]})
            await send({"type": "http.response.body", "body": b""})
            return
        status = _refusal(scope, path) if scope["type"] == "http" else 0
        if status:
            await _say(send, status)
        elif scope["type"] == "websocket" and not _asks(scope, "session_id"):
            await send({"type": "websocket.close", "code": 1008})
        else:
            await application(scope, receive, send)

    return answer


def bounded_visitors(application: Application, most: int, kernels: Container[str]) -> Application:
    """Tell visitors when there are too many, who would wait before an empty page for ever.

    Parameters
    ----------
    application : ASGI application
    most : int
        Tabs that are served at a time. Of tabs that lost their connection and may come back as
        many again are kept.
    kernels : sized container of str
        Names of all that are kept.

    Returns
    -------
    ASGI application
    """
    connected: set[object] = set()

    def full(kernel: str = "") -> bool:
        known = kernel in kernels
        return len(connected) >= most or (not known and len(kernels) >= 2 * most)  # type: ignore[arg-type]

    async def answer(scope: Scope, receive: Any, send: Any) -> None:  # noqa: ANN401
        path = scope.get("path", "")
        if scope["type"] == "http" and path.strip("/") in PAGES and full():
            await _say(send, 503, TOO_MANY)
        elif scope["type"] != "websocket":
            await application(scope, receive, send)
        elif full(path.removeprefix(CHANNELS).split("/")[0]):
            await send({"type": "websocket.close", "code": 1013})
        else:
            me = object()
            connected.add(me)
            try:
                await application(scope, receive, send)
            finally:
                connected.discard(me)

    return answer


async def _say(send: Any, status: int, page: str = "") -> None:  # noqa: ANN401
    headers = [(b"content-type", b"text/html; charset=utf-8")] if page else []
    headers += [(b"retry-after", b"60")] if status == 503 else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page.encode()})


def _refusal(scope: Scope, path: str) -> int:
    # The page server would look for such a file on the internet.
    if path.startswith(FRONT_END) and not _is_here(path):
        return 404
    # Who visits is told to whoever sits at this machine only.
    if path.strip("/") == "resourcez" and not _from_here(scope):
        return 404
    # A tab that says goodbye says which one it is; without it the page server would stumble.
    return 400 if path.startswith(GOODBYE) and not _asks(scope, "session_id") else 0


def _asks(scope: Scope, name: str) -> bool:
    query = scope.get("query_string", b"").decode("latin-1")
    return query.count("&") < 100 and name in urllib.parse.parse_qs(query)


def _from_here(scope: Scope) -> bool:
    try:
        return ipaddress.ip_address((scope.get("client") or ("",))[0]).is_loopback
    except ValueError:
        return False


def _is_here(path: str) -> bool:
    folder = Path(
        os.environ.get("SOLARA_ASSETS_PROXY_CACHE_DIR")
        or Path(sys.prefix) / "share" / "solara" / "cdn"
    ).resolve()
    inside = path.removeprefix(FRONT_END)
    try:
        file = (folder / inside).resolve()
        # For a name without a folder the page server looks for another file.
        return "/" in inside and file.is_relative_to(folder) and file.is_file()
    except (OSError, ValueError):
        return False


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
        from solara.server import kernel_context, settings, starlette
    except ImportError as error:
        _stop(f"the dashboard needs {error.name}. Install it: pip install -e '.[dashboard]'.")
    _warm_up()
    most = settings.kernel.max_count or int(SETTINGS["SOLARA_KERNEL_MAX_COUNT"])
    application = bounded_visitors(starlette.app, most, kernel_context.contexts)
    config = uvicorn.Config(
        readable_addresses(application), host=chosen.host, port=chosen.port,
        log_level="warning", loop="asyncio", ws_max_size=LONGEST_MESSAGE,
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
