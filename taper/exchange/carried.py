"""What a printed or exported plan carries along: the plan document inside a PDF, and the plan that it replaces."""

from __future__ import annotations

from taper.exchange.plan_document import write_document
from taper.finding import Report
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule


def attached(schedule: Schedule, report: Report, sheet: str, to: str) -> str | None:
    """Return the plan document that goes inside a paper: only a PDF carries one, and the patient's has no findings."""
    if to != "pdf" or sheet not in ("patient", "clinician") or not schedule.plan_id:
        return None
    return write_document(schedule, report if sheet == "clinician" else Report())


def revision_before(schedule: Schedule) -> Schedule | None:
    """Return the plan that a revised plan replaces; None for a plan that was not revised."""
    order = schedule.order
    if order is None or not order.history:
        return None
    data = order.as_data()
    return plan(parse_order(data | {"history": data["history"][:-1]}))
