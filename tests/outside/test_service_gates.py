"""The service before other people's programs: models of CDS Hooks by healthchain, and schemathesis against OpenAPI."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.hooks import active, changed, epic, order, request
from tests.support.serving import Serving

HERE = Path(__file__).parent / "gates"
READERS = Path(os.environ.get("TAPER_GATES", Path.home() / ".cache" / "taper-gates")) / "python" / "bin"

SAME = ("render", "export", "difference", "revise")
"""Addresses that take the document of a plan, as `/v1/check` does: most of all requests, for the same schema."""
EACH = (
    ()
    if os.environ.get("TAPER_ADDRESSES") == "all"
    else [part for name in SAME for part in ("--exclude-path", f"/v1/{name}")]
)


@pytest.fixture(scope="module")
def serving() -> Iterator[Serving]:
    if not (READERS / "schemathesis").exists():
        reason = "healthchain and schemathesis are missing: run tests/outside/gates/prepare"
        if os.environ.get("TAPER_NO_SKIP") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with Serving("--workers", "1", "--country", "US", "--desk", "https://desk.example.org/") as made:
        yield made


def test_another_library_reads_our_requests_and_answers(serving: Serving) -> None:
    reference = {"reference": "Medication/m5", "display": "Diazepam 5 MG Oral Tablet"}
    by_reference = changed(order(count=4, often=1), medicationCodeableConcept=None, medicationReference=reference)
    bounds = {"start": "2026-11-28", "end": "2027-02-28"}
    bounded = order(count=4, often=2)
    bounded["dosageInstruction"][0]["timing"]["repeat"]["boundsPeriod"] = bounds
    lower = [
        request(order(count=4, often=1), record=[active(count=3, often=1)]),
        request(order(count=4, often=1, category=[{"text": "community"}]), record=[active(count=3, often=1)]),
        request(by_reference, record=[active(count=3, often=1)]),
        request(bounded, record=[active("Diazepam 5 MG Oral Tablet", count=6, often=2)]),
    ]
    bodies = [
        *lower,
        request(order(count=1), record=[active()], hook="order-select", selections=["MedicationRequest/request-123"]),
        request(epic("5", 1, "draft"), record=[epic("10", 1, "active")], encounterId="e1"),
        request(changed(order(), dosageInstruction=None), record=[active()]),
        request(order(), record=[active()]),
        request(hook="patient-view", record=[active()]),
    ]
    exchanges = []
    for body in bodies:
        service = "taper-today" if body["hook"] == "patient-view" else "taper-pace"
        exchanges.append((body, serving.client.post(f"/cds-services/{service}", json=body).json()))
    given = json.dumps({"discovery": serving.client.get("/cds-services").json(), "exchanges": exchanges})
    reader = [str(READERS / "python"), str(HERE / "hooks_reader")]
    done = subprocess.run(reader, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    cards, actions = map(int, done.stdout.split())
    assert cards == sum(len(answer["cards"]) for _, answer in exchanges) >= 5
    assert actions == len(lower)


@pytest.mark.parametrize(
    "options",
    [
        ("--phases", "examples,fuzzing", "--max-examples", "6"),
        ("--phases", "coverage", *EACH),
    ],
    ids=["whole requests", "every constraint"],
)
def test_schemathesis_finds_no_failure(serving: Serving, options: tuple[str, ...], tmp_path: Path) -> None:
    command = [str(READERS / "schemathesis"), "--config-file", str(HERE / "schemathesis.toml"), "run"]
    command += [
        f"{serving.client.base_url}/openapi.json",
        "--seed",
        "1",
        "--no-color",
        "--suppress-health-check=all",
        *options,
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6_000:]
    assert " failed" not in done.stdout
