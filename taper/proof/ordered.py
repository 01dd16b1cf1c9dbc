"""The doses of a plan against the words of its order: as first written, day by day, and what its revisions let change.

The order as it was first written is walked through (`taper.proof.walk`), up to the day of the first revision, so that
the past of a revised plan is the plan that was revised; what comes after is held against the terms in force
(`taper.proof.revised`). Both say what they do not prove.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from taper.proof.days import DAY, Track, tracks_of
from taper.proof.named import Differs, Unproved, times_of
from taper.proof.walk import Walk
from taper.proof.words import after
from taper.quantity import Mg

if TYPE_CHECKING:
    from taper.order.order import Order
    from taper.order.parts import DailyDoses
    from taper.schedule.schedule import Schedule

_SLACK = 3 * DAY
"""How much longer a month may be than another one."""


def difference_from_order(schedule: Schedule) -> str:
    """Say what of a plan is not what its order says; nothing where all is.

    Args:
        schedule: The plan, whose days follow each other.
    """
    order = schedule.order
    assert order is not None
    tracks = tracks_of(schedule)
    problem = _times_problem(order, tracks)
    if problem:
        return problem
    horizon = order.history[0].on if order.history else None
    try:
        stop = Walk(order, tracks, _targets(schedule), horizon).go(schedule.steps[-1].end)
        if not order.history:
            return _stop_problem(schedule.stopped_on, stop) or _end_problem(order, tracks, schedule)
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


def _times_problem(order: Order, tracks: Mapping[str, Track]) -> str:
    """Say what is taken at a time of day that neither the order nor a revision names."""
    phases = [*order.phase, *(phase for event in order.history for phase in event.phase or ())]
    switched = any(phase.switch_to is not None for phase in phases)
    named: list[Mg | DailyDoses | None] = [one for event in order.history for one in (event.dose, event.taken)]
    for phase in phases:
        named += [*(phase.doses or ()), phase.to, *(dose for days in phase.patterns or () for dose in days)]
    known = {time for one in named if one is not None and not isinstance(one, Mg) for time in times_of(one)}
    own = {drug: set() if (now := order.current_of(drug)) is None else times_of(now) for drug in tracks}
    every = known.union(*own.values())
    for drug, track in tracks.items():
        allowed = every if switched else known | own[drug]
        for day, doses in zip(track.days, track.doses, strict=True):
            if not doses.keys() <= allowed:
                return f"{drug} is taken at {', '.join(sorted(doses.keys() - allowed))} on {day}, which nobody ordered"
    return ""


def _stop_problem(stated: date | None, stop: date | None) -> str:
    if stated == stop:
        return ""
    return f"the first day without the drug is said to be {stated}, and the order leads to {stop}"


def _end_problem(order: Order, tracks: Mapping[str, Track], schedule: Schedule) -> str:
    """Say that a dose to stay on is shown for longer than the interval of its phase; nothing of patterns and switches.

    Days of the week, pauses and months of other lengths may make it longer by what they do.
    """
    phase = order.phase[-1]
    if schedule.stopped_on is not None or len(tracks) > 1 or phase.patterns is not None or order.hold:
        return ""
    (track,) = tracks.values()
    latest = after(phase.every, track.days[-1]) + (_SLACK if order.change_on is None else 3 * _SLACK)
    end = schedule.steps[-1].end
    return f"its last dose is shown until {end}, and one interval ends before {latest}" if end >= latest else ""


def _targets(schedule: Schedule) -> dict[tuple[date, str], Fraction]:
    """Return the targets of the steps on which only one drug is taken."""
    found: dict[tuple[date, str], Fraction] = {}
    for step in schedule.steps:
        drugs = {intake.drug for intake in step.intakes}
        if step.target is not None and len(drugs) == 1:
            found[step.start, drugs.pop()] = step.target.value
    return found
