"""From an order to an exact schedule.

A phase with `reduce` or typed `doses` is answered by `taper.fewest` ("at this step, how soon?"), a phase
with `finish` by `taper.gentlest` ("by this date, how gentle?"). Neighboring phases of the first kind are
planned together; a phase of the second kind is planned on its own, from the regimen and the day on which
the phases before it end.
"""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from itertools import groupby

from taper.errors import OrderError
from taper.fewest import DeadEndError, fewest_cuts
from taper.gentlest import gentlest_cuts
from taper.order import Order
from taper.path import Dated, end_of_last, refuse_too_long
from taper.quantity import Mg
from taper.schedule import Intake, Schedule, Step
from taper.search import Search
from taper.stuck import explain
from taper.timeline import Timeline

_NAMESPACE = uuid.UUID("6f9d7c0e-4f5b-5c0f-9d53-1f0c2f1b7a11")


def plan(order: Order) -> Schedule:
    """Turn an order into the schedule that carries it out exactly.

    Args:
        order: What the clinician decided.

    Returns:
        The schedule: step 0 is today's regimen, kept until the first cut.

    Raises:
        NotMakeableError: A dose that the order names cannot be made from its products.
        StuckError: No sequence of makeable doses keeps within the ordered step; names the ways out.
        OrderError: The plan would last more than ten years, or a hold lies after its end.
    """
    try:
        return _planned(order)
    except DeadEndError as dead:
        raise explain(dead.search, _planned) from None


def _planned(order: Order) -> Schedule:
    search = Search(order)
    path = [Dated(search.root, Timeline(order).start)]
    indices = range(len(order.phase))
    for dated, group in groupby(indices, key=lambda index: order.phase[index].finish is not None and index + 1):
        first, *others = group
        here = path[-1].node
        part = search.within(first, others[-1] + 1 if others else first + 1, here.regimen, here.turn)
        if not part.done(part.root):
            path[-1:] = (gentlest_cuts if dated else fewest_cuts)(part, path[-1].moment)
    if len(path) == 1:
        raise OrderError("the plan has no cut: its only dose is today's; add the doses that follow", field="phase")
    return _schedule(search, path)


def _schedule(search: Search, path: list[Dated]) -> Schedule:
    """Write a path out as steps with pieces and dates."""
    order, timeline = search.order, Timeline(search.order)
    drug = order.products[0].product.drug
    steps: list[Step] = []
    target: Mg | None = order.current.total
    for number, here in enumerate(path):
        if number:
            target = search.target(path[number - 1].node)
        end = path[number + 1].moment.day if number + 1 < len(path) else end_of_last(search, timeline, here)
        if end == here.moment.day:
            break  # the stop: no step of its own
        intakes = tuple(
            Intake(time, drug, search.mg(place), search.makeable.items(place))
            for time, place in zip(search.times, here.node.regimen, strict=True)
            if place
        )
        refuse_too_long(search, end, min(here.node.phase, len(order.phase) - 1), len(path) - 1)
        steps.append(Step(number, here.moment.day, end - timedelta(days=1), intakes, target))
    for index, hold in enumerate(order.hold):
        if hold.on > steps[-1].end:
            raise OrderError(
                f"{hold.on} is after the last day of the plan, {steps[-1].end}; nothing is left to hold",
                field=f"hold[{index}].on",
            )
    stopped = None if order.goal else steps[-1].end + timedelta(days=1)
    return Schedule(tuple(steps), stopped, order, plan_id=plan_id(order))


def plan_id(order: Order) -> str:
    """Return the identifier of an order's plan: the same order, the same identifier."""
    return str(uuid.uuid5(_NAMESPACE, json.dumps(order.as_data(), sort_keys=True, ensure_ascii=True)))
