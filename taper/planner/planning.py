"""From an order to an exact schedule.

A phase with `reduce` or typed `doses` is planned by `taper.planner.fewest` ("at this step, how soon?"), a phase
with `finish` by `taper.planner.gentlest` ("by this date, how gentle?"); neighboring phases of the first kind are
planned together. `taper.planner.rest` puts the legs of a plan together, and the revisions of its history are applied
to its course one after the other: the same order and the same history give the same schedule.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import field
from functools import lru_cache

from taper.errors import located
from taper.order.history import Event
from taper.order.order import Order, as_order
from taper.order.terms import Terms, terms_of
from taper.planner.course import Course, steps
from taper.planner.rest import base
from taper.schedule.schedule import Schedule
from taper.values import dataclass

_NAMESPACE = uuid.UUID("6f9d7c0e-4f5b-5c0f-9d53-1f0c2f1b7a11")


def plan(order: Order) -> Schedule:
    """Turn an order, revisions included, into the schedule that carries it out exactly.

    Args:
        order: What the clinician decided, with the history of its revisions.

    Returns:
        The schedule: step 0 is today's regimen, kept until the first cut.

    Raises:
        NotMakeableError: A dose that the order names cannot be made from its products.
        StuckError: No sequence of makeable doses keeps within the ordered step; names the ways out.
        OrderError: The plan would last more than ten years, or a hold or revision lies outside it.
    """
    course = course_of(as_order(order))
    return Schedule(
        steps(order, course),
        course.stopped_on,
        order,
        plan_id=plan_id(order),
        revision=len(order.history),
    )


def course_of(order: Order) -> Course:
    """Return the course of an order after all its revisions; recent results are remembered."""
    first, *revised = terms_of(order)
    if not revised:
        return base(order, first)
    course: Course | None = None
    for number, (event, terms) in enumerate(zip(order.history, revised, strict=True)):
        course = _after(_Link(event.hash, order, number, event, terms, course))
    assert course is not None
    return course


@dataclass(frozen=True, slots=True)
class _Link:
    """A revision with all that came before it, which its hash stands for.

    Attributes:
        hash: Its hash: what follows from it and all before it follows from the hash alone.
        order: The order.
        number: Its place in the history.
        event: The revision.
        terms: What is in force from it on.
        before: The course before it; None for the first, whose course before is that of the order.
    """

    hash: str
    order: Order = field(compare=False)
    number: int = field(compare=False)
    event: Event = field(compare=False)
    terms: Terms = field(compare=False)
    before: Course | None = field(compare=False)


@lru_cache(maxsize=1024)  # two plans with the longest history
def _after(link: _Link) -> Course:
    """Return the course after a revision."""
    from taper.planner.revision import amended  # only plans with a history need it

    before = link.before if link.before is not None else base(link.order, Terms.of(link.order))
    with located(f"history[{link.number}]"):
        return amended(link.order, before, link.event, link.terms)


def plan_id(order: Order) -> str:
    """Return the identifier of an order's plan, the same for all its revisions: the same order, the same identifier."""
    first = {key: value for key, value in order.as_data().items() if key != "history"}
    return str(uuid.uuid5(_NAMESPACE, json.dumps(first, sort_keys=True, ensure_ascii=True)))
