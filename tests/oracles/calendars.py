"""How a person reads the titles of a calendar, and where and when it is read."""

from __future__ import annotations

import re
from datetime import time
from fractions import Fraction

TIMES = {"morning": time(8), "noon": time(12, 30), "evening": time(18), "bedtime": time(22, 45)}
ZONES = ("Europe/London", "America/New_York", "Australia/Sydney")
_MEASURE = r"(?:[0-9.]+ (?:mL|drops?|g of powder) \()?"  # what is measured stands before the mg
_DOSE = re.compile(rf"(Morning|Noon|Midday|Evening|Bedtime) (?:(\S+) )??{_MEASURE}([0-9]+(?:\.[0-9]+)?) mg")


def doses(summary: str) -> tuple[tuple[str, str, Fraction], ...]:
    """Read the doses out of a title, as a person would."""
    return tuple(
        (name.lower().replace("midday", "noon"), (drug or "").lower(), Fraction(mg))
        for name, drug, mg in _DOSE.findall(summary)
    )
