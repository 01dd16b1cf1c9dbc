"""The audit of records from outside: the defects of published examples, in files of our own that have the same.

Where a folder with the published examples themselves is named by TAPER_REFERENCE, they are audited too.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from taper.checker.checking import check
from taper.checker.rules import RULES
from taper.exchange.reading import read_schedule
from taper.finding import Report
from taper.schedule.schedule import Remark, Schedule

ABOUT_THE_RECORD = {f"T4{number:02d}" for number in range(1, 16)}


def audit(data: bytes | str) -> Report:
    return check(read_schedule(data).schedule())


def said(report: Report) -> set[tuple[str, str, str]]:
    """Return code, measured value and limit of what is wrong with the record."""
    found = [run for finding in report.findings for run in finding.runs or (finding,)]
    return {(f.code, f.measured, f.limit) for f in found if f.code in ABOUT_THE_RECORD}


def dosage(number: int, text: str, value: int, unit: str, repeat: dict[str, Any]) -> dict[str, Any]:
    rate = [{"doseQuantity": {"value": value, "unit": unit}}]
    return {"sequence": number, "text": text, "timing": {"repeat": repeat}, "doseAndRate": rate}


def daily(start: str, end: str) -> dict[str, Any]:
    return {"boundsPeriod": {"start": start, "end": end}, "frequency": 1, "period": 1, "periodUnit": "d"}


def order(product: str, dosages: list[dict[str, Any]], quantity: int, days: int) -> str:
    request = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": product},
        "dosageInstruction": dosages,
        "dispenseRequest": {
            "quantity": {"value": quantity, "unit": "TAB"},
            "expectedSupplyDuration": {"value": days, "unit": "days", "code": "d"},
        },
    }
    return json.dumps(request)


def test_a_taper_whose_words_days_and_quantity_disagree() -> None:
    """Days in words that the fields do not have, a gap between two steps, and tablets that nobody needs."""
    steps = [
        dosage(1, "Take 6 tablets daily for 7 days", 6, "TAB", daily("2026-01-05", "2026-01-09")),
        dosage(2, "Take 4 tablets daily for 7 days", 4, "TAB", daily("2026-01-12", "2026-01-19")),
        dosage(3, "Take 2 tablets daily for 7 days", 2, "TAB", daily("2026-01-20", "2026-01-26")),
    ]
    report = audit(order("diazepam 2 mg tablets", steps, 90, 21))
    assert said(report) >= {
        ("T404", "7", "5"),
        ("T404", "7", "8"),
        ("T401", "2", "0"),
        ("T406", "90", "76"),
        ("T406", "21", "20"),
    }


def test_a_course_whose_fields_mean_something_else_than_its_words() -> None:
    """Four tablets once a day are not one tablet four times a day, though the mg are the same."""
    steps = []
    for number, (word, count) in enumerate({"FOUR": 4, "THREE": 3}.items(), 1):
        text = f"{word} ({count}) tablets to be taken DAILY for two days. Take these tablets with food."
        bounds = {"boundsDuration": {"value": 2, "unit": "day", "code": "d"}}
        steps.append(dosage(number, text, 5, "mg", bounds | {"frequency": count, "period": 1, "periodUnit": "d"}))
    report = audit(order("diazepam 5mg tablets", steps, 16, 30))
    assert said(report) >= {("T404", "1", "4"), ("T404", "1", "3"), ("T406", "16", "14"), ("T406", "30", "4")}
    assert {f.code for f in report.findings} >= {"T408", "T413"}


def test_words_only_are_kept_word_for_word_and_are_a_dose_only_where_all_is_understood() -> None:
    """T411 quotes the words either way, and says which of the two it is."""
    for text, says in (
        ("1 tablet, at NIGHT or as discussed", "The dosage is in words only, so no dose was read"),
        (
            "1 tablet, at NIGHT",
            "The dosage is in words only, all of which were understood; the doses are those of the words",
        ),
    ):
        reading = read_schedule(order("diazepam 2 mg tablets", [{"text": text}], 28, 28))
        assert reading.schedule().steps == ()
        (found,) = [f for f in check(reading.schedule()).findings if f.code == "T411"]
        assert found.message == f"{says} (MedicationRequest 1, dosage 1)."
        assert found.detail == f"The record says: “{text}”."


def test_the_same_wrong_in_many_rows_is_one_finding() -> None:
    """Ten thousand rows do not bury the rest: the message says in how many places."""
    rows = "".join(f"2026-01-05,diazepam {n} mg tablets,x,14\n" for n in (2, 5, 10))
    (found,) = [f for f in audit("date,product,quantity,days_of_supply\n" + rows).findings if f.code == "T412"]
    assert found.message == "The quantity is not a number (line 2 and 2 more places)."


def test_a_thousand_different_defects_are_twenty_runs_and_one_for_the_rest() -> None:
    """None is lost from the count, and the page can still be read."""
    rows = "".join(f"2026-01-05,diazepam {n} mg tablets,x{n},14\n" for n in range(1, 1001))
    (found,) = [f for f in audit("date,product,quantity,days_of_supply\n" + rows).findings if f.code == "T412"]
    assert len(found.runs) == 21
    assert sum("979 more" in run.message for run in found.runs) == 1


def test_every_kind_of_remark_has_a_rule() -> None:
    """What a reader notices cannot get lost on its way to the report."""
    from typing import get_args

    from taper.schedule.schedule import RemarkKind

    for kind in get_args(RemarkKind):
        report = check(Schedule((), remarks=(Remark(kind, "Something is wrong", "line 1", quote="as written"),)))
        found = [f for f in report.findings if f.code in ABOUT_THE_RECORD]
        assert len(found) == 1, kind
        assert "Something is wrong (line 1)" in found[0].message
        assert "as written" in found[0].detail
    assert {rule.code for rule in RULES} >= ABOUT_THE_RECORD


FOLDER = Path(os.environ.get("TAPER_REFERENCE", "")) if os.environ.get("TAPER_REFERENCE") else None
PUBLISHED: dict[str, set[tuple[str, str, str]]] = {
    "hl7_r4_medrx0303_prednisone_taper.json": {
        ("T404", "7", "5"),
        ("T404", "7", "8"),
        ("T401", "2", "0"),
        ("T406", "51", "43"),
        ("T406", "21", "20"),
        ("T412", "", ""),
        ("T413", "", ""),
    },
    "nhs_eps_consecutive-dosage-instructions.bundle.json": {
        *(("T404", "1", str(count)) for count in range(2, 9)),
        ("T406", "72", "70"),
        ("T406", "30", "14"),
        ("T408", "", ""),
        ("T412", "", ""),
        ("T413", "", ""),
    },
    "nhs_dosesyntax_stu3_example-dosage-complex9.xml": {("T405", "7", ""), ("T408", "", ""), ("T412", "", "")},
    "nhs_eps_controlled-drugs-diazepam.bundle.json": {
        ("T408", "", ""),
        ("T411", "", ""),
        ("T412", "", ""),
        ("T413", "", ""),
    },
    "nhs_dosesyntax_sequential_prednisolone.r4-lift.json": {("T408", "", ""), ("T412", "", ""), ("T413", "", "")},
    "nhs_dosesyntax_stu3_examples-dosage-sequential-sequence.xml": {
        ("T408", "", ""),
        ("T412", "", ""),
        ("T413", "", ""),
    },
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_examples_have_exactly_these_defects(name: str) -> None:
    """Found in the files as their publishers print them."""
    if FOLDER is None or not (FOLDER / name).exists():
        pytest.skip("TAPER_REFERENCE names no folder with the published examples")
    assert said(audit((FOLDER / name).read_bytes())) == PUBLISHED[name]
