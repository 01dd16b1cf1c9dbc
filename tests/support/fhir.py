"""FHIR as others write it: one request, its dosages, and what is read of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from taper.exchange.fhir.units import UCUM
from taper.exchange.reading import Reading, read_schedule

DAYS = {"start": "2026-01-05", "end": "2026-01-18"}
ONCE = {"frequency": 1, "period": 1, "periodUnit": "d"}
TABLET = {"value": 1, "unit": "tablet", "system": UCUM, "code": "{tbl}"}


def dosage(repeat: dict[str, Any] | None = None, dose: Any = TABLET, **more: Any) -> dict[str, Any]:
    """Return a dosage of one tablet once a day for two weeks, or with another timing or dose."""
    timing = {"repeat": {"boundsPeriod": DAYS, **(ONCE if repeat is None else repeat)}}
    return {"timing": timing, "doseAndRate": [{"doseQuantity": dose}], **more}


def request(*dosages: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a request of these dosages."""
    return {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": "diazepam 5 mg tablet"},
        "subject": {"reference": "Patient/1"},
        "dosageInstruction": list(dosages) or [dosage()],
        **more,
    }


def read(*resources: dict[str, Any], first_day: date | None = None) -> Reading:
    """Read resources as one bundle."""
    entries = [{"fullUrl": f"urn:uuid:{n}", "resource": resource} for n, resource in enumerate(resources)]
    return read_schedule(json.dumps({"resourceType": "Bundle", "entry": entries}), first_day=first_day)


def steps(reading: Reading) -> list[tuple[str, str, str]]:
    """Return first day, last day and dose of each step."""
    return [(f"{s.start:%d.%m.}", f"{s.end:%d.%m.}", str(s.total)) for s in reading.schedule().steps]


def kinds(reading: Reading) -> set[str]:
    """Return the kinds of what is remarked, but for what was not compared."""
    return {remark.kind for remark in reading.remarks if not remark.unknown}
