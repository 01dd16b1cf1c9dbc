"""The doses of a plan against the words of its order: as first written, day by day, and what its revisions let change.

The order as it was first written is walked through (`taper.proof.walk`), up to the day of the first revision, so that
the past of a revised plan is the plan that was revised; what comes after is held against the terms in force
(`taper.proof.revised`). Both say what they do not prove.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from taper.proof.days import tracks_of
from taper.proof.walk import Differs, Unproved, Walk

if TYPE_CHECKING:
    from taper.schedule.schedule import Schedule


def difference_from_order(schedule: Schedule) -> str:
    """Say what of a plan is not what its order says; nothing where all is.

    Args:
        schedule: The plan, whose days follow each other.
    """
    order = schedule.order
    assert order is not None
    tracks = tracks_of(schedule)
    horizon = order.history[0].on if order.history else None
    try:
        stop = Walk(order, tracks, _targets(schedule), horizon).go(schedule.steps[-1].end)
        if not order.history:
            return _stop_problem(schedule.stopped_on, stop)
        from taper.proof.revised import Revised  # only plans with a history need it

        revised = Revised(order, tracks)
        revised.hold()
        stays = revised.stays()
        if stays is not None and stays != (schedule.stopped_on is None):
            return f"it {'stops' if schedule.stopped_on else 'does not stop'}, and its order says otherwise"
    except Unproved:
        return ""
    except Differs as difference:
        return str(difference)
    return ""


def _stop_problem(stated: date | None, stop: date | None) -> str:
    if stated == stop:
        return ""
    return f"the first day without the drug is said to be {stated}, and the order leads to {stop}"


def _targets(schedule: Schedule) -> dict[tuple[date, str], Fraction]:
    """Return the targets of the steps on which only one drug is taken."""
    found: dict[tuple[date, str], Fraction] = {}
    for step in schedule.steps:
        drugs = {intake.drug for intake in step.intakes}
        if step.target is not None and len(drugs) == 1:
            found[step.start, drugs.pop()] = step.target.value
    return found
