"""Sends broken requests to the services of CDS Hooks: ``python -m tests.tools.fuzz_hooks --inputs 200000``.

Each must be answered, with cards as the specification has them, or refused by its place; and quickly. What goes wrong
is printed with the seed that makes it again. The deeds are called as a worker calls them; ``--url`` sends a share over
HTTP to a service that runs.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
import time as clock
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from taper.web.hooks.policy import Policy
from taper.web.hooks.services import PACE, TODAY
from taper.web.service.deeds import answer_hook
from tests.support.hooks import DAY, UCUM, active, changed, epic, order, request

SLOWEST = 2.0
FAIR = (200, 400, 412)
POLICY = Policy(country="US", desk="https://desk.example.org/")
HOSTILE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 3, 0.1, 1e308, 10**40, "", " ", "0", "1/0", "½", "x" * 5_000, [], {}, [[]], [{}]),
    *("2026-11-28", "2026-13-45", "0001-01-01", "9999-12-31", "2026-11-28T23:59:59+14:00", "2026", "28.11.2026"),
    *(
        "d",
        "wk",
        "mo",
        "h",
        "s",
        "mg",
        "{pill}",
        "{tbl}",
        "mL",
        "ug",
        "1",
        "BID",
        "active",
        "stopped",
        "entered-in-error",
        "on-hold",
        "unknown",
        "previous",
        "order-select",
        "plan",
    ),
    *(
        "diazepam",
        "Lorazepam 1 MG Oral Tablet",
        "Zopiclone 7.5 mg tablets",
        "Diazepam 5 mg/5 mL",
        "Take 1 tablet at night",
    ),
    *(
        "\u202e",
        "\x00",
        "<script>",
        "](javascript:x)",
        "{{context.patientId}}",
        "#",
        "#m",
        "Medication/",
        "\ud83d\ude00",
    ),
    {"resourceType": "Bundle"},
    {"resourceType": "OperationOutcome", "issue": [{"severity": "fatal"}]},
    {"reference": "Patient/p2"},
    {"value": 1, "unit": "tablet", "system": UCUM, "code": "{tbl}"},
    {"low": {"value": 1}, "high": {"value": 2}},
)


def seeds() -> Iterator[dict[str, Any]]:
    """Yield good requests of every kind."""
    fill = {
        "resourceType": "MedicationDispense",
        "id": "d1",
        "status": "completed",
        "subject": {"reference": "Patient/p1"},
        "medicationCodeableConcept": {"text": "Diazepam 10 mg tablet"},
        "whenHandedOver": "2026-11-10",
        "quantity": {"value": 56, "unit": "tablet"},
        "daysSupply": {"value": 28, "unit": "d", "code": "d"},
    }
    bounds = {"start": "2026-10-29T09:00:00Z", "end": "2026-11-27T23:59:59Z"}
    medication = {"resourceType": "Medication", "id": "m", "code": {"text": "Diazepam 5 MG Oral Tablet"}}
    referring = changed(order(count=1), medicationCodeableConcept=None, medicationReference={"reference": "#m"})
    past = active("Diazepam 1 MG Oral Tablet", 40, 1, id="m0", status="completed", authoredOn="2026-10-10")
    yield request(order(count=1), record=[active(), past])
    yield request(
        order(count=4, often=1), record=[active(count=3, often=1)], hook="order-select", selections=["x/request-123"]
    )
    yield request(epic("5", 1, "draft", boundsPeriod=bounds), record=[epic("10", 1, "active", boundsPeriod=bounds)])
    yield request(referring | {"contained": [medication]}, record=[active(), fill])
    yield request(order("Lorazepam 1 MG Oral Tablet"), order(count=1, id="other"), record=[active()])
    yield request(active(status="stopped"), record=[active()])
    yield request(
        order(), prefetch={"meds": None, "dispenses": {"resourceType": "Bundle", "entry": [{"resource": fill}]}}
    )
    yield request(hook="patient-view", record=[active(), past, fill])
    yield request(order(count=1, authoredOn="2026-10-01"), order(count=2), record=[active(), active(count=3)])
    away = changed(order(count=1), medicationCodeableConcept=None, medicationReference={"reference": "Medication/away"})
    yield request(away, record=[active(status="on-hold"), active(id="m7", authoredOn="2026-12-01")])
    statement = changed(
        fill, resourceType="MedicationStatement", status="active", effectivePeriod={"start": "2026-11-01"}
    )
    yield request(order(count=1), record=[statement | {"dosage": order()["dosageInstruction"]}])


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path to every value inside a value."""
    keys = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in keys:
        yield (*path, key)
        yield from places(inner, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def mutated(seed: int, bodies: list[dict[str, Any]]) -> bytes:
    """Return a broken request, always the same for a seed."""
    chance = random.Random(seed)
    body = copy.deepcopy(chance.choice(bodies))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        paths = list(places(body))
        if not paths:
            break
        path = chance.choice(paths)
        holder, key = at(body, path[:-1]), path[-1]
        how = chance.randrange(6)
        if how == 0:
            del holder[key]
        elif how == 1:
            holder[key] = copy.deepcopy(chance.choice(HOSTILE))
        elif how == 2:
            holder[key] = [copy.deepcopy(holder[key])] * chance.choice((1, 2, 40))
        elif how == 3:
            other = chance.choice(bodies)
            holder[key] = copy.deepcopy(at(other, chance.choice(list(places(other)))))
        elif how == 4 and isinstance(holder, dict):
            holder[str(chance.choice(paths)[-1])] = holder.pop(key)
        else:
            holder[key] = copy.deepcopy(at(body, chance.choice(paths)))
    text = json.dumps(body, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.1:
        cut = chance.randrange(len(text))
        text = text[:cut] + chance.choice(("", '"', "}", "\\", "\x00", "[" * 2_000)) + text[cut + chance.randrange(9) :]
    return text.encode("utf-8", "replace")


def faults(answer: bytes) -> list[str]:
    """Return what an answer has that the specification forbids."""
    try:
        data = json.loads(answer)
        cards = data["cards"]
    except (ValueError, KeyError, TypeError):
        return ["no cards"]
    found = [
        f"{path} is {value!r}" for path, value in _values(data) if value in (None, "", {}, []) and path != ("cards",)
    ]
    for card in cards:
        UUID(card["uuid"])
        if not 0 < len(card["summary"]) < 140 or "\n" in card["summary"]:
            found.append("summary")
        if card["indicator"] not in ("info", "warning", "critical") or not card["source"]["label"]:
            found.append("indicator or source")
        if ("suggestions" in card) is not ("selectionBehavior" in card):
            found.append("selectionBehavior")
    return found


def _values(data: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the values of an answer that are ours: an order that is given back whole is the client's."""
    return ((path, at(data, path)) for path in places(data) if "resource" not in path)


def tried(body: bytes) -> str:
    """Answer one broken request, and return its status; whatever else is raised is a fault."""
    service = TODAY if b'"patient-view"' in body else PACE
    begun = clock.process_time()
    reply = answer_hook(service, body, POLICY, DAY)
    taken = clock.process_time() - begun
    if reply.status not in FAIR:
        raise AssertionError(f"status {reply.status}")
    if reply.status == 200 and (wrong := faults(reply.content)):
        raise AssertionError(f"an answer that is none: {wrong[:3]}")
    if taken > SLOWEST:
        raise AssertionError(f"{taken:.1f} seconds of processor time")
    return f"{reply.status}{' with a card' if reply.marks else ''}"


def run(first: int, count: int) -> tuple[Counter[str], list[str]]:
    """Try some seeds, and return how they were answered and what went wrong."""
    bodies, counts, wrong = list(seeds()), Counter[str](), list[str]()
    for seed in range(first, first + count):
        try:
            counts[tried(mutated(seed, bodies))] += 1
        except Exception as problem:
            wrong.append(f"seed {seed}: {type(problem).__name__}: {problem}")
    return counts, wrong


def send(url: str, first: int, count: int) -> Counter[str]:
    """Send some broken requests to a service that runs, and return their statuses."""
    bodies, counts = list(seeds()), Counter[str]()
    for seed in range(first, first + count):
        body = mutated(seed, bodies)
        service = TODAY if b'"patient-view"' in body else PACE
        asked = urllib.request.Request(f"{url}/cds-services/{service}", body, {"content-type": "application/json"})
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                counts[str(answer.status)] += 1
        except urllib.error.HTTPError as problem:
            counts[str(problem.code)] += 1
    return counts


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--url")
    given = parser.parse_args()
    if given.url:
        counts = send(given.url, given.first, given.inputs)
        print(dict(counts))
        return int(any(status.startswith("5") for status in counts))
    counts, wrong = run(given.first, given.inputs)
    print(*wrong[:50], sep="\n")
    print(dict(counts), f"{len(wrong)} wrong")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
