"""The command that opens the dashboard: what it starts, and what it says where it cannot."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from importlib import util

import pytest

from agents.compiled import ROOT
from experiments.cli import main


def test_the_server_takes_the_place_of_the_command(monkeypatch, tmp_path):
    """In the checkout, with the same Python and what was asked for."""
    if os.name == "nt":
        pytest.skip("Windows starts it beside")
    seen = {}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "execv", lambda program, words: seen.update(
        program=program, words=words, folder=os.getcwd()
    ))
    main(["dashboard", "--port", "9000", "--host", "0.0.0.0", "--no-browser"])
    assert seen == {
        "program": sys.executable, "folder": str(ROOT),
        "words": [sys.executable, "-m", "dashboard.server", "--port", "9000", "--host", "0.0.0.0",
                  "--no-browser"],
    }


def test_without_the_extra_it_says_how_to_get_it(monkeypatch, capsys):
    """One line and status 2."""
    found = util.find_spec
    monkeypatch.setattr(
        util, "find_spec", lambda name, *rest: None if name == "solara" else found(name, *rest)
    )
    with pytest.raises(SystemExit) as stopped:
        main(["dashboard"])
    said = capsys.readouterr().err
    assert stopped.value.code == 2
    assert "solara not installed" in said
    assert ".[dashboard]" in said
    assert said.count("\n") == 1


def test_a_port_that_cannot_be_is_refused(capsys):
    """One line and status 2."""
    with pytest.raises(SystemExit) as stopped:
        main(["dashboard", "--port", "70000"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def _started(*words):
    return subprocess.Popen(
        [sys.executable, "-m", "experiments.cli", "dashboard", "--no-browser", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )


@pytest.mark.skipif(os.name == "nt", reason="signals of Windows are others")
def test_it_serves_until_it_is_interrupted():
    """The first line says where; a taken port is told; an interrupt ends all of it."""
    pytest.importorskip("solara")
    server = _started("--port", "0")
    try:
        line = server.stdout.readline()
        assert line.startswith("swcmarket: http://localhost:"), server.stderr.read()
        url = line.split()[1]
        assert urllib.request.urlopen(f"{url}/readyz", timeout=30).status == 200
        taken = _started("--port", url.rsplit(":", 1)[1])
        said = taken.communicate(timeout=60)[1]
        assert taken.returncode == 2
        assert f"port {url.rsplit(':', 1)[1]} is taken" in said
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)
        assert server.returncode in (0, 130, -signal.SIGINT)
    finally:
        server.kill()
        server.communicate()
    with socket.socket() as free:
        # Nobody listens any longer.
        assert free.connect_ex(("127.0.0.1", int(url.rsplit(":", 1)[1]))) != 0
