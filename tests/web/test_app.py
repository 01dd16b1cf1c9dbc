"""The server lets through only what comes from the page itself, keeps nothing, and tells nobody what was typed."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Callable
from typing import Any

import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from taper.order.order import read_order
from taper.web.desk import answering, app as shell
from taper.web.desk.app import MOST_BYTES, Signs, desk_app
from taper.web.desk.form import to_fields
from taper.web.desk.serving import AFTER_CLOSED, AFTER_SILENCE, HERE, is_over, open_desk
from tests.tools.readme import README

TOKEN = "a-token-of-this-test"
HOST = "127.0.0.1:8123"
OWN = {"host": HOST, "origin": f"http://{HOST}"}
FIELDS = to_fields(read_order(README.parent / "examples" / "diazepam.toml").as_data())


@pytest.fixture
def client() -> TestClient:
    return TestClient(desk_app(TOKEN, frozenset({HOST, "localhost:8123"})), base_url=f"http://{HOST}")


def post(client: TestClient, path: str = "", headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
    return client.post(f"/{TOKEN}/{path}", headers=OWN | (headers or {}), **more)


def test_page_and_its_files_are_served_with_a_strict_policy_and_nothing_is_kept(client: TestClient) -> None:
    for path in ("", "desk.css", "desk.js", "htmx.min.js", "icon.svg"):
        reply = client.get(f"/{TOKEN}/{path}")
        assert reply.status_code == 200
        policy = reply.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in reply.headers
        assert "access-control-allow-origin" not in reply.headers


def test_a_change_is_answered_and_a_paper_is_a_file(client: TestClient) -> None:
    live = post(client, "live", data=FIELDS)
    assert "From 20" in live.text
    paper = post(client, "take", data=FIELDS | {"take": "patient.html"})
    assert paper.headers["content-disposition"] == 'attachment; filename="handout.html"'
    assert "set-cookie" not in paper.headers


@pytest.mark.parametrize(
    "path", ["", "/", "/wrong/", f"/{TOKEN}", f"/{TOKEN}x/", f"/x{TOKEN}/", "/desk.css", "/favicon.ico"]
)
def test_without_the_token_there_is_nothing(client: TestClient, path: str) -> None:
    reply = client.get(path, follow_redirects=False)
    assert reply.status_code == 404
    assert "taper" not in reply.text


@pytest.mark.parametrize(
    "path",
    [
        "../app.py",
        "..%2fapp.py",
        "%2e%2e/%2e%2e/words.toml",
        "desk.css/../../app.py",
        "....//app.py",
        "static/desk.css",
        "/etc/passwd",
        "desk.css%00",
        "words.toml",
        "C:\\windows",
    ],
)
def test_no_other_file_can_be_reached(client: TestClient, path: str) -> None:
    reply = client.get(f"/{TOKEN}/{path}", follow_redirects=False)
    assert reply.status_code == 404
    assert reply.text == "There is nothing here.\n"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8123", "127.0.0.1:9", "127.0.0.1", "", "127.0.0.1:8123.evil.example"]
)
def test_a_name_that_was_bound_to_this_machine_is_refused(client: TestClient, host: str) -> None:
    """DNS rebinding: another site's name leads here, and the browser takes it for the site's own."""
    assert client.get(f"/{TOKEN}/", headers={"host": host}).status_code == 421
    assert post(client, headers={"host": host}, data=FIELDS).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:8123", "http://127.0.0.1:9", ""])
def test_another_sites_request_is_refused(client: TestClient, origin: str) -> None:
    assert post(client, headers={"origin": origin}, data=FIELDS).status_code == 403
    assert client.get(f"/{TOKEN}/", headers={"origin": origin}).status_code == 403


def test_a_form_without_an_origin_is_refused_and_so_is_one_that_the_browser_calls_foreign(client: TestClient) -> None:
    assert client.post(f"/{TOKEN}/", headers={"host": HOST}, data=FIELDS).status_code == 403
    for site in ("cross-site", "same-site"):
        assert post(client, headers={"sec-fetch-site": site}, data=FIELDS).status_code == 403
        assert client.get(f"/{TOKEN}/", headers={"sec-fetch-site": site}).status_code == 403
    assert client.get(f"/{TOKEN}/", headers={"sec-fetch-site": "none"}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, f"/{TOKEN}/", headers=OWN).status_code == 405


def test_a_large_body_is_refused_before_it_is_read(client: TestClient) -> None:
    reply = post(
        client, "live", headers={"content-type": "application/x-www-form-urlencoded"}, content=b"a=" + b"x" * MOST_BYTES
    )
    assert reply.status_code == 413


def test_a_large_body_of_no_said_length_is_refused_while_it_comes(client: TestClient) -> None:
    def parts() -> Any:
        for _ in range(MOST_BYTES // 1_000_000 + 2):
            yield b"x" * 1_000_000

    assert post(client, "live", headers={"content-type": "text/plain"}, content=parts()).status_code == 413


def test_a_slow_body_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then for ever would hold the server."""
    monkeypatch.setattr(shell, "PATIENCE", 0.05)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(name.encode(), value.encode()) for name, value in OWN.items()]
    scope = {"type": "http", "method": "POST", "path": f"/{TOKEN}/live", "headers": headers, "query_string": b""}
    asyncio.run(desk_app(TOKEN, frozenset({HOST}))(scope, receive, send))
    assert sent[0]["status"] == 408


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/json", "", "multipart/form-data", "multipart/form-data; boundary=x"]
)
def test_what_is_no_form_is_refused(client: TestClient, kind: str) -> None:
    reply = post(client, "live", headers={"content-type": kind}, content=b"{}")
    assert reply.status_code in (400, 415)


