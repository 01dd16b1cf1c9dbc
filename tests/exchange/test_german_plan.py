"""The German medication plan in FHIR (dgMP): one draft for each product of a step, by the rules of its profile."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given

from taper.checker.checking import check
from taper.cli import main
from taper.errors import ScheduleError
from taper.exchange.fhir.units import KBV
from taper.exchange.fhir.write import fhir_json, write_fhir
from taper.exchange.reading import read_schedule
from taper.order.order import parse_order, read_order
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from tests.oracles.fhir import read, requests
from tests.strategies import living_plans, printed_schedules, real_plans, weekly_schedules

EXAMPLES = Path(__file__).parents[2] / "examples"
WRITTEN = date(2026, 1, 2)


def german(schedule: Schedule) -> str | None:
    """Return the plan as text; None if it has an amount that the profile has no number for."""
    try:
        return fhir_json(write_fhir(schedule, written_on=WRITTEN, style="german-plan"))
    except ScheduleError as refused:
        if re.search("no number for that|nothing is ever taken", str(refused)):
            return None
        raise


def taken(schedule: Schedule) -> dict[date, Any]:
    """Return what a patient would do day by day: times, doses and pieces."""
    return {
        day: sorted(
            (i.time, i.drug, i.dose.number, sorted((x.product, str(x.count), str(x.volume)) for x in i.items))
            for i in step.intakes
        )
        for day, step in schedule.days()
        if step.intakes
    }


@given(real_plans() | printed_schedules() | weekly_schedules() | living_plans())
def test_what_is_written_is_read_back_day_by_day(schedule: Schedule) -> None:
    """Times, doses and pieces of every day, the stop, and not one remark; drops have no mL here, and say so."""
    text = german(schedule)
    if text is None:
        return
    found = read_schedule(text).schedule()
    if "Tropfen" in text:
        assert any(remark.kind == "unit" for remark in found.remarks)
        return
    assert taken(found) == taken(schedule)
    assert found.stopped_on == schedule.stopped_on
    assert not [remark for remark in found.remarks if not remark.unknown]


@given(real_plans() | printed_schedules() | weekly_schedules())
def test_the_rules_of_the_profile_hold(schedule: Schedule) -> None:
    """No sequence, text or code; one unit and the same bounds; each time of a day once; two decimals at most."""
    text = german(schedule)
    if text is None:
        return
    Bundle.model_validate_json(text)
    for request in requests(read(text)):
        assert (request["status"], request["intent"]) == ("draft", "plan")
        dosages = request["dosageInstruction"]
        assert all(set(dosage) == {"timing", "doseAndRate"} for dosage in dosages)
        repeats = [dosage["timing"]["repeat"] for dosage in dosages]
        assert len({json.dumps(repeat["boundsPeriod"]) for repeat in repeats}) == 1
        doses = [dosage["doseAndRate"][0]["doseQuantity"] for dosage in dosages]
        assert len({(dose["system"], dose["code"], dose["unit"]) for dose in doses}) == 1
        assert {dose["system"] for dose in doses} == {KBV}
        assert all(re.fullmatch(r"[0-9]+(?:\.(?:25|5|75))?", str(dose["value"])) for dose in doses)
        slots = [(day, at) for repeat in repeats for day in repeat.get("dayOfWeek", [""]) for at in repeat["when"]]
        assert len(set(slots)) == len(slots)
        urls = [extension["url"].rpartition("/")[2] for extension in request["extension"]]
        assert urls[1] == "GeneratedDosageInstructionsMeta"


@pytest.mark.parametrize(
    ("example", "texts"),
    [
        ("diazepam", ["Vom 05.01.2026 bis zum 18.01.2026: 2-0-0-2 Stück"]),
        (
            "portion",
            [
                "Vom 02.02.2026 bis zum 08.02.2026: 1-0-0-1 Stück",
                "Vom 09.02.2026 bis zum 15.02.2026: 0,5-0-0-1 Stück",
                "Vom 09.02.2026 bis zum 15.02.2026: 2-0-0-0 Stück",
            ],
        ),
        (
            "seven_days",
            [
                "Vom 05.01.2026 bis zum 18.01.2026: 0-0-0-1 Stück",
                "Vom 19.01.2026 bis zum 01.02.2026: dienstags 0-0-0-1 Stück; mittwochs 0-0-0-1 Stück; "
                "freitags 0-0-0-1 Stück; samstags 0-0-0-1 Stück; sonntags 0-0-0-1 Stück",
            ],
        ),
        (
            "supply",
            ["Vom 05.01.2026 bis zum 18.01.2026: 0-0-0-5 ml", "Vom 19.01.2026 bis zum 01.02.2026: 0-0-0-4,5 ml"],
        ),
    ],
)
def test_the_words_are_those_of_the_algorithm(example: str, texts: list[str]) -> None:
    """The texts are what the generator of HL7 Germany, version 2.0.0, makes of the same requests."""
    bundle = write_fhir(plan(read_order(EXAMPLES / f"{example}.toml")), written_on=WRITTEN, style="german-plan")
    found = [request["extension"][0]["valueMarkdown"] for request in requests(bundle)]
    assert found[: len(texts)] == texts


def test_words_and_fields_that_differ_are_reported() -> None:
    """The scheme of the words against the fields, as 1-0-2-0; the file itself agrees."""
    text = german(plan(read_order(EXAMPLES / "diazepam.toml")))
    assert text is not None
    changed = text.replace("18.01.2026: 2-0-0-2 Stück", "18.01.2026: 2-0-0-1 Stück", 2)
    assert changed != text
    (remark,) = [one for one in read_schedule(changed).remarks if one.kind == "mismatch" and not one.unknown]
    assert (remark.measured, remark.limit) == ("2-0-0-1", "2-0-0-2")
    assert "T404" in {finding.code for finding in check(read_schedule(changed).schedule()).findings}


def test_what_the_profile_cannot_carry_is_refused(golden: dict[str, Any]) -> None:
    """A plan without an order names no strength; the profile has no number for a tenth."""
    with pytest.raises(ScheduleError, match="write from an order"):
        write_fhir(replace(plan(parse_order(golden)), order=None), written_on=WRITTEN, style="german-plan")
    for example in ("diazepam_liquid", "diazepam_weighed"):
        with pytest.raises(ScheduleError, match="no number for that"):
            write_fhir(plan(read_order(EXAMPLES / f"{example}.toml")), written_on=WRITTEN, style="german-plan")


def test_the_command_line_writes_it(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    to = ["--to", "fhir", "--style", "german-plan", "--written-on", "2026-01-02", "--out", str(out)]
    assert main(["export", str(EXAMPLES / "diazepam.toml"), *to]) == 0
    assert read_schedule(out.read_bytes()).schedule().stopped_on == date(2026, 9, 14)
