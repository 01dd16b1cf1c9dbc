"""Broken FHIR files, one slip each, with the readers that must refuse it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

Change = Callable[[dict[str, Any]], Any]


def request(bundle: dict[str, Any], index: int = 0) -> dict[str, Any]:
    """Return the first MedicationRequest."""
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "MedicationRequest"][index]  # type: ignore[no-any-return]


def kind(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what finds the resource of a kind."""
    return lambda bundle: next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == name)


def dosage(bundle: dict[str, Any]) -> dict[str, Any]:
    return request(bundle)["dosageInstruction"][0]  # type: ignore[no-any-return]


def repeat(bundle: dict[str, Any]) -> dict[str, Any]:
    return dosage(bundle)["timing"]["repeat"]  # type: ignore[no-any-return]


def dose(bundle: dict[str, Any]) -> dict[str, Any]:
    return dosage(bundle)["doseAndRate"][0]["doseQuantity"]  # type: ignore[no-any-return]


def supply(bundle: dict[str, Any]) -> dict[str, Any]:
    return request(bundle)["dispenseRequest"]  # type: ignore[no-any-return]


def action(bundle: dict[str, Any]) -> dict[str, Any]:
    return kind("RequestGroup")(bundle)["action"][1]  # type: ignore[no-any-return]


def put(place: Callable[[dict[str, Any]], dict[str, Any]], **values: Any) -> Change:
    """Set values at a place."""
    return lambda bundle: place(bundle).update(values)


def drop(place: Callable[[dict[str, Any]], dict[str, Any]], key: str) -> Change:
    """Take a value away."""
    return lambda bundle: place(bundle).pop(key)


GROUP, PLAN = kind("RequestGroup"), kind("CarePlan")

