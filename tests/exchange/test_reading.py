"""Reading files of ours and of others: what was written is read, what is not plain is reported, nothing is guessed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from taper.checker.checking import check
from taper.errors import ScheduleError, TaperError
from taper.exchange.formats import export
from taper.exchange.medicine import medicine
from taper.exchange.plan_document import write_document
from taper.exchange.reading import Reading, attachment, holds_record, read_schedule
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.quantity import Mg, Pieces
from taper.schedule.regimen import Item
from taper.schedule.schedule import Schedule
from tests.strategies import order_data, printed_schedules, weekly_schedules
from tests.support.proofs import proof
from tests.tools.fuzz import CLOCK, DISPENSE, HISTORY, OMOP, STATEMENT, TIMES, XML, _request, pdf_with

WRITTEN = [
    ("ics", "day", True),
    ("ics", "intake", True),
    ("fhir", "sequence", True),
    ("fhir", "per-step", True),
    ("csv", "", False),
    ("days", "", True),
    ("steps", "", False),
]
"""Formats, their styles, and whether they carry the pieces of a dose."""


def essence(schedule: Schedule, items: bool) -> dict[date, Any]:
    """Return what a patient would do day by day: times, doses and pieces. Drops are no volume, and count as mg only."""

    def parts(found: tuple[Item, ...]) -> list[Any]:
        return sorted((i.product, str(i.count), str(i.volume)) for i in found if items and "drops" not in i.product)

    return {
        day: sorted((i.time, i.drug, i.dose.number, parts(i.items)) for i in step.intakes)
        for day, step in schedule.days()
        if step.intakes
    }


def written(schedule: Schedule, to: Any, style: str) -> bytes:
    return export(
        schedule, to, written_on=date(2026, 1, 1), style=style or None, times=dict(CLOCK) if to == "ics" else None
    )


def findings(schedule: Schedule) -> set[tuple[Any, ...]]:
    """Return all that was found. The plain table writes the stop as a step of 0 mg, so that day has a number there."""
    return {
        (f.code, f.step if f.on != schedule.stopped_on else None, f.on, f.until, f.measured, f.limit)
        for f in check(schedule).findings
    }


@pytest.mark.parametrize(("to", "style", "items"), WRITTEN)
@settings(max_examples=15)
@given(schedule=printed_schedules() | weekly_schedules())
def test_reading_back_what_was_written_gives_the_equal_schedule(
    schedule: Schedule, to: str, style: str, items: bool
) -> None:
    """Day by day, amounts exact."""
    found = read_schedule(written(schedule, to, style)).schedule()
    assert essence(found, items) == essence(schedule, items)


@pytest.mark.parametrize(("to", "style", "items"), [entry for entry in WRITTEN if entry[0] != "steps"])
@proof(12)
@given(data=order_data(times=2, dates=False))
def test_auditing_an_export_gives_the_findings_of_the_plan(
    data: dict[str, Any], to: str, style: str, items: bool
) -> None:
    """All but those that need the order (products, ordered step, patient, review). The step table says no stop."""
    try:
        schedule = plan(parse_order(data))
    except TaperError:
        return
    found = read_schedule(written(schedule, to, style)).schedule()
    assert found.stopped_on == schedule.stopped_on
    assert findings(found) == findings(replace(schedule, order=None))
    if items:  # pieces were carried: with the order beside it, nothing at all is lost
        assert findings(replace(found, order=schedule.order)) == findings(schedule)


def test_a_plan_document_and_the_pdf_around_it_are_read(golden: dict[str, Any]) -> None:
    """With its order, so that every finding is the same."""
    pytest.importorskip("pypdf", reason="pypdf is not installed")
    schedule = plan(parse_order(golden))
    text = write_document(schedule, check(schedule))
    for data in (text, text.encode(), pdf_with(text.encode())):
        assert read_schedule(data).schedule() == schedule
    assert attachment(pdf_with(b"{}")) is None
    with pytest.raises(ScheduleError, match="no plan inside"):
        read_schedule(pdf_with(b"{}"))


@pytest.mark.parametrize("name", ["plan.json", "out/handout.pdf", r"C:\data\record of B.csv", Path("out/plan.json")])
def test_the_name_of_a_file_is_not_taken_for_what_it_holds(name: Any) -> None:
    with pytest.raises(ScheduleError, match=r"its name.*read_bytes"):
        read_schedule(name)


def test_intended_supplied_and_taken_are_never_mixed() -> None:
    """One bundle with all three gives three schedules, each of its own lines only."""
    entries = [{"resource": one} for one in (_request(), DISPENSE | {"subject": {"reference": "Patient/1"}})]
    statement = STATEMENT | {"subject": {"reference": "Patient/1"}}
    bundle = {"resourceType": "Bundle", "entry": [*entries, {"resource": statement}]}
    reading = read_schedule(json.dumps(bundle))
    assert reading.meanings == ("intended", "supplied", "taken")
    assert [str(reading.schedule(m).steps[0].total) for m in reading.meanings] == ["10 mg", "10 mg", "7.5 mg"]
    assert {line.meaning for line in reading.lines} == set(reading.meanings)
    lines = "\n".join(json.dumps(entry["resource"]) for entry in bundle["entry"])  # type: ignore[index]
    assert [s for _, _, s in read_schedule(lines).schedules] == [s for _, _, s in reading.schedules]


def _shapes() -> list[dict[str, Any]]:
    r4 = _request()
    r5 = {key: value for key, value in r4.items() if key != "medicationCodeableConcept"}
    r5["medication"] = {"concept": r4["medicationCodeableConcept"]}
    stu3 = json.loads(json.dumps(r4))
    for dosage in stu3["dosageInstruction"]:
        dosage["doseQuantity"] = dosage.pop("doseAndRate")[0]["doseQuantity"]
    contained = {key: value for key, value in r4.items() if key != "medicationCodeableConcept"}
    contained["contained"] = [{"resourceType": "Medication", "id": "m", "code": r4["medicationCodeableConcept"]}]
    contained["medicationReference"] = {"reference": "#m"}
    return [r4, r5, stu3, contained]


def test_the_shapes_of_stu3_r4_and_r5_say_the_same() -> None:
    first, *others = (read_schedule(json.dumps(one)).schedule() for one in _shapes())
    assert [str(step.total) for step in first.steps] == ["10 mg", "5 mg"]
    assert all(other == first for other in others)


def test_xml_is_read_as_json_is() -> None:
    schedule = read_schedule(XML).schedule()
    assert [(step.start, step.days, str(step.total)) for step in schedule.steps] == [(date(2026, 1, 5), 14, "10 mg")]


def test_two_strengths_of_one_day_are_one_intake() -> None:
    """5 mg and 2 mg tablets fetched together are 7 mg a day, and no dose recorded twice."""
    text = (
        "date,product,quantity,days_of_supply\n2026-01-05,diazepam 5 mg tablets,14,14\n"
        "2026-01-05,diazepam 2 mg tablets,14,14\n"
    )
    schedule = read_schedule(text).schedule()
    assert [str(intake.dose) for intake in schedule.steps[0].intakes] == ["7 mg"]
    assert not [f for f in check(schedule).findings if f.code == "T402"]


def test_a_refill_fetched_early_is_counted_from_the_day_after() -> None:
    """It does not double the dose of the days between, and the line keeps by which rule it was counted."""
    text = (
        "date,product,quantity,days_of_supply\n2026-01-05,diazepam 5 mg tablets,28,14\n"
        "2026-01-15,diazepam 5 mg tablets,28,14\n"
    )
    reading = read_schedule(text)
    (step,) = reading.schedule().steps
    assert (step.days, step.total, step.intakes[0].items) == (28, Mg(10), (Item("diazepam 5 mg tablets", Pieces(2)),))
    assert "the day after" in reading.lines[1].rule


def test_the_days_of_a_fill_come_from_the_label_only_where_it_is_plain() -> None:
    head = "date,product,quantity,sig\n2026-01-05,diazepam 5 mg tablets,28,"
    assert read_schedule(head + "Take 1 tablet twice daily").schedule().steps[0].days == 14
    for sig in ("Take 1 or 2 tablets daily", "Take as directed", "", "Take 1 tablet daily as needed"):
        schedule = read_schedule(head + sig).schedule()
        assert not schedule.steps
        assert {remark.kind for remark in schedule.remarks} == {"period"}


def test_omop_types_decide_what_a_row_means() -> None:
    reading = read_schedule(OMOP)
    assert reading.meanings == ("intended", "supplied")
    assert read_schedule(OMOP.replace("32825", "0")).meanings == ("intended",)
    assert any("drug type" in remark.text for remark in read_schedule(OMOP.replace("32825", "0")).remarks)


def test_persons_are_kept_apart() -> None:
    reading = read_schedule(HISTORY + "2,2026-03-01,diazepam 5 mg tablets,,14,14,\n")
    assert reading.people == ("1", "2")
    assert reading.schedule(person="2").steps[0].total == Mg(5)
    with pytest.raises(ScheduleError, match="2 persons"):
        reading.schedule()
    with pytest.raises(ScheduleError, match="nothing that was taken"):
        reading.schedule("taken", "1")


def test_steps_without_dates_begin_where_the_caller_says() -> None:
    request = _request()
    del request["authoredOn"]
    assert not read_schedule(json.dumps(request)).schedule().steps
    found = read_schedule(json.dumps(request), first_day=date(2026, 3, 1)).schedule()
    assert [step.start for step in found.steps] == [date(2026, 3, 1), date(2026, 3, 15)]


@pytest.mark.parametrize(
    ("repeat", "doses"),
    [
        ({"frequency": 2, "period": 1, "periodUnit": "d"}, {0: 10, 1: 10}),
        ({"frequency": 1, "period": 12, "periodUnit": "h"}, {0: 10, 1: 10}),
        ({"frequency": 1, "period": 2, "periodUnit": "d"}, {0: 5, 1: 0, 2: 5}),
        ({"frequency": 2, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "fri"]}, {0: 5, 1: 0, 4: 5}),
        ({"when": ["MORN", "HS"]}, {0: 10}),
        ({"timeOfDay": ["08:00:00", "20:00:00"]}, {0: 10}),
        ({"frequency": 1, "period": 1, "periodUnit": "wk"}, {0: 5, 1: 0, 6: 0, 7: 5}),
        ({"frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "d"}, None),
        ({"frequency": 1, "period": 1, "periodUnit": "d", "when": ["MORN", "NIGHT"]}, None),
        ({"frequency": 3, "period": 2, "periodUnit": "d"}, None),
        ({"frequency": 1}, None),
        ({"dayOfWeek": ["someday"], "when": ["HS"]}, None),
    ],
)
def test_how_often_is_read_exactly_or_not_at_all(repeat: dict[str, Any], doses: dict[int, int] | None) -> None:
    """From Monday 5 January 2026; where it is not plain, no dose is made of it and a remark says so."""
    bounds = {"boundsPeriod": {"start": "2026-01-05", "end": "2026-01-18"}}
    dosage = {"timing": {"repeat": repeat | bounds}, "doseAndRate": [{"doseQuantity": {"value": 5, "code": "mg"}}]}
    schedule = read_schedule(json.dumps(_request(dosageInstruction=[dosage]))).schedule()
    if doses is None:
        assert not schedule.steps
        assert any(remark.kind == "text" for remark in schedule.remarks)
        return
    found = {(day - date(2026, 1, 5)).days: step.total for day, step in schedule.days()}
    assert {offset: found[offset] for offset in doses} == {offset: Mg(dose) for offset, dose in doses.items()}
    assert len(found) == 14


def test_units_that_contradict_each_other_are_not_converted() -> None:
    dose = {"doseQuantity": {"value": 5, "unit": "microgram", "code": "mg"}}
    bounds = {"boundsPeriod": {"start": "2026-01-05", "end": "2026-01-18"}}
    dosage = {"timing": {"repeat": TIMES["repeat"] | bounds}, "doseAndRate": [dose]}
    schedule = read_schedule(json.dumps(_request(dosageInstruction=[dosage]))).schedule()
    assert not schedule.steps
    assert any(remark.kind == "unit" for remark in schedule.remarks)


@pytest.mark.parametrize(
    ("name", "strength", "liquid"),
    [
        ("Diazepam 2mg tablets", "2", False),
        ("diazePAM 500 mcg tablet", "0.5", False),
        ("diazepam oral solution 2 mg/5 mL", "0.4", True),
        ("diazepam 1 mg per mL", "1", True),
        ("diazepam tablets", None, False),
        ("chlordiazepoxide 5 mg / clidinium 2.5 mg", None, False),
        ("diazepam 1,000 mg", None, False),
    ],
)
def test_a_strength_is_read_from_a_name_or_left_unknown(name: str, strength: str | None, liquid: bool) -> None:
    found = medicine(name)
    assert (found.strength, found.liquid) == (None if strength is None else Mg(strength), liquid)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"a,b,c\n1,2,3\n", "not the header"),
        (b'{"resourceType": "Patient"}', "MedicationRequest"),
        (b'{"a": 1}', "no FHIR resource"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "no events"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260105\nSUMMARY:dentist\nEND:VEVENT\n", None),
        (b"<!DOCTYPE a []><MedicationRequest/>", "document type"),
        ("date,product,quantity\n".encode("utf-16"), "UTF-8"),
        (b"{" + b" " * 5_000_001, "larger than"),
        (b'{"resourceType": "MedicationRequest", "status": "\\ud800"}', "surrogate"),
    ],
)
def test_what_cannot_be_read_is_one_clear_error_or_a_remark(data: bytes, says: str | None) -> None:
    if says is None:
        assert {remark.kind for remark in read_schedule(data).remarks} == {"text"}
        return
    with pytest.raises(ScheduleError, match=says) as refused:
        read_schedule(data, name="file.x")
    assert str(refused.value).startswith("file.x")


def test_an_order_is_told_from_a_record(golden: dict[str, Any]) -> None:
    """So that one command can take both."""
    assert not holds_record(json.dumps(golden, default=str).encode())
    assert not holds_record(b"# date, product, quantity\ndrug = 'diazepam'\n")
    for table in (b"[current]\nbedtime = '5 mg'\n", b"[[product]] # the tablets\nname = 'x'\n", b"[current]\r\n"):
        assert not holds_record(table)
    for data in (HISTORY, OMOP, XML, json.dumps(_request()), "start,end,time,drug,dose_mg\n"):
        assert holds_record(data.encode())


def test_a_reading_cannot_be_changed() -> None:
    reading = read_schedule(HISTORY)
    assert isinstance(reading, Reading)
    with pytest.raises(AttributeError):
        reading.format = "x"  # type: ignore[misc]


def run(*arguments: str) -> int:
    from taper.cli import main

    return main(list(arguments))


def test_the_command_line_checks_any_of_these(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says which meaning it took, takes another with --as, and needs a name where there are two persons."""
    entries = [{"resource": one | {"subject": {"reference": "Patient/1"}}} for one in (_request(), DISPENSE)]
    both, people = tmp_path / "both.json", tmp_path / "people.txt"
    both.write_text(json.dumps({"resourceType": "Bundle", "entry": entries}), encoding="utf-8")
    people.write_text(HISTORY + "2,2026-03-01,diazepam 5 mg tablets,,14,14,\n", encoding="utf-8")
    assert run("check", str(both), "--fail-on", "never") == 0
    shown = capsys.readouterr()
    assert "read as intended" in shown.err
    assert "T414" not in shown.out
    assert run("check", str(both), "--as", "supplied", "--fail-on", "note") == 1
    assert "T414" in capsys.readouterr().out
    assert run("check", str(both), "--as", "taken") == 2
    assert "nothing that was taken" in capsys.readouterr().err
    assert run("check", str(people)) == 2
    assert "2 persons" in capsys.readouterr().err
    assert run("check", str(people), "--person", "2", "--fail-on", "never") == 0
