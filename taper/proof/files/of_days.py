"""What is said of one day, and of two plans side by side, held against the plans."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from taper.errors import ProofError
from taper.proof.days import DAY, dates_of
from taper.proof.files.days import Plan
from taper.proof.files.figures import day, number
from taper.proof.files.plan_document import Row, amount, needs, planned, written

if TYPE_CHECKING:
    from taper.schedule.schedule import Schedule, Step

_ZERO = Fraction(0)


def _step(schedule: Schedule, on: date) -> Step | None:
    return next((step for step in schedule.steps if step.start <= on <= step.end), None)


def _taken(schedule: Schedule, on: date) -> tuple[Row, ...] | None:
    step = _step(schedule, on)
    return None if step is None else planned(step.intakes)


def _or_none(text: str | None) -> date | None:
    return None if text is None else day(text)


def prove_day(plan: Plan, data: Mapping[str, Any], what: str) -> None:
    """Prove what is said of a day: doses, step, what changes next, and what is left."""
    schedule, on = plan.schedule, day(data["day"])
    stop = schedule.stopped_on
    step = None if stop is not None and on >= stop else _step(schedule, on)
    if data["step"] != (None if step is None else step.number):
        raise ProofError(what, f"{on} is said to be of step {data['step']}")
    if written(data["intakes"]) != (() if step is None else planned(step.intakes)):
        raise ProofError(what, f"the doses of {on} are not those of the plan")
    doses = any(mg or items for _, _, mg, items in written(data["intakes"]))
    if (data["state"] == "dose") is not doses:
        raise ProofError(what, f"{on} is said to be {data['state']}")
    stopped = step is None and stop is not None and on >= stop
    if (data["state"] == "stopped") is not stopped:
        raise ProofError(what, f"{on} is said to be {data['state']}, and the first day without the drug is {stop}")
    if data["tomorrow"] is not None and written(data["tomorrow"]) != _taken(schedule, on + DAY):
        raise ProofError(what, f"the doses of {on + DAY} are not those of the plan")
    change = data["change"]
    if change is not None:
        after = day(change["day"])
        if after <= on or written(change["intakes"]) != (_taken(schedule, after) or ()):
            raise ProofError(what, f"the doses of {after} are not those of the plan")
        if change["stop"] and any(run.end >= after and run.taken for run in plan.runs):
            raise ProofError(what, f"it says that the plan stops on {after}")
    _prove_next_change(schedule, on, None if change is None else day(change["day"]), what)
    _prove_left(plan, data, on, what)


def _prove_next_change(schedule: Schedule, on: date, said: date | None, what: str) -> None:
    """Prove that no other dose, and no stop, comes sooner than what is said to change next.

    Steps with a weekly pattern or a cycle are left alone: days within them differ too.
    """
    today = _step(schedule, on)
    if today is None:
        return
    groups: dict[int, set[tuple[Row, ...]]] = {}
    for step in schedule.steps:
        if step.end >= on:
            groups.setdefault(step.number, set()).add(tuple((*row[:3], ()) for row in planned(step.intakes)))
    now = groups[today.number]
    for step in schedule.steps:
        other = groups.get(step.number, now)
        if on < step.start and len(now) == len(other) == 1 and now != other:
            if said is None or said > step.start:
                raise ProofError(what, f"the dose changes on {step.start}, and {said} is said to be the next change")
            return
    stop = schedule.stopped_on
    if stop is not None and on < stop and (said is None or said > stop):
        raise ProofError(what, f"the drug stops on {stop}, and {said} is said to be the next change")


def _prove_left(plan: Plan, data: Mapping[str, Any], on: date, what: str) -> None:
    """Prove the days of the fill, and that what is left is enough for them."""
    start, end = _or_none(data["fill_start"]), _or_none(data["fill_end"])
    if start is None or end is None:
        return
    if not start <= on <= end or data["days_left"] != (end - on).days + 1:
        raise ProofError(what, f"from {on} to {end} it says that {data['days_left']} days are left")
    left = {(name, unit): value for name, unit, value in map(amount, data["left"] or ())}
    for key, value in needs(plan, on + DAY, end).items():
        if data["left"] is not None and left.get(key, _ZERO) < value:
            raise ProofError(what, f"{left.get(key, _ZERO)} of {key[0]} are left, and {value} are taken until {end}")


def prove_changes(old: Plan, new: Plan, data: Mapping[str, Any], what: str) -> None:
    """Prove a difference: the days that change, from what to what, the end that moves, and both supplies."""
    days: set[date] = set()
    was, now = _by_day(old), _by_day(new)
    for change in data["changes"]:
        first, last = day(change["first"]), day(change["last"])
        if change["days"] != (last - first).days + 1:
            raise ProofError(what, f"from {first} to {last} it counts {change['days']} days")
        before, after = (None if change[key] is None else _sorted(written(change[key])) for key in ("before", "after"))
        for offset in range((last - first).days + 1):
            on = first + timedelta(days=offset)
            if on in days or (was.get(on), now.get(on)) != (before, after):
                raise ProofError(what, f"{on} does not change as it says")
            days.add(on)
    missing = sorted(on for on in (was.keys() | now.keys()) - days if was.get(on) != now.get(on))
    if missing:
        raise ProofError(what, f"{missing[0]} changes, and it does not say so")
    if (None if not days else min(days)) != _or_none(data["from_day"]):
        raise ProofError(what, f"it says that the first day that changes is {data['from_day']}")
    if (moved := data["moved"]) is not None:
        stops = _or_none(moved["before"]), _or_none(moved["after"])
        if stops != (old.schedule.stopped_on, new.schedule.stopped_on):
            raise ProofError(what, f"it says that the end moves from {stops[0]} to {stops[1]}")
    both = [needs(plan, date.min, date.max) for plan in (old, new)]
    for line in data["supply"]:
        key = line["product"], line["unit"]
        if [number(line[name]) for name in ("before", "after")] != [one.get(key, _ZERO) for one in both]:
            raise ProofError(what, f"the supply of {key[0]} is not what the two plans take")


def _by_day(plan: Plan) -> dict[date, list[Row]]:
    """Return what is taken on each day; where a record has two steps on one day, the first of them."""
    steps = [(step, _sorted(planned(step.intakes))) for step in reversed(plan.schedule.steps)]
    return {on: rows for step, rows in steps for on in dates_of(step)}


def _sorted(rows: tuple[Row, ...]) -> list[Row]:
    """Return rows as they are compared: in any order, and none that says nothing."""
    return sorted((*row[:3], tuple(sorted(row[3]))) for row in rows if row[2] or row[3])