MUTANTS: dict[str, Change] = {
    "no status": drop(request, "status"),
    "no intent": drop(request, "intent"),
    "no subject": drop(request, "subject"),
    "no medication": drop(request, "medicationCodeableConcept"),
    "no status of the group": drop(GROUP, "status"),
    "no intent of the group": drop(GROUP, "intent"),
    "no status of the care plan": drop(PLAN, "status"),
    "no intent of the care plan": drop(PLAN, "intent"),
    "no subject of the care plan": drop(PLAN, "subject"),
    "no type of the bundle": lambda bundle: bundle.pop("type"),
    "wrong status": put(request, status="prepared"),
    "wrong intent": put(request, intent="wish"),
    "wrong priority": put(request, priority="soon"),
    "wrong status of the group": put(GROUP, status="prepared"),
    "wrong intent of the group": put(GROUP, intent="wish"),
    "wrong status of the care plan": put(PLAN, status="prepared"),
    "wrong intent of the care plan": put(PLAN, intent="wish"),
    "wrong type of the bundle": lambda bundle: bundle.update(type="heap"),
    "wrong status of the narrative": lambda bundle: request(bundle)["text"].update(status="made"),
    "wrong time of day": put(repeat, when=["BEDTIME"]),
    "wrong unit of the period": put(repeat, periodUnit="day"),
    "wrong day of the week": put(repeat, dayOfWeek=["monday"]),
    "wrong relationship": lambda bundle: action(bundle)["relatedAction"][0].update(relationship="later"),
    "wrong comparator": put(dose, comparator="about"),
    "wrong use of an identifier": lambda bundle: request(bundle)["identifier"][0].update(use="main"),
    "unknown element of the request": put(request, dose="10 mg"),
    "unknown element of the dosage": put(dosage, step=1),
    "unknown element of the timing": put(repeat, until="2026-02-01"),
    "unknown element of the dose": put(dose, strength="5 mg"),
    "unknown element of the supply": put(supply, tablets=5),
    "unknown element of the group": put(GROUP, steps=[]),
    "unknown element of the care plan": put(PLAN, goalDose="0 mg"),
    "unknown element of the bundle": lambda bundle: bundle.update(resources=[]),
    "shape of R5": lambda bundle: request(bundle).update(
        medication={"concept": request(bundle).pop("medicationCodeableConcept")}
    ),
    "sequence as text": put(dosage, sequence="1"),
    "dose as text": put(dose, value="10"),
    "frequency as text": put(repeat, frequency="1"),
    "as needed as text": put(dosage, asNeededBoolean="false"),
    "text as a number": put(dosage, text=10),
    "dosages not in a list": lambda bundle: request(bundle).update(dosageInstruction=dosage(bundle)),
    "times of day not in a list": put(repeat, when="MORN"),
    "identifier not in a list": lambda bundle: request(bundle).update(identifier=request(bundle)["identifier"][0]),
    "subject in a list": lambda bundle: request(bundle).update(subject=[request(bundle)["subject"]]),
    "status in a list": put(request, status=["draft"]),
    "a day that is none": lambda bundle: repeat(bundle)["boundsPeriod"].update(start="2026-02-30"),
    "a month that is none": put(request, authoredOn="2026-13-01"),
    "a day in words": put(request, authoredOn="5 January 2026"),
    "a day of the care plan that is none": put(PLAN, created="2026-00-10"),
    "a day of the group that is none": put(GROUP, authoredOn="yesterday"),
    "two medications": put(request, medicationReference={"reference": "Medication/1"}),
    "two bounds": put(
        repeat, boundsDuration={"value": 1, "unit": "d", "system": "http://unitsofmeasure.org", "code": "d"}
    ),
    "dose and range": lambda bundle: dosage(bundle)["doseAndRate"][0].update(doseRange={"low": dict(dose(bundle))}),
    "as needed twice": put(dosage, asNeededCodeableConcept={"text": "pain"}),
    "period without a unit": drop(repeat, "periodUnit"),
    "negative period": put(repeat, period=-1),
    "duration without a unit": put(repeat, duration=1),
    "negative duration": put(repeat, duration=-1, durationUnit="d"),
    "most periods without period": lambda bundle: (repeat(bundle).pop("period"), repeat(bundle).update(periodMax=2)),
    "most times without times": put(repeat, countMax=2),
    "clock time and time of day": put(repeat, timeOfDay=["08:00:00"]),
    "offset without time of day": lambda bundle: (repeat(bundle).pop("when"), repeat(bundle).update(offset=30)),
    "offset of a meal time that has none": put(repeat, when=["C"], offset=30),
    "period that ends before it starts": lambda bundle: repeat(bundle)["boundsPeriod"].update(end="2020-01-01"),
    "validity that ends before it starts": lambda bundle: supply(bundle)["validityPeriod"].update(end="2020-01-01"),
    "time of the action ends before it starts": lambda bundle: action(bundle)["timingPeriod"].update(end="2020-01-01"),
    "time of the care plan ends before it starts": lambda bundle: PLAN(bundle)["period"].update(end="2020-01-01"),
    "unit code without system": drop(dose, "system"),
    "comparator on a simple quantity": put(dose, comparator="<"),
    "mcg instead of ug": put(dose, unit="mcg", code="mcg"),
    "tablet as a unit": lambda bundle: supply(bundle)["quantity"].update(unit="tablet", code="tablet"),
    "days as a unit": lambda bundle: supply(bundle)["expectedSupplyDuration"].update(code="days"),
    "milligram as a unit": put(dose, code="milligram"),
    "empty list of dosages": put(request, dosageInstruction=[]),
    "empty list of times of day": put(repeat, when=[]),
    "empty list of notes": put(request, note=[]),
    "action with resource and actions": lambda bundle: action(bundle).update(
        resource={"reference": "MedicationRequest/1"}, action=[{"resource": {"reference": "MedicationRequest/1"}}]
    ),
    "action with neither": lambda bundle: (action(bundle).pop("resource", None), action(bundle).pop("action", None)),
    "related action without a name": lambda bundle: action(bundle)["relatedAction"][0].pop("actionId"),
    "related action without a relationship": lambda bundle: action(bundle)["relatedAction"][0].pop("relationship"),
    "activity with reference and detail": lambda bundle: PLAN(bundle)["activity"][0].update(
        detail={"status": "scheduled"}
    ),
    "extension with value and parts": lambda bundle: request(bundle)["extension"][1].update(
        extension=[{"url": "x", "valueCode": "y"}]
    ),
    "extension with neither": lambda bundle: request(bundle)["extension"][0].pop("valueMarkdown"),
    "extension without an address": lambda bundle: request(bundle)["extension"][0].pop("url"),
    "no resource of this name": lambda bundle: request(bundle).update(resourceType="MedicationOrder"),
    "same address twice": lambda bundle: bundle["entry"][1].update(fullUrl=bundle["entry"][0]["fullUrl"]),
    "posted without a method": lambda bundle: bundle["entry"][0].update(request={"url": "MedicationRequest"}),
    "reference to nothing in the bundle": lambda bundle: request(bundle, 1)["priorPrescription"].update(
        reference="urn:uuid:00000000-0000-4000-8000-000000000000"
    ),
}


def mutated(bundle: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return each mutant of a bundle of the style ``per-step``."""
    found = {}
    for name, change in MUTANTS.items():
        broken = copy.deepcopy(bundle)
        change(broken)
        assert broken != bundle, name
        found[name] = broken
    return found
