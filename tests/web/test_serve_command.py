"""The command `taper serve` as a process of its own: it says where it listens, keeps nothing, and ends gracefully."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

import taper
from taper.cli import main
from taper.errors import TaperError
from taper.web.desk.serving import open_desk
from taper.web.service.pool import Pool
from taper.web.service.serving import serve
from taper.web.service.settings import Settings
from tests.support.hooks import active, order, request
from tests.support.service import ORIGIN
from tests.support.serving import ROOT, Serving, command, environment
from tests.support.tokens import ISSUER, clients

SECRET = "Zebulon"


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    with Serving("--workers", "1", "--country", "US", "--origin", ORIGIN, folder=tmp_path) as made:
        yield made


@pytest.mark.posix
def test_it_answers_keeps_nothing_and_ends_with_the_code_of_the_signal(serving: Serving, tmp_path: Path) -> None:
    body = request(order(f"Diazepam 5 MG Oral Tablet {SECRET}", 1), record=[active()])
    assert len(serving.client.post("/cds-services/taper-pace", json=body).json()["cards"]) == 1
    serving.client.post("/v1/plan", json={"order": {"drug": SECRET}})
    serving.client.get(f"/{SECRET}?{SECRET}={SECRET}", headers={"authorization": f"Bearer {SECRET}"})
    code, written = serving.end()
    assert code == 143
    assert SECRET not in written
    assert "Traceback" not in written
    assert '"ended"' in written
    assert all(json.loads(line) for line in written.splitlines() if line.startswith("{"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.posix
def test_a_request_under_way_is_answered_before_it_ends(serving: Serving) -> None:
    asked = {"record": "start,end,time,drug,dose_mg\n" + "2026-01-05,2026-01-18,morning,diazepam,20\n" * 20_000}
    answers: list[Any] = []
    with socket.create_connection((serving.client.base_url.host, serving.client.base_url.port or 0)) as open_one:
        content = json.dumps(asked).encode()
        fields = ("host: localhost", "content-type: application/json", f"content-length: {len(content)}")
        head = "\r\n".join(("POST /v1/check HTTP/1.1", *fields, "connection: close", "", ""))
        open_one.sendall(head.encode() + content)
        thread = threading.Thread(target=lambda: answers.append(open_one.recv(15)))
        thread.start()
        serving.client.get("/health")  # so that the one before has begun
        code, _ = serving.end()
        thread.join()
    assert code == 143
    assert answers[0].startswith(b"HTTP/1.1 ")


def refused(folder: Path, *arguments: str) -> str:
    """Run the command where it must not start, and return its line on standard error."""
    done = subprocess.run(
        command(*arguments),
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    return done.stderr


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"cannot listen on 127.0.0.1, port {port}" in refused(tmp_path, "--port", port)


def test_a_worker_that_cannot_start_is_said_and_is_no_success(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def start(_: Pool) -> None:
        raise OSError("a worker does not start")

    monkeypatch.setattr(Pool, "start", start)
    monkeypatch.setattr("taper.web.service.observing.write_logs", lambda: None)
    with caplog.at_level("ERROR"), pytest.raises(TaperError, match="cannot be started"):
        serve(Settings(), "127.0.0.1", 0)
    assert "a worker does not start" in caplog.text


def test_the_parts_of_an_answer_do_not_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets of the service and of the desk send at once: without it each request on a kept connection takes 40 ms."""
    seen: list[int] = []

    def run(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        server.started = True
        sockets[0].listen()
        with (
            socket.create_connection(sockets[0].getsockname()),
            sockets[0].accept()[0] as accepted,
        ):
            seen.append(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    monkeypatch.setattr("taper.web.service.observing.write_logs", lambda: None)
    monkeypatch.setattr(uvicorn.Server, "run", run)
    serve(Settings(), "127.0.0.1", 0)
    desk = open_desk()
    run(uvicorn.Server(uvicorn.Config("x")), [desk.listening])
    desk.listening.close()
    assert len(seen) == 2
    assert all(seen)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--workers", "0"), "--workers: 0 is not from 1 to 64"),
        (("--country", "Atlantis"), "country"),
        (("--guideline", "nobody"), "nobody"),
        (("--production",), "--clients"),
        (("--clients", "nowhere.toml"), "no such file"),
    ],
)
def test_what_it_cannot_start_with_is_said(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    assert words in refused(tmp_path, *arguments)


def test_production_needs_https(tmp_path: Path) -> None:
    clients(tmp_path)
    (tmp_path / "clients.toml").write_text(f'[[client]]\nissuer = "{ISSUER}"\nkeys = "keys.json"\n', encoding="utf-8")
    given = ("--production", "--clients", "clients.toml", "--base-url", "http://taper.example.org")
    assert "HTTPS" in refused(tmp_path, *given)


def test_every_option_of_the_page_on_serving_exists(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "examples" / "serving" / "README.md").read_text(encoding="utf-8")
    commands = " ".join(re.findall(r"taper serve ((?:[^`\n]|\\\n)*)", page)) + " ".join(
        re.findall(r"`(--[a-z-]+)", page)
    )
    options = set(re.findall(r"--[a-z-]+", commands))
    assert {"--production", "--clients", "--base-url", "--origin", "--workers", "--desk"} <= options
    assert main(["serve", "--help"]) == 0
    shown = capsys.readouterr().out
    assert not {option for option in options if option not in shown}


@pytest.mark.posix
def test_the_first_requests_of_the_page_on_serving_are_answered(serving: Serving, tmp_path: Path) -> None:
    """Word for word, but for the port: the order is planned, checked, printed and exported."""
    if shutil.which("curl") is None or shutil.which("sh") is None:
        pytest.skip("curl is not installed")
    page = (ROOT / "examples" / "serving" / "README.md").read_text(encoding="utf-8")
    written = page.partition("```json\n")[2].partition("```")[0]
    commands = page.partition("```sh\n")[2].partition("```")[0]
    assert "http://127.0.0.1:8080" in commands
    (tmp_path / "order.json").write_text(written, encoding="utf-8")
    address = str(serving.client.base_url).rstrip("/")
    subprocess.run(["sh", "-ec", commands.replace("http://127.0.0.1:8080", address)], cwd=tmp_path, check=True)
    order_given = taper.parse_order(json.loads(written)["order"])
    schedule = taper.plan(order_given)
    report = taper.check(schedule)
    assert json.loads((tmp_path / "plan.json").read_bytes()) == taper.document(schedule, report)
    assert json.loads((tmp_path / "report.json").read_bytes()) == taper.report_data(report)
    paper = taper.render(schedule, report, "text", printed_on="2026-01-02", sheet="patient")
    assert (tmp_path / "handout.txt").read_bytes() == paper
    assert (tmp_path / "plan.ics").read_bytes() == taper.export(schedule, "ics", written_on="2026-01-02")


@pytest.mark.parametrize("package", ["uvicorn", "starlette", "prometheus_client", "jwt"])
def test_a_package_that_is_missing_is_named_with_what_installs_it(tmp_path: Path, package: str) -> None:
    clients(tmp_path)
    (tmp_path / "clients.toml").write_text(f'[[client]]\nissuer = "{ISSUER}"\nkeys = "keys.json"\n', encoding="utf-8")
    code = f"import sys; sys.modules[{package!r}] = None; from taper.cli import main; sys.exit(main(sys.argv[1:]))"
    arguments = [sys.executable, "-c", code, "serve", "--clients", "clients.toml"]
    given: dict[str, Any] = {"cwd": tmp_path, "env": environment(tmp_path), "timeout": 120}
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, **given)
    assert done.returncode == 2
    assert "pip install 'taper-planner[web]'" in done.stderr
