"""Requests of CDS Hooks with made-up people, in the shapes that record systems send."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

from taper.web.hooks.policy import Policy
from taper.web.hooks.services import PACE, TODAY, Answer, answer

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
UCUM = "http://unitsofmeasure.org"
DAY = date(2026, 11, 28)
POLICY = Policy(country="US")
Resource = dict[str, Any]


def order(medicine: str = "Diazepam 5 MG Oral Tablet", count: Any = 2, often: int = 2, **more: Any) -> Resource:
    """Return an order as the public sandbox sends it: pills without a unit, a category that is no list, no bounds."""
    return {
        "resourceType": "MedicationRequest",
        "id": "request-123",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
        "authoredOn": "2026-11-28",
        "category": {"coding": [{"code": "community"}]},
        "medicationCodeableConcept": {"text": medicine, "coding": [{"system": RXNORM, "display": medicine}]},
        "dosageInstruction": [
            {
                "timing": {"repeat": {"frequency": often, "period": 1, "periodUnit": "d"}},
                "doseAndRate": [{"doseQuantity": {"value": count, "system": UCUM, "code": "{pill}"}}],
            }
        ],
        "dispenseRequest": {"expectedSupplyDuration": {"value": 30, "unit": "days", "system": UCUM, "code": "d"}},
        **more,
    }


def active(medicine: str = "Diazepam 10 MG Oral Tablet", count: Any = 1, often: int = 2, **more: Any) -> Resource:
    """Return an order that is in force."""
    given = {"id": "m1", "status": "active", "authoredOn": "2026-11-01"} | more
    return order(medicine, count, often, **given)


def request(
    *drafts: Resource, record: Any = (), hook: str = "order-sign", prefetch: Any = None, **context: Any
) -> Resource:
    """Return a request.

    Args:
        drafts: The orders that are being written.
        record: Resources of the record.
        hook: Which hook.
        prefetch: The prefetch as it is sent, in place of `record`.
        context: More of the context.
    """
    bundle = {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in record]}
    said: Resource = {
        "hook": hook,
        "hookInstance": "09f1032a-a5fd-428f-bf01-e04c7647118a",
        "fhirServer": "http://127.0.0.1:8903/fhir",
        "context": {"patientId": "p1", "userId": "Practitioner/example", **context},
        "prefetch": {"meds": bundle} if prefetch is None else prefetch,
    }
    if hook != "patient-view" and drafts:
        said["context"]["draftOrders"] = {"resourceType": "Bundle", "entry": [{"resource": one} for one in drafts]}
    return said


def asked(body: Resource, today: date = DAY, policy: Policy = POLICY) -> Answer:
    """Return what the service of the hook of a request answers."""
    service = TODAY if body["hook"] == "patient-view" else PACE
    return answer(service, json.dumps(body, default=str).encode(), policy, today)


def card_of(body: Resource, today: date = DAY, policy: Policy = POLICY) -> Resource:
    """Return the one card of an answer."""
    (card,) = asked(body, today, policy).cards
    return card


def epic(strength: str, each: int, status: str, **repeat: Any) -> Resource:
    """Return an order in the shape that Epic sends: medicine by reference, one dose stated three times."""

    def dose(kind: str, value: Any, unit: str, code: str) -> Resource:
        coding = {"system": "http://epic.com/CodeSystem/dose-rate-type", "code": kind, "display": kind}
        quantity = {"value": value, "unit": unit, "system": UCUM, "code": code}
        return {"type": {"coding": [coding], "text": kind}, "doseQuantity": quantity}

    mass = int(strength) * each
    return {
        "resourceType": "MedicationRequest",
        "id": f"e{strength}{status}",
        "status": status,
        "intent": "order",
        "medicationReference": {"reference": "Medication/eMed", "display": f"DIAZEPAM {strength} MG PO TABS"},
        "subject": {"reference": "Patient/p1", "display": "Example, Ada"},
        "dosageInstruction": [
            {
                "timing": {"repeat": {"frequency": 1, "period": 12, "periodUnit": "h", **repeat}},
                "asNeededBoolean": False,
                "doseAndRate": [
                    dose("calculated", mass, "mg", "mg"),
                    dose("admin-amount", each, "tablet", "{tbl}"),
                    dose("ordered", mass, "mg", "mg"),
                ],
            }
        ],
        "dispenseRequest": {
            "quantity": {"value": 60 * each, "unit": "tablet"},
            "expectedSupplyDuration": {"value": 30, "unit": "Day", "system": UCUM, "code": "d"},
        },
    }


def changed(resource: Resource, **members: Any) -> Resource:
    """Return a copy with other members; one that is None is taken away."""
    made = copy.deepcopy(resource) | members
    return {name: value for name, value in made.items() if value is not None}
