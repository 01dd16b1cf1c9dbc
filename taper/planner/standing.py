"""Where a course stands on a day: what is taken of each drug, which phases are under way, and the step before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import pairwise

from taper import catalog
from taper.errors import OrderError
from taper.order.history import Event
from taper.order.order import Order
from taper.order.phase import Phase
from taper.planner.course import Course
from taper.planner.track import Point
from taper.schedule.schedule import ONE_DAY


def under_way(course: Course, on: date) -> dict[int, dict[str, Point]]:
    """Return the phases whose next change is due on a day or later: place of each, and its drugs with their points."""
    found: dict[int, dict[str, Point]] = {}
    for drug, point in taken_on(course, on).items():
        day = on if point.ordered and point.day == on else on - ONE_DAY
        if point.next is not None and point.next >= on and (point.ruled or point.day) <= max(day, point.day):
            found.setdefault(point.phase, {})[drug] = point
    return found


def taken_on(course: Course, on: date) -> dict[str, Point]:
    """Return what is taken of each drug before a day, or what a revision of that very day ordered."""
    first = min(points[0].day for points in course.tracks.values())
    found = {}
    for drug in course.tracks:
        today, before = course.at(drug, on), course.at(drug, max(first, on - ONE_DAY))
        point = today if today is not None and today.ordered and today.day == on else before
        if point is not None:
            found[drug] = point
    return found


def ended(order: Order, course: Course, on: date, active: Collection[int]) -> set[int]:
    """Return the phases that began together with others, and have ended before a day."""
    begun = {
        point.phase
        for points in course.tracks.values()
        for point in points
        if (point.ruled or point.day) < on and point.next is not None
    }
    last = max(active, default=len(course.terms.phases))
    drugs = order.phase_drugs(course.terms.phases)
    side = {drugs[place] for place in range(last + 1, len(drugs)) if course.terms.phases[place].together}
    return {place for place in range(last + 1, len(drugs)) if drugs[place] in side and place in begun} - set(active)


def place_of(order: Order, course: Course, event: Event) -> int | None:
    """Return the place of the phase that a revision concerns: the one under way, else the next, else the last.

    Returns:
        None for another dose of a drug that no phase reduces.

    Raises:
        OrderError: Several drugs are reduced and it names none, or one that is not taken.
    """
    phases, drugs = course.terms.phases, order.phase_drugs(course.terms.phases)
    active = sorted(under_way(course, event.on))
    if event.drug is not None:
        wanted, last = named_drug(order, event.drug), max(active, default=-1)
        now = taken_on(course, event.on).get(wanted)
        if now is None or not any(now.taken):
            raise OrderError(f"{wanted} is not taken on this day, so there is nothing to change", field="drug")
        own = [place for place, drug in enumerate(drugs) if drug == wanted]
        active = [place for place in active if drugs[place] == wanted]
        if not active and not own:
            if set(event.changes) <= {"dose", "taken", "product", "stock", "max_units"}:
                return None
            raise OrderError(f"no phase of the plan reduces {wanted}; name phases for it with phase", field="drug")
        if not active:
            return next((place for place in own if place > last and last >= 0), own[-1])
    if len(active) > 1 and set(event.changes) & {"back", "dose", "taken", "reduce", "every", "until", "finish"}:
        named = " and ".join(drugs[place] for place in active)
        raise OrderError(f"{named} are reduced at this time; name the one with drug", field="drug")
    return active[0] if active else len(phases) - 1


def named_drug(order: Order, name: str) -> str:
    """Return a drug of the plan by its name in the catalog.

    Raises:
        OrderError: The plan has no such drug.
    """
    found = next((drug for drug in order.drugs if drug.lower() == name.lower()), None)
    if found is None:
        raise OrderError(f"'{name}' is no drug of this plan; it has {', '.join(order.drugs)}", field="drug")
    return found


def before_cut(course: Course, drug: str, on: date) -> tuple[date, date] | None:
    """Return the last day of the step before the present one of a drug, and the day on which that was left.

    That is the latest higher dose; for a drug that was switched to, the stage before.
    """
    now = taken_on(course, on).get(drug)
    points = [point for point in course.tracks.get(drug, ()) if point.day <= on and (point.day < on or point is now)]
    if now is None or len(points) < 2:
        return None
    pairs = list(pairwise(points))
    higher = next((after for before, after in reversed(pairs) if before.average > now.average), None)
    if higher is None:
        switched = {catalog.drug(phase.switch_to).name for phase in course.terms.phases if phase.switch_to is not None}
        changed = (after for before, after in reversed(pairs) if before.pattern != after.pattern)
        higher = next(changed, None) if drug in switched else None
    return None if higher is None else (higher.day - ONE_DAY, higher.day)


def entries(phase: Phase) -> int:
    """Return the number of entries of a phase that lists its doses or patterns: all of them, where it is over."""
    return len(phase.doses or phase.weekly or ())


def same_list(one: Phase | None, other: Phase) -> bool:
    """Tell whether entries that are done of one phase are done of another."""
    keys = ("doses", "weekly", "switch_to", "equivalence", "portion", "switch_first", "to")
    return one is not None and all(getattr(one, key) == getattr(other, key) for key in keys)
