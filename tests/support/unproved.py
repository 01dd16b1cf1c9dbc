"""Plan documents as somebody may have changed them by hand: they are written without the proof that stops them."""

from __future__ import annotations

from unittest.mock import patch

from taper.exchange.plan_document import write_document
from taper.finding import Report
from taper.schedule.schedule import Schedule


def changed_document(schedule: Schedule, report: Report | None = None) -> str:
    """Return the plan document of a schedule that its order may not lead to."""
    with patch("taper.proof.sums.is_plan", return_value=False):
        return write_document(schedule, report or Report())
