"""The library over HTTP: the same answers, problems with their place, limits, and nothing that is kept."""

from __future__ import annotations

import base64
import json
import logging
import multiprocessing
import socket
import threading
import tomllib
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from time import time as clock
from typing import Any

import httpx2 as httpx
import jsonschema
import pytest

import taper
from taper.errors import OrderError
from taper.exchange.difference_document import difference_data
from taper.web.hooks.policy import Policy
from taper.web.service.app import service_app
from taper.web.service.openapi import openapi
from taper.web.service.replies import TITLES
from taper.web.service.settings import Limits, Settings
from tests.support.hooks import active, order, request
from tests.support.service import running
from tests.support.tokens import clients, token

EXAMPLES = Path(__file__).parents[2] / "examples"
JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with running() as made:
        yield made


def example(name: str = "diazepam") -> dict[str, Any]:
    """Return an example order as JSON has it."""
    data = tomllib.loads((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"))
    made: dict[str, Any] = json.loads(json.dumps(data, default=str))
    return made


def planned(name: str = "diazepam") -> taper.Schedule:
    return taper.plan(taper.parse_order(example(name)))


def plan_of(name: str = "diazepam") -> dict[str, Any]:
    return taper.document(planned(name), taper.check(planned(name)))


def conforms(data: Any, path: str, status: str = "200") -> None:
    """Hold an answer against the description of its address."""
    described = openapi()
    operation = next(iter(described["paths"][path].values()))
    content = operation["responses"][status]["content"]
    schema = next(iter(content.values()))["schema"]
    jsonschema.Draft202012Validator({**schema, "components": described["components"]}).validate(data)


@pytest.mark.parametrize("name", ["diazepam", "lorazepam_dilution", "crossover", "weekly", "finish"])
def test_a_plan_is_that_of_the_library(client: httpx.Client, name: str) -> None:
    answer = client.post("/v1/plan", json={"order": example(name)})
    assert answer.status_code == 200
    assert answer.json() == plan_of(name)
    conforms(answer.json(), "/v1/plan")


def test_a_check_is_that_of_the_library_of_an_order_a_plan_and_a_file(client: httpx.Client) -> None:
    expected = taper.report_data(taper.check(planned()))
    for asked in ({"order": example()}, {"plan": plan_of()}):
        answer = client.post("/v1/check", json=asked)
        assert answer.json() == expected
        conforms(answer.json(), "/v1/check")
    rows = ("start,end,time,drug,dose_mg", "2026-01-05,2026-01-18,morning,diazepam,20")
    table = "\n".join((*rows, "2026-01-19,2026-02-01,morning,diazepam,10", ""))
    expected = taper.report_data(taper.check(taper.read_schedule(table).schedule()))
    assert client.post("/v1/check", json={"record": table}).json() == expected
    assert (
        client.post("/v1/check", json={"record_base64": base64.b64encode(table.encode()).decode()}).json() == expected
    )
    fhir = json.loads(taper.export(planned(), "fhir", written_on="2026-01-05"))
    own = taper.report_data(taper.check(taper.read_schedule(json.dumps(fhir)).schedule()))
    assert client.post("/v1/check", json={"record": fhir}).json() == own


def test_guidelines_can_be_named(client: httpx.Client) -> None:
    answer = client.post("/v1/check", json={"order": example(), "guidelines": ["nhs-scotland"]})
    assert answer.json() == taper.report_data(taper.check(planned(), guidelines=["nhs-scotland"]))


def test_options_are_those_of_the_library(client: httpx.Client) -> None:
    answer = client.post("/v1/options", json={"order": example()})
    found = taper.options(taper.parse_order(example()))
    conforms(answer.json(), "/v1/options")
    assert [one["lines"] for one in answer.json()["options"]] == [list(one.lines) for one in found]


def test_a_revision_and_a_difference_are_those_of_the_library(client: httpx.Client) -> None:
    change = {"on": "2026-03-10", "hold": "2 weeks", "reason": "sleep"}
    answer = client.post("/v1/revise", json={"plan": plan_of(), "change": change})
    after = taper.revise(planned(), on="2026-03-10", hold="2 weeks", reason="sleep")
    assert answer.json() == taper.document(after, taper.check(after))
    differs = client.post("/v1/difference", json={"old": plan_of(), "new": answer.json()})
    reports = {"old_report": taper.check(planned()), "new_report": taper.check(after)}
    assert differs.json() == difference_data(taper.difference(planned(), after, **reports))
    conforms(differs.json(), "/v1/difference")


@pytest.mark.parametrize(("to", "sheet"), [("html", "patient"), ("text", "clinician"), ("pdf", "card")])
def test_a_paper_has_the_bytes_of_the_library(client: httpx.Client, to: Any, sheet: Any) -> None:
    asked = {"order": example(), "to": to, "sheet": sheet, "printed_on": "2026-02-01"}
    answer = client.post("/v1/render", json=asked)
    expected = taper.render(planned(), taper.check(planned()), to, printed_on="2026-02-01", sheet=sheet)
    assert answer.content == expected
    assert answer.headers["content-type"].startswith(
        {"html": "text/html", "text": "text/plain"}.get(to, "application/pdf")
    )
    assert "sandbox" in answer.headers["content-security-policy"], "a browser that opens it runs nothing"


@pytest.mark.parametrize("to", ["ics", "fhir", "csv", "days", "steps", "markdown", "sig", "medtimer"])
def test_a_file_has_the_bytes_of_the_library(client: httpx.Client, to: Any) -> None:
    given: dict[str, Any] = {"written_on": "2026-01-05"} if to not in ("csv", "days", "steps", "sig") else {}
    clocks = {"times": {"morning": "08:00", "bedtime": "22:00"}} if to == "medtimer" else {}
    answer = client.post("/v1/export", json={"order": example(), "to": to, **given, **clocks})
    if clocks:
        given["times"] = {"morning": time(8), "bedtime": time(22)}
    assert answer.content == taper.export(planned(), to, **given)


def test_settings_of_a_format_are_passed_on_and_others_refused(client: httpx.Client) -> None:
    asked = {
        "order": example(),
        "to": "ics",
        "written_on": "2026-01-05",
        "times": {"morning": "07:30"},
        "discreet": True,
    }
    answer = client.post("/v1/export", json=asked)

    expected = taper.export(planned(), "ics", written_on="2026-01-05", times={"morning": time(7, 30)}, discreet=True)
    assert answer.content == expected
    refused = client.post("/v1/export", json={"order": example(), "to": "csv", "discreet": True})
    assert (refused.status_code, refused.json()["field"]) == (422, "discreet")


def test_a_conversion_gives_each_table_with_its_source(client: httpx.Client) -> None:
    answer = client.post("/v1/convert", json={"dose": "lorazepam 2 mg", "to": "diazepam"})
    conforms(answer.json(), "/v1/convert")
    found = taper.convert("lorazepam 2 mg", "diazepam")
    assert [(one["table"], one["low_mg"]) for one in answer.json()["values"]] == [
        (value.table.id, value.low.number) for value in found.values
    ]
    assert all(one["sources"] for one in answer.json()["values"])


@pytest.mark.parametrize(
    ("path", "key", "count"),
    [
        ("/v1/drugs", "drugs", len(taper.drugs())),
        ("/v1/products?country=us&drug=Diazepam", "products", len(taper.products("US", "diazepam"))),
        ("/v1/products?country=GB", "products", len(taper.products("GB"))),
        ("/v1/guidelines", "guidelines", len(taper.guidelines())),
        ("/v1/rules", "rules", len(taper.RULES)),
    ],
)
def test_lists_are_those_of_the_library(client: httpx.Client, path: str, key: str, count: int) -> None:
    for _ in range(2):  # the second time from what is known
        answer = client.get(path)
        assert len(answer.json()[key]) == count
        conforms(answer.json(), path.partition("?")[0])


@pytest.mark.parametrize("kind", ["plan", "order", "report", "today", "diff"])
def test_schemas_are_those_of_the_library(client: httpx.Client, kind: Any) -> None:
    assert client.get(f"/v1/schema?of={kind}").json() == taper.schema(kind)


def test_health_readiness_and_figures(client: httpx.Client) -> None:
    for path in ("/health", "/ready", "/v1/health", "/v1/ready"):
        assert client.get(path).json() == {"status": "ok", "version": taper.__version__}
    figures = client.get("/metrics")
    assert figures.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'taper_requests_total{method="GET",route="/health",status="200"}' in figures.text


def test_the_description_names_every_address_and_resolves(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert described == json.loads(json.dumps(openapi()))
    assert described["openapi"].startswith("3.1")
    text = json.dumps(described)
    names = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= described["components"]["schemas"].keys()
    jsonschema.Draft202012Validator.check_schema(described["components"]["schemas"]["Order"])


# Problems say where, what, and what to do.


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/v1/plan", {}, "order"),
        ("/v1/plan", {"order": {}}, "order.drug"),
        ("/v1/plan", {"order": example() | {"drugs": "x"}}, "order.drugs"),
        ("/v1/plan", {"order": example() | {"start": "yesterday"}}, "order.start"),
        ("/v1/check", {}, ""),
        ("/v1/check", {"order": example(), "plan": {}}, ""),
        ("/v1/check", {"plan": {"schema": "taper-plan/2"}}, "plan.schema"),
        ("/v1/check", {"record": "a,b\n1,2\n"}, "record.line 1"),
        ("/v1/check", {"record_base64": "%"}, "record_base64"),
        ("/v1/check", {"order": example(), "guidelines": ["nobody"]}, ""),
        ("/v1/revise", {"plan": plan_of(), "change": {"on": "2026-03-10", "holds": "2 weeks"}}, "change"),
        ("/v1/revise", {"plan": plan_of(), "change": {}}, "change.on"),
        ("/v1/difference", {"old": plan_of(), "new": {}}, "new.schema"),
        ("/v1/render", {"order": example(), "to": "docx", "printed_on": "2026-01-01"}, "to"),
        ("/v1/render", {"order": example(), "to": "pdf"}, "printed_on"),
        ("/v1/export", {"order": example(), "to": "fhir"}, "written_on"),
        ("/v1/convert", {"dose": "two", "to": "diazepam"}, ""),
    ],
)
def test_a_problem_names_its_place_in_the_request(client: httpx.Client, path: str, body: Any, field: str) -> None:
    answer = client.post(path, json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    conforms(answer.json(), path, "422")
    assert answer.json().get("field", "") == field
    assert answer.json()["detail"]
    assert answer.json()["status"] == 422


def test_an_order_that_cannot_be_carried_out_gets_its_ways_out(client: httpx.Client) -> None:
    stuck = example() | {"phase": [{"reduce": "2% of current", "every": "2 weeks", "until": "0 mg"}]}
    answer = client.post("/v1/plan", json={"order": stuck})
    with pytest.raises(taper.StuckError) as refused:
        taper.plan(taper.parse_order(stuck))
    assert answer.json()["type"] == "urn:taper:problem:makeable"
    assert answer.json()["ways_out"] == list(refused.value.ways_out)
    assert answer.json()["step"] == refused.value.step


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b"null", 422),
        (b'{"order": 1, "order": 2}', 422),
        (b'{"order": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", 422),
        (b"\xff\xfe", 422),
        (b'{"order": {"drug": 1e999999999}}', 422),
        (b'{"order": "\\ud800"}', 422),
    ],
)
def test_a_body_that_is_none_is_refused(client: httpx.Client, body: bytes, status: int) -> None:
    assert client.post("/v1/plan", content=body, headers=JSON).status_code == status
    assert client.post("/cds-services/taper-pace", content=body, headers=JSON).status_code == 400
    assert client.post("/cds-services/taper-pace/feedback", content=body, headers=JSON).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/v1/nothing", 404, "not-found"),
        ("POST", "/cds-services/other", 404, "not-found"),
        ("GET", "/v1/../../etc/passwd", 404, "not-found"),
        ("GET", "/v1/plan", 405, "method"),
        ("POST", "/v1/drugs", 405, "method"),
        ("DELETE", "/cds-services", 405, "method"),
        ("GET", "/v1/drugs?all=1", 400, "request"),
        ("GET", "/v1/products", 422, "order"),
        ("GET", "/v1/products?country=XX", 422, "order"),
        ("GET", "/v1/schema?of=x", 422, "order"),
    ],
)
def test_an_address_or_method_that_there_is_not_is_a_problem(
    client: httpx.Client, method: str, path: str, status: int, kind: str
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.json()["type"] == f"urn:taper:problem:{kind}"
    assert kind in TITLES
    assert status != 405 or answer.headers["allow"]


@pytest.mark.parametrize("media", ["text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_that_is_not_json_is_refused(client: httpx.Client, media: str) -> None:
    """So no page of another origin can send one without being asked first (CORS)."""
    answer = client.post("/v1/plan", content=b"{}", headers={"content-type": media})
    assert answer.status_code == 415


def test_a_foreign_name_of_this_machine_is_refused(client: httpx.Client) -> None:
    assert client.get("/v1/drugs", headers={"host": "evil.example:80"}).status_code == 421
    assert client.get("/v1/drugs", headers={"host": ""}).status_code == 421
    assert client.get("/v1/drugs", headers={"host": "LOCALHOST:1"}).status_code == 200


def test_the_identifier_of_a_request_is_the_clients_if_it_is_a_uuid(client: httpx.Client) -> None:
    given = "9f0b7a3e-6c1e-4d58-9d7e-0a4c8d1b2f3a"
    assert client.get("/health", headers={"x-request-id": given}).headers["x-request-id"] == given
    for other in ("patient Ada Example", "", "x" * 500):
        assert client.get("/health", headers={"x-request-id": other}).headers["x-request-id"] != other


# Limits.


def test_a_large_body_is_refused_said_or_not() -> None:
    with running(limits=Limits(workers=1, body_bytes=1_000)) as client:
        assert client.post("/v1/plan", content=b" " * 1_001, headers=JSON).status_code == 413

        def parts() -> Iterator[bytes]:
            for _ in range(100):
                yield b" " * 100

        assert client.post("/v1/plan", content=parts(), headers=JSON).status_code == 413
        assert client.get("/health").status_code == 200


def test_a_slow_body_is_refused_and_stops_nobody() -> None:
    with running(limits=Limits(workers=1, body_seconds=0.3)) as client:
        host = client.base_url.host, client.base_url.port
        with socket.create_connection(host, timeout=30) as slow:  # type: ignore[arg-type]
            slow.sendall(
                b"POST /v1/plan HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                b"content-length: 100\r\n\r\n{"
            )
            assert client.get("/health").status_code == 200
            assert slow.recv(100).startswith(b"HTTP/1.1 408")


def test_what_takes_too_long_is_ended_and_the_next_request_is_answered() -> None:
    with running(limits=Limits(workers=1, seconds=0.05)) as client:
        pdf = {"order": example(), "to": "pdf", "printed_on": "2026-01-01"}
        answer = client.post("/v1/render", json=pdf)
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:taper:problem:time")
        assert answer.headers["retry-after"]
        for _ in range(100):  # until the new worker has started
            again = client.post("/v1/convert", json={"dose": "lorazepam 2 mg", "to": "diazepam"})
            if again.status_code == 200:
                break
            assert again.json()["type"] == "urn:taper:problem:busy"
        assert again.status_code == 200
        assert 'taper_worker_troubles_total{trouble="slow"} 1.0' in client.get("/metrics").text


def test_a_long_order_does_not_keep_a_hook_waiting(client: httpx.Client) -> None:
    """The one worker of the library prints; the hook is answered before it is done."""
    done: list[str] = []
    begun = threading.Event()

    def print_papers() -> None:
        with httpx.Client(base_url=client.base_url, timeout=60) as own:
            begun.set()
            asked = {"order": example(), "to": "pdf", "printed_on": "2026-01-01", "sheet": "clinician"}
            assert own.post("/v1/render", json=asked).status_code == 200
            done.append("paper")

    thread = threading.Thread(target=print_papers)
    thread.start()
    begun.wait()
    answer = client.post("/cds-services/taper-pace", json=request(order(count=1), record=[active()]))
    done.append("hook")
    thread.join()
    assert len(answer.json()["cards"]) == 1
    assert done == ["hook", "paper"]


def test_more_requests_than_may_wait_are_told_to_come_again() -> None:
    with running(limits=Limits(workers=1, waiting=1, seconds=20)) as client:
        asked = {"order": example(), "to": "pdf", "printed_on": "2026-01-01"}
        statuses: list[int] = []

        def send() -> None:
            with httpx.Client(base_url=client.base_url, timeout=60) as own:
                statuses.append(own.post("/v1/render", json=asked).status_code)

        threads = [threading.Thread(target=send) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(statuses) == {200, 503}
        assert client.post("/v1/render", json=asked).status_code == 200


def test_a_worker_that_dies_is_replaced() -> None:
    others = {child.pid for child in multiprocessing.active_children()}
    with running() as client:
        for child in multiprocessing.active_children():
            if child.pid not in others:
                child.kill()
                child.join()
        body = request(order(count=1), record=[active()])
        first = client.post("/cds-services/taper-pace", json=body)
        assert (first.status_code, first.json()["type"]) == (503, "urn:taper:problem:memory")
        assert client.post("/cds-services/taper-pace", json=body).status_code == 200


def test_a_worker_is_replaced_when_it_has_done_its_share() -> None:
    with running(limits=Limits(workers=1, lifetime=2)) as client:
        for _ in range(5):
            answer = client.post("/v1/convert", json={"dose": "lorazepam 2 mg", "to": "diazepam"})
            assert answer.status_code == 200


# Trust.


def test_in_production_only_a_trusted_client_is_answered(tmp_path: Path) -> None:
    base = "https://taper.example.org"
    with running(clients=clients(tmp_path), production=True, base_url=base) as client:
        now = int(clock())
        body = request(order(count=1), record=[active()])

        def ask(path: str, **claims: Any) -> httpx.Response:
            said = {"iat": now, "exp": now + 300, "aud": f"{base}{path}", **claims}
            return client.post(path, json=body, headers={"authorization": token(**said)})

        path = "/cds-services/taper-pace"
        assert client.post(path, json=body).status_code == 401
        good = ask(path)
        assert (good.status_code, len(good.json()["cards"])) == (200, 1)
        again = ask(path)
        assert again.status_code == 401
        assert again.json() == {"type": "urn:taper:problem:trust", "title": TITLES["trust"], "status": 401}
        assert ask(path, jti="two", aud=base).status_code == 401
        assert ask(f"{path}/feedback", jti="three").status_code == 400, "trusted, and no feedback"
        assert client.post(f"{path}/feedback", json={}).status_code == 401
        assert client.post("/v1/plan", json={"order": example()}).status_code == 401
        assert client.get("/cds-services").status_code == 200
        assert client.get("/health").status_code == 200


def test_in_production_a_client_may_change_its_keys_while_the_service_runs(tmp_path: Path) -> None:
    base, path = "https://taper.example.org", "/cds-services/taper-pace"
    with running(clients=clients(tmp_path, "ec"), production=True, base_url=base) as client:
        clients(tmp_path, "rsa")
        said = {"iat": int(clock()), "exp": int(clock()) + 300, "aud": base + path}
        body = request(order(count=1), record=[active()])
        for kid, status in (("ec", 200), ("rsa", 200), ("ec", 401)):
            sent = {"authorization": token(kid, jti=f"{kid}{status}", **said)}
            assert client.post(path, json=body, headers=sent).status_code == status


def test_behind_the_path_of_a_proxy_it_is_known_by_its_outer_address(tmp_path: Path) -> None:
    """The proxy takes `/taper` away: the audience of a token and the description have it, and nothing leads past it."""
    base, path = "https://ehr.example.org/taper", "/cds-services/taper-pace"
    given = {"clients": clients(tmp_path), "production": True, "base_url": f"{base}/"}
    with running(**given, hosts=("127.0.0.1", "ehr.example.org")) as client:
        client.headers["host"] = "ehr.example.org"
        now = int(clock())
        said = {"iat": now, "exp": now + 300}
        body = request(order(count=1), record=[active()])
        for audience, status in ((f"{base}{path}", 200), (f"https://ehr.example.org{path}", 401)):
            sent = {"authorization": token(jti=str(status), aud=audience, **said)}
            assert client.post(path, json=body, headers=sent).status_code == status
        assert client.get("/openapi.json").json()["servers"] == [{"url": base}]
        assert client.get("/cds-services/").json() == client.get("/cds-services").json()
        assert client.get("/v1/drugs/").status_code == 404
        assert client.get("/v1/drugs", headers={"host": "stranger.example"}).status_code == 421


def test_an_address_of_version_6_is_known_by_its_name_in_brackets() -> None:
    with running(hosts=("127.0.0.1", "2001:db8::1")) as client:
        assert client.get("/health", headers={"host": "[2001:db8::1]:8080"}).status_code == 200


def test_production_without_trusted_clients_or_https_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(OrderError, match="--clients"):
        service_app(Settings(production=True, base_url="https://taper.example.org"))
    with pytest.raises(OrderError, match="HTTPS"):
        service_app(Settings(production=True, clients=clients(tmp_path)))


# Nothing is kept.


def test_neither_logs_nor_figures_hold_anything_of_a_request(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "Zebulon"
    with caplog.at_level(logging.DEBUG):
        body = request(order(f"Diazepam 5 MG {secret}", 1), record=[active()])
        body["context"]["patientId"] = secret
        client.post("/cds-services/taper-pace", json=body)
        client.post(f"/cds-services/{secret}", json=body)
        client.post("/v1/plan", json={"order": {"drug": secret}})
        client.get(f"/v1/products?country={secret}&drug={secret}", headers={"x-request-id": secret})
        client.request(secret.upper(), f"/{secret}")
        feedback = {"card": secret, "outcome": secret}
        client.post("/cds-services/taper-pace/feedback", json={"feedback": [feedback]})
    ours = [record for record in caplog.records if record.name in ("taper.web", "uvicorn.error", "uvicorn.asgi")]
    assert not logging.getLogger("uvicorn.access").propagate, "pytest listens to it all the same"
    lines = [record.getMessage() for record in ours if record.name == "taper.web"]
    assert len(lines) == 6
    told = " ".join(f"{record.msg} {record.getMessage()}" for record in ours)
    assert secret.lower() not in (told + client.get("/metrics").text).lower()
    for line in map(json.loads, lines):
        assert set(line) == {"event", "id", "route", "method", "status", "ms"}


def test_feedback_is_counted_and_nothing_of_it_is_kept(client: httpx.Client) -> None:
    card = "6f1e6b0e-0000-4000-8000-000000000001"
    at = {"outcomeTimestamp": "2026-11-28T18:33:17.432Z"}
    reason = {"reason": {"code": "agreed", "system": "urn:taper:override-reason"}, "userComment": "Zebulon"}
    outcomes = [
        {"card": card, "outcome": "accepted", "acceptedSuggestions": [{"id": card}], **at},
        {"card": card, "outcome": "overridden", "overrideReason": reason, **at},
        {"card": card, "outcome": "overridden", "overrideReason": {"reason": {"code": "Zebulon"}}, **at},
        {"card": card, "outcome": "overridden", **at},
    ]
    answer = client.post("/cds-services/taper-pace/feedback", json={"feedback": outcomes})
    assert (answer.status_code, answer.content) == (200, b"")
    figures = client.get("/metrics").text
    for outcome, why in (
        ("accepted", "none"),
        ("overridden", "agreed"),
        ("overridden", "other"),
        ("overridden", "none"),
    ):
        assert f'taper_feedback_total{{outcome="{outcome}",reason="{why}",service="taper-pace"}} 1.0' in figures
    assert "Zebulon" not in figures


@pytest.mark.parametrize(
    ("outcome", "field"),
    [
        ({"card": "no uuid"}, "feedback[0].card"),
        ({"outcome": "ignored"}, "feedback[0].outcome"),
        ({"outcome": "accepted", "acceptedSuggestions": []}, "feedback[0].acceptedSuggestions"),
        ({"outcomeTimestamp": ""}, "feedback[0].outcomeTimestamp"),
    ],
)
def test_feedback_that_is_none_is_refused(client: httpx.Client, outcome: dict[str, Any], field: str) -> None:
    good = {
        "card": "6f1e6b0e-0000-4000-8000-000000000001",
        "outcome": "overridden",
        "outcomeTimestamp": "2026-11-28T18:33:17.432Z",
    }
    answer = client.post("/cds-services/taper-today/feedback", json={"feedback": [good | outcome]})
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_addresses_of_one_hook_tell_of_that_hook_alone(client: httpx.Client) -> None:
    """For clients that keep one hook for the address of a service, such as the public sandbox."""
    (service,) = client.get("/order-select/cds-services").json()["services"]
    assert service["hook"] == "order-select"
    body = request(order(count=1), record=[active()], hook="order-select")
    assert len(client.post("/order-select/cds-services/taper-pace", json=body).json()["cards"]) == 1
    assert client.post("/patient-view/cds-services/taper-pace", json=body).status_code == 404


def test_the_policy_of_the_service_judges(client: httpx.Client) -> None:
    with running(policy=Policy(guidelines=("nhs-scotland",))) as other:
        body = request(order(count=1), record=[active()])
        texts = [
            one.post("/cds-services/taper-pace", json=body).json()["cards"][0]["detail"] for one in (client, other)
        ]
    assert "Judged by ASAM 2025." in texts[0]
    assert "Judged by ASAM 2025." not in texts[1]


def test_a_request_is_answered_for_the_day_of_the_service() -> None:
    with running(today=lambda: date(2026, 12, 24)) as client:
        body = request(hook="patient-view", record=[active()])
        assert (
            "is still an active order"
            in client.post("/cds-services/taper-today", json=body).json()["cards"][0]["detail"]
        )