def test_too_many_fields_are_refused(client: TestClient) -> None:
    body = "&".join(f"a{number}=1" for number in range(shell.MOST_FIELDS + 1))
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert post(client, "live", headers=kind, content=body.encode()).status_code in (400, 413)


def test_work_that_takes_too_long_is_given_up_with_a_word(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setattr(shell, "WORK_SECONDS", 0.05)
    monkeypatch.setattr(shell, "answer", lambda *_, **__: time.sleep(0.3))
    reply = post(client, "live", data=FIELDS)
    assert reply.status_code == 503
    assert "Make the order smaller" in reply.text


def test_nothing_that_was_typed_is_logged_or_written_to_disk(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    """Not even a large file that is opened, and not when the program has a fault."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a file was made on the disk")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", refuse)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    secret = "Q-secret-Q"
    with caplog.at_level(logging.DEBUG):
        assert post(client, "live", data=FIELDS | {"handout.patient": secret}).status_code == 200
        large = f"start,end,time,drug,dose_mg\n{secret}".encode() + b"\n" * 3_000_000
        assert post(client, "open", files={"file": (f"{secret}.csv", large)}).status_code == 200
        monkeypatch.setattr(shell, "answer", Raise(ValueError(secret)))
        broken = post(client, "live", data=FIELDS)
    assert broken.status_code == 500
    assert secret not in broken.text
    assert secret not in caplog.text
    said = capfd.readouterr()
    assert secret not in said.out + said.err


class Raise:
    def __init__(self, problem: Exception) -> None:
        self.problem = problem

    def __call__(self, *_: Any, **__: Any) -> Any:
        raise self.problem


def test_a_page_that_speaks_keeps_the_server_and_one_that_was_closed_ends_it() -> None:
    signs = Signs()
    client = TestClient(desk_app(TOKEN, frozenset({HOST}), signs), base_url=f"http://{HOST}")
    assert post(client, "closed").status_code == 204
    assert signs.closed
    assert post(client, "alive").status_code == 204
    assert not signs.closed, "another page is open, or it was only loaded again"
    assert is_over(AFTER_CLOSED + 1, closed=True)
    assert not is_over(AFTER_CLOSED + 1, closed=False)
    assert is_over(AFTER_SILENCE + 1, closed=False)
    assert signs.silent_for() < 60


def test_it_listens_on_this_machine_alone_at_an_address_that_nobody_can_guess() -> None:
    first, second = open_desk(), open_desk()
    try:
        assert first.listening.getsockname()[0] == HERE == "127.0.0.1"
        assert first.token != second.token
        assert len(first.token) >= 32
        assert first.address == f"http://127.0.0.1:{first.listening.getsockname()[1]}/{first.token}/"
    finally:
        first.listening.close()
        second.listening.close()


def test_the_answers_know_no_server(loaded: Callable[[str], set[str]]) -> None:
    """What answers can be used in another home, where there is no starlette."""
    modules = loaded("from taper.web.desk.answering import answer")
    assert not {"starlette", "uvicorn", "python_multipart", "anyio", "httpx"} & modules
    assert "taper.web.desk.answering" in modules


@pytest.fixture
def loaded() -> Callable[[str], set[str]]:
    import json
    import subprocess
    import sys

    def run(code: str) -> set[str]:
        script = f"{code}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"
        ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        return set(json.loads(ran.stdout))

    return run


def test_the_vendored_script_says_its_version_and_license() -> None:
    text = (answering.STATIC / "htmx-LICENSE.txt").read_text(encoding="utf-8")
    script = (answering.STATIC / "htmx.min.js").read_text(encoding="utf-8")
    version = text.split()[1].rstrip(",")
    assert f'version:"{version}"' in script
    assert "Zero-Clause BSD" in text


def test_a_link_of_another_site_opens_the_empty_page_in_a_tab_of_its_own_and_no_more(client: TestClient) -> None:
    """A card in a record system leads here; a frame, a script or a file of the page is refused as ever."""
    link = {"host": HOST, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    opened = client.get(f"/{TOKEN}/", headers=link)
    assert opened.status_code == 200
    assert opened.headers["cross-origin-opener-policy"] == "same-origin"
    assert client.get("/guessed/", headers=link).status_code == 404
    assert client.get(f"/{TOKEN}/desk.js", headers=link).status_code == 403
    assert client.get(f"/{TOKEN}/", headers=link | {"sec-fetch-dest": "iframe"}).status_code == 403
    assert client.get(f"/{TOKEN}/", headers=link | {"sec-fetch-mode": "no-cors"}).status_code == 403
    assert client.post(f"/{TOKEN}/", headers=link, data=FIELDS).status_code == 403
