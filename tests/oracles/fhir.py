"""A receiver of FHIR that knows nothing of us: it expands the dosages of a bundle day by day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from taper.exchange.fhir.write import WHEN

TIME_OF = {code: name for name, code in WHEN.items()}
ORDER_OF_DAY = list(TIME_OF.values())


def read(text: str) -> dict[str, Any]:
    """Read JSON with exact numbers."""
    found: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return found


def requests(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "MedicationRequest"]


def of_kind(bundle: dict[str, Any], kind: str) -> dict[str, Any]:
    (found,) = (e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind)
    return dict(found)


def days_of(repeat: dict[str, Any]) -> list[date]:
    """The days on which a dosage is taken: those within its bounds that are on its days of the week."""
    start, end = (date.fromisoformat(repeat["boundsPeriod"][key]) for key in ("start", "end"))
    days = [start + timedelta(days=offset) for offset in range((end - start).days + 1)]
    return [day for day in days if f"{day:%a}".lower() in repeat.get("dayOfWeek", [f"{day:%a}".lower()])]


def expanded(bundle: dict[str, Any]) -> dict[date, tuple[tuple[str, str, Fraction], ...]]:
    """Expand the dosages day by day, as a receiver would that knows nothing of us."""
    found: dict[date, list[tuple[str, str, Fraction]]] = {}
    several = len({request["medicationCodeableConcept"]["text"] for request in requests(bundle)}) > 1
    for request in requests(bundle):
        drug = request["medicationCodeableConcept"]["text"] if several else ""
        for dosage in request["dosageInstruction"]:
            repeat = dosage["timing"]["repeat"]
            assert (repeat["period"], repeat["periodUnit"], repeat["frequency"]) == (1, "d", len(repeat["when"]))
            (rate,) = dosage["doseAndRate"]
            assert rate["doseQuantity"]["code"] == rate["doseQuantity"]["unit"] == "mg"
            for day in days_of(repeat):
                found.setdefault(day, []).extend(
                    (TIME_OF[code], drug, Fraction(rate["doseQuantity"]["value"])) for code in repeat["when"]
                )
    return {day: tuple(sorted(taken, key=lambda one: ORDER_OF_DAY.index(one[0]))) for day, taken in found.items()}
