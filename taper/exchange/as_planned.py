"""Whether a plan document still says what its order and history lead to.

A document whose sums add up can still have been changed: other tablets, another time of day, all days one later. The
order inside it is planned again, and the first day that differs is named. Such a plan is checked, and never printed.
"""

from __future__ import annotations

from datetime import date
from itertools import zip_longest

from taper.checker.wording import day_text
from taper.errors import TaperError
from taper.planner.planning import plan
from taper.quantity import plain_text
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Remark, Schedule, Step


def altered(schedule: Schedule) -> tuple[Remark, ...]:
    """Return one remark if a plan is not the one that its order and history lead to; none for a record without one."""
    if schedule.order is None:
        return ()
    try:
        wanted = plan(schedule.order)
    except TaperError as problem:
        text = "The order and its history lead to no plan, so these steps are not theirs"
        return (Remark("altered", text, problem.field, problem.message),)
    if schedule.steps != wanted.steps or schedule.stopped_on != wanted.stopped_on:
        return (_first_difference(schedule, wanted),)
    if schedule.plan_id != wanted.plan_id:
        text = "The identifier is not that of the order: another plan's, or the order was changed"
        return (_remark(text, "plan_id", schedule.plan_id or "none", wanted.plan_id),)
    return ()


def _remark(text: str, place: str, found: str, wanted: str, on: date | None = None) -> Remark:
    return Remark(
        "altered", text, place, f"in the document {found}; by the order {wanted}", on, measured=found, limit=wanted
    )


def _first_difference(schedule: Schedule, wanted: Schedule) -> Remark:
    """Name the first day whose doses, pieces or step differ, or the stop."""
    for here, there in zip_longest(_days(schedule), _days(wanted)):
        if here == there:
            continue
        day = min(entry[0] for entry in (here, there) if entry is not None)
        found, right = (_on(entry, day) for entry in (here, there))
        where = "" if here is None or here[0] != day else f"step {here[1].number}"
        if found == right:
            text = f"On {day_text(day)} number or goal of the step is not that which the order and its history lead to"
        else:
            text = f"From {day_text(day)} the steps are not those that the order and its history lead to"
        return _remark(text, where, found, right, day)
    text = "The first day without the drug is not the one that the order leads to"
    return _remark(text, "stopped_on", str(schedule.stopped_on), str(wanted.stopped_on))


def _days(schedule: Schedule) -> list[tuple[date, Step]]:
    """Return each day with its step, the days of the step left out: they are said day by day."""
    return [(day, Step(step.number, day, day, step.intakes, step.target)) for day, step in schedule.days()]


def _on(entry: tuple[date, Step] | None, day: date) -> str:
    """Say what is taken on a day."""
    if entry is None or entry[0] != day:
        return "no such day"
    return "; ".join(_intake(intake) for intake in entry[1].intakes) or "nothing"


def _intake(intake: Intake) -> str:
    items = " + ".join(map(_item, intake.items))
    return f"{intake.time} {plain_text(intake.dose.value)} mg {intake.drug}" + (f" ({items})" if items else "")


def _item(item: Item) -> str:
    if item.volume is not None:
        return f"{plain_text(item.volume.value)} mL x {item.product}"
    return item.product if item.count is None else f"{plain_text(item.count.value)} x {item.product}"
