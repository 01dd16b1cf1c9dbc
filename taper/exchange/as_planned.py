"""Whether a plan document still says what its order and history lead to.

A document whose sums add up can still have been changed: other tablets, another time of day, all days one later. The
order inside it is planned again, and the first day that differs is named. Such a plan is checked, and never printed.
"""

from __future__ import annotations

from datetime import date
from itertools import zip_longest

from taper.checker.texts import say
from taper.checker.wording import (
    code_text,
    day_text,
    dose_text,
    drug_text,
    file_day,
    listed,
    ml_text,
    plain_number,
    product_text,
    time_text,
)
from taper.errors import TaperError
from taper.message import Message
from taper.planner.planning import plan
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Remark, Schedule, Step


def altered(schedule: Schedule) -> tuple[Remark, ...]:
    """Return one remark if a plan is not the one that its order and history lead to; none for a record without one."""
    if schedule.order is None:
        return ()
    try:
        wanted = plan(schedule.order)
    except TaperError as problem:
        text = say("remark.altered.no plan")
        return (Remark("altered", text, problem.field, problem.message),)
    if schedule.steps != wanted.steps or schedule.stopped_on != wanted.stopped_on:
        return (_first_difference(schedule, wanted),)
    if schedule.plan_id != wanted.plan_id:
        text = say("remark.altered.identifier")
        found = code_text(schedule.plan_id) if schedule.plan_id else say("remark.altered.none")
        return (_remark(text, "plan_id", found, code_text(wanted.plan_id)),)
    return ()


def _remark(text: Message, place: str, found: Message, wanted: Message, on: date | None = None) -> Remark:
    quote = say("remark.altered.quote", found=found, wanted=wanted)
    return Remark("altered", text, place, quote, on, measured=found, limit=wanted)


def _first_difference(schedule: Schedule, wanted: Schedule) -> Remark:
    """Name the first day whose doses, pieces or step differ, or the stop."""
    for here, there in zip_longest(_days(schedule), _days(wanted)):
        if here == there:
            continue
        day = min(entry[0] for entry in (here, there) if entry is not None)
        found, right = (_on(entry, day) for entry in (here, there))
        where = "" if here is None or here[0] != day else f"step {here[1].number}"
        if found == right:
            text = say("remark.altered.number", day=day_text(day))
        else:
            text = say("remark.altered.steps", day=day_text(day))
        return _remark(text, where, found, right, day)
    text = say("remark.altered.stop")
    return _remark(text, "stopped_on", _day(schedule.stopped_on), _day(wanted.stopped_on))


def _day(day: date | None) -> Message:
    return say("remark.no day") if day is None else file_day(day)


def _days(schedule: Schedule) -> list[tuple[date, Step]]:
    """Return each day with its step, the days of the step left out: they are said day by day."""
    return [(day, Step(step.number, day, day, step.intakes, step.target)) for day, step in schedule.days()]


def _on(entry: tuple[date, Step] | None, day: date) -> Message:
    """Say what is taken on a day."""
    if entry is None or entry[0] != day:
        return say("remark.altered.no such day")
    return listed([_intake(intake) for intake in entry[1].intakes], "; ") or say("remark.altered.nothing")


def _intake(intake: Intake) -> Message:
    said = {"time": time_text(intake.time), "dose": dose_text(intake.dose), "drug": drug_text(intake.drug)}
    if not intake.items:
        return say("remark.altered.intake", **said)
    return say("remark.altered.intake of", items=listed([_item(item) for item in intake.items], " + "), **said)


def _item(item: Item) -> Message:
    product = product_text(item.product)
    if item.volume is not None:
        return say("remark.altered.volume", volume=ml_text(item.volume.value), product=product)
    if item.count is None:
        return product
    return say("remark.altered.count", count=plain_number(item.count.value), product=product)
