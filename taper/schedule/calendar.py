"""The days of a schedule for a calendar: whether it can be printed, what lies ahead, and the days of review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from taper.errors import ScheduleError
from taper.order.terms import terms_of
from taper.schedule.schedule import ONE_DAY, Schedule, as_schedule


def printable(schedule: Schedule) -> Schedule:
    """Return a schedule as it is printed; reject one that a calendar could only show by guessing.

    Recorded days of nothing from the stop on, as other tools' tables have them, are not printed.

    Raises:
        ScheduleError: It is empty, names a day twice, goes on after its stop, or is a plan document that was altered.
    """
    schedule = as_schedule(schedule)
    for remark in schedule.remarks:
        if remark.kind == "altered":
            where = f" ({remark.quote})" if remark.quote else ""
            raise ScheduleError(
                f"{remark.text[:1].lower()}{remark.text[1:]}{where}; it was changed after it was written, or made by "
                "another version, so nothing is printed or exported: plan the order again, or begin a new order with "
                "the dose that is taken now",
                field=remark.place or "steps",
            )
    stop = schedule.stopped_on
    if stop is not None and any(step.start >= stop and not step.total for step in schedule.steps):
        schedule = replace(schedule, steps=tuple(step for step in schedule.steps if step.start < stop or step.total))
    if not schedule.steps or not schedule.drugs:
        raise ScheduleError("there is no step with a dose, so there is nothing to print; check the input")
    steps = schedule.steps
    for before, after in pairwise(steps):
        if after.start <= before.end:
            raise ScheduleError(
                f"step {after.number} begins on {after.start}, but step {before.number} goes on until {before.end}, "
                "so the dose of a day is not clear and no calendar is printed; put the steps in order, "
                "and end each before the next begins"
            )
    if schedule.stopped_on is not None and schedule.stopped_on <= steps[-1].end:
        raise ScheduleError(
            f"step {steps[-1].number} goes on until {steps[-1].end}, but the first day without the drug is "
            f"{schedule.stopped_on}; change one of the two"
        )
    return schedule


def revised_on(schedule: Schedule) -> date | None:
    """Return the day from which the last revision holds; None for a plan as first written."""
    history = schedule.order.history if schedule.order is not None else ()
    return history[-1].on if schedule.revision and history else None


def from_day(schedule: Schedule, day: date) -> Schedule:
    """Return what a schedule holds from a day on, its steps counted from 0; without a step where none is left.

    A step that is under way on the day begins with it. The order stays whole: what counts from the first day of the
    plan, such as `review_days`, is asked of the schedule itself.
    """
    if not schedule.steps or day <= schedule.steps[0].start:
        return schedule
    groups = (tuple(run for run in runs if run.end >= day) for runs in schedule.groups)
    left = (runs for runs in groups if runs)
    steps = (replace(run, number=at, start=max(run.start, day)) for at, runs in enumerate(left) for run in runs)
    return replace(schedule, steps=tuple(steps))


def review_days(schedule: Schedule) -> tuple[date, ...]:
    """Return the days on which the plan is to be reviewed, as the order asks; empty if it does not.

    Counted from the first day, up to the first day without the drug or the last day of the plan; from a revision
    on that says so, at its interval.
    """
    if schedule.order is None or not schedule.steps:
        return ()
    found, first, last = list[date](), schedule.steps[0].start, schedule.stopped_on or schedule.steps[-1].end
    all_terms = terms_of(schedule.order)
    for terms, after in zip(all_terms, (*(one.on for one in all_terms[1:]), last + ONE_DAY), strict=True):
        if terms.review_every is None:
            continue
        for times in range(1, (last - first).days + 1):
            day = terms.review_every.after(first, times)
            if day >= after:
                break
            if day >= terms.on:
                found.append(day)
    return tuple(found)
