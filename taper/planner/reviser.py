"""Revise a plan: hold, slow down, step back, change what it is made from, record what was really taken.

The days before the revision never change. The history of the order gets an entry with date, reason and name;
the revision number rises, the identifier of the plan stays; the rest is planned anew by the same planner.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from taper.errors import OrderError, ScheduleError, TaperError
from taper.loading import validate
from taper.order.history import Event, first_hash
from taper.order.order import Order, parse_order
from taper.order.terms import terms_of
from taper.planner.course import place_of
from taper.planner.planning import course_of, plan, planned_steps
from taper.schedule.schedule import Schedule
from taper.schedule.supply import handed_out

REVIEW = "review"


def revise(
    schedule: Schedule, *, on: date | str, reason: str | None = None, by: str | None = None, **changes: Any
) -> Schedule:
    """Return the next revision of a plan.

    Args:
        schedule: The plan, as `plan`, `revise` or `read_document` gave it.
        on: First day that may change; the days before it stay as they are.
        reason: Why, for the record.
        by: Who decided it.
        changes: What changes, by the names of `taper.order.history.Event`: ``hold="2 weeks"``, ``hold="review"`` (until
            the next review day), ``hold_until``, ``every="4 weeks"``, ``reduce="5% of current"``, ``back=True``,
            ``dose="7.5 mg"``, ``taken="8 mg"`` (with ``since``), ``product=[…]``, ``max_units``, ``spread``,
            ``reduce_first``, ``change_on``, ``until``, ``finish``, ``stop_from``, ``phase=[…]``, ``review_every``,
            ``stock=[…]``, ``undo=True``; ``drug`` says which one, where several are reduced at the time.

    Returns:
        The schedule after the revision.

    Raises:
        OrderError: The day lies outside the plan, a change is unknown or contradicts another.
        ScheduleError: The schedule has no order, or its steps are not those that its order and history lead to.
        NotMakeableError: A dose that is named cannot be made.
        StuckError: The rest cannot be planned; names the ways out.
    """
    order = schedule.order
    if order is None or not schedule.plan_id:
        raise ScheduleError(
            "only a plan that was made from an order can be revised; write an order that begins with today's dose"
        )
    course = course_of(order)
    if planned_steps(order) != schedule.steps:
        raise ScheduleError(
            "the steps are not those that the order and its history lead to: they were changed by hand, or made by "
            "another version; begin a new order with the dose that is taken now",
            field="steps",
        )
    given = {"on": on, "reason": reason, "by": by, **changes}
    data = {key: value for key, value in given.items() if value is not None and value is not False}
    if data.get("hold") == REVIEW:
        del data["hold"]
        data["hold_until"] = _next_review(order, validate(Event, {"on": on, "undo": True}, OrderError).on)
    event = validate(Event, data, OrderError)
    if any(key in event.model_fields_set for key in ("hash", "at_phase", "handed")):
        raise OrderError("hash, at_phase and handed are filled in here; leave them out")
    if not order.start <= event.on <= course.end:
        outside = f"before the plan begins, {order.start}" if event.on < order.start else f"after its end, {course.end}"
        raise OrderError(f"{event.on} is {outside}; nothing is left to change", field="on")
    if order.history and event.on < order.history[-1].on:
        raise OrderError(
            f"{event.on} is before the last revision, {order.history[-1].on}, and the past does not change; "
            "name that day or a later one",
            field="on",
        )
    entry = event.as_data()
    if not event.undo:
        entry["at_phase"] = place_of(order, course, event)
    handed = handed_out(schedule, event.on)
    if handed:
        entry["handed"] = [one.model_dump(mode="json", exclude_none=True) for one in handed]
    written = validate(Event, entry, OrderError)
    before = order.history[-1].hash if order.history else first_hash(order.as_data())
    entry = written.as_data() | {"hash": written.hashed(before)}
    data = order.as_data()
    data["history"] = [*data.get("history", []), entry]
    try:
        return plan(parse_order(data))
    except TaperError as problem:
        problem.field = problem.field.removeprefix(f"history[{len(order.history)}]").removeprefix(".")
        raise


def _next_review(order: Order, day: date) -> str:
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
    return every.after(order.start, times).isoformat()
