"""`taper desk`: one line with its address, and then nothing until it is ended."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from taper.cli import main, page
from taper.web.desk import serving

STARTED = 60  # seconds, on a busy machine


@contextmanager
def started(*arguments: str, code: str = "") -> Iterator[subprocess.Popen[str]]:
    """Run the command in a process of its own."""
    script = f"import sys\n{code}\nfrom taper.cli import main\nsys.exit(main(['desk', *sys.argv[1:]]))"
    with subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.posix
def test_it_prints_its_address_and_serves_until_it_is_ended() -> None:
    for number, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
        with started("--no-open") as process:
            found = address(process)
            with urllib.request.urlopen(found, timeout=STARTED) as reply:
                assert b'id="desk"' in reply.read()
            process.send_signal(number)
            said, complaint = process.communicate(timeout=STARTED)
            assert said == ""
            assert process.returncode == code
            assert complaint.count("\n") <= 1
            with pytest.raises((urllib.error.URLError, ConnectionError)):
                urllib.request.urlopen(found, timeout=5)


def test_it_takes_the_port_that_is_named_and_says_so_when_it_cannot(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["desk", "--no-open", "--port", str(port)]) == 2
        assert f"port {port} cannot be used" in capsys.readouterr().err
    with started("--no-open", "--port", str(port)) as process:
        assert address(process).startswith(f"http://127.0.0.1:{port}/")
    for wrong in ("99999", "-1"):
        assert main(["desk", "--no-open", "--port", wrong]) == 2
        assert "port" in capsys.readouterr().err


def test_without_its_packages_it_says_how_to_install_them() -> None:
    for package in ("uvicorn", "starlette"):
        with started("--no-open", code=f"sys.modules[{package!r}] = None") as process:
            said, complaint = process.communicate(timeout=STARTED)
            assert (said, process.returncode) == ("", 2)
            assert "pip install 'taper-planner[web]'" in complaint


def test_it_opens_the_browser_unless_it_is_told_not_to(monkeypatch: pytest.MonkeyPatch, capsysbinary: Any) -> None:
    shown: list[str] = []
    monkeypatch.setattr(page.webbrowser, "open", shown.append)
    asked: list[bool] = []

    def serve(_: serving.Desk, *, ends_alone: bool, ready: Any) -> None:
        asked.append(ends_alone)
        ready()

    monkeypatch.setattr(serving, "serve", serve)
    assert main(["desk"]) == 0
    assert main(["desk", "--no-open"]) == 0
    assert asked == [True, False], "it ends alone only if it opened the page itself"
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert len(lines) == 2
    assert shown == lines[:1]


def test_it_ends_when_the_page_was_closed_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "AFTER_CLOSED", 0.2)
    monkeypatch.setattr(serving, "_GLANCE", 0.05)
    monkeypatch.setattr(serving, "_LOOK", 0.05)
    desk = serving.open_desk()
    ready = threading.Event()
    thread = threading.Thread(target=lambda: serving.serve(desk, ends_alone=True, ready=ready.set), daemon=True)
    thread.start()
    assert ready.wait(STARTED)
    time.sleep(0.5)
    assert thread.is_alive(), "no page has said that it was closed"
    origin = desk.address[: desk.address.index("/", 8)]
    closed = urllib.request.Request(f"{desk.address}closed", method="POST", headers={"Origin": origin})
    with urllib.request.urlopen(closed, timeout=STARTED) as reply:
        assert reply.status == 204
    thread.join(STARTED)
    assert not thread.is_alive()


def test_nothing_is_written_where_it_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with started("--no-open", code=f"sys.path.insert(0, {str(Path(__file__).parents[2])!r})") as process:
        urllib.request.urlopen(address(process), timeout=STARTED).close()
    assert list(tmp_path.iterdir()) == []
