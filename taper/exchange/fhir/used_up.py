"""What a day takes out of the pack, where a request says that the other part of a split piece is thrown away.

Only our own files say it, in an extension of `dispenseRequest`; without it a quantity is held against what is taken.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from taper.exchange.fhir.dosage import Dosage
from taper.exchange.fhir.shape import many

DISCARDED = "urn:taper:parts-discarded"
"""Address of the extension."""


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
