"""FHIR: a dose by another route than the mouth is no part of what is taken."""

from __future__ import annotations

from typing import Any

import pytest

from taper.exchange.fhir.units import SNOMED, UCUM
from taper.exchange.reading import Reading
from tests.support.fhir import ONCE, dosage, read, request


def doses(reading: Reading) -> list[str]:
    """Return the dose of each step of all schedules."""
    return [str(step.total) for _, _, schedule in reading.schedules for step in schedule.steps]


def _route(text: str, code: str = "", system: str = SNOMED) -> dict[str, Any]:
    return {"text": text} | ({"coding": [{"system": system, "code": code}]} if code else {})


@pytest.mark.parametrize(
    "route",
    [
        _route("Per rectum"),
        _route("", "37161004"),
        _route("", "47625008"),
        _route("", "NASINHL", "http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration"),
        _route("IM"),
        _route("p.r."),
        _route("Rektale Anwendung"),
        _route("intranasal"),
    ],
    ids=str,
)
def test_a_dose_by_another_route_than_the_mouth_is_no_part_of_what_is_taken(route: dict[str, Any]) -> None:
    """A rectal gel or an injection is kept for an emergency; taken for a daily dose, it would hide a cut."""
    reading = read(request(dosage(route=route)))
    assert doses(reading) == []
    assert any("another route than the mouth" in remark.text for remark in reading.remarks)


@pytest.mark.parametrize("name", ["diazepam 5 mg/mL rectal gel", "midazolam 5 mg/mL solution for injection"])
def test_the_name_of_a_product_says_that_it_is_not_taken_by_mouth(name: str) -> None:
    made = request(dosage(ONCE, {"value": 5, "unit": "mg", "code": "mg", "system": UCUM}))
    made["medicationCodeableConcept"] = {"text": name}
    assert doses(read(made)) == []


@pytest.mark.parametrize(
    "route", [_route("oral"), _route("", "26643006"), _route("sublingual"), _route("elsewhere")], ids=str
)
def test_a_dose_by_mouth_or_by_a_route_that_is_not_known_is_read(route: dict[str, Any]) -> None:
    assert doses(read(request(dosage(route=route)))) == ["5 mg"]


def test_prolonged_release_in_a_name_is_not_per_rectum() -> None:
    made = request(dosage(ONCE, {"value": 1, "unit": "mg", "code": "mg", "system": UCUM}))
    made["medicationCodeableConcept"] = {"text": "alprazolam PR 1 mg tablet"}
    assert doses(read(made)) == ["1 mg"]
