"""Calendars and FHIR before other people's readers in JavaScript and Java; `tests/outside/gates/prepare` installs them.

Each reader must take what we write without a word, warnings included, and refuse broken files.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import fhir.resources.R4B.bundle as r4b
import jsonschema
import jsonschema_rs
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from pydantic import ValidationError

from taper.checker.checking import check
from taper.errors import ScheduleError
from taper.exchange.calendar.write import write_ics
from taper.exchange.fhir.write import fhir_json, write_fhir
from taper.exchange.plan_document import document
from taper.exchange.reading import read_schedule
from taper.exchange.schemas import order_schema, schema
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from tests.oracles.calendars import TIMES, ZONES, doses
from tests.oracles.fhir import expanded, requests
from tests.oracles.papers import planned
from tests.strategies import printed_schedules, real_plans
from tests.support.mutants import mutated
from tests.support.proofs import proof

HERE = Path(__file__).parent / "gates"
CACHE = Path(os.environ.get("TAPER_GATES", Path.home() / ".cache" / "taper-gates"))
JAR = CACHE / "java" / "library-api-6.1.4-all.jar"
AUTHORED = date(2026, 1, 2)


def missing(what: str) -> None:
    """Skip with a reason; where nothing may be skipped, fail with it."""
    reason = f"{what} is missing: install node, npm and a Java compiler, and run tests/outside/gates/prepare"
    if os.environ.get("TAPER_NO_SKIP") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def node(script: str, *arguments: str, zone: str = "UTC") -> Any:
    """Run a script of tests/outside/gates and return what it prints; any word on standard error is a failure."""
    if shutil.which("node") is None or not (CACHE / "node" / "done").exists():
        missing("node, or its packages,")
    done = subprocess.run(
        ["node", str(HERE / script), *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"TZ": zone, "TAPER_GATES": str(CACHE)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout, parse_float=Decimal)


@pytest.fixture(scope="session")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """HAPI's strict parser, compiled."""
    if shutil.which("javac") is None or not JAR.exists():
        missing("a Java compiler, or the parser's jar,")
    folder = tmp_path_factory.mktemp("strict")
    subprocess.run(["javac", "-cp", str(JAR), "-d", str(folder), str(HERE / "Strict.java")], check=True, timeout=300)
    return folder


