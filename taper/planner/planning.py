"""From an order to an exact schedule.

A phase with `reduce` or typed `doses` is answered by `taper.planner.fewest` ("at this step, how soon?"), a phase
with `finish` by `taper.planner.gentlest` ("by this date, how gentle?"); neighboring phases of the first kind are
planned together. `taper.planner.course` puts the legs of a plan together, and the revisions of its history are applied
to it one after the other: the same order and the same history give the same schedule.
"""

from __future__ import annotations

import json
import uuid
from threading import Lock

from taper.errors import located
from taper.order.history import first_hash
from taper.order.order import Order
from taper.order.terms import terms_of
from taper.planner.course import Course, base, steps, stopped_on
from taper.schedule.schedule import Schedule, Step

_NAMESPACE = uuid.UUID("6f9d7c0e-4f5b-5c0f-9d53-1f0c2f1b7a11")
_REMEMBERED = 64
_lock = Lock()
_courses: dict[str, Course] = {}  # by the hash of the last revision: a course follows from it alone


def plan(order: Order) -> Schedule:
    """Turn an order into the schedule that carries it out exactly, its revisions among it.

    Args:
        order: What the clinician decided, with the history of its revisions.

    Returns:
        The schedule: step 0 is today's regimen, kept until the first cut.

    Raises:
        NotMakeableError: A dose that the order names cannot be made from its products.
        StuckError: No sequence of makeable doses keeps within the ordered step; names the ways out.
        OrderError: The plan would last more than ten years, or a hold or revision lies outside it.
    """
    course = course_of(order)
    return Schedule(
        steps(order, course),
        stopped_on(course),
        order,
        plan_id=plan_id(order),
        revision=len(order.history),
    )


def course_of(order: Order) -> Course:
    """Return the course of an order after all its revisions; those worked out lately are not worked out again."""
    if not order.history:
        return base(order, terms_of(order)[0])
    from taper.planner.revision import amended  # most plans are never revised

    hashes = [first_hash(order.as_data()), *(event.hash for event in order.history)]
    all_terms = terms_of(order)
    done, course = next(
        (
            (index, known)
            for index in reversed(range(len(hashes)))
            if (known := _courses.get(hashes[index])) is not None
        ),
        (-1, None),
    )
    for index in range(done + 1, len(hashes)):
        if course is None:
            course = base(order, all_terms[0])
        else:
            with located(f"history[{index - 1}]"):
                course = amended(order, course, order.history[index - 1], all_terms[index])
        _remember(hashes[index], course)
    assert course is not None
    return course


def planned_steps(order: Order) -> tuple[Step, ...]:
    """Return the steps that an order and its history lead to."""
    return steps(order, course_of(order))


def _remember(key: str, course: Course) -> None:
    with _lock:
        while len(_courses) >= _REMEMBERED:
            del _courses[next(iter(_courses))]
        _courses[key] = course


def plan_id(order: Order) -> str:
    """Return the identifier of an order's plan, the same for all its revisions: the same order, the same identifier."""
    first = {key: value for key, value in order.as_data().items() if key != "history"}
    return str(uuid.uuid5(_NAMESPACE, json.dumps(first, sort_keys=True, ensure_ascii=True)))
