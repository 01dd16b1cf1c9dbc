"""FHIR: a dose by another route than the mouth is no part of what is taken."""

from __future__ import annotations

import json
from typing import Any

import pytest

from taper import catalog
from taper.exchange.fhir.units import EDQM, SNOMED, UCUM
from taper.exchange.medicine import medicine
from taper.exchange.reading import Reading, read_schedule
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
        _route("im"),
        _route("p.r."),
        _route("Rektale Anwendung"),
        _route("intranasal"),
        _route("IV Push"),
        _route("IM or IV"),
        _route("i. m."),
        _route("Transdermal"),
        _route("", "20061000", EDQM),
        _route("", "IVPUSH", "urn:oid:2.16.840.1.113883.5.112"),
        _route("", "37161004", f"{SNOMED}/731000124108/version/20250901"),
    ],
    ids=str,
)
def test_a_dose_by_another_route_than_the_mouth_is_no_part_of_what_is_taken(route: dict[str, Any]) -> None:
    """A rectal gel or an injection is kept for an emergency; taken for a daily dose, it would hide a cut."""
    reading = read(request(dosage(route=route)))
    assert doses(reading) == []
    assert any("another route than the mouth" in remark.text for remark in reading.remarks)


@pytest.mark.parametrize(
    "name", ["diazepam 5 mg/mL rectal gel", "midazolam 5 mg/mL solution for injection", "DIAZEPAM 5 MG/ML IJ SOLN"]
)
def test_the_name_of_a_product_says_that_it_is_not_taken_by_mouth(name: str) -> None:
    made = request(dosage(ONCE, {"value": 5, "unit": "mg", "code": "mg", "system": UCUM}))
    made["medicationCodeableConcept"] = {"text": name}
    assert doses(read(made)) == []


@pytest.mark.parametrize(
    "route",
    [_route("oral"), _route("", "26643006"), _route("sublingual"), _route("Oral, not rectal"), _route("im Mund")],
    ids=str,
)
def test_a_dose_by_mouth_or_by_a_route_that_is_not_known_is_read(route: dict[str, Any]) -> None:
    assert doses(read(request(dosage(route=route)))) == ["5 mg"]


@pytest.mark.parametrize("route", ["sublingually", "under the tongue"])
def test_words_under_the_tongue_are_held_against_the_fields_and_alone_are_no_dose(route: str) -> None:
    """Fields of one tablet a day beside words of two are a mismatch; without fields a person reads the words."""
    twice = read(request(dosage(text=f"Take 2 tablets {route} daily")))
    assert any(remark.kind == "mismatch" for remark in twice.remarks)
    once = read(request(dosage(text=f"Take 1 tablet {route} daily")))
    assert (doses(once), [remark for remark in once.remarks if remark.kind == "mismatch"]) == (["5 mg"], [])
    mouth = read(request({"text": "Take 1 tablet by mouth daily for 14 days"}, authoredOn="2026-01-05"))
    only = read(request({"text": f"Take 1 tablet {route} daily for 14 days"}, authoredOn="2026-01-05"))
    assert (doses(mouth), doses(only)) == (["5 mg"], [])
    assert any(remark.kind == "text" for remark in only.remarks)


def test_prolonged_release_in_a_name_is_not_per_rectum() -> None:
    made = request(dosage(ONCE, {"value": 1, "unit": "mg", "code": "mg", "system": UCUM}))
    made["medicationCodeableConcept"] = {"text": "alprazolam PR 1 mg tablet"}
    assert doses(read(made)) == ["1 mg"]


def _dispensed(name: str, day: str, quantity: int, **more: Any) -> dict[str, Any]:
    handed = {"status": "completed", "whenHandedOver": day, "daysSupply": {"value": 30, "unit": "d"}}
    made = {"resourceType": "MedicationDispense", "medicationCodeableConcept": {"text": name}, **handed}
    return made | {"subject": {"reference": "Patient/1"}, "quantity": {"value": quantity, "unit": "each"}, **more}


@pytest.mark.parametrize(
    ("name", "more"),
    [("Diazepam 10 mg rectal gel", {}), ("Diazepam 10 mg", {"dosageInstruction": [{"route": _route("", "37161004")}]})],
    ids=["name", "route"],
)
def test_what_was_handed_out_for_another_route_hides_no_cut(name: str, more: dict[str, Any]) -> None:
    """60 tablets for 30 days, then 30: as many rectal doses beside them made it look like no change."""
    tablets = [
        _dispensed("Diazepam 10 mg tablet", day, count) for day, count in (("2025-01-01", 60), ("2025-01-31", 30))
    ]
    resources = [*tablets, _dispensed(name, "2025-01-31", 30, **more)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
    reading = read_schedule(json.dumps(bundle))
    assert doses(reading) == ["20 mg", "10 mg"]
    assert any("another route than the mouth" in remark.text for remark in reading.remarks)


def test_every_product_of_the_catalog_may_be_taken_by_mouth() -> None:
    for country in catalog.countries():
        for product in catalog.products(country):
            assert medicine(product.name).by_mouth, product.name


@pytest.mark.parametrize(
    "name",
    [
        "Midazolam 2 mg/ml solution buvable en ampoule",
        "diazepam oral solution 5 mL vial",
        "Diazepam 5 mg tablets (vial of 60)",
        "Lorazepam 1 mg Trinkampullen",
        "midazolam prefilled oral syringe",
        "alprazolam 1 mg direct release",
    ],
)
def test_words_for_what_is_swallowed_win(name: str) -> None:
    assert medicine(name).by_mouth


@pytest.mark.parametrize(
    "name",
    [
        "Diazepam 10 mg supositorios",
        "Diazepam 10 mg ampollas",
        "Diazepam Desitin 10 mg Rectiole",
        "Valium Inj Lös 10 mg/2ml",
        "Diazepam 10 mg fiale",
        "DIAZEPAM 10 MG RE GEL",
        "Midazolam 5 mg nasal spray",
    ],
)
def test_names_of_several_languages_say_that_they_are_not_swallowed(name: str) -> None:
    assert not medicine(name).by_mouth
