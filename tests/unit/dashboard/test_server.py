"""The page server: addresses of no page, a port that is taken."""

import asyncio
import socket
import subprocess
import sys

import pytest

from agents.compiled import ROOT
from dashboard.server import SETTINGS, prepare_surroundings, readable_addresses


def answers(path, kind="http"):
    """What the wrapped application sends for a path."""
    sent = []

    async def application(scope, receive, send):
        await send({"inner": scope["path"]})

    async def send(message):
        sent.append(message)

    asyncio.run(readable_addresses(application)({"type": kind, "path": path}, None, send))
    return sent


@pytest.mark.parametrize("path", [
    "/", "/compare", "/studies", "/claims", "/claims/", "/static/main.js",
    "/_solara/cdn/requirejs@2.3.6/require.js",
    "/jupyter/api/kernels/1/channels", "/readyz", "/favicon.ico",
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
    "/_solara/cdn/../../../pyvenv.cfg", "/_solara/cdn//etc/passwd",
])
def test_front_end_files_that_are_not_here_are_not_asked_of_the_network(path):
    assert answers(path)[0]["status"] == 404


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