def hapi(folder: Path, files: Iterable[Path]) -> dict[Path, tuple[bool, str]]:
    """Return for each file whether HAPI takes it, and what it wrote back or objected."""
    done = subprocess.run(
        ["java", "-cp", f"{JAR}{os.pathsep}{folder}", "Strict", *map(str, files)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    rows = (line.split("\t") for line in done.stdout.splitlines())
    return {Path(name): (state == "OK", text) for state, name, text in rows}


@pytest.fixture(scope="session")
def samples() -> list[Schedule]:
    """Thirty plans and schedules as they come, and the golden one."""
    found: list[Schedule] = []

    @settings(
        max_examples=30,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(real_plans() | printed_schedules())
    def collect(schedule: Schedule) -> None:
        found.append(schedule)

    collect()
    assert len({schedule.steps for schedule in found}) > 15
    return found


@pytest.fixture
def year(golden: dict[str, Any]) -> Schedule:
    """A plan across both clock changes of the three zones."""
    return plan(parse_order(golden | {"start": "2026-03-02"}))


@pytest.fixture
def broken(golden: dict[str, Any], tmp_path: Path) -> dict[Path, str]:
    """The mutants of a short plan, as files."""
    schedule = plan(parse_order(golden))
    short = replace(schedule, steps=schedule.steps[:3], stopped_on=None)
    bundle = json.loads(fhir_json(write_fhir(short, written_on=AUTHORED, style="per-step", subject="Patient/1")))
    found = {}
    for number, (name, mutant) in enumerate(mutated(bundle).items()):
        path = tmp_path / f"{number:03}.json"
        path.write_text(json.dumps(mutant), encoding="utf-8")
        found[path] = name
    return found


def written(schedules: Iterable[Schedule], folder: Path) -> list[tuple[Path, Schedule]]:
    """Write each schedule in both styles."""
    found = []
    for number, schedule in enumerate(schedules):
        for style in ("sequence", "per-step"):
            for subject in (None, "Patient/1"):
                path = folder / f"{number:03}-{style}-{subject is None}.json"
                made = write_fhir(schedule, written_on=AUTHORED, style=style, subject=subject)  # type: ignore[arg-type]
                path.write_text(fhir_json(made), encoding="utf-8")
                found.append((path, schedule))
    return found


def doses_of(schedule: Schedule) -> dict[date, Any]:
    return {day: taken for day, taken in planned(schedule).items() if taken}


def test_medplum_and_hl7s_own_rules_have_no_objection(samples: list[Schedule], year: Schedule, tmp_path: Path) -> None:
    """Cardinality, types, invariants, required codes, units of UCUM; warnings count."""
    files = written([*samples, year], tmp_path)
    found = node("fhir.mjs", *(str(path) for path, _ in files))
    assert len(found) == len(files)
    for name, issues in found.items():
        assert issues == {"medplum": [], "hl7": []}, name


@pytest.mark.java
def test_hapi_reads_strictly_and_writes_back_the_same_doses(
    samples: list[Schedule], year: Schedule, tmp_path: Path, strict: Path
) -> None:
    """Through the parser of the common open-source server and back: equal doses on every day."""
    files = written([*samples, year], tmp_path)
    found = hapi(strict, [path for path, _ in files])
    for path, schedule in files:
        taken, text = found[path]
        assert taken, text
        assert expanded(json.loads(text, parse_float=Decimal)) == doses_of(schedule)


@pytest.mark.java
def test_the_german_plan_is_read_by_the_same_readers(samples: list[Schedule], tmp_path: Path, strict: Path) -> None:
    """No objection by HL7's rules; HAPI writes back what we read as the same steps. Drops are read by none of ours."""
    files: dict[Path, str] = {}
    for number, schedule in enumerate(samples):
        try:
            text = fhir_json(write_fhir(schedule, written_on=AUTHORED, style="german-plan", subject="Patient/1"))
        except ScheduleError:
            continue  # an amount for which the profile has no number
        path = tmp_path / f"{number:03}.json"
        path.write_text(text, encoding="utf-8")
        files[path] = text
    assert len(files) > 5
    found = node("fhir.mjs", *map(str, files))
    assert [issues for issues in found.values() if issues != {"medplum": [], "hl7": []}] == []
    for path, (taken, text) in hapi(strict, files).items():
        assert taken, text
        assert read_schedule(text).schedule().steps == read_schedule(files[path]).schedule().steps


@pytest.mark.java
def test_every_broken_file_is_refused_and_each_reader_refuses_at_least_twenty_five(
    broken: dict[Path, str], strict: Path
) -> None:
    """A gate that lets everything through would prove nothing."""
    by_node = node("fhir.mjs", *map(str, broken))
    by_java = hapi(strict, broken)
    refused: dict[str, set[str]] = {"medplum": set(), "hl7": set(), "hapi": set(), "fhir.resources": set()}
    for path, name in broken.items():
        for gate in ("medplum", "hl7"):
            if by_node[str(path)][gate]:
                refused[gate].add(name)
        if not by_java[path][0]:
            refused["hapi"].add(name)
        try:
            r4b.Bundle.model_validate_json(path.read_text(encoding="utf-8"))
        except (ValidationError, TypeError, KeyError):
            refused["fhir.resources"].add(name)
    assert {gate: len(names) for gate, names in refused.items() if len(names) < 25} == {}
    assert set(broken.values()) - set().union(*refused.values()) == set()


@pytest.mark.parametrize("style", ["sequence", "per-step"])
def test_a_server_takes_the_transaction_once_finds_it_and_does_not_double_it(
    style: Any, year: Schedule, tmp_path: Path
) -> None:
    """Post, search by patient, expand: the schedule. Post again: nothing new."""
    path = tmp_path / "transaction.json"
    made = write_fhir(year, written_on=AUTHORED, style=style, kind="transaction", subject="Patient/1")
    path.write_text(fhir_json(made), encoding="utf-8")
    found = node("server.mjs", str(path), "Patient/1")
    assert set(found["first"]) == {"201"}
    assert set(found["second"]) == {"200"}
    posted = [entry["resource"]["resourceType"] for entry in made["entry"]]
    assert found["counts"] == {name: posted.count(name) for name in posted}
    assert len(found["requests"]) == len(requests(made))
    assert expanded({"entry": [{"resource": one} for one in found["requests"]]}) == doses_of(year)
    for one in found["requests"]:
        assert one.get("priorPrescription", {"reference": "MedicationRequest/"})["reference"].startswith(
            "MedicationReq"
        )


@pytest.mark.parametrize("zone", ZONES)
def test_ical_js_and_node_ical_show_the_schedule_in_three_time_zones(
    zone: str, samples: list[Schedule], year: Schedule, tmp_path: Path
) -> None:
    """Across both clock changes no event moves, doubles or is lost; all-day events end the next day."""
    wanted: dict[str, list[Any]] = {}
    for number, schedule in enumerate([year, *samples[:8]]):
        for style in ("day", "intake"):
            path = tmp_path / f"{number}-{style}.ics"
            path.write_bytes(write_ics(schedule, written_on=AUTHORED, style=style, times=TIMES))  # type: ignore[arg-type]
            taken = planned(schedule)
            if style == "day":
                rows = [(str(day), str(day + timedelta(days=1)), all_of) for day, all_of in taken.items()]
            else:
                rows = []
                for day, all_of in taken.items():
                    if not all_of:
                        rows.append((str(day), str(day + timedelta(days=1)), ()))  # a day without, like the stop
                    for name in dict.fromkeys(dose[0] for dose in all_of):
                        start = datetime.combine(day, TIMES[name])
                        own = tuple(dose for dose in all_of if dose[0] == name)
                        rows.append((start.isoformat(), (start + timedelta(minutes=15)).isoformat(), own))
            stop = schedule.stopped_on
            if stop is not None:
                rows.append((str(stop), str(stop + timedelta(days=1)), ()))
            wanted[str(path)] = sorted(rows)
    found = node("calendars.mjs", *wanted, zone=zone)
    for name, rows in wanted.items():
        for reader in ("ical.js", "node-ical"):
            events = found[name][reader]
            assert sorted((e["start"], e["end"], doses(e["summary"])) for e in events) == rows, (name, reader)
            assert {(e["status"], e["sequence"], e["alarms"]) for e in events} == {("CONFIRMED", 0, 0)}


@pytest.mark.parametrize("there", ["Europe/Berlin", "America/New_York", "Australia/Sydney"])
@pytest.mark.parametrize("here", ZONES)
def test_ical_js_and_node_ical_read_a_zone_wherever_they_are(
    here: str, there: str, year: Schedule, tmp_path: Path
) -> None:
    """Each dose is at its clock time in the zone that was named, across both changes of the clock."""
    path = tmp_path / "zone.ics"
    path.write_bytes(write_ics(year, written_on=AUTHORED, style="intake", times=TIMES, zone=there))
    wanted = sorted(
        f"{datetime.combine(day, TIMES[dose[0]], ZoneInfo(there)).astimezone(ZoneInfo(here)):%Y-%m-%dT%H:%M:%S}"
        for day, all_of in planned(year).items()
        for dose in all_of
    )
    for reader, events in node("calendars.mjs", str(path), zone=here)[str(path)].items():
        assert sorted(event["start"] for event in events if "T" in event["start"]) == wanted, reader


def test_ical_js_and_node_ical_see_what_is_cancelled(year: Schedule, tmp_path: Path) -> None:
    """A shorter revision: the days that vanished come again, canceled, with a higher sequence; one alarm each."""
    shorter = replace(year, steps=year.steps[:-2], stopped_on=year.steps[-2].start, revision=1)
    path = tmp_path / "revision.ics"
    path.write_bytes(write_ics(shorter, written_on=AUTHORED, previous=year, style="intake", times=TIMES, alarm=10))
    gone = {day for day in planned(year) if day not in planned(shorter)}
    for events in node("calendars.mjs", str(path))[str(path)].values():
        canceled = [event for event in events if event["status"] == "CANCELLED"]
        assert {date.fromisoformat(event["start"][:10]) for event in canceled} == gone | {year.stopped_on}
        assert {event["sequence"] for event in events} == {1}
        timed = [event for event in events if "T" in event["start"] and event["status"] != "CANCELLED"]
        assert {event["alarms"] for event in timed} == {1}
        assert {event["alarms"] for event in canceled} == {0}


@proof()
@given(real_plans())
def test_two_validators_accept_every_plan_document(schedule: Schedule) -> None:
    """The published JSON Schema (2020-12), by `jsonschema` and by `jsonschema-rs`, with formats."""
    made = json.loads(json.dumps(document(schedule, check(schedule))))
    for objections in validators(schema()):
        assert objections(made) == []


def validators(made: dict[str, Any]) -> list[Any]:
    """Return two functions that list what they object to."""
    one = jsonschema.Draft202012Validator(made, format_checker=jsonschema.FormatChecker())
    two = jsonschema_rs.Draft202012Validator(made, validate_formats=True)
    return [
        lambda data: [error.message for error in one.iter_errors(data)],
        lambda data: [error.message for error in two.iter_errors(data)],
    ]


BROKEN_DOCUMENTS: list[tuple[str, Any]] = [
    ("schema", "taper-plan/2"),
    ("revision", -1),
    ("revision", "0"),
    ("revision", 0.5),
    ("steps", []),
    ("steps", None),
    ("steps.0.number", -1),
    ("steps.0.start", "2026-02-30"),
    ("steps.0.start", "5 January 2026"),
    ("steps.0.days", 0),
    ("steps.0.days", "14"),
    ("steps.0.extra", 1),
    ("steps.0.total_mg", {"diazepam": 20}),
    ("steps.0.total_mg", {"diazepam": "20 mg"}),
    ("steps.0.cut_of_current", "10%"),
    ("steps.0.target_mg", 20),
    ("steps.0.intakes.0.time", "midnight"),
    ("steps.0.intakes.0.dose_mg", 10),
    ("steps.0.intakes.0.dose_mg", "-10"),
    ("steps.0.intakes.0.dose_mg", "1e1"),
    ("steps.0.intakes.0.items.0.count", 2),
    ("steps.0.intakes.0.items.0.count", "two"),
    ("stopped_on", "soon"),
    ("stopped_on", 20260101),
    ("supply", {}),
    ("supply.0.count", 100),
    ("report.findings", None),
    ("unknown", 1),
]


@pytest.mark.parametrize(("place", "value"), BROKEN_DOCUMENTS)
def test_two_validators_refuse_every_broken_plan_document(place: str, value: Any, golden: dict[str, Any]) -> None:
    schedule = plan(parse_order(golden))
    made = json.loads(json.dumps(document(schedule, check(schedule))))
    here = made
    *path, last = place.split(".")
    for key in path:
        here = here[int(key)] if key.isdigit() else here[key]
    here[int(last) if last.isdigit() else last] = value
    for objections in validators(schema()):
        assert objections(made)


def test_both_schemas_are_schemas() -> None:
    """By the meta-schema of 2020-12, in two validators."""
    for made in (schema(), order_schema()):
        jsonschema.Draft202012Validator.check_schema(made)
        jsonschema_rs.Draft202012Validator(made)


@proof()
@given(st.data())
def test_the_order_in_a_document_keeps_the_schema_of_orders(data: st.DataObject) -> None:
    schedule = data.draw(real_plans())
    assert schedule.order is not None
    made = json.loads(json.dumps(schedule.order.as_data()))
    for objections in validators(order_schema()):
        assert objections(made) == []


@pytest.mark.posix
def test_prepare_is_a_script_that_runs() -> None:
    """It parses; what it installs is pinned to one version each."""
    subprocess.run(["bash", "-n", str(HERE / "prepare")], check=True)
    pinned = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert all(re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version) for version in pinned.values())
    assert sys.version_info >= (3, 11)
