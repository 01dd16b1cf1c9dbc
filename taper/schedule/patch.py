"""A minimal patch from one schedule to another: steps that stay are named, not written again.

A patch belongs to the schedule that it was made from, and is refused by any other.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

from taper.errors import ScheduleError
from taper.order.history import Event
from taper.order.order import Order, parse_order
from taper.quantity import Mg
from taper.schedule.schedule import Remark, Schedule, Step
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """Steps that stay as they are.

    Attributes:
        first: Place of the first one among the steps of the schedule before, counted from 0.
        last: Place of the last one.
    """

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Redated:
    """A step with the regimen of an earlier one, but other days, another number or another target.

    Attributes:
        of: Place of the step that has the regimen, counted from 0.
        number: Number of the new step.
        start: First day.
        end: Last day.
        target: Daily dose that the order would lead to, or None.
    """

    of: int
    number: int
    start: date
    end: date
    target: Mg | None


@dataclass(frozen=True, slots=True)
class OrderPatch:
    """What turns one order into another.

    Attributes:
        changed: Keys that differ or are new, each with its value as JSON text.
        removed: Keys that are gone.
        kept: How many entries of the history both have.
        added: Entries of the history that follow those.
        gone: Whether there is no order afterwards.
    """

    changed: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    kept: int = 0
    added: tuple[Event, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Patch:
    """What turns one schedule into another.

    Attributes:
        made_from: Fingerprint of the schedule that it can be applied to.
        steps: The new steps: those kept, those with a regimen that was there, and those that are new.
        order: What changes in the order; None if nothing does.
        stopped_on: First day without the drug, or None.
        plan_id: Identifier of the plan.
        revision: Number of the revision.
        origin: Where the schedule came from.
        remarks: Remarks of the reader; None if they stay.
    """

    made_from: str
    steps: tuple[Kept | Redated | Step, ...]
    order: OrderPatch | None
    stopped_on: date | None
    plan_id: str
    revision: int
    origin: str
    remarks: tuple[Remark, ...] | None


def make_patch(old: Schedule, new: Schedule) -> Patch:
    """Return the patch from one schedule to another."""
    return Patch(
        fingerprint(old),
        _steps(old.steps, new.steps),
        _order(old.order, new.order),
        new.stopped_on,
        new.plan_id,
        new.revision,
        new.origin,
        None if new.remarks == old.remarks else new.remarks,
    )


def patched(old: Schedule, patch: Patch) -> Schedule:
    """Apply a patch to the schedule that it was made from.

    Raises:
        ScheduleError: It was made from another schedule.
    """
    if fingerprint(old) != patch.made_from:
        raise ScheduleError(
            "the difference was not made from this schedule, so it would change the wrong days; "
            "apply it to the one it was made from, unchanged, or compare again"
        )
    steps: list[Step] = []
    for part in patch.steps:
        if isinstance(part, Kept):
            steps += old.steps[part.first : part.last + 1]
        elif isinstance(part, Redated):
            regimen = old.steps[part.of].intakes
            steps.append(Step(part.number, part.start, part.end, regimen, part.target))
        else:
            steps.append(part)
    return Schedule(
        tuple(steps),
        patch.stopped_on,
        _patched_order(old.order, patch.order),
        patch.plan_id,
        patch.revision,
        patch.origin,
        old.remarks if patch.remarks is None else patch.remarks,
    )


def fingerprint(schedule: Schedule) -> str:
    """Return a hash of a schedule: the same schedule, the same text."""
    parts = (
        repr(schedule.steps),
        str(schedule.stopped_on),
        _data(schedule.order),
        schedule.plan_id,
        schedule.revision,
        schedule.origin,
        repr(schedule.remarks),
    )
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _steps(old: tuple[Step, ...], new: tuple[Step, ...]) -> tuple[Kept | Redated | Step, ...]:
    places: dict[Step, int] = {}
    regimens: dict[object, int] = {}
    for index, step in enumerate(old):
        places.setdefault(step, index)
        regimens.setdefault(step.intakes, index)
    found: list[Kept | Redated | Step] = []
    for step in new:
        place, last = places.get(step), found[-1] if found else None
        if place is None:
            of = regimens.get(step.intakes)
            found.append(step if of is None else Redated(of, step.number, step.start, step.end, step.target))
        elif isinstance(last, Kept) and last.last + 1 == place:
            found[-1] = replace(last, last=place)
        else:
            found.append(Kept(place, place))
    return tuple(found)


def _order(old: Order | None, new: Order | None) -> OrderPatch | None:
    if old == new:
        return None
    if new is None:
        return OrderPatch(gone=True)
    before, after = _data(old), _data(new)
    events = old.history if old is not None else ()
    kept = 0
    while kept < min(len(events), len(new.history)) and events[kept] == new.history[kept]:
        kept += 1
    return OrderPatch(
        tuple((key, json.dumps(value)) for key, value in after.items() if _differs(key, before, after)),
        tuple(key for key in before if key != "history" and key not in after),
        kept,
        new.history[kept:],
    )


def _differs(key: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    return key != "history" and (key not in before or before[key] != after[key])


def _patched_order(old: Order | None, patch: OrderPatch | None) -> Order | None:
    if patch is None:
        return old
    if patch.gone:
        return None
    data = {key: value for key, value in _data(old).items() if key not in patch.removed}
    data |= {key: json.loads(value) for key, value in patch.changed}
    history = (*(old.history[: patch.kept] if old is not None else ()), *patch.added)
    data["history"] = [event.as_data() for event in history]
    return parse_order(data)


def _data(order: Order | None) -> dict[str, Any]:
    return {} if order is None else order.as_data()
