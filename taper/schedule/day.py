"""One day of a plan: what to take, what comes next, and how much is left."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Literal

from taper.interval import DayLike, parse_day
from taper.schedule.calendar import printable, review_days
from taper.schedule.regimen import Intake
from taper.schedule.schedule import ONE_DAY, Schedule, Step
from taper.schedule.supply import Basis, Fill, ProductAmount, dispense, left_after, same_doses
from taper.values import dataclass

State = Literal["before", "dose", "none", "gap", "stopped", "over"]


@dataclass(frozen=True, slots=True)
class NextChange:
    """The next day on which something changes.

    Attributes:
        day: The day.
        intakes: What is taken on it; empty where the drug stops, or on a first day without it.
        stop: Whether nothing is taken from this day on.
        weekly: Whether the doses that begin are not the same every day: they go by the day of the week, or in a cycle.
    """

    day: date
    intakes: tuple[Intake, ...] = ()
    stop: bool = False
    weekly: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """One day of a plan.

    Attributes:
        day: The day.
        state: ``before`` the plan; a day with a ``dose``; ``none``: a day without a dose, such as one of a weekly
            pattern; ``gap``: the plan says nothing of it; ``stopped``: the first day without the drug, or later;
            ``over``: after the last day of a plan that names no stop, so that its last dose is kept.
        step: Number of the step; None outside the steps.
        step_end: Last day of the step.
        intakes: What is taken, in the order of the day.
        tomorrow: What is taken on the next day, where it differs because the step has a pattern or a cycle; else None.
        change: What changes next, and when; None if nothing does.
        review: Next day of review, this day included.
        fill: The fill that is running; None outside the fills, and before the revision at which they begin anew.
        days_left: Days that this fill still covers, this day included.
        next_fill: Day of the next fill.
        basis: Why the fills are as long as they are, as `Supply.basis` has it.
        left: What is left of each product at the end of the day, if each fill was fetched on its first day; None
            before the revision at which the fills begin anew.
    """

    day: date
    state: State
    step: int | None = None
    step_end: date | None = None
    intakes: tuple[Intake, ...] = ()
    tomorrow: tuple[Intake, ...] | None = None
    change: NextChange | None = None
    review: date | None = None
    fill: Fill | None = None
    days_left: int | None = None
    next_fill: date | None = None
    basis: Basis = "default"
    left: tuple[ProductAmount, ...] | None = None


def today(schedule: Schedule, on: DayLike, every: str | None = None) -> Today:
    """Return what a plan says of one day.

    Args:
        schedule: The schedule.
        on: The day; it may lie outside the plan.
        every: Time from one fill to the next, such as ``"4 weeks"``; the order's if None.

    Raises:
        ScheduleError: The schedule has no dose, or names a day twice.
        QuantityError: `on` is not a date, or `every` not an interval.
    """
    schedule, on = printable(schedule), parse_day(on, "on")
    supply = dispense(schedule, every)
    index = next((i for i, runs in enumerate(schedule.groups) if runs[0].start <= on <= runs[-1].end), None)
    step = _step(schedule, on)
    runs = schedule.groups[index] if step is not None and index is not None else None
    change = _change(schedule, on, runs)
    following = _step(schedule, on + ONE_DAY) if runs is not None and on < runs[-1].end else None
    differs = step is not None and following is not None and following.intakes != step.intakes
    fill = next((one for one in supply.fills if one.start <= on <= one.end), None)
    return Today(
        day=on,
        state=_state(schedule, on, step),
        step=step.number if step is not None else None,
        step_end=runs[-1].end if runs is not None else None,
        intakes=step.intakes if step is not None else (),
        tomorrow=following.intakes if differs and following is not None else None,
        change=change,
        review=next((day for day in review_days(schedule) if day >= on), None),
        fill=fill,
        days_left=(fill.end - on).days + 1 if fill is not None else None,
        next_fill=next((one.start for one in supply.fills if one.start > on), None),
        basis=supply.basis,
        left=left_after(schedule, supply, on),
    )


def _step(schedule: Schedule, on: date) -> Step | None:
    return next((step for step in schedule.steps if step.start <= on <= step.end), None)


def _state(schedule: Schedule, on: date, step: Step | None) -> State:
    if step is not None:
        return "dose" if any(intake.dose or intake.items for intake in step.intakes) else "none"
    if on < schedule.steps[0].start:
        return "before"
    if on <= schedule.steps[-1].end:
        return "gap"
    if schedule.stopped_on is None:
        return "over"
    return "stopped" if on >= schedule.stopped_on else "gap"


def _change(schedule: Schedule, on: date, runs: tuple[Step, ...] | None) -> NextChange | None:
    """Return the next step that differs from that of the day, or the stop."""
    groups = schedule.groups
    later = [group for group in groups if group[0].start > on]
    if runs is not None:
        later = [after for before, after in pairwise([runs, *later]) if not same_doses(before, after)]
    if later:
        begin = later[0]
        return NextChange(
            begin[0].start, begin[0].intakes, weekly=any(run.intakes != begin[0].intakes for run in begin)
        )
    stop = schedule.stopped_on
    return NextChange(stop, stop=True) if stop is not None and stop > on else None
