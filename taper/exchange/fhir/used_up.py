"""What a day takes out of the pack, and how many days all that a request orders lasts.

Only our own files say that the other part of a split piece is thrown away, in an extension of `dispenseRequest`;
without it a quantity is held against what is taken.
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import Any

from taper.exchange.collector import whole_days
from taper.exchange.fhir.bounds import length_of
from taper.exchange.fhir.dosage import Dosage
from taper.exchange.fhir.shape import amount, many, one
from taper.exchange.fhir.units import mg_of
from taper.exchange.medicine import Medicine

DISCARDED = "urn:taper:parts-discarded"
"""Address of the extension."""
BY_SUPPLY = "days of the supply"
"""The rule of a step whose last day is known by the supply alone."""
_MOST_DAYS = 3650


def used_up(dosage: Dosage, request: dict[str, Any]) -> Fraction:
    """Return the mg that a day of a dosage uses up.

    Args:
        dosage: The dosage, with its daily dose.
        request: The dispenseRequest.
    """
    assert dosage.daily is not None
    intakes = dosage.intakes or ()
    counts = [intake.items[0].count for intake in intakes if len(intake.items) == 1]
    thrown = any(isinstance(one, dict) and one.get("url") == DISCARDED for one in many(request, "extension"))
    if not thrown or len(counts) != len(intakes):
        return dosage.daily.value
    return sum(
        (
            intake.dose.value * (math.ceil(count.value) / count.value if count else 1)
            for intake, count in zip(intakes, counts, strict=True)
        ),
        Fraction(0),
    )


def supply_days(request: dict[str, Any], dosages: list[Dosage], medicine: Medicine) -> int | None:
    """Return how many days all that a request orders lasts, repeats included; None if that is not clear.

    By the length that it names, else by its quantity over the daily dose, where that is a whole number of days.

    Args:
        request: The dispenseRequest.
        dosages: The dosages that it is for, all taken side by side.
        medicine: The medicine.

    >>> lasting = {"expectedSupplyDuration": {"value": 28, "unit": "days"}, "numberOfRepeatsAllowed": 2}
    >>> supply_days(lasting, [], Medicine("diazepam", "diazepam 5 mg", True))
    84
    """
    fills = _fills(request)
    lasting = one(request, "expectedSupplyDuration")
    days = length_of(lasting)[0] if lasting is not None else _days_by_quantity(request, dosages, medicine)
    return days * fills if days and fills and days * fills <= _MOST_DAYS else None


def of_one_fill(dosages: list[Dosage], request: dict[str, Any]) -> list[Dosage]:
    """Return dosages with the days of one fill, where theirs are those of the supply with its repeats."""
    fills = _fills(request) or 1
    return [
        replace(dosage, days=dosage.days // fills) if dosage.rule == BY_SUPPLY and dosage.days else dosage
        for dosage in dosages
    ]


def _fills(request: dict[str, Any]) -> int | None:
    """Return how many fills a request orders; None if its number of repeats is none."""
    repeats = amount(request, "numberOfRepeatsAllowed")
    if one(request, "numberOfRepeatsAllowed") is None:
        return 1
    return None if repeats is None or repeats.denominator != 1 else 1 + int(repeats)


def _days_by_quantity(request: dict[str, Any], dosages: list[Dosage], medicine: Medicine) -> int | None:
    """Return how many days one quantity lasts by the daily dose."""
    whole = mg_of(one(request, "quantity"), medicine)
    if whole is None or any(each.daily is None or each.every != 1 or each.weekdays for each in dosages):
        return None
    daily = sum((used_up(each, request) for each in dosages), Fraction(0))
    return whole_days(whole[0].value / daily) if daily else None
