"""The page server: addresses of no page, a port that is taken."""

import asyncio
import socket
import subprocess
import sys

import pytest

from agents.compiled import ROOT
from dashboard.server import (
    FRONT_END,
    SETTINGS,
    bounded_visitors,
    prepare_surroundings,
    readable_addresses,
)


async def echo(scope, receive, send):
    """An application that says where it was asked."""
    await send({"inner": scope["path"]})


def answers(path, kind="http", wrapped=None, **more):
    """What the wrapped application sends for a path."""
    sent = []

    async def send(message):
        sent.append(message)

    application = wrapped or readable_addresses(echo)
    asyncio.run(application({"type": kind, "path": path, **more}, None, send))
    return sent


@pytest.mark.parametrize("path", [
    "/", "/compare", "/studies", "/claims", "/claims/", "/static/main.js",
    "/_solara/cdn/requirejs@2.3.6/require.js",
    "/jupyter/api/kernels/1", "/readyz", "/favicon.ico",
])
def test_pages_and_what_they_are_made_of_are_served(path):
    assert answers(path) == [{"inner": path}]


@pytest.mark.parametrize("path", ["/nowhere", "/live", "/compare.php", "/a/b/c", "/\r\nX: 1", "/é"])
def test_other_addresses_lead_to_the_first_page(path):
    start, body = answers(path)
    assert start["status"] == 303
    (name, target), = start["headers"]
    assert name == b"location"
    assert target.startswith(b"/?unknown=")
    assert b"\r" not in target
    assert b"\n" not in target
    assert body["body"] == b""


@pytest.mark.parametrize("path", [
    "/_solara/cdn/lodash@4.17.21/lodash.js", "/_solara/cdn/", "/_solara/cdn/requirejs@2.3.6",
    "/_solara/cdn/../../../pyvenv.cfg", "/_solara/cdn//etc/passwd", "/_solara/cdn/a\0b/c",
    "/_solara/cdn/" + "a" * 5000, "/_solara/cdn/@widgetti/solara-vuetify-app@10.1.1/dist/",
])
def test_front_end_files_that_are_not_here_are_not_asked_of_the_network(path):
    assert answers(path)[0]["status"] == 404


def test_front_end_files_may_lie_in_a_folder_of_ones_own(tmp_path, monkeypatch):
    (tmp_path / "some@1.0.0").mkdir()
    for name in ("some@1.0.0/a.js", "alone"):
        (tmp_path / name).write_text("")
    monkeypatch.setenv("SOLARA_ASSETS_PROXY_CACHE_DIR", str(tmp_path))
    assert answers(f"{FRONT_END}some@1.0.0/a.js") == [{"inner": f"{FRONT_END}some@1.0.0/a.js"}]
    for name in ("some@1.0.0", "some@1.0.0/", "alone", "requirejs@2.3.6/require.js"):
        assert answers(FRONT_END + name)[0]["status"] == 404


@pytest.mark.parametrize(("client", "status"), [
    (("127.0.0.1", 1), None), (("127.8.8.8", 1), None), (("::1", 1), None),
    (("10.0.0.7", 1), 404), (("2001:db8::1", 1), 404), (None, 404), (("testclient", 1), 404),
])
def test_who_visits_is_told_on_this_machine_only(client, status):
    for path in ("/resourcez", "/resourcez/"):
        assert answers(path, client=client)[0].get("status") == status


def test_a_goodbye_or_a_connection_without_a_name_is_no_fault_of_the_server():
    assert answers("/_solara/api/close/xx")[0]["status"] == 400
    assert answers("/_solara/api/close/xx", query_string=b"session_id=")[0]["status"] == 400
    assert answers("/_solara/api/close/xx", query_string=b"session_id=1") == [
        {"inner": "/_solara/api/close/xx"}
    ]
    path = "/jupyter/api/kernels/1/channels"
    assert answers(path, "websocket")[0]["type"] == "websocket.close"
    assert answers(path, "websocket", query_string=b"session_id=1") == [{"inner": path}]


def test_one_visitor_too_many_is_told_so_and_the_place_is_free_again_later():
    kept = {"a", "b"}
    wait = asyncio.Event()

    async def application(scope, receive, send):
        await (wait.wait() if scope["type"] == "websocket" else send({"inner": scope["path"]}))

    async def visits():
        sent = []

        async def send(message):
            sent.append(message)

        async def ask(kind, path):
            await wrapped({"type": kind, "path": path}, None, send)

        wrapped = bounded_visitors(application, 2, kept)
        tabs = [asyncio.create_task(ask("websocket", f"/jupyter/api/kernels/{name}/channels"))
                for name in "ab"]
        await asyncio.sleep(0)
        await ask("websocket", "/jupyter/api/kernels/c/channels")
        await ask("http", "/compare")
        await ask("http", "/static/main.js")
        wait.set()
        await asyncio.gather(*tabs)
        await ask("http", "/compare")
        # Of those that may come back no more than as many again are kept.
        kept.update("cd")
        await ask("http", "/")
        await ask("websocket", "/jupyter/api/kernels/e/channels")
        await ask("websocket", "/jupyter/api/kernels/a/channels")
        return sent

    first, page, body, static, later, start, _, last = asyncio.run(visits())
    assert (first["type"], first["code"]) == ("websocket.close", 1013)
    assert (page["status"], start["status"], last["code"]) == (503, 503, 1013)
    assert "访问人数过多" in body["body"].decode()
    assert (static["inner"], later["inner"]) == ("/static/main.js", "/compare")


def test_a_port_that_is_taken_is_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "dashboard.server", "--no-browser", "--host", "127.0.0.1",
             "--port", str(port)], capture_output=True, text=True, cwd=ROOT, timeout=120,
        )
    assert done.returncode == 2
    assert f"port {port} is taken" in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_that_are_set_already_stay(monkeypatch):
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOLARA_KERNEL_CULL_TIMEOUT", "3s")
    import os

    prepare_surroundings()
    assert os.environ["SOLARA_KERNEL_CULL_TIMEOUT"] == "3s"
    assert os.environ["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "false"
