"""How much a finding matters: graded by danger, not by the guideline's row alone. The grading is this project's own."""

from __future__ import annotations

from fractions import Fraction

from taper.catalog import Limit
from taper.checker.case import Case
from taper.checker.falls import exceeds
from taper.finding import Severity

_NEXT = {Severity.NOTE: Severity.WARNING, Severity.WARNING: Severity.ALERT, Severity.ALERT: Severity.ALERT}


def graded(case: Case, limit: Limit, measured: Fraction, ceiling: Fraction, *, small: bool) -> Severity:
    """Return the severity of a value beyond a limit.

    Args:
        case: The case; after a short use of a Z-drug nothing is more than a note.
        limit: The limit; its own severity says how firm its source is.
        measured: The value.
        ceiling: The limit in the same unit.
        small: Whether the fall stays within the allowance near zero.

    Returns:
        A note within the allowance, and of what a source only shows in an example; else the severity of the
        limit, and beyond twice the limit the next higher one.
    """
    if small or limit.example or case.is_short_use:
        return Severity.NOTE
    own = Severity(limit.severity)
    return _NEXT[own] if exceeds(measured, 2 * ceiling) else own
