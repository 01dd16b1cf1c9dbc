"""Revise a plan: hold, slow down, step back, change what it is made from, record what was really taken.

The days before the revision never change. The history of the order gets an entry with date, reason and name;
the revision number rises, the identifier of the plan stays; the rest is planned anew by the same planner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from taper.errors import OrderError, ScheduleError, TaperError
from taper.interval import DayLike, Interval, parse_day
from taper.loading import validate
from taper.order.history import Event, first_hash
from taper.order.order import Order
from taper.order.parts import SpreadPolicy, TimeOfDay, Weekday
from taper.order.phase import Phase
from taper.order.product import ProductLine
from taper.order.terms import terms_of
from taper.planner.course import Course, place_of, refuse_day, steps
from taper.planner.kept_finish import refuse_larger_cuts
from taper.planner.planning import course_of, plan, plan_id
from taper.quantity import Mg
from taper.schedule.schedule import Schedule, as_schedule
from taper.schedule.supply import handed_out

REVIEW = "review"
_FILLED_IN = ("hash", "at_phase", "handed")


class Changes(TypedDict, total=False):
    """What a revision may change; None and False change nothing. `taper.order.history.Event` explains each.

    Attributes:
        drug: The drug concerned, where several are reduced at the time.
        hold: Keep the dose for so much longer, such as ``"2 weeks"``, or ``"review"``: until the next review day.
        hold_until: Keep the dose until this day at least.
        back: Return to the dose of the step before.
        dose: Take this from now on: ``"7.5 mg"``, or by time of day ``{"morning": "2.5 mg"}``.
        taken: What was really taken lately, where it differed; written likewise.
        since: With `taken`: its first day.
        reduce: New largest cut, such as ``"5% of current"``.
        every: New time between cuts.
        until: New daily dose at which the taper ends.
        finish: New day by which the goal is to be reached. A plan that has one and would get larger cuts by another
            change needs it named, the same day or a later one, or `reduce` instead.
        stop_from: New daily dose from which the last step to zero may be made.
        phase: New phases instead of all that is left.
        product: New list of products.
        max_units: New limit of pieces in one intake.
        spread: New policy of where cuts fall.
        reduce_first: Instead of it: times of day to be emptied first.
        merge: From which daily dose on all is taken at one time of day.
        change_on: New day of the week on which doses change.
        review_every: New time between reviews.
        undo: Take the last revision back.
        stock: What was counted at hand on that day.
    """

    drug: str | None
    hold: str | Interval | None
    hold_until: DayLike | None
    back: bool | None
    dose: str | Mg | Mapping[str, str] | None
    taken: str | Mg | Mapping[str, str] | None
    since: DayLike | None
    reduce: str | None
    every: str | Interval | None
    until: str | Mg | None
    finish: DayLike | None
    stop_from: str | Mg | None
    phase: Sequence[Mapping[str, Any] | Phase] | None
    product: Sequence[Mapping[str, Any] | ProductLine] | None
    max_units: int | None
    spread: SpreadPolicy | None
    reduce_first: Sequence[TimeOfDay] | None
    merge: Mapping[str, Any] | None
    change_on: Weekday | None
    review_every: str | Interval | None
    undo: bool | None
    stock: Sequence[Mapping[str, Any]] | None


def revise(
    schedule: Schedule, *, on: DayLike, reason: str | None = None, by: str | None = None, **changes: Unpack[Changes]
) -> Schedule:
    """Return the next revision of a plan.

    Args:
        schedule: The plan, as `plan`, `revise` or `read_document` gave it.
        on: First day that may change; the days before it stay as they are.
        reason: Why, for the record.
        by: Who decided it.
        changes: What changes, such as ``hold="2 weeks"``, ``every="4 weeks"``, ``back=True``, ``dose="7.5 mg"`` or
            ``undo=True``; all of them stand in `Changes`.

    Returns:
        The schedule after the revision.

    Raises:
        OrderError: The day lies outside the plan, a change is unknown or contradicts another, or cuts would grow
            because a finish date stays in force that the revision does not name.
        ScheduleError: The schedule has no order, or its steps are not those that its order and history lead to.
        NotMakeableError: A dose that is named cannot be made.
        StuckError: The rest cannot be planned; names the ways out.
    """
    order, course = _planned(as_schedule(schedule))
    event = _event(order, {"on": on, "reason": reason, "by": by, **changes})
    refuse_day(order, course, event.on)
    _refuse_past(order, event.on)
    event = event.changed(handed=handed_out(schedule, event.on) or None)
    try:
        revised = _with_event(order, course, event)
        after = course_of(revised)
        refuse_larger_cuts(course, after, event, lambda other: course_of(_with_event(order, course, other)))
        return plan(revised)
    except TaperError as problem:
        problem.field = problem.field.removeprefix(f"history[{len(order.history)}]").removeprefix(".")
        raise


def _with_event(order: Order, course: Course, event: Event) -> Order:
    """Return an order with one more entry in its history: with the place of its phase, and its hash."""
    event = event.changed(at_phase=None if event.undo else place_of(order, course, event))
    before = order.history[-1].hash if order.history else first_hash(order.as_data())
    return order.changed(history=(*order.history, event.changed(hash=event.hashed(before))))


def _planned(schedule: Schedule) -> tuple[Order, Course]:
    """Return the order that a plan was made from, and its course; refuse a schedule that no order leads to."""
    order = schedule.order
    if order is None or not schedule.plan_id:
        raise ScheduleError(
            "only a plan that was made from an order can be revised; write an order that begins with today's dose"
        )
    course = course_of(order)
    if steps(order, course) != schedule.steps or course.stopped_on != schedule.stopped_on:
        raise ScheduleError(
            "the steps are not those that the order and its history lead to: they were changed by hand, or made by "
            "another version; begin a new order with the dose that is taken now",
            field="steps",
        )
    if schedule.plan_id != plan_id(order):
        raise ScheduleError(
            "is not the identifier of this order: it is another plan's, or the order was changed after it was planned; "
            "plan the order again",
            field="plan_id",
        )
    return order, course


def _event(order: Order, given: Mapping[str, Any]) -> Event:
    """Read what is to change; a hold until the next review becomes one until its day."""
    data = {key: value for key, value in given.items() if value is not None and value is not False}
    if data.get("hold") == REVIEW:
        del data["hold"]
        data["hold_until"] = _next_review(order, parse_day(given["on"], "on"))
    event = validate(Event, data, OrderError)
    if event.model_fields_set.intersection(_FILLED_IN):
        raise OrderError("hash, at_phase and handed are filled in here; leave them out")
    return event


def _refuse_past(order: Order, on: date) -> None:
    """Refuse a day before the last revision."""
    if order.history and on < order.history[-1].on:
        raise OrderError(
            f"{on} is before the last revision, {order.history[-1].on}, and the past does not change; "
            "name that day or a later one",
            field="on",
        )


def _next_review(order: Order, day: date) -> date:
    """Return the next day of review after a day."""
    every = terms_of(order)[-1].review_every
    if every is None:
        raise OrderError(
            'the order names no reviews, so "review" is not a day; name it with hold_until, or order review_every',
            field="hold",
        )
    times = 1
    while every.after(order.start, times) <= day:
        times += 1
    return every.after(order.start, times)
